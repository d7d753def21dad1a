"""Where a text is parted into rows, so that cards can stand beside them. Knows no Django."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

# A paragraph longer than this many code points is broken for the eye at sentence ends, every ROW_LENGTH or so.
WALL_LENGTH = 900
ROW_LENGTH = 330
# Lines of a hard-wrapped text are about as long as each other: joined in one row.
WRAPPED_LINE = range(50, 101)

SENTENCE_END = re.compile(r"[.!?…][\"”’»)\]]*\s+(?=[\"“‘«(\[]*[A-Z0-9À-ÞА-ЯΑ-Ω])")
ABBREVIATION = re.compile(
    r"(?:\b[A-Za-z]|\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|St|Lt|Col|Sgt|Capt|Rev|Jr|Sr|No|vs))$"
)
OPENING_MARKS, CLOSING_MARKS = "“«", "”»"


def row_ranges(text: str) -> Iterator[tuple[int, int]]:
    """Half-open ranges of the rows of `text`: paragraphs, or parts of one that came as a wall of text."""
    for start, end in _paragraphs(text):
        if end - start <= WALL_LENGTH:
            yield start, end
        else:
            yield from pairwise([start, *_breaks(text, start, end), end])


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Ranges between blank lines; there, each line is a paragraph unless they look hard-wrapped."""
    for block in re.finditer(r"\S(?:.*\S)?(?:[^\S\n]*\n[^\S\n]*\S(?:.*\S)?)*", text):
        lines = [match.span() for match in re.finditer(r"\S(?:.*\S)?", block[0])]
        if len(lines) > 1 and all(end - start in WRAPPED_LINE for start, end in lines[:-1]):
            yield block.span()
        else:
            yield from ((block.start() + start, block.start() + end) for start, end in lines)


def _breaks(text: str, start: int, end: int) -> Iterator[int]:
    """Sentence ends outside quotation marks, at least ROW_LENGTH from each other and the ends."""
    last, depth, seen = start, 0, start
    for match in SENTENCE_END.finditer(text, start, end):
        for character in text[seen : match.end()]:
            depth += (character in OPENING_MARKS) - (character in CLOSING_MARKS and depth > 0)
        seen = match.end()
        far_enough = match.end() - last >= ROW_LENGTH and end - match.end() >= ROW_LENGTH // 2
        if far_enough and not depth and not ABBREVIATION.search(text, max(last, match.start() - 6), match.start()):
            last = match.end()
            yield last
