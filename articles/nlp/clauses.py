"""Where the words that depend on a cue end, by the tree."""

from __future__ import annotations

from collections.abc import Iterator

from .found import Span
from .reading import Item
from .words import words

DEEPEST = 30
"""Steps up a tree looked at; a sentence nests no deeper."""

OBJECT = frozenset(("obj", "iobj"))
SHARES_SUBJECT = frozenset(("conj", "advcl", "xcomp", "parataxis"))
LONGEST_ASIDE = 25  # items
FARTHEST_SUBJECT = 5
OPENS_CLAUSE = words("he she it they we i the")
TELLS_WHEN = words("when while after before because since until during although though")


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
    is_object = items[content].place.dep in OBJECT and not _has_subject(items, verb=content)
    for branch in branches(items, verb=verb, low=content + 1, high=end):
        place = items[branch].place
        if place.low <= start:
            continue
        if place.dep == "conj" and place.pos in ("VERB", "AUX") and _parallel(items, verb=verb, other=branch):
            return place.low
        if is_object and place.dep in ("advcl", "obl", "obl:unmarked") and _tells_when(items, low=place.low):
            return place.low
    return _where_others_go_on(items, start=start, end=end, verb=verb)


def _has_subject(items: list[Item], *, verb: int) -> bool:
    place = items[verb].place
    return any(items[i].place.dep.startswith("nsubj") for i in branches(items, verb=verb, low=place.low, high=verb))


def _parallel(items: list[Item], *, verb: int, other: int) -> bool:
    """ "noted that … and praised": two verbs of one subject, in one tense; what the parser joins else is content."""
    joined = items[items[other].place.low].lower in ("and", "but", "or", ",")
    return joined and bool(_tenses(items, verb=verb) & _tenses(items, verb=other))


def _tenses(items: list[Item], *, verb: int) -> set[str]:
    """The tags of a verb and its auxiliaries."""
    low = items[verb].place.low
    helpers = (i for i in branches(items, verb=verb, low=low, high=verb) if items[i].place.dep.startswith("aux"))
    tags = {items[i].place.tag for i in (*helpers, verb)}
    return tags | {"VBD"} if "VBN" in tags else tags


def _where_others_go_on(items: list[Item], *, start: int, end: int, verb: int) -> int:
    """The first comma or semicolon behind which nothing hangs on items[verb] any more."""
    for index in range(start + 1, end - 1):
        following = items[index + 1]
        if items[index].text not in (",", ";") or following.passage is not None or following.lower in ("as", "of"):
            continue
        if _only_opens(items, start=start, end=index) or _resumes(items, start=index + 1, end=end):
            continue
        if all(branch_of(items, index=i, verb=verb) is None for i in range(index + 1, end) if _is_word(items[i])):
            return index
    return end


def _only_opens(items: list[Item], *, start: int, end: int) -> bool:
    """ "that, if elected, he …", "that in 2009, he …": a that-clause without its verb."""
    if items[start].lower != "that" or any(items[i].passage for i in range(start, end)):
        return False
    places = (items[i].place for i in range(start, end))
    return not any(place.pos in ("VERB", "AUX") and place.dep != "advcl" for place in places)


def _resumes(items: list[Item], *, start: int, end: int) -> bool:
    """ "accused Rao, the mayor of Ghent, of being “weak”": behind the aside the object's complement."""
    for index in range(start, min(start + LONGEST_ASIDE, end - 2)):
        if items[index].text == "," and items[index + 1].lower in ("of", "as"):
            return any(items[i].passage is not None for i in range(index + 2, min(index + 5, end)))
    return False


def _is_word(item: Item) -> bool:
    return item.place.pos not in ("PUNCT", "")


def _tells_when(items: list[Item], *, low: int) -> bool:
    first = items[low].lower
    if first == "as":
        return items[low + 1].lower in OPENS_CLAUSE
    return first in TELLS_WHEN or (first == "," and items[low + 1].lower not in ("of", "as"))


def subject_of(items: list[Item], *, verb: int) -> Span | None:
    """The subject of items[verb] by the tree, or the one it shares with the verb it hangs on; None without one."""
    at = verb
    for _ in range(FARTHEST_SUBJECT):
        for index in branches(items, verb=at, low=items[at].place.low, high=items[at].place.high):
            if items[index].place.dep.startswith("nsubj"):
                return _mention(items, index=index, before=at)
        if at != verb and items[at].place.pos in ("PROPN", "PRON") and at < verb:
            return _mention(items, index=at, before=verb)
        dep, head = items[at].place.dep, items[at].place.head
        if dep == "acl" and head < at:
            return _mention(items, index=head, before=at)
        if dep not in SHARES_SUBJECT or head == at:
            return None
        at = head
    return None


def _mention(items: list[Item], *, index: int, before: int) -> Span | None:
    """The noun phrase around items[index], its apposition included and its relative clause left out."""
    low, high = items[index].place.low, items[index].place.high
    if index < before:
        high = min(high, before)
    for clause in range(index + 1, high):
        if items[clause].place.head == index and items[clause].place.dep in ("acl:relcl", "acl"):
            high = min(high, items[clause].place.low)
    while high > index + 1 and items[high - 1].text in (",", "-", "–", "—", "("):
        high -= 1
    while low < index and not items[low].text[0].isalnum():
        low += 1
    return (low, high) if low <= index < high else None
