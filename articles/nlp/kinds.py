"""The kind of a quotation, told by the quotation marks around its content. Needs no spaCy."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from .found import Kind, Span
from .quotation_marks import QuotedPassage, find_quoted_passages


def kind_of(spans: list[Span], *, passages: list[QuotedPassage], starts: list[int]) -> Kind:
    """direct where every span lies inside quotation marks, indirect where none touches any, else mixed."""
    inside = touching = 0
    for start, end in spans:
        near = passages[max(0, bisect_right(starts, start) - 5) : bisect_left(starts, end)]
        inside += any(p.start <= start and end <= p.end for p in near)
        touching += any(p.start < end and start < p.end for p in near)
    if inside == len(spans):
        return "direct"
    return "mixed" if touching else "indirect"


def kind_by_marks(text: str, spans: list[Span]) -> Kind:
    """The kind of content at `spans` of a text, told by its quotation marks alone."""
    passages = find_quoted_passages(text)
    return kind_of(spans, passages=passages, starts=[p.start for p in passages])
