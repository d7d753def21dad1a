"""A worker: takes batches off the queue until it is told to stop, and puts those of dead workers back.

Its heartbeat goes on while a thread works on a batch. Told to stop by SIGTERM or Ctrl-C, it finishes its batch, or
gives back what is left when that takes long. Where the database is gone, it waits for it.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from contextlib import suppress

from django.conf import settings
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app, connector_params
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status

from .extraction import Seeker
from .tasks import QUEUE, WAITS

logger = logging.getLogger(__name__)

SILENT = 6
"""Heartbeats missed by a worker that counts as dead."""
GRACE = 4
"""Heartbeats left out while a worker that was told to stop finishes its batch: fewer than a dead one misses."""
PAUSE = 5.0
"""Seconds between two looks for a database that is gone."""


def work(*, heartbeat: float) -> None:
    """Work until SIGTERM or SIGINT comes; with `heartbeat` seconds between two signs of life."""
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1)
    with app.replace_connector(connector), Seeker(settings.NEWSROOM_PROCESSES) as seeker:
        asyncio.run(_work(heartbeat, seeker))


async def _work(heartbeat: float, seeker: Seeker) -> None:
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    while not stopping.is_set():
        try:
            await _take_batches(heartbeat, seeker, stopping)
        except ConnectorException as error:
            logger.warning("worker: the database is gone (%s); looks again in %d s", _in_a_line(error), PAUSE)
            with suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), PAUSE)
    logger.info("worker: stopped")


async def _take_batches(heartbeat: float, seeker: Seeker, stopping: asyncio.Event) -> None:
    """Until told to stop, or until the database is gone, which raises ConnectorException or just ends it."""
    async with app.open_async():
        logger.info("worker: waits for batches")
        worker = asyncio.create_task(
            app.run_worker_async(
                queues=[QUEUE],
                additional_context={"seeker": seeker},
                update_heartbeat_interval=heartbeat,
                stalled_worker_timeout=SILENT * heartbeat,
                shutdown_graceful_timeout=GRACE * heartbeat,
                install_signal_handlers=False,
            )
        )
        others = [asyncio.create_task(_requeue_stalled(SILENT * heartbeat)), asyncio.create_task(stopping.wait())]
        try:
            await asyncio.wait([worker, *others], return_when=asyncio.FIRST_COMPLETED)
            if not worker.done():
                logger.info("worker: told to stop")
                worker.cancel()  # which lets it finish what it has begun
            with suppress(asyncio.CancelledError):
                await worker
            if others[0].done():
                others[0].result()  # it ends only by a fault, which has to be seen
        finally:
            for other in others:
                other.cancel()


async def _requeue_stalled(silent: float) -> None:
    """Put back, again and again, the batches of workers that have been silent for so many seconds."""
    while True:
        with suppress(ConnectorException):  # gone, which the worker tells; or another worker was quicker
            for job in await app.job_manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=silent):
                await _requeue(job)
        await asyncio.sleep(silent / 2)


async def _requeue(job: Job) -> None:
    """Put it back, unless it has cost so many workers their lives that it is likely to be what kills them."""
    if job.attempts >= len(WAITS):
        await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
        logger.error("batch %s: failed, its workers died %d times", job.id, job.attempts + 1)
    else:
        await app.job_manager.retry_job(job)
        logger.warning("batch %s: back on the queue, its worker is silent", job.id)


def _in_a_line(error: BaseException) -> str:
    return " ".join(str(error.__cause__ or error).split())
