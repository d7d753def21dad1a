"""What other tools count: UTF-16 units, UTF-8 bytes, the CR of CRLF -> code points of one text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from .records import Span

Unit = str
CODE_POINTS, UTF_16, BYTES = "code points", "UTF-16 units", "bytes"


class Claim(NamedTuple):
    """Offsets as the input has them, and the words it says stand there; "" where it does not say."""

    spans: tuple[Span, ...]
    words: str = ""


class Reading(NamedTuple):
    """A way to understand an input's offsets: in which text, counting what."""

    text: str
    convert: Callable[[Span], Span | None]
    """To code points of `text`; None for what lies outside it or inside a character."""

    def spans_of(self, claim: Claim) -> tuple[Span, ...] | None:
        """In code points; None where they lie outside the text, or other words stand there."""
        spans = tuple(span for span in map(self.convert, claim.spans) if span)
        if len(spans) < len(claim.spans) or not spans:
            return None
        if claim.words and not _is_same(" ".join(self.text[start:end] for start, end in spans), claim.words):
            return None
        return spans


def best_reading(texts: Iterable[str], claims: Sequence[Claim], *, units: Sequence[Unit]) -> Reading:
    """The first under which most claims hold: a tool counts the same thing all through a document."""
    best: tuple[int, Reading] | None = None
    for text in dict.fromkeys(texts):
        for unit in units:
            reading = Reading(text, converter(text, unit))
            held = sum(reading.spans_of(claim) is not None for claim in claims)
            if best is None or held > best[0]:
                best = held, reading
            if held == len(claims):
                return reading
    if best is None:
        raise ValueError("no text to read the offsets in")
    return best[1]


def converter(text: str, unit: Unit) -> Callable[[Span], Span | None]:
    if unit == CODE_POINTS or text.isascii() or (unit == UTF_16 and max(text) < "\U00010000"):
        return lambda span: span if 0 <= span[0] < span[1] <= len(text) else None
    widths = (_width(char, unit) for char in text)
    ends = list(accumulate(widths, initial=0))

    def convert(span: Span) -> Span | None:
        start, end = (_index(ends, offset) for offset in span)
        return (start, end) if start is not None and end is not None and start < end else None

    return convert


def _width(char: str, unit: Unit) -> int:
    code = ord(char)
    if unit == UTF_16:
        return 1 + (code > 0xFFFF)
    return 1 + (code > 0x7F) + (code > 0x7FF) + (code > 0xFFFF)


def _index(ends: list[int], offset: int) -> int | None:
    index = bisect_left(ends, offset)
    return index if index < len(ends) and ends[index] == offset else None


def _is_same(found: str, words: str) -> bool:
    """Whatever the white space: brat writes a newline as a space."""
    return found.split() == words.split()
