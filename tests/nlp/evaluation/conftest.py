"""Annotated articles and found quotations, by their words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from articles.nlp.evaluation import GoldArticle, GoldQuotation
from articles.nlp.found import FoundQuotation, Span

TEXT = "“We sail,” said Ida Moss. Bo Dahl thinks that the harbour is shut."


def place(words: str, *, text: str = TEXT) -> Span:
    start = text.index(words)
    return start, start + len(words)


def gold(*content: str, source: str = "", cue: str = "", text: str = TEXT) -> GoldQuotation:
    spans = tuple(place(words, text=text) for words in content)
    cues, sources = ((place(words, text=text),) if words else () for words in (cue, source))
    return GoldQuotation(spans, cue=cues, source=sources)


def found(*content: str, mention: str = "", confidence: float = 0.5, text: str = TEXT) -> FoundQuotation:
    spans = tuple(place(words, text=text) for words in content)
    by = place(mention, text=text) if mention else None
    return FoundQuotation("direct", spans, None, by, mention or None, "", confidence, "by hand")


@pytest.fixture
def make_gold_article() -> Callable[..., GoldArticle]:
    """`make_gold_article(gold("We sail"), …)`"""
    return lambda *quotations, text=TEXT: GoldArticle("harbour", text, quotations)
