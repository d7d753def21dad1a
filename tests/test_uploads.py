"""The files of imports on disk: their names, what the readers get, and when they are removed."""

import os
import time
import uuid
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.utils import timezone

from articles import uploads
from articles.importing import Source, UnreadableInput, read
from articles.models import ImportRun

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


@pytest.fixture(autouse=True)
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    settings.NEWSROOM_UPLOADS = tmp_path / "uploads"
    return settings.NEWSROOM_UPLOADS


def make_run(by: User, files: dict[str, str], *, state: str = "waiting") -> ImportRun:
    ended_at = None if state in ("waiting", "running") else timezone.now()
    run = ImportRun.objects.create(by=by, given=list(files), state=state, ended_at=ended_at)
    folder = uploads.folder_of(run.uid)
    folder.mkdir(parents=True)
    for name, text in zip(uploads.names_on_disk(run.given), files.values(), strict=True):
        (folder / name).write_text(text, encoding="utf-8")
    return run


@pytest.mark.parametrize(
    ("given", "on_disk"),
    [
        (["a.txt", "b.ZIP", "c"], ["1.txt", "2.zip", "3"]),
        (["a.txt", "a.ann", "a.txt", "a.ann"], ["1.txt", "1.ann", "3.txt", "3.ann"]),
        (["a.ann", "a.txt"], ["1.ann", "1.txt"]),
        (["../../etc/passwd", "..", "x.sh", "x.php"], ["1", "2", "3", "4"]),
        (["a.foo", "a.bar", "a.txt"], ["1", "2", "2.txt"]),
    ],
)
def test_no_name_that_was_given_reaches_the_disk(given: list[str], on_disk: list[str]):
    assert uploads.names_on_disk(given) == on_disk
    for length in range(len(given)):
        assert uploads.names_on_disk(given[:length]) == on_disk[:length]


def test_the_readers_get_the_names_as_given(analyst: User):
    run = make_run(analyst, {"Straße 1.txt": "Eins.", "evil\x1b[31m.txt": "Zwei."})
    sources = [source for source in uploads.sources_of(run) if isinstance(source, Source)]
    assert [source.name for source in sources] == ["Straße 1.txt", "evil\\x1b[31m.txt"]
    (record,) = read(sources[0])
    assert record.source_name == "Straße 1.txt" and record.text == "Eins."


def test_annotations_come_with_their_text_and_alone_they_are_told(analyst: User):
    text = "“The nets were empty,” Ida Moss said."
    run = make_run(
        analyst,
        {"a.txt": text, "a.ann": "T1\tQuotation 0 22\t“The nets were empty,”\n", "b.ann": "T1\tQuotation 0 2\tab\n"},
    )
    assert uploads.number_of_inputs(run.given) == 2
    with_text, alone = uploads.sources_of(run)
    (record,) = read(with_text)
    assert record.reader == "brat" and record.quotations
    (problem,) = read(alone)
    assert isinstance(problem, UnreadableInput) and problem.source == "b.ann"


def test_files_that_are_elsewhere_are_told(analyst: User):
    (problem,) = uploads.sources_of(ImportRun.objects.create(by=analyst, given=["a.txt"]))
    assert isinstance(problem, UnreadableInput) and "choose them again" in str(problem)


def test_files_go_when_a_run_finished_or_was_cancelled_and_never_before(analyst: User, folder: Path):
    states = ["waiting", "running", "stopped", "finished", "cancelled"]
    runs = {state: make_run(analyst, {"a.txt": "A"}, state=state) for state in states}
    uploads.clear_up()
    assert {state for state, run in runs.items() if uploads.are_here(run)} == {"waiting", "running", "stopped"}


def test_only_old_files_without_a_run_are_removed(folder: Path):
    old, new, other = folder / str(uuid.uuid4()), folder / str(uuid.uuid4()), folder / "not ours"
    for path in (old, new, other):
        path.mkdir(parents=True)
        then = time.time() - (0 if path == new else uploads.ABANDONED.total_seconds() + 60)
        os.utime(path, (then, then))
    uploads.clear_up()
    assert set(folder.iterdir()) == {new, other}
