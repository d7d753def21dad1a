"""What the address of a list asks for: the search that was typed, and the filters that were chosen.

Each parameter may be repeated: several values of one are alternatives, several parameters have to hold together.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from .models import Outlet, Quotation, Speaker
from .months import UNDATED
from .querysets.finding import Days, days_of
from .querysets.lengths import LENGTHS
from .search.language import Clause, Sought, day_of, understood

PARAMETERS = (
    "q",
    "outlet",
    "speaker",
    "kind",
    "state",
    "story",
    "reviewed",
    "month",
    "after",
    "before",
    "length",
    "with",
    "not-outlet",
    "not-speaker",
    "list",
)
"""Of an address, those that say what is sought, and in which list it was found; others say how it is shown."""
LONGEST = 200
"""Characters of a search, and of any other value."""
MOST_VALUES = 50
"""Of one parameter."""
MOST_NAMED = 500
"""Speakers or outlets that one name may mean."""


@dataclass
class Choice:
    """Of one filter: what a row may have (any where None) and what it may not."""

    among: set[object] | None = None
    without: set[object] = field(default_factory=set)

    def narrow(self, values: Iterable[object]) -> None:
        self.among = set(values) if self.among is None else self.among & set(values)

    def __bool__(self) -> bool:
        return self.among is not None or bool(self.without)


@dataclass
class Asked:
    """What is asked for. `complaints` are sentences about what was not understood and left out."""

    q: str = ""
    anywhere: list[Clause] = field(default_factory=list)
    said: list[Clause] = field(default_factory=list)
    outlet: Choice = field(default_factory=Choice)
    speaker: Choice = field(default_factory=Choice)
    kind: Choice = field(default_factory=Choice)
    state: Choice = field(default_factory=Choice)
    story: Choice = field(default_factory=Choice)
    reviewed: bool | None = None
    months: set[str] = field(default_factory=set)
    lengths: set[int] = field(default_factory=set)
    company: set[int] = field(default_factory=set)
    """Speakers, each of whom has to be quoted in the same article."""
    after: datetime.date | None = None
    before: datetime.date | None = None
    complaints: list[str] = field(default_factory=list)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but words is asked for."""
        chosen = any((self.outlet, self.speaker, self.kind, self.state, self.story, self.months, self.lengths))
        return chosen or self.reviewed is not None or bool(self.after or self.before or self.company)

    @property
    def days(self) -> Days:
        """The first and the last day of all that is asked for; None where that side is open."""
        months = [days_of(month) for month in self.months if month != "undated"]
        if len(months) < len(self.months) or not months:
            return self.after, self.before
        first, last = min(first for first, _ in months), max(last for _, last in months)
        return max(first, self.after or first), min(last, self.before or last)

    @property
    def is_anything(self) -> bool:
        """Whether anything is asked for at all."""
        return bool(self.anywhere or self.said or self.q.strip()) or self.is_narrowed


def asked(parameters: QueryDict) -> Asked:
    """What these parameters of an address ask for."""
    return _Reader(parameters).read()


def search_of(parameters: QueryDict) -> QueryDict:
    """Of these parameters, those that say what is sought, for the address of another page."""
    search = QueryDict(mutable=True)
    for name in PARAMETERS:
        values = [value[:LONGEST] for value in parameters.getlist(name)[:MOST_VALUES] if value.strip()]
        if values:
            search.setlist(name, values)
    return search


UNKNOWN = {"outlet": _("No outlet is called “%(name)s”."), "speaker": _("Nobody is called “%(name)s”.")}


