"""The files of exports in the browser, kept on this machine's disk for some days.

Each run has a folder, named by its uid. What is not whole yet is called so: a file gets its name when all of it is on
the disk, and only that of a run that has finished is given to anybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify
from django.utils.timezone import localtime

from . import folders
from .models import ExportRun
from .whole_files import PART, new_file

KEPT = timedelta(days=7)
"""After which a finished file is removed, and what the process of a run that stopped has said."""

NAMED = ("q", "kind", "state", "reviewed", "month", "after", "before")
"""Parameters of a search whose values are words or days; those of the others are numbers of records."""
NAMED_LENGTH = 40


def folder_of(uid: UUID) -> Path:
    return Path(settings.NEWSROOM_EXPORTS) / str(uid)


def log_of(run: ExportRun) -> Path:
    """What the process that writes the file has printed, beside it."""
    return folder_of(run.uid) / "log"


def file_of(run: ExportRun) -> Path:
    return folder_of(run.uid) / "export"


def name_of(run: ExportRun, suffix: str) -> str:
    """What the finished file is called where it is saved: what it is of, the words and filters sought, and when."""
    parameters = run.parameters
    words = [value for name in NAMED for value in parameters.getlist(name)]
    sought = slugify(" ".join(words), allow_unicode=True)[:NAMED_LENGTH].strip("-_")
    when = f"{localtime(run.ended_at):%Y-%m-%d-%H%M}"
    return f"{'-'.join(filter(None, ('newsroom', run.of, sought, when)))}{suffix}"


def _parts_of(uid: UUID) -> list[Path]:
    return list(folder_of(uid).glob(f"export*{PART}"))


def is_kept(run: ExportRun) -> bool:
    """Whether the run has made a file, and its time is not over: nobody here has removed it."""
    return run.state == run.State.FINISHED and run.expires_at is not None and run.expires_at > timezone.now()


def is_here(run: ExportRun) -> bool:
    """Whether the run has a whole file, and it is still on this machine, with as many bytes as were written."""
    path = file_of(run)
    try:
        return is_kept(run) and path.is_file() and path.stat().st_size == run.size
    except FileNotFoundError:  # removed meanwhile
        return False


@contextmanager
def being_written(run: ExportRun) -> Iterator[BinaryIO]:
    """A file that becomes that of `run` when all went well, and is on the disk then; else nothing is left of it."""
    whole = file_of(run)
    whole.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with new_file(whole, replace=True) as out:
        yield out


def clear_up() -> None:
    """Remove what a killed process has left of a file, and the folders of which nobody needs anything any more."""
    there = folders.by_uid(Path(settings.NEWSROOM_EXPORTS))
    if not there:
        return
    unfinished = {uid: parts for uid in there if (parts := _parts_of(uid))}
    for uid in ExportRun.objects.ended_among(unfinished) if unfinished else ():
        for part in unfinished[uid]:
            part.unlink(missing_ok=True)
    for uid in ExportRun.objects.done_with(there, before=timezone.now() - KEPT):
        folders.remove(there[uid])
    old = [uid for uid, folder in there.items() if folders.age(folder) > KEPT]
    for uid in ExportRun.objects.unknown(old) if old else ():  # of a database that was restored to an earlier time
        folders.remove(there[uid])
