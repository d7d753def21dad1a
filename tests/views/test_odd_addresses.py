"""Addresses that no link of ours leads to: a page that says so, on both engines, never a failure of the server."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.test import Client

from articles.models import Article, Quotation

HUGE, ENDLESS, NUL, NOT_UTF8 = "9" * 20, "9" * 5000, "%00", "%ff%fe"

NOWHERE = [
    address.format(odd)
    for odd in (HUGE, ENDLESS, NUL, f"1{NUL}", NOT_UTF8)
    for address in ("/{}", "/articles/{}/", "/stories/{}/", "/quotations/{}/accept/", "/acts/{}/undo/", "/static/{}")
]
ASKED = [
    f"/{page}/?{name}={value}"
    for page in ("articles", "quotations", "articles/facets", "quotations/facets")
    for name in ("q", "outlet", "after", "month", "below", "above", "q=a&sort=best&page")
    for value in (HUGE, ENDLESS, NUL, f"harbour{NUL}", NOT_UTF8, "-1", "x" * 100_000, quote('-"" "' * 50))
]
NAMES = ["/?q=" + "x" * 100_000, *(f"/speakers/names/?name={value}" for value in (NUL, NOT_UTF8, "x" * 100_000))]
ADMIN = [
    f"/admin/articles/{address}{value}{end}"
    for value in (HUGE, ENDLESS, NUL, NOT_UTF8)
    for address, end in [
        ("article/", "/change/"),
        ("speaker/", "/history/"),
        ("act/", "/undo/"),
        ("article/?q=", ""),
        ("article/?p=", ""),
        ("article/?outlet__id__exact=", ""),
        ("quotation/?article__id__exact=", ""),
        ("quotation/?speaker__id__exact=", ""),
        ("change/?act__id__exact=", ""),
    ]
]


@pytest.fixture
def article(make_article: Callable[..., Article]) -> Article:
    return make_article("“The nets were empty,” she said.", outlet="The Harbour Gazette")


def other_than(
    expected: set[int], *, client: Client, addresses: list[str], follow: bool = False
) -> list[tuple[str, int]]:
    """The addresses, cut short, that were answered otherwise, and with what."""
    answers = [(address[:60], client.get(address, follow=follow).status_code) for address in addresses]
    return [(address, status) for address, status in answers if status not in expected]


def test_they_lead_nowhere(analyst_client: Client, article: Article) -> None:
    assert other_than({404}, client=analyst_client, addresses=NOWHERE) == []
    assert b"Nothing here" in analyst_client.get(f"/articles/{HUGE}/").content


def test_what_nobody_can_mean_is_passed_over(analyst_client: Client, article: Article) -> None:
    assert other_than({200, 302}, client=analyst_client, addresses=[*ASKED, *NAMES]) == []


def test_too_many_parameters(analyst_client: Client) -> None:
    answer = analyst_client.get("/articles/", {f"a{number}": "1" for number in range(2000)})
    assert answer.status_code == 400


def test_the_admin_says_it_does_not_know_them(editor_client: Client, article: Article) -> None:
    """In a message on the page above, to which it leads."""
    assert other_than({200, 404}, client=editor_client, addresses=ADMIN, follow=True) == []


@pytest.mark.parametrize("version", [HUGE, ENDLESS, "\0", "-1", ""])
def test_a_version_that_cannot_be_writes_nothing(
    analyst_client: Client, article: Article, make_quotation: Callable[..., Quotation], version: str
) -> None:
    quotation = make_quotation(article, "“The nets were empty,”")
    answer = analyst_client.post(f"/quotations/{quotation.uid}/accept/", {"version": version})
    assert answer.status_code in {302, 400, 409}
    quotation.refresh_from_db()
    assert (quotation.state, quotation.version) == ("suggested", 1)
