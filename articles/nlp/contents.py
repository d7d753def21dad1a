"""Where the content of a quotation begins and ends, beside its core."""

from __future__ import annotations

from typing import NamedTuple

from .cores import Core
from .cues import TELLING
from .grammar import (
    ADVERBS,
    CLAUSE_OPENERS,
    DETERMINERS,
    PERSONAL,
    PREPOSITIONS,
    TIME_WORDS,
    WEEKDAYS_MONTHS,
)
from .noun_phrases import DASHES, begins_phrase, is_verb_like
from .reading import ENDS, Item, Sentence
from .words import words

ENDS_SPEECH = frozenset(".,?!…—–-")
MARKS = "\"“”„‟«»″'‘’`"
WIDEST_ADJUNCT = 30
QUESTIONS = words("whether if why how what where who when")
LEADS_IN = words("of about on for in at as to with against during by from")
"""What may stand between a cue and its content: "talked about", "said in an interview"."""
BEHIND_LISTENER = words("that to of about in on at during after if whether why how what when where not")
OPENS_CONTENT = PERSONAL | WEEKDAYS_MONTHS | words("the there his their this a")


class Right(NamedTuple):
    """What follows a core: where the content starts, where the cue ends, and which pattern says so."""

    start: int
    cue_end: int
    pattern: str


def last_character(item: Item) -> str:
    """The last character inside a quoted passage."""
    return item.text.rstrip(MARKS + " ")[-1:]


def right_start(items: list[Item], *, core: Core, sentence: Sentence) -> Right | None:
    """Where the content to the right of a core starts; None where nothing that follows can be content."""
    start, end = core.high, sentence.high
    if core.cue.lemma in TELLING and "judging" not in core.cue.groups and not core.inverted:
        start = past_listener(items, start=start, end=end)
    opener = _opener(items, start=start, end=end)
    if opener is not None:
        return opener
    if start >= end or items[start].text in ENDS or items[start].text == ",":
        return _after_comma(items, start=start, end=end)
    return None if core.inverted else _by_first_word(items, core=core, start=start, end=end)


def _by_first_word(items: list[Item], *, core: Core, start: int, end: int) -> Right | None:
    """What the word behind a core, neither a colon nor a quoted passage, says about the content."""
    word = items[start].lower
    if word in QUESTIONS | {"that"}:
        return Right(start, start, "that" if word == "that" else "question")
    is_of_topic = core.cue.lemma in ("refer", "point") or _names_thing(items, index=start + 1, end=end)
    if word == "to" and not is_of_topic:
        return Right(start, start, "infinitive")
    if word in LEADS_IN:
        clause = _clause_after_adjunct(items, start=start, end=end)
        if clause is not None and "judging" not in core.cue.groups:
            return Right(clause, clause, "adjunct")
        return Right(start, start, "preposition")
    if word in TIME_WORDS and not _possesses(items, index=start, end=end):
        return _behind_time(items, start=start, end=end)
    return Right(start, start, "bare")


def _behind_time(items: list[Item], *, start: int, end: int) -> Right | None:
    """ "pledged on Saturday to …", "asked Friday whether …", "said Friday he would …"."""
    behind = _past_time(items, start=start, end=end)
    if items[behind].lower == "to" or items[behind].lower in QUESTIONS:
        return Right(behind, behind, "infinitive" if items[behind].lower == "to" else "question")
    clause = _clause_after_adjunct(items, start=start, end=end)
    return Right(clause, clause, "adjunct") if clause is not None else None


def past_listener(items: list[Item], *, start: int, end: int) -> int:
    """Past the object of "told reporters", "told his theology students", "told CNN's Jake Tapper"."""
    if start < end and items[start].lower in PERSONAL | {"him", "her", "them", "us", "me", "reporters"}:
        return start + 1
    for index in range(start, min(start + 12, end)):
        item = items[index]
        stops = item.text in ENDS or item.text in (",", ":") or item.passage is not None
        if item.passage is not None and items[index - 1].lower in DETERMINERS:
            return start
        if stops or item.lower in BEHIND_LISTENER:
            return index
        if index > start and item.lower in OPENS_CONTENT:
            return index
        if index > start and is_verb_like(items, index):
            return start
    return start


