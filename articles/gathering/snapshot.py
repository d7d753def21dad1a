"""One view of the database for the whole of an export, whoever writes meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Inside, every query of this thread sees what there was when it began; nobody who writes has to wait.

    Nothing can be written inside. Within a transaction that was begun before, that one's view is what is seen.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            _execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # Not `atomic`, which takes the lock of the one writer when it begins, as the settings say.
        _execute("BEGIN DEFERRED", "SELECT 1 FROM articles_article LIMIT 1")
        try:
            yield
        finally:
            _execute("ROLLBACK")


def _execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
