"""Generated articles, and databases for commands that run as processes of their own."""

import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.conf import settings

FIRST_NAMES = ("Ada", "Bruno", "Carmen", "Dmitri", "Esther", "Farid", "Greta", "Hugo")
LAST_NAMES = ("Brook", "Costa", "Dahl", "Egan", "Fontaine", "Grieve", "Holm")


def article_text(number: int) -> str:
    """A short article with two quotations; no two numbers give the same text, 56 of them the same speaker."""
    name = f"{FIRST_NAMES[number % 8]} {LAST_NAMES[number % 7]}"
    return (
        f"Harbour {number} to open\n\n"
        f"PORT ELM – “Harbour {number} will open before the winter,” {name} said on Tuesday. "
        f"“We have waited {number} days for this,” {name.split()[1]} added.\n"
    )


def write_articles(folder: Path, count: int) -> Path:
    folder.mkdir(exist_ok=True)
    for number in range(count):
        (folder / f"{number:04}.txt").write_text(article_text(number), encoding="utf-8")
    return folder


@dataclass(frozen=True)
class OwnDatabase:
    """A migrated database beside the test suite's own, which only processes started here use."""

    url: str

    def query(self, sql: str) -> list[tuple]:
        if self.url.startswith("sqlite"):
            connection = sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=20)
        else:
            connection = psycopg.connect(self.url)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def count(self, table: str) -> int:
        return self.query(f"SELECT count(*) FROM {table}")[0][0]  # noqa: S608

    def start(self, *args: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "manage.py", *args],
            cwd=settings.BASE_DIR,
            env=environment(self.url),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def manage(self, *args: str) -> str:
        """What the command printed; raises where it failed."""
        process = self.start(*args)
        output, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors + output
        return output


def environment(database_url: str) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "newsroom.settings.test"}


def is_postgres() -> bool:
    return settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


@pytest.fixture(scope="session")
def migrated(tmp_path_factory) -> Iterator[str]:
    """The URL of a database with all tables, to copy: migrating takes seconds, copying does not."""
    if is_postgres():
        with postgres_database(os.environ["DATABASE_URL"]) as url:
            OwnDatabase(url).manage("migrate", "--verbosity=0")
            yield url
    else:
        url = f"sqlite:///{tmp_path_factory.mktemp('migrated') / 'newsroom.sqlite3'}"
        OwnDatabase(url).manage("migrate", "--verbosity=0")
        yield url


@pytest.fixture
def own_database(migrated, tmp_path) -> Iterator[OwnDatabase]:
    if is_postgres():
        with postgres_database(migrated, template=urlsplit(migrated).path[1:]) as url:
            yield OwnDatabase(url)
    else:
        path = tmp_path / "newsroom.sqlite3"
        shutil.copy(migrated.removeprefix("sqlite:///"), path)
        yield OwnDatabase(f"sqlite:///{path}")


class postgres_database:
    """A new database in the cluster that `url` leads to, dropped at the end."""

    def __init__(self, url: str, *, template: str = "template0") -> None:
        self.name = f"newsroom_test_{uuid.uuid4().hex}"
        self.template = template
        self.cluster = urlunsplit(urlsplit(url)._replace(path="/postgres"))
        self.url = urlunsplit(urlsplit(url)._replace(path=f"/{self.name}"))

    def __enter__(self) -> str:
        self.execute(f'CREATE DATABASE "{self.name}" TEMPLATE "{self.template}"')
        return self.url

    def __exit__(self, *exception: object) -> None:
        self.execute(f'DROP DATABASE "{self.name}" WITH (FORCE)')

    def execute(self, sql: str) -> None:
        with psycopg.connect(self.cluster, autocommit=True) as connection:
            connection.execute(sql)
