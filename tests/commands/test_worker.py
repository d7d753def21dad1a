"""manage.py worker as processes that are killed and told to stop, on a database of their own."""

import json
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.databases import cluster_of, is_postgres
from tests.gates import Gate
from tests.racing import PATIENCE

from .conftest import OwnDatabase, lines_until

pytestmark = pytest.mark.skipif(not is_postgres(), reason="the queue needs PostgreSQL")

EXTRACTED = "SELECT count(*) FROM articles_article WHERE extracted_with <> ''"
DONE = "SELECT coalesce(sum(jsonb_array_length(args->'ids')), 0) FROM procrastinate_jobs WHERE status = 'succeeded'"
DOUBLED = "SELECT article_id FROM articles_quotation GROUP BY article_id HAVING count(*) > 1"
WORKERS = "SELECT count(*) FROM procrastinate_workers"
AT_WORK = "SELECT count(DISTINCT worker_id) FROM procrastinate_jobs WHERE status = 'doing'"
REQUEUED = "SELECT count(*) FROM procrastinate_events WHERE type = 'deferred_for_retry'"


def worker(database: OwnDatabase, *, heartbeat: float = 1, **variables: str) -> subprocess.Popen:
    """It counts as dead when it is silent six times as long; reading an article takes it hardly any time."""
    return database.start("worker", f"--heartbeat={heartbeat}", **{"NEWSROOM_SPACY_MODEL": "blank"} | variables)


def put_on_the_queue(count: int, database: OwnDatabase, folder: Path) -> None:
    path = folder / "news.jsonl"
    texts = (f"“Net {number} was empty,” she said." for number in range(count))
    path.write_text("\n".join(json.dumps({"text": text, "language": "en"}) for text in texts), encoding="utf-8")
    report = json.loads(database.manage("ingest", "--defer", "--json", str(path)))
    assert (report["added"], report["extracted"], report["failed"]) == (count, 0, 0)


def ended_well(process: subprocess.Popen) -> list[str]:
    """The lines that it logged."""
    process.terminate()
    output, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, output) == (0, ""), errors
    return errors.splitlines()


def test_three_workers_of_which_one_is_killed(own_database: OwnDatabase, tmp_path: Path, gate: Gate):
    """One is in the middle of its batch from before the others are there until it is killed."""
    put_on_the_queue(1_000, own_database, tmp_path)
    # It says so often that it lives that nobody takes it for dead on a busy machine.
    victim = worker(own_database, heartbeat=0.2, **gate.at("Net 150 "))
    own_database.wait_for(EXTRACTED, at_least=1)
    others = [worker(own_database) for _ in range(2)]
    own_database.wait_for(WORKERS, at_least=3)
    victim.kill()
    assert own_database.query(EXTRACTED)[0][0] < 1_000

    own_database.wait_for(DONE, at_least=1_000)
    logged = [line for other in others for line in ended_well(other)]
    assert any("back on the queue, its worker is silent" in line for line in logged)
    assert own_database.query(REQUEUED)[0][0] >= 1
    assert own_database.query(EXTRACTED) == [(1_000,)]
    assert own_database.count("articles_quotation") == 1_000
    assert own_database.query(DOUBLED) == []
    assert own_database.manage("audit") == "No drift: 1,000 quotations in 1,000 articles.\n"


def test_a_database_that_is_gone_for_a_moment_is_waited_for(own_database: OwnDatabase, tmp_path: Path, gate: Gate):
    """Gone under two workers, each in the middle of a batch."""
    put_on_the_queue(400, own_database, tmp_path)
    workers = []
    for last_of_batch in ("Net 199 ", "Net 399 "):
        variables = gate.at(last_of_batch) | {"NEWSROOM_PATIENCE": str(PATIENCE)}
        workers.append(worker(own_database, heartbeat=3, **variables))
        own_database.wait_for(AT_WORK, at_least=len(workers))
    name = urlsplit(own_database.url).path[1:]
    with psycopg.connect(cluster_of(own_database.url), autocommit=True) as cluster:
        cluster.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        cluster.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        gate.open()
        for one in workers:
            lines_until("The database failed (", one)
        cluster.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    assert own_database.query(EXTRACTED)[0][0] < 400
    own_database.wait_for(DONE, at_least=400)
    for one in workers:
        ended_well(one)
    assert own_database.query(EXTRACTED) == [(400,)]
    assert own_database.count("articles_quotation") == 400
    assert own_database.query(DOUBLED) == []


def test_told_to_stop_it_finishes_its_batch(own_database: OwnDatabase, tmp_path: Path, gate: Gate):
    """And no more than that, however long it takes and however quick it was before."""
    put_on_the_queue(1_000, own_database, tmp_path)
    process = worker(own_database, heartbeat=PATIENCE, **gate.at("Net 300 "))
    own_database.wait_for(EXTRACTED, at_least=201)
    process.terminate()
    lines_until("worker: told to stop", process)
    gate.open()
    assert ended_well(process)[-1].endswith("worker: stopped")
    assert own_database.query(DONE) == own_database.query(EXTRACTED) == [(400,)]
    glance = json.loads(own_database.manage("queue", "--json"))
    assert (glance["waiting"], glance["running"], glance["workers"]) == (600, 0, [])
