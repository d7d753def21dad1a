"""Retries, switching off and on, two who deliver at once, and one that is killed."""

import threading
import time
from http.server import BaseHTTPRequestHandler

import pytest
from django.contrib.auth.models import User
from django.db import connection

from articles.models import Delivery, Webhook
from articles.querysets.webhooks import Settled, highest
from articles.webhooks import background, delivering
from tests.factories import make_article, make_quotation
from tests.racing import PATIENCE
from tests.receiver import Receiver

from .conftest import Clock, Deliver, MakeWebhook

pytestmark = pytest.mark.django_db
BAD, GOOD = (500, {}, b"out of paper"), (204, {}, b"")


def comes(words: str = "“Nets,”") -> str:
    """The uid of a quotation that comes in."""
    return str(make_quotation(make_article(f"{words} she said."), words).uid)


def told(receiver: Receiver) -> list[str]:
    return [event["quotation"]["uid"] for event in receiver.events]


def test_what_fails_is_tried_again_in_growing_pauses(
    make_webhook: MakeWebhook, receiver: Receiver, deliver: Deliver, clock: Clock
):
    webhook = make_webhook()
    uid = comes()
    receiver.answers = [BAD]
    waited = []
    deliver()
    for _ in range(8):
        delivery = Delivery.objects.get()
        assert delivery.next_try_at and delivery.tried_at and delivery.said == "out of paper"
        waited.append(round((delivery.next_try_at - delivery.tried_at).total_seconds()))
        clock.goes_on(seconds=waited[-1] - 2)
        assert deliver() == []
        clock.goes_on(seconds=3)
        deliver()
    assert waited == [10, 60, 300, 1_800, 7_200, 43_200, 43_200, 43_200]
    webhook.refresh_from_db()
    assert webhook.failing_since and webhook.is_active
    receiver.answers = [GOOD]
    clock.goes_on(hours=12, minutes=1)
    (delivery,) = deliver()
    assert (delivery.outcome, delivery.tries) == ("delivered", 10) and delivery.ended_at
    webhook.refresh_from_db()
    assert webhook.failing_since is None
    assert set(told(receiver)) == {uid} and set(receiver.ids) == {str(delivery.uid)}


@pytest.mark.parametrize(
    ("says", "waits"),
    [
        ({"Retry-After": "120"}, 120),
        ({"Retry-After": "3"}, 10),
        ({"Retry-After": "999999999999999"}, 12 * 60 * 60),
        ({"Retry-After": "Fri, 31 Dec 9999 23:59:59 GMT"}, 12 * 60 * 60),
        ({"Retry-After": "Thu, 01 Jan 1970 00:00:00 GMT"}, 10),
        ({"Retry-After": "soon"}, 10),
    ],
)
def test_a_busy_receiver_is_asked_again_when_it_says(
    make_webhook: MakeWebhook,
    receiver: Receiver,
    deliver: Deliver,
    clock: Clock,
    says: dict[str, str],
    waits: int,
):
    """Never earlier than as always, and never later than after our own longest wait."""
    make_webhook()
    comes()
    receiver.answers = [(503, says, b"busy"), GOOD]
    deliver()
    clock.goes_on(seconds=waits - 2)
    assert deliver() == []
    clock.goes_on(seconds=3)
    assert [delivery.outcome for delivery in deliver()] == ["delivered"]


def test_order_is_kept_while_one_fails(make_webhook: MakeWebhook, receiver: Receiver, deliver: Deliver, clock: Clock):
    make_webhook()
    first = comes("“Nets,”")
    receiver.answers = [BAD, GOOD]
    deliver()
    second = comes("“Boats,”")
    assert deliver() == []
    clock.goes_on(seconds=11)
    assert [delivery.outcome for delivery in deliver()] == ["delivered", "delivered"]
    assert told(receiver) == [first, first, second]


