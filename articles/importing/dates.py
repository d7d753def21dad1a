"""The date in a header. Day, month and year are all asked for; nothing is guessed from today."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

import dateparser

WANTED_FORMS = "write it as 2019-09-24, 24 September 2019 or Sept 24, 2019"

_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})$")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$")
_TIME_AFTER = re.compile(r"[T,\s]\s*\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?\s*(?:Z|[+-]\d\d:?\d\d)?$")
_MONTH_NAME = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")

_LONGEST = 60

_SETTINGS = {
    "PARSERS": ["absolute-time"],
    "REQUIRE_PARTS": ["day", "month", "year"],
    "STRICT_PARSING": True,
}


@lru_cache(maxsize=4096)  # the days of an archive come again and again, and dateparser takes 2 ms for one
def parse_date(written: str) -> datetime.date:
    """The calendar day as written, whatever the time and zone beside it; raises ValueError.

    Figures alone are read year first or **day first**: 03/04/2019 is 3 April. One that only makes sense month
    first (09/24/2019) is refused rather than turned round, since its neighbours would be turned silently.
    """
    if len(written) > _LONGEST:
        raise ValueError(written)
    figures = _TIME_AFTER.sub("", written.strip())
    if found := _YEAR_FIRST.match(figures):
        year, month, day = map(int, found.groups())
        return datetime.date(year, month, day)
    if found := _DAY_FIRST.match(figures):
        day, month, year = map(int, found.groups())
        return datetime.date(year, month, day)
    if not (_MONTH_NAME.search(written) and _YEAR.search(written)):
        raise ValueError(written)
    moment = dateparser.parse(written, languages=["en"], settings=_SETTINGS)
    if moment is None:
        raise ValueError(written)
    return moment.date()
