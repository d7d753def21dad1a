"""The people who did what is brought back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Set
from dataclasses import dataclass, field

from django.contrib.auth.hashers import is_password_usable, make_password
from django.contrib.auth.models import User
from django.db import transaction

from ..patience import patiently
from ..querysets import bringing
from .checking import USERNAME_LENGTH
from .report import Report

UNFIT = re.compile(r"[^\w.@+-]")
"""What Django's validator refuses in a username: white space, line ends, marks of direction."""
STRANGER = ".brought-back"
"""Behind the username of a stranger who is called as somebody here."""


@dataclass
class _Found:
    numbers: dict[str, int] = field(default_factory=dict)
    """{username in the file: the account's number}."""
    here: dict[str, str] = field(default_factory=dict)
    """{username in the file: that of the account}, where it was here before."""
    new: list[str] = field(default_factory=list)


class Accounts:
    """Found by username. Who has none gets one that nobody can sign in with: an editor may give it a password.

    With `as_strangers` nothing is attributed to people who are here: who is called as one of them gets such an
    account as well, under another name.
    """

    def __init__(self, report: Report, *, as_strangers: bool) -> None:
        self._report, self._as_strangers = report, as_strangers
        self._found = _Found()

    def find(self, usernames: Iterable[str]) -> None:
        """Look these up, and make accounts for those that are not there, in a transaction of its own."""
        missing = {name for name in usernames if name} - self._found.numbers.keys()
        if not missing:
            return
        found = patiently(_accounts, missing, as_strangers=self._as_strangers)
        self._found.numbers |= found.numbers
        made = {*self._report.accounts, *found.new}
        self._found.here |= {name: account for name, account in found.here.items() if account not in made}
        self._report.accounts += found.new

    def number(self, username: str) -> int | None:
        """Of one that was looked up, to whom something is attributed now; None for ""."""
        if not username:
            return None
        account = self._found.here.get(username)
        if account is not None and account not in self._report.attributed:
            self._report.attributed.append(account)
        return self._found.numbers[username]


@transaction.atomic
def _accounts(names: Set[str], *, as_strangers: bool) -> _Found:
    """The accounts of all of these: those that are here, and new ones."""
    found = _Found()
    here = bringing.accounts(names)
    people = {name for name, account in here.items() if _is_of_somebody(account)} if as_strangers else set()
    called = {name: _called(name, is_here=name in here, is_taken=name in people) for name in names}
    here |= bringing.accounts(set(called.values()) - here.keys())
    found.new = sorted(set(called.values()) - here.keys())
    nobody = make_password(None)
    User.objects.bulk_create(
        [User(username=name, password=nobody, is_active=False) for name in found.new], ignore_conflicts=True
    )
    every = here | bringing.accounts(found.new)
    found.numbers = {name: every[account].pk for name, account in called.items()}
    found.here = {name: account for name, account in called.items() if account in here}
    return found


def _is_of_somebody(account: User) -> bool:
    """Whether it is more than one that was made here for whom a file names."""
    may = account.is_active or account.is_staff or account.is_superuser
    return may or is_password_usable(account.password)


def _called(name: str, *, is_here: bool, is_taken: bool) -> str:
    """The username here of who is called `name` in the file."""
    if is_here and not is_taken:
        return name
    fit = UNFIT.sub("_", unicodedata.normalize("NFKC", name))
    return fit[: USERNAME_LENGTH - len(STRANGER)] + STRANGER if is_taken else fit[:USERNAME_LENGTH]
