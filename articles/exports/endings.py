"""How files end that broke off."""

from __future__ import annotations

import io
from typing import BinaryIO


def is_cut_in_a_character(file: BinaryIO) -> bool:
    """Whether its last bytes in UTF-8 are the beginning of a character; `file` is left at its end."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(size - 3, 0))
    last = file.read(3)
    return any(byte >= least for byte, least in zip(reversed(last), (0xC0, 0xE0, 0xF0), strict=False))


def ends_with(file: BinaryIO, words: bytes) -> bool:
    """Whether it ends so, but for white space; `file` is left at its end."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(size - len(words) - 100, 0))
    return file.read().rstrip().endswith(words)
