"""Speakers of an export -> those here: found by name and qualifier, made where there are none, never overwritten."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from .. import bulk, extraction
from ..models import NAME_LENGTH, QUALIFIER_LENGTH, Alias, Speaker, is_name, name_key, sound_of
from ..models.speaker import WIKIDATA_ID
from ..patience import patiently
from ..querysets import bringing
from . import values
from .report import Report
from .values import Record

Problem = tuple[str, str]
"""Where in a file, and what is wrong there."""
QUALIFIED = re.compile(rf"(?P<name>.+?) \((?P<qualifier>[^()]{{1,{QUALIFIER_LENGTH}}})\)")
TRIES = 3
"""Of a transaction in which somebody else makes the same name at once."""


@dataclass(frozen=True, slots=True)
class Checked:
    """`speaker` is unsaved, and merged into nobody yet."""

    number: int
    speaker: Speaker
    aliases: list[str]
    merged_into: int | None


def checked(record: Record) -> Checked:
    """Raises ValueError."""
    number, name = values.key(record, "number"), values.words(record, "name", most=NAME_LENGTH)
    if number is None:
        raise ValueError("it has no number")
    if not is_name(name):
        raise ValueError(f"nobody can be called {name!r}")
    wikidata_id = values.words(record, "wikidata_id")
    if wikidata_id and not re.fullmatch(WIKIDATA_ID, wikidata_id):
        raise ValueError(f"{wikidata_id!r} is no Wikidata id")
    aliases = values.many(record, "aliases")
    for alias in aliases:
        if not isinstance(alias, str) or not is_name(values.words({"alias": alias}, "alias")):
            raise ValueError(f"nobody can be called {alias!r}")
    merged_into, is_hidden = values.key(record, "merged_into"), values.flag(record, "is_hidden")
    if merged_into is not None and (not is_hidden or merged_into == number):
        raise ValueError("who was merged is hidden, and leads on to somebody else")
    key = name_key(name)
    speaker = Speaker(
        name=name,
        key=key,
        sound=sound_of(key),
        qualifier=values.words(record, "qualifier", most=QUALIFIER_LENGTH),
        kind=values.one_of(record, "kind", Speaker.Kind.values, default=Speaker.Kind.PERSON),
        role=values.words(record, "role", most=200),
        wikidata_id=wikidata_id,
        is_hidden=is_hidden,
        version=values.version(record),
    )
    return Checked(number, speaker, aliases, merged_into)


class Speakers:
    """Which speaker here is which of the file."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._numbers: dict[int, int] = {}
        self._others: set[int] = set()
        """Those of the file who are here with other values, so that their history is another one."""
        self._merged: set[int] = set()
        """Those here who were merged in the file too: what is theirs there stays theirs."""
        self._waiting: dict[int, int] = {}
        """Those here who are still to lead on to one of the file."""

    def number(self, number: int | None) -> int | None:
        """Of the speaker here; None for nobody, and for whom the file does not hold."""
        return None if number is None else self._numbers.get(number)

    def is_other(self, number: int) -> bool:
        """Whether changes of that speaker of the file belong to nobody here."""
        return number not in self._numbers or number in self._others

    def bring(self, records: Sequence[Record]) -> list[Problem]:
        """Those of `records`, in one transaction, had again while the database fails; what was wrong with some."""
        good, problems = [], []
        for record in records:
            try:
                good.append(checked(record))
            except ValueError as problem:
                self._report.speakers.failed += 1
                problems.append((f"speaker {record.get('number')}", f"{problem}; its quotations come without one"))
        for left in reversed(range(TRIES)):
            try:
                found = patiently(self._bring, good)
                break
            except IntegrityError:
                if not left:
                    raise
        for one, (speaker, is_new, is_same) in zip(good, found, strict=True):
            self._note(one, speaker, is_new=is_new, is_same=is_same)
        return problems + self._lead_on()

    def _lead_on(self) -> list[Problem]:
        """Let those who were merged lead on, as far as it is known by now to whom; what was wrong with some."""
        known = {one: into for one, number in self._waiting.items() if (into := self.number(number))}
        refused = patiently(self._lead_all, {one: into for one, into in known.items() if into != one})
        self._waiting = {one: number for one, number in self._waiting.items() if one not in known}
        self._report.speakers.failed += len(refused)
        return [(f"speaker {name}", "merged in a ring; it leads on to nobody") for name in refused]

    @transaction.atomic
    def _lead_all(self, wanted: Mapping[int, int]) -> list[str]:
        """Write whom each is merged into, but for those who would lead back to themselves; the names of these."""
        leads = _leading(wanted.values())
        good, refused = [], []
        for one, into in wanted.items():
            if _comes_to(one, into, leads):
                refused.append(one)
            else:
                leads[one] = into
                good.append((into, one))
        bulk.update(Speaker, ["merged_into"], good)
        return [str(one) for one in Speaker.objects.in_bulk(refused).values()]

    def standing(self, numbers: Iterable[int]) -> dict[int, int]:
        """{number here: whom a quotation is to be given}, held, so that none of these is merged away meanwhile.

        Somebody here may have been merged since, or before the file came; then it is who has all that is theirs.
        Asked for again where somebody was merged before they were held.
        """
        wanted = set(numbers)
        given: dict[int, int] = {}
        while given != (now := self._led_on(wanted)):
            given = now
            Speaker.objects.kept(given.values())
        return given

    def _led_on(self, numbers: set[int]) -> dict[int, int]:
        return {one: one for one in numbers} | bringing.merged_into(numbers - self._merged)

    @transaction.atomic
    def _bring(self, good: Sequence[Checked]) -> list[tuple[Speaker, bool, bool]]:
        """The speaker of each, whether it is new, and whether it has all that the record says."""
        keys = {one.speaker.key for one in good}
        known = bringing.speakers(keys)
        new: dict[tuple[str, str], Checked] = {}
        for one in good:
            if _name(one.speaker) not in known:
                new.setdefault(_name(one.speaker), one)
        bulk.insert_objects([one.speaker for one in new.values()])
        known |= {name: one for name, one in bringing.speakers(keys if new else ()).items() if name in new}
        bulk.insert(Alias, ["speaker", "name", "key", "sound"], _aliases(new, known))
        return [
            (known[name], new.get(name) is one, new.get(name) is one or _is_same(known[name], one))
            for one in good
            for name in [_name(one.speaker)]
        ]

    def _note(self, one: Checked, speaker: Speaker, *, is_new: bool, is_same: bool) -> None:
        self._numbers[one.number] = speaker.pk
        if is_new:
            self._report.speakers.added += 1
        else:
            self._report.speakers.there += 1
        if not is_same:
            self._others.add(one.number)
        elif one.merged_into is not None:
            self._merged.add(speaker.pk)
            if speaker.merged_into_id is None:
                self._waiting[speaker.pk] = one.merged_into


