"""Quotations without a verb: "According to X, A"; "A, according to X"; "as X put it"."""

from __future__ import annotations

from .attributed import Attribution
from .contents import adjunct_end
from .cores import Core
from .found import Span
from .grammar import ADJUNCT_OPENERS
from .noun_phrases import DASHES, ROLE_WORDS
from .reading import ENDS, Item, Sentence
from .words import words

TOLD_AS = words("""
    say report note find show explain write observe argue predict warn announce reveal point acknowledge admit
    suggest tell mention remark conclude see recall
""")
ASIDE = words("used once has had have would will likes liked later often")


def according_to(items: list[Item], *, sentence: Sentence) -> list[Attribution]:
    """ "According to X, A" and "A, according to X"."""
    found: list[Attribution] = []
    for index in range(sentence.low, sentence.high - 2):
        if items[index].lower != "according" or items[index + 1].lower != "to":
            continue
        source_end = _source_end(items, start=index + 2, end=sentence.high)
        if source_end <= index + 2:
            continue
        low, high = sentence.low, index
        fronted = index - sentence.low <= 2 and items[sentence.low].passage is None
        if fronted:
            low, high = source_end, sentence.high
            while low < high and items[low].text == ",":
                low += 1
        while high > low and (items[high - 1].text in ENDS or items[high - 1].text == ","):
            high -= 1
        if high > low:
            found.append(
                Attribution(
                    ((low, high),),
                    (index, index + 2),
                    (index + 2, source_end),
                    "according fronted" if fronted else "according behind",
                )
            )
    return found


def as_put(items: list[Item], *, sentence: Sentence) -> list[Attribution]:
    """ "A, as X put it" and "As X puts it, A"."""
    for index in range(sentence.low + 2, sentence.high - 1):
        if items[index].lower not in ("put", "puts") or items[index + 1].lower != "it":
            continue
        start = next(
            (i for i in range(index - 2, max(sentence.low, index - 25) - 1, -1) if items[i].lower == "as"),
            None,
        )
        if start is None:
            return []
        low, high = sentence.low, start
        if start - sentence.low <= 1:
            low, high = index + 2, sentence.high
            while low < high and items[low].text in (",", ":"):
                low += 1
        elif index + 3 < sentence.high and items[index + 2].text in (",", ":") and items[index + 3].passage:
            low, high = index + 3, index + 4
        while high > low and (items[high - 1].text in ENDS or items[high - 1].text == ","):
            high -= 1
        end = next((i for i in range(start + 2, index) if items[i].lower in ASIDE), index)
        if high > low:
            return [Attribution(((low, high),), (index, index + 2), (start + 1, end), "as put")]
    return []


def as_told(items: list[Item], *, core: Core, sentence: Sentence) -> Attribution | None:
    """ "As X reported on Monday, A", "A, as X noted" and "A, as X noted, A": the cue of a clause with "as"."""
    subject = core.subject
    if subject is None or core.borrowed or core.inverted or core.cue.lemma not in TOLD_AS:
        return None
    at = subject[0] - 1
    if at < sentence.low or items[at].lower != "as" or core.verb[0] < subject[1]:
        return None
    after = adjunct_end(items, start=core.high, end=sentence.high)
    if after > core.high and items[core.high].lower not in ADJUNCT_OPENERS:
        return None
    closes = after >= sentence.high or items[after].text in ENDS
    spans: list[Span] = []
    if at - sentence.low > 1 and items[at - 1].text == ",":
        spans.append((sentence.low, at - 1))
    elif at - sentence.low > 1 or closes:
        return None
    if not closes and items[after].text == ",":
        spans.append((after + 1, _without_stop(items, low=after + 1, high=sentence.high)))
    spans = [(low, high) for low, high in spans if low < high]
    return Attribution(tuple(spans), (core.verb[0], after), subject, "as told", True) if spans else None


def _without_stop(items: list[Item], *, low: int, high: int) -> int:
    while high > low and (items[high - 1].text in ENDS or items[high - 1].text == ","):
        high -= 1
    return high


def _source_end(items: list[Item], *, start: int, end: int) -> int:
    index = start
    while index < end:
        item = items[index]
        if item.text in ENDS or item.text in (";", ":", *DASHES) or (item.passage is not None and index > start):
            break
        if item.text == ",":
            following = items[index + 1] if index + 1 < end else None
            aside = (
                following is not None
                and (following.lower in ROLE_WORDS or following.lower in ("a", "an"))
                and any(items[i].text == "," for i in range(index + 2, end))
            )
            if not aside:
                break
        if item.lower in ("and", "which", "that", "but") and index > start and item.lower != "and":
            break
        index += 1
    return index
