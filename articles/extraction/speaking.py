"""Names -> speakers, as far as a machine may tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..likeness import alike, is_partial
from ..models import Speaker, name_key, sound_of
from .findings import Suggestion


def speakers_of(suggestions: Iterable[Suggestion]) -> dict[str, Speaker]:
    """{name: the speaker it means}: the one who bears it, or a new one where nobody does.

    Who was merged into another stands for that one. A name that several bear, or only a hidden speaker, means nobody:
    a person has to say. So does “J. Smith”, where a Jane Smith is known. They are held until the caller's transaction
    ends, so that nobody merges one away who is just being given a quotation. A fixed number of queries.
    """
    kinds: dict[str, str] = {}
    for suggestion in suggestions:
        if suggestion.name:
            kinds.setdefault(suggestion.name, suggestion.kind)
    if not kinds:
        return {}
    called = _called(kinds)
    unknown = {name_key(name): name for name in reversed(kinds) if not called[name]}
    for key in _partial(unknown, kinds):
        del unknown[key]
    if unknown:
        # Two processes may make the same name at once: the second waits for the first and takes its row. All go in
        # one order, so that no two wait for each other.
        new = [
            Speaker(name=name, key=key, sound=sound_of(key), kind=kinds[name])
            for key, name in sorted(unknown.items())
        ]
        Speaker.objects.bulk_create(new, ignore_conflicts=True)
        called |= _called(name for name in kinds if not called[name])
    return {name: meant for name, bearers in called.items() if (meant := _meant(bearers))}


def _called(names: Iterable[str]) -> dict[str, list[Speaker]]:
    """The bearers of each name, held; asked for again where somebody had merged or renamed one in between."""
    names = list(names)
    while True:
        called = Speaker.objects.called_any(names)
        found = {one.pk: one.version for bearers in called.values() for one in _standing(bearers)}
        if Speaker.objects.kept(found) == found:
            return called


def _standing(bearers: Sequence[Speaker]) -> set[Speaker]:
    """Those who may be given a quotation: who is shown, else those, shown, into whom the hidden ones were merged."""
    survivors = {one.merged_into for one in bearers if one.merged_into and not one.merged_into.is_hidden}
    return {one for one in bearers if not one.is_hidden} or survivors


def _meant(bearers: Sequence[Speaker]) -> Speaker | None:
    standing = _standing(bearers)
    return standing.pop() if len(standing) == 1 else None


def _partial(unknown: Mapping[str, str], kinds: Mapping[str, str]) -> set[str]:
    """The keys among `unknown` that may be short for a speaker who is known, or for another of these names."""
    partial = {key for key, name in unknown.items() if kinds[name] == Speaker.Kind.PERSON and is_partial(key)}
    if not partial:
        return set()
    whole = {key for key in unknown if not is_partial(key)}
    whole |= {key for _, key in Speaker.objects.visible().sounding({sound_of(key) for key in partial})}
    return {key for key in partial if any(alike(key, other) for other in whole)}
