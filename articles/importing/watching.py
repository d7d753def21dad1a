"""A folder -> the files put into it, as they arrive. It looks again and again: network drives tell nothing."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from .files import files_in
from .records import UnreadableInput
from .sources import Source, explain, printable

Stamp = tuple[int, int]
"""A file's size in bytes, and when it was modified, in nanoseconds since 1970."""

PAUSE = 2.0
"""Seconds between two looks; more where a look takes long, so that looking takes a fifth of the time at most."""
SETTLED_FOR = 5.0
LOCK = "~"
"""Begins the names of the files that office programs put beside an open one."""
BATCH = 500
"""Files that are handed over before it is asked to store them: what a restart may have to read again."""


class Taken(Protocol):
    """Which files were taken before, over restarts too."""

    def stamps(self, paths: Iterable[str]) -> Mapping[str, Stamp]:
        """Under which stamps those of `paths` were taken that were taken at all."""

    def take(self, stamps: Mapping[str, Stamp]) -> None:
        """Remember that these were taken and stored."""


class Until(Protocol):
    """When to end: a threading.Event, for one."""

    def is_set(self) -> bool: ...

    def wait(self, timeout: float) -> bool: ...


def watch(
    directory: str | os.PathLike[str],
    *,
    taken: Taken,
    until: Until,
    settled_for: float = SETTLED_FOR,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Source | UnreadableInput | None]:
    """Yield the files in `directory` and its sub-folders as they arrive, until `until` is set.

    A file is taken once its size and time have stood still for `settled_for` seconds, and again when either has
    changed since. Passed over are hidden files and what folders are not searched for, so "a.txt.part" too, until
    it is renamed. Nothing is moved or written.

    None stands for a pause: whoever reads on has stored all that came before, and only then is it remembered in
    `taken`. What cannot be looked into or opened is yielded once as an UnreadableInput, and tried again.
    """
    folder = _Folder(Path(directory), taken, settled_for, clock)
    while not until.is_set():
        began = clock()
        yield from folder.look(until)
        until.wait(max(PAUSE, 4 * (clock() - began)))


class _Folder:
    """What is known of a watched folder from one look to the next."""

    def __init__(self, directory: Path, taken: Taken, settled_for: float, clock: Callable[[], float]) -> None:
        self._directory, self._taken = directory, taken
        self._settled_for, self._clock = settled_for, clock
        self._known: dict[str, Stamp] = {}
        """Stamps under which files were taken, as far as the files are there."""
        self._moving: dict[str, tuple[Stamp, float]] = {}
        """Files not taken yet: their stamp, and since when it has stood still."""
        self._told: set[str] = set()
        """Of what could not be read, while it cannot be."""

    def look(self, until: Until) -> Iterator[Source | UnreadableInput | None]:
        there: dict[str, Stamp] = {}
        faults: dict[str, UnreadableInput] = {}
        for found in files_in(self._directory):
            if isinstance(found, Path) and found.name.startswith(LOCK):
                continue
            stamp = found if isinstance(found, UnreadableInput) else _stamp(found)
            if isinstance(stamp, UnreadableInput):
                faults[stamp.source] = stamp
            elif stamp:
                there[str(found)] = stamp
        handed_over: dict[str, Stamp] = {}
        for path in self._settled(there):
            if fault := _fault(path):
                faults[fault.source] = fault
                continue
            yield Source.at(path)
            handed_over[path] = there[path]
            if len(handed_over) >= BATCH:
                yield from self._store(handed_over)
                if until.is_set():
                    return
        yield from (fault for name, fault in faults.items() if name not in self._told)
        self._told = set(faults)
        if handed_over:
            yield from self._store(handed_over)
        else:
            yield None  # whoever reads on can see that it still watches, and be told to end

    def _settled(self, there: Mapping[str, Stamp]) -> list[str]:
        """Those of the files there that are to be taken now."""
        now = self._clock()
        new = [path for path in there if path not in self._known]
        self._known = {path: stamp for path, stamp in self._known.items() if path in there}
        self._known |= self._taken.stamps(path for path in new if path not in self._moving)
        moving = {}
        for path, stamp in there.items():
            if self._known.get(path) != stamp:
                before, since = self._moving.get(path, (None, now))
                moving[path] = (stamp, since if before == stamp else now)
        self._moving = moving
        return [path for path, (_, since) in moving.items() if now - since >= self._settled_for]

    def _store(self, handed_over: dict[str, Stamp]) -> Iterator[None]:
        """Ask for a pause and remember what was stored in it, but for files that have changed or gone meanwhile."""
        yield None
        stored = {path: stamp for path, stamp in handed_over.items() if _stamp(Path(path)) == stamp}
        self._taken.take(stored)
        self._known |= stored
        for path in handed_over:
            self._moving.pop(path, None)
        handed_over.clear()


def _stamp(path: Path) -> Stamp | UnreadableInput | None:
    """None for what has gone meanwhile; a reason for what is no file."""
    try:
        found = path.stat()
    except OSError as error:
        has_gone = isinstance(error, FileNotFoundError) and not path.is_symlink()
        return None if has_gone else UnreadableInput(printable(str(path)), explain(error, path=path))
    if not stat.S_ISREG(found.st_mode):
        return UnreadableInput(printable(str(path)), "not a regular file")
    return found.st_size, found.st_mtime_ns


def _fault(path: str) -> UnreadableInput | None:
    """Why the file cannot be read; None where it can, and where it has just gone, which the next look sees."""
    try:
        with Path(path).open("rb"):
            return None
    except FileNotFoundError:
        return None
    except OSError as error:
        return UnreadableInput(printable(path), explain(error, path=Path(path)))
