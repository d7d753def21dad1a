"""The folders of backups and restores: what killed processes left goes, never what one that lives needs."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from articles.backing_up.places import BACKUP, LOCK, OLD, RESTORE, place_in
from tests.racing import at_once

WORKING = """
import sys, time
from pathlib import Path
from articles.backing_up.places import place_in

with place_in(Path(sys.argv[1]), prefix=sys.argv[2]) as place:
    (place / "database.sqlite3").write_text("all of it")
    print(place, flush=True)
    time.sleep(600)
"""
Start = Callable[[str], tuple[subprocess.Popen[str], Path]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a process that has a folder in `tmp_path`, and says which."""
    started = []

    def begin(prefix: str) -> tuple[subprocess.Popen[str], Path]:
        command = [sys.executable, "-c", WORKING, str(tmp_path), prefix]
        process = subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout
        return process, Path(process.stdout.readline().strip())

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def test_what_was_killed_goes_with_the_next_and_what_lives_stays(tmp_path: Path, start: Start) -> None:
    (killed, left), (_, in_use), (other, left_too) = start(BACKUP), start(BACKUP), start(RESTORE)
    for process in (killed, other):
        process.kill()
        process.wait()
    assert left.is_dir() and left_too.is_dir()
    with place_in(tmp_path, prefix=BACKUP) as place:
        assert sorted(tmp_path.iterdir()) == sorted([in_use, place])
        assert (in_use / "database.sqlite3").read_text() == "all of it"
    assert list(tmp_path.iterdir()) == [in_use]


def test_of_those_of_earlier_versions_only_old_ones_go(tmp_path: Path) -> None:
    young, old, strange = (tmp_path / name for name in (f"{BACKUP}young", f"{RESTORE}old", ".newsroom-other-old"))
    for folder in (young, old, strange):
        folder.mkdir()
        (folder / "database.sqlite3").touch()
        for path in (*folder.iterdir(), folder):
            os.utime(path, times=(time.time() - 2 * OLD,) * 2)
    os.utime(young / "database.sqlite3")
    with place_in(tmp_path, prefix=RESTORE) as place:
        assert sorted(tmp_path.iterdir()) == sorted([young, strange, place])


def test_what_only_looks_like_one_stays(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / LOCK).touch()
    (tmp_path / f"{BACKUP}link").symlink_to(precious)
    (tmp_path / f"{BACKUP}file").touch()
    os.utime(tmp_path / f"{BACKUP}file", times=(0, 0))
    with place_in(tmp_path, prefix=BACKUP):
        pass
    assert (precious / LOCK).exists() and (tmp_path / f"{BACKUP}file").exists()


def test_of_many_at_once_none_loses_its_own(tmp_path: Path) -> None:
    def work() -> None:
        for _ in range(50):
            with place_in(tmp_path, prefix=BACKUP) as place:
                (place / "database.sqlite3").write_text("all of it")
                assert (place / LOCK).exists()

    assert at_once(*[work] * 6) == [None] * 6
    assert list(tmp_path.iterdir()) == []
