"""How long commands end early: by Ctrl-C, or told to by SIGTERM."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext_noop

from ...lines import Stopped

INTERRUPTED = 130
"""The exit code of a command that Ctrl-C ended, as shells give it."""
TERMINATED = 143


@contextmanager
def told_to_end(until: threading.Event | None = None) -> Iterator[None]:
    """Inside, SIGTERM raises Stopped, where it would end the process without a word.

    With `until`, that is set instead, by Ctrl-C too: whoever watches a folder ends after what has arrived.
    """

    def stop(number: int, frame: object) -> None:
        if until is None:
            raise Stopped(gettext_noop("Told to end (SIGTERM)."))
        until.set()

    signals = [signal.SIGTERM, signal.SIGINT] if until else [signal.SIGTERM]
    before = {number: signal.signal(number, stop) for number in signals}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def ending_early() -> Iterator[None]:
    """Inside, SIGTERM and Ctrl-C end the command by SystemExit: what it began is undone, without a traceback."""
    try:
        with told_to_end():
            yield
    except Stopped:
        raise SystemExit(TERMINATED) from None
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
