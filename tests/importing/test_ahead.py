"""Reading in a process of its own: a file that hangs it costs only itself."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from articles.importing import Source, UnreadableInput
from articles.importing.ahead import ReadingProcess
from articles.importing.preparing import Prepared

WORDS = "“The nets were empty,” the harbour master said on Monday, and nobody asked how many there had been."


def test_a_process_that_hangs_costs_the_file_it_is_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.importing.ahead.LONGEST", 4.0)
    monkeypatch.setattr("articles.importing.ahead.LONG", 1.0)
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"{WORDS} {name}")
    sources = [Source.at(tmp_path / f"{name}.txt") for name in "abc"]
    with ReadingProcess() as process:

        def given() -> Iterator[Source]:
            yield sources[0]
            assert process._process and process._process.pid
            os.kill(process._process.pid, signal.SIGSTOP)
            yield from sources[1:]

        found = list(process.read(given()))
    assert [one for one in found if isinstance(one, Source)] == sources
    (stuck,) = (one for one in found if isinstance(one, UnreadableInput))
    assert (stuck.source, stuck.reason) == (sources[0].name, "reading it took longer than 4 seconds")
    assert sum(isinstance(one, Prepared) for one in found) == 2
    assert found.index(None) < found.index(stuck), "whoever waits hears of it before the process is given up"
