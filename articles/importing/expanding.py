"""Compressed bytes -> a stream of what they hold, read as far as anybody asks and the limits allow."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO, Protocol

from .documents import Budget
from .records import TooMuch, UnreadableInput

MAX_RATIO = 250
"""Text seldom shrinks to less than a fiftieth; a bomb to a thousandth."""
RATIO_FROM = 2_000_000
"""Expanded bytes up to which any ratio goes: short files of one repeated word are no danger."""

_MEMORY = 128_000_000
"""Bytes that xz may use; its strongest preset needs 65 MB, a forged header asks for 4 GB."""
_CHUNK = 8_192
"""Small, so that a bomb is known for one before much of it was expanded."""


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = ..., /) -> bytes: ...


class _Gzip:
    """zlib's, made to hold back what does not fit as the two others do."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int = 0) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


_MAKERS: dict[str, Callable[[], Any]] = {
    "gzip": _Gzip,
    "bzip2": bz2.BZ2Decompressor,
    "xz": lambda: lzma.LZMADecompressor(memlimit=_MEMORY),
}


class Expanding(io.RawIOBase):
    """Raises UnreadableInput where the bytes are damaged, TooMuch where they are a bomb."""

    def __init__(self, stream: BinaryIO, kind: str, *, name: str, budget: Budget) -> None:
        super().__init__()
        self._stream, self._kind, self._name, self._budget = stream, kind, name, budget
        self._counted = 0
        """The most bytes ever expanded: reading again after seek(0) is not counted twice."""
        self._begin()

    def _begin(self) -> None:
        self._stream.seek(0)
        self._inner: _Decompressor = _MAKERS[self._kind]()
        self._left = b""
        self._taken = self._given = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        if offset or whence:
            raise io.UnsupportedOperation("only back to the start")
        self._begin()
        return 0

    def readinto(self, buffer: Any, /) -> int:
        try:
            data = self._expand(len(buffer))
        except (OSError, EOFError, zlib.error, lzma.LZMAError) as error:
            raise UnreadableInput(self._name, f"damaged {self._kind} data ({_in_words(error)})") from error
        buffer[: len(data)] = data
        return len(data)

    def _expand(self, most: int) -> bytes:
        while True:
            if self._inner.eof:
                self._left = self._inner.unused_data.lstrip(b"\0") or self._fill()
                if not self._left:
                    return b""
                self._inner = _MAKERS[self._kind]()
            data = self._inner.decompress(self._left, most)
            self._left = b""
            if data:
                self._count(len(data))
                return data
            if not self._inner.eof:
                self._left = self._fill()
                if not self._left:
                    raise EOFError("cut off")

    def _fill(self) -> bytes:
        data = self._stream.read(_CHUNK)
        self._taken += len(data)
        return data

    def _count(self, length: int) -> None:
        self._given += length
        if self._given > self._counted:
            self._budget.take_bytes(self._given - self._counted, self._name)
            self._counted = self._given
        if self._given > RATIO_FROM and self._given > MAX_RATIO * self._taken:
            raise TooMuch(self._name, f"expands to more than {MAX_RATIO} times its size; not read further")


def _in_words(error: Exception) -> str:
    return " ".join(str(error).split()).lower()[:100] or type(error).__name__
