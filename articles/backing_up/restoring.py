"""Restoring a backup into an empty database, and proving that it holds what was there."""

from __future__ import annotations

from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from . import across, sqlite
from .engines import ENGINES
from .failure import BackupError, Tell
from .file import Backup, Contents, Manifest, opened
from .target import check_empty, mark, unmark


def check(path: Path, *, tell: Tell) -> Manifest:
    """Read the whole file. Raises BackupError where it is not what was written."""
    with opened(path) as backup:
        for _ in backup.pieces(tell, what="MB checked"):
            pass
        return backup.manifest


def restore(path: Path, *, tell: Tell) -> Manifest:
    """Load the backup at `path`, compare what is there then with what was, and migrate it to this version.

    The database stays marked as unfinished until `finish`. Raises BackupError, where nothing has been loaded or, when
    only the comparison fails, with that mark left.
    """
    with opened(path) as backup:
        _check_engines(backup.manifest)
        _check_migrations(backup.manifest)
        try:
            check_empty(connection)
            for _ in backup.pieces(tell, what="MB checked"):
                pass
            if connection.vendor == backup.manifest.engine:
                _load(backup, tell=tell)
            else:
                _carry(backup, tell=tell)
        except DatabaseError as error:
            raise BackupError(f"The database failed ({' '.join(str(error).split())}).") from error
        return backup.manifest


def finish() -> None:
    """After the audit: let the database count its rows, and take the mark away."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    unmark(connection)


def _load(backup: Backup, *, tell: Tell) -> None:
    engine = ENGINES[connection.vendor]
    engine.load(connection, backup, tell=tell)
    _compare(engine.contents(connection, tell=tell), backup.manifest.tables)
    call_command("migrate", interactive=False, verbosity=0)


def _carry(backup: Backup, *, tell: Tell) -> None:
    mark(connection)
    call_command("migrate", interactive=False, verbosity=0)
    with sqlite.unpacked(backup, None, tell) as copy, sqlite.opened(copy):
        across.migrate(sqlite.ALIAS)
        across.load(copy, connection, tell=tell)
        across.compare(sqlite.ALIAS, connection.alias, tell=tell)


def _compare(found: Contents, made: Contents) -> None:
    differing = sorted(table for table in found.keys() | made.keys() if found.get(table) != made.get(table))
    if differing:
        raise BackupError(f"What was restored is not what was backed up: {', '.join(differing)}.")


def _check_engines(manifest: Manifest) -> None:
    if manifest.engine == "postgresql" and connection.vendor == "sqlite":
        raise BackupError(
            "This is a backup of PostgreSQL, and only PostgreSQL can restore it: set DATABASE_URL, or --to, to an "
            "empty database there."
        )


def _check_migrations(manifest: Manifest) -> None:
    known = MigrationLoader(None).disk_migrations
    unknown = sorted(f"{app}.{name}" for app, name in manifest.migrations if (app, name) not in known)
    if unknown:
        raise BackupError(
            f"The backup was made by a later version of Newsroom (which has {unknown[-1]}): restore it with that."
        )
