"""Pages of a long list, newest first, each beginning behind a place: the last one is as quick as the first."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple, Self

from .models import Article
from .querysets import ArticleQuerySet


class Place(NamedTuple):
    """Where an article stands in a list by date; written "2025-03-01.17" in an address."""

    dated: datetime.date
    pk: int

    @classmethod
    def read(cls, written: str) -> Self | None:
        """None where that is no place."""
        found = re.fullmatch(r"(\d{4}-\d{2}-\d{2})\.(\d{1,18})", written)
        with suppress(ValueError):
            return cls(datetime.date.fromisoformat(found[1]), int(found[2])) if found else None
        return None


@dataclass(frozen=True)
class Page:
    """Articles of a list, and the places from which its neighbours go on, as they are written; "" for none."""

    rows: list[Article]
    above: str
    below: str


def page_of(articles: ArticleQuerySet, asked: Mapping[str, str], *, size: int) -> Page:
    """The newest `size` of them, those older than the place `below`, or the next newer than `above`."""
    if place := Place.read(asked.get("above", "")):
        upwards = list(articles.newer_than(*place)[: size + 1])
        rows = upwards[:size][::-1]
        return Page(rows, above=_written(rows[:1]) if len(upwards) > size else "", below=_written(rows[-1:]))
    place = Place.read(asked.get("below", ""))
    downwards = list(articles.older_than(*place or (datetime.date.max, 0))[: size + 1])
    rows = downwards[:size]
    return Page(
        rows, above=_written(rows[:1]) if place else "", below=_written(rows[-1:]) if len(downwards) > size else ""
    )


def _written(one: list[Article]) -> str:
    return "".join(f"{article.dated.isoformat()}.{article.pk}" for article in one)
