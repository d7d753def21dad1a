"""How sure a quotation is, by the pattern that found it."""

from __future__ import annotations

from .found import Kind

UNMEASURED = 0.5
SHARE_RIGHT: dict[tuple[Kind, str], float] = {}


def confidence_of(pattern: str, *, kind: Kind) -> float:
    return SHARE_RIGHT.get((kind, pattern), UNMEASURED)
