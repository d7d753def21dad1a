"""Imports in the browser stand in one line: one runs, in a process of its own, the others wait.

Whoever looks sees to it: the thread that waits for the process to end, and each view of a page of imports. So an
import goes on when its page is closed, and the line moves on when the web server was started anew.
"""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.utils import timezone

from . import uploads
from .models import ImportRun

logger = logging.getLogger(__name__)

SILENCE = timedelta(minutes=5)
"""After which a run counts as stopped whose process cannot be looked at from here."""
START = timedelta(minutes=1)
"""In which a process has to be started, once it is a run's turn."""

State = ImportRun.State


def look_after() -> None:
    """End the runs that have lost their process, start the next one in line, remove files that nobody needs."""
    for run in ImportRun.objects.open():
        if run.state == State.RUNNING and (why := _what_happened_to(run)):
            _end(run, why)
    if claimed := _claim_next():
        _start(claimed)
    uploads.clear_up()


def cancel(run: ImportRun) -> None:
    """Take `run` out of the line, or tell its process to end; a run that was stopped is given up."""
    if run.state == State.RUNNING:
        ImportRun.objects.turn(run, State.RUNNING, is_cancelled=True)
    elif run.state in (State.WAITING, State.STOPPED):
        ImportRun.objects.turn(run, State.CANCELLED, ended_at=timezone.now(), why="")


def go_on(run: ImportRun) -> None:
    """Put a run that was stopped into the line again."""
    if run.state == State.STOPPED:
        ImportRun.objects.turn(run, State.WAITING, ended_at=None, is_cancelled=False)


def can_go_on(run: ImportRun) -> bool:
    return run.state == State.STOPPED and uploads.are_here(run)


def _claim_next() -> ImportRun | None:
    """The run whose turn it is, now this process's to start; None where one is running or none waits.

    Two web processes cannot claim one run, nor two runs at once: the line is locked while they look.
    """
    line = ImportRun.objects.open().of_people()
    if _next_in(line) is None:  # as nearly always: nothing is locked for it
        return None
    with transaction.atomic():
        run = _next_in(line.select_for_update())
        now = timezone.now()
        if run and ImportRun.objects.turn(run, State.RUNNING, started_at=now, seen_at=now, process="", why=""):
            run.refresh_from_db()
            return run
    return None


def _next_in(line: Iterable[ImportRun]) -> ImportRun | None:
    """The first run that waits and whose files are here; none where one is running."""
    runs = list(line)
    if any(run.state == State.RUNNING for run in runs):
        return None
    return next(filter(uploads.are_here, runs), None)


def _start(run: ImportRun) -> None:
    """Start the process that reads the run's files; it outlives this one and whoever is at the other end."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "ingest", "--run", str(run.uid)]
    try:
        with uploads.log_of(run).open("ab") as log:
            process = subprocess.Popen(  # noqa: S603 - nothing in it comes from outside
                command,
                cwd=settings.BASE_DIR,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
    except OSError as error:
        _end(run, f"Its process could not be started ({error}).")
        return
    ImportRun.objects.turn(run, State.RUNNING, process=f"{socket.gethostname()} {process.pid}")
    threading.Thread(target=_watch, args=(process,), name=f"import {run.uid}", daemon=True).start()


def _watch(process: subprocess.Popen[bytes]) -> None:
    """Wait for the end of `process`, and see to what comes next."""
    process.wait()
    try:
        look_after()
    except DatabaseError:
        logger.warning("The database failed after an import; the next view of a page of imports looks again.")
    finally:
        connection.close()


def _end(run: ImportRun, why: str) -> None:
    state = State.CANCELLED if run.is_cancelled else State.STOPPED
    why = "" if run.is_cancelled else f"{why} {_last_words(run)}".strip()
    ImportRun.objects.turn(run, state, why=why[:500], ended_at=timezone.now())


def _what_happened_to(run: ImportRun) -> str:
    """What is known of the process of a running run that is not there any more; empty where it goes on."""
    silent_for = timezone.now() - run.seen_at
    host, _, number = run.process.rpartition(" ")
    if not host:
        return "Its process was not started." if silent_for > START else ""
    if host == socket.gethostname() and number.isdecimal():
        if not _is_alive(int(number)):
            return "Its process has ended before it was done."
        # The number may be another process's by now; whoever waits for the end of a cancelled run finds out.
        silent_for = silent_for if run.is_cancelled else timedelta(0)
    return f"Nothing was heard of its process on {host} for a while." if silent_for > SILENCE else ""


def _is_alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _last_words(run: ImportRun) -> str:
    """The last line that its process has printed, where it is here; code in a warning or a trace is indented."""
    with suppress(OSError):
        lines = uploads.log_of(run).read_text("utf-8", "replace").splitlines()
        return next((line for line in reversed(lines) if line.strip() and not line[0].isspace()), "")
    return ""
