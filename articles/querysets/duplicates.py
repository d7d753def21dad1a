"""Pairs of speakers that may be one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from ..models import PossibleDuplicate  # noqa: F401

DIFFERENT = {True: "different", False: "open"}


class PossibleDuplicateQuerySet(models.QuerySet["PossibleDuplicate"]):
    def open(self) -> Self:
        """Those to decide on, the most certain first, with both speakers; who is hidden or merged is done with."""
        shown = self.filter(is_different=False, first__is_hidden=False, second__is_hidden=False)
        return shown.select_related("first", "second").order_by("-score", "id")

    def told_apart(self) -> Self:
        """Those of whom somebody has said that they are not the same, the last first."""
        return (
            self.filter(is_different=True)
            .select_related("first", "second", "decided_by")
            .order_by("-decided_at", "-id")
        )

    def behind(self, score: float, pk: int) -> Self:
        """Those that come after the one with that score and number, the most certain first."""
        return self.filter(Q(score__lt=score) | Q(score=score, pk__gt=pk))

    def of_first(self, numbers: Iterable[int]) -> Self:
        """Pairs whose first speaker is one of these."""
        return self.filter(first__in=list(numbers))

    def not_found_again(self, found: Iterable[int]) -> Self:
        """Those to decide on but for the ones numbered `found`."""
        return self.filter(is_different=False).exclude(pk__in=list(found))
