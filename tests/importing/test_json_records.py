import json
from datetime import date

import pytest

from .reading_helpers import WORDS, everything_in, problem_in, record_in


def test_fields_are_guessed_from_their_names() -> None:
    row = {
        "headline": "Bridge shut",
        "body": WORDS,
        "source": {"id": None, "name": "The Harbour Gazette"},
        "authors": ["Ida Moss", "Jon Reed"],
        "publishedAt": "2025-03-04T10:00:00Z",
        "url": "https://gazette.example/bridge",
    }
    record = record_in(json.dumps(row).encode())
    assert (record.title, record.outlet, record.byline) == (
        "Bridge shut",
        "The Harbour Gazette",
        "Ida Moss, Jon Reed",
    )
    assert (record.published_on, record.url) == (date(2025, 3, 4), "https://gazette.example/bridge")
    assert (record.text, record.source_name, record.reader) == (WORDS, "in:1", "json-lines")


def test_a_mapping_goes_before_guesses_and_reaches_inside() -> None:
    row = {"text": "no", "article": {"words": WORDS}, "by": "Ida Moss"}
    record = record_in(json.dumps(row).encode(), mapping={"text": "article.words", "author": "by"})
    assert (record.text, record.byline) == (WORDS, "Ida Moss")


def test_arrays_and_arrays_in_objects() -> None:
    items = [{"title": "One", "text": WORDS}, {"title": "Two", "text": WORDS + " End."}]
    for value in (items, {"status": "ok", "articles": items}):
        records, problems = everything_in(json.dumps(value, indent=1).encode())
        assert problems == []
        assert [(record.title, record.source_name) for record in records] == [("One", "in#1"), ("Two", "in#2")]


def test_html_in_a_value_becomes_text() -> None:
    assert (
        record_in(json.dumps({"text": "<p>One &amp; two.</p><p>Three.</p>"}).encode()).text == "One & two.\n\nThree."
    )


def test_each_bad_line_costs_itself() -> None:
    lines = ['{"text": "One."}', "{bad", "", '{"title": "x"}', '{"text": ""}', "[1]", '{"text": "Last."}']
    records, problems = everything_in("\n".join(lines).encode())
    assert [record.text for record in records] == ["One.", "Last."]
    assert [problem.partition(": ")[2][:30] for problem in problems] == [
        "line 2: no JSON (Expecting pro",
        "line 4: no column for the text",
        'line 5: no text in "text"',
        "line 6: not an object with nam",
    ]
    assert "the columns are: title" in problems[1]


def test_an_array_that_is_cut_off_gives_what_came_before() -> None:
    records, problems = everything_in(b'[{"text": "One."}, {"text": "Two')
    assert [record.text for record in records] == ["One."]
    assert problems == ["in: item 2: no JSON (Unterminated string starting at); not read further"]


@pytest.mark.parametrize("value", ["[" * 100_000, "9" * 100_000, "{" * 10])
def test_hostile_json(value: str) -> None:
    assert "no JSON" in problem_in(('{"text": ' + value).encode())


def test_a_date_that_was_mapped_must_be_one() -> None:
    row = json.dumps({"text": WORDS, "when": "someday"}).encode()
    assert "the date “someday”".replace("“", '"').replace("”", '"') in problem_in(row, mapping={"date": "when"})
    assert record_in(row.replace(b"when", b"date")).published_on is None
