"""What a database has to be like so that one may restore into it, and the mark of one that is half restored.

The mark is a table. It is there from before the first row is loaded until all is compared and audited; a database
that has it is nobody's yet, and `restore` begins it anew.
"""

from __future__ import annotations

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

from .failure import BackupError

MARK = "newsroom_unfinished_restore"
MARKING = f"CREATE TABLE IF NOT EXISTS {MARK} (made_by text)"
LEFT_OUT = ("django_session", "procrastinate_", "articles_spent")
"""How tables begin whose rows no backup holds: everybody signs in again, the queue is filled again, and how often the
API was asked counts for a minute."""
OURS = ("articles_", "auth_", "django_", "newsroom_", "procrastinate_", "sqlite_")
"""How tables begin that Newsroom has, or SQLite makes by itself."""
MADE_BY_MIGRATIONS = {"contenttypes.ContentType", "auth.Permission", "auth.Group", "auth.Group_permissions"}


def is_left_out(table: str) -> bool:
    return table.startswith(LEFT_OUT) or table == MARK


def is_unfinished(connection: BaseDatabaseWrapper) -> bool:
    return MARK in connection.introspection.table_names()


def mark(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute(MARKING)


def unmark(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {MARK}")


def check_empty(connection: BaseDatabaseWrapper) -> None:
    """Raises BackupError where anything would be lost by restoring into this database."""
    tables = connection.introspection.table_names()
    if MARK in tables:
        return
    strange = sorted(table for table in tables if not table.startswith(OURS))
    if strange:
        raise BackupError(
            f"The database has tables that are not Newsroom's ({', '.join(strange[:3])}): restore into another one."
        )
    held = [
        f"{model._meta.verbose_name_plural}: {rows:,}"
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        and model._meta.db_table in tables
        and not is_left_out(model._meta.db_table)
        and model._meta.label not in MADE_BY_MIGRATIONS
        and (rows := _rows(connection, model._meta.db_table))
    ]
    if held:
        raise BackupError(
            f"The database is not empty ({'; '.join(held)}). Nothing was restored: set DATABASE_URL, or --to, to an "
            "empty one. On SQLite that is a file that is not there yet, on PostgreSQL what createdb makes."
        )


def _rows(connection: BaseDatabaseWrapper, table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
        return int(cursor.fetchone()[0])
