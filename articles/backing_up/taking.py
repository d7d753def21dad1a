"""Making a backup of a database that is in use."""

from __future__ import annotations

import platform
from pathlib import Path

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from .engines import ENGINES
from .failure import BackupError, Tell
from .file import Manifest, new_file, write
from .target import is_unfinished


def back_up(path: Path, *, replace: bool, tell: Tell) -> Manifest:
    """Write all that the database holds at one moment to `path`. Raises BackupError, and nothing is left of it."""
    migrations = MigrationRecorder(connection).applied_migrations()
    if not any(app == "articles" for app, _ in migrations):
        raise BackupError("The database holds no Newsroom: there is nothing to back up.")
    if is_unfinished(connection):
        raise BackupError("A restore into this database was not finished: run manage.py restore again first.")
    engine = ENGINES[connection.vendor]
    made_at = timezone.now().isoformat(timespec="seconds")
    versions = {"python": platform.python_version(), **engine.versions(connection)}
    with (
        new_file(path, replace=replace) as out,
        engine.source(connection, folder=path.parent, tell=tell) as (pieces, tables),
    ):

        def describe(size: int, sha256: str) -> Manifest:
            applied = sorted([app, name] for app, name in migrations)
            return Manifest(connection.vendor, made_at, versions, applied, tables, size, sha256)

        return write(out, engine=connection.vendor, pieces=pieces, describe=describe, tell=tell)
