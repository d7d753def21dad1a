"""What SQLite is told about how to read a table.

It keeps no statistics unless somebody asks for them, and without them takes any filter to leave a handful of rows.
PostgreSQL knows by itself.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.models.sql.datastructures import BaseTable

Rows = TypeVar("Rows", bound="QuerySet[Any]")


class HintedTable(BaseTable):
    hint = ""

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> Any:
        sql, params = super().as_sql(compiler, connection)
        return (f"{sql} {self.hint}" if connection.vendor == "sqlite" else sql), params


class ByNumber(HintedTable):
    """Each row by its number, which another table has."""

    hint = "NOT INDEXED"


class ByArticle(HintedTable):
    """Those of one article, which are a dozen, and not those of one speaker, who may have said a lot."""

    hint = "INDEXED BY quotation_in_text"


class ByLot(HintedTable):
    hint = "INDEXED BY quotation_lots"


class ByLotOfArticle(HintedTable):
    hint = "INDEXED BY quotation_article_lots"


def reading(rows: Rows, way: type[HintedTable]) -> Rows:
    """The same rows, read in this way; they have to be so narrowed that it can be gone."""
    hinted = rows.all()
    alias = hinted.query.get_initial_alias()
    hinted.query.alias_map[alias] = way(hinted.model._meta.db_table, alias)
    return hinted
