"""Columns and keys, as people name them -> an article's fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .composing import Details

FIELD_NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        *("text", "body", "content", "article_body", "articlebody", "article_text", "full_text", "fulltext"),
        *("maintext", "content_text", "body_text", "article", "story", "data", "content_html", "body_html"),
    ),
    "title": ("title", "headline", "heading"),
    "outlet": ("outlet", "publication", "publisher", "newspaper", "site_name", "sitename", "source"),
    "byline": ("byline", "author", "authors", "creator"),
    "date": (
        *("date", "published", "published_on", "published_at", "date_published", "publish_date", "publication_date"),
        *("publishedat", "datepublished", "pubdate"),
    ),
    "url": ("url", "link", "permalink", "canonical_url", "web_url"),
    "place": ("place", "dateline", "location"),
    "licence": ("licence", "license"),
    "language": ("language", "lang"),
}
"""The record's field, and the names taken for it, the surest first."""

_FIELDS = {name: field for field, names in FIELD_NAMES.items() for name in names}
_ALIASES = {"author": "byline", "headline": "title", "published_on": "date", "license": "licence"}


class UnknownField(ValueError):
    """An article has no field of the `name` that a person gave."""

    def __init__(self, name: str) -> None:
        super().__init__(f'"{name}" is not a field of an article ({", ".join(FIELD_NAMES)})')
        self.name = name


def field_of(name: str) -> str:
    """The field that a column of this name is taken for, "" where it is none."""
    return _FIELDS.get(_plain(name), "")


def checked(mapping: Mapping[str, str] | None) -> dict[str, str]:
    """Field -> column, as a person gave it; raises UnknownField."""
    fields = {_ALIASES.get(field, field): column for field, column in (mapping or {}).items()}
    unknown = sorted(fields.keys() - FIELD_NAMES.keys())
    if unknown:
        raise UnknownField(unknown[0])
    return fields


def columns_for(names: list[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """Field -> the column it is read from: the one mapped to it, or the surest by its name.

    Raises ValueError, in words that name the columns found, where a mapped column is missing or none can be the text.
    """
    found = ", ".join(names) or "none"
    columns = {field: column for field, column in mapping.items() if column in names}
    missing = [column for field, column in mapping.items() if field not in columns]
    if missing:
        raise ValueError(f'no column "{missing[0]}"; the columns are: {found}')
    by_plain_name = {_plain(name): name for name in reversed(names)}
    for field, candidates in FIELD_NAMES.items():
        if field not in columns:
            guess = next((by_plain_name[each] for each in candidates if each in by_plain_name), None)
            if guess is not None and guess not in mapping.values():
                columns[field] = guess
    if "text" not in columns:
        raise ValueError(f"no column for the text; the columns are: {found}; name it as in text=body")
    return columns


def details_of(row: Mapping[str, Any], columns: Mapping[str, str]) -> Details:
    """Without the text."""
    details = {field: in_words(row.get(column)) for field, column in columns.items() if field != "text"}
    return Details(**details)


def in_words(value: Any) -> str:
    """What a person would read in a value of JSON: several authors, an object by its name."""
    match value:
        case str():
            return value
        case bool() | None:
            return ""
        case int() | float():
            return str(value)
        case list():
            return ", ".join(filter(None, map(in_words, value[:20])))
        case {"name": str(name)}:
            return name
        case _:
            return ""


def _plain(name: str) -> str:
    return name.strip().lower().replace(" ", "_").replace("-", "_")
