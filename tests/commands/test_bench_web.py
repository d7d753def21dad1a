"""manage.py bench_web: that it measures real pages and says what misses the bars, never how fast this machine is."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from articles.measuring import report
from articles.measuring.asking import Measured

pytestmark = pytest.mark.one_engine


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("bench_web", *args, stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A folder with the database made by a first run, and what that run printed."""
    folder = tmp_path_factory.mktemp("bench")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", "")
        yield folder, run("--articles", "20", "--rounds", "1", "--keep", str(folder))


def test_measures_pages_and_names_those_that_are_missing(kept):
    rows = {row.split(" | ")[0].strip("| "): row for row in kept[1].splitlines()}
    assert "| 20: median | p95 | times |" in rows["SQLite: page"]
    for label in ("articles", "reading", "correction, saved", "story"):
        assert rows[label].count("|") == rows["SQLite: page"].count("|")


def test_uses_what_is_kept_and_corrects_in_it_for_real(kept, monkeypatch):
    folder, _ = kept
    monkeypatch.setenv("DATABASE_URL", "")
    made = (folder / "newsroom_bench_20.sqlite3").stat().st_ino
    printed = json.loads(
        run("--articles", "20", "--rounds", "2", "--keep", str(folder), "--only", "correction", "--json")
    )
    (measured,) = printed["articles"]["20"]
    assert printed["engine"] == "SQLite" and measured["label"] == "correction, saved"
    assert len(measured["milliseconds"]) == 2 and min(measured["queries"]) > 0
    assert (folder / "newsroom_bench_20.sqlite3").stat().st_ino == made
    assert not [path for path in folder.iterdir() if "_part" in path.name]


def test_says_what_misses_the_bars():
    few = Measured("reading", [10.0, 10.0, 30.0], queries=[12, 12, 12])
    many = Measured("reading", [40.0, 60.0, 90.0], queries=[13, 12, 13])
    assert report.misses([few, many]) == ["12 queries", "50 ms", "3 times"]
    assert report.misses([few, few]) == []
    assert report.queries_of([few, many]) == "12–13" and report.queries_of([few]) == "12"
    gone = Measured("home", failure="there is no such page yet")
    table = list(report.lines("SQLite", {1: [few, gone], 100: [many, gone]}))
    assert table[2] == "| reading | 12–13 | 10.0 | 28.0 | 60.0 | 87.0 | 6.0 | 12 queries, 50 ms, 3 times |"
    assert table[-1] == "home: there is no such page yet."


@pytest.mark.parametrize("args", [["--rounds", "0"], ["--articles", "0"]])
def test_refuses_none(args):
    with pytest.raises(CommandError, match="at least 1"):
        run(*args)
