"""How far a run is, for a page that looks again and again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from ..models.run import Run

# Seconds between two looks of the browser at a run: while it is young, later, and while it waits for its turn.
SOON, LATER, WAITING = 2, 5, 4
YOUNG = timedelta(minutes=5)
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
            pause=WAITING if waits else SOON if timezone.now() - since < YOUNG else LATER,
        )


def go_to(request: HttpRequest, run: Run) -> HttpResponse:
    """To the page of `run`; htmx is told to leave its page for it."""
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(resolve_url(run))
    return redirect(run)
