"""Former texts: the earlier versions of articles."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

if TYPE_CHECKING:
    from ..models import FormerText


class FormerTextQuerySet(models.QuerySet["FormerText"]):
    def with_digest(self, sha256: str) -> Self:
        """Those whose text has this SHA-256."""
        return self.filter(text_sha256=sha256)

    def texts(self, numbers: Iterable[int]) -> Iterator[FormerText]:
        """Those with these numbers, a few in memory at a time."""
        return self.filter(pk__in=list(numbers)).defer("anchors").order_by("pk").iterator(chunk_size=10)

    def readable(self) -> Self:
        """Those of articles that an editor has not hidden, each with its article and the outlet."""
        return self.filter(article__is_hidden=False).select_related("article__outlet")

    def rewordings(self) -> dict[int, datetime.datetime]:
        """{quotation's id: when its words were last changed by a new version}."""
        return {
            anchor["quotation"]: replaced_at
            for anchors, replaced_at in self.order_by("id").values_list("anchors", "replaced_at")
            for anchor in anchors
            if anchor.get("reworded")
        }

    def for_admin(self) -> Self:
        """With the article of each, without texts, and `quotation_count`: those in it that later versions lack."""
        from ..models import Quotation

        # By the article as well, for which there is an index.
        of_it = Quotation.objects.filter(article=OuterRef("article"), former_text=OuterRef("pk")).order_by()
        number = Subquery(of_it.values("article").annotate(number=Count("pk")).values("number"))
        counted = self.annotate(quotation_count=Coalesce(number, 0))
        return counted.select_related("article").defer("text", "anchors", "article__text")

    def after(self, former: FormerText) -> Self:
        """The versions that came after `former`, in their order."""
        return self.filter(pk__gt=former.pk).order_by("pk")

    def without_texts(self) -> Self:
        """What a list of versions shows, in their order: also who corrected them."""
        return self.select_related("act__by").defer("text", "anchors").order_by("id")
