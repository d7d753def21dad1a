"""The throw-away PostgreSQL: works, leaves nothing behind however it ends, and says so where there is none."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from tests import throwaway_postgres
from tests.racing import PATIENCE

COMMAND = [sys.executable, "-m", "tests.throwaway_postgres"]


def wait_until_gone(folder: Path, *, seconds: float = PATIENCE) -> bool:
    deadline = time.monotonic() + seconds
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    return not folder.exists()


@pytest.fixture
def binaries() -> Path:
    found = throwaway_postgres.find_binaries()
    if found is None:
        pytest.skip(throwaway_postgres.HOW_TO_INSTALL)
    return found


def test_answers_and_goes_with_the_block(binaries: Path) -> None:
    with throwaway_postgres.throwaway_postgres(binaries) as url:
        folder = Path(url.partition("host=")[2])
        with psycopg.connect(url) as connection:
            row = connection.execute("select upper('é'), current_setting('listen_addresses')").fetchone()
        assert row == ("É", "")
    assert not folder.exists()


def test_is_kept_where_that_is_asked_for(binaries: Path) -> None:
    # Not in the folder of the test, which only its own account may enter.
    with tempfile.TemporaryDirectory(dir="/tmp") as kept:
        Path(kept).chmod(0o755)
        for statement in ("create table kept as select 7 as number", "select number from kept"):
            with throwaway_postgres.throwaway_postgres(binaries, keep=Path(kept)) as url:
                folder = Path(url.partition("host=")[2])
                with psycopg.connect(url, autocommit=True) as connection:
                    cursor = connection.execute(statement)
            assert not folder.exists()
        assert cursor.fetchone() == (7,)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_goes_when_its_process_is_killed(binaries: Path, number: signal.Signals) -> None:
    show_url = "import os, sys; print(os.environ['DATABASE_URL'], flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [*COMMAND, sys.executable, "-c", show_url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        folder = Path(process.stdout.readline().strip().partition("host=")[2])
        assert (folder / "data").exists()
        process.send_signal(number)
    assert wait_until_gone(folder)


def test_hands_on_the_exit_code(binaries: Path) -> None:
    assert subprocess.call([*COMMAND, "sh", "-c", "exit 7"]) == 7


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 1)])
def test_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ci: str, code: int
) -> None:
    monkeypatch.setattr(throwaway_postgres, "find_binaries", lambda: None)
    monkeypatch.setitem(os.environ, "CI", ci)
    assert throwaway_postgres.run(["never-run"]) == code
    assert "apt-get install postgresql" in capsys.readouterr().err
