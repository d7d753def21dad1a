"""Databases of invented articles: SQLite in a file, or a database of its own on the server of DATABASE_URL.

Each is made under a name that ends in "_part" and renamed when it is whole; so one that is kept can be trusted.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from psycopg import connect, sql

from ..invention import invented

PART = "_part"


class Failed(Exception):
    """A command that makes or measures a database did not do so; says which."""


@dataclass(frozen=True)
class Database:
    """That of `articles` invented articles, on the server `url`, or in a file of `folder` where that is SQLite's."""

    url: str
    folder: Path
    articles: int

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    @property
    def engine(self) -> str:
        return "SQLite" if self.is_sqlite else "PostgreSQL"

    @property
    def name(self) -> str:
        return f"newsroom_bench_{self.articles}"

    def make(self) -> None:
        """Make it where it is not there yet; takes minutes for 100,000 articles."""
        if self._is_there(self.name):
            return
        self._drop(self.name + PART)
        self._create(self.name + PART)
        corpus = self.folder / f"{self.articles}.jsonl"
        if not corpus.exists():
            with corpus.open("w", encoding="utf-8") as stream:
                stream.writelines(f"{article.as_line()}\n" for article in invented(self.articles))
        self._run(["migrate", "--verbosity", "0"], of=self.name + PART)
        report = json.loads(self._run(["ingest", "--json", str(corpus)], of=self.name + PART))
        if report["added"] != self.articles:
            raise Failed(f"of {self.articles} articles, {report['added']} came in")
        self._rename(self.name + PART, self.name)

    def drop(self) -> None:
        self._drop(self.name)

    def run(self, command: Sequence[str]) -> str:
        """What `manage.py` prints on it. Raises Failed."""
        return self._run(command, of=self.name)

    def _run(self, command: Sequence[str], *, of: str) -> str:
        manage = [sys.executable, str(settings.BASE_DIR / "manage.py"), *command]
        environment = os.environ | {"DATABASE_URL": self._url_of(of)}
        done = subprocess.run(manage, env=environment, stdout=subprocess.PIPE, text=True)  # noqa: S603
        if done.returncode:
            raise Failed(f"manage.py {' '.join(command)} failed with {self.articles} articles on {self.engine}")
        return done.stdout

    def _url_of(self, name: str) -> str:
        return f"sqlite:///{self._file(name)}" if self.is_sqlite else _on_server(self.url, name)

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.sqlite3"

    def _is_there(self, name: str) -> bool:
        if self.is_sqlite:
            return self._file(name).exists()
        with connect(self.url) as server:
            return bool(server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone())

    def _create(self, name: str) -> None:
        self._on_server("CREATE DATABASE {}", name)

    def _drop(self, name: str) -> None:
        self._on_server("DROP DATABASE IF EXISTS {}", name)
        if self.is_sqlite:
            for path in self.folder.glob(f"{name}.sqlite3*"):
                path.unlink()

    def _rename(self, name: str, to: str) -> None:
        self._on_server("ALTER DATABASE {} RENAME TO {}", name, to)
        if self.is_sqlite:
            self._file(name).rename(self._file(to))

    def _on_server(self, statement: str, *names: str) -> None:
        if not self.is_sqlite:
            with connect(self.url, autocommit=True) as server:
                server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def databases(sizes: Sequence[int], *, folder: Path, kept: bool) -> Iterator[list[Database]]:
    """One of each size on the engine of DATABASE_URL; they are dropped at the end, unless they are `kept`."""
    url = os.environ.get("DATABASE_URL") or "sqlite://"
    every = [Database(url, folder, size) for size in sizes]
    try:
        yield every
    finally:
        for database in every:
            if not kept:
                database.drop()


def _on_server(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
