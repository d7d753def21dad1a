"""Counting quotations for pictures, in a number of rows that does not grow with the table: see `sampling`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Expression, F, Func, IntegerField
from django.db.models.lookups import In

from ..months import Month
from .hints import ByLot, ByLotOfArticle, reading
from .lengths import Words

if TYPE_CHECKING:
    from .quotations import QuotationQuerySet

LOTS = 1021
"""A prime, so that no rhythm of an import falls together with it. Why these are not the index’s: see `lots_for`."""
SPREAD = 631
"""LOTS by the golden ratio: the first few lots, however many, lie evenly among all numbers."""


class Lot(Func):
    """Which of LOTS lots a row belongs to, by a number of its own or of its article: some lots are a fair sample.

    With the numbers in it, and not as parameters, so that both engines know it from their indexes.
    """

    template = f"(%(expressions)s * {SPREAD} %%%% {LOTS})"
    output_field = IntegerField()


KEYS: dict[str, Callable[[], Expression | F]] = {
    "month": lambda: Month("dated"),
    "words": lambda: Words("content"),
    "outlet": lambda: F("outlet_id"),
    "speaker": lambda: F("speaker_id"),
}
"""What may be counted by besides columns: the month as "2025-03", UNDATED_MONTH where there is none."""


def counted(quotations: QuotationQuerySet, *keys: str) -> Counter[tuple[Any, ...]]:
    """How many there are of each: {(value of a key, …): number}."""
    columns = {f"by_{key}": KEYS.get(key, lambda key=key: F(key))() for key in keys}
    rows = quotations.order_by().annotate(**columns).values_list(*columns).annotate(number=Count("pk"))
    return Counter({row[:-1]: row[-1] for row in rows})


def tallied(quotations: QuotationQuerySet, *keys: str) -> Counter[tuple[Any, ...]]:
    """The same, counted here: faster where nearly each has values of its own, and they are a sample."""
    columns = {f"by_{key}": KEYS[key]() for key in keys}
    return Counter(quotations.order_by().annotate(**columns).values_list(*columns))


def summed(counts: Counter[Any], place: int) -> Counter[Any]:
    """Counts by (value of a key, …) as counts by the value at that place alone."""
    sums: Counter[Any] = Counter()
    for values, number in counts.items():
        sums[values[place]] += number
    return sums


def quoted_together(quotations: QuotationQuerySet) -> dict[int, set[int]]:
    """{article: the speakers of these quotations in it}; where nobody knows the speaker, there is none."""
    found: dict[int, set[int]] = defaultdict(set)
    known = quotations.order_by().filter(speaker__isnull=False)
    for article, speaker in known.values_list("article_id", "speaker_id").distinct():
        found[article].add(speaker)
    return found


def articles_of(quotations: QuotationQuerySet, *, most: int) -> tuple[list[int], int]:
    """The articles of these quotations, `most` of them, drawn fairly; and how many there are."""
    numbers = quotations.order_by().values_list("article_id", flat=True).distinct()
    drawn = sorted(numbers, key=lambda number: (number * SPREAD % LOTS, number))
    return drawn[:most], len(drawn)


def said_in(articles: Collection[int]) -> QuotationQuerySet:
    """What is said in these articles, but for what was rejected."""
    from ..models import Quotation

    return Quotation.objects.listed().filter(article__in=articles).not_rejected()


def of(quotations: QuotationQuerySet, field: str, values: Iterable[Any]) -> QuotationQuerySet:
    """Those that have one of these values."""
    return quotations.filter(**{f"{field}__in": list(values)})


def in_lots(quotations: QuotationQuerySet, number: int, *, by: str) -> QuotationQuerySet:
    """Those in the first so many lots, drawn `by` their own "id" or by "article", all of an article together.

    The quotations have to be listed ones.
    """
    drawn = quotations.filter(In(Lot(F(by)), list(range(number))))
    return reading(drawn, ByLot if by == "id" else ByLotOfArticle)
