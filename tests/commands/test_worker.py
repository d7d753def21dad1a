"""manage.py worker as processes that are killed and told to stop, on a database of their own."""

import json
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.databases import cluster_of, is_postgres

from .conftest import OwnDatabase

pytestmark = pytest.mark.skipif(not is_postgres(), reason="the queue needs PostgreSQL")

EXTRACTED = "SELECT count(*) FROM articles_article WHERE extracted_with <> ''"
DONE = "SELECT coalesce(sum(jsonb_array_length(args->'ids')), 0) FROM procrastinate_jobs WHERE status = 'succeeded'"
DOUBLED = "SELECT article_id FROM articles_quotation GROUP BY article_id HAVING count(*) > 1"
WORKERS = "SELECT count(*) FROM procrastinate_workers"
AT_WORK = "SELECT count(DISTINCT worker_id) FROM procrastinate_jobs WHERE status = 'doing'"
FIRST_AT_WORK = """
    SELECT id FROM procrastinate_jobs
    WHERE status = 'doing' AND worker_id = (SELECT min(id) FROM procrastinate_workers)
"""
REQUEUED = "SELECT count(*) FROM procrastinate_events WHERE type = 'deferred_for_retry'"


def worker(database: OwnDatabase, *, heartbeat: float = 1, **variables: str) -> subprocess.Popen:
    """It counts as dead when it is silent six times as long; reading an article takes it hardly any time."""
    return database.start("worker", f"--heartbeat={heartbeat}", NEWSROOM_SPACY_MODEL="blank", **variables)


def put_on_the_queue(count: int, database: OwnDatabase, folder: Path) -> None:
    path = folder / "news.jsonl"
    texts = (f"“Net {number} was empty,” she said." for number in range(count))
    path.write_text("\n".join(json.dumps({"text": text, "language": "en"}) for text in texts), encoding="utf-8")
    report = json.loads(database.manage("ingest", "--defer", "--json", str(path)))
    assert (report["added"], report["extracted"], report["failed"]) == (count, 0, 0)


def kill_at_work(process: subprocess.Popen, database: OwnDatabase) -> None:
    """Kill the worker that was first there in the middle of a batch: held still while somebody looks."""
    deadline = time.monotonic() + 60
    while True:
        process.send_signal(signal.SIGSTOP)
        if database.query(FIRST_AT_WORK):
            process.kill()
            return
        process.send_signal(signal.SIGCONT)
        assert time.monotonic() < deadline, "no batch in a minute"


def ended_well(process: subprocess.Popen) -> list[str]:
    """The lines that it logged."""
    process.terminate()
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, output) == (0, ""), errors
    return errors.splitlines()


def test_three_workers_of_which_one_is_killed(own_database: OwnDatabase, tmp_path: Path):
    put_on_the_queue(3_000, own_database, tmp_path)
    victim = worker(own_database)
    own_database.wait_for(WORKERS, at_least=1)
    others = [worker(own_database) for _ in range(2)]
    own_database.wait_for(WORKERS, at_least=3)
    kill_at_work(victim, own_database)
    assert own_database.query(EXTRACTED)[0][0] < 3_000

    own_database.wait_for(DONE, at_least=3_000)
    logged = [line for other in others for line in ended_well(other)]
    assert any("back on the queue, its worker is silent" in line for line in logged)
    assert own_database.query(REQUEUED)[0][0] >= 1
    assert own_database.query(EXTRACTED) == [(3_000,)]
    assert own_database.count("articles_quotation") == 3_000
    assert own_database.query(DOUBLED) == []
    assert own_database.manage("audit") == "No drift: 3,000 quotations in 3,000 articles.\n"


def test_a_database_that_is_gone_for_a_moment_is_waited_for(own_database: OwnDatabase, tmp_path: Path):
    """Gone under two workers, each in the middle of a batch."""
    put_on_the_queue(400, own_database, tmp_path)
    workers = [worker(own_database, NEWSROOM_PATIENCE="60") for _ in range(2)]
    own_database.wait_for(AT_WORK, at_least=2)
    name = urlsplit(own_database.url).path[1:]
    with psycopg.connect(cluster_of(own_database.url), autocommit=True) as cluster:
        cluster.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        cluster.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        time.sleep(0.5)
        assert [one.poll() for one in workers] == [None, None]
        cluster.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    assert own_database.query(EXTRACTED)[0][0] < 400
    own_database.wait_for(DONE, at_least=400)
    for one in workers:
        assert any("The database failed (" in line for line in ended_well(one))
    assert own_database.query(EXTRACTED) == [(400,)]
    assert own_database.count("articles_quotation") == 400
    assert own_database.query(DOUBLED) == []


def test_told_to_stop_it_finishes_its_batch(own_database: OwnDatabase, tmp_path: Path):
    put_on_the_queue(1_000, own_database, tmp_path)
    process = worker(own_database, heartbeat=5)
    own_database.wait_for(EXTRACTED, at_least=1)
    logged = ended_well(process)
    assert logged[-1].endswith("worker: stopped")
    ((done,),) = own_database.query(DONE)
    assert 0 < done < 1_000
    assert own_database.query(EXTRACTED) == [(done,)]
    glance = json.loads(own_database.manage("queue", "--json"))
    assert (glance["waiting"], glance["running"], glance["workers"]) == (1_000 - done, 0, [])
