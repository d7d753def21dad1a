"""Addresses and forms that no page sends are answered in words, on both engines."""

import datetime

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from articles import corrections
from articles.models import Act, Outlet, Quotation, Speaker
from tests.factories import make_article, make_quotation

from .test_pages import address, hidden_fields

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.one_engine,
    pytest.mark.filterwarnings("error::RuntimeWarning"),
]

ENDLESS = "9" * 5000
# More than eight bytes hold.
GREAT = "9" * 30
LISTS = ["article", "outlet", "speaker", "quotation", "act", "change", "user"]


@pytest.fixture
def quotation(db: None) -> Quotation:
    return make_quotation(make_article(published_on="2025-03-04"), cue="said", mention="the harbour master")


@pytest.mark.parametrize("model", LISTS)
@pytest.mark.parametrize("value", ["\0", "a\0b", ENDLESS, GREAT, f"-{GREAT}"], ids=lambda value: ascii(value)[:9])
def test_a_filter_that_nothing_can_match_leads_to_the_whole_list(
    editor_client: Client, quotation: Quotation, model: str, value: str
):
    name = {"user": "is_active__exact", "outlet": "name"}.get(model, "id")
    response = editor_client.get(address(model, "changelist"), {name: value})
    assert (response.status_code, response["Location"][-4:]) == (302, "?e=1")


@pytest.mark.parametrize(
    "asked",
    [
        "quotation/?state__exact=%00",
        "quotation/?confidence=%00",
        f"quotation/?article__id__exact={ENDLESS}",
        f"quotation/?speaker__id__exact={GREAT}",
        f"quotation/?id__in=1,{GREAT}",
        f"quotation/?article__published_on__year={ENDLESS[:14]}",
        f"article/?published_on__year={ENDLESS[:14]}",
        "article/?published_on__year=0",
        "article/?published_on__year=9999",
        "article/?published_on__year=2025&published_on__month=13",
        "article/?published_on__year=9999&published_on__month=12&published_on__day=31",
        f"act/?at__year={ENDLESS[:14]}",
        f"change/?act__at__year={ENDLESS[:14]}",
        f"change/?act__id__exact={GREAT}",
    ],
    ids=lambda asked: asked[:60],
)
def test_a_date_or_number_that_is_none_leads_to_the_whole_list(
    editor_client: Client, quotation: Quotation, asked: str
):
    response = editor_client.get(f"/admin/articles/{asked}")
    assert response.status_code == 302 and response["Location"].endswith("?e=1")
    assert editor_client.get(response["Location"], follow=True).status_code == 200


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Lima"])
@pytest.mark.parametrize("year", [1, 9998])
def test_the_first_and_last_years_in_any_zone(editor_client: Client, quotation: Quotation, zone: str, year: int):
    with override_settings(TIME_ZONE=zone):
        response = editor_client.get(address("act", "changelist"), {"at__year": year}, follow=True)
    assert response.status_code == 200


def test_the_last_of_all_days_is_listed(editor_client: Client):
    make_article(published_on=datetime.date.max)
    assert editor_client.get(address("article", "changelist")).status_code == 200


@pytest.mark.parametrize(
    "query", ["nets\0", "w " * 3000, '"', ENDLESS, "é" * 3000], ids=lambda query: ascii(query)[:9]
)
@pytest.mark.parametrize("model", LISTS)
def test_any_search_is_answered(editor_client: Client, quotation: Quotation, model: str, query: str):
    response = editor_client.get(address(model, "changelist"), {"q": query})
    assert response.status_code == 200
    cut = "Only the first 200 characters were searched for." in response.content.decode()
    assert cut == (len(query) > 200)


FIELDS = [("article", "outlet"), ("quotation", "speaker"), ("change", "act"), ("change", "article"), ("act", "by")]


@pytest.mark.parametrize("term", ["", "\0", "e\0", "w " * 3000, "\x07"], ids=lambda term: ascii(term)[:6])
@pytest.mark.parametrize(("model", "field"), FIELDS)
def test_any_term_is_looked_up(editor_client: Client, quotation: Quotation, model: str, field: str, term: str):
    asked = {"term": term, "app_label": "articles", "model_name": model, "field_name": field}
    for number in range(2):
        Outlet.objects.create(name=f"Quay {number}")
    assert editor_client.get(reverse("admin:autocomplete"), asked).status_code in (200, 403)


