"""Lists and records: what is told, in pages, tagged, and in a fixed number of queries."""

import base64
import hashlib
from urllib.parse import urlencode

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles import corrections
from articles.models import Article, Outlet, Quotation, Speaker, Story
from tests.factories import make_article, make_quotation

from .conftest import Caller

pytestmark = pytest.mark.django_db


def test_a_quotation_is_told_with_its_offsets(by_viewer: Caller, quotation: Quotation, article: Article):
    told = by_viewer.get(f"/quotations/{quotation.uid}")
    text = by_viewer.get(f"/articles/{article.pk}")["text"]
    assert told["content"] == "“The nets were empty,”" == text[slice(*told["spans"][0])]
    assert told["cue_words"] == "said" == text[slice(*told["cue"])]
    assert told["mention_words"] == text[slice(*told["mention"])] == "the harbour master"
    assert (told["speaker_name"], told["outlet"]["name"]) == ("Ida Moss", "The Harbour Gazette")
    assert (told["state"], told["version"], told["is_in_former_text"], told["is_hidden"]) == (
        "suggested",
        1,
        False,
        False,
    )


def test_offsets_of_an_answer_can_be_checked(by_viewer: Caller, viewer_client: Client, quotation: Quotation, article):
    (told,) = by_viewer.get("/quotations?q=nets")["items"]
    read = by_viewer.get(f"/articles/{article.pk}")
    assert told["text_sha256"] == read["text_sha256"] == hashlib.sha256(read["text"].encode()).hexdigest()
    assert told["permalink"] == f"http://testserver/quotations/{quotation.uid}/"
    assert viewer_client.get(told["permalink"]).status_code == 200
    assert read["quotations"][0] == told == by_viewer.get(f"/quotations/{quotation.uid}")


def test_offsets_count_code_points(by_viewer: Caller):
    article = make_article("🐟🐟 “Fish,” she said.")
    quotation = make_quotation(article, "“Fish,”")
    assert by_viewer.get(f"/quotations/{quotation.uid}")["spans"] == [[3, 10]]


def test_an_article_comes_with_its_quotations(by_viewer: Caller, article: Article, another: Quotation):
    told = by_viewer.get(f"/articles/{article.pk}")
    assert (told["title"], told["quotation_count"], told["settled_count"]) == ("Empty nets", 2, 0)
    assert [one["content"] for one in told["quotations"]] == ["“The nets were empty,”", "“Nobody knows why,”"]
    (line,) = by_viewer.get("/articles")["items"]
    assert "text" not in line and line["text_sha256"] == told["text_sha256"]


def test_the_search_is_that_of_the_browser(by_viewer: Caller, viewer_client: Client, another: Quotation):
    make_quotation(make_article("“No oil,” Jon Par said."), "“No oil,”", speaker="Jon Par", state="rejected")
    for query in (
        "q=nobody",
        "q=speaker:moss -knows",
        "speaker=0",
        "state=rejected",
        "q=said:oil&kind=direct",
        "month=2025-03",
    ):
        told = by_viewer.get(f"/quotations?{query}")
        page = viewer_client.get(f"/quotations/?{query}").context
        assert [one["uid"] for one in told["items"]] == [str(one.uid) for one in page["rows"]], query
        assert told["number"] == {"value": page["number"].rounded, "is_exact": True}


def test_what_was_not_understood_is_told(by_viewer: Caller, quotation: Quotation):
    told = by_viewer.get("/quotations?q=speaker:nobody&kind=sung&colour=red")
    assert [one.split("“")[1].split("”")[0] for one in told["complaints"]] == ["nobody", "sung", "colour"]
    assert by_viewer.get("/articles")["complaints"] == []


