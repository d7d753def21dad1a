"""manage.py ingest as processes that are killed, and that run side by side, on a database of their own."""

import json
import signal
import subprocess
import time
from contextlib import closing
from pathlib import Path

from .conftest import OwnDatabase, write_articles

DOUBLED = "SELECT article_id, spans FROM articles_quotation GROUP BY article_id, spans HAVING count(*) > 1"
PENDING = "SELECT id FROM articles_article WHERE extracted_with = ''"


def kill_between(process: subprocess.Popen, database: OwnDatabase, *, low: int, high: int) -> int:
    """Kill `process` as soon as `low` articles are stored; how many are then, at most `high`. Waits a minute."""
    deadline = time.monotonic() + 60
    with closing(database.connect()) as connection:
        while connection.execute("SELECT count(*) FROM articles_article").fetchone()[0] < low:
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < deadline, f"fewer than {low} articles after a minute"
            time.sleep(0.02)
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    stored = database.count("articles_article")
    assert low <= stored <= high
    return stored


def test_killed_half_way_and_run_again(own_database: OwnDatabase, tmp_path: Path):
    folder = write_articles(tmp_path / "news", 1000)
    process = own_database.start("ingest", "--json", str(folder))
    stored = kill_between(process, own_database, low=400, high=900)
    assert own_database.query(PENDING) == []

    report = json.loads(own_database.manage("ingest", "--json", str(folder)))
    assert (report["added"], report["unchanged"], report["failed"]) == (1000 - stored, stored, 0)
    assert own_database.count("articles_article") == 1000
    assert own_database.count("articles_quotation") == 2000
    assert own_database.query(DOUBLED) == []
    assert own_database.manage("audit") == "No drift: 2,000 quotations in 1,000 articles.\n"


def test_two_at_once_add_each_article_once(own_database: OwnDatabase, tmp_path: Path):
    folder = write_articles(tmp_path / "news", 500)  # so many that one is not through before the other starts
    command = ["ingest", "--json", "-", str(folder)]
    processes = [own_database.start(*command, stdin=subprocess.PIPE) for _ in range(2)]
    for process in processes:
        # More than a pipe holds: this returns when the process is up and reads, and it then waits for the end.
        process.stdin.write("The nets were empty. " * 5_000)
        process.stdin.flush()
    reports = []
    for process in processes:
        process.stdin.close()
        process.stdin = None
    for process in processes:
        output, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors + output
        reports.append(json.loads(output))
    assert sum(report["added"] for report in reports) == 501
    assert sum(report["unchanged"] for report in reports) == 501
    assert all(report["added"] for report in reports), "they did not run at the same time"
    assert own_database.count("articles_article") == 501
    assert own_database.count("articles_quotation") == 1000
    assert own_database.query(DOUBLED) == []
    assert own_database.query("SELECT key FROM articles_speaker GROUP BY key HAVING count(*) > 1") == []


def test_a_failure_is_the_exit_code(own_database: OwnDatabase):
    process = own_database.start("ingest", "nowhere")
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, output, errors) == (
        1,
        "Added 0, unchanged 0, failed 1\n",
        "nowhere: no such file or folder\n",
    )
