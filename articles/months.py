"""Months as addresses and the database write them, "2025-03", and as people do."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import CharField, Func
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from .search.language import day_of

UNDATED = datetime.date.min
"""What `dated` is of what has no date."""
UNDATED_MONTH = UNDATED.isoformat()[:7]
"""What `Month` is of that: "0001-01"; in addresses it is "undated"."""
WITHOUT_DATE = pgettext_lazy("month", "undated")


class Month(Func):
    """The month of a date, as YYYY-MM."""

    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, template="substr(%(expressions)s, 1, 7)", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, template="to_char(%(expressions)s, 'YYYY-MM')", **extra)


def month_in_words(month: str, style: str = "YEAR_MONTH_FORMAT") -> str | Promise:
    """ "2025-03" as people write it, in a style of Django's; what is no month as it is."""
    day = day_of(month, last=False)
    return date_format(day, style) if day else WITHOUT_DATE if month == "undated" else month