def _leading(numbers: Iterable[int]) -> dict[int, int]:
    """{number of a speaker: whom it was merged into}, of these and of all to whom they lead, which may be a few."""
    found: dict[int, int] = {}
    sought = set(numbers)
    while sought:
        found |= (new := bringing.merged_into(sought))
        sought = set(new.values()) - found.keys()
    return found


def _comes_to(one: int, into: int | None, leads: Mapping[int, int]) -> bool:
    """Whether who is merged into `into` leads on to `one`; `leads` has no ring yet."""
    while into is not None and into != one:
        into = leads.get(into)
    return into == one


def _name(speaker: Speaker) -> tuple[str, str]:
    return speaker.key, speaker.qualifier


def _aliases(
    new: Mapping[tuple[str, str], Checked], known: Mapping[tuple[str, str], Speaker]
) -> Iterator[tuple[int, str, str, str]]:
    for name, one in new.items():
        for key, alias in {name_key(alias): alias for alias in one.aliases}.items():
            yield known[name].pk, alias, key, sound_of(key)


def _is_same(speaker: Speaker, one: Checked) -> bool:
    """Whether it is as the record says: brought before, or never changed on either side."""
    fields = ("name", "kind", "role", "wikidata_id", "is_hidden", "version")
    aliases = {alias.name for alias in speaker.aliases.all()}
    return all(getattr(speaker, name) == getattr(one.speaker, name) for name in fields) and aliases == {*one.aliases}


def called(names: Iterable[str]) -> dict[str, Speaker]:
    """{name, tidied: the speaker it means}, held, as annotations of an import are understood.

    "Ada Brook (minister)" is who has that name and that qualifier, or somebody new. In the caller's transaction.
    """
    sought = {name for name in names if is_name(name)}
    qualified = {name: parts for name in sought if (parts := QUALIFIED.fullmatch(name))}
    plain = (extraction.Suggestion({}, name, Speaker.Kind.PERSON) for name in sorted(sought - qualified.keys()))
    found = extraction.speakers_of(plain)
    if qualified:
        wanted = {name: (name_key(one["name"]), one["qualifier"]) for name, one in qualified.items()}
        keys = {key for key, _ in wanted.values()}
        known = bringing.speakers(keys)
        new = {wanted[name]: one["name"] for name, one in qualified.items() if wanted[name] not in known}
        Speaker.objects.bulk_create(
            [
                Speaker(name=name, key=key, sound=sound_of(key), qualifier=qualifier)
                for (key, qualifier), name in new.items()
            ],
            ignore_conflicts=True,
        )
        known = bringing.speakers(keys)
        found |= {name: known[one].merged_into or known[one] for name, one in wanted.items()}
    return found


def tidied(name: str) -> str:
    return " ".join(name.split())
