"""What a reader hands over, and what it raises when it cannot."""

from __future__ import annotations

import datetime
from dataclasses import KW_ONLY, dataclass
from typing import NamedTuple

Span = tuple[int, int]
"""0-based, end-exclusive Unicode code points of the record's text."""


class RecordedQuotation(NamedTuple):
    """A quotation that came with the article, annotated by whoever made the input.

    `spans` is the content, sorted and disjoint, at least one; `cue` ("said") and `mention` of the source ("he") are
    None where none is marked. `kind` is "direct", "mixed", "indirect" or "" where the input does not say.
    """

    spans: tuple[Span, ...]
    cue: Span | None = None
    mention: Span | None = None
    kind: str = ""
    speaker_name: str = ""


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """One article as read from one input.

    `text` has LF newlines, no byte order mark, no NUL and no header block, and from `read` is NFC without zero-width
    characters at its ends; nothing else in it is changed, so dateline, sign-off and licence line are both in the text
    and in their fields. An unknown field is empty.
    """

    text: str
    _: KW_ONLY
    title: str = ""
    outlet: str = ""
    byline: str = ""
    published_on: datetime.date | None = None
    url: str = ""
    place: str = ""
    """The dateline's place in normal capitals: "NEW YORK, Sept 3 —" gives "New York"."""
    signoff: str = ""
    """The desk's initials as written, "NA/PA"."""
    licence: str = ""
    """The licence line, word for word."""
    source_name: str = ""
    """The path as it was given, fit to print, "standard input" for `-`; "news.zip!a.txt" for a member of an archive,
    "news.jsonl:12" for a line, "feed.xml#3" for the third item."""
    encoding: str = ""
    sha256: str = ""
    """Of the bytes that it was read from, in hexadecimal: the file or member; the line, row or item where one file
    holds many articles."""
    reader: str = ""
    """The format's name, as `recognise` gives it."""
    language: str = ""
    """ISO 639-1, "" when unsure."""
    quotations: tuple[RecordedQuotation, ...] = ()


class UnreadableInput(ValueError):
    """An input that gives no article; its message is one line for the person who gave it."""

    def __init__(self, source: str, reason: str) -> None:
        if not reason.isprintable():  # it may cite what the input holds
            reason = " ".join("".join(char if char.isprintable() else " " for char in reason).split())
        super().__init__(source, reason)
        self.source = source
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}"


class TooMuch(UnreadableInput):
    """More than a limit allows: it ends the whole source, where another fault costs one member of it."""
