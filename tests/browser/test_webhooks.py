"""Webhooks in a real browser: one is added, tested, told of what a colleague accepts, and removed."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles import corrections
from articles.models import Article, Webhook
from articles.querysets.webhooks import highest
from articles.webhooks import delivering
from articles.webhooks.signing import secret_of
from tests.receiver import Receiver

from .pages import Faults, assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.both_engines
def test_from_none_to_one_that_is_told(
    editor_page: Page, receiver: Receiver, article: Article, analyst: User, faults: Faults, width: int
) -> None:
    page = editor_page
    faults.allow("422")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/")
    page.get_by_role("button", name="Account").click()
    page.get_by_role("link", name="Webhooks").click()
    expect(page.get_by_role("link", name="Add a webhook")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Add a webhook").click()
    page.get_by_label("Name").fill("Fact desk")
    page.get_by_label("Address").fill("http://10.0.0.1/hook")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Nothing is sent to 10.0.0.1")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Address").fill(receiver.url)
    page.get_by_role("button", name="Save").click()
    receiver.answers = [(200, {}, b"hello"), (503, {}, b"closed for today"), (204, {}, b"")]
    page.get_by_role("button", name="Send a test").click()
    expect(page.get_by_role("status").filter(has_text="The test was accepted.")).to_be_focused()
    page.get_by_role("button", name="Show the secret").click()
    webhook = Webhook.objects.get()
    expect(page.get_by_text(secret_of(webhook))).to_be_visible()
    corrections.accept(article.quotations.all()[0], by=analyst, version=1)
    assert [delivery.status for delivery in delivering.deliver_to(webhook, highest())] == [503]
    page.goto(webhook.get_absolute_url())
    expect(page.get_by_text("closed for today")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert_accessible(page)
    page.get_by_role("link", name="What it tells of").click()
    expect(page.get_by_role("link", name=article.quotations.all()[0].content)).to_be_visible()
    assert_accessible(page)
    page.go_back()
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_text("Sent again: delivered.")).to_be_visible()
    assert [event["type"] for event in receiver.events] == ["quotation.accepted"] * 2
    page.get_by_text("Remove…").click()
    page.get_by_role("button", name="Remove the webhook").click()
    expect(page.get_by_text("Nothing is sent to it any more.")).to_be_visible()
    expect(page.get_by_role("heading", name="No webhooks yet")).to_be_visible()
    assert_accessible(page)
