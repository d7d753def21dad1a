"""A document as the patterns read it: a row of items, cut into paragraphs and sentences.

An item is one word, or one outermost quoted passage taken as a single thing, so that a pattern sees
`“A. B.” he said.` as four items: quotation, he, said, full stop.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc

from .cues import CUES
from .datelines import dateline_end
from .found import Span
from .grammar import ADJUNCT_OPENERS, SUBJECT_PRONOUNS, is_capitalised
from .paragraphs import find_paragraphs
from .quotation_marks import QuotedPassage
from .trees import Place, places
from .words import words

ENDS = frozenset((".", "?", "!", "…", "...", "?!", "!!", "??", "....", "!?", ".."))
CLOSERS = frozenset((")", "]", "’", "'", "*"))
STARTERS = words("""
    the a an he she they it we i but and in on at his her their this that these those there if when
    while as for our my some many most other however meanwhile
""")
ABBREVIATED = words("mr mrs ms dr prof sen rep gov gen col lt maj capt sgt cpl cmdr adm rev hon st vs")
PASSAGE = "“”"
LONGEST_SENTENCE = 250  # items; longer is no sentence, and every pattern looks at a sentence only


class Item(NamedTuple):
    """start and end are offsets in the text; place is where the parser put it."""

    text: str
    lower: str
    start: int
    end: int
    passage: QuotedPassage | None
    capital: bool
    place: Place


class Sentence(NamedTuple):
    """Items low..high (end-exclusive) of a reading, and the paragraph they stand in."""

    low: int
    high: int
    paragraph: int


class Reading(NamedTuple):
    text: str
    items: list[Item]
    sentences: list[Sentence]


def read(doc: Doc, *, passages: list[QuotedPassage]) -> Reading:
    text = doc.text
    items = _items(doc, passages=[p for p in passages if p.depth == 0])
    return Reading(text, items, _sentences(text, items=items))


def _items(doc: Doc, *, passages: list[QuotedPassage]) -> list[Item]:
    text = doc.text
    pieces = list(_pieces(doc, passages=passages))
    ranges = [
        (piece.token, pieces[i + 1].token if piece.passage and i + 1 < len(pieces) else piece.token + 1)
        for i, piece in enumerate(pieces)
    ]
    if pieces and pieces[-1].passage:
        ranges[-1] = pieces[-1].token, len(doc)
    return [
        _item(text[piece.start : piece.end], piece=piece, place=place)
        for piece, place in zip(pieces, places(doc, ranges=ranges), strict=True)
    ]


class _Piece(NamedTuple):
    """What becomes an item: a word or a passage, and its first token."""

    start: int
    end: int
    token: int
    passage: QuotedPassage | None


def _pieces(doc: Doc, *, passages: list[QuotedPassage]) -> Iterator[_Piece]:
    text = doc.text
    following = 0
    skip_to = 0
    for token in doc:
        start = token.idx
        end = start + len(token)
        while following < len(passages) and passages[following].start < end:
            passage = passages[following]
            if start < passage.start:
                yield _Piece(start, passage.start, token.i, None)
            yield _Piece(passage.start, passage.end, token.i, passage)
            skip_to = passage.end
            following += 1
        if start >= skip_to:
            if not token.is_space:
                yield _Piece(start, end, token.i, None)
        elif end > skip_to and text[skip_to:end].strip():
            yield _Piece(skip_to, end, token.i, None)


def _item(text: str, *, piece: _Piece, place: Place) -> Item:
    if piece.passage is not None:
        return Item(text, PASSAGE, piece.start, piece.end, piece.passage, False, place)
    return Item(text, text.lower(), piece.start, piece.end, None, is_capitalised(text), place)


def _sentences(text: str, *, items: list[Item]) -> list[Sentence]:
    paragraphs: list[Span] = find_paragraphs(text)
    starts = [start for start, _ in paragraphs]
    sentences: list[Sentence] = []
    low = 0
    here = -1
    behind_dateline: int | None = None
    for index, item in enumerate(items):
        paragraph = bisect_right(starts, item.start) - 1
        ends = paragraph != here or index == behind_dateline or index - low >= LONGEST_SENTENCE
        if index > low and (ends or _ends_before(items, index=index)):
            sentences.append(Sentence(low, index, here))
            low = index
        if paragraph != here:
            behind_dateline = dateline_end(items, start=index)
        here = paragraph
    if low < len(items):
        sentences.append(Sentence(low, len(items), here))
    return sentences


def _ends_before(items: list[Item], *, index: int) -> bool:
    """Whether a sentence ends between items[index - 1] and items[index]."""
    item, before = items[index], items[index - 1]
    opens = item.capital or item.passage is not None or item.text[0] in "([‘'-–—*#•@0123456789"
    if before.passage is not None:
        return _passage_ends_sentence(items, index=index)
    if before.text in CLOSERS and index >= 2 and items[index - 2].text in ENDS:
        return opens
    if before.text in ENDS:
        return (
            opens and not (before.text in ("…", "...") and not item.capital) and not _abbreviates(items, index=index)
        )
    if before.lower.endswith(".") and len(before.lower) > 2:
        return item.capital and item.lower in STARTERS and before.lower not in ("mr.", "mrs.", "ms.", "dr.")
    return False


def _abbreviates(items: list[Item], *, index: int) -> bool:
    """ "Lt. Gov. Hale": the full stop before items[index] belongs to a title."""
    word, stop = items[max(0, index - 2)], items[index - 1]
    return stop.text == "." and word.end == stop.start and word.lower in ABBREVIATED and items[index].capital


def _passage_ends_sentence(items: list[Item], *, index: int) -> bool:
    item, passage = items[index], items[index - 1].passage
    if passage is None:
        return False
    last = items[index - 1].text.rstrip("\"“”„‟«»″'‘’ )]")[-1:]
    if not passage.closed:
        return True
    if item.passage is not None:
        return last in (".", "?", "!", "…")
    if not item.capital or last not in (".", "?", "!", "…"):
        return False
    return not _tag_follows(items, index=index, alone=last == ".")


def _tag_follows(items: list[Item], *, index: int, alone: bool) -> bool:
    """`“Why?” Smith asked.`: a name and its verb, and nothing said after them; alone: nothing at all."""
    for ahead in range(index, min(index + 16, len(items))):
        item = items[ahead]
        if item.text in ENDS or item.passage is not None:
            return False
        cue = CUES.get(item.lower)
        following = items[ahead + 1] if ahead + 1 < len(items) else None
        ends = following is None or following.text in ENDS
        if ahead > index and ends and ahead - index <= 5 and item.lower.endswith("ed") and not item.capital:
            return True
        if cue is not None and cue.form in ("past", "s") and "saying" in cue.groups:
            if alone:
                return ends and ahead > index
            return (
                following is None
                or following.text in (*ENDS, ",", ":")
                or following.passage is not None
                or following.lower in ADJUNCT_OPENERS | {"when", "as", "while"}
                or following.lower.endswith("ly")
                or (ahead == index and following.lower not in SUBJECT_PRONOUNS)
            )
    return False
