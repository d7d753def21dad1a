"""Find the core of each attribution: a cue verb and the subject beside it."""

from __future__ import annotations

from typing import NamedTuple

from .clauses import branches, subject_of
from .cues import CUES, Cue, Form
from .found import Span
from .grammar import AUXILIARIES, DETERMINERS, FINITE_BE, POSSESSIVES
from .inverted import may_be_inverted, subject_after
from .noun_phrases import is_verb_like, subject_before
from .passives import impersonal, quoted_as
from .reading import Item, Sentence
from .subjects import NOMINAL, absolute_subject, agrees, own_subject, shares_subject, subject_in_front
from .verb_groups import hyphenated, is_noun, verb_group
from .words import words

LEADS_ON = words("on continued continues began begins proceeded proceeds refused refuses declined declines")
NOT_SAID = ("ma", "occur", "ensur", "prov", "happen", "seem", "appear", "help", "giv")
"""How verbs begin whose that-clause nobody says ("made sure that", "proves that")."""

HEADLINE_CUES = words("says said tells claims warns")


class Core(NamedTuple):
    """A cue verb with its subject, as item ranges.

    verb        auxiliaries, adverbs, verb and particle
    at          the verb itself, a number of an item
    subject     None where none is seen
    inverted    the subject follows the verb
    borrowed    the subject is another verb's, shared by coordination or participle
    impersonal  "it was said": without a subject, and yet a cue
    """

    verb: Span
    at: int
    cue: Cue
    subject: Span | None
    inverted: bool
    borrowed: bool
    impersonal: bool = False

    @property
    def low(self) -> int:
        if self.subject is None or self.borrowed or self.inverted:
            return self.verb[0]
        return self.subject[0]

    @property
    def high(self) -> int:
        if self.inverted and self.subject is not None:
            return self.subject[1]
        return self.verb[1]


def find_cores(items: list[Item], *, sentence: Sentence) -> list[Core]:
    """The cores of one sentence, in order. Words inside quoted passages are not looked at."""
    cores: list[Core] = []
    taken = sentence.low
    for index in range(sentence.low, sentence.high):
        if index < taken:
            continue
        if items[index].passage is not None:
            continue
        cue = CUES.get(items[index].lower) or _unlisted(items, index=index, sentence=sentence)
        if cue is None:
            continue
        if items[index].capital and index > sentence.low and items[index].text.lower() not in HEADLINE_CUES:
            continue
        core = _core_at(items, index=index, cue=cue, sentence=sentence, earlier=cores)
        if core is not None:
            cores.append(core)
            taken = core.high
    return cores


def _unlisted(items: list[Item], *, index: int, sentence: Sentence) -> Cue | None:
    """A verb that no list knows, with a that-clause of its own: "sniped that she was learning on the job"."""
    item = items[index]
    if item.place.pos != "VERB" or item.lower.startswith(NOT_SAID):
        return None
    for branch in branches(items, verb=index, low=index + 1, high=min(item.place.high, sentence.high)):
        low = items[branch].place.low
        if items[branch].place.dep == "ccomp" and items[low].lower == "that" and not _so(items, low=index, high=low):
            form: Form = "ing" if item.lower.endswith("ing") else "past" if item.lower.endswith("ed") else "base"
            return Cue(item.lower, form, frozenset(("saying",)))
    return None


def _so(items: list[Item], *, low: int, high: int) -> bool:
    """ "waited so long that …": a consequence, not a content."""
    return any(items[i].lower in ("so", "such") for i in range(low, high)) or items[low - 1].lower == "it"


def _core_at(items: list[Item], *, index: int, cue: Cue, sentence: Sentence, earlier: list[Core]) -> Core | None:
    if hyphenated(items, index=index):
        return None
    quoted = quoted_as(items, index=index, sentence=sentence)
    if quoted is not None:
        subject = subject_before(items, floor=sentence.low, verb=quoted)
        return Core((quoted, index + 1), index, cue, subject, False, False)
    verb = verb_group(items, index=index, cue=cue, sentence=sentence)
    if verb is None or is_noun(items, index=index, cue=cue, verb=verb):
        return None
    passive = impersonal(items, verb=verb, cue=cue, sentence=sentence)
    if passive is not None:
        return Core(passive.verb, index, cue, passive.agent, passive.agent is not None, False, impersonal=True)
    if not _is_active(items, index=index, verb=verb, cue=cue, sentence=sentence):
        return None
    if may_be_inverted(items, index=index, verb=verb, cue=cue, sentence=sentence):
        subject = subject_after(items, start=verb[1], ceiling=sentence.high)
        if subject is not None:
            return Core(verb, index, cue, subject, True, False)
    return _behind_subject(items, index=index, verb=verb, cue=cue, sentence=sentence, earlier=earlier)


