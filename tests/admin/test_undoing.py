"""Undoing in the admin: what it shows first, who may, and what it says when it cannot."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from articles import corrections
from articles.corrections import Edit
from articles.models import Act, Article, Outlet, Quotation, Speaker
from tests.factories import make_article, make_quotation

from .test_pages import EVIL, address

pytestmark = pytest.mark.django_db


@pytest.fixture
def renamed(editor: User) -> Act:
    speaker = Speaker.objects.create(name=f"Otto {EVIL}")
    act = corrections.edit([Edit(speaker, 1, {"name": "Otto Brandt", "aliases": ["Mr Brandt"]})], by=editor)
    assert act
    return act


def said(client: Client, act: Act) -> list[str]:
    """Press Undo; what the next page says."""
    response = client.post(address("act", "undo", act.pk), follow=True)
    assert response.status_code == 200
    return [str(message) for message in response.context["messages"]]


def test_an_act_leads_to_its_undoing_until_it_is_undone(editor_client: Client, renamed: Act):
    link = f'href="{address("act", "undo", renamed.pk)}"'
    page = address("act", "change", renamed.pk)
    assert link in editor_client.get(page).content.decode()
    said(editor_client, renamed)
    assert link not in editor_client.get(page).content.decode()
    undoing = Act.objects.get(undoes=renamed)
    assert "/undo/" not in editor_client.get(address("act", "change", undoing.pk)).content.decode()


def test_it_shows_first_what_will_be_put_back_and_writes_nothing(editor_client: Client, renamed: Act):
    content = editor_client.get(address("act", "undo", renamed.pk)).content.decode()
    assert EVIL not in content
    assert "<li>Changed the name from Otto Brandt to Otto &lt;script&gt;alert(1)&lt;/script&gt;</li>" in content
    assert "<li>Dropped the other name “Mr Brandt”</li>" in content
    assert Act.objects.get() == renamed


def test_a_speakers_edit_is_undone(editor_client: Client, renamed: Act):
    assert said(editor_client, renamed) == ["Undone. This is the record of it."]
    speaker = Speaker.objects.get()
    assert (speaker.name, speaker.key, speaker.aliases.count()) == (f"Otto {EVIL}", f"otto {EVIL}", 0)


def test_so_is_an_outlets_and_an_articles(editor_client: Client, editor: User):
    outlet, article = Outlet.objects.create(name="Quay News"), make_article(published_on="2025-03-04")
    for record, values in (
        (outlet, {"homepage": "https://quay.example"}),
        (article, {"published_on": None, "outlet_id": outlet.pk, "is_hidden": True}),
    ):
        act = corrections.edit([Edit(record, 1, values)], by=editor)
        assert act
        said(editor_client, act)
        record.refresh_from_db()
    assert outlet.homepage == ""
    assert (str(article.published_on), str(article.outlet), article.is_hidden) == (
        "2025-03-04",
        "The Harbour Gazette",
        False,
    )


def test_a_bulk_act_over_several_articles_is_undone_as_one(editor_client: Client):
    quotations = [make_quotation(make_article(f"“Words {at}”"), f"“Words {at}”") for at in range(120)]
    send = {"action": "accept", "_selected_action": [one.pk for one in quotations]}
    editor_client.post(address("quotation", "changelist"), send)
    act = Act.objects.get()
    content = editor_client.get(address("act", "undo", act.pk)).content.decode()
    assert content.count("<li>Reopened it</li>") == 100 and "and 20 more" in content
    said(editor_client, act)
    assert set(Quotation.objects.values_list("state", "settled_by", "settled_at")) == {("suggested", None, None)}


def test_the_page_takes_a_fixed_number_of_queries(editor_client: Client, editor: User, django_assert_num_queries):
    for number in (2, 30):
        articles = [make_article(f"{number} {at}") for at in range(number)]
        act = corrections.edit([Edit(one, 1, {"is_hidden": True}) for one in articles], by=editor)
        assert act
        with django_assert_num_queries(7):
            editor_client.get(address("act", "undo", act.pk))


def test_what_was_written_again_since_is_refused_with_the_reason(editor_client: Client, editor: User, renamed: Act):
    corrections.edit([Edit(Speaker.objects.get(), 2, {"name": "Una Vale"})], by=editor)
    why = "Una Vale was changed by somebody else in the meantime"
    assert f"This cannot be undone: {why}." in editor_client.get(address("act", "undo", renamed.pk)).content.decode()
    assert said(editor_client, renamed) == [f"Nothing was undone: {why}."]
    assert Speaker.objects.get().name == "Una Vale"


def test_a_name_since_taken_is_refused_with_the_reason(editor_client: Client, renamed: Act):
    Speaker.objects.create(name=f"Otto {EVIL}")
    (why,) = said(editor_client, renamed)
    assert why.startswith("Nothing was undone: the name is taken: another speaker is called Otto ")


def test_twice_is_refused(editor_client: Client, renamed: Act):
    said(editor_client, renamed)
    assert said(editor_client, renamed) == ["Nothing was undone: that was undone already."]
    undoing = Act.objects.get(verb="undo")
    why = "an undoing is not undone: what it took back is done again"
    assert said(editor_client, undoing) == [f"Nothing was undone: {why}."]


@pytest.fixture
def analyst_client_in_the_admin(analyst: User) -> Client:
    analyst.user_permissions.add(Permission.objects.get(codename="use_admin"))
    client = Client()
    client.force_login(analyst)
    return client


def test_an_analyst_with_the_admin_undoes_their_own_corrections(analyst_client_in_the_admin: Client, analyst: User):
    quotation = make_quotation(make_article())
    act = corrections.change_speaker(quotation, name="Otto Brandt", by=analyst, version=1)
    assert act
    assert said(analyst_client_in_the_admin, act) == ["Undone. This is the record of it."]
    assert Speaker.objects.get().is_hidden and Quotation.objects.get().speaker is None


def test_and_nobody_elses(analyst_client_in_the_admin: Client, editor: User, renamed: Act):
    accepted = corrections.accept(make_quotation(make_article()), by=editor, version=1)
    for act in (accepted, renamed):
        assert act
        for ask in (analyst_client_in_the_admin.get, analyst_client_in_the_admin.post):
            assert ask(address("act", "undo", act.pk)).status_code == 403
        page = analyst_client_in_the_admin.get(address("act", "change", act.pk)).content.decode()
        assert "/undo/" not in page
    assert not Act.objects.filter(verb="undo").exists()


def test_an_editor_undoes_an_analysts(editor_client: Client, editor: User, analyst: User):
    act = corrections.accept(make_quotation(make_article()), by=analyst, version=1)
    assert act
    said(editor_client, act)
    assert Act.objects.get(undoes=act).by == editor
    assert Quotation.objects.get().state == "suggested"


@pytest.mark.parametrize("name", ["viewer", "analyst", "nobody_special"])
def test_undoing_here_is_for_those_with_the_admin(request: pytest.FixtureRequest, renamed: Act, name: str):
    client: Client = request.getfixturevalue(f"{name}_client")
    assert client.post(address("act", "undo", renamed.pk), follow=True).status_code == 403
    assert not Act.objects.filter(verb="undo").exists()


def test_no_such_act(editor_client: Client):
    assert editor_client.get(address("act", "undo", 4711)).status_code == 404
    assert Article.objects.count() == 0
