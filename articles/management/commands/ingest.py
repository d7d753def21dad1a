"""manage.py ingest: files in, articles with their quotations out."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Generator, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.management.base import CommandError, CommandParser
from django.db import Error as DatabaseError

from ... import import_line, queue, runs, uploads
from ...extraction import NoPipeline
from ...importing import SETTLED_FOR, Source, UnreadableInput, checked, find_files, printable, watch
from ...ingestion import Given, Outcome, Result, ingest
from ...lines import Cancelled
from ...models import ImportRun
from ...processes import look_for_cycles_rarely
from ...storing import Defer
from ...watched_files import WatchedFiles
from ._ending import ENDED, told_to_end, why_ended
from ._processes import add_processes
from ._progress import Bars
from ._tables import TablesCommand

SHOWN = (Result.ADDED, Result.UPDATED, Result.UNCHANGED, Result.COMPLETED, Result.FAILED)
ALWAYS_SHOWN = (Result.ADDED, Result.UNCHANGED, Result.FAILED)


@dataclass
class Report:
    """The counts of a run, its failures, and why it ended early, if it did."""

    counts: Counter[Result] = field(default_factory=Counter)
    failures: list[Outcome] = field(default_factory=list)
    keeps_failures: bool = True
    """False where they are told as they come, for as long as a folder is watched."""
    stopped: str = ""
    exit_code: int = 0

    def add(self, outcome: Outcome) -> None:
        self.counts[outcome.result] += 1
        if outcome.result is Result.FAILED and self.keeps_failures:
            self.failures.append(outcome)
            self.exit_code = 1

    def stop(self, why: str, *, exit_code: int) -> None:
        self.stopped = f"{why} What is stored stays; the same command again goes on from there."
        self.exit_code = exit_code

    def in_words(self) -> str:
        shown = [result for result in SHOWN if self.counts[result] or result in ALWAYS_SHOWN]
        return ", ".join(f"{result} {self.counts[result]:,}" for result in shown).capitalize()

    def as_json(self) -> str:
        counts = {result.value: self.counts[result] for result in Result if result is not Result.PAUSED}
        failures = [{"source": failure.source, "reason": failure.reason} for failure in self.failures]
        return json.dumps({**counts, "failures": failures, "stopped": self.stopped})


class Command(TablesCommand):
    help = (
        "Store articles from files of many kinds and find their quotations. Running it again adds nothing twice. "
        "Exit code 1 when anything failed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths",
            nargs="*",
            metavar="PATH",
            help="a file, a folder, a pattern (news/**/*.txt) or - (standard input)",
        )
        parser.add_argument(
            "--watch",
            metavar="FOLDER",
            help="take files as they arrive in this folder, until it is told to end (Ctrl-C, SIGTERM); nothing is "
            "moved, and what was taken is known when it is started again",
        )
        parser.add_argument(
            "--settled-for",
            type=float,
            metavar="SECONDS",
            default=SETTLED_FOR,
            help="with --watch: how long a file's size and time have to stand still (default: %(default)s)",
        )
        parser.add_argument(
            "--run", type=UUID, metavar="UID", help="read the files of an import that was begun in the browser"
        )
        parser.add_argument(
            "--map",
            action="append",
            metavar="FIELD=NAME",
            default=[],
            help="the column or key of an article's field in tables and JSON: --map text=body --map title=headline",
        )
        add_processes(parser)
        parser.add_argument(
            "--defer",
            action="store_true",
            help="store the articles and leave their quotations to the workers (manage.py worker); needs PostgreSQL",
        )
        parser.add_argument("--quiet", action="store_true", help="no progress bar, and no report but what failed")
        parser.add_argument("--json", action="store_true", dest="as_json", help="the report as one JSON object")

    def handle(self, *args: Any, paths: list[str], quiet: bool, as_json: bool, **options: Any) -> None:
        if sum(bool(way) for way in (paths, options["watch"], options["run"])) != 1:
            raise CommandError(
                "Give at least one PATH (a file, a folder, a pattern, or - for standard input), or --watch, or --run."
            )
        mapping = named_columns(options["map"])
        defer = deferring() if options["defer"] else None
        until = threading.Event() if options["watch"] else None
        if until:
            run = runs.begin(given=[printable(options["watch"])], mapping=mapping)
            settled_for = options["settled_for"]
            sources: Iterable[Given] = watch(
                options["watch"], taken=WatchedFiles(), until=until, settled_for=settled_for
            )
        elif options["run"]:
            run = begun_in_browser(options["run"])
            mapping, sources = run.mapping, uploads.sources_of(run)
        else:
            run = runs.begin(given=list(map(printable, paths)), mapping=mapping)
            sources = find_files(paths)
        outcomes = ingest(sources, run=run, mapping=mapping, processes=options["processes"], defer=defer)
        look_for_cycles_rarely()
        report = Report(keeps_failures=not until)
        self.follow(outcomes, report, run=run, paths=paths, until=until, quiet=quiet)
        self.print(report, quiet=quiet, as_json=as_json)
        if options["run"]:
            with suppress(DatabaseError):  # who looks next sees to it then
                import_line.look_after()
        if report.exit_code:
            raise SystemExit(report.exit_code)

    def follow(
        self,
        outcomes: Generator[Outcome],
        report: Report,
        *,
        run: ImportRun,
        paths: list[str],
        until: threading.Event | None,
        quiet: bool,
    ) -> None:
        """Count what happens until the end, whatever brings that about."""
        try:
            shown_on = None if quiet or until else self.stderr
            with told_to_end(until), Bars(shown_on=shown_on) as bars, runs.on_record(outcomes, run) as passing:
                if until and not quiet:
                    self.stderr.write(f"Watching {run.given[0]}; Ctrl-C ends it.")
                bars.show("files", total=lambda: count(find_files(paths)))
                for outcome in passing:
                    report.add(outcome)
                    if not report.keeps_failures and outcome.result in SHOWN:
                        if outcome.reason or not quiet:
                            self.stderr.write(f"{outcome.source}: {outcome.reason or outcome.result}")
                    elif outcome.result in (Result.EXTRACTED, Result.COMPLETED):
                        bars.show("articles", total=lambda: run.to_extract)
                        bars.tick()
                    elif outcome.result is Result.READ:
                        bars.tick()
        except Cancelled:
            report.stop("Cancelled.", exit_code=1)
        except ENDED as error:
            why, exit_code = why_ended(error)
            report.stop(why, exit_code=exit_code)
        except NoPipeline as error:
            report.stop(f"Quotations cannot be sought: {error}", exit_code=1)
        except DatabaseError as error:
            report.stop(f"The database failed ({' '.join(str(error).split())}).", exit_code=1)

    def print(self, report: Report, *, quiet: bool, as_json: bool) -> None:
        if as_json:
            self.stdout.write(report.as_json())
            return
        if not quiet:
            self.stdout.write(report.in_words())
            self.stdout.flush()
        for failure in report.failures:
            self.stderr.write(f"{failure.source}: {failure.reason}")
        if report.stopped:
            self.stderr.write(report.stopped)


def begun_in_browser(uid: UUID) -> ImportRun:
    """The run with that `uid`, put on record as going on here. Raises CommandError where there is none to be read."""
    run = ImportRun.objects.with_uid(uid)
    if run is None or not uploads.are_here(run):
        raise CommandError(f"There is no import {uid} whose files are here.")
    runs.go_on(run)
    return run


def deferring() -> Defer:
    """What puts articles on the queue. Raises CommandError where there is none."""
    try:
        queue.demand()
    except queue.NoQueue as error:
        raise CommandError(str(error)) from error
    return queue.defer_stored


def named_columns(pairs: list[str]) -> dict[str, str]:
    """{"text": "body"} of ["text=body"]. Raises CommandError for a pair that is none, or a field no article has."""
    for pair in pairs:
        if not all(pair.partition("=")):
            raise CommandError(f"--map {pair}: expected FIELD=NAME, as in text=body")
    try:
        return dict(checked(dict(pair.split("=", 1) for pair in pairs)))
    except ValueError as error:
        raise CommandError(f"--map: {error}") from error


def count(found: Iterable[Source | UnreadableInput]) -> int:
    return sum(isinstance(one, Source) for one in found)
