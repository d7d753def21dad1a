"""Quoted passages with no cue of their own: bare sentences, signatures, and what no pattern took."""

from __future__ import annotations

from .attributed import Attribution
from .contents import ENDS_SPEECH, MARKS, last_character
from .cores import main_subject
from .cues import CUES
from .found import Span
from .grammar import AUXILIARIES, SUBJECT_PRONOUNS
from .inverted import subject_after
from .noun_phrases import DASHES, begins_phrase, is_verb_like, subject_before
from .reading import ENDS, PASSAGE, Item, Sentence
from .tags import FEWEST_WORDS_ALONE, word_count
from .titled import is_title_case
from .words import words

SETTLES = AUXILIARIES | words("seems seem appears appear remains remain became becomes")
"""Verbs of a next clause, not of a tag: `“So, who?” Her questions are struck out.`"""
MOST_SPANS = 100  # a longer speech goes on as another quotation of the same speaker


def is_bare(items: list[Item], *, sentence: Sentence) -> bool:
    """Whether a sentence is one or more quoted passages, and punctuation."""
    passages = 0
    for index in range(sentence.low, sentence.high):
        if items[index].passage is not None:
            passages += 1
        elif any(c.isalnum() for c in items[index].text):
            return False
    return passages > 0


def carry_on(items: list[Item], *, sentence: Sentence, previous: Sentence | None, found: list[Attribution]) -> None:
    """Give a bare passage to the quotation before it, or to that quotation's speaker; found is added to."""
    passages = [i for i in range(sentence.low, sentence.high) if items[i].passage is not None]
    span = (passages[0], passages[-1] + 1)
    place = _last_touching(found, sentence=previous)
    if place is not None and previous is not None:
        last = found[place]
        passage = items[span[0]].passage
        carried = passage is not None and passage.carries_on
        if last.spans[-1][0] == last.spans[-1][1]:
            found[place] = last._replace(spans=(span,), open_end=True)
        elif len(last.spans) < MOST_SPANS and (
            carried or (previous.paragraph == sentence.paragraph and last.open_end)
        ):
            found[place] = last._replace(spans=(*last.spans, span))
        elif word_count(items[span[0]]) >= FEWEST_WORDS_ALONE:
            mention = last.mention if last.open_end else _opening_subject(items, sentence=previous)
            found.append(Attribution((span,), None, mention or last.mention, "continued", True))
    elif word_count(items[span[0]]) >= FEWEST_WORDS_ALONE:
        mention = _announced(items, previous=previous)
        pattern = "announced" if mention else "alone"
        if mention is None and previous is not None:
            mention = _opening_subject(items, sentence=previous)
        found.append(Attribution((span,), None, mention, pattern, True))


def take_up(items: list[Item], *, sentence: Sentence, found: list[Attribution], more: list[Attribution]) -> None:
    """Add more to found; where its first passage carries on one that had no cue, the two are one quotation."""
    last = found[-1] if found else None
    passage = items[sentence.low].passage
    if last is not None and last.cue is None and passage is not None and passage.carries_on and more:
        first = more[0]
        alike = items[sentence.low].text[0] == items[last.spans[-1][0]].text[0]
        if alike and last.spans[-1][1] == first.spans[0][0] == sentence.low and first.cue is not None:
            found[-1] = first._replace(spans=(*last.spans, *first.spans))
            more = more[1:]
    found += more


def _last_touching(found: list[Attribution], *, sentence: Sentence | None) -> int | None:
    """The attribution of that sentence which a passage may carry on: the last tag, else the last."""
    if sentence is None:
        return None
    places = [i for i in range(max(0, len(found) - 6), len(found)) if _touches(found[i], sentence=sentence)]
    tags = [i for i in places if found[i].open_end]
    for place in (*reversed(tags), *reversed(places)):
        return place
    return None


def _touches(last: Attribution, *, sentence: Sentence) -> bool:
    return last.spans[-1][1] > sentence.low or (last.cue is not None and last.cue[1] > sentence.low)


def _opening_subject(items: list[Item], *, sentence: Sentence) -> Span | None:
    """The subject of a sentence's first verb, where it can have spoken."""
    return main_subject(items, sentence=sentence, before=sentence.high, cores=[])


def _signature(items: list[Item], *, start: int, sentence: Sentence) -> Span | None:
    """The name behind a dash: `“A.” — Ada Rao`."""
    if start + 1 >= sentence.high or items[start].text not in (*DASHES, "-") or not items[start + 1].capital:
        return None
    return subject_after(items, start=start + 1, ceiling=sentence.high)


