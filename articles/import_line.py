"""The line of imports in the browser, and the process that reads their files."""

from __future__ import annotations

from . import run_limits, upload_limits, uploads
from .lines import Line, State
from .models import ImportRun
from .run_limits import Refusal

LINE: Line[ImportRun] = Line(
    "import",
    ImportRun.objects.all,
    command=("ingest", "--run"),
    log_of=uploads.log_of,
    can_run_here=uploads.are_here,
)


def begin(run: ImportRun) -> Refusal | None:
    """Put a new run of somebody's into the line, with its files in their folder; or say why they have to wait."""
    return run_limits.begin(run, refusal_of=upload_limits.too_often, look_after=look_after)


def look_after() -> None:
    """End the runs that have lost their process, start the next one in line, remove files that nobody needs."""
    LINE.end_lost()
    if claimed := LINE.claim_next():
        _start(claimed)
    uploads.clear_up()


cancel, go_on = LINE.cancel, LINE.go_on


def can_go_on(run: ImportRun) -> bool:
    return run.state == State.STOPPED and uploads.are_here(run)


def _start(run: ImportRun) -> None:
    LINE.start(run, then=look_after)
