"""Imports on record: a row that says how far a run is, what failed and how it ended, while it goes and ever after."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager

from django.db import transaction
from django.utils import timezone

from .exports.records import BrokenOff, NotAnExport
from .extraction import NoPipeline
from .ingestion import Outcome, Result
from .lines import Cancelled, State, how_it_ended, process_name
from .models import ImportProblem, ImportRun, Why
from .patience import patiently

PAUSE = 1.0
"""Seconds between two times that a run is written down."""
NOTHING = Why()
"""Nothing went wrong."""

COUNTED = {
    Result.READ: ("inputs_read",),
    Result.ADDED: ("added",),
    Result.UPDATED: ("updated",),
    Result.UNCHANGED: ("unchanged",),
    Result.EXTRACTED: ("extracted",),
    Result.COMPLETED: ("extracted", "completed"),
    Result.FAILED: ("failed",),
    Result.PAUSED: (),
}
COUNTS = ("inputs", "inputs_read", "added", "updated", "unchanged", "to_extract", "extracted", "completed", "failed")


def begin(*, given: Sequence[str], mapping: Mapping[str, str]) -> ImportRun:
    """The run of a command on this machine, begun now."""
    return ImportRun.objects.create(
        given=list(given), mapping=dict(mapping), state=State.RUNNING, process=process_name()
    )


def go_on(run: ImportRun) -> None:
    """Begin with a run that waited, or once more with one that has ended early: what it counted, it counts again."""
    run.problems.all().delete()
    for name in COUNTS[1:]:
        setattr(run, name, 0)
    run.state, run.ended_at = State.RUNNING, None
    run.explain(NOTHING)
    run.process, run.seen_at = process_name(), timezone.now()
    run.save(update_fields=[*COUNTS[1:], "state", *NOTHING.columns, "ended_at", "process", "seen_at"])


@contextmanager
def on_record(outcomes: Generator[Outcome], run: ImportRun) -> Iterator[Iterator[Outcome]]:
    """Gives `outcomes`, and writes down about every second what `run` has come to, and at the end how it ended.

    That is how the block ended, be it in what is done with an outcome. They are closed in any case, with the
    processes that they come from. Raises Cancelled where somebody has asked for its end, and whatever ended it early.
    """
    record = _Record(run)
    try:
        with closing(outcomes):
            record.look()  # It may have been cancelled while its process started.
            yield map(record.passed, outcomes)
    except BaseException as error:
        record.end(*_ending(error))
        raise
    record.end(State.FINISHED)


def _ending(error: BaseException) -> tuple[State, Why]:
    if isinstance(error, NoPipeline | BrokenOff | NotAnExport):
        return State.STOPPED, Why(str(error))
    return how_it_ended(error)


class _Record:
    """Counts in memory, problems too, until it is time to write them down."""

    def __init__(self, run: ImportRun) -> None:
        self._run = run
        self._counts: Counter[str] = Counter()
        self._problems: list[ImportProblem] = []
        self._written_at = time.monotonic()

    def passed(self, outcome: Outcome) -> Outcome:
        """The same outcome. Raises Cancelled."""
        self._counts.update(COUNTED[outcome.result])
        if outcome.result is Result.FAILED:
            self._problems.append(
                ImportProblem(run=self._run, source=outcome.source[-1000:], reason=outcome.reason[:1000])
            )
        if outcome.result is Result.PAUSED or time.monotonic() - self._written_at > PAUSE:
            self._keep()
        return outcome

    def _keep(self) -> None:
        """Write down what has happened. Raises Cancelled."""
        patiently(self._write)
        self.look()

    def look(self) -> None:
        """Raises Cancelled where somebody has asked for the end."""
        if patiently(ImportRun.objects.is_cancelled, self._run):
            raise Cancelled

    def end(self, state: State, why: Why = NOTHING) -> None:
        self._run.state, self._run.ended_at = state, timezone.now()
        self._run.explain(why)
        patiently(self._write, ended=True)

    def _write(self, *, ended: bool = False) -> None:
        """The counts; how it ended only at the end, as others may have written that meanwhile."""
        run = self._run
        for name in {name for names in COUNTED.values() for name in names}:
            setattr(run, name, self._counts[name])
        run.seen_at = timezone.now()
        with transaction.atomic():
            run.save(update_fields=[*COUNTS, "seen_at", *(("state", *NOTHING.columns, "ended_at") if ended else ())])
            ImportProblem.objects.bulk_create(self._problems)
        self._problems, self._written_at = [], time.monotonic()
