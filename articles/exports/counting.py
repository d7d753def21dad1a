"""Whether what was read is all there is: counted against what the export says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .records import VERSION, BrokenOff, End, NotAnExport, Record, Records


@dataclass
class Count:
    """Of records that went by."""

    articles: int = 0
    quotations: int = 0
    speakers: int = 0
    acts: int = 0

    def take(self, record: Record) -> None:
        match record["record"]:
            case "article":
                self.articles += 1
                self.quotations += len(record["quotations"])
            case "speaker":
                self.speakers += 1
            case "act":
                self.acts += 1

    def end(self) -> End:
        return End(
            record="end",
            articles=self.articles,
            quotations=self.quotations,
            speakers=self.speakers,
            acts=self.acts,
        )


def whole(records: Iterator[Record]) -> Records:
    """The records as they come, if they are a whole export.

    Raises NotAnExport where no Head of a version that is understood comes first, and for what `records` raise because
    something in the file is not as it was written; BrokenOff, behind the last one, where no End follows, or one with
    other numbers.
    """
    count = Count()
    try:
        yield from _checked(records, count)
    except (BrokenOff, NotAnExport):
        raise
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        words = " ".join(f"{type(error).__name__}: {error}".split())[:100]
        raise NotAnExport(f"It is damaged behind its first {_numbers(count.end())} ({words}).") from error


def _checked(records: Iterator[Record], count: Count) -> Records:
    first = next(records, None)
    if first is None or first["record"] != "head":
        raise NotAnExport("It does not begin as an export does.")
    if first["version"] > VERSION:
        raise NotAnExport(f"It is of version {first['version']}; this Newsroom reads up to {VERSION}.")
    yield first
    for record in records:
        if record["record"] == "end":
            if record != count.end():
                raise BrokenOff(f"It should hold {_numbers(record)}; it holds {_numbers(count.end())}.")
            yield record
            if next(records, None) is not None:
                raise NotAnExport("It goes on behind its end.")
            return
        count.take(record)
        yield record
    raise BrokenOff(f"It ends before its end, after {_numbers(count.end())}.")


def _numbers(end: End) -> str:
    return f"{end['articles']:,} articles and {end['quotations']:,} quotations"
