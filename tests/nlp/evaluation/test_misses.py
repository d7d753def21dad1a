"""What went wrong, by class, and in words."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from articles.nlp.evaluation import GoldArticle, judge
from articles.nlp.evaluation.misses import Miss, as_dict, as_lines, counts, counts_as_lines, find_misses, spread

from .conftest import found, gold

MakeGoldArticle = Callable[..., GoldArticle]
SAIL = gold("“We sail,”", source="Ida Moss", cue="said")


@pytest.mark.parametrize(
    ("quotation", "classes"),
    [
        (found("We sail", mention="Ida Moss"), []),
        (found("We sail", mention="Moss"), ["wrong mention"]),
        (found("We sail", mention="Bo Dahl"), ["wrong speaker"]),
        (found("We sail"), ["wrong speaker"]),
        (found("We sail,” said", mention="Ida Moss"), ["wrong ends"]),
        (found("We sail,” said", mention="Moss"), ["wrong ends", "wrong mention"]),
        (found("the harbour"), ["missed", "spurious"]),
    ],
)
def test_classes(make_gold_article: MakeGoldArticle, quotation: object, classes: list[str]) -> None:
    assert [miss.miss_class for miss in find_misses(judge(make_gold_article(SAIL), [quotation]))] == classes


@pytest.fixture
def misses(make_gold_article: MakeGoldArticle) -> list[Miss]:
    """A missed direct one and a spurious indirect one."""
    return find_misses(judge(make_gold_article(SAIL), [found("the harbour", mention="Bo Dahl")]))


def test_counts_by_class_and_kind(misses: list[Miss]) -> None:
    counted = counts(misses)
    assert counted["missed"] == {"direct": 1, "mixed": 0, "indirect": 0}
    assert counted["spurious"] == {"direct": 0, "mixed": 0, "indirect": 1}
    heading, missed, *rest = counts_as_lines(counted)
    assert (heading.split(), missed.split()) == (
        ["class", "direct", "mixed", "indirect", "all"],
        ["missed", "1", "0", "0", "1"],
    )
    assert len(rest) == 4


def test_of_one_kind(make_gold_article: MakeGoldArticle) -> None:
    judgements = judge(make_gold_article(SAIL), [found("the harbour")])
    assert [miss.miss_class for miss in find_misses(judgements, kind="indirect")] == ["spurious"]


def test_lines_show_the_words_in_their_context(misses: list[Miss]) -> None:
    missed, spurious = misses
    assert as_lines(missed) == [
        "missed, direct: harbour 0–10",
        "  gold   ⟦“We sail,”⟧ said Ida Moss. Bo Dahl thinks that the harbour is shut.",
        "         source “Ida Moss”, cue “said”",
    ]
    assert as_lines(spurious)[1:] == [
        "  found  “We sail,” said Ida Moss. Bo Dahl thinks that ⟦the harbour⟧ is shut.",
        "         source “Bo Dahl”, cue none",
        "         'Bo Dahl', confidence 0.50, pattern by hand",
    ]


def test_content_found_exactly_is_shown_once(make_gold_article: MakeGoldArticle) -> None:
    [miss] = find_misses(judge(make_gold_article(SAIL), [found("We sail", mention="Bo Dahl")]))
    assert [line for line in as_lines(miss) if "⟦" in line] == [
        "  gold   ⟦“We sail,”⟧ said Ida Moss. Bo Dahl thinks that the harbour is shut."
    ]


def test_long_words_are_shortened_and_lines_joined() -> None:
    text = f"{'x' * 200}\n\n{'y' * 900}\nz"
    article = GoldArticle("long", text, (gold("y" * 900, text=text),))
    [miss] = find_misses(judge(article, []))
    _, shown, _ = as_lines(miss)
    assert shown == f"  gold   …{'x' * 68} ¶ ¶ ⟦{'y' * 100} […] {'y' * 100}⟧ ¶ z"


def test_spread_draws_evenly_from_each_class(make_gold_article: MakeGoldArticle) -> None:
    text = " ".join("abcdefghij")
    article = make_gold_article(*(gold(letter, text=text) for letter in "abcdefghij"), text=text)
    misses = find_misses(judge(article, []))
    drawn = [text[miss.judgement.gold.content[0][0]] for miss in spread(misses, most=3) if miss.judgement.gold]
    assert drawn == ["b", "f", "i"]
    assert (len(spread(misses, most=99)), spread(misses, most=0)) == (10, [])


def test_a_dictionary_for_scripts(misses: list[Miss]) -> None:
    missed, spurious = (json.loads(json.dumps(as_dict(miss))) for miss in misses)
    assert missed == {
        "class": "missed",
        "kind": "direct",
        "article": "harbour",
        "gold": {"spans": [[0, 10]], "cue": [[11, 15]], "source": [[16, 24]]},
        "found": None,
    }
    assert (spurious["gold"], spurious["found"]["speaker_name"]) == (None, "Bo Dahl")
