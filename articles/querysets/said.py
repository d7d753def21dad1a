"""What one speaker said: its newest, its months and outlets, and who is quoted beside them.

All is bounded, so that a page about who is quoted seventy thousand times takes as long as any other.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Count, OuterRef, Q

from ..months import Month
from .finding import FoundQuerySet

if TYPE_CHECKING:
    from ..models import Article, Quotation, Speaker  # noqa: F401


class SaidQuerySet(FoundQuerySet["Quotation"]):
    def listed(self) -> Self:
        """Those that lists show, rejected ones too: shown, in the text, and in a visible article."""
        return self.filter(is_listed=True)

    def not_rejected(self) -> Self:
        return self.exclude(state="rejected")

    def said_by(self, speaker: Speaker | int | OuterRef) -> Self:
        """Those of `speaker` that lists show: neither taken out nor rejected."""
        return self.listed().filter(speaker=speaker).not_rejected()

    def speakers_around(self, article: Article, pks: Iterable[int]) -> set[int]:
        """Those of the speakers with these numbers who are quoted in `article`, or in another one of its story."""
        where = Q(article__story=article.story_id) if article.story_id else Q(article=article.pk)
        listed = self.listed().filter(where, speaker__in=list(pks)).not_rejected()
        return set(listed.order_by().values_list("speaker", flat=True).distinct())

    def with_where(self) -> Self:
        """With article and outlet of each, the articles without their texts."""
        return self.select_related("article", "outlet").defer("article__text")

    def months_and_outlets(self, most: int) -> list[tuple[str, int | None, str | None]]:
        """(YYYY-MM, id and name of the outlet) of the newest `most`; or UNDATED_MONTH.

        Of the quotations an index alone is read.
        """
        newest = self.newest_first().annotate(month=Month("dated"))
        return list(newest.values_list("month", "outlet", "outlet__name")[:most])

    def mentions(self, most: int) -> list[tuple[str, datetime.date, int | None]]:
        """(mention, date, id of the story) of each of the newest `most`."""
        return list(self.newest_first().values_list("mention", "dated", "article__story_id")[:most])

    def mentions_and_outlets(self, most: int) -> list[tuple[str, datetime.date, str | None]]:
        """(mention, date, name of the outlet) of each of the newest `most`."""
        return list(self.newest_first().values_list("mention", "dated", "outlet__name")[:most])

    def mentioned_as(self, words: str) -> Self:
        """Those whose mention holds `words`; all where there are none."""
        return self.filter(mention__icontains=words) if words else self

    def beside(self, speaker: Speaker, *, within: int, most: int) -> list[Any]:
        """Who else is quoted in the articles of the newest `within`, and in how many, the most frequent first."""
        articles = self.newest_first().values("article")[:within]
        found = type(self)(self.model).listed().filter(article__in=articles, speaker__isnull=False)
        others = found.not_rejected().exclude(speaker=speaker).order_by()
        counted = others.values("speaker", "speaker__name", "speaker__qualifier").annotate(
            number=Count("article", distinct=True)
        )
        return list(counted.order_by("-number", "speaker__name")[:most])