def _names_thing(items: list[Item], *, index: int, end: int) -> bool:
    """ "delegates pledged to Rao", "respond to it": no verb behind the "to"."""
    if index >= end or items[index].passage is not None:
        return False
    return items[index].place.pos in ("PROPN", "DET", "PRON", "NOUN", "NUM", "ADJ")


def _possesses(items: list[Item], *, index: int, end: int) -> bool:
    """ "Friday's decision"."""
    return index + 1 < end and items[index + 1].lower in ("'s", "’s")


def _past_time(items: list[Item], *, start: int, end: int) -> int:
    """ "pledged on [Saturday morning] to …"."""
    index = start
    while index + 1 < end and items[index].lower in TIME_WORDS | {"morning", "afternoon", "evening", "night"}:
        index += 1
    return index


def _opener(items: list[Item], *, start: int, end: int) -> Right | None:
    """A colon, a that, or a quoted passage behind nothing more than an adjunct."""
    if start >= end:
        return None
    first = items[start]
    direct = first.passage is not None or first.text in (":", "that") or first.text == ","
    if not direct and first.lower not in PREPOSITIONS and first.lower not in TIME_WORDS | ADVERBS:
        return None
    for index in range(start, min(start + WIDEST_ADJUNCT, end)):
        item = items[index]
        if item.passage is not None:
            if index > start and items[index - 1].text not in (",", ":"):
                return None
            return Right(index, index, "quote")
        if index == start + 1 and first.text == "," and not _between_commas(items, start=start, end=end):
            return None
        if item.text == ":":
            return Right(index + 1, index, "colon") if index + 1 < end or index == end - 1 else None
        if item.lower == "that" and (index == start or items[index - 1].lower not in PREPOSITIONS):
            follows = items[index + 1] if index + 1 < end else None
            if follows is not None and not is_verb_like(items, index + 1):
                return Right(index, index, "that" if index == start else "adjunct that")
        if item.text in ENDS or item.text == ";" or (index > start and item.lower in PERSONAL):
            return None
        if index > start and is_verb_like(items, index):
            return None
    return None


def _between_commas(items: list[Item], *, start: int, end: int) -> bool:
    """ "said, however, that": a few words between two commas, and then the content."""
    for index in range(start + 2, min(start + 9, end - 1)):
        if items[index].text == ",":
            return items[index + 1].lower == "that" or items[index + 1].passage is not None
    return False


def _after_comma(items: list[Item], *, start: int, end: int) -> Right | None:
    """ "said, if they leave …": the clause behind the comma."""
    if start >= end or items[start].text != "," or start + 1 >= end:
        return None
    return Right(start + 1, start, "comma")


def _clause_after_adjunct(items: list[Item], *, start: int, end: int) -> int | None:
    """ "said in an interview Tuesday he would go": where "he would go" starts."""
    for index in range(start + 1, min(start + WIDEST_ADJUNCT, end)):
        item = items[index]
        if item.text in ENDS or item.text in (",", ";") or item.passage is not None:
            return None
        before = items[index - 1].lower
        subject = item.lower in PERSONAL or item.lower == "there"
        if subject and before not in PREPOSITIONS and before not in CLAUSE_OPENERS and before != "and":
            return index
        dated = before in WEEKDAYS_MONTHS and item.lower not in WEEKDAYS_MONTHS | {"night", "morning"}
        if dated and begins_phrase(item) and not item.text[:1].isdigit():
            return index
    return None


def adjunct_end(items: list[Item], *, start: int, end: int) -> int:
    """Past what belongs to a tag behind its verb ("he said on Tuesday,"): up to the next mark or passage."""
    index = start
    while index < end and index - start <= WIDEST_ADJUNCT:
        item = items[index]
        if item.text in ENDS or item.text in (",", ":", ";", "(") or item.passage is not None or item.text in DASHES:
            break
        index += 1
    return index
