"""From SQLite to PostgreSQL: the rows of a copy of SQLite into tables that migrations made, and each compared.

The values go over as SQLite has them, and PostgreSQL reads them as its columns ask; what Django makes of both is then
the same for every row, or the restore has failed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from graphlib import TopologicalSorter
from itertools import zip_longest
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from .failure import BackupError, Tell
from .target import is_left_out

AT_ONCE = 2_000
"""Rows of both databases in memory, while they are compared."""
FOREIGN_KEYS = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'f' AND conrelid = ANY(%s::regclass[])"""
INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = ANY(%s::regclass[]) AND indexrelid NOT IN (SELECT conindid FROM pg_constraint)"""

Model = type[models.Model]


def carried() -> list[Model]:
    """The models whose rows go over, each behind those that it refers to."""
    taken = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not is_left_out(model._meta.db_table)
    ]
    return list(TopologicalSorter({model: _named_by(model) for model in taken}).static_order())


def migrate(alias: str) -> None:
    """Bring a database to this version, of all apps whose tables it can have: the queue's are PostgreSQL's alone."""
    for label in sorted({model._meta.app_label for model in apps.get_models() if model._meta.managed}):
        call_command("migrate", label, database=alias, interactive=False, verbosity=0)


def load(copy: Path, connection: BaseDatabaseWrapper, *, tell: Tell) -> None:
    """All rows of the SQLite file `copy` in the place of what is in the tables, as one transaction.

    Raises BackupError for what PostgreSQL does not take.
    """
    every = carried()
    source = sqlite3.connect(copy)
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            quoted = [connection.ops.quote_name(model._meta.db_table) for model in every]
            cursor.execute(f"TRUNCATE {', '.join(quoted)}")
            with _bare(cursor, quoted):
                for model in every:
                    _carry(source, cursor, model, tell=tell)
            for statement in connection.ops.sequence_reset_sql(no_style(), every):
                cursor.execute(statement)
    finally:
        source.close()


def compare(one: str, other: str, *, tell: Tell) -> None:
    """Raises BackupError, naming the row, where two databases do not hold the same."""
    for model in carried():
        for mine, theirs in zip_longest(_rows(model, using=one), _rows(model, using=other)):
            if mine != theirs:
                raise BackupError(f"{model._meta.db_table}: {_short(mine)} has become {_short(theirs)}.")
            tell("rows compared", 1, None)


def _named_by(model: Model) -> set[Model]:
    fields = model._meta.concrete_fields
    return {field.related_model for field in fields if field.related_model not in (None, model)}


def _carry(source: sqlite3.Connection, cursor: Any, model: Model, *, tell: Tell) -> None:
    # Here, so that commands on SQLite start without it.
    import psycopg

    table = model._meta.db_table
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields if not field.generated)
    try:
        with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
            for row in source.execute(f'SELECT {columns} FROM "{table}" NOT INDEXED'):
                copy.write_row(row)
                tell("rows loaded", 1, None)
    except (psycopg.Error, sqlite3.Error) as error:
        reason = " ".join(str(error).split())
        raise BackupError(f"{table} cannot be carried over ({reason[:500]}). Nothing was restored.") from error


@contextmanager
def _bare(cursor: Any, tables: Sequence[str]) -> Iterator[None]:
    """Without indexes and foreign keys while rows come in: to make and check them afterwards takes a fraction."""
    cursor.execute(FOREIGN_KEYS, [list(tables)])
    foreign_keys = cursor.fetchall()
    cursor.execute(INDEXES, [list(tables)])
    indexes = cursor.fetchall()
    for table, name, _ in foreign_keys:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    for _, made in indexes:
        cursor.execute(made)
    for table, name, made in foreign_keys:
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {made}")


def _rows(model: Model, *, using: str) -> Iterator[tuple[Any, ...]]:
    meta = model._meta
    key = [field.attname for field in meta.pk_fields]
    rows = (
        model._base_manager.using(using)
        .order_by(*key)
        .values_list(*(field.attname for field in meta.concrete_fields))
    )
    return rows.iterator(chunk_size=AT_ONCE)


def _short(row: tuple[Any, ...] | None) -> str:
    shown = "nothing" if row is None else repr(row)
    return shown if len(shown) <= 200 else f"{shown[:199]}…"
