"""manage.py ingest: what it takes, what it says, how it exits."""

import io
import json
import signal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from articles import ingestion, runs
from articles.importing import MAX_BYTES
from articles.management.commands import _ending, ingest
from articles.models import Article, ImportRun, Quotation
from articles.nlp import pipeline

from .conftest import article_text, write_articles

pytestmark = pytest.mark.django_db


class Run:
    """One run of the command in this process: what it printed and its exit code."""

    def __init__(self, *args: object, stderr: io.StringIO | None = None) -> None:
        out, err, self.code = io.StringIO(), stderr or io.StringIO(), 0
        try:
            call_command("ingest", *map(str, args), stdout=out, stderr=err)
        except SystemExit as end:
            self.code = end.code
        self.out, self.err = out.getvalue(), err.getvalue()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def folder(tmp_path) -> Path:
    """Three articles."""
    return write_articles(tmp_path / "news", 3)


def test_a_folder_and_again(folder):
    first = Run(folder)
    assert (first.out, first.err, first.code) == ("Added 3, unchanged 0, failed 0\n", "", 0)
    assert Article.objects.count() == 3
    quotations = set(Quotation.objects.values_list("uid", flat=True))
    assert len(quotations) == 6
    again = Run(folder)
    assert (again.out, again.err, again.code) == ("Added 0, unchanged 3, failed 0\n", "", 0)
    assert Article.objects.count() == 3
    assert set(Quotation.objects.values_list("uid", flat=True)) == quotations


def test_files_patterns_and_sub_folders(folder):
    write_articles(folder / "sub", 5)
    run = Run(folder / "0000.txt", folder / "**" / "000[34].txt", folder)
    assert (run.out, run.code) == ("Added 5, unchanged 6, failed 0\n", 0)


def test_standard_input(monkeypatch, folder):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(article_text(7).encode())))
    run = Run("-", folder / "0000.txt")
    assert (run.out, run.code) == ("Added 2, unchanged 0, failed 0\n", 0)
    assert Article.objects.filter(source_name="standard input").get().text == article_text(7)


# Bad input: its line, and the rest of the run unharmed


def missing(path: Path) -> str:
    return "no such file or folder"


def empty(path: Path) -> str:
    path.touch()
    return "empty file"


def binary(path: Path) -> str:
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    return "not text (it is a PNG picture)"


def with_nul(path: Path) -> str:
    path.write_bytes(b"a" * 1024 + b"\0 and more text")
    return "not text (found a NUL byte at 1,024)"


def too_large(path: Path) -> str:
    with path.open("wb") as file:
        file.truncate(50_000_000)
    return f"too large (50 MB, the limit is {MAX_BYTES // 1_000_000} MB)"


def with_a_bad_date(path: Path) -> str:
    path.write_text("Title: Nets\nDate: the day after\n\nThe nets were empty.\n", encoding="utf-8")
    return 'line 2: the date "the day after" is not understood'


def undecodable(path: Path) -> str:
    path.write_bytes("“Señor,” they said, “é à ü ö — 50 €.” ".encode() * 20 + b"\xff\xfe\x81 end")
    return "not readable as text (byte 0xFF at "


def leading_nowhere(path: Path) -> str:
    path.symlink_to(path.with_name("gone"))
    return "a link that leads nowhere"


def leading_to_itself(path: Path) -> str:
    path.symlink_to(path)
    return "a link that leads back to itself"


def without_articles(path: Path) -> str:
    path.mkdir()
    return "no file that can be read in this folder"


@pytest.mark.parametrize(
    "make",
    [
        missing,
        empty,
        binary,
        with_nul,
        too_large,
        with_a_bad_date,
        undecodable,
        leading_nowhere,
        leading_to_itself,
        without_articles,
    ],
)
def test_a_bad_input_gets_its_line_and_the_rest_goes_on(folder, make):
    bad = folder.parent / "bad.txt"
    reason = make(bad)
    run = Run(folder / "0000.txt", bad, folder / "0001.txt")
    assert run.out == "Added 2, unchanged 0, failed 1\n"
    assert run.err.startswith(f"{bad}: {reason}")
    assert (run.err.count("\n"), run.code) == (1, 1)
    assert Article.objects.count() == 2


