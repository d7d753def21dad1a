"""One input and its bytes. Looks before it reads: neither a pipe nor a 50 MB file is opened."""

from __future__ import annotations

import errno
import io
import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from .beside import annotations_beside
from .records import UnreadableInput

MAX_BYTES = 5_000_000
"""Some 800,000 words: far above any article, far below what would hold up a run."""

MAX_STREAM_BYTES = 50_000_000
"""Of standard input, which may hold many articles."""

STANDARD_INPUT = "standard input"

_SPECIAL_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


@dataclass(frozen=True)
class Source:
    """An input by its printable name; without a path it is standard input (or `stream`, read once)."""

    name: str
    path: Path | None = None
    stream: BinaryIO | None = field(default=None, repr=False, compare=False)

    @classmethod
    def at(cls, path: str | os.PathLike[str]) -> Source:
        return cls(printable(os.fspath(path)), Path(path))

    def read_bytes(self, *, max_bytes: int = MAX_BYTES) -> bytes:
        """All bytes of it; raises UnreadableInput and no OSError. `max_bytes` is checked before reading."""
        try:
            path = self.path
            data = self._read_stream(max_bytes) if path is None else self._read_file(path, max_bytes)
        except (OSError, ValueError) as error:
            if isinstance(error, UnreadableInput):
                raise
            raise UnreadableInput(self.name, explain(error, path=self.path)) from error
        if len(data) > max_bytes:  # standard input, or a file that grew since it was measured
            raise UnreadableInput(self.name, f"too large (over {megabytes(max_bytes)}, the limit)")
        return data

    @contextmanager
    def open(self) -> Iterator[tuple[BinaryIO, int | None]]:
        """Its bytes as a stream that can be read again from its start, and their number where it is known.

        Raises UnreadableInput and no OSError. Standard input, which cannot be read again, is read whole.
        """
        path = self.path
        if path is None:
            yield io.BytesIO(self.read_bytes(max_bytes=MAX_STREAM_BYTES)), None
            return
        try:
            size = self._measure(path)
            file = path.open("rb")
        except (OSError, ValueError) as error:
            if isinstance(error, UnreadableInput):
                raise
            raise UnreadableInput(self.name, explain(error, path=path)) from error
        with file:
            yield file, size

    def beside(self, suffix: str) -> bytes | None:
        """What the file of the same name with that suffix holds; None where there is none that can be read."""
        if self.path is None or not self.path.suffix or self.path.suffix == suffix:
            return None
        try:
            return Source.at(annotations_beside(self.path, suffix) or self.path.with_suffix(suffix)).read_bytes()
        except UnreadableInput:
            return None

    def _read_stream(self, max_bytes: int) -> bytes:
        if self.stream is None and sys.stdin is None:
            raise ValueError("no standard input")
        stream = self.stream if self.stream is not None else sys.stdin.buffer
        return stream.read(max_bytes + 1)

    def _read_file(self, path: Path, max_bytes: int) -> bytes:
        size = self._measure(path)
        if size > max_bytes:
            sizes = f"{megabytes(size)}, the limit is {megabytes(max_bytes)}"
            raise UnreadableInput(self.name, f"too large ({sizes}); give one article a file")
        with path.open("rb") as file:
            return file.read(max_bytes + 1)

    def _measure(self, path: Path) -> int:
        """Its size in bytes; raises UnreadableInput where it is no regular file."""
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise UnreadableInput(self.name, "a folder, not a file")
        for is_kind, kind in _SPECIAL_KINDS:
            if is_kind(found.st_mode):
                hint = "; give - to read standard input" if kind == "a pipe" else ""
                raise UnreadableInput(self.name, f"not a regular file ({kind}){hint}")
        return found.st_size


def printable(name: str) -> str:
    """A file name safe to print and to store: undecodable bytes and control characters become escapes."""
    escaped = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return re.sub(r"[\x00-\x1f\x7f-\x9f]", lambda found: found[0].encode("unicode_escape").decode(), escaped)


def explain(error: Exception, *, path: Path | None = None) -> str:
    """An operating system's error in the words of the person who gave the path."""
    match error:
        case FileNotFoundError() if path is not None and path.is_symlink():
            return "a link that leads nowhere"
        case FileNotFoundError() | NotADirectoryError():
            return "no such file or folder"
        case PermissionError():
            return "no permission to read it"
        case OSError(errno=errno.ELOOP):
            return "a link that leads back to itself"
        case OSError(strerror=str(words)):
            return f"cannot be read ({words.lower()})"
        case _:
            return "not a usable path" if path is not None else "nothing to read; it is closed"


def megabytes(size: int) -> str:
    """Rounded up to a tenth, so that a size over the limit never reads like the limit."""
    tenths = -(-size // 100_000)
    return f"{tenths // 10}.{tenths % 10} MB" if tenths % 10 else f"{tenths // 10} MB"
