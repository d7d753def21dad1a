"""A fair sample of quotations, so that a picture takes as long with a million of them as with ten thousand.

Each quotation is in one of LOTS lots by its number, and in one by that of its article. Two indexes begin with the
lot and hold all that is counted, so that some lots are read without touching a row of the table. A look into a few
lots tells how many hold enough. Where no more is asked for than a sample would take, all are counted.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..models import Quotation
from ..querysets import QuotationQuerySet
from ..querysets.counting import LOTS, highest_number, in_lots

MOST = 10_000
"""Quotations that are counted one by one; of more, a sample of about as many."""
PROBED = 20_000
"""Entries of an index that are read to see how many quotations are asked for."""
SCANNED = 150_000
"""Entries of an index that are read at most for a sample of a few among all."""


@dataclass(frozen=True)
class Sample:
    """Quotations to count, and in how many of LOTS lots they are."""

    quotations: QuotationQuerySet
    lots: int = LOTS

    @property
    def is_estimate(self) -> bool:
        return self.lots < LOTS

    @property
    def weight(self) -> float:
        """How many quotations, or articles, each stands for."""
        return LOTS / self.lots

    def estimate(self, number: int) -> int:
        """How many there are of what was counted `number` times here; two digits, where that is a guess."""
        return rounded(number * self.weight) if self.is_estimate else number


def rounded(number: float) -> int:
    """
    >>> rounded(1_161_653)
    1200000
    """
    return int(float(f"{number:.1e}"))


def sample(quotations: QuotationQuerySet, *, most: int = 0, by: str = "id") -> Sample:
    """All of `quotations`, or where they are more than MOST, about `most` (MOST) drawn fairly.

    `by` "id" they are drawn one by one, by "article" all of an article together.
    """
    there_are = highest_number(Quotation)
    if there_are <= MOST:
        return Sample(quotations)
    probed = _lots_for(PROBED, there_are)
    expected = in_lots(quotations, probed, by=by).count() * LOTS / probed
    if expected <= MOST:
        return Sample(quotations)
    lots = min(_lots_for(most or MOST, expected), _lots_for(SCANNED, there_are))
    return Sample(in_lots(quotations, lots, by=by), lots)


def _lots_for(rows: int, among: float) -> int:
    """As many lots as hold about `rows` of `among`."""
    return max(1, min(LOTS, round(LOTS * rows / among)))
