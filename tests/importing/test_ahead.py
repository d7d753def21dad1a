"""Reading in a process of its own: a file that hangs it costs only itself."""

import os
import signal
from pathlib import Path

import pytest

from articles.importing import Source, UnreadableInput, ahead
from articles.importing.ahead import ReadingProcess
from articles.importing.preparing import Prepared

WORDS = "“The nets were empty,” the harbour master said on Monday, and nobody asked how many there had been."


def test_a_process_that_hangs_costs_the_file_it_is_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first process is held still before it can read anything; the one after it has all the time there is."""
    start, started = ReadingProcess._start, []

    def start_and_hold(process: ReadingProcess) -> None:
        start(process)
        started.append(process._process)
        if len(started) == 1:
            assert process._process and process._process.pid
            os.kill(process._process.pid, signal.SIGSTOP)
        else:
            monkeypatch.setattr(ahead, "LONGEST", 600.0)

    monkeypatch.setattr(ReadingProcess, "_start", start_and_hold)
    monkeypatch.setattr(ahead, "LONGEST", 2.0)
    monkeypatch.setattr(ahead, "LONG", 0.5)
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"{WORDS} {name}")
    sources = [Source.at(tmp_path / f"{name}.txt") for name in "abc"]
    with ReadingProcess() as process:
        found = list(process.read(sources))
    assert [one for one in found if isinstance(one, Source)] == sources
    (stuck,) = (one for one in found if isinstance(one, UnreadableInput))
    assert (stuck.source, stuck.reason) == (sources[0].name, "reading it took longer than 2 seconds")
    assert sum(isinstance(one, Prepared) for one in found) == 2
    assert found.index(None) < found.index(stuck), "whoever waits hears of it before the process is given up"
