"""What every format's reader hands over: records that were found whole, or a word on why not."""

from __future__ import annotations

from collections.abc import Iterator

from .records import VERSION, BrokenOff, NotAnExport, Record, Records
from .whole import Ending


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
    first = next(records, None)
    if first is None or first["record"] != "head":
        raise NotAnExport("it does not begin as an export does")
    if first["version"] > VERSION:
        raise NotAnExport(f"of version {first['version']}; this Newsroom reads up to {VERSION}")
    yield ending.passing(first)
    for record in records:
        if ending.came:
            raise NotAnExport("it goes on behind its end")
        yield ending.passing(record)
    ending.check()
