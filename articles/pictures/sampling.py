"""A fair sample of quotations, so that a picture takes as long with a million of them as with ten thousand.

Each quotation is in one of LOTS lots by its number, and in one by that of its article. Two indexes begin with the
lot and hold all that is counted, so that some lots are read without touching a row of the table. A look into a few
lots tells how many hold enough. Where no more is asked for than a sample would take, all are counted.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma

from ..found import Found, Number
from ..models import Quotation
from ..querysets import QuotationQuerySet
from ..querysets.counting import LOTS, in_lots, of, summed
from ..querysets.finding import lots_for
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
        """How many there are of what was counted `number` times here; a digit or two, where that is a guess."""
        return Number.estimated(number, self.weight).rounded

    def rest(self, total: int, parts: list[int]) -> int:
        """What is left of `total`, one estimate, after others; they may be more together."""
        return self._again(max(total - sum(parts), 0))

    def words(self, number: int) -> str:
        """A number for a sentence, with a sign before it that it is a guess."""
        return f"≈ {intcomma(self._again(number))}" if self.is_estimate else str(intcomma(number))

    def _again(self, number: int) -> int:
        """A sum or a difference of estimates, as one."""
        return self.estimate(round(number / self.weight))

    def of(
        self, whole: Found[Quotation], field: str, values: list[Any], counts: Counter[Any] | None = None
    ) -> Sample:
        """Those of `whole`, of which this is a sample, with these values; `counts` are its own by (…, value).

        They are drawn anew, as they are fewer; where these are all or words have been sought, this is the sample.
        """
        if self.is_estimate and self.is_indexed:
            rows = of(whole.rows, field, values)
            expected = self.weight * sum(summed(counts, -1)[one] for one in values) if counts else None
            return _drawn(rows, OF_A_FEW, by=self.by, there_are=whole.rows_there_are, expected=expected)
        return self


def sample(question: Question, found: Found[Quotation], *, most: int = 0, by: str = "id") -> Sample:
    """All of `found`, or where they are more than MOST, about `most` (MOST) drawn fairly.

    `by` "id" they are drawn one by one, by "article" all of an article together.
    """
    if question.is_indexed:
        return _drawn(found.rows, most or MOST, by=by, there_are=found.rows_there_are)
    rows, weight = found.sample(MOST_FOUND)
    # Looked for once, and by their numbers from then on.
    numbers = list(rows.values_list("pk", flat=True)[: 2 * MOST_FOUND])
    return Sample(Quotation.objects.numbered(numbers), weight, by, is_indexed=False)


def _drawn(
    quotations: QuotationQuerySet, most: int, *, by: str, there_are: int, expected: float | None = None
) -> Sample:
    """All of `quotations`, of a table of about `there_are` rows, or about `most` of them.

    How many are to be expected is told, or seen from a few lots.
    """
    if there_are <= MOST:
        return Sample(quotations, by=by)
    if expected is None:
        probed = len(lots_for(there_are, sample=PROBED, lots=LOTS))
        expected = in_lots(quotations, probed, by=by).count() * LOTS / probed
    if expected <= MOST:
        return Sample(quotations, by=by)
    lots = min(len(lots_for(expected, sample=most, lots=LOTS)), len(lots_for(there_are, sample=SCANNED, lots=LOTS)))
    return Sample(in_lots(quotations, lots, by=by), LOTS / lots, by)
