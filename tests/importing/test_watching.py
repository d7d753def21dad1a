"""Watching a folder: a real one, looked at by a clock that the tests turn."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from articles.importing import Source, Stamp, UnreadableInput, watch

Given = Source | UnreadableInput | None


class InMemory:
    """What was taken, as over a restart."""

    def __init__(self) -> None:
        self.taken: dict[str, Stamp] = {}

    def stamps(self, paths: Iterable[str]) -> Mapping[str, Stamp]:
        return {path: self.taken[path] for path in paths if path in self.taken}

    def take(self, stamps: Mapping[str, Stamp]) -> None:
        self.taken |= stamps


class Script:
    """One act after each look; the clock goes on by the pause, and watching ends with the last act."""

    def __init__(self, *acts: Callable[[], object]) -> None:
        self.acts, self.now, self.has_ended = list(acts), 0.0, False

    def is_set(self) -> bool:
        return self.has_ended

    def wait(self, timeout: float) -> bool:
        self.now += timeout
        if self.acts:
            self.acts.pop(0)()
        else:
            self.has_ended = True
        return self.has_ended


def nothing() -> None: ...


@pytest.fixture
def taken() -> InMemory:
    return InMemory()


def looks(folder: Path, taken: InMemory, *acts: Callable[[], object]) -> Iterator[Given]:
    script = Script(*acts)
    return watch(folder, taken=taken, until=script, settled_for=3, clock=lambda: script.now)


def given(folder: Path, taken: InMemory, *acts: Callable[[], object]) -> Iterator[Given]:
    """What watching yields, without the pauses after looks that found nothing to take."""
    is_found = False
    for one in looks(folder, taken, *acts):
        if one is not None or is_found:
            is_found = isinstance(one, Source) or (is_found and one is not None)
            yield one


def test_each_look_is_seen_though_nothing_comes(tmp_path: Path, taken: InMemory):
    assert list(looks(tmp_path, taken, nothing, nothing)) == [None, None, None]


def names(folder: Path, taken: InMemory, *acts: Callable[[], object]) -> list[str]:
    return [Path(one.name).name for one in given(folder, taken, *acts) if isinstance(one, Source)]


def test_a_file_is_taken_once_it_has_settled_and_stored_before_it_is_known(tmp_path: Path, taken: InMemory):
    (tmp_path / "a.txt").write_text("A")
    source, pause = given(tmp_path, taken, nothing, nothing, nothing)
    assert isinstance(source, Source) and source.path == tmp_path / "a.txt"
    assert pause is None
    assert list(taken.taken) == [str(tmp_path / "a.txt")]


def test_a_half_written_file_waits(tmp_path: Path, taken: InMemory):
    path = tmp_path / "a.txt"
    path.write_text("A")

    def grow() -> None:
        with path.open("a") as file:
            file.write("A")

    assert names(tmp_path, taken, grow, grow, grow, grow) == []
    assert names(tmp_path, taken, grow, grow, nothing, nothing) == ["a.txt"]
    assert taken.taken[str(path)][0] == path.stat().st_size


@pytest.mark.parametrize("name", ["a.txt.part", "a.txt.crdownload", "a.txt~", ".a.txt", "~$a.docx", "a.tmp"])
def test_a_temporary_name_is_passed_over_until_it_is_renamed(tmp_path: Path, taken: InMemory, name: str):
    (tmp_path / name).write_text("A")
    rename = lambda: (tmp_path / name).rename(tmp_path / "whole.txt")  # noqa: E731
    assert names(tmp_path, taken, nothing, nothing, nothing, rename, nothing, nothing) == ["whole.txt"]


def test_what_was_taken_before_a_restart_is_not_taken_again_but_when_it_changed(tmp_path: Path, taken: InMemory):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("A")
    assert names(tmp_path, taken, nothing, nothing) == ["a.txt", "b.txt"]
    (tmp_path / "b.txt").write_text("B, changed")
    assert names(tmp_path, taken, nothing, nothing) == ["b.txt"]
    assert names(tmp_path, taken, nothing, nothing) == []


def test_a_file_changed_in_place_is_taken_again(tmp_path: Path, taken: InMemory):
    (tmp_path / "a.txt").write_text("A")
    change = lambda: (tmp_path / "a.txt").write_text("B, changed")  # noqa: E731
    assert names(tmp_path, taken, nothing, nothing, change, nothing, nothing, nothing) == ["a.txt", "a.txt"]


def test_what_was_handed_over_but_not_stored_is_handed_over_again(tmp_path: Path, taken: InMemory):
    (tmp_path / "a.txt").write_text("A")
    watching = given(tmp_path, taken, nothing, nothing)
    assert isinstance(next(watching), Source)
    assert next(watching) is None
    watching.close()  # killed while it stores
    assert not taken.taken
    assert names(tmp_path, taken, nothing, nothing) == ["a.txt"]


def test_many_files_are_stored_in_between(tmp_path: Path, taken: InMemory, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("articles.importing.watching.BATCH", 2)
    for name in "abcde":
        (tmp_path / f"{name}.txt").write_text(name)
    kinds = ["pause" if one is None else "file" for one in given(tmp_path, taken, nothing, nothing)]
    assert kinds == ["file", "file", "pause", "file", "file", "pause", "file", "pause"]


def test_a_folder_that_cannot_be_looked_into_is_told_once_and_read_when_it_can(tmp_path: Path, taken: InMemory):
    folder = tmp_path / "drive"

    def mount() -> None:
        folder.mkdir()
        (folder / "a.txt").write_text("A")

    told, source, pause = given(folder, taken, nothing, nothing, nothing, mount, nothing, nothing)
    assert str(told) == f"{folder}: no such file or folder"
    assert isinstance(source, Source) and pause is None


def test_a_file_that_cannot_be_read_is_told_once_and_taken_when_it_can(tmp_path: Path, taken: InMemory):
    (tmp_path / "a.txt").symlink_to(tmp_path / "not there yet")
    mend = lambda: (tmp_path / "not there yet").write_text("A")  # noqa: E731
    told, source, pause = given(tmp_path, taken, nothing, nothing, mend, nothing, nothing)
    assert isinstance(told, UnreadableInput) and told.reason == "a link that leads nowhere"
    assert isinstance(source, Source) and pause is None


def test_a_file_without_permission_is_told_once(tmp_path: Path, taken: InMemory, monkeypatch: pytest.MonkeyPatch):
    """Root may read everything, so that the refusal is made up."""

    def refuse(self: Path, mode: str) -> None:
        raise PermissionError

    (tmp_path / "a.txt").write_text("A")
    monkeypatch.setattr(Path, "open", refuse)
    told, *rest = given(tmp_path, taken, nothing, nothing, nothing, nothing, monkeypatch.undo)
    assert isinstance(told, UnreadableInput) and told.reason == "no permission to read it"
    assert len(rest) == 2


def test_a_file_that_vanishes_while_it_is_stored_is_not_remembered(tmp_path: Path, taken: InMemory):
    path = tmp_path / "a.txt"
    path.write_text("A")
    status = path.stat()
    found = []
    for one in given(tmp_path, taken, nothing, nothing):
        found.append(one)
        if one is None:
            path.unlink()
    assert len(found) == 2 and not taken.taken
    path.write_text("A")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert names(tmp_path, taken, nothing, nothing) == ["a.txt"]


def test_subfolders_are_watched_and_pipes_are_not_opened(tmp_path: Path, taken: InMemory):
    (tmp_path / "today").mkdir()
    (tmp_path / "today" / "a.txt").write_text("A")
    os.mkfifo(tmp_path / "pipe.txt")
    told, source, pause = given(tmp_path, taken, nothing, nothing)
    assert isinstance(told, UnreadableInput) and told.reason == "not a regular file"
    assert isinstance(source, Source) and source.path == tmp_path / "today" / "a.txt"
    assert pause is None
