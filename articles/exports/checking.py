"""What every format's reader hands over: records that were found whole, or a word on why not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeGuard, cast

from .records import VERSION, BrokenOff, Head, NotAnExport, Record, Records
from .whole import Ending

MOST_NESTED = 200
"""Objects and lists within each other, which no record comes near."""


def is_record(value: Any) -> TypeGuard[dict[str, Any]]:
    """Whether what was read as JSON may be one, of whichever kind."""
    return isinstance(value, dict) and isinstance(value.get("record"), str) and not is_deep(value)


def is_deep(value: Any) -> bool:
    """Whether more lies within each other there than whoever walks through it can bear."""
    level = [value]
    for _ in range(MOST_NESTED):
        level = [
            inner
            for one in level
            for inner in (one.values() if isinstance(one, dict) else one)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def checked_head(first: Any) -> Head:
    """The same record. Raises NotAnExport where it is no Head, or one of a later version than is understood."""
    if not is_record(first) or first["record"] != "head":
        raise NotAnExport("it does not begin as an export does")
    version = first.get("version")
    if type(version) is not int or version < 1:
        raise NotAnExport("it does not say of which version it is")
    if version > VERSION:
        raise NotAnExport(f"it is of version {version}; this Newsroom reads up to {VERSION}: bring it up to date")
    return cast("Head", first)


def checked(records: Iterator[Record]) -> Records:
    """The records as they come, if they are a whole export.

    Raises NotAnExport where no Head of a version that is understood comes first, and for what `records` raise because
    something in the file is not as it was written; BrokenOff, behind the last one, where no End follows, or one with
    other numbers.
    """
    ending = Ending()
    try:
        yield from _checked(records, ending)
    except (BrokenOff, NotAnExport):
        raise
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        words = " ".join(f"{type(error).__name__}: {error}".split())[:100]
        raise NotAnExport(f"damaged behind its first {ending.articles:,} articles ({words})") from error


def _checked(records: Iterator[Record], ending: Ending) -> Records:
    yield ending.passing(checked_head(next(records, None)))
    for record in records:
        if not is_record(record):
            raise NotAnExport(f"no record of an export, behind its first {ending.articles:,} articles")
        if ending.came:
            raise NotAnExport("it goes on behind its end")
        yield ending.passing(record)
    ending.check()
