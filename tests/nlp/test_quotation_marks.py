"""Pairing quotation marks: every style, nested, turned round, missing."""

from __future__ import annotations

import pytest

from articles.nlp.quotation_marks import find_quoted_passages


def outermost(text: str) -> list[str]:
    return [text[p.start : p.end] for p in find_quoted_passages(text) if p.depth == 0]


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("“One,” he said. “Two.”", ["“One,”", "“Two.”"]),
        ('"One," he said. "Two."', ['"One,"', '"Two."']),
        ("''One,'' he said. ``Two.''", ["''One,''", "``Two.''"]),
        ("„Eins“, sagte er.", ["„Eins“"]),
        ("«Un», dit-il. « Deux »", ["«Un»", "« Deux »"]),
        ("»Eins«, sagte er.", ["»Eins«"]),
        ("“He said “no” to me,” she said.", ["“He said “no” to me,”"]),
        ("\"She said 'no' to me,\" he said.", ["\"She said 'no' to me,\""]),
        ("”Turned,” he said. ”And again.”", ["”Turned,”", "”And again.”"]),
        ("“Turned,“ he said.", ["“Turned,“"]),
        ('“Straight after curly," he said.', ['“Straight after curly,"']),
        ("The wall.”The “odd” one.", ["“odd”"]),
        ('It ended."And then" it began.', ['"And then"']),
        ("‘It’s the boys’ toys,’ he said. ‘No.’", ["‘It’s the boys’ toys,’", "‘No.’"]),
        ("'It's here,' he said.", ["'It's here,'"]),
    ],
)
def test_pairs(text: str, passages: list[str]) -> None:
    assert outermost(text) == passages


@pytest.mark.parametrize(
    "text",
    [
        "The ministers’ offices don’t open; the boys' club isn't there.",
        "Rock ’n’ roll of the ’90s, ’twas grand.",
        "He is 6'2\" tall.",
        '""""""""',
        "“",
        "”",
        "",
    ],
)
def test_quotes_nothing(text: str) -> None:
    assert outermost(text) == []


def test_an_inner_passage_follows_the_one_that_holds_it() -> None:
    text = "“They called it ‘the end,’ you know,” he said."
    outer, inner = find_quoted_passages(text)
    assert (outer.depth, inner.depth) == (0, 1)
    assert (text[inner.start : inner.end], inner.single) == ("‘the end,’", True)


def test_an_unclosed_passage_stops_where_the_next_one_opens() -> None:
    text = "“The tide is in, he said. Nobody moved. “The tide is out,” she said."
    first, second = find_quoted_passages(text)
    assert (text[first.start : first.end], first.closed) == ("“The tide is in, he said.", False)
    assert (text[second.start : second.end], second.closed) == ("“The tide is out,”", True)


def test_an_unclosed_passage_inside_a_paragraph_is_believed_for_one_sentence() -> None:
    text = "He said: “The tide is in. Nobody moved. The clock struck.\n\nNext day it rained."
    (passage,) = find_quoted_passages(text)
    assert text[passage.start : passage.end] == "“The tide is in."


def test_opening_marks_carry_a_passage_over_paragraphs() -> None:
    text = "“One.\n\n“Two.\n\n“Three.”\n\n“Four.”"
    passages = find_quoted_passages(text)
    assert [(p.closed, p.carries_on) for p in passages] == [
        (False, False),
        (False, True),
        (True, True),
        (True, False),
    ]
    assert outermost(text) == ["“One.", "“Two.", "“Three.”", "“Four.”"]


def test_a_hard_wrapped_line_is_no_paragraph() -> None:
    text = (
        "The harbour master said on Monday that “no ship will\n"
        "leave before the storm has passed the outer islands and\n"
        "the pilots have come home again”, which may take until\n"
        "the end of the week, or so the coast guard believes now\n"
        "and will say so on the radio when it is asked to do so."
    )
    (passage,) = outermost(text)
    assert passage.startswith("“no ship") and passage.endswith("home again”")
