"""What all parts of this package raise, and tell."""

from __future__ import annotations

from collections.abc import Callable

Tell = Callable[[str, int, int | None], None]
"""Called with what is counted ("MB copied"), how many more are done, and how many there are in all, if known."""

MEGABYTE = 1_000_000


class BackupError(Exception):
    """A backup that could not be made, read or restored; the message is a sentence or two for a person."""
