"""Bands of confidence, and the curve drawn of them."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from articles.nlp.evaluation import GoldArticle, Judgement, judge
from articles.nlp.evaluation.calibration import as_lines, bands, mean_gap
from articles.nlp.evaluation.curve import draw

from .conftest import found, gold


@pytest.fixture
def judgements(make_gold_article: Callable[..., GoldArticle]) -> list[Judgement]:
    """Two right ones of 1 and 0.94, a spurious one of 0.9, one of 0.4 with a wrong source; and one that is missed."""
    article = make_gold_article(gold("We sail"), gold("Bo Dahl"), gold("shut", source="Ida Moss"), gold("that"))
    predicted = [
        found("We sail", confidence=1.0),
        found("Bo Dahl", confidence=0.94),
        found("thinks", confidence=0.9),
        found("shut", confidence=0.4),
    ]
    return judge(article, predicted)


def test_each_band_tells_how_sure_and_how_right(judgements: list[Judgement]) -> None:
    ten = bands(judgements)
    assert [(band.low, band.predicted) for band in ten if band.predicted] == [(0.4, 1), (0.9, 3)]
    assert ten[9].mean_confidence == pytest.approx((1 + 0.94 + 0.9) / 3)
    assert (ten[9].share_right, ten[4].share_right, ten[0].share_right) == (2 / 3, 0, 0)
    assert mean_gap(ten) == pytest.approx((2.84 - 2 + 0.4) / 4)


def test_nothing_found_has_no_gap() -> None:
    assert mean_gap(bands([])) == 0


def test_lines_from_the_surest_band(judgements: list[Judgement]) -> None:
    heading, first, second, *rest = as_lines(bands(judgements))
    assert first.split() == ["0.9–1.0", "3", "0.947", "0.667"]
    assert second.split() == ["0.8–0.9", "0", "–", "–"]
    assert rest[-1].split() == ["mean", "gap", "0.310"]
    assert {len(line) for line in [first, second, *rest]} == {len(heading)}


def test_the_curve_has_a_dot_for_each_band_that_holds_any(judgements: list[Judgement]) -> None:
    svg = draw(bands(judgements), label='Port Elm & "Nets"')
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own
    dots = [element for element in root if element.tag.endswith("circle")]
    assert len(dots) == 2
    assert float(dots[0].attrib["r"]) < float(dots[1].attrib["r"])
    assert root.attrib["aria-label"] == 'Port Elm & "Nets"'
    assert "prefers-color-scheme: dark" in svg


def test_an_empty_curve_can_be_drawn() -> None:
    assert "<circle" not in draw(bands([]), label="nothing")
