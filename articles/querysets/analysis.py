"""What the pipeline saw in texts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from ..models import Analysis, Article  # noqa: F401

Span = tuple[int, int]
Cue = tuple[Span, Span | None, str]
"""A verb of saying, its subject, and the subject's fullest name, "" for none."""


class AnalysisQuerySet(models.QuerySet["Analysis"]):
    def keep(self, article: Article, *, cues: Iterable[Cue], version: str) -> None:
        """Keep the cues of the text that `article` has, each with its subject, in the place of earlier ones."""
        written = [[*cue, *(subject or (None, None)), name] for cue, subject, name in cues]
        row = self.model(article=article, text_sha256=article.text_sha256, version=version, cues=written)
        fields = ["text_sha256", "version", "cues"]
        self.bulk_create([row], update_conflicts=True, unique_fields=["article"], update_fields=fields)

    def cues_of(self, article: Article) -> list[Cue]:
        """The cues of its text, each with its subject; none where no pipeline has read the text that it has now."""
        found = self.filter(article=article, text_sha256=article.text_sha256).values_list("cues", flat=True).first()
        return [
            ((start, end), None if low is None else (low, high), name) for start, end, low, high, name in found or []
        ]
