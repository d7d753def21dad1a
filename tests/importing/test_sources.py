import io
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from articles.importing import MAX_BYTES, Source, UnreadableInput
from articles.importing.sources import printable

NOBODY = 65534


@contextmanager
def without_rights() -> Iterator[None]:
    """As a user whom permissions hold back; the tests may be run by root, whom nothing does."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


def refusal(source: Source, **limits: int) -> str:
    with pytest.raises(UnreadableInput) as caught:
        source.read_bytes(**limits)
    return str(caught.value)


@pytest.fixture(autouse=True)
def _in_a_folder_that_all_may_enter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        folder.chmod(0o755)
    monkeypatch.chdir(tmp_path)


def test_gives_the_bytes_of_a_file() -> None:
    Path("a.txt").write_bytes(b"\xff\x00words")
    assert Source.at("a.txt").read_bytes() == b"\xff\x00words"


def test_a_missing_file() -> None:
    assert refusal(Source.at("news/a.txt")) == "news/a.txt: no such file or folder"


def test_a_file_named_as_if_it_were_a_folder() -> None:
    Path("a.txt").touch()
    assert refusal(Source.at("a.txt/b.txt")) == "a.txt/b.txt: no such file or folder"


def test_a_folder() -> None:
    Path("news").mkdir()
    assert refusal(Source.at("news")) == "news: a folder, not a file"


def test_a_pipe_is_refused_and_not_waited_for() -> None:
    os.mkfifo("pipe.txt")
    assert refusal(Source.at("pipe.txt")) == "pipe.txt: not a regular file (a pipe); give - to read standard input"


def test_a_device() -> None:
    assert refusal(Source.at("/dev/zero")) == "/dev/zero: not a regular file (a device)"


def test_a_socket() -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("news.txt")
        assert refusal(Source.at("news.txt")) == "news.txt: not a regular file (a socket)"


def test_an_unreadable_file() -> None:
    Path("a.txt").write_text("words")
    Path("a.txt").chmod(0)
    with without_rights():
        assert refusal(Source.at("a.txt")) == "a.txt: no permission to read it"


def test_a_broken_link() -> None:
    Path("a.txt").symlink_to("gone.txt")
    assert refusal(Source.at("a.txt")) == "a.txt: a link that leads nowhere"


def test_a_link_to_itself() -> None:
    Path("a.txt").symlink_to("a.txt")
    assert refusal(Source.at("a.txt")) == "a.txt: a link that leads back to itself"


def test_a_linked_file_is_read() -> None:
    Path("a.txt").write_text("words")
    Path("b.txt").symlink_to("a.txt")
    assert Source.at("b.txt").read_bytes() == b"words"


def test_another_failure_is_told_in_the_systems_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    Path("a.txt").touch()
    monkeypatch.setattr(Path, "open", fail)
    assert refusal(Source.at("a.txt")) == "a.txt: cannot be read (input/output error)"


def test_a_path_with_a_nul_in_it() -> None:
    assert refusal(Source.at("a\0.txt")) == "a\\x00.txt: not a usable path"


def test_50_megabytes_are_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    with Path("big.txt").open("wb") as file:
        file.truncate(50_000_000)
    monkeypatch.setattr(Path, "open", lambda *_, **__: pytest.fail("opened"))
    assert refusal(Source.at("big.txt")) == "big.txt: too large (50 MB, the limit is 5 MB); give one article a file"


def test_the_limit_is_5_megabytes_and_one_byte_more_is_too_much() -> None:
    assert MAX_BYTES == 5_000_000
    Path("a.txt").write_bytes(b"x" * MAX_BYTES)
    assert len(Source.at("a.txt").read_bytes()) == MAX_BYTES
    Path("a.txt").write_bytes(b"x" * (MAX_BYTES + 1))
    assert refusal(Source.at("a.txt")) == "a.txt: too large (5.1 MB, the limit is 5 MB); give one article a file"


def test_a_limit_of_ones_own() -> None:
    Path("a.txt").write_bytes(b"x" * 250_000)
    wanted = "a.txt: too large (0.3 MB, the limit is 0.2 MB); give one article a file"
    assert refusal(Source.at("a.txt"), max_bytes=200_000) == wanted


def test_a_file_that_grew_after_it_was_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.txt").write_bytes(b"x")
    monkeypatch.setattr(Path, "open", lambda *_: io.BytesIO(b"x" * 200_001))
    assert refusal(Source.at("a.txt"), max_bytes=200_000) == "a.txt: too large (over 0.2 MB, the limit)"


def test_a_stream() -> None:
    assert Source("standard input", stream=io.BytesIO(b"words")).read_bytes() == b"words"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"words")))
    assert Source("standard input").read_bytes() == b"words"


def test_an_endless_stream_is_read_no_further_than_the_limit() -> None:
    with Path("/dev/zero").open("rb", buffering=0) as zeros:
        source = Source("standard input", stream=zeros)  # type: ignore[arg-type]
        assert refusal(source, max_bytes=1_000_000) == "standard input: too large (over 1 MB, the limit)"


@pytest.mark.parametrize("stdin", [None, io.TextIOWrapper(io.BytesIO())])
def test_closed_standard_input(stdin: io.TextIOWrapper | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if stdin:
        stdin.buffer.close()
    monkeypatch.setattr(sys, "stdin", stdin)
    assert refusal(Source("standard input")) == "standard input: nothing to read; it is closed"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("news/été.txt", "news/été.txt"),
        ("گلنار.txt", "گلنار.txt"),
        ("two\nlines.txt", "two\\nlines.txt"),
        ("red\x1b[31m.txt", "red\\x1b[31m.txt"),
        (os.fsdecode(b"caf\xe9.txt"), "caf\\xe9.txt"),
    ],
)
def test_a_name_can_be_printed_on_one_line_and_stored(name: str, shown: str) -> None:
    assert printable(name) == shown
    assert Source.at(name).name == shown


def test_a_file_with_an_undecodable_name_is_read() -> None:
    path = os.fsdecode(b"caf\xe9.txt")
    Path(path).write_bytes(b"words")
    assert Source.at(path).read_bytes() == b"words"
