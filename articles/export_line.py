"""The line of exports in the browser, and the process that writes their files."""

from __future__ import annotations

from . import export_files
from .lines import Line
from .models import ExportRun

LINE: Line[ExportRun] = Line("export", ExportRun.objects.all, command=("export_run",), log_of=export_files.log_of)


def look_after() -> None:
    """End the runs that have lost their process, start the next one in line, remove files that nobody needs."""
    LINE.end_lost()
    if claimed := LINE.claim_next():
        _start(claimed)
    export_files.clear_up()


cancel, go_on = LINE.cancel, LINE.go_on


def _start(run: ExportRun) -> None:
    LINE.start(run, then=look_after)
