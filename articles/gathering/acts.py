"""The acts that touch what an export has given out, in the order in which they were done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ..exports import records as form
from ..models import Act
from ..querysets import exporting
from . import rows
from .numbers import Numbers, places_of

if TYPE_CHECKING:
    from .stream import Gathering

ACTS = 200
"""Acts in memory at once; their changes come one by one."""
MANY = 5_000


class Acts:
    """Each with its changes of what was given out; of other records they are only counted.

    Where all there is was given out, nothing is left out. Speakers whom an act names come before the first act.
    """

    def __init__(self, gathering: Gathering) -> None:
        self._gathering = gathering
        self._is_whole = gathering.is_whole
        self._articles = Numbers(gathering.articles)
        self._quotations = Numbers(gathering.quotations)
        self._outlets = set(gathering.outlets_given)

    def records(self) -> Iterator[form.Speaker | form.Act]:
        numbers = None if self._is_whole else self._touching()
        if numbers is not None:
            for part in numbers.parts(ACTS):
                named = set(self._speakers_named(part))
                yield from self._gathering.speakers_called(named)
        for part in exporting.parts(Act.objects.all(), ACTS) if numbers is None else numbers.parts(ACTS):
            yield from self._acts(part)

    def _touching(self) -> Numbers:
        """The numbers of all acts that touch what was given out, and of those that these undid."""
        gathering = self._gathering
        of_speakers = (exporting.acts_on("speaker", part) for part in Numbers(gathering.speakers).parts(MANY))
        of_outlets = (exporting.acts_on("outlet", part) for part in Numbers(self._outlets).parts(MANY))
        found = Numbers(chain(gathering.touching, *of_speakers, *of_outlets))
        while True:
            undone = (exporting.undone_by(part) for part in found.parts(MANY))
            more = Numbers(chain(found, *undone))
            if len(more) == len(found):
                return found
            found = more

    def _speakers_named(self, acts: exporting.Part) -> Iterator[int]:
        for change in exporting.changes_naming_speakers(acts):
            if self._is_given(*change[3:6], quotation=change[1]):
                yield from (one for one in (change[4], *_named([change], ("speaker_id", "merged_into_id"))) if one)

    def _is_given(
        self, article: int | None, speaker: int | None, outlet: int | None, *, quotation: int | None
    ) -> bool:
        """Whether a change is of what was given out. Speakers and outlets that an act changed come with it."""
        if self._is_whole or speaker or outlet:
            return True
        return quotation in self._quotations if quotation else (article or 0) in self._articles

    def _acts(self, part: exporting.Part) -> Iterator[form.Act]:
        places = places_of(exporting.former_in_order(part))
        by_act = groupby(exporting.changes(part), key=itemgetter(0))
        waiting = next(by_act, None)
        for row in exporting.acts(part):
            changes: list[tuple[Any, ...]] = []
            if waiting and waiting[0] == row[0]:
                changes = list(waiting[1])
                waiting = next(by_act, None)
            yield self._act(row, changes, places)

    def _act(self, row: tuple[Any, ...], changes: Sequence[tuple[Any, ...]], places: Mapping[int, int]) -> form.Act:
        _, uid, verb, by, at, article, note, undoes = row
        given = [change for change in changes if self._is_given(*change[3:6], quotation=change[1])]
        act: form.Act = {
            "record": "act",
            "uid": str(uid),
            "verb": verb,
            "by": self._gathering.users[by],
            "at": at.isoformat(),
            "article": article if article and (self._is_whole or article in self._articles) else None,
            "note": note,
            "undoes": str(undoes) if undoes else None,
            "changes": [rows.change(change, users=self._gathering.users, places=places) for change in given],
            "left_out": len(changes) - len(given),
        }
        named = {change[5] for change in given} | set(_named(given, ("outlet_id",)))
        if new := sorted((named - {None} - self._outlets) & self._gathering.outlets.keys()):
            self._outlets.update(new)
            act["outlets"] = [self._gathering.outlets[one] for one in new]
        return act


def _named(changes: Iterable[tuple[Any, ...]], fields: Sequence[str]) -> Iterator[int]:
    """The numbers in these fields of what `changes` hold."""
    for change in changes:
        for values in change[6:]:
            yield from (values[name] for name in fields if values and values.get(name))
