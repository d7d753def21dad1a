"""Zips that are written in one go, to what cannot be gone back in, in memory that does not grow with the members."""

from __future__ import annotations

import pickle
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO, cast

IN_MEMORY = 8_000_000
"""Bytes of what is written last that are kept in memory until then; more go to a temporary file."""


@contextmanager
def streamed(out: BinaryIO) -> Iterator[zipfile.ZipFile]:
    """A zip to add members to; nobody looks whether a name comes twice. What raises leaves it without its directory,
    so that no part passes for the whole."""
    with spooled() as directory:
        archive = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
        archive.filelist = _Directory(directory)  # type: ignore[assignment]
        archive.NameToInfo = _Nothing()
        try:
            yield archive
        except BaseException:
            archive.fp = None  # so that it writes no directory
            raise
        archive.close()


@contextmanager
def spooled() -> Iterator[IO[bytes]]:
    """A file that is in memory as long as it is small, and gone in the end."""
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as lines:
        yield cast("IO[bytes]", lines)


def member_called(name: str, compression: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """A member always of the same day: the same articles give the same members."""
    member = zipfile.ZipInfo(name)
    member.compress_type = compression
    member.external_attr = 0o644 << 16
    return member


class _Directory:
    """What a zip's directory, at its end, is made of, in a file: in memory it would be most of a large export."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._number = file, 0

    def append(self, member: zipfile.ZipInfo) -> None:
        pickle.dump(member, self._file)
        self._number += 1

    def __len__(self) -> int:
        return self._number

    def __iter__(self) -> Iterator[zipfile.ZipInfo]:
        self._file.seek(0)
        for _ in range(self._number):
            member: zipfile.ZipInfo = pickle.load(self._file)  # noqa: S301 - written above
            yield member


class _Nothing(dict[str, zipfile.ZipInfo]):
    """The members by name, which only reading needs."""

    def __setitem__(self, name: str, member: zipfile.ZipInfo) -> None:
        pass
