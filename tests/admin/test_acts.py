"""The pages of acts: what was done, in words, and nothing to change there."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles import corrections
from articles.corrections import Edit
from articles.models import Act, Quotation
from tests.factories import make_article, make_quotation

from .test_pages import EVIL, TEXT, address

pytestmark = pytest.mark.django_db


@pytest.fixture
def quotation(db: None) -> Quotation:
    article = make_article(TEXT, title=f"Nets {EVIL}")
    return make_quotation(article, cue="said", mention="the harbour master", speaker="Ida Moss")


@pytest.fixture
def act(quotation: Quotation, analyst: User) -> Act:
    act = corrections.change_speaker(quotation, name=f"Otto Brandt {EVIL}", by=analyst, version=1)
    assert act
    return act


def test_the_list_says_who_did_what_where(editor_client: Client, editor: User, act: Act):
    corrections.undo(act, by=editor)
    response = editor_client.get(address("act", "changelist"))
    content = response.content.decode()
    assert response.status_code == 200 and EVIL not in content
    rows = content.split("<tbody>")[1].split("</tbody>")[0].split("</tr>")
    assert "undid a change" in rows[0] and 'field-by nowrap">editor<' in rows[0]
    assert "changed the speaker" in rows[1] and 'field-undone">editor<' in rows[1]
    assert f'href="/admin/articles/change/?act__id__exact={act.pk}">2</a>' in rows[1]


@pytest.mark.parametrize(("query", "found"), [("analyst", 1), ("Nets", 1), ("both clear", 0), ("'\"%", 0)])
def test_the_list_is_searched(editor_client: Client, act: Act, query: str, found: int):
    response = editor_client.get(address("act", "changelist"), {"q": query})
    assert response.status_code == 200
    assert response.context["cl"].result_count == found


def test_the_list_of_one_article_and_one_verb(editor_client: Client, analyst: User, act: Act):
    elsewhere = make_quotation(make_article())
    corrections.accept(elsewhere, by=analyst, version=1)
    for narrowed in ({"article__id__exact": act.article_id}, {"verb__exact": "speaker"}):
        response = editor_client.get(address("act", "changelist"), narrowed)
        assert [listed.pk for listed in response.context["cl"].result_list] == [act.pk]


@pytest.mark.parametrize("length", [2, 30])
def test_the_list_takes_a_fixed_number_of_queries(
    editor_client: Client, analyst: User, django_assert_num_queries: Any, length: int
):
    for number in range(length):
        quotation = make_quotation(make_article(f"“Words {number}”"), f"“Words {number}”")
        act = corrections.accept(quotation, by=analyst, version=1)
        assert act
        if number % 2:
            corrections.undo(act, by=analyst)
    with django_assert_num_queries(10):
        assert editor_client.get(address("act", "changelist")).status_code == 200


def test_an_act_tells_in_sentences_what_it_changed(editor_client: Client, act: Act):
    response = editor_client.get(address("act", "change", act.pk))
    content = response.content.decode()
    assert response.status_code == 200 and EVIL not in content
    escaped = "Otto Brandt &lt;script&gt;alert(1)&lt;/script&gt;"
    assert f"<li>Added “{escaped}”</li>" in content
    assert f"<li>Changed the speaker from Ida Moss to {escaped}</li><li>Accepted it</li>" in content
    assert (
        f'href="/admin/articles/quotation/{act.changes.get(quotation__isnull=False).quotation_id}/change/"' in content
    )


def test_a_long_act_shows_its_first_changes(editor_client: Client, editor: User):
    article = make_article("“a” " * 120)
    several = [Quotation(article=article, kind="direct") for _ in range(120)]
    for number, quotation in enumerate(several):
        quotation.set_spans(article.text, content=[(4 * number, 4 * number + 3)], cue=None, mention=None)
        quotation.save()
    act = corrections.edit([Edit(one, 1, {"kind": "mixed"}) for one in several], by=editor)
    assert act
    content = editor_client.get(address("act", "change", act.pk)).content.decode()
    assert content.count("<li>Changed the kind from direct to mixed</li>") == 100
    assert f'href="/admin/articles/change/?act__id__exact={act.pk}">120</a>' in content


def test_nothing_is_added_changed_or_deleted_here(editor_client: Client, act: Act):
    content = editor_client.get(address("act", "change", act.pk)).content.decode()
    assert 'name="_save"' not in content and "deletelink" not in content
    assert editor_client.get("/admin/articles/act/add/").status_code == 403
    for page in ("change", "delete"):
        answer = editor_client.post(address("act", page, act.pk), {"post": "yes", "verb": "accept", "note": "forged"})
        assert answer.status_code == 403
    stored = Act.objects.get()
    assert (stored.verb, stored.note) == ("speaker", "")


@pytest.mark.parametrize("name", ["viewer", "analyst", "nobody_special"])
def test_acts_are_for_editors(request: pytest.FixtureRequest, act: Act, name: str):
    client: Client = request.getfixturevalue(f"{name}_client")
    for page in (address("act", "changelist"), address("act", "change", act.pk)):
        assert client.get(page, follow=True).status_code == 403


def test_no_such_act_leads_back_and_says_so(editor_client: Client):
    (said,) = editor_client.get(address("act", "change", 4711), follow=True).context["messages"]
    assert str(said) == "act with ID “4711” doesn’t exist. Perhaps it was deleted?"
