"""The bar of long commands, on a real terminal of each kind of size."""

import fcntl
import io
import os
import pty
import struct
import termios
from collections.abc import Callable, Iterator

import pytest
from django.core.management.base import OutputWrapper

from articles.management.commands._progress import progress


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., str]]:
    """`terminal(columns=…, rows=…)`: what a terminal that reports that size shows of a run over three items."""
    master, slave = pty.openpty()
    with os.fdopen(slave, "w", encoding="utf-8") as stream:

        def show(*, columns: int, rows: int) -> str:
            fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            monkeypatch.setattr("sys.stderr", stream)
            shown_on = OutputWrapper(stream)
            assert list(progress(iter("abc"), unit="files", total=lambda: 3, shown_on=shown_on)) == ["a", "b", "c"]
            stream.write("END")
            stream.flush()
            shown = b""
            while not shown.endswith(b"END"):  # a terminal hands over what it has by then
                shown += os.read(master, 10_000)
            return shown.decode().removesuffix("END")

        yield show
    os.close(master)


@pytest.mark.parametrize(("columns", "rows"), [(0, 0), (0, 24), (200, 50), (60, 24)])
def test_shows_whatever_size_is_reported(terminal: Callable[..., str], columns: int, rows: int):
    shown = terminal(columns=columns, rows=rows)
    assert "3/3" in shown and "100%" in shown
    assert max(len(part.strip()) for part in shown.split("\r")) < (columns or 80)


def test_shows_nothing_where_nobody_watches(capsys: pytest.CaptureFixture[str]):
    shown_on = OutputWrapper(io.StringIO())
    assert list(progress("ab", unit="files", total=lambda: 2, shown_on=shown_on)) == ["a", "b"]
    assert capsys.readouterr().err == ""
