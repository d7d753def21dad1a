"""Speakers that may be one: found by their names, in blocks that sound alike, and kept for somebody to decide.

Only names within a block are compared, so that a hundred thousand take less than a minute: those whose last words
sound alike and that have another word beginning alike, those of the same words in another order, a surname alone with
its few bearers, and a body with its initials.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from django.db import transaction

from . import bulk
from .likeness import INITIALS, SURNAME, Alike, acronym_of, alike, is_partial, words_of
from .models import Alias, PossibleDuplicate, Speaker, last_word, sound_of

WIKIDATA = "wikidata"
LEAST = 0.3
"""Pairs less certain than that are not kept: “J. Smith” and each of three who may be meant."""
LARGEST = 1_000
"""Names of a block that are compared each with each; in a larger one the names are too common to tell anything."""
MOST_BEARERS = 5
"""Names to which a surname alone is compared."""
AT_ONCE = 1_000
"""Pairs written in one transaction."""

Pair = tuple[int, int]
"""The ids of two speakers, the smaller first."""


@dataclass(frozen=True, slots=True)
class Named:
    """A speaker as the names tell: the keys of the name and of the other names."""

    pk: int
    keys: tuple[str, ...]
    qualifier: str
    wikidata_id: str


Name = tuple[Named, str]


@dataclass
class Pairs:
    """How alike the most alike names of two speakers are, and with whom else a short name is shared."""

    found: dict[Pair, tuple[Alike, str]] = field(default_factory=dict)
    bearers: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def compare(self, one: Name, other: Name) -> None:
        (first, key), (second, other_key) = (one, other) if one[0].pk < other[0].pk else (other, one)
        if first.pk == second.pk or _told_apart(first, second):
            return
        likeness = alike(key, other_key)
        if likeness is None:
            return
        short = key if is_partial(key) else other_key
        if likeness.by in (INITIALS, SURNAME):
            self.bearers[short].add(second.pk if short == key else first.pk)
        before = self.found.get((first.pk, second.pk))
        if before is None or before[0].certainty < likeness.certainty:
            self.found[first.pk, second.pk] = likeness, short

    def shared(self) -> dict[Pair, Alike]:
        """What was found, a short name that several may bear being shared among them."""
        return {
            pair: Alike(round(one.certainty / max(len(self.bearers[short]), 1), 3), one.by)
            if one.by in (INITIALS, SURNAME)
            else one
            for pair, (one, short) in self.found.items()
        }


def find(speakers: Sequence[Named], *, passed: Callable[[int], object] = lambda number: None) -> dict[Pair, Alike]:
    """How certainly two of `speakers` are one, and why, of at least LEAST; `passed` is told the names compared."""
    pairs = Pairs()
    for block in _blocks(speakers):
        if len(block) <= LARGEST:
            for one, other in combinations(block, 2):
                pairs.compare(one, other)
        passed(len(block))
    for one, other in _surnames(speakers):
        pairs.compare(one, other)
    found = pairs.shared() | _same_in_wikidata(speakers)
    return {pair: one for pair, one in found.items() if one.certainty >= LEAST}


def keep(found: Mapping[Pair, Alike]) -> tuple[int, int]:
    """Store the pairs that were found, and drop those to decide on that were not; how many are new, and dropped.

    What somebody has told apart stays so. Doing it again changes nothing; what was stopped is only to be done again.
    """
    known = PossibleDuplicate.objects.by_pair()
    new = [(*pair, one.certainty, [one.by], False) for pair, one in found.items() if pair not in known]
    changed = [
        (found[pair].certainty, [found[pair].by], number)
        for pair, (number, certainty, why) in known.items()
        if pair in found and (certainty, why) != (found[pair].certainty, [found[pair].by])
    ]
    for start in range(0, len(new), AT_ONCE):
        with transaction.atomic():
            names = ["first", "second", "score", "why", "is_different"]
            bulk.insert(PossibleDuplicate, names, new[start : start + AT_ONCE])
    with transaction.atomic():
        bulk.update(PossibleDuplicate, ["score", "why"], changed)
    gone = [number for pair, (number, *_) in known.items() if pair not in found]
    return len(new), PossibleDuplicate.objects.drop(gone)


def hear() -> int:
    """Write down how the names sound that an earlier version of `sound_of` heard otherwise; how many they were."""
    heard = 0
    for model in (Speaker, Alias):
        names = model._default_manager.values_list("pk", "key", "sound").iterator(chunk_size=AT_ONCE)
        changed = [(sound, pk) for pk, key, was in names if (sound := sound_of(key)) != was]
        with transaction.atomic():
            bulk.update(model, ["sound"], changed)
        heard += len(changed)
    return heard


def named(speakers: Iterable[Speaker]) -> list[Named]:
    """What is compared of `speakers`, whose other names are fetched."""
    return [
        Named(one.pk, (one.key, *(alias.key for alias in one.aliases.all())), one.qualifier, one.wikidata_id)
        for one in speakers
    ]


def _told_apart(one: Named, other: Named) -> bool:
    """Whether somebody has told them apart already: by Wikidata, or by qualifiers to the same name."""
    if one.wikidata_id and other.wikidata_id:
        return one.wikidata_id != other.wikidata_id
    return one.keys[0] == other.keys[0] and bool(one.qualifier and other.qualifier)


def _blocks(speakers: Sequence[Named]) -> Iterator[Sequence[Name]]:
    """Names to compare each with each."""
    blocks: dict[Hashable, dict[tuple[int, str], Name]] = defaultdict(dict)
    for one in speakers:
        for key in one.keys:
            for block in _blocks_of(key):
                blocks[block][one.pk, key] = one, key
    return (list(names.values()) for names in blocks.values())


def _blocks_of(key: str) -> Iterator[Hashable]:
    words = words_of(key)
    if len(words) == 1:
        yield "alone", sound_of(key)
        yield "initials", words[0]
    else:
        yield "words", *sorted(words)
        yield from {("begins", sound_of(key), sound_of(word)[:1]) for word in words[:-1]}
        if letters := acronym_of(words):
            yield "initials", letters


def _surnames(speakers: Sequence[Named]) -> Iterator[tuple[Name, Name]]:
    """Each surname that stands alone, with who may bear it; of more than a few nothing would be left."""
    alone: dict[str, list[Name]] = defaultdict(list)
    bearers: dict[str, list[Name]] = defaultdict(list)
    for one in speakers:
        for key in one.keys:
            (alone if len(words_of(key)) == 1 else bearers)[last_word(key)].append((one, key))
    for surname, names in alone.items():
        if len(bearers[surname]) <= MOST_BEARERS:
            yield from product(names, bearers[surname])


def _same_in_wikidata(speakers: Sequence[Named]) -> dict[Pair, Alike]:
    of_id: dict[str, list[int]] = defaultdict(list)
    for one in speakers:
        if one.wikidata_id:
            of_id[one.wikidata_id].append(one.pk)
    return {pair: Alike(1.0, WIKIDATA) for same in of_id.values() for pair in combinations(sorted(same), 2)}
