"""What a reader hands over, and what it raises when it cannot."""

from __future__ import annotations

import datetime
from dataclasses import KW_ONLY, dataclass


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """One article as read from one input.

    `text` has LF newlines, no byte order mark, no NUL and no header block; nothing else in it is changed, so
    dateline, sign-off and licence line are both in the text and in their fields. An unknown field is empty.
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
    """The path as it was given, fit to print; "standard input" for `-`."""
    encoding: str = ""


class UnreadableInput(ValueError):
    """An input that gives no article; its message is one line for the person who gave it."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(source, reason)
        self.source = source
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}"
