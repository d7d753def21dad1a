"""Whom a quotation without a speaker may mean: asked when somebody looks, from the names that are known then.

Nothing of it is stored and nothing is guessed silently: a person chooses.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from .likeness import Alike, alike, shares
from .models import WHY_ALIKE, Quotation, Speaker, last_word, name_key, sound_of
from .roles import name_of, role_in

MOST = 6
"""Candidates shown."""
MOST_COMPARED = 40
"""Whose context is asked for: those whose names are most alike."""
NEWEST = 200
"""Quotations of each among which those of the same outlet are counted."""

# What speaks for a candidate besides the name, as a share of what the name alone says.
HERE, OUTLET, ROLE = 3.0, 1.0, 2.0


@dataclass(frozen=True)
class Candidate:
    """A speaker who may be meant, how certainly in whole per cent, and why: what `WHY_ALIKE` has words for."""

    speaker: Speaker
    percent: int
    why: tuple[str, ...]

    @property
    def reasons(self) -> list[str]:
        return [str(WHY_ALIKE[code]) for code in self.why]


def candidates(quotation: Quotation) -> list[Candidate]:
    """Whom the name at `quotation` may mean, the most certain first. Four queries at most."""
    key = name_key(name_of(quotation))
    names = _alike(key)
    if not names:
        return []
    closest = sorted(names, key=lambda pk: (-names[pk].certainty, pk))[:MOST_COMPARED]
    speakers = Speaker.objects.with_newest_in(quotation.article.outlet_id, closest, newest=NEWEST)
    here = Quotation.objects.speakers_around(quotation.article, closest)
    said = _words(role_in(quotation.mention, [name_of(quotation)]))
    weights: dict[int, float] = {}
    reasons: dict[int, list[str]] = defaultdict(list)
    for pk, speaker in speakers.items():
        weights[pk], reasons[pk] = _weighed(speaker, names[pk], is_here=pk in here, said=said)
    order = sorted(weights, key=lambda pk: (-weights[pk], str(speakers[pk])))
    certain = shares(weights[pk] for pk in order)
    found = zip(order, certain, strict=True)
    return [Candidate(speakers[pk], round(share * 100), tuple(reasons[pk])) for pk, share in found][:MOST]


def _alike(key: str) -> dict[int, Alike]:
    """{id of a speaker: how alike the name is that is most so}."""
    best: dict[int, Alike] = {}
    if last_word(key):
        for pk, name in Speaker.objects.visible().sounding([sound_of(key)]):
            found = alike(key, name)
            if found and (pk not in best or found.certainty > best[pk].certainty):
                best[pk] = found
    return best


def _weighed(speaker: Speaker, name: Alike, *, is_here: bool, said: set[str]) -> tuple[float, list[str]]:
    why, factor = [name.by], 1.0
    if is_here:
        why.append("here")
        factor += HERE
    if speaker.in_outlet:  # type: ignore[attr-defined]
        why.append("outlet")
        factor += OUTLET * min(speaker.in_outlet, NEWEST) / NEWEST  # type: ignore[attr-defined]
    if said & _words(speaker.role):
        why.append("role")
        factor += ROLE
    return name.certainty * factor, why


def _words(role: str) -> set[str]:
    return {word for word in name_key(role).split() if len(word) > 2}
