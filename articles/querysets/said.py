"""What one speaker said: its newest, its months and outlets, and who is quoted beside them.

All is bounded, so that a page about who is quoted seventy thousand times takes as long as any other.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Count, OuterRef, Q

from ..months import UNDATED, Month
from .finding import FoundQuerySet

if TYPE_CHECKING:
    from ..models import Article, Quotation, Speaker


class SaidQuerySet(FoundQuerySet["Quotation"]):
    def said_by(self, speaker: Speaker | int | OuterRef) -> Self:
        """Those of `speaker` that lists show: neither taken out nor rejected."""
        return self.filter(is_listed=True, speaker=speaker).exclude(state="rejected")

    def speakers_around(self, article: Article, pks: Iterable[int]) -> set[int]:
        """Those of the speakers with these numbers who are quoted in `article`, or in another one of its story."""
        where = Q(article__story=article.story_id) if article.story_id else Q(article=article.pk)
        listed = self.filter(where, is_listed=True, speaker__in=list(pks)).exclude(state="rejected")
        return set(listed.order_by().values_list("speaker", flat=True).distinct())

    def oldest(self) -> Quotation | None:
        """The first one, with its article and outlet."""
        return self.with_where().order_by("dated", "id").first()

    def dated_only(self) -> Self:
        """Without those of undated articles."""
        return self.filter(dated__gt=UNDATED)

    def behind(self, dated: datetime.date, pk: int) -> Self:
        """Those that come after the one with that date and number, newest first."""
        return self.filter(Q(dated__lt=dated) | Q(dated=dated, pk__lt=pk))

    def with_where(self) -> Self:
        """With article and outlet of each, the articles without their texts."""
        return self.select_related("article", "outlet").defer("article__text")

    def months_and_outlets(self, most: int) -> list[tuple[str, int | None]]:
        """(YYYY-MM, id of the outlet) of the newest `most`, out of an index alone; or UNDATED_MONTH."""
        newest = self.newest_first().annotate(month=Month("dated"))
        return list(newest.values_list("month", "outlet")[:most])

    def mentions(self, most: int) -> list[tuple[str, datetime.date, int | None, str]]:
        """(mention, date, id of the story, title of the article) of each of the newest `most`."""
        fields = ("mention", "dated", "article__story_id", "article__title")
        return list(self.newest_first().values_list(*fields)[:most])

    def mentions_and_outlets(self, most: int) -> list[tuple[str, datetime.date, str | None]]:
        """(mention, date, name of the outlet) of each of the newest `most`."""
        return list(self.newest_first().values_list("mention", "dated", "outlet__name")[:most])

    def mentioned_as(self, words: str) -> Self:
        """Those whose mention holds `words`; all where there are none."""
        return self.filter(mention__icontains=words) if words else self

    def beside(self, speaker: Speaker, *, within: int, most: int) -> list[Any]:
        """Who else is quoted in the articles of the newest `within`, and in how many, the most frequent first."""
        articles = self.newest_first().values("article")[:within]
        others = self.model._default_manager.filter(is_listed=True).filter(
            article__in=articles, speaker__isnull=False
        )
        others = others.exclude(state="rejected").exclude(speaker=speaker).order_by()
        counted = others.values("speaker", "speaker__name", "speaker__qualifier").annotate(
            number=Count("article", distinct=True)
        )
        return list(counted.order_by("-number", "speaker__name")[:most])
