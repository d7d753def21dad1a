"""Many rows of one table in one statement, without an object for each: an import writes thirty for one article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

# What these fields hold, a driver stores as it is; of the others, values are prepared by the field.
PLAIN = (models.CharField, models.TextField, models.IntegerField, models.FloatField, models.BinaryField)


def insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert `rows`, each with the values of the fields `names` in that order, in the caller's transaction.

    All fields without a database default have to be named; nothing is filled in, and no signal is sent.
    """
    table, columns = _quoted(model, names)
    places = ", ".join(["%s"] * len(names))
    _execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", model, names, rows)  # noqa: S608


def update(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write the fields `names` of stored rows: of each the values in that order, then the primary key.

    In the caller's transaction; nothing is filled in, and no signal is sent. Django's bulk_update compiles an
    expression for each value, which takes longer than all the rest.
    """
    table, columns = _quoted(model, names)
    settings = ", ".join(f"{column} = %s" for column in columns)
    pk = model._meta.pk.attname
    _execute(f"UPDATE {table} SET {settings} WHERE {_quoted(model, [pk])[1][0]} = %s", model, [*names, pk], rows)  # noqa: S608


def _quoted(model: type[models.Model], names: Sequence[str]) -> tuple[str, list[str]]:
    """The names of the table and of the columns, as SQL has them."""
    quote = connection.ops.quote_name
    fields = [model._meta.get_field(name) for name in names]
    columns = [quote(field.column or "") for field in fields if isinstance(field, models.Field)]
    return quote(model._meta.db_table), columns


def _execute(sql: str, model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    fields = [model._meta.get_field(name) for name in names]
    prepared = [
        (place, field)
        for place, field in enumerate(fields)
        if not isinstance(field, (*PLAIN, models.ForeignKey)) and isinstance(field, models.Field)
    ]
    values = [_prepared(row, prepared) for row in rows]
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(sql, values)


def _prepared(row: Sequence[Any], prepared: Sequence[tuple[int, models.Field[Any, Any]]]) -> Sequence[Any]:
    if not prepared:
        return row
    values = list(row)
    for place, field in prepared:
        values[place] = field.get_db_prep_save(values[place], connection)
    return values
