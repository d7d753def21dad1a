"""Pairs of speakers that may be one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    from ..models import PossibleDuplicate

AT_ONCE = 500


class PossibleDuplicateQuerySet(models.QuerySet["PossibleDuplicate"]):
    def open(self) -> Self:
        """Those to decide on, the most certain first, with both speakers; who is hidden or merged is done with."""
        shown = self.filter(is_different=False, first__is_hidden=False, second__is_hidden=False)
        return shown.select_related("first", "second", "decided_by", "offered_by").order_by("-score", "id")

    def told_apart(self) -> Self:
        """Those of whom somebody has said that they are not the same, the last first."""
        return (
            self.filter(is_different=True)
            .select_related("first", "second", "decided_by")
            .order_by("-decided_at", "-id")
        )

    def numbered(self, number: int) -> Self:
        return self.filter(pk=number)

    def with_speakers(self) -> Self:
        return self.select_related("first", "second")

    def behind(self, last: PossibleDuplicate, *, told_apart: bool) -> Self:
        """Those that come after that one, in the order of those told apart or of those to decide on."""
        if told_apart:
            at = last.decided_at or timezone.now()
            return self.filter(Q(decided_at__lt=at) | Q(decided_at=at, pk__lt=last.pk))
        return self.filter(Q(score__lt=last.score) | Q(score=last.score, pk__gt=last.pk))

    def by_pair(self) -> dict[tuple[int, int], tuple[int, float, list[str]]]:
        """{(first, second): (number, score, why)} of all."""
        rows = self.order_by().values_list("first", "second", "pk", "score", "why")
        return {(first, second): (pk, score, why) for first, second, pk, score, why in rows.iterator()}

    def drop(self, numbers: Sequence[int]) -> int:
        """Delete those of these numbers on which nobody has ever decided; how many they were."""
        parts = (numbers[start : start + AT_ONCE] for start in range(0, len(numbers), AT_ONCE))
        return sum(self.filter(pk__in=part, decided_at=None).delete()[0] for part in parts)
