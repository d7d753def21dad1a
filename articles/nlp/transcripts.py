"""Turns of an interview or a hearing: paragraphs that open with a speaker's label and a colon."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from .attributed import Attribution
from .contents import MARKS
from .grammar import is_capitalised
from .reading import Item, Reading
from .words import words

LONGEST_LABEL = 6
FEWEST_TURNS = 2
SHORTEST_ROW = 3
QUESTION_AND_ANSWER = words("q a")


class _Turn(NamedTuple):
    paragraph: int
    low: int
    colon: int
    high: int
    plain: bool  # the label is no "Q", "A" or "RAO", so it needs repeating to be believed


def find_turns(reading: Reading) -> dict[int, Attribution]:
    """The turns of a text, by number of paragraph; empty where it is no transcript."""
    turns = [turn for turn in _labelled(reading) if _speaks(reading.items, turn=turn)]
    times = Counter(_label(reading.items, turn=turn) for turn in turns)
    sure = {t for t in turns if not t.plain or times[_label(reading.items, turn=t)] > 1}
    sure.update(_between(turns, sure={t.paragraph for t in sure}))
    if len(sure) < FEWEST_TURNS or len({_label(reading.items, turn=t) for t in sure}) < 2:
        return {}
    named = {word for turn in sure for word in _label(reading.items, turn=turn).split()}
    more = [t for t in turns if t not in sure and named & set(_label(reading.items, turn=t).split())]
    return {
        t.paragraph: Attribution(((t.colon + 1, t.high),), (t.colon, t.colon + 1), (t.low, t.colon), "turn")
        for t in sorted({*sure, *more})
    }


def _between(turns: list[_Turn], *, sure: set[int]) -> list[_Turn]:
    """Turns whose label stands but once, next to a sure one in a row of turns with nothing between them."""
    row: list[_Turn] = []
    holds_sure = False
    believed: list[_Turn] = []
    for turn in turns:
        if row and turn.paragraph != row[-1].paragraph + 1:
            row, holds_sure = [], False
        row.append(turn)
        holds_sure = holds_sure or turn.paragraph in sure
        if len(row) >= SHORTEST_ROW and holds_sure:
            believed += row if len(row) == SHORTEST_ROW else [turn]
    return believed


def _labelled(reading: Reading) -> list[_Turn]:
    turns: list[_Turn] = []
    items = reading.items
    ends: dict[int, int] = {s.paragraph: s.high for s in reading.sentences}
    before = -1
    for sentence in reading.sentences:
        if sentence.paragraph == before:
            continue
        before = sentence.paragraph
        high = ends[sentence.paragraph]
        for colon in range(sentence.low + 1, min(sentence.low + LONGEST_LABEL + 1, high - 1)):
            if items[colon].text == ":":
                low = sentence.low + (items[sentence.low].text in MARKS and colon - sentence.low > 1)
                label = items[low:colon]
                if all(_may_label(item) for item in label):
                    plain = not _is_marked(label)
                    turns.append(_Turn(sentence.paragraph, low, colon, high, plain))
                break
    return turns


def _may_label(item: Item) -> bool:
    return item.passage is None and (is_capitalised(item.text) or item.text in ("-", ".", "(", ")", ","))


def _is_marked(label: list[Item]) -> bool:
    spelled = [item.text for item in label if item.text[0].isalpha()]
    if len(spelled) == 1 and spelled[0].lower() in QUESTION_AND_ANSWER:
        return True
    return bool(spelled) and all(text.isupper() for text in spelled) and len("".join(spelled)) > 2


def _speaks(items: list[Item], *, turn: _Turn) -> bool:
    first = items[turn.colon + 1]
    return turn.high - turn.colon > 2 and not first.text[0].isdigit()


def _label(items: list[Item], *, turn: _Turn) -> str:
    return " ".join(items[i].lower for i in range(turn.low, turn.colon))
