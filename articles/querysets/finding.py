"""Rows that hold words, a page of them by date, and a fair sample: what articles and quotations have in common."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any, Protocol, Self, TypeVar, cast

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Expression, F, Q

from ..months import UNDATED
from ..search import expressions
from ..search.language import Clause, day_of
from ..search.sqlite import LOTS, SHIFT, STRIDE, place
from .hints import ByArticle, ByNumber, HintedTable, reading

Row = TypeVar("Row", bound=models.Model)


Days = tuple[datetime.date | None, datetime.date | None]


class Choice(Protocol):
    """Of one field: what it may be (anything where None), and what it may not."""

    among: set[Any] | None
    without: set[Any]


class Holding(Expression):
    """Whether a row is in the index under an expression of its engine's; looked up row by row."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, expression: str) -> None:
        super().__init__()
        self._of: Any = F("pk")
        self._expression = expression

    def get_source_expressions(self) -> list[Any]:
        return [self._of]

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        (self._of,) = exprs

    def _row(self, compiler: Any) -> str:
        """The row's table, under the name that it has in this query."""
        column, _ = compiler.compile(self._of)
        return str(column).rpartition(".")[0]

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        table = f"{self._of.target.model._meta.db_table}words"
        found = f"{table} WHERE {table} MATCH %s AND {table}.rowid = {place(self._row(compiler))}"
        return f"EXISTS (SELECT 1 FROM {found})", [self._expression]

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        return f"{self._row(compiler)}.words @@ %s::tsquery", [self._expression]


