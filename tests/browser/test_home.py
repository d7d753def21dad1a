"""Home in a real browser: from nothing to the samples, and from the desk to a search and an article."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from articles import corrections, import_line
from articles.models import Article

from .pages import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)

HOME = reverse("articles:home")


def test_an_empty_database_offers_the_samples(signed_in_page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_line, "_start", lambda run: None)
    page = signed_in_page
    page.goto(HOME)
    assert_accessible(page)
    page.get_by_role("button", name="Bring in the samples").click()
    expect(page.get_by_text("agency-swale-bridge-shut.txt")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.both_engines
def test_from_the_desk_to_the_search(signed_in_page: Page, article: Article, editor: User, width: int) -> None:
    page = signed_in_page
    corrections.accept(article.quotations.all()[0], by=editor, version=1)
    corrections.flag(article, note="Which ministry?", by=editor, version=1)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(HOME)
    expect(page.get_by_role("region", name="What waits").get_by_text("Which ministry?")).to_be_visible()
    expect(page.get_by_role("region", name="What changed since yesterday").get_by_text("editor")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert_accessible(page)
    page.keyboard.press("/")
    page.keyboard.type("nets")
    page.get_by_role("button", name="Search articles").click()
    expect(page).to_have_url(re.compile(r"\?q=nets$"))
    page.get_by_role("link", name="Empty nets").click()
    expect(page.get_by_role("heading", name="Empty nets")).to_be_visible()
