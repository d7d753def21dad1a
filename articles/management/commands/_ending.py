"""How commands end that clean up behind them, whoever tells them to."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

INTERRUPTED = 130
"""The exit code of a command that Ctrl-C ended, as shells give it."""
TERMINATED = 143


@contextmanager
def ending_early() -> Iterator[None]:
    """Inside, SIGTERM and Ctrl-C end the command by SystemExit: what it began is undone, without a traceback."""

    def end(number: int, frame: object) -> None:
        raise SystemExit(INTERRUPTED if number == signal.SIGINT else TERMINATED)

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
