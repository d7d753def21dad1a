"""What the patterns hand on to each other."""

from __future__ import annotations

from typing import NamedTuple

from .found import Span


class Attribution(NamedTuple):
    """One attribution as item ranges; spans are sorted and disjoint."""

    spans: tuple[Span, ...]
    cue: Span | None
    mention: Span | None
    pattern: str
    open_end: bool = False  # its content or its tag closes the sentence, so that a bare passage may resume it
