"""How many exports one may begin in the browser, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import transaction
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from .models import ExportRun

AN_HOUR = 60
AT_ONCE = 3
"""That wait or run."""
FEW = 5
"""So many that are left within the hour are worth a word."""
WAIT = 60
"""Seconds after which to look again whether one has ended: nobody knows how long it takes."""


@dataclass(frozen=True)
class Refusal:
    """Why one has to wait before the next export, in a sentence, and for how many seconds."""

    said: str
    wait: int = WAIT

    def __str__(self) -> str:
        return self.said


@dataclass(frozen=True)
class Allowance:
    """What keeps one from the next export, if anything, and how many are left within the hour where these are few."""

    refusal: Refusal | None = None
    few_left: int | None = None


@transaction.atomic
def begin(run: ExportRun) -> Refusal | None:
    """Save the new `run`, unless who begins it has to wait: then why.

    Asking and saving are one transaction: of several at once no more begin than one may.
    """
    ExportRun.objects.hold_beginner(run.by)
    refusal = allowance(run.by).refusal
    if refusal is None:
        run.save()
    return refusal


def allowance(user: AbstractBaseUser | AnonymousUser) -> Allowance:
    if ExportRun.objects.going_of(user) >= AT_ONCE:
        said = _("%(most)s of your exports are not finished yet. Wait for one of them, or cancel it.")
        return Allowance(Refusal(said % {"most": AT_ONCE}))
    began = ExportRun.objects.begun_lately_by(user).last_began(AN_HOUR)
    left = AN_HOUR - len(began)
    if left:
        return Allowance(few_left=left if left <= FEW else None)
    again = began[-1] + timedelta(hours=1)
    said = _("You have begun %(most)s exports within the last hour, all that one may. The next from %(time)s on.")
    # The first full minute at which one may.
    shown = time_format(localtime(again + timedelta(seconds=59)), "TIME_FORMAT")
    wait = max(ceil((again - timezone.now()).total_seconds()), 1)
    return Allowance(Refusal(said % {"most": AN_HOUR, "time": shown}, wait))
