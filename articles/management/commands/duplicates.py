"""manage.py duplicates: find speakers that may be one, for editors to decide on."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from time import perf_counter
from typing import Any

from django.core.management.base import CommandParser

from ...duplicates import find, hear, keep, named
from ...models import Speaker
from ._progress import Bars
from ._tables import TablesCommand


@dataclass
class Report:
    speakers: int
    pairs: int
    new: int
    dropped: int
    seconds: float


class Command(TablesCommand):
    help = (
        "Compare the names of all speakers that are shown, and list those that may be one at /speakers/duplicates/. "
        "What somebody has told apart is not offered again. It changes no speaker, may be stopped and run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="no progress bar and no report")
        parser.add_argument("--json", action="store_true", dest="as_json", help="the report as one JSON object")

    def handle(self, *args: Any, quiet: bool, as_json: bool, **options: Any) -> None:
        began = perf_counter()
        hear()
        speakers = named(Speaker.objects.visible().with_aliases().order_by("pk"))
        with Bars(shown_on=None if quiet else self.stderr) as bars:
            bars.show("blocks", total=lambda: 0)
            found = find(speakers, passed=lambda number: bars.tick())
        new, dropped = keep(found)
        report = Report(len(speakers), len(found), new, dropped, round(perf_counter() - began, 1))
        if as_json:
            self.stdout.write(json.dumps(asdict(report)))
        elif not quiet:
            self.stdout.write(
                f"Compared {report.speakers:,} speakers in {report.seconds} s: {report.pairs:,} pairs may be one, "
                f"{report.new:,} of them new; {report.dropped:,} are not alike any more"
            )
