"""The files of imports in the browser, kept on this machine's disk until they are read.

Each run has a folder, named by its uid. On disk the files are called 1.txt, 2.zip …: of a name that somebody gave,
nothing reaches the file system but an ending that we know. `ImportRun.given` holds the names, in the same order.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path, PurePosixPath
from uuid import UUID

from django.conf import settings

from . import folders
from .importing import SUFFIXES, Source, UnreadableInput, printable
from .models import ImportRun

ANNOTATIONS = ".ann"
"""brat's: read with the text of the same name, not by themselves."""

WANTED = rf"^[^.].*({'|'.join(map(re.escape, sorted({*SUFFIXES, ANNOTATIONS})))})$"
"""The names, in either case, that are taken from a folder that is dropped; a pattern that browsers read too."""

LOG = "log"
"""What the process that reads the files has printed, beside them."""

ABANDONED = timedelta(days=1)
"""After which files that no run was ever begun with are removed."""


def folder_of(uid: UUID) -> Path:
    return Path(settings.NEWSROOM_UPLOADS) / str(uid)


def are_here(run: ImportRun) -> bool:
    """Whether this machine has the run's files: another one cannot read them."""
    return folder_of(run.uid).is_dir()


def names_on_disk(given: Iterable[str]) -> list[str]:
    """What the files with the names `given` are called on disk."""
    naming = NamesOnDisk()
    return [naming.name_for(name) for name in given]


class NamesOnDisk:
    """Names the files of an upload, in their order: 1.txt, 2.html.

    Files of one name with different endings keep that in common, as "a.txt" with its annotations "a.ann".
    """

    def __init__(self) -> None:
        self._number = 0
        self._numbers: dict[tuple[str, str], int] = {}
        """The number of the last file with that stem and ending."""
        self._last: dict[str, int] = {}

    def name_for(self, given: str) -> str:
        """The name of the next file, which was given under this one."""
        self._number += 1
        path = PurePosixPath(given)
        ending = path.suffix.lower()
        ending = ending if ending in SUFFIXES or ending == ANNOTATIONS else ""
        shared = self._last.get(path.stem)
        if shared is None or self._numbers.get((path.stem, ending)) == shared:
            shared = self._last[path.stem] = self._number
        self._numbers[path.stem, ending] = shared
        return f"{shared}{ending}"


def sources_of(run: ImportRun) -> Iterator[Source | UnreadableInput]:
    """The run's files for the readers, under the names as given; annotations come with their text."""
    folder = folder_of(run.uid)
    if not folder.is_dir():
        yield UnreadableInput("the files of this import", "not on this machine any more; choose them again")
        return
    for name, on_disk in _inputs(run.given):
        yield Source(printable(name), folder / on_disk)


def number_of_inputs(given: Sequence[str]) -> int:
    """How many sources files of these names make."""
    return sum(1 for _ in _inputs(given))


def _inputs(given: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(name as given, name on disk) of each file that is read by itself."""
    on_disk = names_on_disk(given)
    texts = {PurePosixPath(name).stem for name in on_disk if PurePosixPath(name).suffix not in ("", ANNOTATIONS)}
    for name, stored in zip(given, on_disk, strict=True):
        if not stored.endswith(ANNOTATIONS) or PurePosixPath(stored).stem not in texts:
            yield name, stored


def take_copies(uid: UUID, paths: Sequence[Path]) -> None:
    """Have copies of these files as those that came in under `uid`. Raises OSError, and leaves nothing then."""
    folder = folder_of(uid)
    try:
        folder.mkdir(mode=0o700, parents=True)
        for path, name in zip(paths, names_on_disk(path.name for path in paths), strict=True):
            shutil.copyfile(path, folder / name)
    except OSError:
        remove(uid)
        raise


def log_of(run: ImportRun) -> Path:
    return folder_of(run.uid) / LOG


def remove(uid: UUID) -> None:
    """Remove the files that came in under `uid`, if they are here; what cannot be removed now is tried again."""
    folders.remove(folder_of(uid))


def clear_up() -> None:
    """Remove the files of runs that finished or were cancelled, and old ones that no run was ever begun with.

    Those of a run that was stopped stay: it can go on.
    """
    there = folders.by_uid(Path(settings.NEWSROOM_UPLOADS))
    if not there:
        return
    for uid in ImportRun.objects.done_with(there):
        remove(uid)
    for uid in ImportRun.objects.unknown(there):
        if folders.age(there[uid]) > ABANDONED:
            remove(uid)
