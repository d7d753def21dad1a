"""How many exports one may begin in the browser, in one place."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils.translation import gettext as _

from .models import ExportRun
from .run_limits import Refusal

AN_HOUR = 60
AT_ONCE = 3
"""That wait or run."""
FEW = 5
"""So many that are left within the hour are worth a word."""
WAIT = 60
"""Seconds after which to look again whether one has ended: nobody knows how long it takes."""


@dataclass(frozen=True)
class Allowance:
    """What keeps one from the next export, if anything, and how many are left within the hour where these are few."""

    refusal: Refusal | None = None
    few_left: int | None = None


def allowance(user: AbstractBaseUser | AnonymousUser) -> Allowance:
    if ExportRun.objects.going_of(user) >= AT_ONCE:
        said = _("%(most)s of your exports are not finished yet. Wait for one of them, or cancel it.")
        return Allowance(Refusal(said % {"most": AT_ONCE}, WAIT))
    began = ExportRun.objects.begun_lately_by(user).last_began(AN_HOUR)
    left = AN_HOUR - len(began)
    if left:
        return Allowance(few_left=left if left <= FEW else None)
    said = _("You have begun %(most)s exports within the last hour, all that one may. The next from %(time)s on.")
    return Allowance(Refusal.for_an_hour(began, said))
