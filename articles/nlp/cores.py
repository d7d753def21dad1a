"""Find the core of each attribution: a cue verb and the subject beside it."""

from __future__ import annotations

from typing import NamedTuple

from .clauses import branches, subject_of
from .cues import CUES, NEEDS_PARTICLE, NOUNS_TOO, PARTICLES, Cue, Form
from .found import Span
from .grammar import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    FINITE_BE,
    MODALS,
    PERSONAL,
    POSSESSIVES,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
)
from .inverted import subject_after
from .noun_phrases import core_start, is_verb_like, subject_before
from .reading import ENDS, Item, Sentence
from .words import words

PLURALS = words("""
    i we you they who others some many most several both these those few people police men women
    children percent majority % media staff democrats folks all two three four five six seven eight nine
    ten none
""")


NAMING = words("call name title dub label nickname term tag")
LEADS_ON = words("on continued continues began begins proceeded proceeds refused refuses declined declines")
ADDRESSING = words("tell advise remind inform assure urge counsel notify reassure promise")
CLOSING = words("say warn claim report argue predict hint announce insist admit suggest")
NOT_SAID = ("ma", "ensur", "prov", "happen", "seem", "appear", "help", "giv")
"""How verbs begin whose that-clause nobody says ("made sure that", "proves that")."""

NOMINAL = frozenset(("NOUN", "PROPN", "ADJ"))
LONG_SUBJECT = 6
"""Items; of a longer subject the tree tells better than commas where it starts."""

HEADLINE_CUES = words("says said tells claims warns")


class Core(NamedTuple):
    """A cue verb with its subject, as item ranges.

    verb        auxiliaries, adverbs, verb and particle
    at          the verb itself, a number of an item
    subject     None where none is seen
    inverted    the subject follows the verb
    borrowed    the subject is another verb's, shared by coordination or participle
    """

    verb: Span
    at: int
    cue: Cue
    subject: Span | None
    inverted: bool
    borrowed: bool

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
        if items[branch].place.dep == "ccomp" and items[items[branch].place.low].lower == "that":
            form: Form = "ing" if item.lower.endswith("ing") else "past" if item.lower.endswith("ed") else "base"
            return Cue(item.lower, form, frozenset(("saying",)))
    return None


def _core_at(items: list[Item], *, index: int, cue: Cue, sentence: Sentence, earlier: list[Core]) -> Core | None:
    if _hyphenated(items, index=index):
        return None
    verb = _verb_group(items, index=index, cue=cue, sentence=sentence)
    if verb is None or _is_noun(items, index=index, cue=cue):
        return None
    if items[index].place.pos in NOMINAL and not _beside_passage(items, verb=verb):
        return None
    helpers = {items[i].lower for i in range(verb[0], index)}
    adverbs = sentence.low < verb[0] < index and not helpers & AUXILIARIES
    if adverbs and items[verb[0] - 1].lower in DETERMINERS - {"all", "both"} | POSSESSIVES | {"'s", "’s"}:
        return None
    if cue.form == "past" and _is_passive(helpers, following=items[verb[1]].lower if verb[1] < len(items) else ""):
        return None
    if _is_inverted_place(items, verb=verb, cue=cue, sentence=sentence):
        subject = subject_after(items, start=verb[1], ceiling=sentence.high)
        if subject is not None:
            return Core(verb, index, cue, subject, True, False)
    participle = cue.form == "ing" and not helpers & FINITE_BE
    holder = _absolute_subject(items, verb=verb, sentence=sentence) if participle else None
    if holder is not None:
        return Core(verb, index, cue, holder, False, False)
    before = [item.lower for item in items[max(sentence.low, verb[0] - 2) : verb[0]]]
    if not participle and before[-1:] == ["to"] and (cue.form != "base" or before[0] not in LEADS_ON):
        return None
    if participle or _shares_subject(before):
        if cue.form == "base" and before[-1] != "to":
            return None
        shared = main_subject(items, sentence=sentence, before=verb[0], cores=earlier)
        return Core(verb, index, cue, shared, False, True)
    subject = subject_before(items, floor=sentence.low, verb=verb[0])
    if subject is None or subject[1] - subject[0] > LONG_SUBJECT:
        by_tree = subject_of(items, verb=index)
        if by_tree is not None and sentence.low <= by_tree[0] and by_tree[1] <= verb[0]:
            subject = by_tree
    if subject is None and items[index].lower not in ("said", "says"):
        return None
    if subject is not None and not _agrees(items, subject=subject, cue=cue, helpers=helpers):
        return None
    return Core(verb, index, cue, subject, False, False)


