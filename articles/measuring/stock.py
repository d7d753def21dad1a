"""A database with many quotations, made in a minute or two: rows in bulk, and no full-text index."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator
from itertools import cycle, islice
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from .. import bulk
from ..invention import invented
from ..models import Article, Outlet, Quotation, Speaker, anchored, name_key, sound_of
from ..search import index

DIFFERENT = 2_000
"""Invented articles; more are these again, each with a line of its own."""
AT_ONCE = 500
OF_QUOTATION = (
    *("spans", "start", "end", "content", "cue_start", "cue_end", "cue"),
    *("mention_start", "mention_end", "mention"),
)


def fill(quotations: int) -> int:
    """Store articles with so many quotations, or up to a dozen more, in an empty database; how many articles.

    The full-text index is taken away, with the triggers that keep what quotations repeat of their articles: searches
    find nothing there. An export of everything reads neither.
    """
    index.remove(connection)
    given = [json.loads(article.as_line()) for article in islice(invented(DIFFERENT), max(quotations // 6, 1))]
    outlets, speakers = _outlets(given), _speakers(given)
    number = stored = 0
    batch: list[dict[str, Any]] = []
    for number, article in enumerate(cycle(given), start=1):
        batch.append(article)
        stored += len(article["quotations"])
        is_last = stored >= quotations
        if is_last or len(batch) == AT_ONCE:
            _store(batch, first=number - len(batch) + 1, outlets=outlets, speakers=speakers)
            batch = []
        if is_last:
            break
    return number


@transaction.atomic
def _store(batch: list[dict[str, Any]], *, first: int, outlets: dict[str, int], speakers: dict[str, int]) -> None:
    articles = list(_articles(batch, first=first, outlets=outlets))
    bulk.insert_objects(articles)
    numbers = Article.objects.numbers_of(article.text_sha256 for article in articles)
    rows = (
        (numbers[article.text_sha256], *row)
        for article, one in zip(articles, batch, strict=True)
        for row in _quotations(article, one["quotations"], speakers)
    )
    names = ("article", "uid", "version", "speaker", "kind", "state", "origin", "confidence", *OF_QUOTATION)
    bulk.insert(Quotation, names, rows)


def _articles(batch: list[dict[str, Any]], *, first: int, outlets: dict[str, int]) -> Iterator[Article]:
    for number, one in enumerate(batch, start=first):
        text = f"{one['text']}\n\nInvented, number {number}."
        yield Article(
            title=one["title"],
            text=text,
            text_sha256=Article.digest(text),
            outlet_id=outlets[one["outlet"]],
            published_on=datetime.date.fromisoformat(one["date"]),
            language="en",
            imported_at=timezone.now(),
            extracted_with="invented",
        )


def _quotations(article: Article, given: Iterable[Any], speakers: dict[str, int]) -> Iterator[tuple[Any, ...]]:
    for place, one in enumerate(given):
        anchors = anchored(article.text, content=one["spans"], cue=one["cue"], mention=one["mention"])
        # As random ones would be, but the same each time.
        uid = UUID(article.text_sha256[:24] + f"{place:08x}")
        values = (uid, 1, speakers[one["speaker_name"]], one["kind"], "suggested", "machine", 0.5)
        yield (*values, *(anchors[name] for name in OF_QUOTATION))


def _outlets(given: list[dict[str, Any]]) -> dict[str, int]:
    names = {one["outlet"] for one in given}
    Outlet.objects.bulk_create(Outlet(name=name, key=name_key(name)) for name in sorted(names))
    return {outlet.name: outlet.pk for outlet in Outlet.objects.all()}


def _speakers(given: list[dict[str, Any]]) -> dict[str, int]:
    names = {quotation["speaker_name"] for one in given for quotation in one["quotations"]}
    new = [Speaker(name=name, key=name_key(name), sound=sound_of(name_key(name))) for name in sorted(names)]
    Speaker.objects.bulk_create(new)
    return {speaker.name: speaker.pk for speaker in Speaker.objects.all()}
