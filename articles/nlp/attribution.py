"""Quotations by pattern: content, cue and mention, sentence by sentence.

This is the part that a parser will replace; what goes in (a Reading) and what comes out (Attributions)
stay.
"""

from __future__ import annotations

from .according import according_to, as_put, as_told
from .attributed import Attribution
from .content_ends import right_end
from .contents import adjunct_end, right_start
from .continuing import carry_on, is_bare, left_over, sign, take_up
from .cores import Core, find_cores
from .cues import AIMING, DEEDS, NEEDS_THAT, ONLY_WITH, WEAK_ALONE, WITH, Group
from .found import Span
from .grammar import DETERMINERS
from .noun_cues import noun_cues
from .reading import Item, Reading, Sentence
from .tags import content_again, content_before
from .titled import is_title_case
from .transcripts import find_turns
from .words import words

BEFORE_COMMA = words("say add argue write claim tell warn concede admit insist explain recall acknowledge")
LONGEST_CLAUSE = 100
"""Items looked through for a quoted passage: without it, text of nothing but cues takes quadratic time."""

JOINING_GROUPS: dict[str, frozenset[Group]] = {
    "that": frozenset(("saying", "finding", "thinking", "judging")),
    "adjunct that": frozenset(("saying", "finding")),
    "adjunct": frozenset(("saying",)),
}
"""Ways of joining content to a cue that are believed of these groups of verbs, whatever the verb."""


def find_attributions(reading: Reading, *, seen: list[Core] | None = None) -> list[Attribution]:
    """Every attribution of a document, by place; `seen` is given every cue that was looked at."""
    found: list[Attribution] = []
    items = reading.items
    turns = find_turns(reading)
    previous: Sentence | None = None
    for sentence in reading.sentences:
        turn = turns.get(sentence.paragraph)
        if turn is not None:
            found += [turn] if turn.cue is not None and sentence.low <= turn.cue[0] < sentence.high else []
        elif is_bare(items, sentence=sentence):
            carry_on(items, sentence=sentence, previous=previous, found=found)
        elif not sign(items, sentence=sentence, found=found):
            take_up(items, sentence=sentence, found=found, more=_in_sentence(items, sentence=sentence, seen=seen))
        previous = sentence
    return found


def _in_sentence(items: list[Item], *, sentence: Sentence, seen: list[Core] | None) -> list[Attribution]:
    cores = find_cores(items, sentence=sentence)
    if seen is not None:
        seen += cores
    found: list[Attribution] = []
    for place, core in enumerate(cores):
        clause = _own_clause(core, sentence=sentence, later=cores[place + 1 :])
        made = _from_core(items, core=core, sentence=clause, cores=cores, place=place)
        if made is not None and not ("thinking" in core.cue.groups and _is_said(core, found=found)):
            found.append(made)
    found += noun_cues(items, sentence=sentence)
    found += according_to(items, sentence=sentence) + as_put(items, sentence=sentence)
    found.sort(key=lambda a: (a.spans[0][0] if a.spans else 0, a.cue or (0, 0)))
    return found + left_over(items, sentence=sentence, found=found)


def _own_clause(core: Core, *, sentence: Sentence, later: list[Core]) -> Sentence:
    """The sentence up to the verb whose subject holds the core: "A man who answered the door said …"."""
    for other in later:
        if other.subject and not other.inverted and other.subject[0] < core.low and core.high <= other.subject[1]:
            return sentence._replace(high=other.verb[0])
    return sentence


def _is_said(core: Core, *, found: list[Attribution]) -> bool:
    """ "He said he hoped …": what somebody says he thinks is one quotation, not two."""
    return any(low <= core.at < high for attribution in found for low, high in attribution.spans)


def _from_core(
    items: list[Item], *, core: Core, sentence: Sentence, cores: list[Core], place: int
) -> Attribution | None:
    aside = as_told(items, core=core, sentence=sentence)
    if aside is not None:
        return aside
    left = content_before(items, core=core, sentence=sentence, earlier=cores[:place])
    if left is not None:
        return _tagged(items, core=core, sentence=sentence, left=left)
    right = right_start(items, core=core, sentence=sentence)
    if right is None or not _believable(
        items, core=core, pattern=right.pattern, start=right.start, sentence=sentence
    ):
        return None
    if right.start >= sentence.high:
        return Attribution(((sentence.high, sentence.high),), (core.verb[0], right.cue_end), core.subject, "colon")
    end = right_end(items, start=right.start, sentence=sentence, later=cores[place + 1 :], core=core)
    if end <= right.start:
        return None
    cue_end = right.cue_end
    if core.inverted:
        cue_end = core.verb[1]
    while cue_end > core.verb[1] and items[cue_end - 1].text in (",", ":"):
        cue_end -= 1
    pattern = f"right {right.pattern}" + (" said" if core.cue.lemma == "say" else "")
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
    if pattern == "quote" and groups == {"judging"} and is_title_case(items[start]):
        return False
    if lemma in DEEDS and pattern in ("quote", "bare") and _quotes(items, start=start, end=sentence.high):
        return False
    if pattern in ("quote", "colon"):
        return groups != {"thinking"}
    if (core.subject is None and not core.impersonal) or (
        pattern == "infinitive" and (lemma in AIMING or "finding" in groups)
    ):
        return False
    if pattern in ("bare", "infinitive") and lemma == "ask" and _anonymous(items, start=start):
        return False
    if pattern == "bare" and lemma == "write" and items[start].lower in DETERMINERS:
        return False
    if pattern in JOINING_GROUPS:
        return bool(groups & JOINING_GROUPS[pattern])
    if pattern == "comma":
        return lemma in BEFORE_COMMA and not core.inverted
    if pattern != "preposition" and (lemma in WEAK_ALONE or lemma in NEEDS_THAT):
        return _quotes(items, start=start, end=sentence.high)
    if pattern == "question":
        return bool(groups & {"saying", "thinking"}) or lemma in ("discuss", "question")
    if pattern == "preposition":
        return items[start].lower in WITH.get(lemma, ()) or _quotes(items, start=start, end=sentence.high)
    return lemma not in ONLY_WITH


def _quotes(items: list[Item], *, start: int, end: int) -> bool:
    return any(items[i].passage is not None for i in range(start, min(end, start + LONGEST_CLAUSE)))


def _anonymous(items: list[Item], *, start: int) -> bool:
    """ "who asked not to be named": said of a source, not by it."""
    return any(item.lower in ("named", "identified", "anonymity", "anonymous") for item in items[start : start + 6])
