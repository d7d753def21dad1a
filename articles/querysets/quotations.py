"""Quotations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from ..models import Act, Article, Change, Quotation  # noqa: F401


class QuotationQuerySet(models.QuerySet["Quotation"]):
    def for_reading(self, article: Article) -> Self:
        """Those of `article` in the order of the text, with all that a card shows."""
        return self.filter(article=article).select_related("speaker", "settled_by").order_by("start", "id")

    def for_comparing(self, articles: Iterable[Article]) -> Self:
        """Those of `articles` that nobody rejected, in the order of the texts, with their speakers."""
        of_them = self.filter(article__in=list(articles)).exclude(state="rejected")
        return of_them.select_related("speaker").order_by("article_id", "start", "id")

    def correctable(self) -> Self:
        """Quotations of visible articles, with what a correction shows."""
        return self.filter(article__is_hidden=False).select_related("article", "speaker", "settled_by")

    def changed_by(self, act: Act) -> Self:
        """Quotations that `act` changed, in the order of the text."""
        return self.filter(changes__act=act).order_by("start", "id")

    def not_changed_by(self, act: Act) -> Self:
        """All but the quotations that `act` changed."""
        return self.exclude(changes__act=act)

    def untouched_suggestions(self) -> Self:
        """What a machine suggested and no person has decided on or edited."""
        return self.filter(origin="machine", state="suggested", version=1)

    def decided_by_people(self) -> Self:
        """What somebody accepted or rejected, in the order of the text, with the speakers."""
        return self.filter(settled_by__isnull=False).select_related("speaker").order_by("start", "id")

    def contents(self) -> list[list[list[int]]]:
        """The `spans` of each, and those that a person has since replaced: what need not be suggested again."""
        from ..models import Change

        replaced = Change.objects.filter(quotation__in=self, before__spans__isnull=False)
        return [*self.values_list("spans", flat=True), *replaced.values_list("before__spans", flat=True)]

    def labels_by_article(self, articles: Iterable[Article]) -> dict[int, list[str]]:
        """{article id: labels of its speakers, each once, known ones first, in the order of the text}.

        Rejected quotations are left out.
        """
        known: dict[int, dict[str, None]] = {article.pk: {} for article in articles}
        unknown: dict[int, dict[str, None]] = {pk: {} for pk in known}
        spoken = self.filter(article__in=known).exclude(state="rejected").select_related("speaker")
        for quotation in spoken.order_by("article_id", "start").defer("content", "cue", "spans"):
            labels = known if quotation.speaker_id else unknown
            labels[quotation.article_id][quotation.speaker_label] = None
        return {pk: [*known[pk], *unknown[pk]] for pk in known}
