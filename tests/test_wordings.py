"""The same quotation in two articles is found whatever the outlets did to it, and each difference is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.wordings import Piece, Said, align, differences, group

NETS = "“The nets were empty on Monday, and they will be empty tomorrow,”"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (NETS, '"the nets were empty on Monday and they will be empty tomorrow"'),
        (NETS, "“The nets were empty on Monday,”"),
        (NETS, "“The nets were empty Monday and they’ll be empty tomorrow”"),
        ("“At any level”", "'at any level'"),
        ("“It’s over”", "It's over!"),
    ],
)
def test_the_same_quotation(one: str, other: str):
    assert align([Said(one, 1)], [Said(other, 1)]) == [(0, 0)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (NETS, "“The fleet will stay in port until the storm has passed,”"),
        ("“At any level”", "“At no level”"),
        ("“Yes”", NETS),
        ("—", "…"),
    ],
)
def test_another_quotation(one: str, other: str):
    assert align([Said(one, 1)], [Said(other, 1)]) == []


def test_another_speaker_needs_more_likeness():
    rewritten = "“Our nets were empty on Sunday, and might stay empty for days”"
    assert align([Said(NETS, 1)], [Said(rewritten, 1)]) == [(0, 0)]
    for speaker in (2, None):
        assert align([Said(NETS, 1)], [Said(rewritten, speaker)]) == []
        assert align([Said(NETS, 1)], [Said(NETS.upper(), speaker)]) == [(0, 0)]


def test_the_same_words_go_before_the_most_alike_and_each_is_taken_once():
    ours = [Said("the nets were empty on Monday", 1), Said("the nets were empty on Tuesday", 1)]
    theirs = [Said("The nets were empty on Tuesday!", 1), Said("The nets were empty on Monday!", 1)]
    assert align(ours, theirs) == [(0, 1), (1, 0)]
    assert align(ours, theirs[:1]) == [(1, 0)]


def test_differences_word_by_word():
    pieces = differences(Said("a gift to the big trawlers"), Said("“A gift to the biggest trawlers – ever”"))
    assert pieces == [
        Piece("same", "“A gift to the"),
        Piece("left out", "big"),
        Piece("added", "biggest"),
        Piece("same", "trawlers –"),
        Piece("added", "ever”"),
    ]


def test_a_dash_alone_is_no_difference():
    assert {piece.kind for piece in differences(Said("nets – empty"), Said("nets empty —"))} == {"same"}


def test_groups_hold_one_wording_an_article_in_order_of_appearance():
    groups = group([[Said("one two three four")], [Said("five six"), Said("One, two, three, four")], []])
    assert [(entry.first.words, list(entry.wordings)) for entry in groups] == [
        ("one two three four", [0, 1]),
        ("five six", [1]),
    ]


WORDS = st.text(alphabet="ab ’“”–.é\u0301港\n", max_size=40)


@given(WORDS, WORDS)
def test_differences_lose_no_word_of_either(one: str, other: str):
    first, second = Said(one), Said(other)
    pieces = differences(first, second)
    shown = " ".join(piece.words for piece in pieces if piece.kind != "left out").split()
    assert shown == other.split()
    kept = Said(" ".join(piece.words for piece in pieces if piece.kind != "added"))
    assert sorted(kept.bare.split()) == sorted(first.bare.split())


@given(st.lists(WORDS, max_size=5), st.lists(WORDS, max_size=5))
def test_each_quotation_is_paired_at_most_once(ours: list[str], theirs: list[str]):
    pairs = align([Said(words, 1) for words in ours], [Said(words, 1) for words in theirs])
    for side in zip(*pairs, strict=True):
        assert len(set(side)) == len(side)
