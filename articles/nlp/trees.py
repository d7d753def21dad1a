"""What a parser says of each item: its part of speech, and its place in the sentence's tree.

A quoted passage counts as one node, in the place of its topmost word.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Token

from .found import Span
from .labels import universal


class Place(NamedTuple):
    """An item's place in the tree, all as numbers of items.

    head        the item it depends on; itself for a root, and where nothing was parsed
    low, high   what depends on it, near and far, itself included (end-exclusive)
    pos, dep    Universal part of speech and dependency; empty where nothing was parsed
    tag         Penn Treebank part of speech ("VBD"); empty where nothing was parsed
    """

    head: int
    low: int
    high: int
    pos: str = ""
    dep: str = ""
    tag: str = ""


def places(doc: Doc, *, ranges: Sequence[Span]) -> list[Place]:
    """The place of each item, given the range of tokens that each one takes."""
    if not doc.has_annotation("DEP"):
        return [Place(i, i, i + 1) for i in range(len(ranges))]
    depths = _depths(doc)
    tops = [_top(doc, low=low, high=high, depths=depths) for low, high in ranges]
    firsts = [low for low, _ in ranges]
    heads = [_head(doc[top], own=i, firsts=firsts, ranges=ranges) for i, top in enumerate(tops)]
    lows, highs = list(range(len(ranges))), [i + 1 for i in range(len(ranges))]
    for i in sorted(range(len(ranges)), key=lambda i: -depths[tops[i]]):
        lows[heads[i]] = min(lows[heads[i]], lows[i])
        highs[heads[i]] = max(highs[heads[i]], highs[i])
    words = [doc[top] for top in tops]
    return [
        Place(heads[i], lows[i], highs[i], word.pos_, universal(word.dep_), word.tag_) for i, word in enumerate(words)
    ]


def _top(doc: Doc, *, low: int, high: int, depths: list[int]) -> int:
    """The topmost word of doc[low:high]; marks only where there is no word."""
    if high - low < 2:
        return low
    return min(range(low, high), key=lambda i: (doc[i].is_punct or doc[i].is_space, depths[i]))


def _depths(doc: Doc) -> list[int]:
    """How many words stand between each token and its root; roots have 0."""
    heads = [token.head.i for token in doc]
    depths = [-1] * len(heads)
    for start in range(len(heads)):
        path = []
        at = start
        while depths[at] < 0 and heads[at] != at:
            path.append(at)
            at = heads[at]
        depths[at] = max(depths[at], 0)
        for step, token in enumerate(reversed(path), start=1):
            depths[token] = depths[at] + step
    return depths


def _head(top: Token, *, own: int, firsts: list[int], ranges: Sequence[Span]) -> int:
    """The item that holds the head of an item's topmost token; white space between items is nobody's head."""
    if top.head.i == top.i:
        return own
    index = bisect_right(firsts, top.head.i) - 1
    inside = index >= 0 and ranges[index][0] <= top.head.i < max(ranges[index][1], ranges[index][0] + 1)
    return index if inside else own
