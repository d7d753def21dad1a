"""What pictures count: exactly where there are few quotations, and fairly where they are many."""

import datetime
from collections.abc import Callable
from itertools import count

import pytest
from django.core.management.color import no_style
from django.db import connection
from django.http import QueryDict

from articles import pictures
from articles.models import CONTENT_GAP, Article, Quotation
from articles.pictures import Picture, Question, sampling
from articles.pictures.periods import MOST_MONTHS
from articles.querysets.counting import LOTS, SPREAD, counted, in_lots
from articles.querysets.finding import FoundQuerySet
from articles.querysets.lengths import BAND, LENGTHS
from tests.factories import make_article, make_quotation

pytestmark = pytest.mark.django_db

numbers = count()


def said(*speakers: str | None, outlet: str = "Gazette", on: str | None = "2025-01-10", **fields: object) -> Article:
    """An article in which each of them is quoted once, with three words."""
    text = "\n\n".join(f"“Nets were empty{number},” said one." for number in range(len(speakers)))
    day = datetime.date.fromisoformat(on) if on else None
    article = make_article(f"{text} {next(numbers)}", outlet=outlet, published_on=day)
    for number, speaker in enumerate(speakers):
        make_quotation(article, f"“Nets were empty{number},”", speaker=speaker, **fields)
    return article


def asking(query: str = "") -> Question:
    return Question(QueryDict(query))


def table(picture: Picture) -> dict[str, list[int | None]]:
    """{label of a row: its numbers}"""
    return {row.heading.label: [cell.number for cell in row.cells] for row in picture.rows}


def labels(picture: Picture) -> list[str]:
    return [column.label for column in picture.columns]


def test_quotations_are_counted_month_by_month():
    said("Ida", "Ida", on="2025-01-10")
    said("Ida", on="2025-03-31", kind="indirect")
    said("Ida", on="2025-03-01", state="rejected")
    Article.objects.filter(pk=said("Ida", on="2025-05-01").pk).update(is_hidden=True)
    said("Ida", on=None)
    picture = pictures.over_time(asking(), "kind")
    assert labels(picture) == ["direct", "mixed", "indirect"]
    assert table(picture) == {"Jan 2025": [2, 0, 0], "Feb 2025": [0, 0, 0], "Mar 2025": [0, 0, 1]}
    assert picture.rows[0].cells[0].link == "/quotations/?month=2025-01&kind=direct"
    assert [bool(row.link) for row in picture.rows] == [True, False, True]
    assert picture.told == "The most, 2, are of January 2025." and picture.note == "4 quotations."
    assert [(hint.words, hint.link) for hint in picture.hints] == [
        ("1 has no date and is left out.", "/quotations/?month=undated")
    ]


def test_links_keep_what_is_asked_for():
    article = said("Ida", "Ida", "Otto")
    ida, outlet = article.quotations.first().speaker_id, article.outlet_id
    query = f"speaker={ida}&outlet={outlet}&after=2025-01-05&month=2025-01&month=2025-02"
    picture = pictures.over_time(asking(query), "kind")
    assert table(picture) == {"Jan 2025": [2, 0, 0]}
    kept = f"/quotations/?outlet={outlet}&speaker={ida}&after=2025-01-05&month=2025-01"
    assert (picture.rows[0].link, picture.rows[0].cells[0].link) == (kept, f"{kept}&kind=direct")


def test_years_stand_for_many_months():
    said("Ida", on="2001-12-31")
    said("Ida", "Ida", on="2008-02-01")
    picture = pictures.over_time(asking("after=2001-06-01"), "kind")
    assert [*table(picture)] == [f"{year}" for year in range(2001, 2009)]
    assert table(picture)["2008"] == [2, 0, 0] and picture.corner == "Year"
    assert picture.rows[0].link == "/quotations/?after=2001-06-01&before=2001-12-31"
    assert MOST_MONTHS < 12 * 8


@pytest.mark.parametrize("by", ["speaker", "outlet"])
def test_those_with_most_have_columns_and_the_others_one(by: str):
    for place in range(10):
        for _ in range(2 if place < 8 else 1):
            said(f"One {place}", outlet=f"One {place}")
    said(None, outlet="One 0")
    picture = pictures.over_time(asking(), by)
    assert labels(picture) == [*(f"One {place}" for place in range(8)), "Others"]
    assert sum(table(picture)["Jan 2025"]) == 19
    assert table(picture)["Jan 2025"][-1] == (3 if by == "speaker" else 2)
    drawn = [column["label"] for column in picture.chart["columns"]]
    assert drawn == labels(picture)[:-1] and picture.chart["form"] == "line"


