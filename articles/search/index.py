"""The full-text indexes, which the database itself keeps: nothing that writes articles or quotations knows of them.

SQLite: two tables of FTS5 without content, filled by triggers that call `newsroom_words`, a function that each
connection is given; so other programs can read the file but not write articles to it. The number of a row there is
its date and its id in one, so that FTS5, which reads in the order of these numbers, finds the newest first without
sorting. PostgreSQL: a column `words` (tsvector) beside Django's, with a GIN index, filled by triggers.

Both hold the same words (`folding.words`), and with each row the number of one of LOTS lots: whoever asks for a few
lots gets a fair sample. Triggers also keep the columns of a quotation that repeat what its article says. What is not
shown in lists is not in the index.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from . import postgresql, sqlite


def teach(connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    """Give a new connection to SQLite the function that its triggers call."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("newsroom_words", 1, sqlite.newsroom_words, deterministic=True)


def install(connection: BaseDatabaseWrapper) -> None:
    """Make what is missing: tables, columns, functions and triggers. They are empty then: see `fill`."""
    _run(connection, sqlite.INSTALL if connection.vendor == "sqlite" else postgresql.INSTALL)


def fill(connection: BaseDatabaseWrapper) -> None:
    """Index all rows anew, and bring what quotations repeat of their articles up to date."""
    _run(connection, sqlite.FILL if connection.vendor == "sqlite" else postgresql.FILL)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take away all that `install` makes."""
    _run(connection, sqlite.REMOVE if connection.vendor == "sqlite" else postgresql.REMOVE)


def make_way(*, using: str, plan: list[tuple[Any, bool]], **kwargs: Any) -> None:
    """Before migrations: back to a time without indexes they are taken away; on SQLite the triggers are in any case.

    SQLite rebuilds a table to alter it, and cannot while a trigger of another one names it. A migration that rewrites
    articles or quotations has to call `fill` at its end.
    """
    connection = connections[using]
    if any(backwards for _, backwards in plan):
        remove(connection)
    elif plan and connection.vendor == "sqlite":
        _run(connection, sqlite.REMOVE_TRIGGERS)


def keep(*, using: str, **kwargs: Any) -> None:
    """After migrations: make the indexes where there are none yet, and on SQLite the triggers anew.

    No migration does so: it would have to know for ever what they were like in its time.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        if not _has_columns(connection, cursor):
            return
        engine = sqlite if connection.vendor == "sqlite" else postgresql
        cursor.execute(engine.IS_THERE)
        is_there = cursor.fetchone()
    if not is_there:
        with transaction.atomic(using=using):
            install(connection)
            fill(connection)
    elif connection.vendor == "sqlite":
        install(connection)


def _has_columns(connection: BaseDatabaseWrapper, cursor: Any) -> bool:
    """Whether the tables are those of a version that is searched."""
    tables = connection.introspection.table_names(cursor)
    if "articles_quotation" not in tables:
        return False
    columns = connection.introspection.get_table_description(cursor, "articles_quotation")
    return "is_listed" in {column.name for column in columns}


def drifts(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """A line for each index that has not as many rows as there are to find."""
    found = sqlite.ROWS if connection.vendor == "sqlite" else postgresql.ROWS
    for (table, shown), statement in found.items():
        with connection.cursor() as cursor:
            cursor.execute(statement)
            indexed = cursor.fetchone()[0]
            cursor.execute(f"SELECT count(*) FROM {table} WHERE {shown}")
            there = cursor.fetchone()[0]
        if indexed != there:
            yield f"the index of {table} has {indexed:,} rows, of {there:,}: manage.py reindex makes it anew"


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
