"""The queue on PostgreSQL: what goes on it, what a batch does, how it goes, and what failed."""

from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from procrastinate import RetryDecision
from procrastinate.exceptions import JobAborted

from articles import extraction, queue, tasks
from articles.importing import Source
from articles.models import Article, Quotation
from articles.nlp import FoundQuotation
from tests.factories import ingest, make_article

from .databases import is_postgres

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not is_postgres(), reason="the queue needs PostgreSQL")]


@pytest.fixture
def pending() -> list[int]:
    return [make_article(f"“Net {number} was empty,” she said.", extracted_with="").pk for number in range(5)]


@pytest.fixture
def pipeline_finds(pipeline):
    pipeline(FoundQuotation("direct", ((0, 17),), None, None, None, "", 0.9, ""), version=extraction.PIPELINE_VERSION)


def batches(status: str = "todo") -> list[list[int]]:
    """The articles of each batch on the queue."""
    rows = queue._rows("SELECT args->>'ids' FROM procrastinate_jobs WHERE status::text = %s ORDER BY id", [status])
    return [list(map(int, ids.strip("[]").split(","))) for (ids,) in rows]


def run(ids: list[int], *, stops: bool = False) -> None:
    context = SimpleNamespace(
        job=SimpleNamespace(id=1), should_abort=lambda: stops, additional_context={"seeker": extraction.Seeker(0)}
    )
    tasks.extract_articles.func(context, ids)


def set_status(status: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
        cursor.execute("UPDATE procrastinate_jobs SET status = %s", [status])


# What goes on it


def test_articles_go_on_in_batches(pending, monkeypatch):
    monkeypatch.setattr(tasks, "BATCH", 2)
    tasks.defer_extraction(pending)
    tasks.defer_extraction([])
    assert batches() == [pending[:2], pending[2:4], pending[4:]]


def test_a_batch_is_there_with_its_articles_or_not_at_all(pending):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tasks.defer_extraction(pending)
        assert batches() == [pending]
        raise ZeroDivisionError
    assert batches() == []


def test_what_is_on_it_is_not_put_on_it_again(pending):
    tasks.defer_extraction(pending[:2])
    assert queue.defer_all(Article.objects.pending()) == 3
    assert batches() == [pending[:2], pending[2:]]
    assert queue.defer_all(Article.objects.pending()) == 0


def test_what_an_import_brings_again_is_put_on_it_once(tmp_path):
    def bring(*names: str) -> None:
        """Files that hold their first letter: "a.txt" and "a2.txt" are copies."""
        for name in names:
            (tmp_path / name).write_text(f"“Net {name[0]} was empty,” she said.", encoding="utf-8")
        ingest([Source.at(tmp_path / name) for name in names], defer=queue.defer_stored)

    left_by_another = make_article("“Net d was empty,” she said.", extracted_with="").pk
    bring("a.txt", "a2.txt", "b.txt")
    [[a, b]] = batches()
    bring("b.txt", "c.txt", "a.txt", "d.txt")
    [_, [c, d]] = batches()
    assert {a, b, c, d} == set(Article.objects.pending().values_list("pk", flat=True)) and d == left_by_another


# What a batch does


def test_each_article_is_extracted_once(pending, pipeline_finds):
    run(pending[:3])
    made = set(Quotation.objects.values_list("pk", flat=True))
    run(pending)
    assert Quotation.objects.count() == 5
    assert made < set(Quotation.objects.values_list("pk", flat=True))
    assert not Article.objects.pending().exists()


def test_an_article_of_an_older_pipeline_is_extracted_again(pending, pipeline_finds):
    Article.objects.update(extracted_with="0")
    run(pending[:2])
    assert set(Article.objects.stale(extraction.PIPELINE_VERSION).values_list("pk", flat=True)) == set(pending[2:])


def test_a_worker_that_stops_gives_back_what_is_left(pending, pipeline_finds):
    with pytest.raises(JobAborted):
        run(pending, stops=True)
    assert Article.objects.pending().count() == 4
    decision = tasks.BackOff().get_retry_decision(exception=JobAborted(), job=SimpleNamespace(attempts=9))
    assert isinstance(decision, RetryDecision)


def test_an_article_that_fails_costs_itself(pending, monkeypatch, caplog):
    monkeypatch.setattr(
        "articles.nlp.batch.find_in_batch",
        lambda texts, model: ("1", ["no" if "2" in text else ([], []) for text in texts]),
    )
    with caplog.at_level("INFO", logger="articles.tasks"):
        run(pending)
    assert list(Article.objects.set_aside().values_list("pk", flat=True)) == [pending[2]]
    assert "batch 1 of 5 articles: done, 4 extracted, 1 failed" in caplog.text


def test_a_batch_that_fails_waits_longer_each_time_and_then_for_somebody():
    decisions = [
        tasks.BackOff().get_retry_decision(exception=OSError(), job=SimpleNamespace(attempts=attempts))
        for attempts in range(5)
    ]
    times = [decision.retry_at for decision in decisions[:4]]
    assert times == sorted(times) and decisions[4] is None


# How it goes


def test_a_glance(pending):
    tasks.defer_extraction(pending[:2])
    set_status("succeeded")
    tasks.defer_extraction(pending[2:])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '2 minutes' WHERE type = 'started'")
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    glance = queue.glance()
    assert (glance.waiting, glance.running, glance.failed, glance.set_aside) == (3, 0, 0, 0)
    assert glance.per_minute == pytest.approx(1)
    assert glance.time_left == "3 minutes"
    assert [(worker.batch, worker.articles) for worker in glance.workers] == [(None, 0)]
    assert glance.in_words()[0] == "Waiting 3, running 0, failed 0, set aside 0"


def test_nothing_on_it():
    assert queue.glance().in_words() == [
        "Waiting 0, running 0, failed 0, set aside 0",
        "0 articles a minute over the last 5 minutes; time left: nothing to do",
        "No worker; manage.py worker starts one",
    ]


# What failed


def test_what_failed_is_put_back(pending):
    tasks.defer_extraction(pending[:2])
    set_status("failed")
    Article.objects.filter(pk=pending[4]).update(extraction_tries=2)
    assert queue.glance().failed == 2
    assert queue.retry() == 3
    assert batches() == [pending[:2], [pending[4]]]
    assert not batches("failed") and not Article.objects.set_aside().exists()


def test_some_task_is_periodic():
    """Else Procrastinate does not watch a worker's heartbeat, which then fails unseen."""
    assert tasks.app.periodic_registry.periodic_tasks
