"""The subject behind its verb: "said Ron Hale, a county adviser"."""

from __future__ import annotations

from .clauses import branches
from .cues import CUES, Cue
from .found import Span
from .grammar import CLAUSE_OPENERS, PERSONAL, RELATIVE, TIME_WORDS, TITLES, WEEKDAYS_MONTHS
from .noun_phrases import HARD, LONGEST_MENTION, begins_phrase, is_nickname, is_verb_like
from .reading import ENDS, Item, Sentence
from .titled import is_title
from .words import words

ADDRESSING = words("tell advise remind inform assure urge counsel notify reassure promise")
CLOSING = words("say warn claim report argue predict hint announce insist admit suggest")

LONGEST_ROLE = 5
"""Words before a name that say what its bearer is."""
ROLE = frozenset(("NOUN", "PROPN", "ADJ"))
GOES_ON = words("""
    when as while after before during because via but if although yesterday today earlier later
    afterward afterwards recently
""")
OCCASIONS = words("""
    statement interview speech email e-mail tweet letter memo address post posting conference briefing
    call report rally event appearance hearing debate remarks message blog op-ed essay column release
    response reply filing testimony broadcast
""")


def may_be_inverted(items: list[Item], *, index: int, verb: Span, cue: Cue, sentence: Sentence) -> bool:
    """Whether the subject may follow the verb: behind a quoted passage or a comma, or where it opens a sentence."""
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


def subject_after(items: list[Item], *, start: int, ceiling: int) -> Span | None:
    """The inverted subject ("said Ron Hale, a county adviser"), as an item range."""
    if start >= ceiling or not _may_start_inverted(items, start):
        return None
    if items[start].lower in PERSONAL:
        return start, start + 1
    index = start
    while index < ceiling and index - start < LONGEST_MENTION:
        item = items[index]
        if item.text in HARD or (item.passage is not None and not is_nickname(items, index)):
            break
        if index > start and _leaves_phrase(items, index=index, ceiling=ceiling):
            break
        index += 1
    while index > start and items[index - 1].text in (",", "(", "-"):
        index -= 1
    return (start, index) if index > start else None


def _may_start_inverted(items: list[Item], index: int) -> bool:
    item = items[index]
    if item.passage is not None or item.lower in ("him", "them", "me", "us"):
        return False
    if item.lower in WEEKDAYS_MONTHS | TIME_WORDS or item.lower in (
        "that",
        "it",
        "there",
        "what",
        "if",
        "this",
        "these",
        "those",
        "no",
        "so",
    ):
        return False
    return begins_phrase(item) or item.lower in TITLES or item.text[:1] == "@" or _is_role_of_name(items, index)


def _is_role_of_name(items: list[Item], index: int) -> bool:
    """ "said central bank governor Mia Chen": nouns without an article lead to a name."""
    at = index
    while at < min(index + LONGEST_ROLE, len(items) - 1) and items[at].place.pos in ROLE and not items[at].capital:
        at += 1
    name = items[at]
    is_name = name.capital and name.passage is None and name.lower not in WEEKDAYS_MONTHS | TIME_WORDS
    return at > index and is_name and items[at - 1].place.pos != "ADJ"


def _is_saying(item: Item) -> bool:
    cue = CUES.get(item.lower)
    return cue is not None and "saying" in cue.groups


def _leaves_phrase(items: list[Item], *, index: int, ceiling: int) -> bool:
    """Whether items[index] no longer belongs to the inverted subject."""
    word = items[index].lower
    following = items[index + 1].lower if index + 1 < ceiling else "."
    if word == ",":
        cue = CUES.get(following)
        if following in ("who", "which") and index + 2 < ceiling and _is_saying(items[index + 2]):
            return True
        starts_clause = following in CLAUSE_OPENERS - RELATIVE - {"or", "nor", "than"} or following == "and"
        if cue is not None and cue.form == "ing":
            return True
        return starts_clause or following in ("in", "at", "on", "during", "when", "referring", "speaking")
    if word in WEEKDAYS_MONTHS:
        return items[index - 1].lower not in ("of", "the")
    if word in GOES_ON:
        return True
    if word in ("in", "on", "at", "to", "through", "by", "about"):
        near = {items[i].lower for i in range(index + 1, min(index + 7, ceiling))}
        if near & OCCASIONS or following in WEEKDAYS_MONTHS or following[:4].isdigit():
            return True
        return word in ("on", "to", "about") and items[index - 1].capital
    return False
