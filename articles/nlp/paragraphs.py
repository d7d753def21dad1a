"""Where paragraphs lie in a text.

A blank line ends a paragraph. A single line break does too, unless the text is hard-wrapped: lines of
about one length broken in mid-sentence.
"""

from __future__ import annotations

import re
from itertools import pairwise

from .found import Span

LINE = re.compile(r"[^\n\x0b\x0c\x85\u2028\u2029]+")
WIDEST_WRAP = 100
FEWEST_WRAPPED_LINES = 3


def find_paragraphs(text: str) -> list[Span]:
    """The paragraphs of text that hold more than white space, without the white space around them."""
    lines = [_stripped(text, start=m.start(), end=m.end()) for m in LINE.finditer(text)]
    lines = [(start, end) for start, end in lines if start < end]
    if not _is_hard_wrapped(text, lines=lines):
        return lines
    paragraphs: list[Span] = []
    for start, end in lines:
        if paragraphs and _soft_break(text, after=paragraphs[-1][1], before=start):
            paragraphs[-1] = (paragraphs[-1][0], end)
        else:
            paragraphs.append((start, end))
    return paragraphs


def _stripped(text: str, *, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _soft_break(text: str, *, after: int, before: int) -> bool:
    return text.count("\n", after, before) == 1


def _is_hard_wrapped(text: str, *, lines: list[Span]) -> bool:
    followed = [this for this, following in pairwise(lines) if _soft_break(text, after=this[1], before=following[0])]
    if len(followed) < FEWEST_WRAPPED_LINES:
        return False
    widest = max(end - start for start, end in lines)
    if widest > WIDEST_WRAP:
        return False
    full = sum(1 for start, end in followed if end - start >= 0.7 * widest)
    broken = sum(1 for _, end in followed if text[end - 1] not in '.?!:"”’')
    return full >= 0.7 * len(followed) and broken >= 0.5 * len(followed)
