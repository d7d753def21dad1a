"""What a mention is by its shape: a name, a role, a group."""

from __future__ import annotations

from .grammar import DETERMINERS, POSSESSIVES, PREPOSITIONS, RELATIVE, TITLES
from .names import BODY_WORDS, NATIONS_AND_PARTIES
from .reading import Item
from .words import words

PLURAL_WORDS = words("they we others many some most several both those these all few")
GROUP_ENDINGS = words("people police percent men women voters officials media critics supporters families")


def head_of(words: list[Item]) -> list[Item]:
    """The mention up to its apposition, relative clause or bracket."""
    for index, item in enumerate(words):
        if index and (item.text in (",", "(") or item.lower in RELATIVE or item.text in ("—", "–")):
            return words[:index]
    return words


def holds_name(head: list[Item]) -> bool:
    return any(w.capital and w.lower not in TITLES | NATIONS_AND_PARTIES for w in head[1:])


def is_group(head: list[Item]) -> bool:
    last = head[0]
    for item in head:
        if item.lower in PREPOSITIONS - {"about"} and item is not head[0]:
            break
        last = item
    if any(w.lower == "and" for w in head) and head[0].lower not in ("the",) and last.lower not in BODY_WORDS:
        return True
    first = head[0].lower
    if first in PLURAL_WORDS or first in GROUP_ENDINGS or last.lower in GROUP_ENDINGS:
        return True
    plural = last.lower.endswith("s") and not last.lower.endswith(("ss", "us", "is")) and len(last.text) > 3
    if not plural or last.lower in BODY_WORDS:
        return False
    return (
        not last.capital
        or last.lower in ("democrats", "republicans", "americans")
        or (len(head) > 1 and first not in POSSESSIVES and first in DETERMINERS - {"the", "a", "an"})
    )
