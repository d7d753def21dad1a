"""Files that are whole or not there, also where several write to one name at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from articles.whole_files import new_file


def test_of_two_that_write_to_one_name_at_once_neither_meets_the_other(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    with new_file(path, replace=True) as slow:
        slow.write(b"the slow ")
        slow.flush()
        with new_file(path, replace=True) as fast:
            fast.write(b"the fast one")
            assert len(list(tmp_path.glob("news.jsonl.*.part"))) == 2
        assert path.read_bytes() == b"the fast one"
        slow.write(b"one")
    assert path.read_bytes() == b"the slow one"
    assert [one.name for one in tmp_path.iterdir()] == ["news.jsonl"]


def test_what_came_there_meanwhile_is_kept_unless_it_may_be_replaced(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    with pytest.raises(FileExistsError), new_file(path, replace=False) as out:
        out.write(b"late")
        path.write_bytes(b"first")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("news.jsonl", b"first")]


def test_what_fails_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_bytes(b"before")
    with pytest.raises(KeyboardInterrupt), new_file(path, replace=True) as out:
        out.write(b"half")
        raise KeyboardInterrupt
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("news.jsonl", b"before")]


@pytest.mark.parametrize("mode", [0o600, 0o666])
def test_who_may_use_it(tmp_path: Path, mode: int) -> None:
    usual = tmp_path / "usual"
    usual.touch()
    with new_file(tmp_path / "news.jsonl", replace=False, mode=mode) as out:
        out.write(b"x")
    assert (tmp_path / "news.jsonl").stat().st_mode == usual.stat().st_mode & (~0o777 | mode)


def test_a_folder_is_none(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError), new_file(tmp_path, replace=True):
        pass
