"""Reading sources in a process of its own, ahead of whoever stores what they hold.

So reading and storing each have a core, and a file that brings its reader down, or fills its memory, costs only that
file: reading goes on with the next one.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from ctypes import c_longlong
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from ..processes import how_it_ended, look_for_cycles_rarely
from .preparing import Prepared, prepare
from .records import UnreadableInput
from .sources import Source

Found = Prepared | UnreadableInput

SOURCES_AHEAD = 64
"""Sources that the process is told of before the first of them is read: many small files need no waiting."""
BATCH = 100
"""Articles handed over at once, or fewer that have BATCH_SIZE code points together."""
BATCH_SIZE = 500_000
BATCHES_AHEAD = 6
LONGEST = 600.0
"""Seconds without a batch of articles, or the end of a source, after which a reader counts as stuck."""
LONG = 30.0
"""Seconds of that after which whoever waits is told to store what there is, so that it is not taken for dead."""

_spawn = multiprocessing.get_context("spawn")


class ReadingProcess:
    """A process that reads sources; `read` yields what each holds, in their order.

    Use it as a context: the process ends with it, and with the program that started it, however that ends.
    """

    def __init__(self, *, mapping: Mapping[str, str] | None = None) -> None:
        self._mapping = dict(mapping or {})
        self._process: SpawnProcess | None = None
        self._told: deque[Source] = deque()
        """Sources that were not yet read to their end."""

    def __enter__(self) -> ReadingProcess:
        return self

    def __exit__(self, *error: object) -> None:
        self._stop()

    def read(self, sources: Iterable[Source | UnreadableInput | None]) -> Iterator[Found | Source | None]:
        """What the sources hold, each source itself behind the last of it; None, and what is no source, as it comes.

        None comes too where reading takes long: what came before it may be stored meanwhile. A source without a path
        is read here: another process has not the same standard input.
        """
        for source in sources:
            if isinstance(source, Source) and source.path is not None:
                self._tell(source)
                while len(self._told) > SOURCES_AHEAD:
                    yield from self._next()
                continue
            yield from self._rest()
            if isinstance(source, Source):
                yield from prepare(source, mapping=self._mapping)
            yield source
        yield from self._rest()

    def _rest(self) -> Iterator[Found | Source | None]:
        while self._told:
            yield from self._next()

    def _tell(self, source: Source) -> None:
        self._told.append(source)
        if self._process is None:
            self._start()
        try:
            self._orders.send(source)
        except OSError:  # it has just ended: `_next` sees to it
            return

    def _next(self) -> Iterator[Found | Source | None]:
        """What the process hands over next, with None before it for each time that one has waited long."""
        waited = 0.0
        while not self._answers.poll(LONG):
            waited += LONG
            if waited >= LONGEST:
                yield from self._start_again(f"reading it took longer than {LONGEST:,.0f} seconds")
                return
            yield None
        try:
            batch = self._answers.recv()
        except (EOFError, OSError):
            yield from self._start_again()
            return
        for found in batch:
            if found is None:
                self._ended += 1
                yield self._told.popleft()
            else:
                yield found

    def _start_again(self, reason: str = "") -> Iterator[Found | Source]:
        """Past the source at which the process ended; those before it whose answers were lost are read anew."""
        exit_code = self._stop()
        reason = reason or f"the process that read it ended ({how_it_ended(exit_code)})"
        place = min(max(self._begun.value - 1 - self._ended, 0), len(self._told) - 1)
        culprit = self._told[place]
        del self._told[place]
        rest, self._told = self._told, deque()
        yield UnreadableInput(culprit.name, reason)
        yield culprit
        for source in rest:
            self._tell(source)

    def _start(self) -> None:
        orders, self._orders = _spawn.Pipe(duplex=False)
        self._answers, answers = _spawn.Pipe(duplex=False)
        self._begun, self._ended = _spawn.RawValue(c_longlong, 0), 0
        arguments = (orders, answers, self._begun, self._mapping)
        self._process = _spawn.Process(target=_serve, args=arguments, daemon=True, name="reading")
        self._process.start()
        # Only the process has these ends from here on, so that its end is seen at the others.
        orders.close()
        answers.close()

    def _stop(self) -> int | None:
        if self._process is None:
            return None
        self._process.kill()
        self._process.join()
        exit_code = self._process.exitcode
        self._process = None
        self._orders.close()
        self._answers.close()
        return exit_code


# In the process itself


def _serve(orders: Connection, answers: Connection, begun: Any, mapping: Mapping[str, str]) -> None:
    """Read the sources that come by `orders`; batches of what they hold, with None behind each, go by `answers`."""
    look_for_cycles_rarely()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program that started this one
    sources: queue.SimpleQueue[Source] = queue.SimpleQueue()
    batches: queue.Queue[list[Found | None]] = queue.Queue(maxsize=BATCHES_AHEAD)
    threading.Thread(target=_receive, args=(orders, sources), daemon=True).start()
    threading.Thread(target=_send, args=(answers, batches), daemon=True).start()
    batch: list[Found | None] = []
    size = 0
    while True:
        if batch and sources.empty():
            batches.put(batch)
            batch, size = [], 0
        source = sources.get()
        begun.value += 1
        for found in prepare(source, mapping=mapping):
            batch.append(found)
            size += len(found.record.text) if isinstance(found, Prepared) else 0
            if len(batch) >= BATCH or size >= BATCH_SIZE:
                batches.put(batch)
                batch, size = [], 0
        batch.append(None)


def _receive(orders: Connection, sources: queue.SimpleQueue[Source]) -> None:
    """Until the program that started this one has ended, however that happened: then nobody wants to know more."""
    try:
        while True:
            sources.put(orders.recv())
    except (EOFError, OSError):
        os._exit(0)


def _send(answers: Connection, batches: queue.Queue[list[Found | None]]) -> None:
    try:
        while True:
            answers.send(batches.get())
    except (EOFError, OSError):
        os._exit(0)
