"""The article list in a real browser: narrowing, going back, its table on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article
from tests.factories import make_article

from .pages import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)


def test_back_restores_the_list_as_it_was(signed_in_page: Page, article: Article) -> None:
    make_article("Quite another story.", title="Another", outlet="Quay News")
    page = signed_in_page
    page.goto("/articles/")
    page.keyboard.press("/")
    page.keyboard.type("skipper")
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody .hit")).to_have_text("skipper")
    expect(page).to_have_url(re.compile(r"[?&]q=skipper"))
    page.get_by_label("Search articles").fill("zeppelin")
    page.keyboard.press("Enter")
    expect(page.get_by_text("No article matches")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Search articles")).to_have_value("skipper")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.go_back()
    expect(page.locator("tbody tr")).to_have_count(2)


def test_the_table_stays_a_table_at_every_width(signed_in_page: Page, article: Article) -> None:
    page = signed_in_page
    page.goto("/articles/")
    for width in (390, 820, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        expect(page.get_by_role("table").get_by_role("columnheader")).to_have_count(5)
        expect(page.get_by_role("row").nth(1).get_by_role("cell")).to_have_count(5)


def test_what_is_not_understood_is_told(signed_in_page: Page, article: Article) -> None:
    page = signed_in_page
    page.goto("/articles/?after=yesterday")
    expect(page.get_by_role("alert")).to_have_text(re.compile("“yesterday” is no value of “after”"))
    expect(page.locator("tbody tr")).to_have_count(1)
    assert_accessible(page)
