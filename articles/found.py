"""What was found: a page of its rows, how many there are, and a fair sample to count in.

Nothing here reads all rows of a big table. A page is read from an index by date, and the next one begins behind its
last row. Numbers are exact up to EXACTLY; more are estimated from lots, which each row belongs to one of by chance.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar, cast

from django.db import connection

from .models import Article, Quotation
from .querysets import ArticleQuerySet
from .querysets.finding import Days, FoundQuerySet, lots_for
from .search.expressions import is_word
from .search.language import Clause, day_of
from .search.sqlite import LOTS

EXACTLY = 1_000
"""Rows that are counted one by one."""
FEW = EXACTLY
"""Rows that are fetched on their own, to be compared with a condition that many hold."""
SAMPLE = 1_500
"""Rows of the whole table, held or not, in the lots from which a number is estimated."""
SMALL = 30_000
"""Rows of a table of which each one is looked at sooner than many lots are looked up."""
TELLS_TWO_DIGITS = 100
"""Rows of a sample: the error of an estimate is a tenth then."""
MOST_SAMPLED = 30
"""Rows, held or not, in the lots of a sample, for each one that is wanted."""
FEWER_SAMPLED = 8
"""The same where many hold the words that are not plain."""
MOST_RANKED = 1_000
"""Rows, the newest, that are put in the order of how well they fit."""

Row = TypeVar("Row", bound=Article | Quotation)
Fetch = Callable[[Any], Iterable[Row]]


@dataclass(frozen=True)
class Number:
    """How many: exactly, or about."""

    value: int
    is_exact: bool = True
    digits: int = 2
    """Significant ones, of an estimate."""

    @classmethod
    def estimated(cls, counted: int, each: float) -> Number:
        """Of `counted` rows in a sample, of which each stands for `each`: a few tell one digit, hundreds two."""
        return cls(round(counted * each), is_exact=each == 1, digits=2 if counted >= TELLS_TWO_DIGITS else 1)

    @property
    def rounded(self) -> int:
        return self.value if self.is_exact else int(float(f"{self.value:.{self.digits - 1}e}"))


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows of a list, and the places from which its neighbours go on; empty where there are none."""

    rows: list[Row]
    newer: str = ""
    older: str = ""


