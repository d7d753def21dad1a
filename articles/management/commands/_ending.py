"""How long commands end early: by Ctrl-C, or told to by SIGTERM."""

from __future__ import annotations

import signal
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from django.utils.translation import gettext_noop

from ...lines import Stopped

INTERRUPTED = 130
"""The exit code of a command that Ctrl-C ended, as shells give it."""
TERMINATED = 143

ENDED = (KeyboardInterrupt, Stopped)
"""What a command raises inside `told_to_end` when it has to end."""

SOON = 0.01
"""Seconds until a signal is looked at again that came in the middle of the database's own code."""


@contextmanager
def told_to_end(until: threading.Event | None = None) -> Iterator[None]:
    """Inside, SIGTERM raises Stopped, where it would end the process without a word, and Ctrl-C KeyboardInterrupt.

    With `until`, that is set instead, by both: whoever watches a folder ends after what has arrived.
    """
    if until:
        with _heard_by(lambda number, frame: until.set(), signal.SIGTERM, signal.SIGINT):
            yield
        return
    ending = _Ending()
    # Whoever starts a program in the background may have Ctrl-C ignored there.
    is_ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    signals = [signal.SIGTERM, signal.SIGALRM, *([] if is_ignored else [signal.SIGINT])]
    with _heard_by(ending.hear, *signals), ending.raised_again():
        try:
            yield
            ending.raise_if_told()
        finally:
            ending.forget()  # else the alarm would end the process, as nobody hears it any more


@contextmanager
def ending_early() -> Iterator[None]:
    """Inside, SIGTERM and Ctrl-C end the command by SystemExit: what it began is undone, without a traceback."""
    try:
        with told_to_end():
            yield
    except ENDED as error:
        raise SystemExit(why_ended(error)[1]) from None


def why_ended(error: BaseException) -> tuple[str, int]:
    """What a command says of one of ENDED, in a sentence, and its exit code."""
    if isinstance(error, Stopped):
        return str(error), TERMINATED
    return "Stopped before the end.", INTERRUPTED


class _Ending:
    """Raises what a signal stands for, but not in the middle of Django's database code: later then, by SIGALRM.

    Between BEGIN and its own note of that, Django would take the connection for one without a transaction; and a
    function that SQLite calls would only fail its statement, so that nobody is told. A second signal does not wait.
    """

    def __init__(self) -> None:
        self._told = 0
        """The signal that was not raised yet."""

    def hear(self, number: int, frame: FrameType | None) -> None:
        is_second = self._told and number != signal.SIGALRM
        if number != signal.SIGALRM:
            self._told = number
        if _is_in_database(frame) and not is_second:
            signal.setitimer(signal.ITIMER_REAL, SOON)
        else:
            self.raise_if_told()

    def forget(self) -> None:
        self._told = 0  # before anything else: an alarm that has gone off already raises nothing then
        signal.setitimer(signal.ITIMER_REAL, 0)

    def raise_if_told(self) -> None:
        number = self._told
        self.forget()
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        if number:
            raise Stopped(gettext_noop("Told to end (SIGTERM)."))

    @contextmanager
    def raised_again(self) -> Iterator[None]:
        """Inside, what was raised where Python drops it (while it clears away an object) is raised soon after."""
        former = sys.unraisablehook

        def dropped(what: sys.UnraisableHookArgs) -> None:
            if not isinstance(what.exc_value, Stopped | KeyboardInterrupt):
                former(what)
                return
            self._told = signal.SIGTERM if isinstance(what.exc_value, Stopped) else signal.SIGINT
            signal.setitimer(signal.ITIMER_REAL, SOON)

        sys.unraisablehook = dropped
        try:
            yield
        finally:
            sys.unraisablehook = former


def _is_in_database(frame: FrameType | None) -> bool:
    callers = (caller for caller, _ in traceback.walk_stack(frame))
    return any(caller.f_globals.get("__name__", "").startswith("django.db.") for caller in callers)


@contextmanager
def _heard_by(handler: signal._HANDLER, *signals: signal.Signals) -> Iterator[None]:
    before = {number: signal.signal(number, handler) for number in signals}
    try:
        yield
    finally:
        for number, former in before.items():
            signal.signal(number, former)
