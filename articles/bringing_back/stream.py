"""The records of a file, one after the other, into the database in batches that can be told apart."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from itertools import chain
from typing import Any

from .. import runs
from ..exports.checking import checked_head
from ..exports.records import BrokenOff, NotAnExport, Records
from ..exports.whole import Ending
from ..ingestion import Outcome, Result
from ..models import ImportRun
from . import checking
from .accounts import Accounts
from .acts import Acts
from .articles import Articles, Brought
from .checking import CheckedArticle
from .report import Report, shown
from .speakers import Problem, Speakers
from .values import Record

ARTICLES = 100
"""Articles stored in one transaction, or fewer that have MOST_TEXT code points together."""
MOST_TEXT = 2_000_000
SPEAKERS = 500
ACTS = 200
MOST_SHOWN = 300
"""Characters of a reason, which may quote what the file has."""
MOST_CHANGES = 5_000
"""Of acts that are stored in one transaction, or of one act."""


def bring_back(
    records: Records,
    *,
    source: str,
    told: Callable[[Outcome], None] = lambda outcome: None,
    as_strangers: bool = False,
) -> Report:
    """Store what `records` hold and the database lacks, in batches; what is there already stays as it is.

    `source` is what they are read from, as people know it; `told` is called with what became of each article, and of
    each other record that failed; `as_strangers` attributes nothing to accounts that are here. All that came in is
    one import on record. Raises NotAnExport, with nothing written, where it begins with no head or with one of a
    later version; where it ends before its end, the report says so.
    """
    head = checked_head(next(records, None))
    report = Report()
    run = runs.begin(given=[source], mapping={})
    bringing = BringingBack(run, report, source=source, as_strangers=as_strangers)
    try:
        with runs.on_record(bringing.outcomes(chain([head], records)), run) as outcomes:
            for outcome in outcomes:
                told(outcome)
    except (BrokenOff, NotAnExport) as error:
        report.stopped = str(error)
    return report


class BringingBack:
    """What was read and is not stored yet."""

    def __init__(self, run: ImportRun, report: Report, *, source: str, as_strangers: bool) -> None:
        self._report, self._source = report, source
        self._accounts = Accounts(report, as_strangers=as_strangers)
        self._speakers = Speakers(report)
        self._articles = Articles(run, speakers=self._speakers, accounts=self._accounts)
        self._acts = Acts(report, articles=self._articles, speakers=self._speakers, accounts=self._accounts)
        self._batch_of_speakers: list[Record] = []
        self._batch: list[CheckedArticle] = []
        self._size = 0
        self._batch_of_acts: list[Record] = []
        self._changes = 0

    def outcomes(self, records: Records) -> Generator[Outcome]:
        """What becomes of each. Raises BrokenOff and NotAnExport at the end, with all stored that could be."""
        ending = Ending()
        stopped: BrokenOff | NotAnExport | None = None
        while True:
            try:
                record = next(records, None)
                if record is None:
                    ending.check()
                    break
                yield from self._take(ending.passing(record))
            except NotAnExport as problem:
                # One bad line; what reads may go on behind it, and has no more to give where it cannot.
                self._report.articles.failed += 1
                yield self._failed("", str(problem))
            except BrokenOff as problem:
                stopped = problem
                break
        yield from self._store_all()
        if stopped:
            raise stopped
        yield Outcome(self._source, Result.READ)

    def _take(self, record: Any) -> Iterator[Outcome]:
        match record["record"]:
            case "speaker":
                self._batch_of_speakers.append(record)
                if len(self._batch_of_speakers) >= SPEAKERS:
                    yield from self._store_speakers()
            case "article":
                yield from self._take_article(record)
            case "act":
                self._batch_of_acts.append(record)
                changes = record.get("changes")
                self._changes += len(changes) if isinstance(changes, list) else 0
                if len(self._batch_of_acts) >= ACTS or self._changes >= MOST_CHANGES:
                    yield from self._store_all()
            case "head" | "end":
                pass
            case kind:
                self._report.articles.failed += 1
                yield self._failed("", f"a record of a kind that is not known: {kind}")

    def _take_article(self, record: Record) -> Iterator[Outcome]:
        try:
            checked = checking.article(record, source=self._source)
        except ValueError as problem:
            self._report.articles.failed += 1
            yield self._failed(checking.place_of(record), str(problem))
            return
        self._batch.append(checked)
        self._size += len(checked.article.text)
        if len(self._batch) >= ARTICLES or self._size >= MOST_TEXT:
            yield from self._store_articles()

    def _store_speakers(self) -> Iterator[Outcome]:
        batch, self._batch_of_speakers = self._batch_of_speakers, []
        if batch:
            yield from self._all_failed(self._speakers.bring(batch))

    def _store_articles(self) -> Iterator[Outcome]:
        yield from self._store_speakers()
        batch, self._batch, self._size = self._batch, [], 0
        if not batch:
            return
        found = self._articles.bring(batch)
        self._acts.knows([one.checked.outlet for one in found if one.checked.outlet and one.number])
        for one in found:
            yield from self._became(one)

    def _store_all(self) -> Iterator[Outcome]:
        yield from self._store_articles()
        batch, self._batch_of_acts, self._changes = self._batch_of_acts, [], 0
        if batch:
            yield from self._all_failed(self._acts.bring(batch))

    def _became(self, one: Brought) -> Iterator[Outcome]:
        """What became of an article, and of quotations in it that could not be brought."""
        articles, quotations = self._report.articles, self._report.quotations
        place = one.checked.place
        if one.failure:
            articles.failed += 1
            yield self._failed(place, one.failure)
            return
        if not one.is_new:
            articles.there += 1
            quotations.there += len(one.checked.quotations)
            yield Outcome(self._source, Result.UNCHANGED)
            return
        articles.added += 1
        quotations.added += len(one.checked.quotations) - len(one.elsewhere)
        quotations.there += len(one.elsewhere)
        for uid in one.elsewhere:
            self._report.note(shown(f"{place}: quotation {uid} is there already, in another article"))
        for note in one.checked.notes:
            self._report.note(shown(f"{place}: {note}"))
        yield Outcome(self._source, Result.ADDED)
        for problem in one.checked.problems:
            quotations.failed += 1
            yield self._failed(place, problem)

    def _all_failed(self, problems: Sequence[Problem]) -> Iterator[Outcome]:
        return (self._failed(place, reason) for place, reason in problems)

    def _failed(self, place: str, reason: str) -> Outcome:
        where = ", ".join(filter(None, [self._source, place]))
        return Outcome(shown(where), Result.FAILED, shown(reason[:MOST_SHOWN]))