def test_share_of_voice():
    said("Ida", "Ida", "Otto", None, outlet="Gazette")
    said("Otto", outlet="Quay News")
    picture = pictures.voices(asking())
    assert labels(picture) == ["Ida", "Otto", "Others"]
    assert {row.heading.label: [cell.text for cell in row.cells] for row in picture.rows} == {
        "Gazette": ["50%", "25%", "25%"],
        "Quay News": ["0%", "100%", "0%"],
    }
    assert picture.told == "Ida is quoted most: 40% of all that these outlets quote."
    assert pictures.voices(asking("kind=direct")).told == "Ida is quoted most: 40% of what was found."
    ida = picture.columns[0].narrows
    assert pictures.voices(asking(ida)).told == "", "of one alone there is nothing to tell"


def test_who_is_quoted_with_whom():
    said("Ida", "Otto", "Ida")
    said("Otto", "Ida", None)
    said("Ruth", "Ida")
    said("Ruth")
    said("Alone")
    picture = pictures.company(asking())
    assert labels(picture) == ["Ida", "Otto", "Ruth"]
    assert table(picture) == {"Ida": [None, 2, 1], "Otto": [2, None, 0], "Ruth": [1, 0, None]}
    assert picture.told == "Most often together: Ida and Otto, in 2 articles." and picture.note == "5 articles."
    assert picture.chart["counted"] == ("{number} article", "{number} articles")


def test_the_company_of_one_who_is_asked_for():
    said("Ida", "Otto")
    said("Otto", "Ruth")
    ida = Quotation.objects.get(speaker__name="Ida").speaker_id
    picture = pictures.company(asking(f"speaker={ida}&speaker=999999"))
    assert table(picture) == {"Ida": [None, 1], "Otto": [1, None]}
    assert pictures.company(asking("speaker=999999")).rows == []


def test_length_in_words():
    article = make_article(
        "“One two three four,” and “one two three four five” and “one two”, “three\n\nfour\nfive six”."
    )
    make_quotation(article, "“One two three four,”")
    make_quotation(article, "“one two three four five”", kind="mixed")
    make_quotation(article, ["“one two”", "“three\n\nfour\nfive six”"])
    picture = pictures.lengths(asking())
    assert table(picture) == {f"1–{BAND - 1}": [1, 0, 0], f"{BAND}–{2 * BAND - 1}": [1, 1, 0]}
    assert picture.told == "Half of them have at most 5 words."
    assert picture.rows[1].cells[1].link == "/quotations/?length=5-9&kind=mixed"
    assert [row.content for row in asking("length=5-9&kind=mixed").found.rows] == ["“one two three four five”"]
    assert asking("length=1-4&length=60-").found.number.value == 1
    assert CONTENT_GAP in article.quotations.latest("pk").content


def test_long_ones_are_together():
    for words in (59, 60, 90):
        make_quotation(make_article(f"“{' '.join(['net'] * words)}”"), f"“{' '.join(['net'] * words)}”")
    picture = pictures.lengths(asking())
    assert [*table(picture)][-2:] == ["55–59", "60 or more"]
    assert [line[0] for line in table(picture).values()][-2:] == [1, 2]
    assert [*LENGTHS][-1] == "60-" and asking("length=60-").found.number.value == 2


@pytest.mark.parametrize("by", ["month", "outlet"])
def test_settled_and_unsettled(by: str):
    said("Ida", "Ida", state="accepted")
    said("Ida", state="rejected")
    said("Ida")
    picture = pictures.settled(asking(), by)
    assert labels(picture) == ["accepted", "rejected", "suggested"]
    assert [*table(picture).values()] == [[2, 1, 1]]
    assert picture.told == "75% of them are settled: accepted or rejected."
    assert "state=rejected" in picture.rows[0].cells[1].link


