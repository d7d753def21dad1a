"""What a typed search means, and what it complains of."""

import datetime

import pytest

from articles.search import expressions
from articles.search.language import Clause, Near, Sought, Term, day_of, understood


def words_of(sought: Sought) -> list[tuple[str, ...]]:
    return [term.words for clause in sought.anywhere for term in clause.terms]


def test_words_phrases_and_what_is_not_wanted():
    sought = understood('dam "any level" -oil -"crude oil"')
    assert words_of(sought) == [("dam",), ("any", "level"), ("oil",), ("crude", "oil")]
    assert [clause.wanted for clause in sought.anywhere] == [True, True, False, False]
    assert sought.complaints == []


def test_or_joins_its_neighbours_alone():
    sought = understood("a1 b1 OR c1 OR d1 e1")
    either = [[term.words[0] for term in clause.terms] for clause in sought.anywhere]
    assert either == [["a1"], ["b1", "c1", "d1"], ["e1"]]
    assert understood("b1 | c1").anywhere == [Clause((Term(("b1",)), Term(("c1",))))]
    assert words_of(understood('b1 "OR" or c1')) == [("b1",), ("or",), ("or",), ("c1",)]


def test_a_star_stands_for_how_words_go_on():
    assert understood('harb* "rock n ro"*').anywhere == [
        Clause((Term(("harb",), begins=True),)),
        Clause((Term(("rock", "n", "ro"), begins=True),)),
    ]


def test_near():
    assert understood('near:"ferry harbour" near:"a1 b1 c1"~3').anywhere == [
        Clause((Near(("ferry", "harbour")),)),
        Clause((Near(("a1", "b1", "c1"), 3),)),
    ]


def test_fields():
    sought = understood('speaker:moss speaker:"Otto Brandt" -outlet:mehr kind:direct story:12 said:"no talks"')
    assert sought.values == {"speaker": ["moss", "Otto Brandt"], "kind": ["direct"], "story": ["12"]}
    assert sought.unwanted == {"outlet": ["mehr"]}
    assert sought.said == [Clause((Term(("no", "talks")),))] and sought.anywhere == []


def test_days_months_and_years():
    sought = understood("after:2019-09-01 after:2018 before:2020-02 before:2021")
    assert (sought.after, sought.before) == (datetime.date(2019, 9, 1), datetime.date(2020, 2, 29))


@pytest.mark.parametrize("typed", ["2019-13", "2019-02-30", "19-01", "0000", "2019-1", "", "٢٠١٩"])
def test_what_is_no_day(typed: str):
    assert day_of(typed, last=False) is None


@pytest.mark.parametrize("typed", ["“any level”", "„any level“", "«any level»"])
def test_marks_of_other_kinds_make_phrases_too(typed: str):
    assert words_of(understood(typed)) == [("any", "level")]


@pytest.mark.parametrize(
    ("typed", "complaint", "rest"),
    [
        ('dam "any level', "A quotation mark is not closed", [("dam",), ("any", "level")]),
        ("dam OR", "OR needs a word", [("dam",)]),
        ("OR dam", "OR needs a word", [("dam",)]),
        ("dam OR -oil", "OR joins words", [("dam",), ("oil",)]),
        ("dam OR speaker:moss", "OR joins words", [("dam",)]),
        ("dam OR said:oil", "OR joins words", [("dam",)]),
        ("dam 🐟", "“🐟” has no letter", [("dam",)]),
        ("dam a*", "“a*” is too short", [("dam",), ("a",)]),
        ("dam near:oil", "near: needs two", [("dam",), ("oil",)]),
        ('near:"a1 b1"~99', "near: reaches at most 20", [("a1", "b1")]),
        ("dam kind:odd", "kind: is one of direct, mixed, indirect, not “odd”", [("dam",)]),
        ("dam state:odd", "state: is one of", [("dam",)]),
        ("dam story:odd", "story: needs the number", [("dam",)]),
        ("dam after:yesterday", "after: needs a day", [("dam",)]),
        ("dam -before:2019", "before: needs a day", [("dam",)]),
        ("dam speaker:", "speaker: needs something behind it", [("dam",)]),
        ('dam said: said:""', "said: needs something behind it", [("dam",)]),
        ("dam http://x.example", "“http:” is no field", [("dam",), ("http", "x", "example")]),
        ("dam " * 50, "Only the first 40", [("dam",)] * 40),
    ],
)
def test_what_is_not_understood_is_told_and_the_rest_sought(typed: str, complaint: str, rest: list[tuple[str, ...]]):
    sought = understood(typed)
    assert words_of(sought) == rest
    assert [said for said in sought.complaints if said.startswith(complaint)] == sought.complaints[:1]


def test_nothing_and_marks_alone_ask_for_nothing():
    for typed in ("", "   ", '""', "-", "*", "--", '-""'):
        assert understood(typed) == Sought()


def test_postgresql_looks_at_what_holds_each_word():
    clauses = understood('"any level" dam OR oil -"crude oil" near:"a1 b1"').anywhere
    loose = expressions.without_order(clauses)
    assert [[term.words for term in clause.terms] for clause in loose] == [
        [("any",)],
        [("level",)],
        [("dam",), ("oil",)],
        [("a1",)],
        [("b1",)],
    ]
