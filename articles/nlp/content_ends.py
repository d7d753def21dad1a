"""Where content that stands behind its cue ends."""

from __future__ import annotations

from .clauses import cut
from .contents import ENDS_SPEECH, MARKS, last_character
from .cores import Core
from .cues import CUES
from .grammar import MODALS, PERSONAL, WEEKDAYS_MONTHS
from .noun_phrases import DASHES, is_verb_like
from .reading import ENDS, Item, Sentence
from .verb_groups import NAMING
from .words import words

COMMENTS = PERSONAL | words("while although though but instead even which")
"""Words with which a narrator goes on behind a comma inside the quotation marks."""

OCCASIONS = WEEKDAYS_MONTHS | words("during earlier yesterday")
ASIDES = words("a an which who where even though although")
"""Words that open what the narrator tells of words just quoted."""


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
        if items[index].lower in ("and", "but") and _same_subject(items, index=index, core=core, later=later):
            end = index
            break
        if items[index].text in (",", "—", "–", ";") and _breaks_off(items, index=index, end=end, later=later):
            end = index
            break
    end = _before_parallel_verb(items, start=start, end=end, core=core)
    end = cut(items, start=start, end=end, verb=core.at)
    if core.cue.groups == {"judging"}:
        end = _before_occasion(items, start=start, end=end)
    end = _own_clause_end(items, start=start, end=end, core=core)
    end = _before_comment(items, start=start, end=end)
    end = _before_aside(items, start=start, end=end)
    end = _with_more_clauses(items, start=start, end=end, high=sentence.high)
    while end > start and (items[end - 1].text in ENDS or items[end - 1].text in (",", ";", ":", ")", "—")):
        if items[end - 1].text == ")" and any(items[i].text == "(" for i in range(start, end)):
            break
        end -= 1
    return end


def _with_more_clauses(items: list[Item], *, start: int, end: int, high: int) -> int:
    """ "said that it rained, and that it was cold": to the end where a comma parts two that-clauses of one cue."""
    at = end + 1 if end < high and items[end].text == "," else end
    joined = at + 2 < high and items[at].lower in ("and", "but", "or") and items[at + 1].lower == "that"
    if not joined or not any(
        items[i].lower == "that" or items[i].passage for i in range(start, min(start + 60, end))
    ):
        return end
    return high


def _before_comment(items: list[Item], *, start: int, end: int) -> int:
    """`called it “a farce,” adding to the row`: after a comma inside the marks the narrator goes on."""
    for index in range(start, end - 1):
        item = items[index]
        comma = item.passage is not None and item.text.rstrip(MARKS + " ").endswith(",")
        if comma and _comments(items[index + 1]):
            return index + 1
    return end


def _turns_aside(items: list[Item], *, index: int, end: int) -> bool:
    item = items[index]
    if item.lower.endswith("ly") and index + 1 < end:
        item = items[index + 1]
    return item.lower in ASIDES or item.place.tag == "VBG"


def _before_occasion(items: list[Item], *, start: int, end: int) -> int:
    """ "blasted him as a “disgrace” during a speech": the occasion is no part of the judgement."""
    for index in range(start + 1, end):
        if items[index - 1].passage is not None and items[index].lower in OCCASIONS:
            return index
    return end


def _own_clause_end(items: list[Item], *, start: int, end: int, core: Core) -> int:
    """ "While Rao said he won, she …", "Saying he won, Rao …": the main clause is no content."""
    place = items[core.at].place
    if core.subject is not None and core.subject[0] > core.at and not core.inverted:
        end = min(end, core.subject[0])
    if not start < place.high < end:
        return end
    goes_on = place.dep == "acl:relcl" and items[place.high].place.pos in ("VERB", "AUX")
    if goes_on or (place.dep == "advcl" and place.head > core.at):
        end = place.high
    return end


def _before_aside(items: list[Item], *, start: int, end: int) -> int:
    """ "called it “a joke” once more, which alarmed": behind quoted words a relative clause is the narrator's."""
    quoted = False
    for index in range(start, end - 1):
        quoted = quoted or items[index].passage is not None
        if quoted and items[index].text in (",", *DASHES) and _turns_aside(items, index=index + 1, end=end):
            return index
    return end


def _comments(item: Item) -> bool:
    return item.capital or item.lower.endswith("ing") or item.lower in COMMENTS


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
    while index + 2 < end and items[index + 1].lower in ("and", "or", "but") and items[index + 2].passage is not None:
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
            return True
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
