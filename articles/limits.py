"""How often the API may be asked: so many requests a minute for each caller, by all processes together.

What is spent stands in a table that all processes share. Each counts by itself and adds that to the table at most
once a second, or it would write as often as it is asked; so each may let pass what it is asked within one second too
much. While an import writes to SQLite, nobody waits for it: each process counts for itself meanwhile. A caller who
has spent all is refused without another look at the database, until the next minute.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from .models import Spent

MINUTE = 60
SHARED_EVERY = 1.0
"""Seconds between two times that a process writes down what one caller has spent."""


class TooOften(Exception):
    """The caller has spent all that may be spent this minute; `wait` is in whole seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait


@dataclass
class _Account:
    """`known` is what all processes have spent as far as is known here, `own` what only this one knows of."""

    minute: int
    known: int = 0
    own: int = 0
    shared_at: float = float("-inf")


class Limiter:
    """Counts for one process; its threads share it."""

    def __init__(self) -> None:
        self._accounts: dict[str, _Account] = {}
        self._minute = 0
        self._lock = threading.Lock()

    def spend(self, caller: str, *, most: int) -> None:
        """Count one request of `caller`, who may make `most` a minute; 0 is without end. Raises TooOften."""
        if not most:
            return
        now = time.time()
        minute = int(now // MINUTE)
        with self._lock:
            begun = self._begin(minute)
            account = self._accounts.setdefault(caller, _Account(minute))
            if account.known + account.own >= most:
                raise TooOften(max(1, round((minute + 1) * MINUTE - now)))
            account.own += 1
            if now - account.shared_at < SHARED_EVERY:
                return
            own, account.own, account.shared_at = account.own, 0, now
        known = Spent.objects.add(caller, minute=minute, number=own)
        if begun:
            Spent.objects.clear_up(minute)
        with self._lock:
            if known is None:  # the database was busy: this process alone knows of them until the next time
                account.own += own
            else:
                account.known = known
        if known is not None and known > most:
            raise TooOften(max(1, round((minute + 1) * MINUTE - now)))

    def _begin(self, minute: int) -> bool:
        """Forget the accounts of an earlier minute; whether there was one."""
        if minute == self._minute:
            return False
        self._accounts, self._minute = {}, minute
        return True


limiter = Limiter()
