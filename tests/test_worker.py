"""A worker in this process, with a queue that is made up: what ends it, and what it waits for."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from procrastinate.exceptions import ConnectorException

from articles import worker
from articles.extraction import Seeker
from tests.racing import PATIENCE

Look = Callable[[], Awaitable[list[Any]]]


@pytest.fixture
def working(monkeypatch: pytest.MonkeyPatch) -> Callable[[Look], None]:
    """`working(look)`: work with a queue that never has a batch and is looked through for stalled ones by `look`."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[None]:
        yield

    async def wait_for_batches(**options: object) -> None:
        await asyncio.Event().wait()

    async def work(look: Look) -> None:
        manager = SimpleNamespace(get_stalled_jobs=lambda **options: look())
        app = SimpleNamespace(open_async=opened, run_worker_async=wait_for_batches, job_manager=manager)
        monkeypatch.setattr(worker, "app", app)
        await asyncio.wait_for(worker._take_batches(0, Seeker(0), asyncio.Event()), timeout=PATIENCE)

    def work_apart(look: Look) -> None:
        with ThreadPoolExecutor(1) as apart:  # after a browser test, this thread has the browser's loop running
            apart.submit(asyncio.run, work(look)).result()

    return work_apart


def test_a_fault_in_putting_batches_back_ends_it_loudly(working: Callable[[Look], None]):
    async def fail() -> list[Any]:
        raise ZeroDivisionError("a fault of ours")

    with pytest.raises(ZeroDivisionError, match="a fault of ours"):
        working(fail)


def test_a_queue_that_is_gone_as_batches_are_put_back_is_looked_through_again(working: Callable[[Look], None]):
    looks = []

    async def gone_twice() -> list[Any]:
        looks.append(len(looks))
        if len(looks) < 3:
            raise ConnectorException
        raise ZeroDivisionError("the third look")

    with pytest.raises(ZeroDivisionError, match="the third look"):
        working(gone_twice)
