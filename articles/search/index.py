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


def reinstall(*, using: str, **kwargs: Any) -> None:
    """After migrations: one that rebuilds a table on SQLite loses its triggers without a word."""
    from django.db import connections

    connection = connections[using]
    if connection.vendor == "sqlite" and "articles_quotation" in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM pragma_table_info('articles_quotation') WHERE name = 'is_listed'")
            if cursor.fetchone():
                install(connection)


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
