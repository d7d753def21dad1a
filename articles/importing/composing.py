"""What a format says of an article, and what only its text says -> the record."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from .addresses import normal_address
from .dates import parse_date
from .ending import outlet_in, read_ending
from .headers import tidy
from .normal_form import in_normal_form, normal_form
from .opening import read_opening
from .records import ArticleRecord, RecordedQuotation, UnreadableInput

_LONGEST_OUTLET = 200
_LONGEST_URL = 1000


@dataclass(slots=True)
class Details:
    """Of an article, as its format has them; what is unknown is empty."""

    title: str = ""
    outlet: str = ""
    byline: str = ""
    date: str = ""
    url: str = ""
    place: str = ""
    licence: str = ""
    language: str = ""


def compose(
    text: str,
    details: Details,
    *,
    source_name: str,
    encoding: str = "",
    sha256: str = "",
    quotations: Iterable[RecordedQuotation] = (),
) -> ArticleRecord:
    """The record, its text in normal form; raises UnreadableInput where there is nothing to see in the text.

    What the format says stands; what it leaves out is looked for in the text. A date that is not understood and
    what is no web address are left empty: the format, not a person, put them there.
    """
    text, quotations = in_normal_form(text, quotations)
    if is_blank(text):
        raise UnreadableInput(source_name, "no text in it")
    said = Details(**{name: one_line(getattr(details, name)) for name in Details.__slots__})
    opening = read_opening(text)
    signoff, licence = read_ending(text)
    outlet = said.outlet or outlet_in(licence)
    return ArticleRecord(
        text,
        title=said.title or opening.title,
        outlet=outlet if len(outlet) <= _LONGEST_OUTLET else "",
        byline=said.byline or opening.byline,
        published_on=date_or_none(said.date),
        url=web_address(said.url),
        place=said.place or opening.place,
        signoff=signoff,
        licence=said.licence or licence,
        source_name=source_name,
        encoding=encoding,
        sha256=sha256,
        language=said.language,
        quotations=quotations,
    )


def one_line(value: str) -> str:
    """On one line, in normal form, without control characters."""
    if value.isascii() and value.isprintable():  # as most are, and many are empty
        return " ".join(value.split())
    return unicodedata.normalize("NFC", tidy(normal_form(value)))


def date_or_none(written: str) -> datetime.date | None:
    with suppress(ValueError):
        return parse_date(written)
    return None


def web_address(written: str) -> str:
    """The address in normal form, or "" for what is none or is too long to be kept."""
    with suppress(ValueError):  # such as an unclosed bracket around an IPv6 address
        parts = urlsplit(written)
        if parts.scheme in {"http", "https"} and parts.hostname and " " not in written:
            return normal_address(written) if len(written) <= _LONGEST_URL else ""
    return ""


def is_blank(text: str) -> bool:
    """Zero-width characters count as white space: a reader sees nothing there."""
    return not any(char.isprintable() and not char.isspace() for char in text)
