"""The admin: who may, what it shows, that it writes through the one write path, and what it never does."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles import corrections
from articles.models import Act, Article, Quotation, Speaker
from tests.factories import make_article, make_quotation

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

EVIL = "<script>alert(1)</script>"
TEXT = f"{EVIL} “The nets were empty,” the harbour master said. {EVIL}"
# Of each list, however long: the session, the account and its permissions are 4 of them.
QUERIES = {"article": 9, "outlet": 6, "quotation": 8, "speaker": 7, "change": 9}
MODELS = ["article", "outlet", "speaker", "quotation", "change"]


@pytest.fixture
def quotation(analyst: User) -> Quotation:
    quotation = make_quotation(make_article(TEXT), cue="said", mention="the harbour master", speaker="Ida Moss")
    corrections.accept(quotation, by=analyst, version=1)
    return quotation


def address(model: str, page: str, *arguments: object) -> str:
    app = "auth" if model == "user" else "articles"
    return reverse(f"admin:{app}_{model}_{page}", args=arguments)


def hidden_fields(response: object) -> dict[str, object]:
    """What the browser would send back of the form as it was served."""
    form = response.context["adminform"].form  # type: ignore[attr-defined]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value is not None}


@pytest.mark.parametrize("model", MODELS)
class TestPages:
    def test_lists(self, editor_client: Client, quotation: Quotation, model: str):
        response = editor_client.get(address(model, "changelist"))
        assert response.status_code == 200
        assert EVIL not in response.content.decode()

    def test_searches(self, editor_client: Client, quotation: Quotation, model: str):
        word = {"article": "nets", "outlet": "gazette", "speaker": "MOSS", "quotation": "nets", "change": "analyst"}
        for query, found in ((word[model], 1), ("no such thing", 0), ("'\"%", 0)):
            response = editor_client.get(address(model, "changelist"), {"q": query})
            assert response.status_code == 200
            assert response.context["cl"].result_count == found

    @pytest.mark.parametrize("name", ["viewer", "analyst", "nobody_special"])
    def test_are_for_editors(self, request: pytest.FixtureRequest, quotation: Quotation, model: str, name: str):
        client: Client = request.getfixturevalue(f"{name}_client")
        assert client.get(address(model, "changelist"), follow=True).status_code == 403

    def test_deletes_nothing(self, editor_client: Client, quotation: Quotation, model: str):
        record = quotation if model == "quotation" else quotation.changes.get() if model == "change" else None
        if record is None:
            record = {"article": quotation.article, "outlet": quotation.article.outlet}.get(model, quotation.speaker)
        assert record is not None
        assert editor_client.post(address(model, "delete", record.pk), {"post": "yes"}).status_code == 403
        assert type(record).objects.filter(pk=record.pk).exists()  # type: ignore[attr-defined]
        assert b"delete_selected" not in editor_client.get(address(model, "changelist")).content


@pytest.mark.parametrize("model", ["article", "outlet", "speaker", "quotation"])
def test_forms_and_histories_open(editor_client: Client, quotation: Quotation, model: str):
    records = {
        "article": quotation.article,
        "outlet": quotation.article.outlet,
        "speaker": quotation.speaker,
        "quotation": quotation,
    }
    for page in ("change", "history"):
        response = editor_client.get(address(model, page, records[model].pk))  # type: ignore[union-attr]
        assert response.status_code == 200
        assert EVIL not in response.content.decode()


def test_a_quotation_stands_in_its_sentence(editor_client: Client, quotation: Quotation):
    content = editor_client.get(address("quotation", "change", quotation.pk)).content.decode()
    assert "<mark>“The nets were empty,”</mark> the harbour master said." in content


def test_the_history_says_who_did_what(editor_client: Client, quotation: Quotation):
    content = editor_client.get(address("quotation", "history", quotation.pk)).content.decode()
    assert "<td>analyst</td>" in content and "<li>Accepted it</li>" in content


@pytest.mark.parametrize("model", ["article", "quotation", "change"])
def test_what_is_imported_or_recorded_cannot_be_added(editor_client: Client, model: str):
    assert editor_client.get(f"/admin/articles/{model}/add/").status_code == 403


@pytest.mark.parametrize(("model", "queries"), QUERIES.items())
@pytest.mark.parametrize("number", [2, 30])
def test_lists_take_a_fixed_number_of_queries(
    editor_client: Client, editor: User, django_assert_num_queries: Any, model: str, queries: int, number: int
):
    for at in range(number):
        article = make_article(f"“Words {at}”", outlet=f"Outlet {at}", published_on="2025-03-04")
        quotation = make_quotation(article, f"“Words {at}”", speaker=f"Name {at}")
        corrections.accept(quotation, by=editor, version=1)
    with django_assert_num_queries(queries):
        editor_client.get(address(model, "changelist"))


class TestSaving:
    @pytest.mark.parametrize("model", ["article", "outlet", "speaker", "quotation"])
    def test_what_is_as_it_was_is_no_act(self, editor_client: Client, quotation: Quotation, model: str):
        records = {"article": quotation.article, "outlet": quotation.article.outlet, "speaker": quotation.speaker}
        page = address(model, "change", records.get(model, quotation).pk)
        response = editor_client.post(page, hidden_fields(editor_client.get(page)))
        assert response.status_code == 302
        assert Act.objects.count() == 1

    @pytest.mark.parametrize(
        ("fields", "verb"),
        [
            ({"state": "rejected"}, "reject"),
            ({"state": "suggested", "kind": "mixed"}, "reopen"),
            ({"state": "rejected", "speaker": ""}, "reject"),
            ({"speaker": ""}, "speaker"),
            ({"speaker": "", "kind": "mixed"}, "edit"),
        ],
        ids=str,
    )
    def test_a_decision_names_the_act(
        self, editor_client: Client, quotation: Quotation, fields: dict[str, str], verb: str
    ):
        page = address("quotation", "change", quotation.pk)
        editor_client.post(page, hidden_fields(editor_client.get(page)) | fields)
        assert Act.objects.first().verb == verb

    def test_a_decision_that_comes_along_is_none(self, editor_client: Client):
        quotation = make_quotation(make_article(), speaker="Ida Moss")
        page = address("quotation", "change", quotation.pk)
        editor_client.post(page, hidden_fields(editor_client.get(page)) | {"speaker": ""})
        assert (Act.objects.get().verb, Quotation.objects.get().state) == ("speaker", "accepted")

    @pytest.mark.parametrize(("model", "field"), [("speaker", "name"), ("outlet", "name"), ("speaker", "aliases")])
    @pytest.mark.parametrize("name", ["\u0301", "\u200b"], ids=ascii)
    def test_what_shows_nothing_is_no_name(
        self, editor_client: Client, quotation: Quotation, model: str, field: str, name: str
    ):
        record = quotation.speaker if model == "speaker" else quotation.article.outlet
        page = address(model, "change", record.pk)
        response = editor_client.post(page, hidden_fields(editor_client.get(page)) | {field: name})
        assert response.status_code == 200
        said = ["That is no name: it needs a character that can be seen."]
        assert response.context["adminform"].form.errors[field] == said

    def test_goes_through_the_write_path(self, editor_client: Client, editor: User, quotation: Quotation):
        page = address("quotation", "change", quotation.pk)
        fields = hidden_fields(editor_client.get(page)) | {"kind": "mixed"}
        response = editor_client.post(page, fields)
        assert response.status_code == 302
        quotation.refresh_from_db()
        assert (quotation.kind, quotation.version) == ("mixed", 3)
        act = Act.objects.first()
        assert act and act.by == editor
        assert act.changes.get().before == {"kind": "direct"}

    def test_a_stale_form_writes_nothing_and_shows_both(
        self, editor_client: Client, analyst: User, quotation: Quotation
    ):
        page = address("quotation", "change", quotation.pk)
        fields = hidden_fields(editor_client.get(page)) | {"kind": "mixed"}
        corrections.reject(quotation, by=analyst, version=2)
        response = editor_client.post(page, fields)
        assert response.status_code == 200
        assert b"Nothing was saved: analyst" in response.content
        quotation.refresh_from_db()
        assert (quotation.kind, quotation.state) == ("direct", "rejected")

    def test_a_speakers_aliases_are_recorded(self, editor_client: Client, quotation: Quotation):
        speaker = quotation.speaker
        assert speaker
        page = address("speaker", "change", speaker.pk)
        fields = hidden_fields(editor_client.get(page)) | {"aliases": "Ms Moss\nI. Moss\nms moss"}
        assert editor_client.post(page, fields).status_code == 302
        assert set(speaker.aliases.values_list("name", flat=True)) == {"Ms Moss", "I. Moss"}
        assert Act.objects.filter(changes__speaker=speaker).exists()

    def test_a_new_speaker_is_recorded(self, editor_client: Client):
        page = address("speaker", "add")
        fields = hidden_fields(editor_client.get(page)) | {"name": "Una Vale", "kind": "person"}
        assert editor_client.post(page, fields).status_code == 302
        assert Act.objects.get().changes.get().speaker == Speaker.objects.get(name="Una Vale")

    def test_an_articles_text_cannot_be_changed(self, editor_client: Client, quotation: Quotation):
        page = address("article", "change", quotation.article_id)
        fields = hidden_fields(editor_client.get(page)) | {"title": "New title", "text": "forged"}
        assert editor_client.post(page, fields).status_code == 302
        article = Article.objects.get()
        assert (article.title, article.text) == ("New title", TEXT)


class TestActions:
    @pytest.mark.parametrize(("action", "state"), [("accept", "accepted"), ("reject", "rejected")])
    def test_settling_several_is_one_act(self, editor_client: Client, action: str, state: str):
        article = make_article()
        both = [make_quotation(article), make_quotation(article, "the fleet would stay in port")]
        editor_client.post(
            address("quotation", "changelist"), {"action": action, "_selected_action": [one.pk for one in both]}
        )
        assert set(Quotation.objects.values_list("state", flat=True)) == {state}
        assert Act.objects.get().changes.count() == 2

    def test_hiding_articles_is_one_act_and_can_be_undone(self, editor_client: Client, editor: User):
        articles = [make_article("a"), make_article("b")]
        send = {"action": "hide", "_selected_action": [article.pk for article in articles]}
        editor_client.post(address("article", "changelist"), send)
        assert not Article.objects.visible().exists()
        corrections.undo(Act.objects.get(), by=editor)
        assert Article.objects.visible().count() == 2


class TestUsers:
    def test_editors_cannot_lift_anybody_above_themselves(self, editor_client: Client, editor: User, analyst: User):
        for user in (editor, analyst):
            page = address("user", "change", user.pk)
            fields = hidden_fields(editor_client.get(page))
            editor_client.post(page, fields | {"is_superuser": "on", "is_staff": "on", "user_permissions": ["1"]})
            user.refresh_from_db()
            assert not user.is_superuser and not user.is_staff
            assert not user.user_permissions.exists()

    def test_editors_cannot_touch_superusers(self, editor_client: Client):
        chief = User.objects.create_superuser("chief", password="a long secret one")
        for page in (address("user", "change", chief.pk), f"/admin/auth/user/{chief.pk}/password/"):
            editor_client.post(
                page, {"username": "mine", "password1": "taken over 123", "password2": "taken over 123"}
            )
        chief.refresh_from_db()
        assert chief.username == "chief" and chief.check_password("a long secret one")