def test_after_three_days_it_is_switched_off_and_says_why(
    make_webhook: MakeWebhook, receiver: Receiver, deliver: Deliver, clock: Clock
):
    webhook = make_webhook()
    first = comes("“Nets,”")
    receiver.answers = [BAD]
    for _ in range(48):
        deliver()
        clock.goes_on(hours=2)
    webhook.refresh_from_db()
    assert (webhook.is_active, webhook.off) == (False, "failing")
    tries = len(receiver.got)
    second = comes("“Boats,”")
    assert deliver() == [] and len(receiver.got) == tries
    receiver.answers = [GOOD]
    receiver.got.clear()
    delivering.switch_on(webhook, from_now=False)
    deliver()
    assert told(receiver) == [first, second]


def test_on_again_from_now(make_webhook: MakeWebhook, receiver: Receiver, deliver: Deliver):
    webhook = make_webhook()
    comes("“Nets,”")
    receiver.answers = [BAD]
    deliver()
    delivering.switch_off(webhook, Webhook.Off.PERSON)
    comes("“Boats,”")
    assert deliver() == []
    receiver.answers = [GOOD]
    receiver.got.clear()
    delivering.switch_on(webhook, from_now=True)
    assert deliver() == [] and Delivery.objects.get().outcome == "dropped"
    third = comes("“Sails,”")
    deliver()
    assert told(receiver) == [third]


def test_gone_is_gone_at_once(make_webhook: MakeWebhook, receiver: Receiver, deliver: Deliver):
    webhook = make_webhook()
    comes()
    receiver.answers = [(410, {}, b"")]
    deliver()
    webhook.refresh_from_db()
    assert (webhook.is_active, webhook.off) == (False, "gone")


@pytest.mark.parametrize("how", ["inactive", "demoted"])
def test_it_ends_with_the_rights_of_whose_it_is(
    make_webhook: MakeWebhook, receiver: Receiver, deliver: Deliver, editor: User, how: str
):
    webhook = make_webhook()
    comes()
    if how == "inactive":
        User.objects.update(is_active=False)
    else:
        editor.groups.clear()
    assert deliver() == [] and receiver.got == []
    webhook.refresh_from_db()
    assert (webhook.is_active, webhook.off) == (False, "owner")


def test_a_removed_one_is_told_nothing(make_webhook: MakeWebhook, receiver: Receiver, deliver: Deliver):
    make_webhook(is_removed=True)
    comes()
    assert deliver() == [] and receiver.got == []


def test_one_that_fails_holds_up_no_other(make_webhook: MakeWebhook, receiver: Receiver, deliver: Deliver):
    make_webhook(url="http://127.0.0.1:1/")
    make_webhook()
    uid = comes()
    assert {delivery.outcome for delivery in deliver()} == {"forbidden", "delivered"}
    assert told(receiver) == [uid]


def test_nothing_is_written_where_nothing_is_due(
    make_webhook: MakeWebhook, deliver: Deliver, django_assert_num_queries: object
):
    comes()
    make_webhook()
    with django_assert_num_queries(4 if connection.vendor == "postgresql" else 3):  # type: ignore[operator]
        assert deliver() == []


def test_what_was_delivered_can_be_sent_again(make_webhook: MakeWebhook, receiver: Receiver, deliver: Deliver):
    webhook = make_webhook()
    uid = comes()
    (delivery,) = deliver()
    receiver.answers = [BAD]
    assert delivering.send_again(webhook, delivery)
    delivery.refresh_from_db()
    assert (delivery.outcome, delivery.tries, delivery.is_open) == ("refused", 2, False)
    assert told(receiver) == [uid, uid] and receiver.ids == [str(delivery.uid)] * 2
    webhook.refresh_from_db()
    assert webhook.failing_since is None


def test_what_waits_can_be_sent_now(make_webhook: MakeWebhook, receiver: Receiver, deliver: Deliver):
    webhook = make_webhook()
    comes()
    receiver.answers = [BAD, GOOD]
    (delivery,) = deliver()
    assert delivering.send_again(webhook, delivery)
    delivery.refresh_from_db()
    assert delivery.outcome == "delivered" and not delivery.is_open


