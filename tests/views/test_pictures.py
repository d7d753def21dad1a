"""The pages of pictures: for whom, at which addresses, as parts, as pages and as CSV; their queries do not grow."""

import csv
import datetime
import io
import json
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles import facets, finding, found
from articles.models import Quotation
from articles.pictures import sampling
from articles.querysets.finding import FoundQuerySet
from tests.factories import make_article, make_quotation

pytestmark = pytest.mark.django_db

NAMES = ("over-time", "voices", "company", "lengths", "settled")
HTMX = {"HX-Request": "true"}
PAGES = (
    "/pictures/",
    "/pictures/facets/",
    *(f"/pictures/{name}/" for name in NAMES),
    *(f"/pictures/{name}.csv" for name in NAMES),
)


@pytest.fixture
def quotation() -> Quotation:
    article = make_article("“Nets,” she said, “Port.”", outlet="Gazette", published_on=datetime.date(2025, 1, 3))
    first = make_quotation(article, "“Nets,”", speaker="Ida")
    make_quotation(article, "“Port.”", speaker="Otto")
    return first


def lines(client: Client, address: str) -> list[list[str]]:
    response = client.get(address)
    assert response.status_code == 200 and response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("address", PAGES)
def test_readers_see_them_and_nobody_else(
    address: str, client: Client, viewer_client: Client, nobody_special_client: Client, quotation: Quotation
):
    assert viewer_client.get(address).status_code == 200
    assert viewer_client.head(address).status_code == 200
    assert viewer_client.post(address).status_code == 405
    assert nobody_special_client.get(address).status_code == 403
    assert "/accounts/sign-in/" in client.get(address)["Location"]


def test_the_page_has_a_place_for_each(viewer_client: Client, quotation: Quotation):
    content = viewer_client.get("/pictures/?show=by-outlet&kind=direct&speaker=x").content.decode()
    for name in NAMES:
        address = f"/pictures/{name}/?speaker=x&amp;kind=direct&amp;show=by-outlet"
        assert f'hx-get="{address}"' in content
        assert f'<noscript><a class="button" href="{address}">Show the table<' in content
    assert "“x” is no value of “speaker” in this address" in content


def test_a_part_has_the_chart_and_its_table(viewer_client: Client, quotation: Quotation):
    response = viewer_client.get("/pictures/over-time/?show=by-speaker", headers=HTMX)
    content = response.content.decode()
    assert content.startswith('<section class="picture" id="over-time"') and "<html" not in content
    data = re.search(r'<script type="application/json">(.*?)</script>', content)
    assert data and json.loads(data[1])["columns"][0] == {"label": "Ida", "hue": 1, "place": 0, "numbers": [1]}
    assert f'<a href="/quotations/?month=2025-01&amp;speaker={quotation.speaker_id}">1</a>' in content
    assert (
        'href="/pictures/?show=by-kind#over-time"' in content
        and 'href="/pictures/over-time.csv?show=by-speaker"' in content
    )
    assert "HX-Request" in response["Vary"]


def test_a_page_of_its_own_works_without_script(viewer_client: Client, quotation: Quotation):
    content = viewer_client.get("/pictures/settled/?show=settled-outlet").content.decode()
    assert "<html" in content and "<details open>" in content
    assert 'href="/pictures/settled/?show=settled-month"' in content


@pytest.mark.parametrize(
    "query",
    [
        *("month=2025-13", "month=0000-01", "outlet=1e9", "outlet=%00", "state=gone", "after=today"),
        *("before=2025-02-30", "length=3-4", "speaker=9999999999999999999", "show=by-weather", "show=,"),
    ],
)
def test_what_is_not_understood_is_left_out(viewer_client: Client, quotation: Quotation, query: str):
    for name in ("over-time", "settled"):
        content = viewer_client.get(f"/pictures/{name}/?{query}").content.decode()
        assert "Jan 2025" in content
        assert ('role="alert"' in content) == (query.partition("=")[0] != "show")


@pytest.mark.parametrize(
    "query", ["month=9999-12", "month=undated", "outlet=999999999999999999", "before=0001-01-01"]
)
def test_what_nothing_matches_says_so(viewer_client: Client, quotation: Quotation, query: str):
    assert viewer_client.get(f"/pictures/?{query}").status_code == 200
    content = viewer_client.get(f"/pictures/voices/?{query}", headers=HTMX).content.decode()
    assert "No quotation matches what is asked for." in content and 'href="/pictures/"' in content


def test_an_empty_database_says_so(viewer_client: Client):
    assert "There are no quotations yet." in viewer_client.get("/pictures/voices/").content.decode()
    assert lines(viewer_client, "/pictures/voices.csv") == [["Outlet", "Others"]]


