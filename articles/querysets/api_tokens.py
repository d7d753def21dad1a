"""Tokens of the API, and what was spent of its limits."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from django.db import OperationalError, connection, models
from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    from ..models import ApiToken, Spent  # noqa: F401

NOTED_EVERY = datetime.timedelta(minutes=1)
"""How often it is written down that a token is used."""
KEPT_FOR = 60
"""Minutes that rows of what was spent are kept."""


@contextmanager
def unless_busy() -> Iterator[None]:
    """Within it SQLite waits for no other writer: what cannot be written at once is not. A reader never waits for it.

    Of PostgreSQL nothing else is written in the same rows for long.
    """
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    usual = int(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000)
    _wait(0)
    try:
        yield
    except OperationalError as error:
        if "locked" not in str(error):
            raise
    finally:
        _wait(usual)


def _wait(milliseconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {milliseconds:d}")


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def with_secret(self, secret: str) -> ApiToken | None:
        """The token with that secret, whatever became of it, and whose it is."""
        return self.filter(secret_sha256=self.model.digest(secret)).select_related("user").first()

    def of_person(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """Those of `user`, the newest first, also those that are of no use any more."""
        return self.filter(user_id=user.pk).order_by("-id")

    def numbered(self, pks: Iterable[int]) -> Self:
        """Those with these numbers, as far as there are any."""
        return self.filter(pk__in=list(pks))

    def usable(self) -> Self:
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())

    def note_use(self, token: ApiToken) -> None:
        """Write down that `token` is used, unless that was done within the last minute."""
        now = timezone.now()
        if token.last_used_at is None or token.last_used_at < now - NOTED_EVERY:
            long_ago = Q(last_used_at=None) | Q(last_used_at__lt=now - NOTED_EVERY)
            with unless_busy():
                self.filter(long_ago, pk=token.pk).update(last_used_at=now)

    def revoke(self) -> int:
        """Revoke those that are not; say how many these were."""
        return self.filter(revoked_at=None).update(revoked_at=timezone.now())


class SpentQuerySet(models.QuerySet["Spent"]):
    def add(self, caller: str, *, minute: int, number: int) -> int | None:
        """Add `number` to what `caller` has spent in that minute, in one statement; all of it by now.

        None, and nothing added, where SQLite is busy.

        Of two processes that add at once neither loses what the other one added. What is added late, when another
        process has begun a later minute, counts in that one.
        """
        table = connection.ops.quote_name(self.model._meta.db_table)
        sql = (
            f"INSERT INTO {table} (caller, minute, number) VALUES (%s, %s, %s) "  # noqa: S608 - our own table
            "ON CONFLICT (caller) DO UPDATE SET "
            f"number = CASE WHEN {table}.minute < excluded.minute "
            f"THEN excluded.number ELSE {table}.number + excluded.number END, "
            f"minute = CASE WHEN {table}.minute < excluded.minute THEN excluded.minute ELSE {table}.minute END "
            "RETURNING number"
        )
        spent: int | None = None
        with unless_busy(), connection.cursor() as cursor:
            cursor.execute(sql, [caller, minute, number])
            (spent,) = cursor.fetchone()
        return spent

    def clear_up(self, minute: int) -> None:
        """Remove what was spent long before that minute."""
        with unless_busy():
            self.filter(minute__lt=minute - KEPT_FOR).delete()
