"""Word lists as they are written in this package: words with white space between them."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())
