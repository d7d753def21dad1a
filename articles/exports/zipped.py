"""Zip files, written member after member into what may be a pipe, and read with limits.

A zip's directory stands at its end: one that broke off has none, and cannot be taken for whole.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO

from .records import BrokenOff, NotAnExport
from .streamed_zip import member_called, streamed

MOST_IN_MEMBER = 500_000_000
"""Bytes of a member that is held, expanded; nothing that we write comes near."""
_MOST_RATIO = 200
_RATIO_FROM = 50_000_000
"""Bytes, expanded, from which on a member may not expand to more than that many times its size."""

_BEGINNING = b"PK\x03\x04"
_NAME_AT = 30
_DAMAGE: tuple[type[Exception], ...] = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, KeyError),
)
"""What zipfile raises of one that is damaged, encrypted, or packed in a way that is not ours."""
_UNREADABLE: tuple[type[Exception], ...] = (*_DAMAGE, ValueError)
"""The same where nothing is done but reading it."""


def write_zip(members: Iterable[tuple[str, bytes]], out: BinaryIO) -> None:
    """What `members` raises goes through, and leaves no directory behind."""
    with streamed(out) as archive:
        for name, data in members:
            archive.writestr(member_called(name), data)


def begins_with(head: bytes, name: str) -> bool:
    """Whether `head` is the beginning of a zip whose first member has that name."""
    return head.startswith(_BEGINNING) and head[_NAME_AT:].startswith(name.encode())


@contextmanager
def zip_in(file: BinaryIO, *, first: str = "") -> Iterator[zipfile.ZipFile]:
    """The zip in `file`, whose first member must have the name `first`, if any. Raises BrokenOff and NotAnExport.

    They stand too for what zipfile raises within.
    """
    file.seek(0)
    head = file.read(_NAME_AT + len(first))
    begun = head[:4] == _BEGINNING[: len(head)] and first.encode().startswith(head[_NAME_AT:])
    if not begun:
        raise NotAnExport(f'no zip that begins with "{first}"' if first else "it is no zip")
    try:
        archive = zipfile.ZipFile(file)
    except _UNREADABLE as error:
        raise BrokenOff("it ends before its end: the zip's directory is missing") from error
    with archive, _told("the zip is damaged"):
        yield archive


def member(archive: zipfile.ZipFile, name: str, *, most: int = MOST_IN_MEMBER) -> bytes:
    """Raises NotAnExport for what would expand beyond all measure, is missing or damaged."""
    with opened_member(archive, name) as file:
        if archive.getinfo(name).file_size > most:
            raise NotAnExport(f'"{name}" in it expands to more than any export holds')
        return file.read(most)


@contextmanager
def opened_member(archive: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    """To read a member of any length. Raises NotAnExport where it is missing or damaged, at once or within."""
    with _told(f"{name}: cannot be read", _UNREADABLE):
        info = archive.getinfo(name)
        if info.file_size > max(_RATIO_FROM, _MOST_RATIO * info.compress_size):
            raise NotAnExport(f"{name}: expands to more than {_MOST_RATIO} times its size")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotAnExport(f"{name}: cannot be read (packed in a way that no export is)")
        with archive.open(name) as file:
            yield file


@contextmanager
def _told(what: str, kinds: tuple[type[Exception], ...] = _DAMAGE) -> Iterator[None]:
    """As NotAnExport, in a line, what of these `kinds` is raised within."""
    try:
        yield
    except (BrokenOff, NotAnExport):
        raise
    except kinds as error:
        raise NotAnExport(f"{what} ({' '.join(str(error).split())[:100]})") from error
