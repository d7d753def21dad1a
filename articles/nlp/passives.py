"""Cues in the passive: "it was claimed by X that", "it is believed that", "X was quoted as saying"."""

from __future__ import annotations

from typing import NamedTuple

from .cues import Cue
from .found import Span
from .grammar import ADJUNCT_OPENERS, AUXILIARIES
from .inverted import subject_after
from .reading import ENDS, Item, Sentence
from .words import words

BE = words("is was are were be been being 's ’s")
QUOTING = words("quoted cited reported heard recorded filmed overheard")
REPORTED = words("saying telling warning asking admitting claiming")
REPORTING = frozenset(("saying", "thinking", "finding"))
WIDEST_AGENT = 20
NARROW = words("that who which")


class Passive(NamedTuple):
    """verb takes in "it" and "by" where they stand; agent is the speaker, None where nobody is named."""

    verb: Span
    agent: Span | None


def impersonal(items: list[Item], *, verb: Span, cue: Cue, sentence: Sentence) -> Passive | None:
    """ "It was claimed by X that …", "…, it is said, …": the passive of a verb whose subject is "it"."""
    if cue.form != "past" or not REPORTING & cue.groups or verb[0] <= sentence.low:
        return None
    helpers = {items[i].lower for i in range(verb[0], verb[1])}
    if not helpers & BE or items[verb[0] - 1].lower != "it":
        return None
    low, high = verb[0] - 1, verb[1]
    if high < sentence.high and items[high].lower == "by":
        ceiling = _agent_ceiling(items, start=high + 1, sentence=sentence, inserted=_inserted(items, low=low))
        agent = subject_after(items, start=high + 1, ceiling=ceiling)
        if agent is not None:
            return Passive((low, high + 1), agent)
    return Passive((low, high), None) if _reports(items, low=low, high=high, sentence=sentence) else None


def _inserted(items: list[Item], *, low: int) -> bool:
    return low > 0 and items[low - 1].text in (",", "—", "–")


def _agent_ceiling(items: list[Item], *, start: int, sentence: Sentence, inserted: bool) -> int:
    for index in range(start + 1, min(start + WIDEST_AGENT, sentence.high)):
        if items[index].lower in NARROW or (inserted and items[index].text == ","):
            return index
    return sentence.high


def _reports(items: list[Item], *, low: int, high: int, sentence: Sentence) -> bool:
    """Content follows, or "it is said" stands between commas or at the end."""
    inserted = low > sentence.low and _inserted(items, low=low)
    following = items[high] if high < sentence.high else None
    if following is None or following.text in (*ENDS, ",") or (inserted and following.lower in ADJUNCT_OPENERS):
        return inserted
    near = items[high : min(high + 8, sentence.high)]
    return any(item.lower == "that" for item in near) or following.text == ":"


def quoted_as(items: list[Item], *, index: int, sentence: Sentence) -> int | None:
    """Where the verb group of "was quoted as saying" starts, given the number of "saying"."""
    if items[index].lower not in REPORTED:
        return None
    at = index - 1
    if at > sentence.low and items[at].lower == "as":
        at -= 1
    if at <= sentence.low or items[at].lower not in QUOTING:
        return None
    low = at
    while low > sentence.low and (items[low - 1].lower in AUXILIARIES or items[low - 1].lower.endswith("ly")):
        low -= 1
    return low if any(items[i].lower in BE for i in range(low, at)) else None
