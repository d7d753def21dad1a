"""The kind of a quotation, told by the quotation marks around its content. Needs no spaCy."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from .found import Kind, Span
from .quotation_marks import DOUBLE, QuotedPassage, find_quoted_passages

PAIRS = {"“": "”", "«": "»", "„": "“"}


def kind_of(spans: Sequence[Span], *, passages: list[QuotedPassage], starts: list[int]) -> Kind:
    """direct where every span lies inside quotation marks, indirect where none touches any, else mixed."""
    inside = touching = 0
    for start, end in spans:
        near = passages[max(0, bisect_right(starts, start) - 5) : bisect_left(starts, end)]
        inside += any(p.start <= start and end <= p.end for p in near)
        touching += any(p.start < end and start < p.end for p in near)
    if inside == len(spans):
        return "direct"
    return "mixed" if touching else "indirect"


class KindsByMarks:
    """Tells the kind of content in one text by its quotation marks alone, which are looked for at most once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._passages: list[QuotedPassage] | None = None
        self._starts: list[int] = []

    def kind_of(self, spans: Sequence[Span]) -> Kind:
        if all(_is_between_a_pair(self._text[start:end]) for start, end in spans):
            return "direct"
        if self._passages is None:
            self._passages = find_quoted_passages(self._text)
            self._starts = [p.start for p in self._passages]
        return kind_of(spans, passages=self._passages, starts=self._starts)


def _is_between_a_pair(words: str) -> bool:
    """Whether these are an opening mark, its closing one and what it quotes: so whatever stands around them."""
    closing = PAIRS.get(words[:1])
    return closing is not None and words.endswith(closing) and not DOUBLE.intersection(words[1:-1])
