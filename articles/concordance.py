"""Keyword in context: quotations one under the other, aligned on the words that were sought."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .excerpts import hits
from .models import Quotation
from .search.folding import words
from .search.language import Clause

AROUND = 100
"""Code points shown on either side."""
MOST_SORTED = 500
"""Quotations, the newest, that are put in the order of the words beside the hit."""
COMPARED = 4
"""Words beside the hit by which they are put in order."""


@dataclass(frozen=True)
class Line:
    """One quotation, parted at its first hit; without one, as where only a rejected word was sought, `hit` is ""."""

    quotation: Quotation
    left: str
    hit: str
    right: str

    def sort_key(self, by: str) -> tuple[list[str], int]:
        """By the words that follow the hit (`by` is "right"), or by those before it, the nearest first."""
        beside = (
            words(self.right[:AROUND])[:COMPARED]
            if by == "right"
            else words(self.left[-AROUND:])[: -COMPARED - 1 : -1]
        )
        return beside, -self.quotation.pk


def lines(quotations: Iterable[Quotation], clauses: Sequence[Clause]) -> list[Line]:
    """Each of `quotations` as a line, in their order."""
    return [_line(quotation, clauses) for quotation in quotations]


def in_order(quotations: Iterable[Quotation], clauses: Sequence[Clause], *, by: str) -> list[Line]:
    """Those with a hit, by the words on its `by` ("left" or "right") side."""
    with_hit = (line for line in lines(quotations, clauses) if line.hit)
    return sorted(with_hit, key=lambda line: line.sort_key(by))


def _line(quotation: Quotation, clauses: Sequence[Clause]) -> Line:
    content = " ".join(quotation.content.split())
    first = next(hits(content, clauses), None)
    if first is None:
        return Line(quotation, "", "", content[: 2 * AROUND])
    start, end = first
    left = content[max(start - AROUND, 0) : start]
    return Line(quotation, f"… {left}" if start > AROUND else left, content[start:end], content[end : end + AROUND])
