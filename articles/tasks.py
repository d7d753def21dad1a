"""Batches of articles whose quotations any worker seeks, on whichever machine: jobs of Procrastinate.

A batch may be run twice, by a worker that seemed to be dead and by the one that took over: what is extracted by then
is passed over, and of what both seek at once, the second finds it done when it has the lock on the article's row.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence

from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.exceptions import JobAborted
from procrastinate.jobs import Job
from procrastinate.types import JSONDict

from . import extraction
from .models import Article

logger = logging.getLogger(__name__)

QUEUE = "extraction"
BATCH = 200
"""Articles in a batch: some seconds of work, so that a worker soon stops and a dead one loses little."""
CHUNK = 25
"""Articles read at once."""
KEPT = 7 * 24
"""Hours that a batch stays on record when it is done."""
WAITS = (10, 60, 300, 1_800)
"""Seconds until a batch that failed is tried again; after the last try somebody has to ask for it."""


class BackOff(BaseRetryStrategy):
    """Waits longer each time; what a worker gave back as it stopped is free at once."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, JobAborted):
            return RetryDecision(retry_in={"seconds": 0})
        if job.attempts >= len(WAITS):
            return None
        return RetryDecision(retry_in={"seconds": WAITS[job.attempts]})


def defer_extraction(ids: Sequence[int]) -> None:
    """Put these articles on the queue, in batches.

    It is written over Django's own connection: inside a transaction, articles and batches are there together or not
    at all. Needs PostgreSQL; see `queue.demand`.
    """
    batches: list[JSONDict] = [{"ids": [*ids[start : start + BATCH]]} for start in range(0, len(ids), BATCH)]
    if batches:
        extract_articles.batch_defer(*batches)


@app.task(name="extract_articles", queue=QUEUE, retry=BackOff(), pass_context=True)
def extract_articles(context: JobContext, ids: list[int]) -> None:
    """Seek the quotations of those of these articles that need it; run by a worker, whose context has its seeker."""
    began, counted = time.monotonic(), {"extracted": 0, "failed": 0}
    seeker = context.additional_context["seeker"]
    name = f"batch {context.job.id} of {len(ids):,} articles"
    try:
        for one in extraction.extract_with(seeker, _due(ids)):
            counted["failed" if one.failure else "extracted"] += 1
            if context.should_abort():
                raise JobAborted
    except JobAborted:
        logger.info("%s: given back, %s", name, _in_words(counted, began))
        raise
    except Exception as error:
        logger.error("%s: failed, %s (%s)", name, _in_words(counted, began), " ".join(str(error).split()))
        raise
    logger.info("%s: done, %s", name, _in_words(counted, began))


# Procrastinate needs one periodic task at the least: without any, it ends its watch over the heartbeat at once, and a
# worker whose heartbeat met a database that was gone would go on without one.
@app.periodic(cron="17 3 * * *")
@app.task(name="forget_batches", queue=QUEUE, pass_context=True)
async def forget_batches(context: JobContext, timestamp: int) -> None:
    """Take batches off the record that were done long ago; what failed stays."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEPT, queue=QUEUE)


def _due(ids: Sequence[int]) -> Iterator[Article]:
    """Those whose quotations were never sought, or by another version of the pipeline."""
    given = Article.objects.numbered(ids)
    due = given.pending() | given.stale(extraction.PIPELINE_VERSION)
    return (article for chunk in due.chunks(CHUNK) for article in chunk)


def _in_words(counted: dict[str, int], began: float) -> str:
    return f"{counted['extracted']} extracted, {counted['failed']} failed, {time.monotonic() - began:.1f} s"
