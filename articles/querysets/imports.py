"""Runs that bring articles in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from ..models import ImportRun  # noqa: F401


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def open(self) -> Self:
        """Runs that have not ended."""
        return self.filter(ended_at=None)

    def cancelled(self) -> Self:
        """Runs whose end somebody has asked for."""
        return self.filter(is_cancelled=True)
