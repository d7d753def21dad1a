"""manage.py bring_back: what was exported comes back into a database."""

from __future__ import annotations

import json
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import CommandError, CommandParser
from django.db import Error as DatabaseError

from ... import bringing_back
from ...exports import formats
from ...exports.records import BrokenOff, NotAnExport
from ...importing import printable
from ...ingestion import Outcome, Result
from ...processes import look_for_cycles_rarely
from ._ending import ENDED, told_to_end, why_ended
from ._progress import Bars
from ._tables import TablesCommand

LEFT = "what came in stays, and the same command again goes on from there"


class Command(TablesCommand):
    help = (
        "Bring back articles, quotations, speakers, stories and history from a file that `export` wrote. What is "
        "there already is left as it is, so the same command again does what was left. Exit code 1 when anything "
        "failed, or the file ends before its end."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--format", metavar="NAME", help=f"{', '.join(formats.FORMATS)} (default: told by its content)"
        )
        parser.add_argument(
            "--as-strangers",
            action="store_true",
            help="attribute nothing to people who have accounts here: who is called as one of them gets another one",
        )
        parser.add_argument("--quiet", action="store_true", help="no progress bar, and no report but what failed")
        parser.add_argument("--json", action="store_true", dest="as_json", help="the report as one JSON object")

    def handle(self, *args: Any, file: Path, quiet: bool, as_json: bool, **options: Any) -> None:
        look_for_cycles_rarely()
        try:
            with file.open("rb") as stream, told_to_end(), Bars(shown_on=None if quiet else self.stderr) as bars:
                report = self.bring_back(stream, file, bars, options)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror or error}") from error
        except (NotAnExport, BrokenOff, formats.NoFormat) as error:
            raise CommandError(f"{file}: {error}; nothing was brought back") from error
        except ENDED as error:
            why, exit_code = why_ended(error)
            self.leave(why.rstrip("."), exit_code)
        except DatabaseError as error:
            raise CommandError(f"The database failed ({' '.join(str(error).split())}); {LEFT}") from error
        self.print(report, file, quiet=quiet, as_json=as_json)
        if not report.is_faultless:
            raise SystemExit(1)

    def bring_back(self, stream: BinaryIO, file: Path, bars: Bars, options: dict[str, Any]) -> bringing_back.Report:
        name = options["format"]
        form = formats.told_by(stream) if name is None else formats.named(name)

        def told(outcome: Outcome) -> None:
            if outcome.reason:
                self.stderr.write(f"{outcome.source}: {outcome.reason}")
            if outcome.result in (Result.ADDED, Result.UNCHANGED):
                bars.tick()

        records = form.module.read(stream)
        head: Any = next(records, None)
        if isinstance(head, dict) and isinstance(head.get("articles"), int):
            bars.show("articles", total=lambda: head["articles"])
        return bringing_back.bring_back(
            chain([head], records),
            source=printable(file.name),
            told=told,
            as_strangers=options["as_strangers"],
        )

    def leave(self, why: str, exit_code: int) -> None:
        self.stderr.write(f"{why}; {LEFT}")
        raise SystemExit(exit_code)

    def print(self, report: bringing_back.Report, file: Path, *, quiet: bool, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(report.as_json()))
        elif not quiet:
            self.stdout.write("\n".join(report.in_words()))
        if report.stopped:
            came = f"{report.articles.added:,} articles came in, {report.articles.there:,} were there"
            self.stderr.write(f"{file}: not the whole of an export: {report.stopped}. {came}.")
        for note in () if quiet else report.notes:
            self.stderr.write(note)
