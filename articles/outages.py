"""What the database may fail of for a while, and nobody here is at fault: whoever asked is told to ask again.

Told by the codes of the driver's own error: what has none of these, as a table that is not there, is a fault.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from django.db import InterfaceError, InternalError, OperationalError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Outage:
    sentence: str | Promise
    wait: int
    """Seconds after which to ask again."""


BUSY = Outage(_("The database is busy: something else is writing to it. Nothing was written."), 5)
FULL = Outage(_("The disk of the database is full, or fails. Nothing was written."), 60)
SLOW = Outage(_("The database took longer than it is allowed to. Nothing was written."), 10)
CLOSED = Outage(_("The database takes no changes at the moment, only questions. Nothing was written."), 60)
# Where the answer to a COMMIT was lost, nobody can tell.
GONE = Outage(
    _("The database does not answer. What was sent is most likely not written: look before sending it again."),
    10,
)

_SQLITE = {
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_PROTOCOL: BUSY,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_IOERR: FULL,
    sqlite3.SQLITE_CANTOPEN: GONE,
}
_POSTGRESQL: dict[str | None, Outage] = {
    **dict.fromkeys(("40001", "40P01", "55P03"), BUSY),
    **dict.fromkeys(("53100", "58030"), FULL),
    "57014": SLOW,  # statement_timeout, or whoever looks after the server
    "25006": CLOSED,  # a standby that is not in charge yet, or a disk that is nearly full
    "25P03": GONE,  # cut off for being idle, as by 57P05
    **dict.fromkeys(("53200", "53300", "57P01", "57P02", "57P03", "57P05"), GONE),
    **dict.fromkeys(("08000", "08001", "08003", "08004", "08006"), GONE),
    None: GONE,  # the driver itself found the connection broken, or got none
}
"""By SQLSTATE."""


@runtime_checkable
class _OfPostgresql(Protocol):
    """An error of psycopg, which need not be loaded."""

    sqlstate: str | None


def outage_of(error: BaseException | None) -> Outage | None:
    """What passes by itself, where `error` says that; else None."""
    if not isinstance(error, OperationalError | InterfaceError | InternalError):
        return None
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        code: int = getattr(cause, "sqlite_errorcode", 0)  # Python's own errors have none
        return _SQLITE.get(code & 0xFF)  # without what extends it
    return _POSTGRESQL.get(cause.sqlstate) if isinstance(cause, _OfPostgresql) else None
