"""Months and years as the rows of a picture."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .grid import Heading, Question

UNDATED = "0001-01"
MOST_MONTHS = 72
"""More are taken together by years."""
REPLACED = ("month", "after", "before")
"""The parameters that a year's link replaces; a month's only the first."""


def periods(months: Iterable[str]) -> list[str]:
    """From the first to the last of these months each one, or each year where these are too many.

    >>> periods(["2024-12", "2025-02"])
    ['2024-12', '2025-01', '2025-02']
    >>> periods(["1994-12", "2025-02"])[:2]
    ['1994', '1995']
    """
    dated = sorted(set(months) - {UNDATED})
    if not dated:
        return []
    first, last = _place(dated[0]), _place(dated[-1])
    if last - first < MOST_MONTHS:
        return [f"{place // 12:04}-{place % 12 + 1:02}" for place in range(first, last + 1)]
    return [f"{year:04}" for year in range(first // 12, last // 12 + 1)]


def _place(month: str) -> int:
    """Months since the year 0."""
    return int(month[:4]) * 12 + int(month[5:]) - 1


def by_period(counts: Counter[Any], shown: list[str]) -> Counter[Any]:
    """Counts by (month, …) as counts by (period, …)."""
    length = len(shown[0]) if shown else 7
    taken: Counter[Any] = Counter()
    for (month, *others), number in counts.items():
        if month != UNDATED:
            taken[(month[:length], *others)] += number
    return taken


def corner(shown: list[str]) -> str:
    """What the periods are."""
    return _("Year") if shown and len(shown[0]) == 4 else _("Month")


def heading(period: str, question: Question) -> Heading:
    """Of a row: a month keeps the days that are asked for beside it, a year is cut to them."""
    year, month = int(period[:4]), period[5:]
    if month:
        label = date_format(datetime.date(year, int(month), 1), "M Y")
        days = [question.asks_for("after"), question.asks_for("before")]
        return Heading(label, "&".join(filter(None, [f"month={period}", *days])), plain=period)
    after = max([*question.parameters.getlist("after"), f"{period}-01-01"])
    before = min([*question.parameters.getlist("before"), f"{period}-12-31"])
    return Heading(period, f"after={after}&before={before}")
