"""Generated articles, and databases for commands that run as processes of their own."""

import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from tests.databases import copy_of
from tests.gates import pipeline_package
from tests.racing import PATIENCE

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


def write_articles(folder: Path, count: int, *, first: int = 0) -> Path:
    folder.mkdir(exist_ok=True)
    for number in range(first, first + count):
        (folder / f"{number:04}.txt").write_text(article_text(number), encoding="utf-8")
    return folder


@dataclass(frozen=True)
class OwnDatabase:
    """A migrated database beside the test suite's own, which only processes started here use."""

    url: str
    started: list[subprocess.Popen] = field(default_factory=list)

    def connect(self) -> sqlite3.Connection | psycopg.Connection:
        if self.url.startswith("sqlite"):
            return sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=20)
        return psycopg.connect(self.url, autocommit=True)

    def query(self, sql: str) -> list[tuple]:
        with closing(self.connect()) as connection:
            return connection.execute(sql).fetchall()

    def count(self, table: str) -> int:
        return self.query(f"SELECT count(*) FROM {table}")[0][0]  # noqa: S608

    def start(self, *args: str, stdin: int = subprocess.DEVNULL, **variables: str) -> subprocess.Popen:
        """The command as a process of its own, with more environment variables."""
        return self._start("manage.py", *args, stdin=stdin, **variables)

    def run(self, program: str, *args: str) -> subprocess.Popen:
        """A program in Python, as a process of its own."""
        return self._start("-c", program, *args)

    def _start(self, *args: str, stdin: int = subprocess.DEVNULL, **variables: str) -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, *args],
            cwd=settings.BASE_DIR,
            env=environment(self.url) | variables,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.started.append(process)
        return process

    def wait_for(self, sql: str, *, at_least: int) -> int:
        """The number that `sql` gives, as soon as it is that much."""
        deadline = time.monotonic() + PATIENCE
        with closing(self.connect()) as connection:
            while (number := connection.execute(sql).fetchone()[0]) < at_least:
                assert time.monotonic() < deadline, f"{number} in vain: {sql}"
                time.sleep(0.02)
        return number

    def stop_all(self) -> None:
        """End what a failed test has left running."""
        for process in self.started:
            process.kill()
            process.wait()

    def manage(self, *args: str, **variables: str) -> str:
        """What the command printed; raises where it failed."""
        process = self.start(*args, **variables)
        output, errors = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, errors + output
        return output


def lines_until(words: str, process: subprocess.Popen) -> list[str]:
    """What it writes to standard error up to the first line with `words`; waits for that."""
    too_late = threading.Timer(PATIENCE, process.kill)
    too_late.start()
    lines: list[str] = []
    try:
        while not lines or words not in lines[-1]:
            lines.append(process.stderr.readline())
            assert lines[-1], f"it ended without {words!r}: {''.join(lines)}"
    finally:
        too_late.cancel()
    return lines


def environment(database_url: str) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "newsroom.settings.test"}


@pytest.fixture
def own_database(db: None, migrated: str, tmp_path: Path) -> Iterator[OwnDatabase]:
    """A copy of the tests' own before the first of them: `db` makes sure that there is one."""
    with copy_of(migrated, tmp_path) as url:
        database = OwnDatabase(url)
        yield database
        database.stop_all()


TRIPPING = """
import os, time
import spacy

@spacy.language.Language.component("tripping")
def trip(doc):
    if "Harbour 3 " in doc.text:
        time.sleep(600)
    if "Harbour 5 " in doc.text:
        os.kill(os.getpid(), 9)
    if "Harbour 7 " in doc.text:
        raise ValueError("seven")
    return doc

def load(**options):
    nlp = spacy.blank("en")
    nlp.add_pipe("tripping")
    return nlp
"""


@pytest.fixture
def tripping(tmp_path: Path) -> dict[str, str]:
    """The variables that make a package the pipeline which hangs, dies and raises at one article each."""
    return pipeline_package("tripping", TRIPPING, folder=tmp_path / "site") | {"NEWSROOM_TIME_LIMIT": "2"}
