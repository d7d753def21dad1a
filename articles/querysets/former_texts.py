"""Former texts: the earlier versions of articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from ..models import FormerText  # noqa: F401


class FormerTextQuerySet(models.QuerySet["FormerText"]):
    def with_digest(self, sha256: str) -> Self:
        """Those whose text has this SHA-256."""
        return self.filter(text_sha256=sha256)

    def without_texts(self) -> Self:
        """What a list of versions shows, in their order."""
        return self.defer("text", "anchors").order_by("id")
