"""How many exports one may begin in the browser, in one place."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import transaction
from django.utils.translation import gettext as _

from .models import ExportRun

AN_HOUR = 20
AT_ONCE = 3
"""That wait or run."""


@transaction.atomic
def begin(run: ExportRun) -> str:
    """Save the new `run`, unless who begins it has to wait: then why, and else "", as `refusal` says.

    Asking and saving are one transaction: of several at once no more begin than one may.
    """
    ExportRun.objects.hold_beginner(run.by)
    said = refusal(run.by)
    if not said:
        run.save()
    return said


def refusal(user: AbstractBaseUser | AnonymousUser) -> str:
    """Why `user` has to wait before the next export, in a sentence; empty where there is no need to."""
    if ExportRun.objects.going_of(user) >= AT_ONCE:
        said = _("%(most)s of your exports are not finished yet. Wait for one of them, or cancel it.")
        return said % {"most": AT_ONCE}
    if ExportRun.objects.begun_lately_by(user) >= AN_HOUR:
        said = _("You have begun %(most)s exports within the last hour, which is all that one may. Try again later.")
        return said % {"most": AN_HOUR}
    return ""
