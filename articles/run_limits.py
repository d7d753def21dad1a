"""How many runs of a kind one may begin within an hour, and from when on the next: of imports and of exports."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.contrib.auth.models import User
from django.db import Error as DatabaseError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.timezone import localtime

from .models.run import Run


@dataclass(frozen=True)
class Refusal:
    """Why one has to wait before the next run, in a sentence, and for how many seconds."""

    said: str
    wait: int

    def __str__(self) -> str:
        return self.said

    @classmethod
    def for_an_hour(cls, began: list[datetime], said: str) -> Refusal:
        """As the runs that began then, the newest first, are all that one may begin within an hour.

        `said` has places for how many these are, `most`, and for when the next may begin, `time`.
        """
        again = began[-1] + timedelta(hours=1)
        # The first full minute at which one may.
        shown = time_format(localtime(again + timedelta(minutes=1, microseconds=-1)), "TIME_FORMAT")
        return cls(said % {"most": len(began), "time": shown}, max(ceil((again - timezone.now()).total_seconds()), 1))


def begin(
    run: Run, *, refusal_of: Callable[[User], Refusal | None], look_after: Callable[[], None]
) -> Refusal | None:
    """Put the new `run` into its line, which is looked after then; or say why whose it is has to wait."""
    refusal = _save(run, refusal_of)
    if refusal is None:
        with suppress(DatabaseError, OSError):  # it is begun all the same: who looks next sees to it then
            look_after()
    return refusal


@transaction.atomic
def _save(run: Run, refusal_of: Callable[[User], Refusal | None]) -> Refusal | None:
    """Asking and saving are one transaction: of several at once no more begin than one may."""
    by: User = run.by  # type: ignore[attr-defined]  # each kind of run has its own
    type(run).objects.hold_beginner(by)  # type: ignore[attr-defined]
    refusal = refusal_of(by)
    if refusal is None:
        run.save()
    return refusal
