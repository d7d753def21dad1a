"""`manage.py deliver`: once, as for cron, and until it is told to stop."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as real_settings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from pytest_django import Settings

from articles.models import Delivery, Webhook
from tests.databases import url_of_tests
from tests.factories import make_article, make_quotation
from tests.racing import PATIENCE
from tests.receiver import Receiver

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def receiver(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    receiver = Receiver()
    settings.NEWSROOM_WEBHOOK_ALLOW = ["127.0.0.1"]
    monkeypatch.setenv("NEWSROOM_WEBHOOK_ALLOW", "127.0.0.1")
    monkeypatch.setenv("DATABASE_URL", url_of_tests())
    yield receiver
    receiver.close()


@pytest.fixture
def webhook(editor: User, receiver: Receiver) -> Webhook:
    return Webhook.objects.create(
        name="Desk", url=receiver.url, events=["new"], by=editor, after_quotation=0, after_change=0
    )


def run(*options: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("deliver", *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_once_all_that_is_due_is_sent(webhook: Webhook, receiver: Receiver, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("articles.webhooks.delivering.AT_ONCE", 1)
    monkeypatch.setattr("articles.webhooks.events.MOST", 1)
    assert run() == ("", "")
    article = make_article()
    for words in ("nets", "fleet", "port"):
        make_quotation(article, words)
    out, err = run()
    assert out.count("\n") == 3 and out.startswith("Desk: 1 event, delivered 204 in ") and not err
    assert len(receiver.events) == 3
    assert run("--quiet") == ("", "")


def test_what_fails_is_told_and_ends_in_an_error(webhook: Webhook, receiver: Receiver):
    make_quotation(make_article())
    receiver.answers = [(503, {}, b"closed")]
    err = StringIO()
    with pytest.raises(SystemExit, match=r"^1$"):
        call_command("deliver", stdout=StringIO(), stderr=err)
    assert err.getvalue().startswith("Desk: 1 event, refused 503") and err.getvalue().endswith("closed\n1 failed\n")


def test_too_often_is_refused():
    with pytest.raises(CommandError, match="--every"):
        call_command("deliver", "--watch", "--every", "0")


@pytest.fixture
def watching(receiver: Receiver) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Starts processes that deliver; none outlives the test."""
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        command = [sys.executable, "manage.py", "deliver", "--watch", "--every", "0.1"]
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "newsroom.settings.development"}
        root, pipe = Path(real_settings.BASE_DIR), subprocess.PIPE
        started.append(subprocess.Popen(command, cwd=root, env=environment, stdout=pipe, stderr=pipe, text=True))
        return started[-1]

    yield start
    for process in started:
        with process:
            process.kill()


def wait_for(what: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_killed_in_the_middle_another_process_goes_on(
    webhook: Webhook, receiver: Receiver, watching: Callable[[], subprocess.Popen[str]]
):
    """And that one ends on SIGTERM, with what it has in hand written down."""
    receiver.answers = [lambda handler: time.sleep(30), (204, {}, b"")]
    quotation = make_quotation(make_article())
    first = watching()
    wait_for(lambda: receiver.got)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert Delivery.objects.get().outcome == "waiting"
    Webhook.objects.update(held_until="2025-01-01T00:00Z")  # as if the time that it was taken for were over
    second = watching()
    wait_for(lambda: Delivery.objects.filter(outcome="delivered").exists())
    second.send_signal(signal.SIGTERM)
    out, err = second.communicate(timeout=PATIENCE)
    assert (second.returncode, err) == (0, "") and out.startswith("Desk: 1 event, delivered 204")
    assert [event["id"] for event in receiver.events] == [f"{quotation.uid}.new"] * 2
    webhook.refresh_from_db()
    assert webhook.held_by is None