class FoundQuerySet(models.QuerySet[Row]):
    """Of a model with `dated`, whose words are indexed."""

    columns: str
    """The columns of the index on SQLite that hold words."""
    article = "article"
    """The field with the number of a row’s article."""
    by_article: type[HintedTable] = ByArticle
    """How SQLite reads those of an article."""

    def holding(
        self,
        clauses: Sequence[Clause],
        *,
        lots: Sequence[int] = (),
        words_first: bool = False,
        days: Days = (None, None),
    ) -> Self:
        """Those that hold every wanted clause and none of the others, of these lots if any are named.

        On SQLite `words_first` reads the index from its newest row on, and looks each up among the rows: for words
        that few hold, or many of these rows, of which all are dated between `days`. Without it, each row is looked up
        in the index. PostgreSQL knows by itself what is better.
        """
        if not lots and not clauses:
            return self
        lots = [lot * STRIDE % LOTS for lot in lots]
        if connection.vendor == "postgresql":
            return self.filter(Holding(expressions.tsquery(clauses, lots=lots)))
        expression = expressions.fts5(clauses, lots=lots, columns=self.columns)
        return self._words_first(expression, days) if words_first else self.filter(Holding(expression))

    def _words_first(self, expression: str, days: Days) -> Self:
        rows, index = self.model._meta.db_table, self._index
        where = [f"{index} MATCH %s", f"{rows}.id = ({index}.rowid & {(1 << SHIFT) - 1})"]
        params: list[Any] = [expression]
        first, last = days
        if first:
            where.append(f"{index}.rowid >= %s")
            params.append(_place(first, 0))
        if last:
            where.append(f"{index}.rowid < %s")
            params.append(_place(last, 0) + (1 << SHIFT))
        return reading(self._extended(tables=[index], where=where, params=params), ByNumber)

    def _extended(self, **parts: Any) -> Self:
        """With raw parts of SQL: the index on SQLite is no model's."""
        return cast("Self", self.extra(**parts))

    def numbered(self, numbers: Iterable[int]) -> Self:
        """Those with these numbers, as far as there are any."""
        return self.filter(pk__in=list(numbers))

    def of_articles(self, numbers: Iterable[int]) -> Self:
        """Those of the articles with these numbers, which are a thousand or two at most."""
        return reading(self.filter(**{f"{self.article}__in": list(numbers)}), self.by_article)

    def possibly_holding(self, clauses: Sequence[Clause]) -> Self:
        """Those that `holding` has to look at. PostgreSQL's index knows no order of words: each is looked up."""
        loose = expressions.without_order(clauses) if connection.vendor == "postgresql" else clauses
        return self.holding(loose, words_first=True)

    @property
    def _index(self) -> str:
        return f"{self.model._meta.db_table}words"

    @property
    def _reads_index(self) -> bool:
        return self._index in self.query.extra_tables

    def of_lots(self, number: int) -> Self:
        """Those of the first so many lots, looked at one by one: for rows that are read from an index."""
        return self.annotate(lot=F("pk") * pow(STRIDE, -1, LOTS) % LOTS).filter(lot__lt=number)

    def chosen(self, name: str, choice: Choice) -> Self:
        """Those whose field `name` is as chosen; 0 stands for none."""
        rows = self
        if choice.among is not None:
            among = Q(**{f"{name}__in": choice.among - {0}})
            rows = rows.filter(among | Q(**{f"{name}__isnull": True}) if 0 in choice.among else among)
        if 0 in choice.without:
            rows = rows.filter(**{f"{name}__isnull": False})
        without = choice.without - {0}
        return rows.exclude(**{f"{name}__in": without}) if without else rows

    def published(self, months: Iterable[str], after: datetime.date | None, before: datetime.date | None) -> Self:
        """Those of one of these months ("2025-03" or "undated") from the day `after` to `before`, both included."""
        of_months = Q()
        for month in months:
            of_months |= Q(dated=UNDATED) if month == "undated" else Q(dated__range=days_of(month))
        rows = self.filter(of_months)
        if after:
            rows = rows.filter(dated__gte=after)
        if before:
            rows = rows.filter(dated__lte=before)
        return rows.filter(dated__gt=UNDATED) if after or before else rows

    def newest_first(self) -> Self:
        """By date and number, the undated last; where the index is read, in its own order, which is the same."""
        if self._reads_index:
            return self._extended(order_by=[f"-{self._index}.rowid"])
        return self.order_by("-dated", "-pk")

    def oldest_first(self) -> Self:
        if self._reads_index:
            return self._extended(order_by=[f"{self._index}.rowid"])
        return self.order_by("dated", "pk")

    def older_than(self, dated: datetime.date, pk: int) -> Self:
        """Those behind that place in the list, the newest first."""
        if self._reads_index:
            return self._extended(where=[f"{self._index}.rowid < %s"], params=[_place(dated, pk)])
        return self.filter(Q(dated__lt=dated) | Q(pk__lt=pk), dated__lte=dated)

    def newer_than(self, dated: datetime.date, pk: int) -> Self:
        if self._reads_index:
            return self._extended(where=[f"{self._index}.rowid > %s"], params=[_place(dated, pk)])
        return self.filter(Q(dated__gt=dated) | Q(pk__gt=pk), dated__gte=dated)

    def since(self, number: int | None) -> Self:
        """Those that came after the one with that number; all where it is None."""
        return self if number is None else self.filter(pk__gt=number)

    def highest(self) -> int:
        """The highest number that one of them has; 0 where there is none."""
        return self.order_by("-pk").values_list("pk", flat=True).first() or 0

    def most(self, number: int) -> int:
        """How many there are, counted no further than `number`."""
        return self._as_they_come()[:number].count()

    def numbers(self, *, most: int) -> list[int]:
        """The numbers of `most` of them, whichever come first."""
        return list(self._as_they_come().values_list("pk", flat=True)[:most])

    def _as_they_come(self) -> Self:
        """In the order that costs least: SQLite chooses the right index for an order by date."""
        return self.order_by() if connection.vendor == "postgresql" else self.newest_first()

    def scored(self, clauses: Sequence[Clause], *, most: int) -> list[tuple[int, float]]:
        """(id, how well it fits) of the newest `most` of these, which hold the words; better ones have more."""
        if connection.vendor == "postgresql":
            # By the words alone: what says how far apart they stand is long, and would be gone through for each row.
            loose = expressions.without_order([clause for clause in clauses if clause.wanted])
            select, params = {"score": "ts_rank(words, %s::tsquery)"}, [expressions.tsquery(loose)]
        else:
            select, params = {"score": f"-bm25({self._index}, 10.0, 5.0, 1.0)"}, []
        scored = self._extended(select=select, select_params=params).newest_first()
        return [(pk, score) for pk, score in scored.values_list("pk", "score")[:most]]


def _place(dated: datetime.date, pk: int) -> int:
    """What `search.sqlite.place` says in SQL."""
    return ((dated.toordinal() + 1721424) << SHIFT) | pk


def days_of(month: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of a month as "2025-03". Raises ValueError for one that is none."""
    first, last = day_of(month, last=False), day_of(month, last=True)
    if first is None or last is None:
        raise ValueError(f"{month} is no month")
    return first, last


def lots_for(rows: float, *, sample: int, lots: int = LOTS) -> range:
    """The first of so many `lots`, as many as hold about `sample` of `rows`: at least one, at most all.

    There are two sets of lots, as there are two ways to read. Those of the full-text index are words in it, sought
    along with others: each that is asked for is one more word to look up, so they are half as many (`search.sqlite`).
    Those of pictures are the beginning of covering indexes, from which neighbours are read: finer (`counting`). Of
    both, the first few lie evenly among all numbers.
    """
    return range(max(1, min(lots, round(lots * sample / max(rows, 1)))))
