"""Values of records, checked one by one. Each function raises ValueError, naming the field, for what it cannot be."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from ..importing.composing import web_address

Record = Mapping[str, Any]
MOST_CHANGED = 1_000_000
MOST_DEPTH = 50
MOST = 2**31 - 1
"""What a column of whole numbers holds."""


def words(record: Record, name: str, *, most: int | None = None) -> str:
    """A text that both engines store; "" where there is none."""
    value = record.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"{name} is no text")
    if "\0" in value:
        raise ValueError(f"{name} has a NUL character")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise ValueError(f"{name} has half a character (at {error.start:,})") from error
    if most is not None and len(value) > most:
        raise ValueError(f"{name} is longer than {most:,} characters")
    return value


def one_of(record: Record, name: str, known: Collection[str], *, default: str) -> str:
    value = record.get(name) or default
    if value not in known:
        raise ValueError(f"{name} is {value!r}, none of {', '.join(known)}")
    return str(value)


def number(record: Record, name: str, *, default: int) -> int:
    """A whole number of 0 or more."""
    value = record.get(name)
    if value is None:
        return default
    if type(value) is not int or not 0 <= value <= MOST:
        raise ValueError(f"{name} is {value!r}, no number of 0 or more")
    return value


def key(record: Record, name: str) -> int | None:
    """The number of another record."""
    value = record.get(name)
    if value is not None and (type(value) is not int or abs(value) >= 2**63):
        raise ValueError(f"{name} is {value!r}, no number of a record")
    return value


def flag(record: Record, name: str) -> bool:
    value = record.get(name, False)
    if not isinstance(value, bool):
        raise ValueError(f"{name} is {value!r}, neither true nor false")
    return value


def share(record: Record, name: str) -> float | None:
    value = record.get(name)
    if value is not None and (type(value) not in (int, float) or not 0 <= value <= 1):
        raise ValueError(f"{name} is {value!r}, not between 0 and 1")
    return value


def day(record: Record, name: str) -> datetime.date | None:
    value = record.get(name)
    if not value:
        return None
    try:
        return datetime.date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} is {value!r}, no day as 2025-03-04") from error


def moment(record: Record, name: str) -> datetime.datetime | None:
    value = record.get(name)
    if not value:
        return None
    try:
        found = datetime.datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} is {value!r}, no time as 2025-03-04T10:30:00+00:00") from error
    if found.tzinfo is None:
        raise ValueError(f"{name} is {value!r}, without a zone")
    # In whatever zone it is shown, and stored, it has to be a time still.
    if not 1 < found.year < datetime.MAXYEAR:
        raise ValueError(f"{name} is {value!r}, out of all time")
    return found


def address(written: str, name: str) -> str:
    """The same, where it is "" or may be linked: of http or https, as those that imports keep."""
    if written and not web_address(written):
        raise ValueError(f"{name} is {written[:60]!r}, no address of the web")
    return written


def version(record: Record) -> int:
    """How often a record was changed, and once more."""
    found = number(record, "version", default=1)
    if not 1 <= found <= MOST_CHANGED:
        raise ValueError(f"version is {found}, not between 1 and {MOST_CHANGED:,}")
    return found


def uid(record: Record, name: str = "uid") -> UUID | None:
    value = record.get(name)
    if not value:
        return None
    try:
        return UUID(value)
    except (AttributeError, TypeError, ValueError) as error:
        raise ValueError(f"{name} is {value!r}, no UUID") from error


def span(record: Record, name: str) -> tuple[int, int] | None:
    value = record.get(name)
    return None if value is None else _span(value, name)


def spans(record: Record, name: str) -> list[tuple[int, int]]:
    value = record.get(name)
    if not isinstance(value, list | tuple) or not value:
        raise ValueError(f"{name} are no spans")
    return [_span(one, name) for one in value]


def many(record: Record, name: str) -> list[Any]:
    value = record.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise ValueError(f"{name} is no list")
    return value


def table(value: Any, name: str) -> Record:
    """What has to be an object of JSON."""
    if not isinstance(value, Mapping):
        raise ValueError(f"{name} is no object")
    return value


def storable(value: Any, name: str, *, most: int = MOST_DEPTH) -> Any:
    """Nested values of JSON, all of whose texts both engines store."""
    if not most:
        raise ValueError(f"{name} is nested too deep")
    if isinstance(value, str):
        words({name: value}, name)
    elif isinstance(value, Mapping):
        for one, inner in value.items():
            storable(one, name), storable(inner, name, most=most - 1)
    elif isinstance(value, list | tuple):
        for inner in value:
            storable(inner, name, most=most - 1)
    return value


def _span(value: Any, name: str) -> tuple[int, int]:
    if not isinstance(value, list | tuple) or len(value) != 2 or any(type(one) is not int for one in value):
        raise ValueError(f"{name} is {value!r}, no pair of offsets")
    return value[0], value[1]
