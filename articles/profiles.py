"""What the page of a speaker counts. All of it is bounded, and says of how many it is."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .models import Quotation, Speaker, Story, name_key
from .months import UNDATED, UNDATED_MONTH, month_in_words
from .roles import role_in

MOST_COUNTED = 5_000
"""The newest quotations, of which outlets and months are counted; out of an index alone."""
MOST_READ = 1_000
"""The newest quotations whose mentions and stories are read."""
MOST_ARTICLES = 200
"""The articles of that many newest quotations are where the others are looked for who are quoted beside."""
SHOWN = 12
"""Rows of each table."""
MOST_IN_SIDE = 1_000
"""The newest quotations of each of two speakers side by side that are counted and read."""
IN_SIDE = 3
"""Outlets, roles and quotations shown of each of the two."""


@dataclass(frozen=True)
class Counted:
    """A row of a table: what is counted, the parameter of /quotations/ that finds those, and how many they are."""

    label: str
    value: str
    number: int


@dataclass(frozen=True)
class Role:
    """What a speaker was called, by first and last date."""

    role: str
    first: datetime.date | None
    last: datetime.date | None
    number: int


@dataclass(frozen=True)
class Profile:
    """What is known of how a speaker is quoted; `number` is exact unless `is_cut`."""

    aliases: Sequence[str]
    number: int
    last: datetime.date | None
    outlets: Sequence[Counted]
    months: Sequence[Counted]
    stories: Sequence[Counted]
    roles: Sequence[Role]
    beside: Sequence[Any]

    @property
    def is_cut(self) -> bool:
        return self.number >= MOST_COUNTED

    @property
    def is_read_in_part(self) -> bool:
        return self.number > MOST_READ

    @property
    def most_read(self) -> int:
        return MOST_READ

    @property
    def most_articles(self) -> int:
        return MOST_ARTICLES

    @property
    def busiest_month(self) -> int:
        return max((month.number for month in self.months), default=0)


def profile_of(speaker: Speaker) -> Profile:
    """Five queries, however often the speaker is quoted."""
    said = Quotation.objects.said_by(speaker)
    aliases = [alias.name for alias in speaker.aliases.all()]
    counted = said.months_and_outlets(MOST_COUNTED)
    read = said.mentions(MOST_READ)
    months = Counter(month for month, *_ in counted if month != UNDATED_MONTH)
    return Profile(
        aliases=aliases,
        number=len(counted),
        last=next((dated for _, dated, *_ in read if dated > UNDATED), None),
        outlets=_outlets(Counter((outlet, name) for _, outlet, name in counted if outlet and name)),
        months=[Counted(str(month_in_words(month)), month, months[month]) for month in sorted(months, reverse=True)],
        stories=_stories(read),
        roles=_roles(read, [speaker.name, *aliases]),
        beside=said.beside(speaker, within=MOST_ARTICLES, most=SHOWN),
    )


def _outlets(numbers: Counter[tuple[int, str]]) -> list[Counted]:
    return [Counted(name, str(pk), number) for (pk, name), number in numbers.most_common(SHOWN)]


def _stories(read: Iterable[tuple[Any, ...]]) -> list[Counted]:
    """The stories with the most of the quotations."""
    numbers = Counter(story for *_, story in read if story).most_common(SHOWN)
    titles = Story.objects.titles(story for story, _ in numbers)
    return [Counted(titles[story], str(story), number) for story, number in numbers if story in titles]


def _roles(read: Iterable[tuple[Any, ...]], names: Sequence[str]) -> list[Role]:
    """The roles that were named most often, the latest first."""
    days: dict[str, list[datetime.date]] = {}
    words: dict[str, str] = {}
    known: dict[str, str] = {}
    for mention, dated, *_ in read:
        if mention not in known:
            known[mention] = role_in(mention, names)
        if role := known[mention]:
            days.setdefault(name_key(role), []).append(dated)
            words.setdefault(name_key(role), role)
    most = sorted(days, key=lambda key: (-len(days[key]), key))[:SHOWN]
    roles = [_role(words[key], days[key]) for key in most]
    return sorted(roles, key=lambda role: (role.last or UNDATED, role.role), reverse=True)


def _role(role: str, days: Sequence[datetime.date]) -> Role:
    dated = [day for day in days if day > UNDATED]
    return Role(role, min(dated, default=None), max(dated, default=None), len(days))


@dataclass(frozen=True)
class Side:
    """One of two speakers side by side, by the newest MOST_IN_SIDE quotations; `number` is exact unless `is_cut`.

    `first` is the date of the oldest of those.
    """

    speaker: Speaker
    number: int
    first: datetime.date | None
    last: datetime.date | None
    outlets: Sequence[tuple[str, int]]
    roles: Sequence[str]
    samples: Sequence[Quotation]

    @property
    def is_cut(self) -> bool:
        return self.number >= MOST_IN_SIDE


def side_of(speaker: Speaker) -> Side:
    """Two queries, with the aliases of `speaker` at hand."""
    said = Quotation.objects.said_by(speaker)
    rows = said.mentions_and_outlets(MOST_IN_SIDE)
    roles = Counter(filter(None, (role_in(one, _all_names(speaker)) for one, *_ in rows)))
    outlets = Counter(outlet for *_, outlet in rows if outlet)
    dated = [day for _, day, _ in rows if day > UNDATED]
    return Side(
        speaker,
        number=len(rows),
        first=dated[-1] if dated else None,
        last=dated[0] if dated else None,
        outlets=outlets.most_common(IN_SIDE),
        roles=[role for role, _ in roles.most_common(IN_SIDE)],
        samples=list(said.newest_first().with_where()[:IN_SIDE]),
    )


def _all_names(speaker: Speaker) -> list[str]:
    return [speaker.name, *(alias.name for alias in speaker.aliases.all())]
