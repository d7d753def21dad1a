"""Sending what is due: each webhook's messages one after the other, each again and again until its receiver has it.

Whoever delivers takes a webhook for a while, by one conditional UPDATE. So several may deliver at once, no
transaction is open while an answer is waited for, and where one is killed another goes on when that while is over.
What was sent and not yet written down is sent again then: at least once, with the same ids.
"""

from __future__ import annotations

import datetime
import time
import uuid
from collections.abc import Callable, Iterator

from django.db import transaction
from django.utils import timezone

from ..models import Delivery, Webhook
from ..querysets.webhooks import Position, Settled, highest
from . import events, sending, signing
from .sending import GONE, Answer

WAITS = [
    datetime.timedelta(**{unit: number})
    for number, unit in (
        (10, "seconds"),
        (1, "minutes"),
        (5, "minutes"),
        (30, "minutes"),
        (2, "hours"),
        (12, "hours"),
    )
]
"""After the first try that failed, the second, …; the last for all that follow."""
PATIENCE = datetime.timedelta(days=3)
"""After so long without a delivery, a webhook is switched off."""
HELD = datetime.timedelta(minutes=2)
"""How long a webhook is taken for: longer than one message takes."""
AT_ONCE, TURN = 50, 20.0
"""Messages to one webhook, and seconds, before it is another's turn: receivers may be slow."""
KEPT, KEPT_FOR = 50, datetime.timedelta(days=30)
"""Of a webhook, so many deliveries stay on record, and all of so many days."""

Outcome = Delivery.Outcome


def deliver_due(
    settled: Settled, *, upto: Position | None = None, stopping: Callable[[], bool] = lambda: False
) -> Iterator[Delivery]:
    """Send all that is due now to all webhooks, up to `upto` or what is settled; each delivery after its try."""
    now = timezone.now()
    webhooks = list(Webhook.objects.free(now))
    upto = upto or (settled.look() if webhooks else None)
    for webhook in webhooks:
        if _is_due(webhook, upto, now):
            for delivery in deliver_to(webhook, upto):
                yield delivery
                if stopping():
                    return


def deliver_to(webhook: Webhook, upto: Position | None) -> Iterator[Delivery]:
    """Send what is due to this one, up to `upto`; nothing where somebody else does so or where it is off."""
    me, sent, began = uuid.uuid4(), 0, time.monotonic()
    try:
        while sent < AT_ONCE and time.monotonic() - began < TURN:
            now = timezone.now()
            if not (_holds(webhook, me, now) and _may_go_on(webhook, me, now)):
                return
            delivery = Delivery.objects.open_of(webhook)
            if delivery is None:
                if upto is None or not _make_next(webhook, me, upto, now):
                    return
                continue  # with that one, or behind numbers of which there was nothing to tell
            if delivery.next_try_at is None or delivery.next_try_at > now:
                return
            _try(webhook, delivery, me)
            sent += 1
            yield delivery
    finally:
        Webhook.objects.settle(webhook, by=me, held_by=None, held_until=None)


def send_test(webhook: Webhook) -> Answer:
    """Send a message that tells of nothing, now, and keep no record of it."""
    return _send(webhook, f"test_{uuid.uuid4()}", events.test_body(webhook, now=timezone.now()))


def send_again(webhook: Webhook, delivery: Delivery) -> bool:
    """Send a delivery now, whether it was delivered or not; False where that one is being sent at the moment."""
    if delivery.is_open:
        Delivery.objects.wait_no_longer(webhook, timezone.now())
        return bool(list(deliver_to(webhook, None)))
    answer, number = _answer(webhook, delivery)
    _note(delivery, answer, number)
    delivery.save()
    return True


def switch_on(webhook: Webhook, *, from_now: bool) -> None:
    """On again: with what came meanwhile, or only with what comes from now on."""
    now = timezone.now()
    webhook.is_active, webhook.off, webhook.off_at, webhook.failing_since = True, "", None, None
    written = ["is_active", "off", "off_at", "failing_since"]
    with transaction.atomic():
        if from_now:
            Delivery.objects.give_up(webhook, now)
            begin_here(webhook)
            written += ["after_quotation", "after_change"]
        else:
            Delivery.objects.wait_no_longer(webhook, now)
        webhook.save(update_fields=written)


def switch_off(webhook: Webhook, why: Webhook.Off) -> None:
    webhook.is_active, webhook.off, webhook.off_at = False, why, timezone.now()
    webhook.save(update_fields=["is_active", "off", "off_at"])


def begin_here(webhook: Webhook) -> None:
    """Let it tell of what comes from now on; it is not saved."""
    here = highest()
    webhook.after_quotation, webhook.after_change = here.quotation, here.change


