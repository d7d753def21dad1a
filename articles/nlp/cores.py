"""Find the core of each attribution: a cue verb and the subject beside it."""

from __future__ import annotations

from typing import NamedTuple

from .clauses import branches, subject_of
from .cues import CUES, Cue, Form
from .found import Span
from .grammar import (
    AUXILIARIES,
    DETERMINERS,
    FINITE_BE,
    MODALS,
    POSSESSIVES,
)
from .inverted import subject_after
from .noun_phrases import core_start, is_verb_like, subject_before
from .passives import impersonal, quoted_as
from .reading import ENDS, Item, Sentence
from .titled import is_title
from .verb_groups import hyphenated, is_noun, verb_group
from .words import words

PLURALS = words("""
    i we you they who others some many most several both these those few people police men women
    children percent majority % media staff democrats folks all two three four five six seven eight nine
    ten none
""")

LEADS_ON = words("on continued continues began begins proceeded proceeds refused refuses declined declines")
ADDRESSING = words("tell advise remind inform assure urge counsel notify reassure promise")
CLOSING = words("say warn claim report argue predict hint announce insist admit suggest")
NOT_SAID = ("ma", "occur", "ensur", "prov", "happen", "seem", "appear", "help", "giv")
"""How verbs begin whose that-clause nobody says ("made sure that", "proves that")."""

NOMINAL = frozenset(("NOUN", "PROPN", "ADJ"))
LONG_SUBJECT = 6
"""Items; of a longer subject the tree tells better than commas where it starts."""

WIDEST_TITLE = 5  # items
MARKS = "\"“”„‟«»″'‘’`"

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
    if _is_inverted_place(items, index=index, verb=verb, cue=cue, sentence=sentence):
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
    holder = _absolute_subject(items, verb=verb, sentence=sentence) if participle else None
    if holder is not None:
        return Core(verb, index, cue, holder, False, False)
    before = [item.lower for item in items[max(sentence.low, verb[0] - 2) : verb[0]]]
    if (
        not participle
        and before[-1:] == ["to"]
        and (cue.form != "base" or not _leads_on(items, index=index, before=before))
    ):
        return None
    if participle or _shares_subject(before):
        if cue.form == "base" and before[-1] != "to":
            return None
        shared = main_subject(items, sentence=sentence, before=verb[0], cores=earlier) or _own_subject(
            items, index=index, sentence=sentence
        )
        return Core(verb, index, cue, shared, False, True)
    subject = _subject(items, index=index, verb=verb, sentence=sentence)
    if subject is None and items[index].lower not in ("said", "says"):
        return None
    if subject is not None and not _agrees(items, subject=subject, cue=cue, helpers=helpers):
        subject = subject_of(items, verb=index) if items[index].place.pos == "VERB" else None
        if subject is None or subject[1] > verb[0] or subject[0] < sentence.low:
            return None
    return Core(verb, index, cue, subject, False, False)


def _leads_on(items: list[Item], *, index: int, before: list[str]) -> bool:
    """ "went on to say", "is trying to portray"."""
    return before[0] in LEADS_ON or items[index].place.dep == "xcomp"


def _own_subject(items: list[Item], *, index: int, sentence: Sentence) -> Span | None:
    """The subject by the tree: "Acknowledging that …, Rao said"."""
    subject = subject_of(items, verb=index)
    return subject if subject and sentence.low <= subject[0] and subject[1] <= sentence.high else None


def _subject(items: list[Item], *, index: int, verb: Span, sentence: Sentence) -> Span | None:
    subject = subject_before(items, floor=sentence.low, verb=verb[0])
    if subject is None or subject[1] - subject[0] > LONG_SUBJECT:
        by_tree = subject_of(items, verb=index)
        if by_tree is not None and sentence.low <= by_tree[0] and by_tree[1] <= verb[0]:
            subject = by_tree
    return _from_passage(items, subject=subject, sentence=sentence) if subject else None


