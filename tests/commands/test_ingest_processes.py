"""manage.py ingest as processes that are killed, cut off, or run side by side: nothing is lost, nothing doubled."""

import json
import resource
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.databases import cluster_of, is_postgres
from tests.gates import Gate
from tests.racing import PATIENCE

from .conftest import OwnDatabase, lines_until, write_articles

STORED = "SELECT count(*) FROM articles_article"
EXTRACTED = "SELECT count(*) FROM articles_article WHERE extracted_with <> ''"
DOUBLED = "SELECT article_id, spans FROM articles_quotation GROUP BY article_id, spans HAVING count(*) > 1"
DOUBLED_SPEAKERS = "SELECT key FROM articles_speaker GROUP BY key HAVING count(*) > 1"
QUICK = {"NEWSROOM_SPACY_MODEL": "blank"}
"""Patterns alone find what is quoted in these articles, ten times as fast."""
RUNS = "SELECT state, why FROM articles_importrun ORDER BY id"


def assert_whole(database: OwnDatabase, *, articles: int) -> None:
    """Each article once, extracted, with its two quotations at the right place."""
    assert database.count("articles_article") == database.query(EXTRACTED)[0][0] == articles
    assert database.count("articles_quotation") == 2 * articles
    assert database.query(DOUBLED) == database.query(DOUBLED_SPEAKERS) == []
    assert database.manage("audit").startswith("No drift")


def children_of(process: subprocess.Popen) -> list[int]:
    found = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True, check=False)
    return [int(number) for number in found.stdout.split()]


def assert_ended(processes: list[int]) -> None:
    deadline = time.monotonic() + PATIENCE
    while alive := [number for number in processes if Path(f"/proc/{number}").exists()]:
        assert time.monotonic() < deadline, f"still there: {alive}"
        time.sleep(0.1)


@pytest.mark.parametrize(("what", "at_least"), [(STORED, 200), (EXTRACTED, 40)], ids=["storing", "extracting"])
def test_killed_half_way_and_run_again(
    own_database: OwnDatabase, tmp_path: Path, gate: Gate, what: str, at_least: int
):
    folder = write_articles(tmp_path / "news", 250)
    process = own_database.start("ingest", "--json", "--processes", "1", str(folder), **gate.at("Harbour 249 "))
    own_database.wait_for(what, at_least=at_least)
    children = children_of(process)
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert children
    assert_ended(children)
    stored, extracted = own_database.count("articles_article"), own_database.query(EXTRACTED)[0][0]
    assert extracted < 250

    report = json.loads(own_database.manage("ingest", "--json", str(folder), **QUICK))
    assert (report["added"], report["unchanged"], report["failed"]) == (250 - stored, stored, 0)
    assert (report["extracted"], report["completed"]) == (250 - stored, stored - extracted)
    assert_whole(own_database, articles=250)


def test_two_at_once_add_each_article_once(own_database: OwnDatabase, tmp_path: Path):
    """Both begin at once, for each waits for the other to be up, and each has articles of its own."""
    folders = [write_articles(tmp_path / name, 100, first=first) for name, first in (("a", 0), ("b", 50))]
    processes = [
        own_database.start("ingest", "--json", "-", str(one), stdin=subprocess.PIPE, **QUICK) for one in folders
    ]
    for process in processes:
        # More than a pipe holds: this returns when the process is up and reads, and it then waits for the end.
        process.stdin.write("The nets were empty. " * 5_000)
        process.stdin.flush()
    reports = []
    for process in processes:
        process.stdin.close()
        process.stdin = None
    for process in processes:
        output, errors = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, errors + output
        reports.append(json.loads(output))
    assert sum(report["added"] for report in reports) == 151
    assert sum(report["unchanged"] for report in reports) == 51
    assert own_database.query("SELECT count(*) FROM articles_article WHERE extracted_with = ''") == [(0,)]
    assert own_database.count("articles_article") == 151
    assert own_database.count("articles_quotation") == 300
    assert own_database.query(DOUBLED) == own_database.query(DOUBLED_SPEAKERS) == []


