"""Nouns that say or think: "X's claim that …", "the warning by X that …"."""

from __future__ import annotations

from collections.abc import Iterator

from .attributed import Attribution
from .clauses import branches
from .found import Span
from .grammar import DETERMINERS, POSSESSIVES
from .inverted import subject_after
from .noun_phrases import core_start, is_verb_like
from .reading import ENDS, Item, Sentence
from .words import words

SAID = words("""
    accusation admission allegation announcement argument assertion assessment assumption assurance belief
    charge claim comment complaint conclusion concern confidence contention conviction declaration demand
    denial doubt expectation fear feeling finding forecast hint hope idea impression insistence
    interpretation judgment judgement opinion optimism point position prediction pledge promise proposal
    prophecy reassurance recommendation remark reminder report response rumour rumor sense speculation
    statement suggestion suspicion testimony theory thesis threat verdict view vow warning wish worry
""")
OCCASIONS = words("remark statement comment report response testimony announcement declaration")
"""Behind a preposition these tell where somebody spoke: "said in her opening remarks that"."""

WIDEST_PHRASE = 5
WIDEST_AGENT = 15
SOURCE = words("by from of")


def noun_cues(items: list[Item], *, sentence: Sentence) -> Iterator[Attribution]:
    """The contents that hang on a noun with a known source."""
    for index in range(sentence.low, sentence.high - 2):
        item = items[index]
        if item.passage is not None or item.capital or _singular(item.lower) not in SAID:
            continue
        low = _phrase_low(items, index=index, sentence=sentence)
        source, start = _possessor(items, low=low, sentence=sentence), index + 1
        if source is None and items[index + 1].lower in SOURCE:
            source = subject_after(
                items, start=index + 2, ceiling=_before_clause(items, index + 2, sentence=sentence)
            )
            start = source[1] if source else start
        if source is None or start + 2 >= sentence.high or not _joins(items, start=start):
            continue
        if _singular(item.lower) in OCCASIONS and source[0] > sentence.low and _is_occasion(items, low=source[0]):
            continue
        end = _end(items, noun=index, start=start, sentence=sentence)
        if end is not None and end > start + 2:
            yield Attribution(((start, end),), (index, index + 1), source, "noun that")


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _phrase_low(items: list[Item], *, index: int, sentence: Sentence) -> int:
    """Where the adjectives before a noun begin: "X's [repeated, unproven] claim"."""
    low = index
    while low > sentence.low and index - low < WIDEST_PHRASE:
        before = items[low - 1]
        if before.lower in DETERMINERS or before.lower in ("'s", "’s", "'", "’") or before.text in ENDS:
            break
        if before.passage is not None or not before.text[0].isalpha() or is_verb_like(items, low - 1):
            break
        low -= 1
    return low


def _possessor(items: list[Item], *, low: int, sentence: Sentence) -> Span | None:
    before = low - 1
    if before < sentence.low:
        return None
    if items[before].lower in POSSESSIVES:
        return before, before + 1
    if items[before].lower not in ("'s", "’s", "'", "’") or before == sentence.low:
        return None
    start = core_start(items, low=sentence.low, high=before)
    return (start, before) if start is not None else None


def _before_clause(items: list[Item], start: int, *, sentence: Sentence) -> int:
    for index in range(start, min(start + WIDEST_AGENT, sentence.high)):
        if items[index].lower == "that":
            return index
    return start


def _is_occasion(items: list[Item], *, low: int) -> bool:
    return items[low - 1].lower in ("in", "from", "during", "at")


def _joins(items: list[Item], *, start: int) -> bool:
    return items[start].lower == "that" and not is_verb_like(items, start + 1)


def _end(items: list[Item], *, noun: int, start: int, sentence: Sentence) -> int | None:
    """By the tree, where the clause ends; without one, where the sentence does if the noun is its object."""
    for branch in branches(items, verb=noun, low=start, high=sentence.high):
        place = items[branch].place
        if place.low <= start < place.high:
            return _trimmed(items, start=start, end=min(place.high, sentence.high))
    if items[noun].place.pos or not any(is_verb_like(items, i) for i in range(sentence.low, noun)):
        return None
    return _trimmed(items, start=start, end=sentence.high)


def _trimmed(items: list[Item], *, start: int, end: int) -> int:
    while end > start and (items[end - 1].text in ENDS or items[end - 1].text in (",", ";", ":", "—", "–")):
        end -= 1
    return end
