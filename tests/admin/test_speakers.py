"""Choosing a speaker in the admin."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles import corrections
from articles.corrections import Edit
from articles.models import Speaker
from tests.factories import make_article, make_quotation

from .test_pages import address, hidden_fields

pytestmark = pytest.mark.django_db


def offered(client: Client, typed: str, *, field: str = "speaker", model: str = "quotation") -> list[str]:
    asked = {"term": typed, "app_label": "articles", "model_name": model, "field_name": field}
    response = client.get(reverse("admin:autocomplete"), asked)
    assert response.status_code == 200
    return [one["text"] for one in response.json()["results"]]


def test_names_are_offered_by_any_name_without_accents(editor_client: Client):
    otto = Speaker.objects.create(name="Ótto Brandt")
    otto.aliases.create(name="Minister Brandt")
    for typed in ("otto", "ÓTTO", "minister", "brandt"):
        assert offered(editor_client, typed) == ["Ótto Brandt"]


def test_hidden_speakers_are_not_offered_and_are_again_when_shown(editor_client: Client, editor: User):
    hidden = Speaker.objects.create(name="Otto Brandt")
    hidden.aliases.create(name="The Minister")
    Speaker.objects.create(name="Otto Vale")
    act = corrections.edit([Edit(hidden, 1, {"is_hidden": True})], by=editor)
    assert offered(editor_client, "otto") == ["Otto Vale"]
    assert offered(editor_client, "the minister") == []
    assert offered(editor_client, "") == ["Otto Vale"]
    assert act
    corrections.undo(act, by=editor)
    assert offered(editor_client, "otto") == ["Otto Brandt", "Otto Vale"]


def test_the_list_itself_shows_hidden_speakers(editor_client: Client):
    Speaker.objects.create(name="Otto Brandt", is_hidden=True)
    response = editor_client.get(address("speaker", "changelist"), {"q": "otto"})
    assert [str(one) for one in response.context["cl"].result_list] == ["Otto Brandt"]


def test_a_quotation_keeps_a_hidden_speaker_when_it_is_saved(editor_client: Client):
    hidden = Speaker.objects.create(name="Otto Brandt", is_hidden=True)
    quotation = make_quotation(make_article(), speaker=hidden)
    page = address("quotation", "change", quotation.pk)
    fields = hidden_fields(editor_client.get(page)) | {"kind": "mixed"}
    assert editor_client.post(page, fields).status_code == 302
    quotation.refresh_from_db()
    assert (quotation.kind, quotation.speaker) == ("mixed", hidden)


@pytest.mark.parametrize("name", ["viewer", "analyst", "nobody_special"])
def test_names_are_offered_to_editors_only(request: pytest.FixtureRequest, name: str):
    client: Client = request.getfixturevalue(f"{name}_client")
    asked = {"term": "o", "app_label": "articles", "model_name": "quotation", "field_name": "speaker"}
    assert client.get(reverse("admin:autocomplete"), asked, follow=True).status_code == 403


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"name": "\u200b"}, "needs a character that can be seen"),
        ({"name": "\x07"}, "needs a character that can be seen"),
        ({"name": "JON\u00ad PAR", "qualifier": "mp\u200b"}, "There is a speaker called Jon Par (MP) already"),
        ({"name": "Jon Par (MP)"}, "There is a speaker called Jon Par (MP) already"),
        ({"name": "Una", "aliases": "Uma\n\u2060"}, "needs a character that can be seen"),
        ({"name": "Una", "aliases": "a" + "\u0301" * 400}, "is not a name of at most 200 characters"),
    ],
    ids=ascii,
)
def test_a_name_that_is_none_or_anothers_is_told_in_the_form(
    editor_client: Client, typed: dict[str, str], error: str
):
    Speaker.objects.create(name="Jon Par", qualifier="MP")
    una = Speaker.objects.create(name="Una")
    for page in (address("speaker", "add"), address("speaker", "change", una.pk)):
        answer = editor_client.post(page, {"kind": "person", "seen_version": 1} | typed)
        assert answer.status_code == 200 and error in answer.content.decode()
    assert Speaker.objects.count() == 2


def test_what_does_not_show_is_left_out_of_names(editor_client: Client):
    typed = {"name": "\u202eUna\x07", "qualifier": "M\u00adP", "aliases": "U\u200b Vale", "kind": "person"}
    assert editor_client.post(address("speaker", "add"), typed).status_code == 302
    una = Speaker.objects.get(name="Una", qualifier="MP")
    assert [alias.name for alias in una.aliases.all()] == ["U Vale"]
