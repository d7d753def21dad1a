"""Runs that write files for people to take away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from .runs import RunQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    from ..models import ExportRun  # noqa: F401


class ExportRunQuerySet(RunQuerySet["ExportRun"]):
    def going_of(self, user: AbstractBaseUser | AnonymousUser) -> int:
        """How many runs of `user` have not ended."""
        return self.open().filter(by_id=user.pk).count()

    def done_with(self, uids: Iterable[UUID]) -> set[UUID]:
        """Those of `uids` whose files nobody needs any more: of runs that ended early, or finished some days ago."""
        needed = Q(ended_at=None) | Q(state=self.model.State.FINISHED, expires_at__gt=timezone.now())
        return set(self.filter(~needed, uid__in=list(uids)).values_list("uid", flat=True))
