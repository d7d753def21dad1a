"""Files of exports: written whole or not at all, and on record, by a process that may be killed at any time."""

import errno
import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import BinaryIO

import pytest
from django.conf import LazySettings, settings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import IntegrityError, OperationalError
from django.utils import timezone

from articles import export_files, export_line, export_runs, gathering
from articles.exports import formats, jsonl
from articles.exports.records import Records
from articles.lines import Cancelled
from articles.models import ExportRun
from tests.factories import make_article, make_quotation
from tests.racing import PATIENCE, at_once

# Another thread writes down how far a run is: it has a connection of its own, and sees what was committed.
pytestmark = pytest.mark.django_db(transaction=True)

MakeRun = Callable[..., ExportRun]


@pytest.fixture(autouse=True)
def place(settings: LazySettings, tmp_path: Path) -> Path:
    settings.NEWSROOM_EXPORTS = tmp_path / "exports"
    return settings.NEWSROOM_EXPORTS


@pytest.fixture
def make_run(analyst: User) -> MakeRun:
    """A run for the quotations with “nets”, of three in two articles."""
    first = make_article("“The nets were empty,” she said. “We sail,” she said.", title="Nets")
    make_quotation(first, "“The nets were empty,”", speaker="Ida Moss")
    make_quotation(first, "“We sail,”", speaker="Ida Moss")
    make_quotation(make_article("“My nets,” he said.", title="Mine"), "“My nets,”", state="rejected")

    def make(**fields: object) -> ExportRun:
        given = {"by": analyst, "of": "quotations", "query": "q=nets", "format": "jsonl", "state": "running"}
        return ExportRun.objects.create(**given | {"site": "https://newsroom.example"} | fields)

    return make


@pytest.fixture
def writer(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Records, BinaryIO], None]], None]:
    """`writer(write)`: writes what is exported as JSON Lines from now on."""

    def use(write: Callable[[Records, BinaryIO], None]) -> None:
        monkeypatch.setattr(formats.Format, "module", SimpleNamespace(write=write))
        monkeypatch.setattr(export_runs, "PAUSE", 0.01)

    return use


def left_on_disk(place: Path) -> list[str]:
    return sorted(path.name for path in place.rglob("*") if path.is_file())


def records_in(run: ExportRun) -> list[dict]:
    with export_files.file_of(run).open("rb") as file:
        return list(jsonl.read(file))


def test_the_file_holds_what_was_sought_and_the_row_says_so(make_run: MakeRun, place: Path):
    run = make_run()
    export_runs.write(run)
    run.refresh_from_db()
    content = export_files.file_of(run).read_bytes()
    assert (run.state, run.why_in_words, run.size) == ("finished", "", len(content))
    assert run.sha256 == hashlib.sha256(content).hexdigest()
    assert (run.articles, run.articles_written, run.quotations, run.quotations_written) == (1, 1, 1, 1)
    assert run.expires_at == run.ended_at + export_files.KEPT
    records = records_in(run)
    assert records[0]["search"] == "quotations?q=nets" and records[0]["address"] == "https://newsroom.example"
    said = [one["content"] for record in records if record["record"] == "article" for one in record["quotations"]]
    assert said == ["“The nets were empty,”"]
    assert left_on_disk(place) == ["export"]


@pytest.mark.parametrize(
    ("fields", "articles", "quotations"),
    [
        ({"with_rejected": True}, 2, 2),
        ({"of": "articles"}, 2, 2),
        ({"of": "articles", "with_rejected": True}, 2, 3),
        ({"query": ""}, 2, 2),
    ],
)
def test_rejected_ones_come_along_when_they_are_wanted(
    make_run: MakeRun, fields: dict[str, object], articles: int, quotations: int
):
    run = make_run(**fields)
    export_runs.write(run)
    assert (run.articles_written, run.quotations_written) == (articles, quotations)


