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
    fields = [model._meta.get_field(name) for name in names]
    prepared = [
        (place, field)
        for place, field in enumerate(fields)
        if not isinstance(field, (*PLAIN, models.ForeignKey)) and isinstance(field, models.Field)
    ]
    values = [_prepared(row, prepared) for row in rows]
    if not values:
        return
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column or "") for field in fields if isinstance(field, models.Field))
    places = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})", values)  # noqa: S608


def _prepared(row: Sequence[Any], prepared: Sequence[tuple[int, models.Field[Any, Any]]]) -> Sequence[Any]:
    if not prepared:
        return row
    values = list(row)
    for place, field in prepared:
        values[place] = field.get_db_prep_save(values[place], connection)
    return values
