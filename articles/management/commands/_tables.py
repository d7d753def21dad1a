"""What every command that reads or writes the database asks first."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from ... import backing_up


class TablesCommand(BaseCommand):
    """A command for a database that has all tables of this version; another one is told how it gets them."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        if self.touches_database(**options):
            check_tables()
        return super().execute(*args, **options)

    def touches_database(self, **options: Any) -> bool:
        """Whether it does with these `options`."""
        return True


def check_tables() -> None:
    """Raises CommandError where a migration was not applied yet, or a restore was not finished."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        raise CommandError(
            f"The database is not ready for this version (migrations to apply: {len(missing)}). "
            "Run: python manage.py migrate"
        )
    if backing_up.is_unfinished(connection):
        raise CommandError("A restore into this database was not finished. Run: python manage.py restore FILE")
