"""Quotations by pattern: content, cue and mention, sentence by sentence.

This is the part that a parser will replace; what goes in (a Reading) and what comes out (Attributions)
stay.
"""

from __future__ import annotations

from typing import NamedTuple

from .contents import ENDS_SPEECH, adjunct_end, last_character, right_end, right_start
from .cores import Core, find_cores, main_subject
from .cues import NEEDS_THAT, WEAK_ALONE
from .found import Span
from .noun_phrases import DASHES, ROLE_WORDS
from .reading import ENDS, Item, Reading, Sentence
from .tags import content_again, content_before

FEWEST_WORDS_ALONE = 4


class Attribution(NamedTuple):
    """One attribution as item ranges; spans are sorted and disjoint."""

    spans: tuple[Span, ...]
    cue: Span | None
    mention: Span | None
    pattern: str
    open_end: bool = False  # its content or its tag closes the sentence, so that a bare passage may resume it


def find_attributions(reading: Reading) -> list[Attribution]:
    """Every attribution of a document, by place."""
    found: list[Attribution] = []
    items = reading.items
    previous: Sentence | None = None
    for sentence in reading.sentences:
        if _only_passages(items, sentence=sentence):
            _bare_passages(items, sentence=sentence, previous=previous, found=found)
        else:
            found += _in_sentence(items, sentence=sentence)
        previous = sentence
    return found


def _only_passages(items: list[Item], *, sentence: Sentence) -> bool:
    rest = [items[i] for i in range(sentence.low, sentence.high) if items[i].passage is None]
    return (
        all(not any(c.isalnum() for c in item.text) for item in rest)
        and len(rest) < sentence.high - sentence.low
    )


def _bare_passages(
    items: list[Item], *, sentence: Sentence, previous: Sentence | None, found: list[Attribution]
) -> None:
    """A sentence that is nothing but a quoted passage: resumes, or carries on, what was said before it."""
    passages = [i for i in range(sentence.low, sentence.high) if items[i].passage is not None]
    span = (passages[0], passages[-1] + 1)
    last = found[-1] if found else None
    near = previous is not None and last is not None and _touches(last, sentence=previous)
    if last is not None and near and previous is not None:
        first = items[span[0]].passage
        if first is not None and first.carries_on:
            found[-1] = last._replace(spans=(*last.spans, span))
            return
        if previous.paragraph == sentence.paragraph and last.open_end:
            found[-1] = last._replace(spans=(*last.spans, span))
            return
        if not last.spans[0][1] > last.spans[0][0]:
            found[-1] = last._replace(spans=(span,))
            return
        if _words(items[span[0]]) >= FEWEST_WORDS_ALONE:
            found.append(Attribution((span,), None, last.mention, "continued", True))
        return
    if _words(items[span[0]]) >= FEWEST_WORDS_ALONE:
        found.append(Attribution((span,), None, None, "alone", False))


def _touches(last: Attribution, *, sentence: Sentence) -> bool:
    return last.spans[-1][1] > sentence.low or (last.cue is not None and last.cue[1] > sentence.low)


def _words(item: Item) -> int:
    return item.text.count(" ") + 1


def _in_sentence(items: list[Item], *, sentence: Sentence) -> list[Attribution]:
    cores = find_cores(items, sentence=sentence)
    found: list[Attribution] = []
    for place, core in enumerate(cores):
        made = _from_core(items, core=core, sentence=sentence, cores=cores, place=place)
        if made is not None:
            found.append(made)
    found += _according_to(items, sentence=sentence, cores=cores)
    found.sort(key=lambda a: (a.spans[0][0] if a.spans else 0, a.cue or (0, 0)))
    return _left_over(items, sentence=sentence, cores=cores, found=found)