@pytest.mark.parametrize("sort", ["newest", "best"])
@pytest.mark.parametrize("path", ["/articles", "/quotations"])
def test_pages_bring_all_once(by_viewer: Caller, path: str, sort: str):
    for number in range(7):
        article = make_article(f"“Nets {number},” she said.", published_on=f"2025-03-0{number % 3 + 1}")
        make_quotation(article, f"“Nets {number},”")
    address, seen = f"{path}?{urlencode({'q': 'nets', 'limit': 3, 'sort': sort})}", []
    while address:
        page = by_viewer.get(address)
        seen += [one.get("uid") or one["number"] for one in page["items"]]
        assert page["number"]["value"] == 7
        address = page["next"]
    assert len(seen) == len(set(seen)) == 7


def test_other_lists_go_on_too(by_viewer: Caller):
    for number in range(3):
        story = Story.objects.create()
        outlet = Outlet.objects.create(name=f"Outlet {number}")
        make_article(f"A {number}", story=story, outlet=outlet)
        Speaker.objects.create(name=f"Name {number}")
    for path in ("/speakers", "/outlets", "/stories"):
        first = by_viewer.get(f"{path}?limit=2")
        second = by_viewer.get(first["next"])
        numbers = [one["number"] for one in [*first["items"], *second["items"]]]
        assert len(set(numbers)) == 3 and second["next"] is None
        assert by_viewer.get(f"{path}/{numbers[0]}")["number"] == numbers[0]


def test_the_next_page_is_linked(by_viewer: Caller):
    make_article("A"), make_article("B")
    response = by_viewer("GET", "/articles?limit=1", status=200)
    assert response["Link"] == f'<{response.json()["next"]}>; rel="next"'


def test_speakers_are_found_by_any_name(by_viewer: Caller):
    speaker = Speaker.objects.create(name="Ida Moss", role="Harbour master")
    speaker.aliases.create(name="Hafenmeisterin")
    Speaker.objects.create(name="Jon Par", is_hidden=True)
    assert [one["name"] for one in by_viewer.get("/speakers?q=hafen")["items"]] == ["Ida Moss"]
    assert by_viewer.get("/speakers?q=jon")["items"] == []


def test_a_merged_speaker_leads_on(by_viewer: Caller, editor, quotation: Quotation):
    survivor, other = Speaker.objects.create(name="Ida M. Moss"), quotation.speaker
    assert other
    corrections.join(survivor, other, by=editor, versions=(1, 1))
    told = by_viewer.get(f"/speakers/{other.pk}")
    assert (told["merged_into"], told["is_hidden"]) == (survivor.pk, True)
    assert by_viewer.get(f"/speakers/{survivor.pk}")["quotations"] == 1


def test_a_story_brings_its_articles(by_viewer: Caller):
    story = Story.objects.create()
    late, early = (make_article(f"Text {day}", story=story, published_on=f"2025-03-0{day}") for day in (2, 1))
    told = by_viewer.get(f"/stories/{story.pk}")
    assert [one["number"] for one in told["articles"]] == [early.pk, late.pk]
    assert (told["article_count"], told["first_day"]) == (2, "2025-03-01")


def test_hidden_things_are_not_there(by_viewer: Caller, by_editor: Caller, quotation: Quotation, article: Article):
    hidden = Speaker.objects.create(name="Jon Par", is_hidden=True)
    Article.objects.update(is_hidden=True)
    for path in (
        f"/articles/{article.pk}",
        f"/quotations/{quotation.uid}",
        f"/speakers/{hidden.pk}",
        f"/outlets/{article.outlet_id}",
    ):
        by_viewer.get(path, status=404)
    by_editor.get(f"/speakers/{hidden.pk}")
    by_editor.get(f"/outlets/{article.outlet_id}")


NOT_THERE = [
    "/articles/999",
    "/quotations/0b2f6f0e-6c0a-4f6e-9d7a-3f1c2b4a5d6e",
    "/speakers/9",
    "/outlets/9",
    "/stories/9",
]
NOT_THERE += ["/acts/0b2f6f0e-6c0a-4f6e-9d7a-3f1c2b4a5d6e", "/imports/0b2f6f0e-6c0a-4f6e-9d7a-3f1c2b4a5d6e"]
NOT_THERE += ["/articles/", "/nothing", "/quotations/12"]