def _is_active(items: list[Item], *, index: int, verb: Span, cue: Cue, sentence: Sentence) -> bool:
    if items[index].place.pos in NOMINAL and not _beside_passage(items, verb=verb):
        return False
    helpers = {items[i].lower for i in range(verb[0], index)}
    adverbs = sentence.low < verb[0] < index and not helpers & AUXILIARIES
    if adverbs and items[verb[0] - 1].lower in DETERMINERS - {"all", "both"} | POSSESSIVES | {"'s", "’s"}:
        return False
    if cue.form != "past":
        return True
    if not helpers and items[index].place.dep == "acl" and items[index].place.tag == "VBN":
        return cue.lemma != "know" and items[verb[1]].lower != "by"
    if helpers & FINITE_BE and not helpers & {"has", "have", "had"}:
        following = items[verb[1]].lower if verb[1] < len(items) else "to"
        return bool(helpers & {"'s", "’s"}) and following != "to" and "been" not in helpers
    return "been" not in helpers


def _behind_subject(
    items: list[Item], *, index: int, verb: Span, cue: Cue, sentence: Sentence, earlier: list[Core]
) -> Core | None:
    """The core whose subject stands before its verb, or before the verb that it shares a subject with."""
    helpers = {items[i].lower for i in range(verb[0], index)}
    participle = cue.form == "ing" and not helpers & FINITE_BE
    holder = absolute_subject(items, verb=verb, sentence=sentence) if participle else None
    if holder is not None:
        return Core(verb, index, cue, holder, False, False)
    before = [item.lower for item in items[max(sentence.low, verb[0] - 2) : verb[0]]]
    if (
        not participle
        and before[-1:] == ["to"]
        and (cue.form != "base" or not _leads_on(items, index=index, before=before))
    ):
        return None
    if participle or shares_subject(before):
        if cue.form == "base" and before[-1] != "to":
            return None
        shared = main_subject(items, sentence=sentence, before=verb[0], cores=earlier) or own_subject(
            items, index=index, sentence=sentence
        )
        return Core(verb, index, cue, shared, False, True)
    subject = subject_in_front(items, index=index, verb=verb, sentence=sentence)
    if subject is None and items[index].lower not in ("said", "says"):
        return None
    if subject is not None and not agrees(items, subject=subject, cue=cue, helpers=helpers):
        subject = subject_of(items, verb=index) if items[index].place.pos == "VERB" else None
        if subject is None or subject[1] > verb[0] or subject[0] < sentence.low:
            return None
    return Core(verb, index, cue, subject, False, False)


def _leads_on(items: list[Item], *, index: int, before: list[str]) -> bool:
    """ "went on to say", "is trying to portray"."""
    return before[0] in LEADS_ON or items[index].place.dep == "xcomp"


def _beside_passage(items: list[Item], *, verb: Span) -> bool:
    """Beside quotation marks a parser is least sure, and a cue most likely."""
    near = (verb[0] - 1, verb[0] - 2, verb[1], verb[1] + 1)
    return any(0 <= i < len(items) and items[i].passage is not None for i in near)


def main_subject(items: list[Item], *, sentence: Sentence, before: int, cores: list[Core]) -> Span | None:
    """The subject a coordinated or participial cue shares: the last cue's, else the sentence's first."""
    for core in cores:
        if core.subject is not None:
            return core.subject
    for index in range(sentence.low + 1, before):
        if items[index].passage is None and is_verb_like(items, index):
            subject = subject_before(items, floor=sentence.low, verb=index)
            if subject is not None:
                return subject
    return None
