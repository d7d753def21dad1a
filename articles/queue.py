"""The queue of articles whose quotations workers are to seek: how it goes, and what to put on it.

It is Procrastinate's and lives in PostgreSQL; on SQLite there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models.expressions import RawSQL
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from .models import Article
from .querysets import ArticleQuerySet

WINDOW = 5
"""Minutes that the rate is taken over."""
AT_ONCE = 5_000
"""Articles put on the queue in one transaction."""

QUEUED = "SELECT jsonb_array_elements(args->'ids')::bigint FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"

WORKERS = """
    SELECT worker.id, extract(epoch FROM now() - worker.last_heartbeat)::float, job.id,
           coalesce(jsonb_array_length(job.args->'ids'), 0)
    FROM procrastinate_workers worker
    LEFT JOIN procrastinate_jobs job ON job.worker_id = worker.id AND job.status = 'doing'
    ORDER BY worker.id"""

# From the first start in the window, so that a queue which has just begun is not counted over idle minutes.
RATE = """
    WITH lately AS (
        SELECT job_id, type, at FROM procrastinate_events
        WHERE at > now() - make_interval(mins => %s) AND type IN ('started', 'succeeded')
    )
    SELECT coalesce(sum(jsonb_array_length(job.args->'ids')) FILTER (WHERE type = 'succeeded'), 0),
           extract(epoch FROM now() - min(at))::float / 60
    FROM lately JOIN procrastinate_jobs job ON job.id = job_id"""

FAILED = """
    WITH failed AS (DELETE FROM procrastinate_jobs WHERE status = 'failed' RETURNING args)
    SELECT jsonb_array_elements(args->'ids')::bigint FROM failed"""


class NoQueue(Exception):
    """There is no queue on this database; the message is one line and says what to do instead."""


@dataclass(frozen=True, slots=True)
class Worker:
    """`seen` is how many seconds ago its heartbeat was; `batch` what it works on, of `articles` articles, or None."""

    number: int
    seen: float
    batch: int | None
    articles: int

    def __str__(self) -> str:
        does = f"batch {self.batch} of {self.articles:,} articles" if self.batch else "waits"
        return f"Worker {self.number}: seen {self.seen:,.0f} s ago, {does}"


@dataclass(frozen=True, slots=True)
class Glance:
    """The queue at one moment, in articles. What failed waits for somebody to ask for it."""

    waiting: int
    running: int
    failed: int
    """In batches that failed as a whole."""
    set_aside: int
    """Whose quotations could not be found, with everything else of their batch done."""
    per_minute: float
    """Articles done over the last minutes; 0 where nothing was."""
    workers: Sequence[Worker]

    @property
    def minutes_left(self) -> float | None:
        """None where nothing moves."""
        return (self.waiting + self.running) / self.per_minute if self.per_minute else None

    def in_words(self) -> list[str]:
        """A line for each thing to know."""
        return [
            f"Waiting {self.waiting:,}, running {self.running:,}, "
            f"failed {self.failed:,}, set aside {self.set_aside:,}",
            f"{self.per_minute:,.0f} articles a minute over the last {WINDOW} minutes; time left: {self.time_left}",
            *(map(str, self.workers) if self.workers else ["No worker; manage.py worker starts one"]),
        ]

    @property
    def time_left(self) -> str:
        if not self.waiting + self.running:
            return gettext("nothing to do")
        minutes = self.minutes_left
        if minutes is None:
            return gettext("not known yet") if self.running else gettext("no end in sight")
        if minutes < 1:
            return gettext("less than a minute")
        if minutes < 120:
            return ngettext("%(number)s minute", "%(number)s minutes", round(minutes)) % {"number": round(minutes)}
        hours = number_format(round(minutes / 60, 1), 1, force_grouping=True)
        return gettext("%(number)s hours") % {"number": hours}


def is_there() -> bool:
    return apps.is_installed("procrastinate.contrib.django")


def demand() -> None:
    """Raises NoQueue where there is none."""
    if not is_there():
        raise NoQueue(
            gettext(
                "The queue needs PostgreSQL (DATABASE_URL); on SQLite `manage.py extract --pending` does the same "
                "work, in as many processes as NEWSROOM_PROCESSES says."
            )
        )


def glance() -> Glance:
    """How the queue goes. Raises NoQueue."""
    demand()
    by_status = dict(
        _rows(
            "SELECT status::text, coalesce(sum(jsonb_array_length(args->'ids')), 0) FROM procrastinate_jobs"
            " WHERE status IN ('todo', 'doing', 'failed') GROUP BY status"
        )
    )
    return Glance(
        waiting=by_status.get("todo", 0),
        running=by_status.get("doing", 0),
        failed=by_status.get("failed", 0),
        set_aside=Article.objects.set_aside().count(),
        per_minute=_rate(),
        workers=[Worker(*row) for row in _rows(WORKERS)],
    )


def _rate() -> float:
    ((done, minutes),) = _rows(RATE, [WINDOW])
    return float(done) / minutes if done and minutes else 0.0


def defer_all(articles: ArticleQuerySet) -> int:
    """Put `articles` on the queue, but for those that are on it already; how many that were. Raises NoQueue."""
    demand()
    number = 0
    for ids in _in_parts(_absent(articles)):
        defer(ids)
        number += len(ids)
    return number


def retry() -> int:
    """Put what failed back on the queue, batches and articles set aside; how many articles. Raises NoQueue."""
    demand()
    with transaction.atomic():
        again = [pk for (pk,) in _rows(FAILED)]
        defer(again)
    number = len(again)
    for ids in _in_parts(Article.objects.set_aside()):
        with transaction.atomic():
            Article.objects.numbered(ids).update(extraction_tries=0)
            defer(ids)
        number += len(ids)
    return number


def defer_stored(new: Sequence[int], known: Sequence[int]) -> None:
    """Put articles that were just stored on the queue, in the caller's transaction.

    Those `known` before may be on it already, and stay there. To look through a queue of a million takes some
    tenths of a second.
    """
    absent = _absent(Article.objects.numbered(known)).values_list("pk", flat=True) if known else []
    defer([*new, *absent])


def defer(ids: Sequence[int]) -> None:
    """Put these articles on the queue, in the caller's transaction."""
    from .tasks import defer_extraction  # not above: where there is no queue, Procrastinate need not be loaded

    defer_extraction(ids)


def _absent(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Those that are not on the queue."""
    return articles.exclude(pk__in=RawSQL(QUEUED, []))  # noqa: S611 - a constant


def _in_parts(articles: ArticleQuerySet) -> Iterator[list[int]]:
    """Their ids, AT_ONCE at a time, as they were when the first was asked for."""
    ids = iter(articles.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=AT_ONCE))
    while part := list(islice(ids, AT_ONCE)):
        yield part


def _rows(sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