def test_nothing_makes_no_rows():
    drawn = (
        *(pictures.over_time(asking(), by) for by in ("kind", "speaker", "outlet")),
        *(draw(asking()) for draw in (pictures.voices, pictures.company, pictures.lengths)),
        *(pictures.settled(asking(), by) for by in ("month", "outlet")),
    )
    assert [picture.rows for picture in drawn] == [[]] * 8


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> list[Article]:
    """240 quotations in 60 articles, of which sixty are many already; numbers used up by other tests do not count.

    They are numbered from 1 on, whatever ran before: which are drawn goes by their numbers.
    """
    tables = [{"table": model._meta.db_table, "column": "id"} for model in (Article, Quotation)]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_by_name_sql(no_style(), tables):
            cursor.execute(statement)
    monkeypatch.setattr(FoundQuerySet, "highest", FoundQuerySet.count)
    monkeypatch.setattr(sampling, "MOST", 60)
    monkeypatch.setattr(sampling, "PROBED", 40)
    monkeypatch.setattr(sampling, "SCANNED", 200)
    return [said("Ida", "Otto", "Ida", f"One {place % 10}", outlet=f"Paper {place % 2}") for place in range(60)]


def test_a_sample_is_fair_and_says_so(many: list[Article], monkeypatch: pytest.MonkeyPatch):
    picture = pictures.over_time(asking(), "kind")
    assert table(picture) == {"Jan 2025": [200, 0, 0]}, "sixty tell one digit"
    monkeypatch.setattr(sampling, "MOST", 120)
    (direct, *_), *_ = table(pictures.over_time(asking(), "kind")).values()
    assert 220 <= direct <= 260, "more than a hundred tell two"
    monkeypatch.setattr(sampling, "MOST", 60)
    assert picture.is_estimate and picture.note.startswith("Estimated from 6") and "of about 2" in picture.note
    said(*["Ida"] * 20, on="2025-02-01")
    assert pictures.over_time(asking(), "speaker").told.startswith("The most, ≈ 2")
    assert next(iter(picture.lines())) == [
        "Month",
        "direct (estimated)",
        "mixed (estimated)",
        "indirect (estimated)",
    ]


def test_few_among_many_are_counted_exactly(many: list[Article]):
    ruth = said("Ruth", "Ruth", "Ruth").quotations.first()
    picture = pictures.over_time(asking(f"speaker={ruth.speaker_id}"), "kind")
    assert table(picture) == {"Jan 2025": [3, 0, 0]} and not picture.is_estimate


@pytest.mark.parametrize(
    ("draw", "least", "most"),
    [
        (lambda: pictures.over_time(asking(), "speaker"), 170, 300),
        (lambda: pictures.voices(asking()), 170, 300),
        (lambda: pictures.lengths(asking()), 190, 300),
        (lambda: pictures.settled(asking(), "outlet"), 170, 300),
    ],
)
def test_each_picture_of_many_is_an_estimate(many: list[Article], draw: Callable[[], Picture], least: int, most: int):
    picture = draw()
    assert picture.is_estimate
    assert least <= sum(number or 0 for line in table(picture).values() for number in line) <= most


def test_company_of_many_is_drawn_by_article(many: list[Article]):
    picture = pictures.company(asking())
    assert labels(picture)[:2] == ["Ida", "Otto"] and picture.is_estimate
    assert 40 <= table(picture)["Ida"][1] <= 80


def test_each_row_is_in_one_lot(many: list[Article]):
    everything = Quotation.objects.listed()
    for by, column in (("id", "pk"), ("article", "article_id")):
        assert in_lots(everything, LOTS, by=by).count() == 240
        drawn = set(in_lots(everything, 300, by=by).values_list("pk", flat=True))
        assert 50 <= len(drawn) <= 90
        expected = {row.pk for row in everything if getattr(row, column) * SPREAD % LOTS < 300}
        assert drawn == expected


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_those_of_a_length_are_read_from_their_index():
    assert "USING INDEX quotation_of_length" in asking("length=5-9").found.rows.newest_first().explain()


@pytest.mark.skipif("connection.vendor != 'sqlite'")
@pytest.mark.parametrize(("by", "index"), [("id", "quotation_lots"), ("article", "quotation_article_lots")])
def test_a_sample_reads_its_index(by: str, index: str):
    states = Quotation.objects.listed().filter(state="accepted", outlet=3)
    assert f"USING INDEX {index}" in in_lots(states, 3, by=by).explain()
    assert connection.vendor == "sqlite" and counted(in_lots(states, 3, by=by), "month") == {}
