"""A receiver on this machine, and webhooks that send to it."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from articles.models import Delivery, Webhook
from articles.querysets.webhooks import Settled, highest
from articles.webhooks import delivering
from tests.receiver import Receiver

MakeWebhook = Callable[..., Webhook]
Deliver = Callable[[], list[Delivery]]


@pytest.fixture
def make_webhook(editor: User, receiver: Receiver) -> MakeWebhook:
    """`make_webhook("new", "accepted", query=…, …)`: it tells of what comes from now on."""

    def make(*events: str, **fields: Any) -> Webhook:
        here = highest()
        values = {"name": "Desk", "url": receiver.url, "events": list(events or ("new",)), "by": editor}
        values |= {"site": "https://newsroom.example", "after_quotation": here.quotation}
        return Webhook.objects.create(**values | {"after_change": here.change} | fields)

    return make


class Clock:
    """The time that whoever delivers goes by: it stands still until a test lets it go on."""

    def __init__(self) -> None:
        self._now = timezone.now()

    def __call__(self) -> datetime.datetime:
        return self._now

    def goes_on(self, **by: float) -> None:
        self._now += datetime.timedelta(**by)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(delivering.timezone, "now", clock)
    return clock


@pytest.fixture
def deliver() -> Deliver:
    """Deliver what is due."""
    return lambda: list(delivering.deliver_due(Settled()))
