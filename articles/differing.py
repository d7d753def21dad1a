"""How two versions of a text differ, word by word, in passages that can be read; knows no Django."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from .wordings import Piece

AROUND = 12
"""Unchanged words shown on either side of a change; a longer run ends the passage."""
FEWEST_KEPT = 3
"""Fewer unchanged words between two changes are shown as changed: whole phrases read better than patchwork."""
MOST_WORDS = 40_000
"""Of a text that is compared: about 250 kB, which take a second. Their number goes into the time squared."""

# The end of a paragraph counts as a word, so that a paragraph that was split or joined shows.
WORD = re.compile(r"\S+|\n[^\S\n]*\n\s*")
PARAGRAPH = "¶"

Passage = list[Piece]


class TooLong(Exception):
    """One of the texts has more than MOST_WORDS words."""


def passages(old: str, new: str) -> list[Passage]:
    """The changed passages of `new` against `old`, in order, each with some words around; marks and case count.

    Raises TooLong.
    """
    ours, theirs = _words(old), _words(new)
    if max(len(ours), len(theirs)) > MOST_WORDS:
        raise TooLong
    return list(_passages(_phrases(ours, theirs)))


def _passages(phrases: Iterable[tuple[str, list[str]]]) -> Iterator[Passage]:
    passage: Passage = []
    is_changed = False
    for kind, words in phrases:
        if kind != "same" or (is_changed and len(words) <= 2 * AROUND):
            passage.append(Piece(kind, " ".join(words)))
            is_changed |= kind != "same"
            continue
        if is_changed:
            yield [*passage, Piece("same", " ".join(words[:AROUND]))]
        passage, is_changed = [Piece("same", " ".join(words[-AROUND:]))], False
    if is_changed:
        yield passage


def _words(text: str) -> list[str]:
    return [PARAGRAPH if word.isspace() else word for word in WORD.findall(text.strip())]


def _phrases(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Runs of words that are the same, or left out and then added; neighbours are of different kinds."""
    changed: dict[str, list[str]] = {"left out": [], "added": []}
    steps = Levenshtein.opcodes(ours, theirs)
    for number, step in enumerate(steps):
        mine, other = ours[step.src_start : step.src_end], theirs[step.dest_start : step.dest_end]
        if step.tag != "equal" or (0 < number < len(steps) - 1 and len(mine) < FEWEST_KEPT):
            changed["left out"] += mine
            changed["added"] += other
        else:
            yield from ((kind, words) for kind, words in changed.items() if words)
            changed = {"left out": [], "added": []}
            yield "same", list(mine)
    yield from ((kind, words) for kind, words in changed.items() if words)
