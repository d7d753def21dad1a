import io
import os
import sys
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import pytest

from articles.importing import Source, UnreadableInput, find_files

from .test_sources import without_rights


@pytest.fixture(autouse=True)
def _in_a_folder_that_all_may_enter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        folder.chmod(0o755)
    monkeypatch.chdir(tmp_path)


def plant(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("words")


def found(*paths: str) -> list[str]:
    """Names of sources, and problems as they print; at most 100, so that an endless walk ends the test."""
    items: Iterable[Source | UnreadableInput] = islice(find_files(paths), 100)
    return [item.name if isinstance(item, Source) else str(item) for item in items]


def test_a_file_is_taken_whatever_its_name() -> None:
    plant("b.txt", "notes.md", "LICENCE", ".hidden")
    assert found("notes.md", "LICENCE", ".hidden", "b.txt") == ["notes.md", "LICENCE", ".hidden", "b.txt"]


def test_names_are_as_given() -> None:
    plant("news/a.txt")
    absolute = str(Path("news/a.txt").absolute())
    assert found("./news/a.txt", absolute) == ["./news/a.txt", absolute]


def test_a_source_can_be_read() -> None:
    plant("news/a.txt")
    (source,) = find_files(["news"])
    assert isinstance(source, Source)
    assert source.read_bytes() == b"words"


def test_one_path_alone_is_understood() -> None:
    plant("ab")
    assert [str(item) for item in find_files("ab")] == [str(Source.at("ab"))]
    assert [str(item) for item in find_files(Path("ab"))] == [str(Source.at("ab"))]


def test_a_folder_is_searched_for_text_files_in_order() -> None:
    plant("n/b.txt", "n/a.TXT", "n/c.text", "n/README.md", "n/LICENCE", "n/s/1.txt", "n/s/t/2.txt", "n/r/3.txt")
    assert found("n") == ["n/a.TXT", "n/b.txt", "n/c.text", "n/r/3.txt", "n/s/1.txt", "n/s/t/2.txt"]


def test_other_endings_can_be_asked_for() -> None:
    plant("n/a.txt", "n/b.html")
    assert [str(item) for item in find_files(["n"], suffixes=frozenset({".html"}))] == [str(Source.at("n/b.html"))]


def test_hidden_files_and_folders_are_passed_over_in_a_folder() -> None:
    plant("n/a.txt", "n/.b.txt", "n/.git/c.txt")
    assert found("n") == ["n/a.txt"]


def test_a_hidden_folder_that_is_named_is_searched() -> None:
    plant(".drafts/a.txt")
    assert found(".drafts") == [".drafts/a.txt"]


def test_a_folder_is_searched_for_every_kind_that_is_read() -> None:
    names = ["n/a.HTML", "n/a.csv", "n/a.docx", "n/a.eml", "n/a.jsonl", "n/a.md", "n/a.pdf", "n/a.tar.gz", "n/a.xml"]
    plant(*names, "n/a.jpg")
    assert found("n") == names


def test_a_folder_without_a_file_to_read() -> None:
    plant("n/a.jpg", "m/a.txt")
    assert [str(item) for item in find_files(["n"], suffixes=frozenset({".txt", ".text"}))] == [
        "n: no file that can be read in this folder (.text, .txt)"
    ]
    assert found("n")[0].startswith("n: no file that can be read in this folder (.atom, ")


def test_missing_paths_do_not_stop_the_rest() -> None:
    plant("a.txt")
    assert found("gone.txt", "a.txt", "gone/", "a.txt/b.txt") == [
        "gone.txt: no such file or folder",
        "a.txt",
        "gone/: no such file or folder",
        "a.txt/b.txt: no such file or folder",
    ]


def test_paths_that_cannot_be_paths() -> None:
    assert found("", "a\0b", "x" * 5000) == [
        '"": an empty path',
        "a\\x00b: not a usable path",
        f"{'x' * 5000}: cannot be read (file name too long)",
    ]


def test_a_broken_link_is_a_problem_when_named_and_a_source_to_fail_in_a_folder() -> None:
    plant("n/a.txt")
    Path("n/b.txt").symlink_to("gone")
    assert found("n/b.txt") == ["n/b.txt: a link that leads nowhere"]
    assert found("n") == ["n/a.txt", "n/b.txt"]


def test_a_folder_that_may_not_be_listed() -> None:
    plant("n/a.txt", "n/closed/b.txt")
    Path("n/closed").chmod(0)
    with without_rights():
        assert found("n", "n/closed/b.txt") == [
            "n/a.txt",
            "n/closed: no permission to read it",
            "n/closed/b.txt: no permission to read it",
        ]
    Path("n/closed").chmod(0o755)


@pytest.mark.parametrize("target", [".", "..", "../.."])
def test_a_folder_loop_is_reported_once_and_ended(target: str) -> None:
    plant("n/m/a.txt")
    Path("n/m/back").symlink_to(target)
    lines = found("n")
    reported = [line for line in lines if line.endswith(": a link back to a folder it is in; not followed")]
    assert len(reported) == 1
    assert reported[0].startswith("n/m/back")
    assert lines.count("n/m/a.txt") == 1


def test_many_links_to_each_other_do_not_multiply() -> None:
    for index in range(30):
        plant(f"n/{index}/a.txt")
        for other in ("x", "y"):
            Path(f"n/{index}/{other}").symlink_to(f"../{(index + 1) % 30}")
    lines = found("n")
    assert len(lines) < 100
    assert sum(line.endswith("a.txt") for line in lines) == 30


def test_a_linked_folder_is_followed_and_one_seen_before_is_not_read_twice() -> None:
    plant("elsewhere/a.txt", "n/b.txt")
    Path("n/first").symlink_to("../elsewhere")
    Path("n/second").symlink_to("../elsewhere")
    assert found("n") == ["n/b.txt", "n/first/a.txt"]


def test_a_link_to_itself_among_the_files() -> None:
    plant("n/a.txt")
    Path("n/b.txt").symlink_to("b.txt")
    Path("n/c").symlink_to("c")
    assert found("n") == ["n/a.txt", "n/b.txt"]
    assert found("n/b.txt") == ["n/b.txt: a link that leads back to itself"]


def test_a_folder_deeper_than_python_calls_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    depth = sys.getrecursionlimit() + 100
    Path("n").mkdir()
    with monkeypatch.context() as patch:
        patch.chdir("n")
        for _ in range(depth):
            Path("d").mkdir()
            os.chdir("d")
        Path("a.txt").touch()
    assert found("n") == [str(Path("n", *["d"] * depth, "a.txt"))]
    with monkeypatch.context() as patch:  # pytest could not remove it
        patch.chdir(Path("n", *["d"] * depth))
        Path("a.txt").unlink()
        for _ in range(depth):
            os.chdir("..")
            Path("d").rmdir()


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("news/*.txt", ["news/a.txt", "news/b.txt"]),
        ("news/?.md", ["news/c.md"]),
        ("news/[bc].*", ["news/b.txt", "news/c.md"]),
        ("news/**/*.txt", ["news/a.txt", "news/b.txt", "news/may/d.txt", "news/may/one/e.txt"]),
        ("**/e.txt", ["news/may/one/e.txt"]),
        ("**/may/**/*.txt", ["news/may/d.txt", "news/may/one/e.txt"]),
        ("news/**", ["news/a.txt", "news/b.txt", "news/c.md", "news/may/d.txt", "news/may/one/e.txt"]),
        ("n*/m*/d.txt", ["news/may/d.txt"]),
        ("news/m*", ["news/may/d.txt", "news/may/one/e.txt"]),
        ("news/.*.txt", ["news/.z.txt"]),
    ],
)
def test_patterns(pattern: str, names: list[str]) -> None:
    plant(
        "news/a.txt",
        "news/b.txt",
        "news/c.md",
        "news/may/d.txt",
        "news/may/one/e.txt",
        "news/.z.txt",
        "f.txt",
    )
    assert found(pattern) == names