@pytest.mark.parametrize("path", NOT_THERE)
def test_what_is_not_there_is_a_problem(by_editor: Caller, path: str):
    by_editor.get(path, status=404)


def test_the_root_leads_on(anonymous: Caller, client: Client):
    links = anonymous.get("/")
    assert links["reference"] == "http://testserver/api/" and client.get(links["openapi"]).status_code == 200
    assert links["quotations"] == "http://testserver/api/v1/quotations" and "acts" not in links
    browser = client.get("/api/v1/", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (browser.status_code, browser["Location"]) == (302, "/api/")
    assert "Accept" in browser["Vary"].split(", ") and "Accept" in client.get("/api/v1/")["Vary"].split(", ")


BAD = [
    ("limit=0", "limit"),
    ("limit=201", "limit"),
    ("limit=x", "limit"),
    ("sort=worst", "sort"),
    *(("cursor=x", "cursor"), ("cursor=cDE", "cursor"), ("cursor=%00", "cursor"), ("cursor=é", "cursor")),
]


@pytest.mark.parametrize(("query", "parameter"), BAD)
def test_bad_parameters_are_named(by_viewer: Caller, query: str, parameter: str):
    problem = by_viewer.get(f"/articles?{query}", status=422)
    assert problem["errors"][0]["parameter"] == parameter


def forged(cursor: str) -> str:
    return base64.urlsafe_b64encode(cursor.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        *(
            "d2",
            "d.1",
            "d9999-99-99.1",
            "d2025-03-01.17",
            "articles/d",
            "articles/d.",
            "articles/d2.",
            "articles/d.1.",
        ),
        *("articles/d9999-99-99.1.", "articles/d2025-03-01.17", "articles/d2025-03-01.9999999999999999999."),
        *("quotations/d2025-03-01.17.", "stories/d2025-03-01.17.", "articles/p2.", "articles/r2."),
    ],
)
def test_a_forged_cursor_does_not_begin_anew(by_viewer: Caller, cursor: str):
    assert by_viewer.get(f"/articles?cursor={forged('articles/d2025-03-01.17.')}")["items"] == []
    problem = by_viewer.get(f"/articles?cursor={forged(cursor)}", status=422)
    assert problem["errors"][0]["parameter"] == "cursor"


@pytest.mark.parametrize("place", ["0", "-1", "x", "1" * 19, "999999"])
@pytest.mark.parametrize("name", ["speakers", "outlets"])
def test_a_forged_number_in_a_cursor_is_refused(by_viewer: Caller, name: str, place: str):
    by_viewer.get(f"/{name}?cursor={forged(f'{name}/r{place}.')}", status=422)


def test_a_cursor_is_of_its_list_and_whole(by_viewer: Caller):
    for number in range(2):
        make_quotation(make_article(f"“Nets,” she said. {number}"), "“Nets,”", speaker=f"Ida {number}")
    for path in ("/quotations", "/articles", "/speakers", "/quotations?q=nets&sort=best"):
        address = by_viewer.get(f"{path}{'&' if '?' in path else '?'}limit=1")["next"]
        assert len(by_viewer.get(address)["items"]) == 1
        beginning, _, cursor = address.rpartition("cursor=")
        for other in ("stories", "outlets", "articles", "quotations", "speakers"):
            if other != path[1:]:
                by_viewer.get(f"/{other}?cursor={cursor}", status=422)
        for end in range(1, len(cursor)):
            by_viewer.get(f"{beginning}cursor={cursor[:end]}", status=422)
        by_viewer.get(f"{beginning}cursor={cursor[:3]}!{cursor[3:]}", status=422)


def test_a_list_goes_on_behind_who_was_merged_since(by_viewer: Caller):
    for name in ("Ada", "Ben", "Cleo"):
        Speaker.objects.create(name=name)
    address = by_viewer.get("/speakers?limit=2")["next"]
    Speaker.objects.filter(name="Ben").update(is_hidden=True)
    assert [one["name"] for one in by_viewer.get(address)["items"]] == ["Cleo"]