class Found(Generic[Row]):
    """The rows that hold `clauses` among `plain`, which `narrowed` says are not all, and are dated between `days`.

    To ask whether a row is plain takes `effort` times as long as to fetch it: then so many times fewer are looked at.
    """

    def __init__(
        self,
        plain: FoundQuerySet[Row],
        clauses: Sequence[Clause],
        *,
        narrowed: bool,
        days: Days = (None, None),
        effort: int = 1,
    ) -> None:
        self._plain, self._clauses, self._narrowed, self._days = plain, clauses, narrowed, days
        self._effort = effort

    @cached_property
    def rows(self) -> Any:
        """Them all, as a queryset without an order."""
        if not self._clauses:
            return self._plain
        if self._looks_first and self._who_hold is not None:
            held = self._plain.numbered(self._who_hold)
            return held.holding(self._clauses) if self._may_but_hold else held
        return self._holding(words_first=not (self._looks_first and self._few_are_plain))

    def _holding(self, *, lots: Sequence[int] = (), words_first: bool = True) -> FoundQuerySet[Row]:
        return self._plain.holding(self._clauses, lots=lots, words_first=words_first, days=self._days)

    @property
    def _all(self) -> FoundQuerySet[Row]:
        rows = self._plain.model._default_manager.all()
        return cast("FoundQuerySet[Row]", rows.visible() if isinstance(rows, ArticleQuerySet) else rows.listed())

    @property
    def _looks_first(self) -> bool:
        """Whether it is worth a look how many hold the words: PostgreSQL’s guesses about rare words are poor."""
        return self._narrowed or connection.vendor == "postgresql"

    @cached_property
    def _who_hold(self) -> list[int] | None:
        """The numbers of all rows that hold the words, or may; None where these are many, or no words."""
        if not self.has_words:
            return None
        numbers = self._all.possibly_holding(self._clauses).numbers(most=FEW + 1)
        return numbers if len(numbers) <= FEW else None

    @property
    def _may_but_hold(self) -> bool:
        """Whether what may hold the words has to be looked at: PostgreSQL’s index knows no order of words."""
        has_phrase = not all(is_word(term) for clause in self._clauses for term in clause.terms)
        return has_phrase and connection.vendor == "postgresql"

    @cached_property
    def _few_are_plain(self) -> bool:
        return self._narrowed and self._plain.most(FEW + 1) <= FEW

    @property
    def has_words(self) -> bool:
        """Whether words are sought, by which rows can be put in order."""
        return any(clause.wanted for clause in self._clauses)

    def page(self, *, size: int, below: str = "", above: str = "", fetch: Fetch[Row] | None = None) -> Page[Row]:
        """The newest `size` rows, those older than the place `below`, or the next newer than `above`.

        `fetch` makes of a queryset one that brings along what is shown. A place that is none is passed over.
        """
        if above and (place := _place(above)):
            upwards = self._places(self.rows.newer_than(*place).oldest_first(), size)
            places = upwards[:size][::-1]
            newer, older = len(upwards) > size, bool(places)
        else:
            place = _place(below)
            downwards = self._places((self.rows.older_than(*place) if place else self.rows).newest_first(), size)
            places = downwards[:size]
            newer, older = bool(place), len(downwards) > size
        ends = [_written(*places[0]), _written(*places[-1])] if places else ["", ""]
        rows = self._fetched([pk for _, pk in places], fetch)
        return Page(rows, newer=ends[0] if newer else "", older=ends[1] if older else "")

    def best(self, *, size: int, number: int, fetch: Fetch[Row] | None = None) -> tuple[list[Row], int]:
        """Page `number`, from 1 on, of the newest MOST_RANKED by how well they fit, and how many those are."""
        scored = self._holding().scored(self._clauses, most=MOST_RANKED)
        in_order = sorted(scored, key=lambda one: (-one[1], -one[0]))[size * (number - 1) : size * number]
        return self._fetched([pk for pk, _ in in_order], fetch), len(scored)

    def newest(self, most: int, *, fetch: Fetch[Row]) -> list[Row]:
        """The newest `most` of them."""
        return list(fetch(self.rows.newest_first()[:most]))

    def last_in(self, most: int, *, fetch: Fetch[Row]) -> list[Row]:
        """The `most` of them that came in last: for few rows, as they are put in order for it."""
        return list(fetch(self.rows.order_by("-pk")[:most]))

    @staticmethod
    def _places(rows: Any, size: int) -> list[tuple[datetime.date, int]]:
        """Of one row more than the page has: whether there is one tells whether there is another page."""
        return list(rows.values_list("dated", "pk")[: size + 1])

    def _fetched(self, numbers: Sequence[int], fetch: Fetch[Row] | None) -> list[Row]:
        """The rows with these numbers in their order: what is shown of them is looked up for no others."""
        rows = self._all.numbered(numbers)
        by_number = {row.pk: row for row in (fetch(rows) if fetch else rows)}
        return [by_number[pk] for pk in numbers if pk in by_number]

    @cached_property
    def number(self) -> Number:
        """How many: where asking is costly, they are counted only if an estimate says that they are few."""
        costly = self._both_are_many or self._effort > 1
        most = EXACTLY // self._effort
        if costly:
            estimated = self._estimated(least=0)
            if estimated.value > most:
                return estimated
        words_decide = self.has_words and self._looks_first and not costly and not self._narrowed
        if words_decide and most <= FEW and self._who_hold is None:
            return self._estimated(least=most + 1)  # more than FEW hold them, which is more than `most`
        counted = self.rows.most(most + 1)
        return Number(counted) if counted <= most else self._estimated(least=most + 1)

    def _estimated(self, *, least: int) -> Number:
        sampled, lots = self._sampled
        if lots == LOTS:
            return Number(sampled)
        return Number(max(round(sampled * LOTS / lots), least), is_exact=False)

    @cached_property
    def _sampled(self) -> tuple[int, int]:
        """How many there are in a few lots, and how many lots these are."""
        lots = lots_for(self.rows_there_are, sample=SAMPLE // self._effort)
        is_small = self.rows_there_are < SMALL and not self._clauses and self._effort == 1
        return (self._plain.of_lots(len(lots)) if is_small else self._holding(lots=lots)).count(), len(lots)

    @property
    def _both_are_many(self) -> bool:
        """Whether many hold the words and many are plain, or many may hold a phrase: not counted cheaply."""
        costly = bool(self._clauses) and (self._narrowed or self._may_but_hold)
        return costly and self._who_hold is None and not self._few_are_plain

    @cached_property
    def rows_there_are(self) -> int:
        """Of the whole table, about: the highest number."""
        return self._all.highest()

    def sample(self, most: int) -> tuple[Any, float]:
        """About `most` of them by chance, or all where there are no more, and how many each of them stands for."""
        most //= self._effort
        number, there_are = self.number, self.rows_there_are
        if number.is_exact and number.value <= most:
            return self.rows.newest_first(), 1.0
        lots = lots_for(number.value, sample=most)
        if number.is_exact or (not self._clauses and number.value**2 < 20 * most * there_are):
            # Few enough to look at each of them.
            return self.rows.of_lots(len(lots)).newest_first(), LOTS / len(lots)
        looked_at = FEWER_SAMPLED if self._both_are_many else MOST_SAMPLED
        lots = lots[: len(lots_for(there_are, sample=looked_at * most))]
        return self._holding(lots=lots).newest_first(), LOTS / len(lots)


def _written(dated: datetime.date, pk: int) -> str:
    """A place in a list by date, for an address: "2025-03-01.17"."""
    return f"{dated.isoformat()}.{pk}"


def is_place(written: str) -> bool:
    """Whether it is a place in a list by date, as a Page tells it."""
    return _place(written) is not None


def _place(written: str) -> tuple[datetime.date, int] | None:
    found = re.fullmatch(r"(\d{4}-\d{2}-\d{2})\.(\d{1,18})", written)
    day = day_of(found[1], last=False) if found else None
    return (day, int(found[2])) if found and day else None
