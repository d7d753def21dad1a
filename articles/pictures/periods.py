"""Months and years as the rows of a picture."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .grid import Heading
from .question import Question

UNDATED = "0001-01"
MOST_MONTHS = 72
"""More are taken together by years."""


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


def are_years(shown: list[str]) -> bool:
    return bool(shown) and len(shown[0]) == 4


def corner(shown: list[str]) -> str:
    """What the periods are."""
    return _("Year") if are_years(shown) else _("Month")


def replaced(shown: list[str]) -> set[str]:
    """The parameters that the links of periods replace: what else is asked for of the time stays beside them."""
    return {"after", "before"} if are_years(shown) else {"month"}


def heading(period: str, question: Question) -> Heading:
    """Of a row: the month, or the days of a year as far as they are asked for."""
    if len(period) > 4:
        first = datetime.date.fromisoformat(f"{period}-01")
        return Heading(date_format(first, "M Y"), f"month={period}", plain=period)
    first, last = datetime.date(int(period), 1, 1), datetime.date(int(period), 12, 31)
    first, last = max(first, question.asked.after or first), min(last, question.asked.before or last)
    return Heading(period, f"after={first}&before={last}")
