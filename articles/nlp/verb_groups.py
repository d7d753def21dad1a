"""The words of a verb that may be a cue: auxiliaries, adverbs and particle with it, and when it is a noun."""

from __future__ import annotations

from .cues import NEEDS_PARTICLE, NOUNS_TOO, PARTICLES, Cue
from .found import Span
from .grammar import ADVERBS, AUXILIARIES, DETERMINERS, PERSONAL, POSSESSIVES, PREPOSITIONS, SUBJECT_PRONOUNS
from .noun_phrases import ALSO_NAMES
from .reading import Item, Sentence
from .words import words

NAMING = words("call name title dub label nickname term tag")


def hyphenated(items: list[Item], *, index: int) -> bool:
    """Part of a compound: "crack-hit", "sought-after"."""
    item = items[index]
    for near in (index - 1, index + 1):
        if 0 <= near < len(items) and items[near].text == "-":
            return items[near].end == item.start or items[near].start == item.end
    return False


def verb_group(items: list[Item], *, index: int, cue: Cue, sentence: Sentence) -> Span | None:
    low = index
    while low > sentence.low:
        word = items[low - 1].lower
        if items[low - 1].passage is not None or (items[low - 1].capital and word in ALSO_NAMES):
            break
        if word == "to" and low - 2 > sentence.low and items[low - 2].lower == "used":
            low -= 2
            continue
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


def is_noun(items: list[Item], *, index: int, cue: Cue, verb: Span) -> bool:
    word = items[index].lower
    if any(items[i].lower in AUXILIARIES and items[i].lower not in ("'s", "’s") for i in range(verb[0], index)):
        return False
    if index == 0:
        return cue.form != "ing" and word not in ("said", "says")
    before = items[index - 1].lower
    if before in ("'s", "’s", "what's") and (index < 2 or items[index - 2].lower not in PERSONAL):
        return word not in ("said", "says")
    if (
        cue.form == "ing"
        and items[index].place.pos != "VERB"
        and before in ("that", "of", "about", "for", "from", "on", "the", "a", "like")
    ):
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
    if before in PREPOSITIONS and items[index].place.pos == "VERB":
        return False
    return before in DETERMINERS or before in PREPOSITIONS or before in ("'s", "’s", "'", "’") or following == "of"


def _names(items: list[Item], *, index: int) -> bool:
    """`a book called “Women Who Work”`: a name is given, nobody says anything."""
    after = items[index + 1] if index + 1 < len(items) else None
    before = items[index - 1]
    if after is None or not (after.passage is not None or after.capital):
        return False
    return not before.capital and before.lower not in SUBJECT_PRONOUNS | AUXILIARIES and before.text != ","
