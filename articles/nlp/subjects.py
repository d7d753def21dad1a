"""The subject in front of its verb: by the words beside it, by the tree, or another verb's."""

from __future__ import annotations

from .clauses import subject_of
from .cues import Cue
from .found import Span
from .grammar import DETERMINERS, MODALS, POSSESSIVES
from .noun_phrases import core_start, is_verb_like, subject_before
from .reading import Item, Sentence
from .words import words

PLURALS = words("""
    i we you they who others some many most several both these those few people police men women
    children percent majority % media staff democrats folks all two three four five six seven eight nine
    ten none
""")

NOMINAL = frozenset(("NOUN", "PROPN", "ADJ"))
LONG_SUBJECT = 6
"""Items; of a longer subject the tree tells better than commas where it starts."""

WIDEST_TITLE = 5  # items
WIDEST_APPOSED = 10  # items
CLAUSE_MARKS = frozenset(",;:–—-()")
MARKS = "\"“”„‟«»″'‘’`"


def subject_in_front(items: list[Item], *, index: int, verb: Span, sentence: Sentence) -> Span | None:
    """The subject in front of the verb group: by its words, and where these tell too little, by the tree."""
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
    if not _ends_passage(items, index=low - 1, sentence=sentence):
        low = _before_apposition(items, subject=subject, sentence=sentence)
    return (low, subject[1]) if _ends_passage(items, index=low - 1, sentence=sentence) else subject


def _before_apposition(items: list[Item], *, subject: Span, sentence: Sentence) -> int:
    """`“A,” the minister, Ida Moss, said`: where "the minister" begins; elsewhere the subject itself."""
    comma = subject[0] - 1
    if comma <= sentence.low or items[comma].text != "," or not items[subject[0]].capital:
        return subject[0]
    low = comma
    while low > sentence.low and comma - low < WIDEST_APPOSED and items[low - 1].passage is None:
        if items[low - 1].text in CLAUSE_MARKS or is_verb_like(items, low - 1):
            return subject[0]
        low -= 1
    return low if items[low].lower in DETERMINERS | POSSESSIVES else subject[0]


def _ends_passage(items: list[Item], *, index: int, sentence: Sentence) -> bool:
    """Whether the item is the end of words in quotation marks that a clause of saying can follow."""
    if index < sentence.low or items[index].passage is None or items[index].place.pos == "":
        return False
    return items[index].text.rstrip(MARKS).endswith((",", "?", "!"))


def own_subject(items: list[Item], *, index: int, sentence: Sentence) -> Span | None:
    """The subject by the tree: "Acknowledging that …, Rao said"."""
    subject = subject_of(items, verb=index)
    return subject if subject and sentence.low <= subject[0] and subject[1] <= sentence.high else None


def absolute_subject(items: list[Item], *, verb: Span, sentence: Sentence) -> Span | None:
    """ "with Rao saying", "footage of Rao saying": the name right before the participle."""
    if verb[0] - 1 <= sentence.low or not items[verb[0] - 1].capital:
        return None
    start = core_start(items, low=sentence.low, high=verb[0])
    if start is None or start <= sentence.low or items[start - 1].lower not in ("with", "of", "by"):
        return None
    return start, verb[0]


def shares_subject(before: list[str]) -> bool:
    """Whether the two words before a verb coordinate it: "and said", "went on to say", "and, said"."""
    return before[-1:] in (["and"], ["but"], ["or"], ["then"], ["to"]) or (
        before[-1:] == [","] and before[0] in ("and", "but")
    )


def agrees(items: list[Item], *, subject: Span, cue: Cue, helpers: set[str]) -> bool:
    """Whether a verb of that form can have this subject: "they say", not "she say"."""
    spelled = [items[i].lower for i in range(*subject)]
    last = spelled[-1]
    if cue.form == "base":
        if helpers & (MODALS | {"used", "do", "did", "does", "n't", "n’t"}):
            return True
        plural = last.endswith("s") and last not in ("this", "is", "was", "has")
        return last in PLURALS or spelled[0] in PLURALS or "and" in spelled or plural
    return last not in ("to",)
