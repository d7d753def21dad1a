"""What operators set by environment variables; what cannot be meant is refused in a line that names the variable."""

from __future__ import annotations

import ipaddress
import logging
import os
from typing import Any
from zoneinfo import ZoneInfo

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

DATABASE_FORMS = "postgres://user:password@host:port/name or sqlite:////path/to/file"


def flag(name: str) -> bool:
    """True when environment variable `name` is 1, true, yes or on (any case)."""
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def number(name: str, default: float) -> float:
    """Environment variable `name`, of 0 or more. Raises ImproperlyConfigured."""
    value = os.environ.get(name, "").strip()
    try:
        found = float(value or default)
    except ValueError:
        found = -1
    if not 0 <= found < float("inf"):
        raise ImproperlyConfigured(f"{name} is {value!r}: write a number of 0 or more.")
    return found


def listed(name: str, *, hosts_only: bool = False) -> list[str]:
    """The hosts, ":ports" and networks in environment variable `name`.

    Raises ImproperlyConfigured for no network and, with `hosts_only`, for what is no host.
    """
    values = os.environ.get(name, "").replace(",", " ").split()
    for value in values:
        if hosts_only and ("/" in value or (value[1:].isdecimal() and value.startswith(":"))):
            raise ImproperlyConfigured(f"{name} has {value!r}: write hosts, as 127.0.0.1:9000 or .intern.example.")
        try:
            if "/" in value:
                ipaddress.ip_network(value)
        except ValueError as error:
            raise ImproperlyConfigured(f"{name} has {value!r}: write a network as 203.0.113.0/24.") from error
    return values


def required(name: str, hint: str) -> str:
    """Environment variable `name`. Raises ImproperlyConfigured, saying `hint`, where nothing but commas is in it."""
    value = os.environ.get(name, "").strip()
    if not value.strip(" ,"):
        raise ImproperlyConfigured(f"Set {name} in the environment: {hint}")
    return value


def time_zone(name: str, default: str) -> str:
    """The name of a time zone. Raises ImproperlyConfigured."""
    value = os.environ.get(name, "").strip() or default
    try:
        ZoneInfo(value)
    except (ValueError, OSError, LookupError) as error:
        raise ImproperlyConfigured(f"{name} is {value!r}: write UTC, or one as Europe/Paris.") from error
    return value


def log_level(name: str, default: str) -> str:
    """The name of a level of Python's logging. Raises ImproperlyConfigured."""
    value = os.environ.get(name, "").strip().upper() or default
    if value not in logging.getLevelNamesMapping():
        raise ImproperlyConfigured(f"{name} is {value!r}: write DEBUG, INFO, WARNING or ERROR.")
    return value


def database(name: str, default: str) -> dict[str, Any]:
    """The Django database settings for a URL (sqlite:///… or postgres://…).

    SQLite: write-ahead log, so that readers never wait for a writer, and transactions that take the write
    lock when they begin, so that two writers queue (20 s) and neither meets "database is locked" half-way. 32 MB of
    pages are kept at hand, and the log is worked off when it has as many: imports write to all of an index at once.

    Raises ImproperlyConfigured; it does not repeat the URL, in which there may be a password.
    """
    url = os.environ.get(name) or default
    if url.partition("://")[0] not in {"sqlite", "postgres", "postgresql"}:
        raise ImproperlyConfigured(f"{name} begins with neither postgres:// nor sqlite://: write {DATABASE_FORMS}.")
    try:
        settings: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} cannot be read: write {DATABASE_FORMS}. "
            "In a password, / ? # @ : are %2F %3F %23 %40 %3A; a port is a number up to 65535."
        ) from error
    if not settings["NAME"]:
        raise ImproperlyConfigured(f"{name} names no database: write {DATABASE_FORMS}.")
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        settings["CONN_MAX_AGE"] = 0
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;"
                "PRAGMA wal_autocheckpoint=8000;"
            ),
        }
    return settings
