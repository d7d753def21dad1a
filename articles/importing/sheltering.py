"""Other people's parsers on anybody's bytes: whatever they trip over costs that input, never the run."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from .records import UnreadableInput


@contextmanager
def sheltered(source: str, kind: str) -> Iterator[None]:
    """Turns any fault of a parser into UnreadableInput, `kind` saying what it could not read ("a PDF document").

    Parsers of such formats raise what their authors did not think of (IndexError, AttributeError, RecursionError),
    so here, and only here, every Exception is meant.
    """
    try:
        yield
    except UnreadableInput:
        raise
    except Exception as error:
        words = " ".join(str(error).split())[:120]
        named = f"{type(error).__name__}: {words}" if words else type(error).__name__
        raise UnreadableInput(source, f"cannot be read as {kind} ({named})") from error


def hush(*names: str) -> None:
    """Loggers of libraries that comment on each odd byte; what matters is in the report."""
    for name in names:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
