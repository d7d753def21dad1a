"""Many rows of one table in one statement, without an object for each: an import writes thirty for one article."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from operator import attrgetter
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


def insert_objects(objects: Sequence[models.Model]) -> None:
    """Insert new objects of one model; their primary keys stay unknown, and no field is filled in by itself.

    Django's bulk_create compiles an expression for each value, which takes longer than all the rest.
    """
    if objects:
        model = type(objects[0])
        fields = [field for field in model._meta.concrete_fields if not (field.primary_key or field.generated)]
        row = attrgetter(*(field.attname for field in fields))
        insert(model, [field.name for field in fields], map(row, objects))


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
    adapters = [(place, adapt) for place, name in enumerate(names) if (adapt := _adapter(model, name))]
    values = [_adapted(row, adapters) for row in rows]
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(sql, values)


def _adapter(model: type[models.Model], name: str) -> Callable[[Any], Any] | None:
    """What makes of a value what the driver stores; None for what it stores as it is."""
    field = model._meta.get_field(name)
    if isinstance(field, (*PLAIN, models.ForeignKey)) or not isinstance(field, models.Field):
        return None
    if isinstance(field, models.JSONField):
        return json.JSONEncoder().encode
    if isinstance(field, models.UUIDField) and not connection.features.has_native_uuid_field:
        return attrgetter("hex")
    return partial(field.get_db_prep_save, connection=connection)


def _adapted(row: Sequence[Any], adapters: Sequence[tuple[int, Callable[[Any], Any]]]) -> Sequence[Any]:
    if not adapters:
        return row
    values = list(row)
    for place, adapt in adapters:
        if values[place] is not None:
            values[place] = adapt(values[place])
    return values
