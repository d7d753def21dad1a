"""Two versions of a text, word by word."""

import pytest

from articles import differing
from articles.differing import PARAGRAPH, TooLong, passages

LONG = " ".join(f"word{number}" for number in range(60))


def shown(old: str, new: str) -> list[list[tuple[str, str]]]:
    return [[(piece.kind, piece.words) for piece in passage] for passage in passages(old, new)]


def test_the_same_words_make_no_passage() -> None:
    assert shown("a b\n\nc", " a  b\n \nc\n") == []
    assert shown("", "") == []


def test_marks_and_case_count() -> None:
    assert shown("We stay, she said.", "We Stay! she said.") == [
        [("same", "We"), ("left out", "stay,"), ("added", "Stay!"), ("same", "she said.")]
    ]


def test_words_that_came_and_went_alone() -> None:
    assert shown("one two", "one two three") == [[("same", "one two"), ("added", "three")]]
    assert shown("one two three", "two three") == [[("left out", "one"), ("same", "two three")]]
    assert shown("", "one") == [[("added", "one")]]


def test_changes_far_apart_are_passages_of_their_own() -> None:
    first, second = shown(f"a {LONG} z", f"b {LONG} y")
    assert first[:2] == [("left out", "a"), ("added", "b")] and first[2][1].split() == LONG.split()[:12]
    assert second[0][1].split() == LONG.split()[-12:] and second[1:] == [("left out", "z"), ("added", "y")]


def test_a_word_kept_between_two_changes_is_no_patch() -> None:
    assert shown("x x x the y y", "z z z the w w") == [[("left out", "x x x the y y"), ("added", "z z z the w w")]]


def test_a_split_paragraph_shows() -> None:
    assert shown("One. Two.", "One.\n\nTwo.") == [[("same", "One."), ("added", PARAGRAPH), ("same", "Two.")]]


def test_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(differing, "MOST_WORDS", 2)
    assert shown("a b", "a c")
    with pytest.raises(TooLong):
        passages("a b", "a b c")
