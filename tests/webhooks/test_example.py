"""The receiver in docs/webhooks.md, as it is printed there."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from articles.webhooks import delivering
from articles.webhooks.signing import secret_of
from tests.factories import make_article, make_quotation
from tests.receiver import Receiver

from .conftest import Deliver, MakeWebhook

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


@pytest.fixture(scope="module")
def events_in() -> Callable[..., list[dict[str, Any]]]:
    page = (Path(settings.BASE_DIR) / "docs" / "webhooks.md").read_text("utf-8")
    (program,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    names: dict[str, Any] = {}
    exec(program, names)  # noqa: S102 - our own
    function: Callable[..., list[dict[str, Any]]] = names["events_in"]
    return function


def test_it_takes_what_is_signed(
    events_in: Callable[..., Any], make_webhook: MakeWebhook, receiver: Receiver, deliver: Deliver
):
    webhook = make_webhook("new")
    quotation = make_quotation(make_article("“Ναι 🐟,” she said."), "“Ναι 🐟,”")
    deliver()
    delivering.send_test(webhook)
    (told, test) = [(headers, body) for _path, headers, body in receiver.got]
    (event,) = events_in(secret_of(webhook), *told)
    assert event["quotation"]["content"] == "“Ναι 🐟,”" and event["id"] == f"{quotation.uid}.new"
    assert events_in(secret_of(webhook), *test) == []


def test_it_refuses_the_rest(
    events_in: Callable[..., Any], make_webhook: MakeWebhook, receiver: Receiver, deliver: Deliver
):
    webhook = make_webhook("new")
    make_quotation(make_article())
    deliver()
    ((_path, headers, body),) = receiver.got
    secret = secret_of(webhook)
    for wrong in (
        (secret_of(make_webhook("new")), headers, body),
        (secret, headers, body + b" "),
        (secret, headers | {"webhook-id": "another"}, body),
        (secret, headers | {"webhook-timestamp": "1614265330"}, body),
        (secret, headers | {"webhook-signature": "v1,"}, body),
    ):
        with pytest.raises(ValueError, match=r"old|signed"):
            events_in(*wrong)
