"""What stands in articles that quote each of several speakers: listed, and not rejected."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeVar

from django.db.models import Exists, F, OuterRef

from .finding import FoundQuerySet
from .hints import ByArticle, reading

MOST_SAID = 10_000
"""Quotations of which each is asked whether another speaker is quoted in its article."""

Rows = TypeVar("Rows", bound="FoundQuerySet[Any]")


def in_company(rows: Rows, speakers: Collection[int]) -> Rows:
    """Those of `rows` in articles that quote each of these speakers; each row is asked about each."""
    from ..models import Quotation

    for speaker in speakers:
        said = Quotation.objects.said_by(speaker).filter(article=OuterRef(rows.article))
        rows = rows.filter(Exists(reading(said, ByArticle)))
    return rows


def articles_quoting(speakers: Collection[int], *, most: int) -> list[int] | None:
    """The numbers of the articles that quote each of these speakers; None where these are more than `most`.

    Looked for among what the one said who is quoted least: None, too, where that is more than MOST_SAID.
    """
    from ..models import Quotation, Speaker

    counted = dict(Speaker.objects.numbered(speakers).with_counted(MOST_SAID + 1).values_list("pk", F("counted")))
    rarest = min(speakers, key=lambda one: (counted.get(one, 0), one))
    if counted.get(rarest, 0) > MOST_SAID:
        return None
    found = in_company(Quotation.objects.said_by(rarest), [one for one in speakers if one != rarest])
    numbers = set(found.articles(most=MOST_SAID))
    return sorted(numbers) if len(numbers) <= most else None
