"""The block of `Field: value` lines that a text file may open with."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from .addresses import normal_address
from .dates import WANTED_FORMS, parse_date
from .records import UnreadableInput

FIELDS = {
    "title": "title",
    "headline": "title",
    "outlet": "outlet",
    "author": "byline",
    "byline": "byline",
    "date": "published_on",
    "url": "url",
    "place": "place",
    "licence": "licence",
    "license": "licence",
}
"""The names understood, in any case, and the record's field for each."""

_LONGEST = {"title": 500, "outlet": 200, "byline": 300, "url": 1000, "place": 100, "licence": 500}
"""In characters; more is a body of text that slid into the header."""

_MAX_LINES = 50
_NAMES_SHOWN = "Title, Outlet, Author, Date, URL, Place, Licence"
_ESCAPE = "if this is the article's own text, begin the file with an empty line"
_FIELD_LINE = re.compile(r"([^\W\d_][\w -]{0,30}?)[ \t]*:(.*)")
_CONTINUATION = re.compile(r"[ \t]+\S")

# Any of these at the top shows that a header was meant; the others also begin the lines of a conversation.
_DECISIVE = frozenset({"title", "outlet", "published_on", "url"})
_NAME_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_NAME_JOINER = re.compile(r"and|in|of|for|the|at|d[aeiu]|l[ae]|v[ao]n|de[rn]|bin|al|y|e")


@dataclass(frozen=True, slots=True)
class Header:
    title: str = ""
    outlet: str = ""
    byline: str = ""
    published_on: datetime.date | None = None
    url: str = ""
    place: str = ""
    licence: str = ""


class _Line(NamedTuple):
    number: int
    name: str
    value: str

    @property
    def field(self) -> str:
        return FIELDS.get(self.name.lower(), "")


def split_header(text: str, *, source: str) -> tuple[Header, str]:
    """The header and the text after its empty line; an empty header and the whole text when it has none.

    A block is a header when it begins with a title, outlet, date or URL, or names any two known fields, or is
    one known field with a name in it. So "Note: …", "Reporter: …" and "Author: I never meant to" open a text.
    What is meant as a header must be sound: an unknown or repeated field, a value too long, a line that is no
    field, a bad date or address raise UnreadableInput with the line. A file that begins with an empty line
    has no header.
    """
    lines, stray, rest = _read_block(text)
    if not _is_header(lines, stray):
        return Header(), text
    if stray:
        raise _fault(source, stray, f"neither a header field nor the empty line that ends one; {_ESCAPE}")
    return _header(lines, source), text[rest:]


def tidy(value: str) -> str:
    """On one line, without control characters."""
    if not value.isprintable():
        value = "".join(" " if unicodedata.category(char) == "Cc" else char for char in value)
    return " ".join(value.split())


def is_name(value: str) -> bool:
    """Whether it is written like a person's or a place's name: capitals, and no end of a sentence."""
    words = _NAME_WORD.findall(value)
    in_capitals = all(word[0].isupper() or _NAME_JOINER.fullmatch(word) for word in words)
    return in_capitals and 0 < len(words) <= 12 and not value.rstrip().endswith((".", "?", "!", ",", ";"))


def _read_block(text: str) -> tuple[list[_Line], int, int]:
    """The opening field lines, the number of a line that breaks them off or 0, the offset after the block."""
    lines: list[_Line] = []
    offset = 0
    for number, line in _numbered(text):
        offset += len(line) + 1
        if not line.strip():
            break
        if number > _MAX_LINES:
            return lines, number, offset
        if found := _FIELD_LINE.fullmatch(line):
            lines.append(_Line(number, found[1], found[2]))
        elif lines and _CONTINUATION.match(line):
            lines[-1] = lines[-1]._replace(value=f"{lines[-1].value} {line}")
        else:
            return lines, number, offset
    return lines, 0, offset


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    start, number = 0, 1
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield number, text[start:end]
        start, number = end + 1, number + 1


def _is_header(lines: list[_Line], stray: int) -> bool:
    if not lines:
        return False
    known = {line.field for line in lines} - {""}
    if len(known) > 1 or lines[0].field in _DECISIVE:
        return True
    return bool(known) and not stray and len(lines) == 1 and is_name(lines[0].value)


def _header(lines: list[_Line], source: str) -> Header:
    values: dict[str, _Line] = {}
    for line in lines:
        if not line.field:
            words = f'"{line.name}" is not a header field ({_NAMES_SHOWN}); {_ESCAPE}'
            raise _fault(source, line.number, words)
        if line.field in values:
            earlier = values[line.field]
            words = f'"{line.name}" was given before, as "{earlier.name}" in line {earlier.number}'
            raise _fault(source, line.number, words)
        values[line.field] = line._replace(value=tidy(line.value))
        longest = _LONGEST.get(line.field)
        if longest and len(values[line.field].value) > longest:
            raise _fault(source, line.number, f'"{line.name}" is longer than {longest:,} characters')
    published_on = _date(values.pop("published_on", None), source)
    url = _url(values.pop("url", None), source)
    return Header(**{field: line.value for field, line in values.items()}, url=url, published_on=published_on)


def _date(line: _Line | None, source: str) -> datetime.date | None:
    if line is None or not line.value:
        return None
    try:
        return parse_date(line.value)
    except ValueError as error:
        words = f'the date "{line.value}" is not understood; {WANTED_FORMS}'
        raise _fault(source, line.number, words) from error


def _url(line: _Line | None, source: str) -> str:
    if line is None or not line.value:
        return ""
    try:
        parts = urlsplit(line.value)
        is_sound = parts.scheme in {"http", "https"} and parts.hostname and " " not in line.value
    except ValueError:  # such as an unclosed bracket around an IPv6 address
        is_sound = False
    if not is_sound:
        words = f'"{line.value}" is not a web address; it must begin with http:// or https://'
        raise _fault(source, line.number, words)
    return normal_address(line.value)


def _fault(source: str, number: int, words: str) -> UnreadableInput:
    return UnreadableInput(source, f"line {number:,}: {words}")