def sign(items: list[Item], *, sentence: Sentence, found: list[Attribution]) -> bool:
    """Whether a sentence is the signature of the passage before it ("— Ada Rao, mayor"); found is changed."""
    last = found[-1] if found else None
    subject = _signature(items, start=sentence.low, sentence=sentence)
    if last is None or subject is None or last.cue is not None or last.spans[-1][1] != sentence.low:
        return False
    found[-1] = last._replace(mention=subject, pattern="signed", open_end=False)
    return True


def _announced(items: list[Item], *, previous: Sentence | None) -> Span | None:
    """The subject of a sentence that ends in a colon: "He then listed his conditions:"."""
    if previous is None or items[previous.high - 1].text != ":":
        return None
    return main_subject(items, sentence=previous, before=previous.high, cores=[]) or _label(
        items, low=previous.low, colon=previous.high - 1
    )


def left_over(items: list[Item], *, sentence: Sentence, found: list[Attribution]) -> list[Attribution]:
    """The quoted utterances of a sentence that no pattern took, with the noun phrase that governs them."""
    covered = [span for a in found for span in a.spans]
    more: list[Attribution] = []
    for index in range(sentence.low, sentence.high):
        item = items[index]
        if item.passage is None or any(low <= index < high for low, high in covered):
            continue
        if is_title_case(item) and items[max(sentence.low, index - 1)].text not in (":", *DASHES, PASSAGE):
            continue
        whole = last_character(item) in ENDS_SPEECH and item.text.lstrip(MARKS + " ")[:1].isupper()
        if whole:
            made = _governed(items, index=index, sentence=sentence)
            if made.mention is None and found and found[-1].open_end and found[-1].spans[0][0] < index:
                made = made._replace(mention=found[-1].mention)
            if made.pattern == "left over verb" or word_count(item) >= FEWEST_WORDS_ALONE:
                more.append(made)
    return more


def _governed(items: list[Item], *, index: int, sentence: Sentence) -> Attribution:
    span = (index, index + 1)
    if index > sentence.low and items[index - 1].text == ":":
        label = _label(items, low=sentence.low, colon=index - 1)
        if label is not None:
            return Attribution((span,), None, label, "label", True)
    signature = _signature(items, start=index + 1, sentence=sentence)
    if signature is not None:
        return Attribution((span,), None, signature, "signed")
    after = _verb_after(items, index=index, sentence=sentence)
    if after is not None:
        return Attribution((span,), after[0], after[1], "left over verb", True)
    subject = main_subject(items, sentence=sentence, before=index, cores=[]) if index > sentence.low else None
    return Attribution((span,), None, subject, "left over", True)


def _verb_after(items: list[Item], *, index: int, sentence: Sentence) -> tuple[Span, Span] | None:
    """`“A,” agreed Rao` and `“A,” an angry Rao retaliated`: a verb that no list knows, and its subject."""
    start = index + 1
    leads = index == sentence.low or items[index - 1].text in (",", ":")
    if not leads or last_character(items[index]) == "." or start + 1 >= sentence.high:
        return None
    first = items[start]
    if not begins_phrase(first):
        verb = first.lower.endswith(("ed", "s")) or is_verb_like(items, start)
        if first.passage is not None or not verb or first.lower in AUXILIARIES | SUBJECT_PRONOUNS:
            return None
        subject = subject_after(items, start=start + 1, ceiling=sentence.high)
        return ((start, start + 1), subject) if subject else None
    for verb_at in range(start + 1, min(start + 30, sentence.high)):
        word = items[verb_at].lower
        plausible = is_verb_like(items, verb_at) or (word.endswith("ed") and not items[verb_at].capital)
        if word in SETTLES:
            return None
        if plausible or (word in CUES and items[start].lower in SUBJECT_PRONOUNS):
            subject = subject_before(items, floor=start, verb=verb_at)
            return ((verb_at, verb_at + 1), subject) if subject else None
        if items[verb_at].text in ENDS or items[verb_at].passage is not None:
            return None
        if verb_at == start + 1 and first.lower in SUBJECT_PRONOUNS and word.endswith(("s", "ed")):
            return (verb_at, verb_at + 1), (start, start + 1)
    return None


def _label(items: list[Item], *, low: int, colon: int) -> Span | None:
    """`Rao: “A.”`, `Here’s Rao in 1992: “A.”`: the first capitalised words before a colon."""
    for start in range(max(low, colon - 10), colon):
        if items[start].capital and items[start].passage is None and begins_phrase(items[start]):
            if items[start].lower in ("here", "from", "more", "in", "on", "at"):
                continue
            end = start + 1
            while end < colon and (items[end].capital or items[end].lower in ("of", "(", ")", "-", ".")):
                end += 1
            return start, end
    return None