def _from_core(
    items: list[Item], *, core: Core, sentence: Sentence, cores: list[Core], place: int
) -> Attribution | None:
    left = content_before(items, core=core, sentence=sentence, earlier=cores[:place])
    if left is not None:
        return _tagged(items, core=core, sentence=sentence, left=left)
    right = right_start(items, core=core, sentence=sentence)
    if right is None or not _believable(
        items, core=core, pattern=right.pattern, start=right.start, sentence=sentence
    ):
        return None
    if right.start >= sentence.high:
        return Attribution(
            ((sentence.high, sentence.high),), (core.verb[0], right.cue_end), core.subject, "colon"
        )
    end = right_end(items, start=right.start, sentence=sentence, later=cores[place + 1 :], core=core)
    if end <= right.start:
        return None
    cue_end = right.cue_end
    if core.inverted:
        cue_end = core.verb[1]
    while cue_end > core.verb[1] and items[cue_end - 1].text in (",", ":"):
        cue_end -= 1
    pattern = "right " + right.pattern
    closes = items[end - 1].passage is not None and end >= sentence.high - 1
    return Attribution(((right.start, end),), (core.verb[0], cue_end), core.subject, pattern, closes)


def _tagged(items: list[Item], *, core: Core, sentence: Sentence, left: Span) -> Attribution:
    """Content before the core, and again behind it where the sentence goes on with it."""
    quoted = items[left[1] - 1].passage is not None
    after = adjunct_end(items, start=core.high, end=sentence.high)
    again = content_again(items, start=after, sentence=sentence, quoted=quoted)
    pattern = ("inverted" if core.inverted else "tag") + (" quote" if quoted else " plain")
    if core.subject is None:
        pattern += " unsourced"
    cue = core.verb[0], core.verb[1] if core.inverted else after
    return Attribution((left, again) if again else (left,), cue, core.subject, pattern, True)


def _believable(items: list[Item], *, core: Core, pattern: str, start: int, sentence: Sentence) -> bool:
    """Whether the words right of a core are content at all, for this cue and this way of joining."""
    groups, lemma = core.cue.groups, core.cue.lemma
    quoted = any(items[i].passage is not None for i in range(start, sentence.high))
    if pattern in ("quote", "colon"):
        return "saying" in groups or "judging" in groups or "finding" in groups
    if core.subject is None:
        return False
    if pattern == "adjunct that":
        return "saying" in groups or "finding" in groups
    if pattern == "that":
        return True
    if pattern == "comma":
        return lemma in ("say", "add", "argue", "write", "claim") and not core.inverted
    if pattern == "adjunct":
        return "saying" in groups
    if lemma in WEAK_ALONE or lemma in NEEDS_THAT:
        return quoted
    if pattern == "question":
        return "saying" in groups or "thinking" in groups
    if pattern == "bare":
        return True
    if pattern == "infinitive":
        return "finding" not in groups
    return quoted or lemma in ("call", "complain", "warn", "speculate", "talk")


def _according_to(items: list[Item], *, sentence: Sentence, cores: list[Core]) -> list[Attribution]:
    """ "According to X, A" and "A, according to X"."""
    found: list[Attribution] = []
    for index in range(sentence.low, sentence.high - 2):
        if items[index].lower != "according" or items[index + 1].lower != "to":
            continue
        source_end = _source_end(items, start=index + 2, end=sentence.high)
        if source_end <= index + 2:
            continue
        low, high = sentence.low, index
        fronted = index - sentence.low <= 2
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


def _source_end(items: list[Item], *, start: int, end: int) -> int:
    index = start
    while index < end:
        item = items[index]
        if (
            item.text in ENDS
            or item.text in (";", ":", *DASHES)
            or (item.passage is not None and index > start)
        ):
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


def _left_over(
    items: list[Item], *, sentence: Sentence, cores: list[Core], found: list[Attribution]
) -> list[Attribution]:
    """A quoted utterance in the sentence that no pattern took."""
    covered = [span for a in found for span in a.spans]
    for index in range(sentence.low, sentence.high):
        item = items[index]
        if item.passage is None or any(low <= index < high for low, high in covered):
            continue
        whole = last_character(item) in ENDS_SPEECH and item.text.lstrip("\"“'‘„«").lstrip()[:1].isupper()
        if whole and _words(item) >= FEWEST_WORDS_ALONE:
            subject = (
                main_subject(items, sentence=sentence, before=index, cores=[])
                if index > sentence.low
                else None
            )
            found.append(Attribution(((index, index + 1),), None, subject, "left over", True))
    return found
