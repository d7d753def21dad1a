"""Runs that people begin in the browser stand in a line of their kind: one runs, in its own process, others wait.

Whoever looks sees to it: the thread that waits for the process to end, and each view of a page of runs. So a run goes
on when its page is closed, and the line moves on when the web server was started anew.
"""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Generic, TypeVar

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from .models import Why
from .models.run import Run
from .querysets.runs import RunQuerySet

logger = logging.getLogger(__name__)

SILENCE = timedelta(minutes=5)
"""After which a run counts as stopped whose process cannot be looked at from here."""
START = timedelta(minutes=1)
"""In which a process has to be started, once it is a run's turn."""

State = Run.State
R = TypeVar("R", bound=Run)


class Cancelled(Exception):
    """Somebody has asked for the end of the run."""


class Stopped(BaseException):
    """The process that runs it was told to end: by Ctrl-C, or by whoever looks after processes. The text says how."""


def process_name() -> str:
    """This process, as a run knows it: "host 4711"."""
    return f"{socket.gethostname()} {os.getpid()}"


def how_it_ended(error: BaseException) -> tuple[State, Why]:
    """The state of a run that `error` has ended, and why."""
    match error:
        case Cancelled():
            return State.CANCELLED, Why()
        case GeneratorExit() | KeyboardInterrupt():
            return State.STOPPED, Why(gettext_noop("Stopped before the end."))
        case Stopped():
            return State.STOPPED, Why(str(error))
        case DatabaseError():
            return State.STOPPED, Why(gettext_noop("The database failed (%(what)s)."), {"what": error})
        case _:
            fault = f"{type(error).__name__}: {error}"
            return State.STOPPED, Why(gettext_noop("A fault in Newsroom: %(what)s"), {"what": fault})


@dataclass(frozen=True)
class Line(Generic[R]):
    """One kind of runs. `command` is that of manage.py to which the uid is given; what it prints goes to `log_of`."""

    kind: str
    runs: Callable[[], RunQuerySet[R]]
    command: Sequence[str]
    log_of: Callable[[R], Path]
    can_run_here: Callable[[R], bool] = lambda run: True

    def end_lost(self) -> None:
        """End the runs that have lost their process."""
        for run in self.runs().open():
            if run.state == State.RUNNING and (why := _what_happened_to(run)):
                self._end(run, why)

    def cancel(self, run: R) -> None:
        """Take `run` out of the line, or tell its process to end; a run that was stopped is given up."""
        if run.state == State.RUNNING:
            self.runs().turn(run, State.RUNNING, is_cancelled=True)
        elif run.state in (State.WAITING, State.STOPPED):
            self.runs().turn(run, State.CANCELLED, ended_at=timezone.now(), **Why().columns)

    def go_on(self, run: R) -> None:
        """Put a run that was stopped into the line again."""
        if run.state == State.STOPPED:
            self.runs().turn(run, State.WAITING, ended_at=None, is_cancelled=False)

    def claim_next(self) -> R | None:
        """The run whose turn it is, now this process's to start; None where one is running or none waits.

        Two web processes cannot claim one run, nor two runs at once: the line is locked while they look.
        """
        line = self.runs().in_line()
        if self._next_in(line) is None:  # as nearly always: nothing is locked for it
            return None
        with transaction.atomic():
            run = self._next_in(line.select_for_update())
            now = timezone.now()
            begun = {"started_at": now, "seen_at": now, "process": ""}
            if run and self.runs().turn(run, State.RUNNING, **begun, **Why().columns):
                run.refresh_from_db()
                return run
        return None

    def _next_in(self, line: Iterable[R]) -> R | None:
        """The first run that waits and can be run here; none where one is running."""
        runs = list(line)
        if any(run.state == State.RUNNING for run in runs):
            return None
        return next(filter(self.can_run_here, runs), None)

    def start(self, run: R, *, then: Callable[[], None]) -> None:
        """Start the process of `run`, which outlives this one and whoever looks on; `then` is called at its end."""
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *self.command, str(run.uid)]
        try:
            self.log_of(run).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self.log_of(run).open("ab") as log:
                process = subprocess.Popen(  # noqa: S603 - nothing in it comes from outside
                    command,
                    cwd=settings.BASE_DIR,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
        except OSError as error:
            said = gettext_noop("Its process could not be started (%(what)s). %(printed)s")
            self._end(run, Why(said, {"what": error}))
            return
        self.runs().turn(run, State.RUNNING, process=f"{socket.gethostname()} {process.pid}")
        name = f"{self.kind} {run.uid}"
        threading.Thread(target=_watch, args=(process, then), name=name, daemon=True).start()

    def _end(self, run: R, why: Why) -> None:
        """As cancelled, or stopped by `why`, in which there is a place for what its process has printed last."""
        state, told = State.CANCELLED, Why()
        if not run.is_cancelled:
            state = State.STOPPED
            told = Why(why.msgid, {**why.values, "printed": _last_line(self.log_of(run))})
        self.runs().turn(run, state, ended_at=timezone.now(), **told.columns)


def _watch(process: subprocess.Popen[bytes], then: Callable[[], None]) -> None:
    """Wait for the end of `process`, and see to what comes next."""
    process.wait()
    try:
        then()
    except DatabaseError:
        logger.warning("The database failed after a run had ended; the next view of a page of runs looks again.")
    finally:
        connection.close()


def _what_happened_to(run: Run) -> Why | None:
    """What is known of the process of a running run that is not there any more; None where it goes on."""
    silent_for = timezone.now() - run.seen_at
    host, _, number = run.process.rpartition(" ")
    if not host:
        return Why(gettext_noop("Its process was not started. %(printed)s")) if silent_for > START else None
    if host == socket.gethostname() and number.isdecimal():
        if not _is_alive(int(number)):
            return Why(gettext_noop("Its process has ended before it was done. %(printed)s"))
        # The number may be another process's by now; whoever waits for the end of a cancelled run finds out.
        silent_for = silent_for if run.is_cancelled else timedelta(0)
    said = gettext_noop("Nothing was heard of its process on %(host)s for a while. %(printed)s")
    return Why(said, {"host": host}) if silent_for > SILENCE else None


def _is_alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _last_line(log: Path) -> str:
    """The last line that a process has printed, where it is here; code in a warning or a trace is indented."""
    with suppress(OSError):
        lines = log.read_text("utf-8", "replace").splitlines()
        return next((line for line in reversed(lines) if line.strip() and not line[0].isspace()), "")
    return ""
