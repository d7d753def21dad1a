"""The article list in a real browser: narrowing, going back, its table on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article
from tests.factories import make_article

from .pages import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.both_engines
def test_the_list_narrows_as_one_types_and_keeps_its_address(signed_in_page: Page, article: Article) -> None:
    make_article("Quite another story.", title="Another", outlet="Quay News")
    page = signed_in_page
    page.goto("/articles/")
    expect(page.locator("tbody tr")).to_have_count(2)
    page.keyboard.press("/")
    page.keyboard.type("skipper")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody .hit")).to_have_text("skipper")
    expect(page).to_have_url(re.compile(r"[?&]q=skipper"))
    page.get_by_label("Outlet").select_option("Quay News")
    expect(page.get_by_text("No article matches")).to_be_visible()
    page.reload()
    expect(page.get_by_text("No article matches")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Show all articles").click()
    expect(page.locator("tbody tr")).to_have_count(2)


def test_back_restores_the_whole_page(signed_in_page: Page, article: Article) -> None:
    make_article("Quite another story.", title="Another")
    page = signed_in_page
    page.goto("/articles/")
    page.get_by_label("Search articles").fill("skipper")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_label("Search articles").fill("zeppelin")
    expect(page.get_by_text("No article matches")).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile(r"[?&]q=skipper"))
    expect(page.get_by_role("heading", name="Articles")).to_be_visible()
    expect(page.get_by_label("Search articles")).to_have_value("skipper")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.go_back()
    expect(page.locator("tbody tr")).to_have_count(2)
    page.get_by_role("link", name="Another").click()
    page.go_back()
    expect(page.get_by_role("heading", name="Articles")).to_be_visible()
    page.get_by_role("button", name="Keys").click()
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


@pytest.mark.parametrize("width", [390, 820, 1440])
def test_the_table_stays_a_table_at_every_width(signed_in_page: Page, article: Article, width: int) -> None:
    page = signed_in_page
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/articles/")
    expect(page.get_by_role("table").get_by_role("columnheader")).to_have_count(5)
    expect(page.get_by_role("row").nth(1).get_by_role("cell")).to_have_count(5)


def test_a_date_that_is_none_is_named(signed_in_page: Page, article: Article) -> None:
    page = signed_in_page
    page.goto("/articles/?after=yesterday")
    expect(page.get_by_role("alert")).to_have_text("From: Enter a valid date.")
    expect(page.get_by_label("From")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("From")).to_have_accessible_description("From: Enter a valid date.")
    assert_accessible(page)
