"""What a reader is handed: one file or member of an archive, its first bytes, and what it may still use."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import BinaryIO

from .records import TooMuch, UnreadableInput
from .sources import MAX_BYTES, explain, megabytes

HEAD_BYTES = 65_536
"""Seen by `recognise`."""

MAX_WHOLE = 50_000_000
"""Bytes of a document of many articles that cannot be read in pieces, such as a JSON array."""

MAX_MEMBERS = 200_000
MAX_EXPANDED = 2_000_000_000
"""Bytes, of all that one source holds."""
MAX_DEPTH = 2
"""Archives in one another: a zip in a zip, and no third."""


@dataclass
class Budget:
    """What one source may still use, however deep its archives."""

    members: int = MAX_MEMBERS
    expanded: int = MAX_EXPANDED

    def take_member(self, name: str) -> None:
        self.members -= 1
        if self.members < 0:
            raise TooMuch(name, f"more than {MAX_MEMBERS:,} members; the rest is left out")

    def take_bytes(self, count: int, name: str) -> None:
        self.expanded -= count
        if self.expanded < 0:
            raise TooMuch(name, f"expands to more than {megabytes(MAX_EXPANDED)}; not read further")


def nothing_beside(suffix: str) -> bytes | None:
    return None


@dataclass
class Document:
    """`stream` can be read from its start again after `seek(0)`; all reading raises UnreadableInput, no OSError.

    `beside(".ann")` gives the bytes of the file of the same name with that suffix, where there is one.
    """

    name: str
    stream: BinaryIO
    mapping: Mapping[str, str] = field(default_factory=dict)
    size: int | None = None
    budget: Budget = field(default_factory=Budget)
    depth: int = 0
    layers: int = 0
    beside: Callable[[str], bytes | None] = nothing_beside
    head: bytes = field(init=False, repr=False)
    sha256: str = ""
    """Of the whole, once it was read whole."""

    def __post_init__(self) -> None:
        self.head = self.read(HEAD_BYTES)

    def read(self, size: int) -> bytes:
        """As many bytes as there are, up to `size`."""
        try:
            pieces = []
            while size > 0 and (piece := self.stream.read(size)):
                pieces.append(piece)
                size -= len(piece)
            return b"".join(pieces)
        except OSError as error:
            raise UnreadableInput(self.name, explain(error)) from error

    def read_whole(self, *, most: int = MAX_BYTES) -> bytes:
        """Raises UnreadableInput where it is larger than `most` bytes, having read no more than that."""
        if self.size is not None and self.size > most:
            raise UnreadableInput(self.name, self._too_large(f"{megabytes(self.size)}, the limit is", most))
        self.rewind()
        data = self.read(most + 1)
        if len(data) > most:
            raise UnreadableInput(self.name, self._too_large("over", most))
        self.sha256 = sha256(data)
        return data

    def rewind(self) -> None:
        try:
            self.stream.seek(0)
        except OSError as error:
            raise UnreadableInput(self.name, explain(error)) from error

    def _too_large(self, words: str, most: int) -> str:
        if words == "over":
            return f"too large (over {megabytes(most)}, the limit)"
        return f"too large ({words} {megabytes(most)}); give one article a file"

    def inside(self, name: str, data: bytes) -> Document:
        """A part of this one, such as a member of it, that shares its limits."""
        return Document(
            name, io.BytesIO(data), self.mapping, len(data), self.budget, depth=self.depth, layers=self.layers
        )

    @property
    def stem(self) -> str:
        """The name without folder and suffix: "a" of "news.zip!may/a.txt"."""
        return PurePath(self.name.rpartition("!")[2]).stem


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