def test_a_file_that_may_not_be_read(folder, monkeypatch):
    # No permission stops root, so the refusal is the operating system's in words only.
    refused, opened = folder / "0001.txt", Path.open

    def open_or_refuse(path, *args, **kwargs):
        if path == refused:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", open_or_refuse)
    run = Run(folder)
    assert (run.out, run.code) == ("Added 2, unchanged 0, failed 1\n", 1)
    assert run.err == f"{refused}: no permission to read it\n"


def test_a_folder_loop(folder):
    (folder / "loop").symlink_to(folder)
    run = Run(folder)
    assert (run.out, run.code) == ("Added 3, unchanged 0, failed 1\n", 1)
    assert run.err.startswith(f"{folder / 'loop'}: a link back to a folder")


def test_every_bad_input_at_once(folder):
    makers = [empty, binary, with_nul, too_large, with_a_bad_date, undecodable, leading_nowhere, leading_to_itself]
    reasons = {folder / f"{make.__name__}.txt": make(folder / f"{make.__name__}.txt") for make in makers}
    run = Run(folder)
    assert (run.out, run.code) == ("Added 3, unchanged 0, failed 8\n", 1)
    for line, (path, reason) in zip(run.err.splitlines(), sorted(reasons.items()), strict=True):
        assert line.startswith(f"{path}: {reason}")


# What it prints


def test_json(folder):
    (folder / "0001.txt").write_text("", encoding="utf-8")
    run = Run("--json", folder)
    assert (run.err, run.code) == ("", 1)
    assert json.loads(run.out) == {
        "read": 3,
        "added": 2,
        "updated": 0,
        "unchanged": 0,
        "extracted": 2,
        "completed": 0,
        "failed": 1,
        "failures": [{"source": str(folder / "0001.txt"), "reason": "empty file"}],
        "stopped": "",
    }
    assert json.loads(Run("--json", folder / "0000.txt").out)["unchanged"] == 1


def test_quiet_prints_only_what_failed(folder):
    assert vars(Run("--quiet", folder)) == {"out": "", "err": "", "code": 0}
    run = Run("--quiet", folder, "nowhere")
    assert (run.out, run.err, run.code) == ("", "nowhere: no such file or folder\n", 1)


def test_no_path_is_a_usage_error():
    with pytest.raises(CommandError, match="PATH"):
        call_command("ingest")


def test_a_terminal_sees_a_bar_with_rate_and_time_left(folder, capsys):
    run = Run(folder, stderr=Terminal())
    assert run.out == "Added 3, unchanged 0, failed 0\n"
    bar = capsys.readouterr().err
    assert "3/3" in bar and "files/s" in bar and "<00:00" in bar


@pytest.mark.parametrize("quietly", [True, False])
def test_no_bar_where_nobody_watches_or_nobody_wants_it(folder, capsys, quietly):
    Run(folder, *["--quiet"] * quietly, stderr=Terminal() if quietly else io.StringIO())
    assert capsys.readouterr().err == ""


def test_a_text_that_trips_the_pipeline_is_named_and_set_aside(folder, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "find_quotations", lambda doc: 1 / 0)
        run = Run(folder / "0000.txt")
    assert (run.out, run.code) == ("Added 1, unchanged 0, failed 1\n", 1)
    assert "stored, but its quotations could not be found (ZeroDivisionError: division by zero)" in run.err
    again = Run(folder)
    assert (again.out, again.code) == ("Added 2, unchanged 1, failed 0\n", 0)
    assert Article.objects.set_aside().count() == 1


