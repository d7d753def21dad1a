"""What each engine offers, by Django's name of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from django.db.backends.base.base import BaseDatabaseWrapper

from . import postgresql, sqlite
from .failure import Tell
from .file import Backup, Contents


class Engine(Protocol):
    def source(
        self, connection: BaseDatabaseWrapper, *, folder: Path, tell: Tell
    ) -> AbstractContextManager[tuple[Iterator[bytes], Contents]]:
        """The database as it is at one moment: its bytes, and what is in it."""

    def versions(self, connection: BaseDatabaseWrapper) -> dict[str, str]: ...

    def load(self, connection: BaseDatabaseWrapper, backup: Backup, *, tell: Tell) -> None:
        """Put the database of `backup` in the place of the one there, as a whole, with the mark of `target`."""

    def contents(self, connection: BaseDatabaseWrapper, *, tell: Tell) -> Contents:
        """What is in the database now."""


ENGINES: dict[str, Engine] = {"sqlite": sqlite, "postgresql": postgresql}
