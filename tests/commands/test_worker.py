"""manage.py worker as processes that are killed and told to stop, on a database of their own."""

import json
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from .conftest import OwnDatabase, article_text, is_postgres

pytestmark = pytest.mark.skipif(not is_postgres(), reason="the queue needs PostgreSQL")

EXTRACTED = "SELECT count(*) FROM articles_article WHERE extracted_with <> ''"
UNDONE = "SELECT count(*) FROM procrastinate_jobs WHERE status <> 'succeeded'"
DOUBLED = "SELECT article_id, spans FROM articles_quotation GROUP BY article_id, spans HAVING count(*) > 1"
WORKERS = "SELECT id FROM procrastinate_workers"
AT_WORK = "SELECT id FROM procrastinate_jobs WHERE status = 'doing' AND worker_id = {}"
REQUEUED = "SELECT count(*) FROM procrastinate_events WHERE type = 'deferred_for_retry'"

# A worker that is silent for three seconds counts as dead.
WORKER = ("worker", "--heartbeat", "0.5")


@pytest.fixture
def queued(own_database: OwnDatabase, tmp_path: Path, monkeypatch) -> Callable[[int], None]:
    """`queued(300)`: so many articles are stored and on the queue; reading one takes no time."""
    monkeypatch.setenv("NEWSROOM_SPACY_MODEL", "blank")

    def queued(count: int) -> None:
        path = tmp_path / "news.jsonl"
        lines = (json.dumps({"text": article_text(number), "language": "en"}) for number in range(count))
        path.write_text("\n".join(lines), encoding="utf-8")
        report = json.loads(own_database.manage("ingest", "--defer", "--json", str(path)))
        assert (report["added"], report["extracted"], report["failed"]) == (count, 0, 0)

    return queued


def wait_until(true: Callable[[], bool]) -> None:
    """Waits a minute at most."""
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def catch_at_work(process: subprocess.Popen, database: OwnDatabase, *, worker: int) -> None:
    """Hold the process still while it has a batch, as nobody can be sure of who looks first and acts then."""
    with closing(database.connect()) as connection:

        def is_caught() -> bool:
            process.send_signal(signal.SIGSTOP)
            caught = connection.execute(AT_WORK.format(worker)).fetchall()
            if not caught:
                process.send_signal(signal.SIGCONT)
            return bool(caught)

        wait_until(is_caught)


def ended_well(process: subprocess.Popen) -> list[str]:
    """The lines that it logged."""
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, output) == (0, ""), errors
    return errors.splitlines()


def test_three_workers_of_which_one_is_killed(own_database: OwnDatabase, queued):
    queued(3_000)
    victim = own_database.start(*WORKER)
    wait_until(lambda: bool(own_database.query(WORKERS)))
    ((worker,),) = own_database.query(WORKERS)
    others = [own_database.start(*WORKER) for _ in range(2)]
    wait_until(lambda: len(own_database.query(WORKERS)) == 3)
    catch_at_work(victim, own_database, worker=worker)
    victim.kill()
    assert own_database.query(EXTRACTED)[0][0] < 3_000

    wait_until(lambda: own_database.query(UNDONE) == [(0,)])
    for other in others:
        other.terminate()
    logged = [line for other in others for line in ended_well(other)]
    assert sum("back on the queue, its worker is silent" in line for line in logged) == 1
    assert own_database.query(REQUEUED) == [(1,)]
    assert own_database.query(EXTRACTED) == [(3_000,)]
    assert own_database.count("articles_quotation") == 6_000
    assert own_database.query(DOUBLED) == []
    assert own_database.manage("audit") == "No drift: 6,000 quotations in 3,000 articles.\n"


def test_told_to_stop_it_finishes_its_batch(own_database: OwnDatabase, queued):
    queued(1_000)
    process = own_database.start(*WORKER)
    wait_until(lambda: own_database.query(EXTRACTED)[0][0] > 0)
    process.terminate()
    logged = ended_well(process)
    assert logged[-1].endswith("worker: stopped")
    assert own_database.query("SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'") == [(0,)]
    assert own_database.query(WORKERS) == []
    ((done,),) = own_database.query(EXTRACTED)
    assert done % 100 == 0 and 0 < done < 1_000
