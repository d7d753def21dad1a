"""Other ways in than paths: the files of an import in the browser, and a folder that is watched."""

import signal
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import OperationalError

from articles import import_line, uploads
from articles.models import Article, ImportRun
from tests.commands.conftest import OwnDatabase, article_text, write_articles
from tests.racing import PATIENCE

WATCHED = "SELECT count(*) FROM articles_watchedfile"


@pytest.fixture
def run(db: None, settings: LazySettings, tmp_path: Path, analyst: User) -> ImportRun:
    settings.NEWSROOM_UPLOADS = tmp_path / "uploads"
    run = ImportRun.objects.create(by=analyst, given=["harbour.txt", "empty.txt"], inputs=2)
    folder = uploads.folder_of(run.uid)
    folder.mkdir(parents=True)
    (folder / "1.txt").write_text(article_text(1), encoding="utf-8")
    (folder / "2.txt").touch()
    return run


@pytest.fixture
def no_next(monkeypatch: pytest.MonkeyPatch) -> list[ImportRun]:
    started: list[ImportRun] = []
    monkeypatch.setattr(import_line, "_start", started.append)
    return started


def test_reads_the_files_of_a_run_and_starts_the_next(run: ImportRun, analyst: User, no_next: list[ImportRun]):
    following = ImportRun.objects.create(by=analyst, given=["b.txt"])
    uploads.folder_of(following.uid).mkdir()
    with pytest.raises(SystemExit):
        call_command("ingest", "--run", str(run.uid), "--quiet")
    run.refresh_from_db()
    assert (run.state, run.added, run.failed, run.inputs_read) == ("finished", 1, 1, 2)
    assert str(run.problems.get()) == "empty.txt: empty file"
    assert Article.objects.get().source_name == "harbour.txt"
    assert not uploads.are_here(run)
    assert no_next == [following]


def test_where_the_next_cannot_be_looked_for_this_one_ends_with_its_report(
    run: ImportRun, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def look_after() -> None:
        raise OperationalError("the connection is lost")

    monkeypatch.setattr(import_line, "look_after", look_after)
    with pytest.raises(SystemExit):
        call_command("ingest", "--run", str(run.uid))
    assert capsys.readouterr().out == "Added 1, unchanged 0, failed 1\n"


def test_a_run_that_is_cancelled_before_it_begins_reads_nothing(run: ImportRun, no_next: list[ImportRun]):
    ImportRun.objects.filter(pk=run.pk).update(state="running", is_cancelled=True)
    with pytest.raises(SystemExit):
        call_command("ingest", "--run", str(run.uid), "--quiet")
    run.refresh_from_db()
    assert (run.state, run.inputs_read) == ("cancelled", 0)
    assert not Article.objects.exists()
    assert not uploads.are_here(run)


def test_a_run_that_is_none_is_refused(db: None):
    with pytest.raises(CommandError, match="There is no import"):
        call_command("ingest", "--run", "4778a27a-7c1b-47ff-989d-ce9521883ed2")


@pytest.mark.parametrize("args", [[], ["a.txt", "--watch", "in"]])
def test_one_way_at_a_time(db: None, args: list[str]):
    with pytest.raises(CommandError, match="Give at least one PATH"):
        call_command("ingest", *args)


@pytest.mark.parametrize("command", ["ingest", "extract"])
@pytest.mark.parametrize("number", ["-1", "two"])
def test_a_number_of_processes_is_one(command: str, number: str):
    with pytest.raises(CommandError, match=f"{number} is no number of 0 or more"):
        call_command(command, f"--processes={number}")


def test_a_watched_folder_is_taken_in_and_known_after_a_restart(
    own_database: OwnDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("NEWSROOM_SPACY_MODEL", "blank")
    folder = write_articles(tmp_path / "in", 2)
    command = ("ingest", "--watch", str(folder), "--settled-for", "0", "--processes", "0")
    first = own_database.start(*command)
    own_database.wait_for(WATCHED, at_least=2)
    (folder / "more.txt.part").write_text(article_text(7), encoding="utf-8")
    (folder / "more.txt.part").rename(folder / "more.txt")
    own_database.wait_for(WATCHED, at_least=3)
    first.send_signal(signal.SIGTERM)
    output, errors = first.communicate(timeout=PATIENCE)
    watching, *taken = errors.splitlines()
    assert (first.returncode, watching) == (0, f"Watching {folder}; Ctrl-C ends it.")
    assert taken == [f"{folder / name}.txt: added" for name in ("0000", "0001", "more")]
    assert output.startswith("Added 3")
    (folder / "0000.txt").write_text(article_text(8), encoding="utf-8")
    (folder / "bad.txt").write_bytes(b"\0\1\2\3" * 99)
    second = own_database.start(*command)
    own_database.wait_for(WATCHED, at_least=4)
    second.send_signal(signal.SIGINT)
    output, errors = second.communicate(timeout=PATIENCE)
    assert (second.returncode, output.strip()) == (0, "Added 1, unchanged 0, failed 1")
    assert f"\n{folder}/bad.txt: not text" in errors
    assert own_database.query("SELECT state FROM articles_importrun") == [("finished",), ("finished",)]
