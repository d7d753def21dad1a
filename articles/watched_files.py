"""Which files were taken from watched folders, in the database: a restart, on another machine too, knows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .importing import Stamp, printable
from .models import WatchedFile
from .patience import patiently

LONGEST_PATH = 1000


class WatchedFiles:
    """What `importing.watch` asks for what was taken, by path."""

    def stamps(self, paths: Iterable[str]) -> Mapping[str, Stamp]:
        return patiently(WatchedFile.objects.stamps, list(paths))

    def take(self, stamps: Mapping[str, Stamp]) -> None:
        rows = [
            WatchedFile(
                key=WatchedFile.key_of(path),
                path=printable(path)[-LONGEST_PATH:],
                size=size,
                mtime_ns=mtime_ns,
            )
            for path, (size, mtime_ns) in stamps.items()
        ]
        patiently(
            WatchedFile.objects.bulk_create,
            rows,
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=["size", "mtime_ns", "taken_at"],
        )
