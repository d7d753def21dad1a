"""Webhooks and what was sent to them; and up to which numbers all that will ever come has come."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.db import connection, models
from django.db.models import OuterRef, Q, Subquery

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    from ..models import Delivery, Webhook


@dataclass(frozen=True, slots=True)
class Position:
    """The number of a quotation, and of a change: how far a webhook has come, or how far it may go."""

    quotation: int
    change: int


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def kept(self) -> Self:
        """Those that were not removed, with whose they are."""
        return self.filter(is_removed=False).select_related("by")

    def removed(self) -> Self:
        return self.filter(is_removed=True)

    def on(self) -> Self:
        """Those that tell of what comes."""
        return self.kept().filter(is_active=True)

    def switch_off(self, why: str, *, at: datetime.datetime) -> int:
        """Switch off those that are on; say how many these were."""
        return self.filter(is_active=True, is_removed=False).update(is_active=False, off=why, off_at=at)

    def ailing(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """Those of `user` that fail, or were switched off because nothing could be delivered."""
        is_off = Q(off__in=[self.model.Off.FAILING, self.model.Off.GONE])
        return self.kept().with_last().filter(is_off | Q(is_active=True, failing_since__isnull=False), by_id=user.pk)

    def with_last(self) -> Self:
        """With when the newest message that was delivered was, and what the newest was answered."""
        from ..models import Delivery

        tried = Delivery.objects.filter(webhook=OuterRef("pk"), tries__gt=0).order_by("-pk")
        delivered = tried.filter(outcome=Delivery.Outcome.DELIVERED)
        return self.annotate(
            last_at=Subquery(delivered.values("tried_at")[:1]),
            **{f"last_{name}": Subquery(tried.values(name)[:1]) for name in ("said", "why", "why_values")},
        )

    def free(self, now: datetime.datetime) -> Self:
        """Those that are on and that nobody delivers to, with `due_at`, when their open delivery is to be tried."""
        from ..models import Delivery

        open_one = Delivery.objects.filter(webhook=OuterRef("pk"), ended_at=None)
        free = self.on().filter(self._let_go(now))
        return free.annotate(due_at=Subquery(open_one.values("next_try_at"))).order_by("pk")

    def claim(self, webhook: Webhook, *, by: UUID, now: datetime.datetime, until: datetime.datetime) -> bool:
        """Take `webhook` for oneself; False where somebody else has it, or it is not on any more."""
        free = self.filter(self._let_go(now) | Q(held_by=by), pk=webhook.pk, is_active=True, is_removed=False)
        return free.update(held_by=by, held_until=until) == 1

    def settle(self, webhook: Webhook, *, by: UUID, **values: Any) -> bool:
        """Write `values` if it is still held by `by`; say whether it was."""
        return self.filter(pk=webhook.pk, held_by=by).update(**values) == 1

    @staticmethod
    def _let_go(now: datetime.datetime) -> Q:
        return Q(held_until=None) | Q(held_until__lt=now)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def open_of(self, webhook: Webhook) -> Delivery | None:
        """The one that is not done."""
        return self.filter(webhook=webhook, ended_at=None).first()

    def wait_no_longer(self, webhook: Webhook, now: datetime.datetime) -> None:
        """Let the open one be tried now."""
        self.filter(webhook=webhook, ended_at=None).update(next_try_at=now)

    def give_up(self, webhook: Webhook, now: datetime.datetime) -> None:
        """End the open one as it is."""
        dropped = self.model.Outcome.DROPPED
        self.filter(webhook=webhook, ended_at=None).update(outcome=dropped, ended_at=now, next_try_at=None)

    def note(self, delivery: Delivery) -> None:
        """Write down what came of a try, unless somebody gave it up meanwhile."""
        names = (
            "tries",
            "next_try_at",
            "tried_at",
            "number",
            "outcome",
            "status",
            "said",
            "why",
            "why_values",
            "milliseconds",
            "ended_at",
        )
        values = {name: getattr(delivery, name) for name in names}
        self.filter(pk=delivery.pk, ended_at=None).update(**values)

    def last_of(self, webhook: Webhook, most: int) -> list[Delivery]:
        return list(self.filter(webhook=webhook).order_by("-pk")[:most])

    def drop_old(self, webhook: Webhook, *, before: datetime.datetime, keep: int) -> None:
        """Drop those made earlier, but for the last `keep`."""
        last = self.filter(webhook=webhook).order_by("-pk").values_list("pk", flat=True)[keep : keep + 1]
        for pk in last:
            self.filter(webhook=webhook, pk__lte=pk, made_at__lt=before, ended_at__isnull=False).delete()


class Settled:
    """Up to which numbers no quotation and no change can appear any more.

    PostgreSQL gives out numbers as rows are written, and shows the rows when their transaction ends: a lower number
    may come after a higher one. So what is there at one look counts once all who wrote to these tables then have
    ended; each of them holds a lock on the table from before it had a number until its rows are seen. On SQLite one
    writes at a time, and numbers come in their order.
    """

    def __init__(self) -> None:
        self._known: Position | None = None
        self._then: tuple[Position, set[str]] | None = None

    def look(self) -> Position | None:
        """How far that is known by now; None where nothing is yet, as somebody has been writing."""
        if connection.vendor != "postgresql":
            return highest()
        now = highest()
        with connection.cursor() as cursor:
            cursor.execute(_WRITERS)
            writers = {writer for (writer,) in cursor.fetchall()}
        if not writers:
            self._known, self._then = now, None
        elif self._then is None or not writers & self._then[1]:
            self._known = self._then[0] if self._then else self._known
            self._then = now, writers
        return self._known


def highest() -> Position:
    """The highest numbers that there are."""
    from ..models import Change, Quotation

    change = Change.objects.order_by("-pk").values_list("pk", flat=True).first()
    return Position(Quotation.objects.highest(), change or 0)


def next_numbers(rows: models.QuerySet[Any], after: int, upto: int, *, most: int) -> list[int]:
    """The numbers of the first `most` of `rows` behind `after`, up to `upto`."""
    behind = rows.filter(pk__gt=after, pk__lte=upto).order_by("pk")
    return list(behind.values_list("pk", flat=True)[:most])


_WRITERS = """
SELECT virtualtransaction FROM pg_locks WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
AND relation IN ('articles_quotation'::regclass, 'articles_change'::regclass) AND pid <> pg_backend_pid()
"""
"""The transactions that write to these tables now, but for one's own. Asked for after the numbers: who has ended in
between is seen by whoever reads from now on."""