def test_what_an_earlier_run_left_pending_is_completed(folder):
    Run(folder / "0000.txt")
    Article.objects.update(extracted_with="")
    again = Run(folder)
    assert (again.out, again.code) == ("Added 2, unchanged 1, completed 1, failed 0\n", 0)


# On record


def test_a_run_stays_on_record_with_what_failed(folder):
    (folder / "0001.txt").write_text("", encoding="utf-8")
    Run(folder)
    run = ImportRun.objects.get()
    assert (run.given, run.by, run.state, run.why) == ([str(folder)], None, "finished", "")
    assert (run.inputs_read, run.added, run.failed, run.to_extract, run.extracted) == (3, 2, 1, 2, 2)
    assert [str(problem) for problem in run.problems.all()] == [f"{folder / '0001.txt'}: empty file"]
    assert {article.import_run for article in Article.objects.all()} == {run}


def test_a_cancelled_run_ends_at_the_next_article(folder, monkeypatch):
    monkeypatch.setattr(runs, "PAUSE", -1)

    def cancel(doc):
        ImportRun.objects.update(is_cancelled=True)
        return []

    monkeypatch.setattr(pipeline, "find_quotations", cancel)
    run = Run(folder)
    assert (run.out, run.code) == ("Added 3, unchanged 0, failed 0\n", 1)
    assert run.err.startswith("Cancelled. What is stored stays")
    assert (ImportRun.objects.get().state, Article.objects.count()) == ("cancelled", 3)


# When it ends early


@pytest.fixture
def ending(monkeypatch):
    """`ending(error)`: reading the second file raises it; each article before it is stored by then."""
    monkeypatch.setattr(ingestion, "BATCH", 1)

    def ending(error: BaseException) -> None:
        prepare = ingestion.prepare

        def read_or_end(source, **options):
            if source.name.endswith("0001.txt"):
                raise error
            return prepare(source, **options)

        monkeypatch.setattr(ingestion, "prepare", read_or_end)

    return ending


@pytest.mark.parametrize("terminal", [True, False])
def test_ctrl_c_ends_with_the_report_so_far(folder, ending, terminal):
    ending(KeyboardInterrupt())
    run = Run(folder, stderr=Terminal() if terminal else io.StringIO())
    assert (run.out, run.code) == ("Added 1, unchanged 0, failed 0\n", 130)
    assert "the same command again goes on from there" in run.err
    assert (Article.objects.count(), ImportRun.objects.get().state) == (1, "stopped")


def test_a_database_that_fails_ends_with_the_report_so_far(folder, ending):
    ending(OperationalError("database is locked"))
    run = Run("--json", folder)
    report = json.loads(run.out)
    assert (report["added"], run.code) == (1, 1)
    assert report["stopped"].startswith("The database failed (database is locked).")


def test_told_to_end_while_it_counts_what_was_done_the_run_says_so_too(folder, monkeypatch):
    monkeypatch.setattr(ingest.Report, "add", lambda report, outcome: signal.raise_signal(signal.SIGTERM))
    run = Run(folder)
    assert (run.out, run.code) == ("Added 0, unchanged 0, failed 0\n", 143)
    assert run.err.startswith("Told to end (SIGTERM). What is stored stays")
    kept = ImportRun.objects.get()
    assert (kept.state, kept.why_in_words) == ("stopped", "Told to end (SIGTERM).")


def test_told_to_end_with_the_last_that_it_writes_it_ends_with_its_report(folder, monkeypatch):
    """In the middle of the database's code, so that it is raised only as nothing is left to do."""
    monkeypatch.setattr(_ending, "SOON", 600)

    def execute(execute, sql, *args):
        if sql.startswith("UPDATE") and '"ended_at"' in sql:
            signal.raise_signal(signal.SIGTERM)
        return execute(sql, *args)

    with connection.execute_wrapper(execute):
        run = Run(folder)
    assert (run.out, run.code) == ("Added 3, unchanged 0, failed 0\n", 143)
    assert run.err.startswith("Told to end (SIGTERM).")
    assert ImportRun.objects.get().state == "finished"
