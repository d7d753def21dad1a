"""What imports and exports have in common: which run is meant, and its end."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.http import HttpRequest

from ..lines import Line
from ..models.run import Run
from ..querysets.runs import RunQuerySet
from .paging import number_at
from .problems import Problem

R = TypeVar("R", bound=Run)


def shown(request: HttpRequest, runs: RunQuerySet[R], *, cursor: str) -> RunQuerySet[R]:
    """Of `runs` those of a list: one’s own, for editors all; behind `cursor`. Raises Problem."""
    own, behind = runs.shown_to(request.user), number_at(request, cursor=cursor)
    return own.begun_before(behind) if behind else own


def one_of(request: HttpRequest, runs: RunQuerySet[R], uid: UUID) -> R:
    """Raises Problem where there is none that one may know of."""
    run = runs.shown_to(request.user).with_uid(uid)
    if run is None:
        raise Problem("not-found")
    return run


def cancelled(run: R, line: Line[R]) -> R:
    """The run, as it stands once it is cancelled. Raises Problem where it has ended for good."""
    if run.is_over:
        raise Problem("ended")
    line.cancel(run)
    run.refresh_from_db()
    return run
