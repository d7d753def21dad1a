"""Runs that bring articles in, and the files that were taken from watched folders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    from ..models import ImportRun, WatchedFile  # noqa: F401

# Paths that are asked for in one query.
PATHS_AT_ONCE = 500


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def open(self) -> Self:
        """Runs that have not ended."""
        return self.filter(ended_at=None)

    def is_cancelled(self, run: ImportRun) -> bool:
        """Whether somebody has asked for the end of `run`, as the database has it."""
        return self.filter(pk=run.pk, is_cancelled=True).exists()

    def with_uid(self, uid: UUID) -> ImportRun | None:
        return self.filter(uid=uid).first()

    def of_people(self) -> Self:
        """Runs that somebody began in the browser, the oldest first: they stand in one line."""
        return self.filter(by__isnull=False).order_by("id")

    def shown_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """The runs that `user` may see, the newest first: their own, and for editors all."""
        seen = self if user.has_perm("articles.use_admin") else self.filter(by_id=user.pk)  # type: ignore[union-attr]
        return seen.select_related("by").order_by("-id")

    def begun_before(self, number: int) -> Self:
        """Those that began before the one with that number."""
        return self.filter(pk__lt=number)

    def begun_lately_by(self, user: AbstractBaseUser | AnonymousUser) -> int:
        """How many runs `user` has begun within the last hour."""
        return self.filter(by_id=user.pk, began_at__gt=timezone.now() - timedelta(hours=1)).count()

    def before(self, run: ImportRun) -> int:
        """How many runs stand in line before `run`, with the one that is running."""
        return self.open().of_people().filter(pk__lt=run.pk).count()

    def turn(self, run: ImportRun, into: str, **values: Any) -> bool:
        """Write `values` and the state `into` if `run` is still in the state it was read in; say whether it was."""
        return self.filter(pk=run.pk, state=run.state).update(state=into, **values) == 1

    def done_with(self, uids: Iterable[UUID]) -> set[UUID]:
        """Those of `uids` whose files nobody needs any more: of runs that finished or were cancelled."""
        ended = self.filter(uid__in=list(uids), state__in=[self.model.State.FINISHED, self.model.State.CANCELLED])
        return set(ended.values_list("uid", flat=True))

    def unknown(self, uids: Iterable[UUID]) -> set[UUID]:
        """Those of `uids` that belong to no run."""
        wanted = set(uids)
        return wanted - set(self.filter(uid__in=wanted).values_list("uid", flat=True))


class WatchedFileQuerySet(models.QuerySet["WatchedFile"]):
    def stamps(self, paths: Iterable[str]) -> dict[str, tuple[int, int]]:
        """{path: (size in bytes, modified in nanoseconds since 1970)}, of those of `paths` that were taken before."""
        found: dict[str, tuple[int, int]] = {}
        for batch in _batches(paths):
            by_key = {self.model.key_of(path): path for path in batch}
            rows = self.filter(key__in=by_key).values_list("key", "size", "mtime_ns")
            found |= {by_key[key]: (size, mtime_ns) for key, size, mtime_ns in rows}
        return found


def _batches(paths: Iterable[str]) -> Iterator[list[str]]:
    every = list(paths)
    for start in range(0, len(every), PATHS_AT_ONCE):
        yield every[start : start + PATHS_AT_ONCE]
