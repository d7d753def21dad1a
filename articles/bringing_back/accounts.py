"""The people who did what is brought back."""

from __future__ import annotations

from collections.abc import Iterable, Set

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.db import transaction

from ..patience import patiently
from ..querysets import bringing
from .report import Report


class Accounts:
    """Found by username. Who has none gets one that nobody can sign in with: an editor may give it a password."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._numbers: dict[str, int] = {}

    def find(self, usernames: Iterable[str]) -> None:
        """Look these up, and make accounts for those that are not there, in a transaction of its own."""
        missing = {name for name in usernames if name} - self._numbers.keys()
        if not missing:
            return
        found, new = patiently(_accounts, missing)
        self._numbers |= found
        self._report.accounts += new

    def number(self, username: str) -> int | None:
        """Of one that was looked up; None for ""."""
        return self._numbers[username] if username else None


@transaction.atomic
def _accounts(names: Set[str]) -> tuple[dict[str, int], list[str]]:
    """The numbers of all of these, and which of them are new."""
    found = bringing.accounts(names)
    new = sorted(names - found.keys())
    nobody = make_password(None)
    User.objects.bulk_create(
        [User(username=name, password=nobody, is_active=False) for name in new], ignore_conflicts=True
    )
    return found | bringing.accounts(new), new