def test_how_far_it_is_is_written_down_meanwhile(make_run: MakeRun, writer: Callable[..., None]):
    def write(records: Records, out: BinaryIO) -> None:
        for record in records:
            if record["record"] == "end":
                assert any(told() == (1, 1, "running") for _ in range(600))
        out.write(b"done")

    def told() -> object:
        """As the web server reads it, from another connection: this one still sees what was at the beginning."""
        time.sleep(0.1)
        (told,) = at_once(lambda: ExportRun.objects.values_list("articles_written", "quotations", "state").get())
        return told

    writer(write)
    export_runs.write(make_run())


def test_it_is_cancelled_while_it_is_written(
    make_run: MakeRun, writer: Callable[..., None], place: Path, monkeypatch: pytest.MonkeyPatch
):
    def without_end(selection: object, *, address: str) -> Iterator[dict[str, str]]:
        while True:
            yield {"record": "act"}
            time.sleep(0.001)

    def write(records: Records, out: BinaryIO) -> None:
        out.write(b"half")
        at_once(lambda: export_line.cancel(run))  # from another connection, as the web server does
        for _ in records:
            assert time.monotonic() < deadline

    deadline = time.monotonic() + PATIENCE
    writer(write)
    monkeypatch.setattr(gathering, "records", without_end)
    run = make_run()
    with pytest.raises(Cancelled):
        export_runs.write(run)
    run.refresh_from_db()
    assert (run.state, run.why_in_words) == ("cancelled", "")
    assert left_on_disk(place) == []


def test_one_that_was_cancelled_before_its_process_looked_writes_nothing(make_run: MakeRun, place: Path):
    run = make_run(is_cancelled=True)
    with pytest.raises(Cancelled):
        export_runs.write(run)
    run.refresh_from_db()
    assert run.state == "cancelled" and left_on_disk(place) == []


def full(records: Records, out: BinaryIO) -> None:
    next(records)
    out.write(b"half")
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def left_off(records: Records, out: BinaryIO) -> None:
    next(records)


def database_failed(records: Records, out: BinaryIO) -> None:
    raise OperationalError("the connection\nis lost")


@pytest.mark.parametrize(
    ("write", "why"),
    [
        (full, "The file could not be written (No space left on device)."),
        (left_off, "A fault in Newsroom: NotWhole: not all records were written"),
        (database_failed, "The database failed (the connection is lost)."),
    ],
)
def test_what_ended_it_early_is_told_and_nothing_is_left(
    make_run: MakeRun, writer: Callable[..., None], place: Path, write: Callable[..., None], why: str
):
    writer(write)
    run = make_run()
    with pytest.raises(Exception):  # noqa: B017 - whatever it was goes through
        export_runs.write(run)
    run.refresh_from_db()
    assert (run.state, run.why_in_words, run.sha256) == ("stopped", why, "")
    assert left_on_disk(place) == []


def test_a_place_that_cannot_be_written_to_is_told(make_run: MakeRun, settings: LazySettings, tmp_path: Path):
    (tmp_path / "file").write_text("")
    settings.NEWSROOM_EXPORTS = tmp_path / "file"
    run = make_run()
    with pytest.raises(OSError, match="Not a directory"):
        export_runs.write(run)
    run.refresh_from_db()
    assert run.why_in_words == "The file could not be written (Not a directory)."
    waiting = make_run(state="waiting")
    export_line.look_after()
    waiting.refresh_from_db()
    assert waiting.state == "stopped" and "could not be started" in waiting.why_in_words


def test_the_command_writes_only_what_waits(make_run: MakeRun):
    done = make_run(state="stopped", ended_at=timezone.now())
    for uid in (str(done.uid), "00000000-0000-0000-0000-000000000000"):
        with pytest.raises(CommandError, match="There is no export"):
            call_command("export_run", uid)
    run = make_run()
    call_command("export_run", str(run.uid))
    run.refresh_from_db()
    assert run.state == "finished"


@pytest.mark.parametrize(
    "fields",
    [{"state": "finished", "ended_at": timezone.now()}, {"state": "stopped"}, {"of": "people"}, {"state": "lost"}],
)
def test_the_database_refuses_what_cannot_be(make_run: MakeRun, fields: dict[str, object]):
    with pytest.raises(IntegrityError):
        make_run(**fields)


