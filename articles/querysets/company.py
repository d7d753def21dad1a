"""What stands in articles that quote each of several speakers: listed, and not rejected."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeVar

from django.db.models import Exists, F, OuterRef

from .finding import FoundQuerySet
from .hints import ByArticle, reading

MOST_SAID = 10_000
"""Quotations of which each is asked whether another speaker is quoted in its article."""
EFFORT = 12
"""How many times as long it takes to ask a row about its article’s speakers as to fetch it."""

Rows = TypeVar("Rows", bound="FoundQuerySet[Any]")


def in_company(rows: Rows, speakers: Collection[int], *, few: int, effort: int) -> tuple[Rows, int]:
    """Those of `rows` in articles that quote each of these speakers, and the effort of asking for a row.

    The articles are fetched if they are `few`, else each row is asked about each speaker, which takes EFFORT.
    """
    if not speakers:
        return rows, effort
    numbers = _articles_quoting(speakers, most=few)
    return (_beside(rows, speakers), EFFORT) if numbers is None else (rows.of_articles(numbers), effort)


def _beside(rows: Rows, speakers: Collection[int]) -> Rows:
    from ..models import Quotation

    for speaker in speakers:
        said = Quotation.objects.said_by(speaker).filter(article=OuterRef(rows.article))
        rows = rows.filter(Exists(reading(said, ByArticle)))
    return rows


def _articles_quoting(speakers: Collection[int], *, most: int) -> list[int] | None:
    """The numbers of the articles that quote each of these speakers; None where these are more than `most`.

    Looked for among what the one said who is quoted least: None, too, where that is more than MOST_SAID.
    """
    from ..models import Quotation, Speaker

    rarest, *others = speakers
    if others:
        counted = dict(Speaker.objects.numbered(speakers).with_counted(MOST_SAID + 1).values_list("pk", F("counted")))
        rarest, *others = sorted(speakers, key=lambda one: (counted.get(one, 0), one))
        if counted.get(rarest, 0) > MOST_SAID:
            return None
    found = _beside(Quotation.objects.said_by(rarest), others).articles(most=MOST_SAID + 1)
    if len(found) > MOST_SAID:
        return None
    numbers = set(found)
    return sorted(numbers) if len(numbers) <= most else None
