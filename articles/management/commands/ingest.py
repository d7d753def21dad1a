"""manage.py ingest: files in, articles with their quotations out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error as DatabaseError
from django.utils import timezone

from ... import uploads
from ...extraction import NoPipeline
from ...importing import Source, UnreadableInput, checked, find_files
from ...ingestion import Outcome, Result, ingest
from ...models import ImportRun
from ._progress import progress

INTERRUPTED = 130
"""The exit code of a command that Ctrl-C ended, as shells give it."""


@dataclass
class Report:
    """The counts of a run, its failures, and why it ended early, if it did."""

    counts: Counter[Result] = field(default_factory=Counter)
    failures: list[Outcome] = field(default_factory=list)
    stopped: str = ""
    exit_code: int = 0

    def add(self, outcome: Outcome) -> None:
        self.counts[outcome.result] += 1
        if outcome.result is Result.FAILED:
            self.failures.append(outcome)
            self.exit_code = 1

    def stop(self, why: str, *, exit_code: int) -> None:
        self.stopped = f"{why} What is stored stays; the same command again goes on from there."
        self.exit_code = exit_code

    def in_words(self) -> str:
        shown = [result for result in Result if self.counts[result] or result is not Result.COMPLETED]
        return ", ".join(f"{result} {self.counts[result]:,}" for result in shown).capitalize()

    def as_json(self) -> str:
        counts = {result.value: self.counts[result] for result in Result}
        failures = [{"source": failure.source, "reason": failure.reason} for failure in self.failures]
        return json.dumps({**counts, "failures": failures, "stopped": self.stopped})


class Command(BaseCommand):
    help = (
        "Store articles from text files and find their quotations. Running it again adds nothing twice. "
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
            "--map",
            action="append",
            metavar="FIELD=NAME",
            default=[],
            help="the column or key of an article's field in tables and JSON: --map text=body --map title=headline",
        )
        parser.add_argument("--run", metavar="UID", help="read the files of an import that was begun in the browser")
        parser.add_argument("--quiet", action="store_true", help="no progress bar, and no report but what failed")
        parser.add_argument("--json", action="store_true", dest="as_json", help="the report as one JSON object")

    def handle(self, *args: Any, paths: list[str], quiet: bool, as_json: bool, **options: Any) -> None:
        if options["run"]:
            read_run(ImportRun.objects.get(uid=options["run"]))
            return
        mapping = named_columns(options["map"])
        report = Report()
        outcomes = progress(
            ingest(find_files(paths), mapping=mapping),
            unit="files",
            total=lambda: count(find_files(paths)),
            shown_on=None if quiet else self.stderr,
        )
        try:
            for outcome in outcomes:
                report.add(outcome)
        except KeyboardInterrupt:
            report.stop("Stopped before the end.", exit_code=INTERRUPTED)
        except NoPipeline as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            report.stop(f"The database failed ({' '.join(str(error).split())}).", exit_code=1)
        self.print(report, quiet=quiet, as_json=as_json)
        if report.exit_code:
            raise SystemExit(report.exit_code)

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


def read_run(run: ImportRun) -> None:
    """Read the files of `run` and keep its row."""
    run.problems.all().delete()
    run.added = run.unchanged = run.completed = run.failed = run.inputs_read = 0
    for outcome in ingest(uploads.sources_of(run), mapping=run.mapping):
        setattr(run, outcome.result, getattr(run, outcome.result) + 1)
        run.seen_at = timezone.now()
        run.save(update_fields=["added", "unchanged", "completed", "failed", "seen_at"])
        if outcome.result is Result.FAILED:
            run.problems.create(source=outcome.source, reason=outcome.reason)
        if ImportRun.objects.get(pk=run.pk).is_cancelled:
            run.state = ImportRun.State.CANCELLED
            break
    else:
        run.state = ImportRun.State.FINISHED
    run.ended_at = timezone.now()
    run.save(update_fields=["state", "ended_at"])


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
    return sum(1 for _ in found)
