"""Files that have their name only when all of them is on the disk; until then they are called otherwise."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

PART = ".part"
"""How the name of a file ends that is not whole yet."""


@contextmanager
def new_file(path: Path, *, replace: bool, mode: int = 0o666) -> Iterator[BinaryIO]:
    """A file to write that is called `path` once it is whole and on the disk; who may use it `mode` says.

    Until then it is `path` with some letters of its own and PART behind, so that of several that write to one name at
    once none meets another's; it goes where writing fails. Raises FileExistsError where `path` is there and is not to
    be replaced, IsADirectoryError, and what else the system raises.
    """
    _must_be_new(path, replace=replace)
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}{PART}")
    try:
        with open(part, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        _must_be_new(path, replace=replace)
        part.replace(path)
        _sync_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)


def _must_be_new(path: Path, *, replace: bool) -> None:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.exists() and not replace:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))


def _sync_folder(folder: Path) -> None:
    """Have the new name on the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
