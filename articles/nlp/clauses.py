"""Where the words that depend on a cue end, by the tree."""

from __future__ import annotations

from collections.abc import Iterator

from .reading import Item
from .words import words

DEEPEST = 30
"""Steps up a tree looked at; a sentence nests no deeper."""

OBJECT = frozenset(("obj", "iobj"))
TELLS_WHEN = words("when while as after before because since until during although though")


def branch_of(items: list[Item], *, index: int, verb: int) -> int | None:
    """The item right below items[verb] on the way down to items[index]; None where there is no such way."""
    for _ in range(DEEPEST):
        head = items[index].place.head
        if head == verb:
            return index
        if head == index:
            return None
        index = head
    return None


def branches(items: list[Item], *, verb: int, low: int, high: int) -> Iterator[int]:
    """The items of low..high that depend right on items[verb], left to right."""
    for index in range(low, high):
        if items[index].place.head == verb and index != verb:
            yield index


def cut(items: list[Item], *, start: int, end: int, verb: int) -> int:
    """The content items[start:end] of items[verb] without what the tree gives back to the verb itself.

    A second verb of the same subject ("noted that … and praised …") never belongs to the content; when,
    why and how somebody said it does not where the content is an object ("called the hearing because …").
    """
    content = branch_of(items, index=start, verb=verb)
    if content is None or content < verb:
        return end
    is_object = items[content].place.dep in OBJECT
    for branch in branches(items, verb=verb, low=content + 1, high=end):
        place = items[branch].place
        if place.low <= start:
            continue
        if place.dep == "conj" and place.pos in ("VERB", "AUX"):
            return place.low
        if is_object and place.dep in ("advcl", "obl", "obl:unmarked") and _tells_when(items, low=place.low):
            return place.low
    return end


def _tells_when(items: list[Item], *, low: int) -> bool:
    first = items[low]
    if first.text == ",":
        return True
    return first.lower in TELLS_WHEN and first.lower != "as" or (first.lower == "as" and items[low + 1].lower in words("he she it they we i the"))
