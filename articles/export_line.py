"""The line of exports in the browser, and the process that writes their files."""

from __future__ import annotations

from . import export_files, export_limits, run_limits
from .lines import Line
from .models import ExportRun
from .run_limits import Refusal

LINE: Line[ExportRun] = Line("export", ExportRun.objects.all, command=("export_run",), log_of=export_files.log_of)


def begin(run: ExportRun) -> Refusal | None:
    """Put a new run into the line, or say why whose it is has to wait."""
    return run_limits.begin(run, refusal_of=lambda user: export_limits.allowance(user).refusal, look_after=look_after)


def look_after() -> None:
    """End the runs that have lost their process, start the next one in line, remove files that nobody needs."""
    LINE.end_lost()
    if claimed := LINE.claim_next():
        _start(claimed)
    export_files.clear_up()


cancel, go_on = LINE.cancel, LINE.go_on


def _start(run: ExportRun) -> None:
    LINE.start(run, then=look_after)
