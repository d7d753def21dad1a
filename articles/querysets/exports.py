"""Runs that write files for people to take away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
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

    def ended_among(self, uids: Iterable[UUID]) -> set[UUID]:
        """Those of `uids` whose runs have ended, however that was."""
        return set(self.filter(uid__in=list(uids), ended_at__isnull=False).values_list("uid", flat=True))

    def done_with(self, uids: Iterable[UUID], *, before: datetime) -> set[UUID]:
        """Those of `uids` of which nobody needs anything any more.

        Of a finished run that is the file, until it expires; of one that stopped what its process has said, unless it
        ended before that time.
        """
        states = self.model.State
        finished = Q(state=states.FINISHED, expires_at__gt=timezone.now())
        needed = Q(ended_at=None) | finished | Q(state=states.STOPPED, ended_at__gt=before)
        return set(self.filter(~needed, uid__in=list(uids)).values_list("uid", flat=True))