@pytest.mark.one_engine
def test_told_to_end_it_says_so_and_goes_on_another_time(own_database: OwnDatabase, tmp_path: Path, gate: Gate):
    folder = write_articles(tmp_path / "news", 150)
    process = own_database.start("ingest", "--processes", "1", str(folder), **gate.at("Harbour 149 "))
    own_database.wait_for(EXTRACTED, at_least=20)
    children = children_of(process)
    process.terminate()
    output, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 143, errors + output
    assert output == "Added 150, unchanged 0, failed 0\n"
    assert errors.startswith("Told to end (SIGTERM).")
    assert own_database.query(RUNS) == [("stopped", "Told to end (SIGTERM).")]
    assert_ended(children)
    own_database.manage("ingest", str(folder), **QUICK)
    assert_whole(own_database, articles=150)


def test_a_failure_is_the_exit_code(own_database: OwnDatabase):
    process = own_database.start("ingest", "nowhere")
    output, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, output, errors) == (
        1,
        "Added 0, unchanged 0, failed 1\n",
        "nowhere: no such file or folder\n",
    )


# A text that the pipeline cannot bear


@pytest.mark.one_engine
def test_texts_that_hang_kill_or_trip_the_pipeline_cost_themselves(
    own_database: OwnDatabase, tmp_path: Path, tripping: dict[str, str]
):
    folder = write_articles(tmp_path / "news", 12)
    process = own_database.start("ingest", "--json", "--processes", "1", str(folder), **tripping)
    output, errors = process.communicate(timeout=PATIENCE)
    report = json.loads(output)
    assert (report["added"], report["extracted"], report["failed"]) == (12, 9, 3), errors
    reasons = {Path(failure["source"]).stem: failure["reason"] for failure in report["failures"]}
    assert "(it took longer than 2 seconds, the limit for its length)" in reasons["0003"]
    assert "(the process that read it ended (by signal SIGKILL; out of memory, or a fault" in reasons["0005"]
    assert "(ValueError: seven)" in reasons["0007"]
    set_aside = own_database.query("SELECT source_name FROM articles_article WHERE extraction_tries = 2 ORDER BY id")
    assert [Path(name).stem for (name,) in set_aside] == ["0003", "0005", "0007"]
    assert own_database.manage("extract", "--set-aside") == "Extracted 3, failed 0\n"
    assert_whole(own_database, articles=12)


# A database that is gone for a while, or has no room


def test_a_server_that_is_gone_for_a_while_is_waited_for(own_database: OwnDatabase, tmp_path: Path, gate: Gate):
    if not is_postgres():
        pytest.skip("SQLite has no server that could go")
    folder = write_articles(tmp_path / "news", 150)
    command = ("ingest", "--json", "--processes", "1", str(folder))
    process = own_database.start(*command, NEWSROOM_PATIENCE="600", **gate.at("Harbour 149 "))
    own_database.wait_for(EXTRACTED, at_least=20)
    name = urlsplit(own_database.url).path[1:]
    with psycopg.connect(cluster_of(own_database.url), autocommit=True) as cluster:
        cluster.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        cluster.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        gate.open()
        for _ in range(2):  # the connection is lost, and no other is to be had
            assert "trying again" in lines_until("The database failed (", process)[-1]
        cluster.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    output, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, errors
    assert json.loads(output)["failed"] == 0
    assert_whole(own_database, articles=150)


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="this system lets nobody limit another process")
def test_a_disk_that_is_full_ends_the_run_in_a_line_and_loses_nothing(
    own_database: OwnDatabase, tmp_path: Path, gate: Gate
):
    if is_postgres():
        pytest.skip("the disk of a server cannot be filled from here")
    folder = write_articles(tmp_path / "news", 150)
    process = own_database.start("ingest", "--processes", "1", str(folder), **gate.at("Harbour 40 "))
    own_database.wait_for(EXTRACTED, at_least=20)
    log = Path(f"{own_database.url.removeprefix('sqlite:///')}-wal")
    room = log.stat().st_size + 20_000
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (room, room))
    gate.open()
    output, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, output) == (1, "Added 150, unchanged 0, failed 0\n"), errors
    assert errors.startswith("The database failed (") and len(errors.splitlines()) == 1
    assert errors.endswith("goes on from there.\n")
    own_database.manage("ingest", str(folder), **QUICK)
    assert_whole(own_database, articles=150)