def _from_passage(items: list[Item], *, subject: Span, sentence: Sentence) -> Span:
    """`“A,” columnist Ai Jun wrote`: the words between a quotation and the name are part of the mention."""
    low = subject[0]
    while low > sentence.low and subject[0] - low < WIDEST_TITLE and items[low - 1].place.pos in NOMINAL:
        low -= 1
    after = low > sentence.low and items[low - 1].passage is not None and items[low - 1].place.pos != ""
    return (low, subject[1]) if after and items[low - 1].text.rstrip(MARKS).endswith((",", "?", "!")) else subject


def _absolute_subject(items: list[Item], *, verb: Span, sentence: Sentence) -> Span | None:
    """ "with Rao saying", "footage of Rao saying": the name right before the participle."""
    if verb[0] - 1 <= sentence.low or not items[verb[0] - 1].capital:
        return None
    start = core_start(items, low=sentence.low, high=verb[0])
    if start is None or start <= sentence.low or items[start - 1].lower not in ("with", "of", "by"):
        return None
    return start, verb[0]


def _beside_passage(items: list[Item], *, verb: Span) -> bool:
    """Beside quotation marks a parser is least sure, and a cue most likely."""
    near = (verb[0] - 1, verb[0] - 2, verb[1], verb[1] + 1)
    return any(0 <= i < len(items) and items[i].passage is not None for i in near)


def _is_inverted_place(items: list[Item], *, index: int, verb: Span, cue: Cue, sentence: Sentence) -> bool:
    """Right behind a quoted passage or a comma, or opening a sentence before a name and a passage."""
    if "saying" not in cue.groups or cue.form not in ("past", "s", "base") or cue.lemma in ADDRESSING:
        return False
    if verb[0] == sentence.low:
        return items[verb[0]].lower in ("said", "says", "added", "tweeted", "wrote", "asked")
    before = items[verb[0] - 1]
    if _ends_subject(items, index=index, verb=verb):
        return False
    if before.passage is not None:
        return not is_title(items, index=verb[0] - 1)
    if before.text in (",", "—", "–", "?", "!") and verb[0] - 2 >= sentence.low:
        quoted = items[verb[0] - 2].passage is not None
        return quoted or (cue.lemma in CLOSING and _closes_sentence(items, verb=verb, sentence=sentence))
    return False


def _ends_subject(items: list[Item], *, index: int, verb: Span) -> bool:
    """ "Rao, who calls him a “liar,” said": what stands before the verb is its subject."""
    subjects = (i for i in branches(items, verb=index, low=items[index].place.low, high=verb[0]))
    return any(
        items[i].place.dep == "nsubj"
        and items[i].passage is None
        and i < verb[0] - 1
        and items[i].place.high == verb[0]
        for i in subjects
    )


def _closes_sentence(items: list[Item], *, verb: Span, sentence: Sentence) -> bool:
    """ "Talks over, says Leader": nothing but a noun phrase stands between the verb and the end."""
    subject = subject_after(items, start=verb[1], ceiling=sentence.high)
    if subject is None or any(is_verb_like(items, i) for i in range(subject[0], min(subject[1], subject[0] + 8))):
        return False
    return all(items[i].text in ENDS for i in range(subject[1], sentence.high))


def _shares_subject(before: list[str]) -> bool:
    """Whether the two words before a verb coordinate it: "and said", "went on to say", "and, said"."""
    return before[-1:] in (["and"], ["but"], ["or"], ["then"], ["to"]) or (
        before[-1:] == [","] and before[0] in ("and", "but")
    )


def _agrees(items: list[Item], *, subject: Span, cue: Cue, helpers: set[str]) -> bool:
    words = [items[i].lower for i in range(*subject)]
    last = words[-1]
    if cue.form == "base":
        if helpers & (MODALS | {"used", "do", "did", "does", "n't", "n’t"}):
            return True
        plural = last.endswith("s") and last not in ("this", "is", "was", "has")
        return last in PLURALS or words[0] in PLURALS or "and" in words or plural
    return last not in ("to",)


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
