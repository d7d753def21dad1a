"""A fair sample of quotations, so that a picture takes as long with a million of them as with ten thousand.

Each quotation is in one of LOTS lots by its number, and in one by that of its article. Two indexes begin with the
lot and hold all that is counted, so that some lots are read without touching a row of the table. A look into a few
lots tells how many hold enough. Where no more is asked for than a sample would take, all are counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma

from ..finding import Found
from ..models import Quotation
from ..querysets import QuotationQuerySet
from ..querysets.counting import LOTS, highest_number, in_lots, of
from .question import Question

MOST = 10_000
"""Quotations that are counted one by one; of more, a sample of about as many."""
MOST_FOUND = 2_000
"""The same where words are sought, or what only the articles know: each has to be looked up."""
OF_A_FEW = 4_000
"""Quotations of a few speakers or outlets, drawn once more, so that enough of each are there to be counted."""
PROBED = 12_000
"""Entries of an index that are read to see how many quotations are asked for."""
SCANNED = 100_000
"""Entries of an index that are read at most for a sample of a few among all."""


@dataclass(frozen=True)
class Sample:
    """Quotations to count, and how many each of them stands for: 1 where these are all."""

    quotations: QuotationQuerySet
    weight: float = 1.0
    by: str = "id"
    is_indexed: bool = True

    @property
    def is_estimate(self) -> bool:
        return self.weight > 1

    def estimate(self, number: int) -> int:
        """How many there are of what was counted `number` times here; two digits, where that is a guess."""
        return rounded(number * self.weight) if self.is_estimate else number

    def rest(self, total: int, parts: list[int]) -> int:
        """What is left of `total`, one estimate, after others; they may be more together."""
        left = max(total - sum(parts), 0)
        return rounded(left) if self.is_estimate else left

    def words(self, number: int) -> str:
        """A number for a sentence, with a sign before it that it is a guess."""
        return f"≈ {intcomma(rounded(number))}" if self.is_estimate else str(intcomma(number))

    def of(self, whole: Found[Quotation], field: str, values: list[Any]) -> Sample:
        """Those of `whole`, of which this is a sample, with these values; drawn anew, as they are fewer."""
        if self.is_estimate and self.is_indexed:
            return _drawn(of(whole.rows, field, values), OF_A_FEW, by=self.by)
        return Sample(of(self.quotations, field, values), self.weight, self.by, self.is_indexed)


def rounded(number: float) -> int:
    """
    >>> rounded(1_161_653)
    1200000
    """
    return int(float(f"{number:.1e}"))


def sample(question: Question, found: Found[Quotation], *, most: int = 0, by: str = "id") -> Sample:
    """All of `found`, or where they are more than MOST, about `most` (MOST) drawn fairly.

    `by` "id" they are drawn one by one, by "article" all of an article together.
    """
    if question.is_indexed:
        return _drawn(found.rows, most or MOST, by=by)
    rows, weight = found.sample(MOST_FOUND)
    # Looked for once, and by their numbers from then on.
    numbers = list(rows.values_list("pk", flat=True)[: 2 * MOST_FOUND])
    return Sample(Quotation.objects.numbered(numbers), weight, by, is_indexed=False)


def _drawn(quotations: QuotationQuerySet, most: int, *, by: str) -> Sample:
    there_are = highest_number(Quotation)
    if there_are <= MOST:
        return Sample(quotations, by=by)
    probed = _lots_for(PROBED, there_are)
    expected = in_lots(quotations, probed, by=by).count() * LOTS / probed
    if expected <= MOST:
        return Sample(quotations, by=by)
    lots = min(_lots_for(most, expected), _lots_for(SCANNED, there_are))
    return Sample(in_lots(quotations, lots, by=by), LOTS / lots, by)


def _lots_for(rows: int, among: float) -> int:
    """As many lots as hold about `rows` of `among`."""
    return max(1, min(LOTS, round(LOTS * rows / among)))