def test_words_and_articles_narrow_them_too(viewer_client: Client, quotation: Quotation):
    assert lines(viewer_client, "/pictures/over-time.csv?q=nets") == [
        ["Month", "direct", "mixed", "indirect"],
        ["2025-01", "1", "0", "0"],
    ]
    assert lines(viewer_client, "/pictures/settled.csv?q=speaker:otto&reviewed=no")[1:] == [
        ["2025-01", "0", "0", "1"]
    ]
    assert lines(viewer_client, "/pictures/company.csv?q=nets")[1:] == [["Ida", "", "1"], ["Otto", "1", ""]]
    assert lines(viewer_client, "/pictures/voices.csv?reviewed=yes")[1:] == []
    content = viewer_client.get("/pictures/over-time/?q=nets", headers=HTMX).content.decode()
    assert 'href="/quotations/?q=nets&amp;month=2025-01&amp;kind=direct"' in content


def test_filters_lead_back_to_the_pictures_as_they_are_chosen(viewer_client: Client, quotation: Quotation):
    content = viewer_client.get("/pictures/facets/?show=by-outlet", headers=HTMX).content.decode()
    assert f'href="/pictures/?speaker={quotation.speaker_id}&amp;show=by-outlet"' in content
    content = viewer_client.get("/pictures/?kind=direct&show=by-outlet,settled-outlet").content.decode()
    assert 'href="?&amp;show=by-outlet,settled-outlet"' in content
    content = viewer_client.get("/pictures/settled/?show=by-outlet,settled-outlet", headers=HTMX).content.decode()
    assert 'href="/pictures/?show=by-outlet,settled-month#settled"' in content


def test_csv(viewer_client: Client, quotation: Quotation):
    assert lines(viewer_client, "/pictures/over-time.csv?show=by-speaker") == [
        ["Month", "Ida", "Otto", "Others"],
        ["2025-01", "1", "1", "0"],
    ]
    response = viewer_client.get("/pictures/company.csv")
    assert response["Content-Disposition"] == 'attachment; filename="company.csv"'


@pytest.mark.parametrize("evil", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_csv_holds_no_formulas_and_any_script(viewer_client: Client, evil: str):
    article = make_article("“Nets,” 🐟 “Port.”", outlet=evil)
    make_quotation(article, "“Nets,”", speaker="خامنه‌ای, “Ali”")
    make_quotation(article, "“Port.”", speaker=evil)
    header, line = lines(viewer_client, "/pictures/voices.csv")
    assert sorted(header) == sorted(["Outlet", "خامنه‌ای, “Ali”", f"'{evil}", "Others"])
    assert line == [f"'{evil}", "1", "1", "0"]


def test_names_are_escaped(viewer_client: Client):
    evil = "</script><img src=x>"
    article = make_article("“Nets,” and “Port.”", outlet=evil)
    make_quotation(article, "“Nets,”", speaker=evil)
    make_quotation(article, "“Port.”", speaker="Otto")
    for name in NAMES:
        assert "<img" not in viewer_client.get(f"/pictures/{name}/?show=by-speaker,settled-outlet").content.decode()


def test_unknown_names_are_not_there(viewer_client: Client):
    assert viewer_client.get("/pictures/weather/").status_code == 404
    assert viewer_client.get("/pictures/weather.csv").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "speaker={0}",
        "not-speaker={0}&not-outlet=1",
        "with={0}&with={1}",
        "speaker={0}&with={1}",
        "q=nets",
        "q=nets&speaker={0}",
        "q=speaker:ida+outlet:paper",
        "q=said:nets+-speaker:otto",
        "reviewed=no&outlet=1&month=2025-01",
    ],
)
def test_a_dozen_queries_are_enough_for_many(
    viewer_client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
    query: str,
):
    """Where ten are many: numbers are estimated, samples are drawn; numbers used up by other tests do not count."""
    for module, limits in (
        (sampling, {"MOST": 60, "MOST_FOUND": 20, "PROBED": 40, "SCANNED": 200}),
        (found, {"EXACTLY": 10, "FEW": 5, "SAMPLE": 40}),
        (finding, {"FEW": 5}),
        (facets, {"SAMPLE": 24}),
    ):
        for name, limit in limits.items():
            monkeypatch.setattr(module, name, limit)
    monkeypatch.setattr(FoundQuerySet, "highest", FoundQuerySet.count)
    for place in range(40):
        article = make_article(f"“Nets,” “Port,” “Sails.” {place}", outlet=f"Paper {place % 9}")
        for words, speaker in (("“Nets,”", "Ida"), ("“Port,”", "Otto"), ("“Sails.”", f"One {place % 9}")):
            make_quotation(article, words, speaker=speaker)
    asked = query.format(*(Quotation.objects.filter(speaker__name=name)[0].speaker_id for name in ("Ida", "Otto")))
    for address in (*PAGES, "/quotations/facets/", "/articles/facets/"):
        with django_assert_max_num_queries(12):
            viewer_client.get(f"{address}?show=by-speaker,settled-outlet&{asked}")


@pytest.mark.parametrize("number", [1, 12])
def test_queries_do_not_grow(
    viewer_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, number: int
):
    for place in range(number):
        article = make_article(f"“Nets,” and “Port.” {place}", outlet=f"Paper {place}")
        make_quotation(article, "“Nets,”", speaker=f"One {place}")
        make_quotation(article, "“Port.”", speaker="Otto")
    for address in PAGES:
        for query in ("", "show=by-speaker,settled-outlet"):
            with django_assert_max_num_queries(12):
                viewer_client.get(f"{address}?{query}")