def test_files_that_nobody_needs_are_removed(make_run: MakeRun, place: Path):
    now = timezone.now()
    long_ago = now - export_files.KEPT
    whole = {"state": "finished", "ended_at": now, "size": 1, "sha256": "a" * 64}
    kept = [make_run(), make_run(state="waiting"), make_run(**whole, expires_at=now + export_files.KEPT)]
    kept += [make_run(state="stopped", ended_at=now)]  # its log says why
    done = [make_run(**whole, expires_at=now), make_run(state="cancelled", ended_at=now)]
    done += [make_run(state="stopped", ended_at=long_ago)]
    for run in kept + done:
        export_files.folder_of(run.uid).mkdir(parents=True)
        export_files.file_of(run).with_suffix(".part").write_bytes(b"x")
    (place / "something else").mkdir()
    export_files.clear_up()
    assert [export_files.folder_of(run.uid).exists() for run in kept + done] == [True] * 4 + [False] * 3
    parts = [export_files.file_of(run).with_suffix(".part").exists() for run in kept]
    assert parts == [True, True, False, False]
    assert (place / "something else").is_dir()


def test_a_fault_is_told_in_the_log_and_does_not_hold_up_the_next(
    make_run: MakeRun, writer: Callable[..., None], monkeypatch: pytest.MonkeyPatch
):
    started: list[ExportRun] = []
    monkeypatch.setattr(export_line, "_start", started.append)
    writer(left_off)
    run, following = make_run(), make_run(state="waiting")
    with pytest.raises(export_runs.NotWhole):
        call_command("export_run", str(run.uid))
    assert started == [following]


def test_two_web_processes_start_one_run_once(make_run: MakeRun, monkeypatch: pytest.MonkeyPatch):
    started: list[ExportRun] = []
    monkeypatch.setattr(export_line, "_start", started.append)
    first, second = make_run(state="waiting"), make_run(state="waiting")
    assert at_once(*[export_line.look_after] * 4) == [None] * 4
    assert started == [first] and ExportRun.objects.before(second) == 1


@pytest.mark.usefixtures("export_processes")
@pytest.mark.parametrize(
    ("told", "why"),
    [(signal.SIGKILL, "Its process has ended before it was done."), (signal.SIGTERM, "Told to end (SIGTERM).")],
)
def test_a_run_whose_process_is_ended_leaves_no_file_and_is_made_again(
    make_run: MakeRun, told: signal.Signals, why: str
):
    run = make_run()
    process = subprocess.Popen([sys.executable, "-c", HALF_WAY, str(run.uid)], cwd=settings.BASE_DIR)
    folder = export_files.folder_of(run.uid)
    wait_until(run, lambda: any(part.stat().st_size for part in folder.glob("*.part")))
    assert not export_files.is_here(run)
    process.send_signal(told)
    process.wait(timeout=PATIENCE)
    export_line.look_after()
    wait_until(run, lambda: run.has_ended)
    assert (run.state, run.why_in_words) == ("stopped", why)
    assert not list(folder.glob("*.part")) and not export_files.is_here(run)
    export_line.go_on(run)
    export_line.look_after()
    wait_until(run, lambda: run.has_ended)
    assert (run.state, run.why_in_words, run.quotations_written) == ("finished", "", 1)
    assert records_in(run)[-1]["record"] == "end"


HALF_WAY = """
import sys, time, django
django.setup()
from django.core.management import call_command
from articles.exports import jsonl

def write(records, out):
    next(records)
    out.write(b"half")
    out.flush()
    time.sleep(600)

jsonl.write = write
call_command("export_run", sys.argv[1])
"""


def wait_until(run: ExportRun, what: Callable[[], bool]) -> None:
    """Until `what` holds of `run`, which is read again and again. It waits as long as it takes."""
    deadline = time.monotonic() + PATIENCE
    while True:
        run.refresh_from_db()
        if what():
            return
        assert time.monotonic() < deadline, f"{run.state}: {run.why_in_words}"
        time.sleep(0.05)
