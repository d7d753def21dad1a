"""Folders in which a whole database lies unpacked for as long as one process needs it.

A process that is killed leaves its folder behind. Whoever makes the next one in the same place removes it: a folder
is in use as long as the file LOCK in it is locked, which the system sees to, however the process ends.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

BACKUP, RESTORE = ".newsroom-backup-", ".newsroom-restore-"
"""How their names begin."""
LOCK = "lock"
OLD = 24 * 60 * 60
"""Seconds without a change after which a folder without a lock counts as left: earlier versions locked none."""


@contextmanager
def place_in(folder: Path | None, *, prefix: str) -> Iterator[Path]:
    """A folder in `folder`, or where temporary files go, as long as the block lasts. What was left goes first."""
    parent = Path(folder or tempfile.gettempdir())
    _clear_up(parent)
    place, lock = _made(parent, prefix=prefix)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
        os.close(lock)


def _made(parent: Path, *, prefix: str) -> tuple[Path, int]:
    """The folder and the descriptor that locks it. Made anew where another process took it for one that was left."""
    while True:
        place = Path(tempfile.mkdtemp(dir=parent, prefix=prefix))
        try:
            lock = _opened(place)
        except FileNotFoundError:
            continue
        with suppress(OSError):  # where there are no locks, nothing is removed either
            fcntl.flock(lock, fcntl.LOCK_EX)
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(lock), (place / LOCK).stat()):
                return place, lock
        os.close(lock)


def _clear_up(parent: Path) -> None:
    for place in (*parent.glob(f"{BACKUP}*"), *parent.glob(f"{RESTORE}*")):
        with suppress(OSError):  # locked, or gone meanwhile, or not ours
            if place.is_symlink() or place.stat().st_uid != os.geteuid() or _is_young(place):
                continue
            lock = _opened(place)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(place)
            finally:
                os.close(lock)


def _is_young(place: Path) -> bool:
    """Whether it has no lock, but may be in use."""
    if (place / LOCK).exists():
        return False
    return max(one.stat().st_mtime for one in (place, *place.iterdir())) > time.time() - OLD


def _opened(place: Path) -> int:
    return os.open(place / LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