def test_an_absolute_pattern(tmp_path: Path) -> None:
    plant("news/a.txt")
    assert found(f"{tmp_path}/*/a.txt") == [f"{tmp_path}/news/a.txt"]


@pytest.mark.parametrize("pattern", ["*.txt", "gone/**/*.txt", "a.md/*.txt", "news/*/x.txt"])
def test_a_pattern_that_matches_nothing(pattern: str) -> None:
    plant("a.md", "news/may/d.txt")
    assert found(pattern, "a.md") == [f"{pattern}: nothing matches this pattern", "a.md"]


def test_a_file_whose_name_looks_like_a_pattern() -> None:
    plant("a[1].txt", "a1.txt")
    assert found("a[1].txt") == ["a[1].txt"]


def test_a_pattern_in_a_folder_loop_ends() -> None:
    plant("n/m/a.txt")
    Path("n/m/back").symlink_to("..")
    Path("n/m/again").symlink_to(".")
    lines = found("n/**/*.txt")
    assert lines.count("n/m/a.txt") == 1
    assert len(lines) == 3


def test_standard_input_stands_where_it_was_given() -> None:
    plant("a.txt", "b.txt")
    stream = io.BytesIO(b"words")
    first, second, third = find_files(["a.txt", "-", "b.txt"], stdin=stream)
    assert isinstance(second, Source)
    assert (second.name, second.path, second.read_bytes()) == ("standard input", None, b"words")
    assert [str(first), str(third)] == [str(Source.at("a.txt")), str(Source.at("b.txt"))]


def test_standard_input_given_twice() -> None:
    assert found("-", "-") == ["standard input", "standard input: given twice; it can be read only once"]


def test_files_are_found_one_at_a_time() -> None:
    plant("n/a.txt", "n/s/b.txt")
    items = find_files(["n", "m/*.txt"])
    next(items)
    Path("n/s/c.txt").write_text("late")
    assert [str(item) for item in items] == [
        str(Source.at("n/s/b.txt")),
        str(Source.at("n/s/c.txt")),
        "m/*.txt: nothing matches this pattern",
    ]
