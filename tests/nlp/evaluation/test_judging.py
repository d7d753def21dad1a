"""Which found quotation is which annotated one, and what of it is right."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from articles.nlp.evaluation import GoldArticle, Judgement, judge

from .conftest import found, gold

MakeGoldArticle = Callable[..., GoldArticle]
LONG = "Ida Moss, who has been master of the harbour at Port Elm for longer than anybody cares to remember,"


def test_marks_punctuation_and_space_at_the_edges_do_not_count(make_gold_article: MakeGoldArticle) -> None:
    article = make_gold_article(gold("“We sail,”", source="Ida Moss"))
    [judgement] = judge(article, [found("We sail,", mention="Ida Moss.")])
    assert (judgement.exact, judgement.sourced, judgement.is_right) == (True, True, True)


@pytest.mark.parametrize(
    ("content", "is_found"),
    [("that the harbour is shut", True), ("is shut", False), ("the harbour", True), ("Bo Dahl", False)],
)
def test_half_of_all_characters_is_enough(make_gold_article: MakeGoldArticle, content: str, is_found: bool) -> None:
    first, *rest = judge(make_gold_article(gold("the harbour is shut")), [found(content)])
    assert (first.found is not None) == is_found
    assert len(rest) == (not is_found)


def test_each_is_paired_once_with_the_best_overlap(make_gold_article: MakeGoldArticle) -> None:
    article = make_gold_article(gold("the harbour is shut"))
    near, same = found("the harbour is"), found("the harbour is shut")
    assert [(j.gold is not None, j.found) for j in judge(article, [near, same])] == [(True, same), (False, near)]


def test_the_kind_is_read_from_the_text(make_gold_article: MakeGoldArticle) -> None:
    article = make_gold_article(gold("“We sail,” said"), gold("We sail"), gold("the harbour"))
    assert [judgement.gold_kind for judgement in judge(article, [])] == ["mixed", "direct", "indirect"]


def test_straight_marks_open_and_close_in_turn_and_no_further_than_their_line() -> None:
    text = 'A "b" c "d\ne'
    article = GoldArticle("marks", text, tuple(gold(letter, text=text) for letter in "Abcde"))
    kinds = [judgement.gold_kind for judgement in judge(article, [])]
    assert kinds == ["indirect", "direct", "indirect", "direct", "indirect"]


def test_content_of_marks_alone_counts_on_neither_side(make_gold_article: MakeGoldArticle) -> None:
    assert judge(make_gold_article(gold(",”")), [found(",”")]) == []


@pytest.mark.parametrize(
    ("source", "mention", "right"),
    [
        ("Ida Moss", "Moss", True),
        ("Ida Moss", "Bo Dahl", False),
        ("Ida Moss", "", False),
        ("", "", True),
        ("", "Ida Moss", False),
    ],
)
def test_the_mention_is_to_overlap_the_source(
    make_gold_article: MakeGoldArticle, source: str, mention: str, right: bool
) -> None:
    [judgement] = judge(make_gold_article(gold("We sail", source=source)), [found("We sail", mention=mention)])
    assert (judgement.right_source, judgement.sourced) == (right, bool(source))


@pytest.mark.parametrize(("source", "right"), [("Ida Moss", False), (LONG[:70], True)])
def test_a_sweep_of_text_is_no_mention(source: str, right: bool) -> None:
    text = f"{LONG} said: “We sail.”"
    article = GoldArticle("sweep", text, (gold("We sail", source=source, text=text),))
    [judgement] = judge(article, [found("We sail", mention=LONG, text=text)])
    assert judgement.right_source is right


def test_what_is_missed_or_spurious_is_not_right(make_gold_article: MakeGoldArticle) -> None:
    missed, spurious = judge(make_gold_article(gold("We sail")), [found("Bo Dahl")])
    assert isinstance(missed, Judgement)
    assert (missed.found, missed.is_right, spurious.gold, spurious.is_right) == (None, False, None, False)