def test_numbers_without_end_are_refused(by_viewer: Caller):
    by_viewer.get("/articles/9999999999999999999999", status=422)


def test_what_one_has_is_not_sent_again(by_viewer: Caller, quotation: Quotation):
    path = f"/quotations/{quotation.uid}"
    first = by_viewer("GET", path, status=200)
    assert first["ETag"].startswith('"1.')
    again = by_viewer("GET", path, status=304, **{"If-None-Match": first["ETag"]})
    assert again.content == b"" and again["ETag"] == first["ETag"]
    Speaker.objects.update(name="Ida M. Moss")
    changed = by_viewer("GET", path, status=200, **{"If-None-Match": first["ETag"]})
    assert changed.json()["speaker_name"] == "Ida M. Moss" and changed["ETag"] != first["ETag"]


def test_who_reads_gets_what_there_is_whatever_if_match_says(by_viewer: Caller, quotation: Quotation):
    for seen in ('"1"', '"9"', "*", "nonsense"):
        assert by_viewer("GET", f"/quotations/{quotation.uid}", status=200, **{"If-Match": seen})["ETag"]
    long_ago = {"If-Unmodified-Since": "Thu, 01 Jan 1970 00:00:01 GMT"}
    by_viewer("GET", f"/quotations/{quotation.uid}", status=200, **long_ago)


@pytest.mark.parametrize("path", ["/articles", "/quotations", "/speakers", "/outlets"])
def test_a_list_asked_with_too_many_parameters_is_a_problem(by_viewer: Caller, path: str):
    query = "&".join(f"x{number}=1" for number in range(2000))
    assert by_viewer.get(f"{path}?{query}", status=400)["type"] == "/api/#unreadable"


def test_any_version_that_is_stored_is_told(by_viewer: Caller, by_editor: Caller, quotation: Quotation):
    most = 2**31 - 2
    Quotation.objects.update(version=most)
    Article.objects.update(version=most)
    Speaker.objects.update(version=most)
    for path in ("/quotations", "/articles", "/speakers"):
        assert by_viewer.get(path)["items"][0]["version"] == most
    told = by_editor.post(f"/quotations/{quotation.uid}/accept", seen=most)
    assert told["quotations"][0]["version"] == most + 1


def test_head_is_get_without_a_body(by_viewer: Caller, article: Article):
    response = by_viewer("HEAD", f"/articles/{article.pk}", status=200)
    assert response.content == b"" and response["ETag"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(by_editor: Caller, method: str):
    assert by_editor(method, "/articles", status=405)["Allow"] == "GET"


@pytest.mark.parametrize("path", ["/articles", "/quotations", "/speakers", "/outlets", "/stories", "/imports"])
def test_the_number_of_queries_does_not_grow(
    by_editor: Caller, path: str, django_assert_max_num_queries: DjangoAssertNumQueries, editor
):
    for number in range(5):
        outlet, story = Outlet.objects.create(name=f"O{number}"), Story.objects.create()
        article = make_article(
            f"“Nets {number},” she said.",
            outlet=outlet,
            story=story,
            reviewed_by=editor,
            reviewed_at="2025-01-01T00:00Z",
        )
        quotation = make_quotation(article, f"“Nets {number},”", speaker=f"S{number}")
        corrections.accept(quotation, by=editor, version=1)
    by_editor.get(path)  # the token, its use and what is spent are written down now
    with django_assert_max_num_queries(9):
        told = by_editor.get(path)
    assert path == "/imports" or len(told["items"]) == 5


def test_a_fault_tells_nothing(by_viewer: Caller, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture):
    def fails(*args: object, **kwargs: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("articles.finding.articles", fails)
    response = by_viewer("GET", "/articles", status=500)
    assert b"secret" not in response.content and b"Traceback" not in response.content
    assert "secret detail" in caplog.text