class _Reader:
    def __init__(self, parameters: QueryDict) -> None:
        self._parameters = search_of(parameters)
        q = "".join(char for char in self._parameters.get("q", "") if char.isprintable() or char.isspace())
        self._sought: Sought = understood(q)
        self._asked = Asked(
            q=q,
            anywhere=self._sought.anywhere,
            said=self._sought.said,
            after=self._sought.after,
            before=self._sought.before,
            complaints=self._sought.complaints,
        )

    def read(self) -> Asked:
        self._named("outlet", self._asked.outlet, Outlet.objects.with_word)
        self._named("speaker", self._asked.speaker, Speaker.objects.with_word)
        self._fixed("kind", self._asked.kind, Quotation.Kind.values)
        self._fixed("state", self._asked.state, Quotation.State.values)
        self._story()
        self._reviewed()
        self._dates()
        self._asked.company = set(map(int, self._values("with", is_number)))
        self._asked.lengths = {LENGTHS[value] for value in self._values("length", LENGTHS.__contains__)}
        return self._asked

    def _values(self, name: str, is_one: Callable[[str], bool]) -> list[str]:
        given = self._parameters.getlist(name)
        if not all(map(is_one, given)):
            wrong = next(value for value in given if not is_one(value))
            said = _("“%(value)s” is no value of “%(name)s” in this address; it was left out.")
            self._asked.complaints.append(str(said % {"value": wrong, "name": name}))
        return [value for value in given if is_one(value)]

    def _numbers(self, name: str, choice: Choice) -> None:
        numbers = self._values(name, is_number)
        if numbers:
            choice.narrow(map(int, numbers))

    def _named(self, name: str, choice: Choice, with_word: Callable[..., list[int]]) -> None:
        self._numbers(name, choice)
        if typed := self._sought.values.get(name):
            choice.narrow(pk for one in typed for pk in self._called(one, name, with_word))
        for one in self._sought.unwanted.get(name, ()):
            choice.without |= set(self._called(one, name, with_word))
        choice.without |= set(map(int, self._values(f"not-{name}", is_number)))

    def _called(self, typed: str, name: str, with_word: Callable[..., list[int]]) -> list[int]:
        """Whom a name means; says so where that is nobody, or too many."""
        meant = with_word(typed, most=MOST_NAMED + 1)
        if not meant:
            self._asked.complaints.append(str(UNKNOWN[name] % {"name": typed}))
        elif len(meant) > MOST_NAMED:
            said = _("“%(name)s” may be more than %(most)s; only so many of them count.")
            self._asked.complaints.append(str(said % {"name": typed, "most": MOST_NAMED}))
        return meant[:MOST_NAMED]

    def _fixed(self, name: str, choice: Choice, values: Collection[str]) -> None:
        for given in (self._values(name, values.__contains__), self._sought.values.get(name)):
            if given:
                choice.narrow(given)
        choice.without |= set(self._sought.unwanted.get(name, ()))

    def _story(self) -> None:
        self._numbers("story", self._asked.story)
        if typed := self._sought.values.get("story"):
            self._asked.story.narrow(int(number) for number in typed if is_number(number))
        self._asked.story.without |= {int(one) for one in self._sought.unwanted.get("story", ()) if is_number(one)}

    def _reviewed(self) -> None:
        answers = set(self._values("reviewed", ("yes", "no").__contains__))
        if len(answers) == 1:
            self._asked.reviewed = answers == {"yes"}

    def _dates(self) -> None:
        self._asked.months = set(self._values("month", is_month))
        after = [day_of(day, last=False) for day in self._values("after", _is_day)]
        before = [day_of(day, last=True) for day in self._values("before", _is_day)]
        self._asked.after = max(filter(None, [*after, self._asked.after]), default=None)
        self._asked.before = min(filter(None, [*before, self._asked.before]), default=None)
        if self._asked.after and self._asked.before and self._asked.after > self._asked.before:
            self._asked.complaints.append(str(_("“From” is later than “To”, so there is nothing between them.")))


def is_month(value: str) -> bool:
    """Whether `value` is a month as "2025-03", or "undated".

    >>> is_month("2025-13")
    False
    """
    first = day_of(value, last=False) if re.fullmatch(r"\d{4}-\d{2}", value) else None
    return value == "undated" or first not in (None, UNDATED)


def is_number(value: str) -> bool:
    """Whether `value` can be the number of a record."""
    return bool(re.fullmatch(r"[0-9]{1,18}", value))


def _is_day(value: str) -> bool:
    return day_of(value, last=False) is not None
