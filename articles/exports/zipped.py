"""Zip files, written member after member into what may be a pipe, and read with limits.

A zip's directory stands at its end: one that broke off has none, and cannot be taken for whole.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from .records import BrokenOff, NotAnExport
from .streamed_zip import member_called, streamed

MOST_IN_MEMBER = 500_000_000
"""Bytes of a member, expanded; nothing that we write comes near."""

_BEGINNING = b"PK\x03\x04"
_NAME_AT = 30


def write_zip(members: Iterable[tuple[str, bytes]], out: BinaryIO) -> None:
    """What `members` raises goes through, and leaves no directory behind."""
    with streamed(out) as archive:
        for name, data in members:
            archive.writestr(member_called(name), data)


def begins_with(head: bytes, name: str) -> bool:
    """Whether `head` is the beginning of a zip whose first member has that name."""
    return head.startswith(_BEGINNING) and head[_NAME_AT:].startswith(name.encode())


@contextmanager
def zip_in(file: BinaryIO, *, first: str) -> Iterator[zipfile.ZipFile]:
    """The zip in `file`, whose first member must be called `first`. Raises BrokenOff and NotAnExport.

    They stand too for what zipfile raises within.
    """
    file.seek(0)
    head = file.read(_NAME_AT + len(first))
    begun = head[:4] == _BEGINNING[: len(head)] and first.encode().startswith(head[_NAME_AT:])
    if not begun:
        raise NotAnExport(f'no zip that begins with "{first}"')
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise BrokenOff("it ends before its end: the zip's directory is missing") from error
    with archive:
        try:
            yield archive
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError) as error:
            raise NotAnExport(f"the zip is damaged ({' '.join(str(error).split())[:100]})") from error


def member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Within `zip_in`. Raises NotAnExport for what would expand beyond all measure, is missing or damaged."""
    found = archive.getinfo(name)
    if found.file_size > MOST_IN_MEMBER:
        raise NotAnExport(f'"{name}" in it expands to more than any export holds')
    with archive.open(found) as file:
        return file.read(MOST_IN_MEMBER)
