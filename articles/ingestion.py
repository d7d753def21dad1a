"""Sources -> articles with their quotations, in two steps that can each be taken up again.

Articles are read and stored first, many at a time; then those that are pending have their quotations sought. A run
that is killed leaves whole articles, some of them pending, and the same run again does the rest.
"""

from __future__ import annotations

import enum
import time
from array import array
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from . import extraction, storing
from .importing import ArticleRecord, Source, UnreadableInput
from .importing.ahead import ReadingProcess
from .importing.preparing import Prepared, prepare
from .models import Article, ImportRun
from .patience import patiently
from .storing import Defer, Stored, stored_source_name

BATCH = 200
"""Articles stored in one transaction, or fewer that have BATCH_SIZE code points together, or came in LONGEST_WAIT."""
BATCH_SIZE = 2_000_000
LONGEST_WAIT = 2.0
"""Seconds: what has been read longer ago is stored with the next that is read, though there is little of it."""

CHUNK = 100
"""Pending articles fetched at once."""

Found = Prepared | UnreadableInput | Source | None
Given = Source | UnreadableInput | None


class Result(enum.StrEnum):
    READ = "read"
    """An input, which may hold many articles, was read to its end."""
    ADDED = "added"
    UPDATED = "updated"
    """A new version of an article that is known by its URL, or annotations for one that had none."""
    UNCHANGED = "unchanged"
    EXTRACTED = "extracted"
    """Its quotations were sought."""
    COMPLETED = "completed"
    """The same, of an article that an earlier run had left pending."""
    FAILED = "failed"
    PAUSED = "paused"
    """All that came before a pause among the sources is done."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input, or of one article in it; `reason` is one line, and empty unless it failed."""

    source: str
    result: Result
    reason: str = ""


def ingest(
    sources: Iterable[Given],
    *,
    run: ImportRun,
    mapping: Mapping[str, str] | None = None,
    processes: int | None = None,
    defer: Defer | None = None,
) -> Generator[Outcome]:
    """Store the articles of `sources`, of which each may hold many, find their quotations, and yield what happens.

    None among the sources stands for a pause: what came before it is stored and extracted. `mapping` names the
    columns or keys of an article's fields in tables and JSON: {"text": "body"}. `processes` is how many seek
    quotations, by default what the settings say, beside another one that reads; with 0 it all happens in this one.
    `defer` takes the ids of pending articles instead, new and known ones, as soon as they are stored.

    An article whose quotations cannot be found is stored all the same, and yielded as failed after that. Raises a
    DatabaseError where the database, not an input, is at fault, and extraction.NoPipeline where no text can be read;
    then what is stored is pending.
    """
    number = settings.NEWSROOM_PROCESSES if processes is None else processes
    intake = _Intake(run, defer)
    with closing(_read(sources, mapping=mapping, ahead=number > 0)) as found:
        for one in found:
            yield from intake.take(one)
            if one is None:
                yield from intake.extract(processes=number)
                yield Outcome("", Result.PAUSED)
        yield from intake.store()
        yield from intake.extract(processes=number)


def _read(sources: Iterable[Given], *, mapping: Mapping[str, str] | None, ahead: bool) -> Generator[Found]:
    """What the sources hold; each source, or what is none, itself behind that."""
    if ahead:
        with ReadingProcess(mapping=mapping) as process:
            yield from process.read(sources)
        return
    for source in sources:
        if isinstance(source, Source):
            yield from prepare(source, mapping=mapping)
        yield source


class _Intake:
    """What has been read and is not stored yet, and which stored articles are pending."""

    def __init__(self, run: ImportRun, defer: Defer | None) -> None:
        self._run, self._defer, self._began_at = run, defer, timezone.now()
        self._batch_began_at = self._began_at
        self._counted: set[int] = set()
        """Of the batch in hand, the articles that were told as added or updated."""
        self._batch: list[Prepared] = []
        self._size, self._since = 0, 0.0
        self._pending = array("q")
        self._known_pending: set[int] = set()
        """Those among them that were stored before, which may come again."""

    def take(self, found: Found) -> Iterator[Outcome]:
        if isinstance(found, Prepared):
            self._since = self._since if self._batch else time.monotonic()
            self._batch.append(found)
            self._size += len(found.record.text)
        elif isinstance(found, UnreadableInput):
            yield Outcome(found.source, Result.FAILED, found.reason)
        elif isinstance(found, Source):
            yield Outcome(found.name, Result.READ)
        if found is None or self._is_full:
            yield from self.store()

    @property
    def _is_full(self) -> bool:
        waits = bool(self._batch) and time.monotonic() - self._since > LONGEST_WAIT
        return waits or len(self._batch) >= BATCH or self._size >= BATCH_SIZE

    def store(self) -> Iterator[Outcome]:
        """Store what has been read, in one transaction."""
        batch, self._batch, self._size = self._batch, [], 0
        self._batch_began_at = timezone.now()
        self._counted.clear()
        if batch:
            for stored in patiently(storing.store, batch, run=self._run, defer=self._defer):
                yield self._outcome(stored)

    def _outcome(self, stored: Stored) -> Outcome:
        name, article = stored.record.source_name, stored.article
        if article is None or stored.failure:
            return Outcome(name, Result.FAILED, stored.failure)
        if article.is_pending and not self._defer:
            self._seek(stored, article)
        is_updated = stored.former is not None or bool(stored.annotations)
        if stored.is_known and not is_updated:
            if not self._was_brought_before(stored.record, article):
                return Outcome(name, Result.UNCHANGED)
            is_updated = article.version > 1 and article.former_texts.exists()
        self._counted.add(article.pk)
        return Outcome(name, Result.UPDATED if is_updated else Result.ADDED)

    def _was_brought_before(self, record: ArticleRecord, article: Article) -> bool:
        """Whether this run added or renewed just this one and it was not counted yet.

        So it is in a run that goes on after it was stopped, and where the database kept a batch and then failed.
        """
        is_ours = (article.import_run_id, article.source_name) == (self._run.pk, stored_source_name(record))
        is_told = article.pk in self._counted or self._began_at <= article.imported_at < self._batch_began_at
        return is_ours and not is_told

    def _seek(self, stored: Stored, article: Article) -> None:
        """Have its quotations sought, once however often the text comes."""
        if stored.is_known:
            is_of_now = article.import_run_id == self._run.pk and article.imported_at >= self._began_at
            if article.pk in self._known_pending or (is_of_now and article.imported_at < self._batch_began_at):
                return
            self._known_pending.add(article.pk)
        self._pending.append(article.pk)

    def extract(self, *, processes: int) -> Iterator[Outcome]:
        """Seek the quotations of what is pending of all that was stored."""
        self._run.to_extract += len(self._pending)
        for extracted in extraction.extract_all(self._articles(), processes=processes):
            article = extracted.article
            name = article.source_name or article.title
            if extracted.failure:
                self._run.to_extract -= 1  # so that what is extracted comes up to it
                reason = f"stored, but its quotations could not be found ({extracted.failure}); it is set aside"
                yield Outcome(name, Result.FAILED, f"{reason} until manage.py extract --set-aside")
            else:
                is_own = article.import_run_id == self._run.pk
                yield Outcome(name, Result.EXTRACTED if is_own else Result.COMPLETED)
        self._pending = array("q")

    def _articles(self) -> Iterator[Article]:
        for start in range(0, len(self._pending), CHUNK):
            numbers = self._pending[start : start + CHUNK]
            yield from patiently(list, Article.objects.pending().numbered(numbers).order_by("pk"))
