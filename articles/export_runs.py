"""Writing the file of an export that was begun in the browser, on record: how far it is, and how it ended."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Generator
from contextlib import closing
from types import TracebackType
from typing import cast

from django.db import Error as DatabaseError
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_noop

from . import export_files, gathering
from .exports.formats import FORMATS
from .exports.records import Record, Records
from .lines import Cancelled, State, how_it_ended, process_name
from .models import ExportRun, Why
from .patience import patiently

PAUSE = 1.0
"""Seconds between two times that a run is written down."""

COUNTS = ("articles", "articles_written", "quotations", "quotations_written")


class NotWhole(Exception):
    """What writes a format has left off before the last record."""


def write(run: ExportRun) -> None:
    """Write the file of `run` from its beginning. Raises Cancelled, or whatever else ended it early."""
    try:
        _begin(run)
        with export_files.being_written(run) as out, _OnRecord(run) as record:
            gathered = cast("Generator[Record]", gathering.records(_selection(run), address=run.site))
            with closing(gathered) as records:
                FORMATS[run.format].module.write(record.follow(records), out)
            record.demand_whole()
        _finish(run)
    except BaseException as error:
        run.state, why = _ending(error)
        run.ended_at = timezone.now()
        run.explain(why)
        patiently(run.save, update_fields=[*COUNTS, "state", "ended_at", *why.columns])
        raise


def _begin(run: ExportRun) -> None:
    """Begin, maybe once more after an early end: what it counted, it counts again."""
    run.articles = run.quotations = None
    run.articles_written = run.quotations_written = 0
    run.state, run.process, run.seen_at = State.RUNNING, process_name(), timezone.now()
    run.save(update_fields=[*COUNTS, "state", "process", "seen_at"])
    if run.is_cancelled:
        raise Cancelled


def _selection(run: ExportRun) -> gathering.Selection:
    return gathering.Selection(
        "articles" if run.of == ExportRun.Of.ARTICLES else "quotations", run.query, with_rejected=run.with_rejected
    )


def _finish(run: ExportRun) -> None:
    """The file is whole and has its name: say so, with what tells it from any other."""
    path = export_files.file_of(run)
    with path.open("rb") as file:
        run.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    run.size, run.state, run.ended_at = path.stat().st_size, State.FINISHED, timezone.now()
    run.expires_at = run.ended_at + export_files.KEPT
    patiently(run.save, update_fields=[*COUNTS, "size", "sha256", "state", "ended_at", "expires_at"])


def _ending(error: BaseException) -> tuple[State, Why]:
    if isinstance(error, OSError):
        said = gettext_noop("The file could not be written (%(what)s).")
        return State.STOPPED, Why(said, {"what": error.strerror or error})
    return how_it_ended(error)


class _OnRecord:
    """Counts the records that pass, while a thread writes down about every second how many they are.

    It is another thread's to do, as the connection of this one only reads until the last record is taken.
    """

    def __init__(self, run: ExportRun) -> None:
        self._run = run
        self._is_over = threading.Event()
        self._ended_by: Exception | None = None
        self._is_whole = False
        self._thread = threading.Thread(target=self._keep, name=f"record of {run.uid}", daemon=True)

    def __enter__(self) -> _OnRecord:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._is_over.set()
        self._thread.join()

    def follow(self, records: Records) -> Records:
        """The same records. Raises Cancelled where somebody has asked for the end, or what the database did."""
        run = self._run
        for record in records:
            if self._ended_by:
                raise self._ended_by
            if record["record"] == "head":
                run.articles, run.quotations = record["articles"], record["quotations"]
            elif record["record"] == "article":
                run.articles_written += 1
                run.quotations_written += len(record["quotations"])
            elif record["record"] == "end":
                self._is_whole = True
            yield record

    def demand_whole(self) -> None:
        if not self._is_whole:
            raise NotWhole("not all records were written")

    def _keep(self) -> None:
        try:
            while not self._is_over.wait(PAUSE):
                patiently(self._write)
                if patiently(ExportRun.objects.is_cancelled, self._run):
                    raise Cancelled
        except (Cancelled, DatabaseError) as error:
            self._ended_by = error
        finally:
            connection.close()

    def _write(self) -> None:
        self._run.seen_at = timezone.now()
        self._run.save(update_fields=[*COUNTS, "seen_at"])
