"""Former texts: the earlier versions of articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from ..models import FormerText


class FormerTextQuerySet(models.QuerySet["FormerText"]):
    def with_digest(self, sha256: str) -> Self:
        """Those whose text has this SHA-256."""
        return self.filter(text_sha256=sha256)

    def readable(self) -> Self:
        """Those of articles that an editor has not hidden, each with its article and the outlet."""
        return self.filter(article__is_hidden=False).select_related("article__outlet")

    def after(self, former: FormerText) -> Self:
        """The versions that came after `former`, in their order."""
        return self.filter(pk__gt=former.pk).order_by("pk")

    def without_texts(self) -> Self:
        """What a list of versions shows, in their order."""
        return self.defer("text", "anchors").order_by("id")
