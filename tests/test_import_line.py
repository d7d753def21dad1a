"""The line of imports: one runs, each is started once, and what has lost its process is told."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from socket import gethostname

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.utils import timezone

from articles import import_line, uploads
from articles.models import Article, ImportRun
from tests.commands.conftest import article_text
from tests.gates import Gate
from tests.racing import PATIENCE, at_once

MakeRun = Callable[..., ImportRun]
HOST = gethostname()


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[ImportRun]:
    """The runs for which a process was to be started, in place of one."""
    runs: list[ImportRun] = []
    monkeypatch.setattr(import_line, "_start", runs.append)
    return runs


@pytest.fixture
def make_run(settings: LazySettings, tmp_path: Path, analyst: User) -> MakeRun:
    settings.NEWSROOM_UPLOADS = tmp_path / "uploads"

    def make(state: str = "waiting", **fields: object) -> ImportRun:
        ended_at = None if state in ("waiting", "running") else timezone.now()
        fields = {"by": analyst, "given": ["a.txt"], "state": state, "ended_at": ended_at} | fields
        run = ImportRun.objects.create(**fields)
        if "seen_at" in fields:
            ImportRun.objects.filter(pk=run.pk).update(seen_at=fields["seen_at"])
        uploads.folder_of(run.uid).mkdir(parents=True)
        return run

    return make


@pytest.fixture
def ended_process() -> str:
    """The name of a process that is not there any more."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return f"{HOST} {process.pid}"


def here() -> str:
    return f"{HOST} {os.getpid()}"


@pytest.mark.django_db
def test_one_runs_and_the_others_wait_in_line(make_run: MakeRun, started: list[ImportRun]):
    first, second = make_run(), make_run()
    import_line.look_after()
    import_line.look_after()
    assert started == [first]
    assert ImportRun.objects.before(second) == 1
    first.refresh_from_db()
    assert (first.state, first.process) == ("running", "") and first.started_at
    ImportRun.objects.turn(first, "finished", ended_at=timezone.now())
    import_line.look_after()
    assert started == [first, second]


@pytest.mark.django_db
def test_commands_on_the_server_hold_up_nobody(make_run: MakeRun, started: list[ImportRun]):
    make_run("running", by=None, process=here())
    run = make_run()
    import_line.look_after()
    assert started == [run]


@pytest.mark.django_db
def test_a_run_whose_files_are_on_another_machine_is_left_to_it(make_run: MakeRun, started: list[ImportRun]):
    elsewhere, run = make_run(), make_run()
    uploads.remove(elsewhere.uid)
    import_line.look_after()
    assert started == [run]


@pytest.mark.django_db(transaction=True)
def test_two_web_processes_start_a_run_once(make_run: MakeRun, started: list[ImportRun]):
    run = make_run()
    make_run()
    outcomes = at_once(*[import_line.look_after] * 4)
    assert outcomes == [None] * 4
    assert started == [run]


@pytest.mark.django_db
def test_a_run_whose_process_is_gone_is_stopped_and_says_why(make_run: MakeRun, ended_process: str):
    run = make_run("running", process=ended_process)
    uploads.log_of(run).write_text("Something else\nMemoryError\n\n")
    import_line.look_after()
    run.refresh_from_db()
    assert (run.state, run.why_in_words) == ("stopped", "Its process has ended before it was done. MemoryError")
    assert import_line.can_go_on(run)


LONG_AGO = timezone.now() - timedelta(hours=1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"process": here()}, "running"),
        ({"process": here(), "seen_at": LONG_AGO}, "running"),
        ({"process": here(), "seen_at": LONG_AGO, "is_cancelled": True}, "cancelled"),
        ({"process": "another-host 12"}, "running"),
        ({"process": "another-host 12", "seen_at": LONG_AGO}, "stopped"),
        ({"process": ""}, "running"),
        ({"process": "", "seen_at": LONG_AGO}, "stopped"),
    ],
)
def test_a_process_is_gone_when_it_is_dead_or_silent_for_long(make_run: MakeRun, fields: dict, state: str):
    run = make_run("running", **fields)
    import_line.look_after()
    run.refresh_from_db()
    assert run.state == state


@pytest.mark.django_db
def test_cancelling_and_going_on(make_run: MakeRun, started: list[ImportRun]):
    waiting, running, stopped, finished = (make_run(at) for at in ("waiting", "running", "stopped", "finished"))
    for run in (waiting, running, stopped, finished):
        import_line.cancel(run)
        run.refresh_from_db()
    assert (waiting.state, stopped.state, finished.state) == ("cancelled", "cancelled", "finished")
    assert (running.state, running.is_cancelled) == ("running", True)
    import_line.go_on(stopped)  # given up: its files are gone
    stopped.refresh_from_db()
    assert stopped.state == "cancelled"


@pytest.mark.django_db
def test_a_process_that_does_not_start_stops_the_run(make_run: MakeRun, monkeypatch: pytest.MonkeyPatch):
    def refuse(*args: object, **kwargs: object) -> None:
        raise OSError("no memory")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    run = make_run()
    import_line.look_after()
    run.refresh_from_db()
    assert (run.state, run.why_in_words) == ("stopped", "Its process could not be started (no memory).")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("import_processes")
def test_a_run_that_is_killed_goes_on_and_brings_each_article_once(
    make_run: MakeRun, monkeypatch: pytest.MonkeyPatch, gate: Gate
):
    for name, value in gate.at("Harbour 299 ").items():
        monkeypatch.setenv(name, value)
    run = make_run(given=["many.jsonl"])
    lines = [json.dumps({"text": article_text(number)}) for number in range(300)]
    (uploads.folder_of(run.uid) / "1.jsonl").write_text("\n".join(lines), encoding="utf-8")
    import_line.look_after()
    wait_until(run, lambda: run.added > 0)
    os.kill(int(run.process.split()[-1]), signal.SIGKILL)
    wait_until(run, lambda: run.has_ended)
    assert (run.state, run.why_in_words) == ("stopped", "Its process has ended before it was done.")
    assert 0 < Article.objects.count() <= 300
    gate.open()
    import_line.go_on(run)
    import_line.look_after()
    wait_until(run, lambda: run.has_ended)
    assert (run.state, run.added, run.failed) == ("finished", 300, 0)
    assert Article.objects.of_import(run).count() == Article.objects.count() == 300
    assert not Article.objects.pending().exists()


def wait_until(run: ImportRun, what: Callable[[], bool]) -> None:
    """Until `what` holds of `run`, which is read again and again. It waits as long as it takes."""
    deadline = time.monotonic() + PATIENCE
    while True:
        run.refresh_from_db()
        if what():
            return
        assert time.monotonic() < deadline, f"{run.state}: {run.why_in_words}"
        time.sleep(0.1)
