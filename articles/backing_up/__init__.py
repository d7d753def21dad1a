"""Backups: all that a database holds in one file, and back into an empty database.

file         the file: a zip of what the engine copies of itself, and a manifest
sqlite, postgresql   what each engine copies, says it holds, and loads
across       the rows of a copy of SQLite into PostgreSQL
places       the folders in which a database lies unpacked meanwhile
target       what a database has to be like so that one may restore into it
engines      what both offer
taking, restoring    the steps

Knows no table by name but those left out: sessions, and the queue, which is Procrastinate's.
"""

from .failure import BackupError, Tell
from .restoring import check, finish, restore
from .taking import back_up
from .target import is_unfinished

__all__ = ["BackupError", "Tell", "back_up", "check", "finish", "is_unfinished", "restore"]
