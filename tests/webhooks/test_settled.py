"""Numbers that are given out before others and appear after them are not passed over."""

import threading

import pytest
from django.db import connection, transaction

from articles.models import Quotation
from articles.querysets.webhooks import Settled, highest
from articles.webhooks.delivering import deliver_due
from tests.factories import make_article, make_quotation
from tests.racing import PATIENCE
from tests.receiver import Receiver

from .conftest import MakeWebhook

pytestmark = pytest.mark.django_db(transaction=True)


def test_with_nobody_writing_all_that_is_there_counts():
    assert Settled().look() == highest()
    make_quotation(make_article())
    settled = Settled()
    assert settled.look() == settled.look() == highest()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="on SQLite one writes at a time")
def test_what_a_slow_writer_is_about_to_show_is_waited_for(make_webhook: MakeWebhook, receiver: Receiver):
    """It had its number before the quick one's, and is seen after it: both are told, in their order."""
    make_webhook("new")
    slow_text, quick_text = make_article("“Slow,” she said."), make_article("“Quick,” she said.")
    wrote, may_end = threading.Event(), threading.Event()

    def write_slowly() -> None:
        try:
            with transaction.atomic():
                make_quotation(slow_text, "“Slow,”")
                wrote.set()
                may_end.wait(PATIENCE)
        finally:
            connection.close()

    slow = threading.Thread(target=write_slowly)
    slow.start()
    assert wrote.wait(PATIENCE)
    quick = make_quotation(quick_text, "“Quick,”")
    settled = Settled()
    assert settled.look() is None and settled.look() is None
    assert list(deliver_due(settled)) == []
    latest = make_quotation(quick_text, "Quick")
    may_end.set()
    slow.join(PATIENCE)
    assert [delivery.outcome for delivery in deliver_due(settled)] == ["delivered"]
    told = [event["quotation"]["uid"] for event in receiver.events]
    by_number = [str(uid) for uid in Quotation.objects.order_by("pk").values_list("uid", flat=True)]
    assert told == by_number and str(quick.uid) in told and str(latest.uid) in told


@pytest.mark.skipif(connection.vendor == "sqlite", reason="on SQLite one writes at a time")
def test_others_that_begin_meanwhile_are_not_waited_for():
    """Of two that overlap for ever, the look goes on as soon as those of the last look have ended."""
    article = make_article("“One,” “Two,” she said.")
    events = {name: (threading.Event(), threading.Event()) for name in ("“One,”", "“Two,”")}

    def write(words: str) -> None:
        wrote, may_end = events[words]
        try:
            with transaction.atomic():
                make_quotation(article, words)
                wrote.set()
                may_end.wait(PATIENCE)
        finally:
            connection.close()

    threads = {words: threading.Thread(target=write, args=(words,)) for words in events}
    seen = make_quotation(article, "she")
    threads["“One,”"].start()
    assert events["“One,”"][0].wait(PATIENCE)
    settled = Settled()
    assert settled.look() is None
    threads["“Two,”"].start()
    assert events["“Two,”"][0].wait(PATIENCE)
    assert settled.look() is None
    events["“One,”"][1].set()
    threads["“One,”"].join(PATIENCE)
    known = settled.look()
    assert known and known.quotation == seen.pk
    events["“Two,”"][1].set()
    threads["“Two,”"].join(PATIENCE)
    assert settled.look() == highest()