def test_old_deliveries_go(
    make_webhook: MakeWebhook, deliver: Deliver, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(delivering, "KEPT", 2)
    make_webhook()
    for number in range(5):
        comes(f"“Net {number},”")
        deliver()
    assert Delivery.objects.count() == 5
    clock.goes_on(days=31)
    comes("“Boats,”")
    deliver()
    assert Delivery.objects.count() == 2


def test_a_killed_one_is_followed_by_another_that_sends_it_again(
    make_webhook: MakeWebhook, receiver: Receiver, deliver: Deliver, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    """It had sent the message, and died before it could write that down."""
    make_webhook()
    uid = comes()
    with monkeypatch.context() as patch:
        patch.setattr(delivering, "_note", die)
        patch.setattr(delivering.Webhook.objects, "settle", keep_held(Webhook.objects.settle))
        with pytest.raises(KeyboardInterrupt):
            deliver()
    assert deliver() == []  # it may live yet
    clock.goes_on(minutes=3)
    (delivery,) = deliver()
    assert told(receiver) == [uid, uid] and receiver.ids == [str(delivery.uid)] * 2
    assert (delivery.outcome, delivery.tries) == ("delivered", 1)


def die(*args: object) -> None:
    raise KeyboardInterrupt


def keep_held(settle: object) -> object:
    """As `settle`, but that nobody who was killed lets go of anything."""
    return lambda *args, **values: "held_by" in values or settle(*args, **values)  # type: ignore[operator]


@pytest.mark.django_db(transaction=True)
def test_two_do_not_send_the_same(make_webhook: MakeWebhook, receiver: Receiver, monkeypatch: pytest.MonkeyPatch):
    """While the first waits for its answer, others find nothing to do."""
    waits, goes_on = threading.Event(), threading.Event()

    def wait(handler: BaseHTTPRequestHandler) -> None:
        waits.set()
        goes_on.wait(PATIENCE)
        handler.send_response(204)
        handler.end_headers()

    make_webhook()
    uid = comes()
    receiver.answers = [wait, GOOD]
    stopping = threading.Event()
    first = threading.Thread(target=background.deliver_until, args=(stopping,), kwargs={"pause": 0.05})
    first.start()
    assert waits.wait(PATIENCE)
    assert list(delivering.deliver_due(Settled(), upto=highest())) == []
    (webhook,) = Webhook.objects.all()
    assert not delivering.send_again(webhook, Delivery.objects.get())
    goes_on.set()
    stopping.set()
    first.join(PATIENCE)
    assert told(receiver) == [uid] and Delivery.objects.get().outcome == "delivered"


@pytest.mark.django_db(transaction=True)
def test_four_at_once_send_all_once_and_in_order(
    make_webhook: MakeWebhook, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("articles.webhooks.events.MOST", 1)
    make_webhook("new")
    make_webhook("accepted", "new", name="Other")
    uids = [comes(f"“Net {number},”") for number in range(12)]
    stopping = threading.Event()
    more = {"args": (stopping,), "kwargs": {"pause": 0.01}}
    threads = [threading.Thread(target=background.deliver_until, **more) for _ in range(4)]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + PATIENCE
    while Delivery.objects.filter(outcome="delivered").count() < 24 and time.monotonic() < deadline:
        time.sleep(0.02)
    stopping.set()
    for thread in threads:
        thread.join(PATIENCE)
    assert len(receiver.got) == len(set(receiver.ids)) == 24
    by_id = {str(delivery.uid): delivery.webhook_id for delivery in Delivery.objects.all()}
    for webhook in Webhook.objects.all():
        of_it = [
            uid for uid, message in zip(told(receiver), receiver.ids, strict=True) if by_id[message] == webhook.pk
        ]
        assert of_it == uids
