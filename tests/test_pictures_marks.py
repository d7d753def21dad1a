"""Behind each mark of a picture are exactly as many quotations, or articles, as it says."""

import datetime
import re
from collections.abc import Callable, Iterator

import pytest
from django.http import QueryDict
from pytest_django import DjangoDbBlocker

from articles import finding, pictures
from articles.asking import Asked, asked
from articles.models import Article, Quotation
from articles.pictures import Picture, Question
from articles.querysets import company
from tests.databases import rolled_back
from tests.factories import make_article, make_quotation

pytestmark = pytest.mark.django_db

STATES = ("suggested", "accepted", "suggested", "rejected")
KINDS = ("direct", "indirect", "mixed")
PICTURES: dict[str, Callable[[Question], Picture]] = {
    "months by kind": lambda question: pictures.over_time(question, "kind"),
    "months by speaker": lambda question: pictures.over_time(question, "speaker"),
    "months by outlet": lambda question: pictures.over_time(question, "outlet"),
    "voices": pictures.voices,
    "lengths": pictures.lengths,
    "settled by month": lambda question: pictures.settled(question, "month"),
    "settled by outlet": lambda question: pictures.settled(question, "outlet"),
}
QUERIES = (
    "",
    "kind=direct&kind=mixed",
    "state=rejected&state=accepted",
    "speaker={0}&speaker={1}",
    "speaker=0&month=2025-01&month=2025-03",
    "not-speaker={0}&not-outlet={outlet}&after=2025-01-20",
    "with={0}&with={3}",
    "q=nets",
    "month=2001-06&month=2025-02&month=undated",
    "length=5-9&outlet={outlet}",
)


@pytest.fixture(scope="module")
def speakers(django_db_setup: str, django_db_blocker: DjangoDbBlocker) -> Iterator[list[int]]:
    """Twelve who are quoted in thirty articles of eleven outlets, undated ones and one of long ago among them."""
    with rolled_back(django_db_blocker):
        yield quoted()


def quoted() -> list[int]:
    for place in range(30):
        spoken = [place % 12, place * 5 % 12, place % 3, None]
        said = [f"“{('Nets', 'Port')[number % 2]}{' and' * (place % 4 * 3)} {number},”" for number in range(4)]
        day = datetime.date(2025, 1, 1) + datetime.timedelta(days=3 * place) if place % 7 else None
        day = datetime.date(2001, 6, 1) if place == 29 else day
        outlet = f"Paper {place % 11}" if place % 5 else None
        article = make_article(f"{place} " + " ".join(said), outlet=outlet, published_on=day)
        for number, (who, words) in enumerate(zip(spoken, said, strict=True)):
            state, kind = STATES[(place + number) % 4], KINDS[(place * number) % 3]
            name = None if who is None else f"One {who}"
            make_quotation(article, words, speaker=name, state=state, kind=kind)
    return [Quotation.objects.filter(speaker__name=f"One {who}")[0].speaker_id for who in range(12)]


def filled(query: str, speakers: list[int]) -> str:
    return query.format(*speakers, outlet=Article.objects.filter(outlet__name="Paper 1")[0].outlet_id)


def behind(link: str) -> Asked:
    return asked(QueryDict(link.partition("?")[2]))


def marks(picture: Picture) -> Iterator[tuple[str, int]]:
    """(address, number) of each field that leads anywhere, and of each sentence that does."""
    for row in picture.rows:
        yield from ((cell.link, cell.number) for cell in row.cells if cell.number)
    for hint in picture.hints:
        if hint.link:
            yield hint.link, int(re.findall(r"\d+", hint.words)[0])


@pytest.mark.parametrize("query", QUERIES)
def test_as_many_quotations_as_a_mark_says(speakers: list[int], query: str):
    question = Question(QueryDict(filled(query, speakers)))
    found = {
        (name, link): (number, finding.quotations(behind(link)).number.value)
        for name, draw in PICTURES.items()
        for link, number in marks(draw(question))
    }
    assert len(found) >= 5
    assert {mark: numbers for mark, numbers in found.items() if numbers[0] != numbers[1]} == {}
    if not query:
        assert any("not-speaker" in link for _name, link in found) and any("undated" in link for _name, link in found)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("most", [0, company.MOST_SAID])
def test_as_many_articles_as_a_field_of_company_says(
    speakers: list[int], query: str, most: int, monkeypatch: pytest.MonkeyPatch
):
    """Also where the speakers are quoted so often that their articles are not fetched."""
    monkeypatch.setattr(company, "MOST_SAID", most)
    fields = list(marks(pictures.company(Question(QueryDict(filled(query, speakers))))))
    assert fields
    for link, number in fields:
        sought = behind(link)
        assert len(set(finding.quotations(sought).rows.values_list("article", flat=True))) == number, link
        if not (sought.anywhere or sought.speaker.without):
            assert finding.articles(sought).number.value == number, link


def test_both_are_behind_a_field_of_company(speakers: list[int]):
    ida, otto = speakers[0], speakers[3]
    row = pictures.company(Question(QueryDict())).rows[0]
    link = next(cell.link for cell in row.cells if cell.number)
    both = behind(link)
    assert both.company == both.speaker.among and len(both.company) == 2
    said = finding.quotations(behind(f"?speaker={ida}&speaker={otto}&with={ida}&with={otto}")).rows
    assert {one.speaker_id for one in said} == {ida, otto}
