"""Where the content of a quotation begins and ends, beside its core."""

from __future__ import annotations

from typing import NamedTuple

from .cores import NAMING, Core
from .cues import CUES, TELLING
from .grammar import (
    ADVERBS,
    CLAUSE_OPENERS,
    DETERMINERS,
    MODALS,
    PERSONAL,
    PREPOSITIONS,
    TIME_WORDS,
    WEEKDAYS_MONTHS,
)
from .noun_phrases import DASHES, begins_phrase, is_verb_like
from .reading import ENDS, Item, Sentence

ENDS_SPEECH = frozenset(".,?!…—–-")
MARKS = "\"“”„‟«»″'‘’`"
WIDEST_ADJUNCT = 30


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
        start = _past_listener(items, start=start, end=end)
    opener = _opener(items, start=start, end=end)
    if opener is not None:
        return opener
    if start >= end or items[start].text in ENDS or items[start].text == ",":
        return _after_comma(items, start=start, end=end)
    word = items[start].lower
    if core.inverted:
        return None
    if word in ("that", "whether", "if", "why", "how", "what", "where", "who", "when"):
        return Right(start, start, "that" if word == "that" else "question")
    if word == "to" and core.cue.lemma not in ("refer", "point"):
        return Right(start, start, "infinitive")
    if word in (
        "of",
        "about",
        "on",
        "for",
        "in",
        "at",
        "as",
        "to",
        "with",
        "against",
        "during",
        "by",
        "from",
    ):
        clause = _clause_after_adjunct(items, start=start, end=end)
        if clause is not None and "judging" not in core.cue.groups:
            return Right(clause, clause, "adjunct")
        return Right(start, start, "preposition")
    if word in TIME_WORDS:
        clause = _clause_after_adjunct(items, start=start, end=end)
        return Right(clause, clause, "adjunct") if clause is not None else None
    return Right(start, start, "bare")


def _past_listener(items: list[Item], *, start: int, end: int) -> int:
    """Past the object of "told reporters", "told his theology students", "told CNN's Jake Tapper"."""
    if start < end and items[start].lower in PERSONAL | {"him", "her", "them", "us", "me", "reporters"}:
        return start + 1
    for index in range(start, min(start + 12, end)):
        item = items[index]
        stops = item.text in ENDS or item.text in (",", ":") or item.passage is not None
        if item.passage is not None and items[index - 1].lower in DETERMINERS:
            return start
        if stops or item.lower in (
            "that",
            "to",
            "of",
            "about",
            "in",
            "on",
            "at",
            "during",
            "after",
            "if",
            "not",
        ):
            return index
        if index > start and (item.lower in PERSONAL or item.lower in WEEKDAYS_MONTHS):
            return index
        if index > start and item.lower in ("the", "there", "his", "their", "this", "a"):
            return index
        if index > start and is_verb_like(items, index):
            return start
    return start


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


def right_end(items: list[Item], *, start: int, sentence: Sentence, later: list[Core], core: Core) -> int:
    """Where the content that starts at items[start] ends (end-exclusive), final punctuation left out."""
    end = sentence.high
    if start >= end:
        return start
    if items[start].passage is not None and _complete(items, index=start, end=end):
        return _joined_passages(items, index=start, end=end)
    if core.cue.lemma in NAMING and items[core.low - 1].lower in ("what", "which", "whom"):
        return _name_end(items, start=start, end=end)
    for index in range(start + 1, end):
        if items[index].lower == "and" and _same_subject(items, index=index, core=core, later=later):
            end = index
            break
        if items[index].text in (",", "—", "–", ";") and _breaks_off(
            items, index=index, end=end, later=later
        ):
            end = index
            break
    end = _before_parallel_verb(items, start=start, end=end, core=core)
    while end > start and (items[end - 1].text in ENDS or items[end - 1].text in (",", ";", ":", ")", "—")):
        if items[end - 1].text == ")" and any(items[i].text == "(" for i in range(start, end)):
            break
        end -= 1
    return end


def _name_end(items: list[Item], *, start: int, end: int) -> int:
    """ "what he calls the “cartel” and …": the name alone."""
    for index in range(start, min(start + 8, end)):
        if items[index].passage is not None:
            return index + 1
        if index > start and (items[index].text in (",", "(", *DASHES) or is_verb_like(items, index)):
            return index
    return end


def _same_subject(items: list[Item], *, index: int, core: Core, later: list[Core]) -> bool:
    """ "criticized the plan and said …": a second cue of the same speaker."""
    return any(
        other.borrowed
        and other.low == index + 1
        and other.cue.form == core.cue.form
        and not core.borrowed
        and "saying" in other.cue.groups
        for other in later
    )


def _complete(items: list[Item], *, index: int, end: int) -> bool:
    """Whether the quoted passage at index is a whole utterance and not the first words of one."""
    if index + 1 >= end:
        return True
    following = items[index + 1]
    if last_character(items[index]) in ENDS_SPEECH:
        return True
    return following.text in ENDS or following.text in (",", ";", "—", "–", "(")


def _joined_passages(items: list[Item], *, index: int, end: int) -> int:
    """`“A” and “B”` is one content."""
    while (
        index + 2 < end
        and items[index + 1].lower in ("and", "or", "but")
        and items[index + 2].passage is not None
    ):
        index += 2
    return index + 1


def _breaks_off(items: list[Item], *, index: int, end: int, later: list[Core]) -> bool:
    """Whether the comma at index ends the content because another attribution starts behind it."""
    following = items[index + 1].lower if index + 1 < end else ""
    if following == "according":
        return True
    if following == "as" and any(core.low <= index + 4 and core.low > index for core in later):
        return True
    for core in later:
        if core.low in (index + 1, index + 2) and core.cue.form == "ing" and core.borrowed:
            return "saying" in core.cue.groups
        joined = core.low in (index + 2, index + 3) and following in (
            "and",
            "but",
            "while",
            "though",
            "although",
        )
        if joined and not core.borrowed and "saying" in core.cue.groups:
            return True
        tag = core.low == index + 1 and not core.borrowed and core.subject is not None
        if tag and _ends_at(items, index=core.high, end=end):
            return True
    return False


def _ends_at(items: list[Item], *, index: int, end: int) -> bool:
    return index >= end or items[index].text in ENDS


def _before_parallel_verb(items: list[Item], *, start: int, end: int, core: Core) -> int:
    """ "noted that there should be no war and praised the pact": the second past verb is the narrator's.

    Told from the tenses: a past verb cannot be coordinated with a modal or present one, so it goes with
    the cue, if that is past too.
    """
    if core.cue.form != "past" or items[start].lower != "that":
        return end
    present = False
    for index in range(start + 1, end):
        word = items[index].lower
        if word in MODALS or word in ("is", "are", "has", "have", "does", "do"):
            present = True
        elif word in ("was", "were", "had", "did"):
            present = False
        elif present and word == "and" and index + 1 < end and _narrates(items[index + 1]):
            return index
    return end


def _narrates(item: Item) -> bool:
    cue = CUES.get(item.lower)
    if cue is not None:
        return cue.form == "past"
    return item.lower.endswith("ed") and not item.capital and item.passage is None


def adjunct_end(items: list[Item], *, start: int, end: int) -> int:
    """Past what belongs to a tag behind its verb ("he said on Tuesday,"): up to the next mark or passage."""
    index = start
    while index < end and index - start <= WIDEST_ADJUNCT:
        item = items[index]
        if (
            item.text in ENDS
            or item.text in (",", ":", ";", "(")
            or item.passage is not None
            or item.text in DASHES
        ):
            break
        index += 1
    return index
