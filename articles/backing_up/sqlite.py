"""SQLite: its online backup, page by page."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from .failure import MEGABYTE, BackupError, Tell
from .file import PIECE, Backup, Contents
from .places import BACKUP, RESTORE, place_in
from .target import MARKING, is_left_out

ALIAS = "backup"
"""What Django calls a copy while it is open."""
STEP = 2_500
"""Pages that are copied at once: some ten megabytes."""


@contextmanager
def source(
    connection: BaseDatabaseWrapper, *, folder: Path, tell: Tell
) -> Iterator[tuple[Iterator[bytes], Contents]]:
    """A copy of the database as it is now, made in `folder`: its bytes, and what is in it.

    Whoever writes goes on meanwhile. Raises BackupError where the database is damaged.
    """
    connection.ensure_connection()
    with place_in(folder, prefix=BACKUP) as place:
        copy = place / "database.sqlite3"
        try:
            with closing(sqlite3.connect(copy, isolation_level=None)) as out:
                out.execute("PRAGMA synchronous = OFF")
                _copy(connection.connection, out, tell, what="MB copied")
                _leave_out(out)
                _check(out, pragma="quick_check")
                tables = _contents(out, tell=tell)
        except sqlite3.Error as error:
            raise BackupError(f"The database cannot be copied ({error}). No backup was made.") from error
        yield _pieces(copy), tables


def versions(connection: BaseDatabaseWrapper) -> dict[str, str]:
    return {"sqlite": sqlite3.sqlite_version}


def load(connection: BaseDatabaseWrapper, backup: Backup, *, tell: Tell) -> None:
    """Put the database of `backup` in the place of the one there, which is marked as unfinished by that."""
    place = Path(str(connection.settings_dict["NAME"])).resolve()
    with unpacked(backup, place.parent, tell) as copy:
        try:
            connection.ensure_connection()
            _close_to_others(place)
            with closing(sqlite3.connect(copy, isolation_level=None)) as ours:
                ours.execute(MARKING)
                _copy(ours, connection.connection, tell, what="MB loaded")
        except (sqlite3.Error, OSError) as error:
            raise BackupError(f"The backup cannot be loaded ({error}). Nothing was restored.") from error
    connection.close()


def _close_to_others(database: Path) -> None:
    """Let only the owner read the file, as with the backup itself, and what SQLite writes beside it."""
    for path in (database, *(database.with_name(f"{database.name}-{end}") for end in ("wal", "shm"))):
        if path.is_file():
            path.chmod(0o600)


@contextmanager
def unpacked(backup: Backup, folder: Path | None, tell: Tell) -> Iterator[Path]:
    """The copy in `backup` as a file that lies in `folder` as long as the block lasts, or where such files do."""
    with place_in(folder, prefix=RESTORE) as place:
        copy = place / "database.sqlite3"
        backup.unpack(copy, tell)
        yield copy


@contextmanager
def opened(path: Path) -> Iterator[BaseDatabaseWrapper]:
    """The database in a file, beside the product's own, as connections[ALIAS]."""
    described = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}
    connections.settings[ALIAS] = connections.configure_settings({"default": described})["default"]
    try:
        yield connections[ALIAS]
    finally:
        connections[ALIAS].close()
        del connections[ALIAS], connections.settings[ALIAS]


def contents(connection: BaseDatabaseWrapper, *, tell: Tell) -> Contents:
    """What is in the database, as `source` told it. Raises BackupError where it is damaged, be it in an index."""
    # Not by Django's own connection, which makes dates and truths of some values.
    with closing(sqlite3.connect(str(connection.settings_dict["NAME"]))) as database:
        _check(database, pragma="integrity_check")
        return _contents(database, tell=tell)


def _check(database: sqlite3.Connection, *, pragma: str) -> None:
    """Raises BackupError where SQLite finds fault with it: by "quick_check", or "integrity_check", indexes too."""
    for name in (pragma, "foreign_key_check"):
        faults = [row for row in database.execute(f"PRAGMA {name}") if row != ("ok",)]
        if faults:
            raise BackupError(f"The database is damaged: {name} says {faults[0]}, and {len(faults) - 1} more.")


def _contents(database: sqlite3.Connection, *, tell: Tell) -> Contents:
    """Of each table the rows and their digest, but for tables left out and those of the full-text indexes."""
    found: Contents = {}
    for name in _tables(database):
        digest, rows = hashlib.sha256(), 0
        # In the order of its pages: an index that holds all columns would give another.
        for row in database.execute(f'SELECT * FROM "{name}" NOT INDEXED'):
            digest.update(repr(row).encode())
            rows += 1
        found[name] = {"rows": rows, "digest": digest.hexdigest()}
        tell("tables summed up", 1, None)
    return found


def _tables(database: sqlite3.Connection) -> list[str]:
    every = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    virtual = [name for name, sql in every if sql.upper().startswith("CREATE VIRTUAL")]
    inside = ("sqlite_", *(f"{name}_" for name in virtual))
    return [name for name, _ in every if not (name in virtual or name.startswith(inside) or is_left_out(name))]


def _copy(one: sqlite3.Connection, other: sqlite3.Connection, tell: Tell, *, what: str) -> None:
    size = one.execute("PRAGMA page_size").fetchone()[0]
    done = 0

    def progress(status: int, remaining: int, pages: int) -> None:
        nonlocal done
        megabytes = (pages - remaining) * size // MEGABYTE
        tell(what, megabytes - done, pages * size // MEGABYTE)
        done = megabytes

    # A reader's transaction: without one, each change by another process would make the copy begin anew.
    one.execute("BEGIN")
    try:
        one.execute("SELECT 1 FROM sqlite_master").fetchone()
        one.backup(other, pages=STEP, progress=progress)
    finally:
        one.execute("ROLLBACK")


def _leave_out(copy: sqlite3.Connection) -> None:
    copy.execute("PRAGMA journal_mode = DELETE")  # the copy says that it has a log, and has none
    copy.execute("PRAGMA secure_delete = ON")
    for (table,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        if is_left_out(table):
            copy.execute(f'DELETE FROM "{table}"')


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
