"""The line of exports in the browser, and the process that writes their files."""

from __future__ import annotations

from contextlib import suppress

from django.db import Error as DatabaseError

from . import export_files, export_limits, run_limits
from .lines import Line
from .models import ExportRun
from .run_limits import Refusal

LINE: Line[ExportRun] = Line("export", ExportRun.objects.all, command=("export_run",), log_of=export_files.log_of)


def begin(run: ExportRun) -> Refusal | None:
    """Put a new run into the line, or say why whose it is has to wait."""
    refusal = run_limits.begin(run, lambda user: export_limits.allowance(user).refusal)
    if refusal is None:
        with suppress(DatabaseError, OSError):  # it is begun all the same: who looks next sees to it then
            look_after()
    return refusal


def look_after() -> None:
    """End the runs that have lost their process, start the next one in line, remove files that nobody needs."""
    LINE.end_lost()
    if claimed := LINE.claim_next():
        _start(claimed)
    export_files.clear_up()


cancel, go_on = LINE.cancel, LINE.go_on


def _start(run: ExportRun) -> None:
    LINE.start(run, then=look_after)