def _absolute_subject(items: list[Item], *, verb: Span, sentence: Sentence) -> Span | None:
    """ "with Rao saying", "footage of Rao saying": the name right before the participle."""
    if verb[0] - 1 <= sentence.low or not items[verb[0] - 1].capital:
        return None
    start = core_start(items, low=sentence.low, high=verb[0])
    if start is None or start <= sentence.low or items[start - 1].lower not in ("with", "of", "by"):
        return None
    return start, verb[0]


def _is_passive(helpers: set[str], *, following: str) -> bool:
    """ "is said to", against "has said" and "he's said that"."""
    if "been" in helpers:
        return True
    if helpers & {"'s", "’s"} and following != "to":
        return False
    return bool(helpers & FINITE_BE) and not helpers & {"has", "have", "had"}


def _beside_passage(items: list[Item], *, verb: Span) -> bool:
    """Beside quotation marks a parser is least sure, and a cue most likely."""
    near = (verb[0] - 1, verb[0] - 2, verb[1], verb[1] + 1)
    return any(0 <= i < len(items) and items[i].passage is not None for i in near)


def _hyphenated(items: list[Item], *, index: int) -> bool:
    """Part of a compound: "crack-hit", "sought-after"."""
    item = items[index]
    for near in (index - 1, index + 1):
        if 0 <= near < len(items) and items[near].text == "-":
            return items[near].end == item.start or items[near].start == item.end
    return False


def _verb_group(items: list[Item], *, index: int, cue: Cue, sentence: Sentence) -> Span | None:
    low = index
    while low > sentence.low:
        word = items[low - 1].lower
        if items[low - 1].passage is not None:
            break
        if word in ("'s", "’s", "'d", "’d") and (low - 2 < sentence.low or items[low - 2].lower not in PERSONAL):
            break
        adverb = word.endswith("ly") and len(word) > 4 and not items[low - 1].capital
        if word not in AUXILIARIES and not (word in ADVERBS and word not in ("both", "all")) and not adverb:
            break
        low -= 1
    while low < index and items[low].lower in ("however", "meanwhile", "so"):
        low += 1
    high = index + 1
    particles = PARTICLES.get(cue.lemma)
    if particles and high < sentence.high and items[high].lower in particles:
        high += 1
    elif cue.lemma in NEEDS_PARTICLE:
        return None
    while high < sentence.high and items[high].lower.endswith("ly") and len(items[high].lower) > 4:
        if items[high].capital or items[high].passage is not None:
            break
        high += 1
    return low, high


def _is_noun(items: list[Item], *, index: int, cue: Cue) -> bool:
    word = items[index].lower
    if index == 0:
        return cue.form != "ing" and word not in ("said", "says")
    before = items[index - 1].lower
    if before in ("'s", "’s", "what's") and (index < 2 or items[index - 2].lower not in PERSONAL):
        return word not in ("said", "says")
    if cue.form == "ing" and before in ("that", "of", "about", "for", "from", "on", "the", "a", "like"):
        return True
    if cue.lemma in NAMING and cue.form == "past" and _names(items, index=index):
        return True
    if word not in NOUNS_TOO:
        return (
            before in POSSESSIVES
            or before in ("the", "a", "an")
            or (before in PREPOSITIONS - {"to", "up", "out", "off", "over", "down", "away"} and cue.form != "ing")
        )
    if before in ("this", "that", "it", "each", "one", "another") and cue.form == "s":
        return False
    if before in SUBJECT_PRONOUNS and before not in ("this", "that", "these", "those"):
        return False
    following = items[index + 1].lower if index + 1 < len(items) else ""
    return before in DETERMINERS or before in PREPOSITIONS or before in ("'s", "’s", "'", "’") or following == "of"


def _names(items: list[Item], *, index: int) -> bool:
    """`a book called “Women Who Work”`: a name is given, nobody says anything."""
    after = items[index + 1] if index + 1 < len(items) else None
    before = items[index - 1]
    if after is None or not (after.passage is not None or after.capital):
        return False
    return not before.capital and before.lower not in SUBJECT_PRONOUNS | AUXILIARIES and before.text != ","


def _is_inverted_place(items: list[Item], *, verb: Span, cue: Cue, sentence: Sentence) -> bool:
    """Right behind a quoted passage or a comma, or opening a sentence before a name and a passage."""
    if "saying" not in cue.groups or cue.form not in ("past", "s", "base") or cue.lemma in ADDRESSING:
        return False
    if verb[0] == sentence.low:
        return items[verb[0]].lower in ("said", "says", "added", "tweeted", "wrote", "asked")
    before = items[verb[0] - 1]
    if before.passage is not None:
        return True
    if before.text in (",", "—", "–", "?", "!") and verb[0] - 2 >= sentence.low:
        quoted = items[verb[0] - 2].passage is not None
        return quoted or (cue.lemma in CLOSING and _closes_sentence(items, verb=verb, sentence=sentence))
    return False


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
        if helpers & (MODALS | {"do", "did", "does", "n't", "n’t"}):
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