def _is_due(webhook: Webhook, upto: Position | None, now: datetime.datetime) -> bool:
    """Whether it is worth taking `webhook`, for which something is written."""
    due_at: datetime.datetime | None = webhook.due_at  # type: ignore[attr-defined]
    if due_at is not None:
        return due_at <= now
    if upto is None:
        return False
    return upto.quotation > webhook.after_quotation or upto.change > webhook.after_change


def _holds(webhook: Webhook, me: uuid.UUID, now: datetime.datetime) -> bool:
    """Whether it is on, and mine, for long enough: else it is taken, if it can be. It is read anew."""
    is_mine = webhook.held_by == me and webhook.held_until is not None and webhook.held_until - now > HELD / 2
    if not is_mine and not Webhook.objects.claim(webhook, by=me, now=now, until=now + HELD):
        return False
    webhook.refresh_from_db()
    return webhook.is_active and not webhook.is_removed and webhook.held_by == me


def _may_go_on(webhook: Webhook, me: uuid.UUID, now: datetime.datetime) -> bool:
    """Whether whose it is may still have webhooks: else it is switched off."""
    if webhook.by.is_active and webhook.by.has_perm("articles.manage_webhooks"):
        return True
    Webhook.objects.settle(webhook, by=me, is_active=False, off=Webhook.Off.OWNER, off_at=now)
    return False


def _make_next(webhook: Webhook, me: uuid.UUID, upto: Position, now: datetime.datetime) -> bool:
    """Make the next delivery, and move on behind it; or just move on. False where nothing is left."""
    stretch, number = events.next_stretch(webhook, upto)
    if stretch.is_empty:
        return False
    moved = {"after_quotation": stretch.upto.quotation, "after_change": stretch.upto.change}
    with transaction.atomic():
        if not Webhook.objects.settle(webhook, by=me, **moved):
            return False
        if number:
            Delivery.objects.create(
                webhook=webhook,
                after_quotation=stretch.after.quotation,
                upto_quotation=stretch.upto.quotation,
                after_change=stretch.after.change,
                upto_change=stretch.upto.change,
                number=number,
                made_at=now,
                next_try_at=now,
            )
            Delivery.objects.drop_old(webhook, before=now - KEPT_FOR, keep=KEPT)
    return True


def _try(webhook: Webhook, delivery: Delivery, me: uuid.UUID) -> None:
    """Send an open delivery, and write down what came of it."""
    answer, number = _answer(webhook, delivery)
    _note(delivery, answer, number)
    now = timezone.now()
    changed: dict[str, object] = {}
    if answer.is_delivered or answer.outcome == Outcome.NOTHING:
        delivery.ended_at, delivery.next_try_at = now, None
        changed = {"failing_since": None}
    else:
        delivery.next_try_at = _next_try(delivery.tries, answer, now)
        since = webhook.failing_since or now
        changed = {"failing_since": since}
        if answer.status == GONE or now - since >= PATIENCE:
            why = Webhook.Off.GONE if answer.status == GONE else Webhook.Off.FAILING
            changed |= {"is_active": False, "off": why, "off_at": now}
    with transaction.atomic():
        if Webhook.objects.settle(webhook, by=me, **changed):
            Delivery.objects.note(delivery)


def _next_try(tries: int, answer: Answer, now: datetime.datetime) -> datetime.datetime:
    """As always, or when the receiver wants it, if that is later: but for the longest of our own waits at most."""
    usual = now + WAITS[min(tries, len(WAITS)) - 1]
    return max(usual, min(answer.not_before, now + WAITS[-1])) if answer.not_before else usual


def _answer(webhook: Webhook, delivery: Delivery) -> tuple[Answer, int]:
    """What comes of sending it now, and of how many events it tells; no request where none are left."""
    told = events.events_in(webhook, events.Stretch.of(delivery))
    if not told:
        return Answer(Outcome.NOTHING), 0
    return _send(webhook, str(delivery.uid), events.body_of(told, now=timezone.now())), len(told)


def _send(webhook: Webhook, message: str, body: str) -> Answer:
    headers = signing.headers_of(webhook, message=message, body=body, now=timezone.now())
    return sending.post(webhook.url, body.encode("utf-8"), headers)


def _note(delivery: Delivery, answer: Answer, number: int) -> None:
    delivery.tries += 1
    delivery.tried_at = timezone.now()
    delivery.number = number
    delivery.outcome, delivery.status, delivery.said = answer.outcome, answer.status, answer.said
    delivery.milliseconds = answer.milliseconds
    delivery.explain(answer.why)
