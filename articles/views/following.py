"""How far a run is, for a page that looks again and again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from ..models.run import Run

# Seconds between two looks of the browser at a run, by how long it has been running, and while it waits for its turn.
PAUSES = ((timedelta(seconds=10), 1), (timedelta(minutes=5), 2))
LATER, WAITING = 5, 4
# What has to have happened before a time left is more than a guess.
ENOUGH_TIME = timedelta(seconds=10)
ENOUGH_DONE = 20


@dataclass(frozen=True)
class Progress:
    """`rate` is of what was `counted`, a second, `left` in minutes; both None where that is not known."""

    done: int
    total: int
    rate: float | None
    left: int | None
    before: int
    pause: int

    @classmethod
    def of(cls, run: Run, *, done: int, total: int, counted: int, before: int) -> Progress:
        """That of a run before which `before` others wait."""
        since = run.started_at or run.began_at
        elapsed = (run.ended_at or run.seen_at) - since
        known = elapsed >= ENOUGH_TIME and done >= ENOUGH_DONE
        waits = run.state == Run.State.WAITING
        return cls(
            done=done,
            total=total,
            rate=counted / elapsed.total_seconds() if counted and elapsed > timedelta(seconds=1) else None,
            left=round((total - done) * elapsed.total_seconds() / done / 60) if known and total > done else None,
            before=before,
            pause=WAITING if waits else _pause(timezone.now() - since),
        )


def _pause(running_for: timedelta) -> int:
    return next((pause for most, pause in PAUSES if running_for < most), LATER)


def go_to(request: HttpRequest, address: str) -> HttpResponse:
    """To another page; htmx is told to leave its own for it."""
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)  # type: ignore[attr-defined]
