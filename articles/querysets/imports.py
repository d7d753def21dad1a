"""Runs that bring articles in, and the files that were taken from watched folders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models

from .runs import RunQuerySet

if TYPE_CHECKING:
    from ..models import ImportRun, WatchedFile  # noqa: F401

# Paths that are asked for in one query.
PATHS_AT_ONCE = 500


class ImportRunQuerySet(RunQuerySet["ImportRun"]):
    def in_line(self) -> Self:
        """Those that somebody began in the browser: a command on the server waits for nobody."""
        return super().in_line().filter(by__isnull=False)

    def done_with(self, uids: Iterable[UUID]) -> set[UUID]:
        """Those of `uids` whose files nobody needs any more: of runs that finished or were cancelled."""
        ended = self.filter(uid__in=list(uids), state__in=self.model.OVER)
        return set(ended.values_list("uid", flat=True))


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