@pytest.mark.parametrize("chosen", ["x", "\0", ENDLESS, GREAT, "-1", "1,2"], ids=lambda chosen: ascii(chosen)[:6])
def test_an_action_on_no_record_changes_nothing(editor_client: Client, quotation: Quotation, chosen: str):
    sent = {"action": "accept", "index": "0", "_selected_action": [str(quotation.pk), chosen]}
    response = editor_client.post(address("quotation", "changelist"), sent, follow=True)
    assert response.status_code == 200
    (said,) = response.context["messages"]
    assert str(said).startswith("Nothing was changed: ")
    assert not Act.objects.exists()


@pytest.mark.parametrize("version", [ENDLESS, GREAT, "x", "", "\0", "-1"], ids=lambda version: ascii(version)[:6])
def test_an_action_on_no_version_changes_nothing(editor_client: Client, quotation: Quotation, version: str):
    sent = {"action": "accept", "index": "0", "_selected_action": quotation.pk, f"version-{quotation.pk}": version}
    response = editor_client.post(address("quotation", "changelist"), sent, follow=True)
    (said,) = response.context["messages"]
    assert str(said).startswith("Nothing was saved: ")
    assert not Act.objects.exists()


@pytest.mark.parametrize("value", ["abc", "\0", ENDLESS, GREAT, "-1"], ids=lambda value: ascii(value)[:6])
def test_a_choice_that_is_none_is_told_in_the_form(editor_client: Client, quotation: Quotation, value: str):
    for model, record, field in (
        ("quotation", quotation, "speaker"),
        ("article", quotation.article, "outlet"),
        ("quotation", quotation, "seen_version"),
    ):
        page = address(model, "change", record.pk)
        response = editor_client.post(page, hidden_fields(editor_client.get(page)) | {field: value})
        assert response.status_code == 200 and response.context["adminform"].form.errors
    assert not Act.objects.exists()


@pytest.mark.parametrize("number", [ENDLESS, GREAT, "-1", "%00", "x"], ids=lambda number: number[:6])
@pytest.mark.parametrize("model", LISTS)
def test_a_record_with_no_such_number_is_not_there(
    editor_client: Client, quotation: Quotation, model: str, number: str
):
    listed = address(model, "changelist")
    for page in ("change", "history"):
        assert editor_client.get(f"{listed}{number}/{page}/", follow=True).status_code in (200, 404)
    assert editor_client.get(f"/admin/articles/act/{number}/undo/", follow=True).status_code in (200, 404)


def test_the_list_of_acts_says_what_each_was_done_to(editor_client: Client, quotation: Quotation, editor):
    corrections.change_speaker(quotation, name="Otto Brandt", by=editor, version=1)
    corrections.create(Speaker(name="Una Vale"), by=editor)
    content = editor_client.get(address("act", "changelist")).content.decode()
    made, corrected = content.split("<tbody>")[1].split("</tbody>")[0].split("</tr>")[:2]
    assert ">Una Vale</a></td>" in made
    assert f'/quotation/{quotation.pk}/change/">Otto Brandt: “The nets were empty,”</a> and 1 more' in corrected


def test_the_page_of_a_change_tells_the_time_in_words(editor_client: Client, quotation: Quotation, editor):
    act = corrections.accept(quotation, by=editor, version=1)
    Act.objects.update(at=datetime.datetime(2025, 3, 4, 13, 35, 8, 405016, tzinfo=datetime.UTC))
    content = editor_client.get(address("change", "change", act.changes.get().pk)).content.decode()
    assert "4 March 2025, 13:35" in content and "405016" not in content


def test_only_what_is_hidden_is_marked(editor_client: Client, quotation: Quotation):
    make_article("Other", title="Other", is_hidden=True)
    content = editor_client.get(address("article", "changelist")).content.decode()
    assert "icon-no" not in content and content.count('<td class="field-hidden">hidden</td>') == 1
