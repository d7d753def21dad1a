"""From the home page to a quotation that is cited; filters, words in context, saved searches."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article, SavedSearch
from tests.factories import make_article, make_quotation

from .pages import assert_accessible, assert_fits

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def other() -> Article:
    article = make_article(
        "“The nets were torn,” he said.", title="Torn nets", outlet="Quay News", published_on="2026-01-02"
    )
    make_quotation(article, "“The nets were torn,”", speaker="Otto Brandt", state="accepted")
    return article


@pytest.mark.both_engines
def test_from_the_home_page_to_a_cited_quotation(signed_in_page: Page, article: Article, other: Article) -> None:
    page = signed_in_page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/")
    page.get_by_label("Who said what?").fill('"the nets"')
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/quotations/\?q=%22the\+nets%22"))
    expect(page.get_by_role("status").first).to_have_text('2 quotations with “"the nets"”')
    expect(page.locator(".sayings .hit").first).to_have_text("The nets")
    page.get_by_role("link", name="Quay News").click()
    expect(page.locator(".saying")).to_have_count(1)
    assert_accessible(page)
    page.locator(".saying blockquote a").click()
    expect(page.locator(".permalink mark")).to_have_text("“The nets were torn,”")
    assert_accessible(page)
    page.get_by_role("button", name="Copy the citation").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    cited = page.evaluate("navigator.clipboard.readText()")
    assert cited.startswith("Otto Brandt: “The nets were torn”. In: “Torn nets”, Quay News, 2 January 2026.")
    page.get_by_role("link", name="Torn nets").click()
    expect(page.locator(".card.in-hand")).to_contain_text("Otto Brandt")
    page.get_by_role("link", name="Back to the results").click()
    expect(page.locator(".saying")).to_have_count(1)


def test_filters_combine_and_are_taken_away_by_keyboard(
    signed_in_page: Page, article: Article, other: Article
) -> None:
    page = signed_in_page
    page.goto("/articles/?q=nets")
    page.get_by_role("link", name="Otto Brandt").press("Enter")
    expect(page.locator(".chips")).to_contain_text("Otto Brandt")
    page.get_by_role("link", name="accepted").press("Enter")
    expect(page.locator(".articles tbody tr")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"q=nets&speaker=\d+&state=accepted"))
    assert_accessible(page)
    page.locator(".chips").get_by_role("link", name=re.compile("State: accepted")).press("Enter")
    expect(page.locator(".articles tbody tr")).to_have_count(2)
    page.get_by_label("Search articles").fill("torn")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"q=torn&speaker=\d+"))
    expect(page.locator(".articles tbody tr")).to_have_count(1)


def test_words_in_context(signed_in_page: Page, article: Article, other: Article) -> None:
    page = signed_in_page
    page.goto("/quotations/?q=nets")
    page.get_by_role("link", name="In context").click()
    expect(page.locator(".concordance")).to_be_visible()
    page.get_by_role("link", name="By the words after").click()
    expect(page.locator(".concordance .right").first).to_have_text(re.compile("were empty"))
    expect(page.locator(".concordance tr")).to_have_count(3)
    assert_accessible(page)


def test_a_search_is_saved_and_tells_what_is_new(signed_in_page: Page, article: Article) -> None:
    page = signed_in_page
    page.goto("/articles/?q=nets")
    page.get_by_role("button", name="Save this search").click()
    page.get_by_label("Name", exact=True).fill("All nets")
    assert_accessible(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("nothing new")).to_be_visible()
    assert_accessible(page)
    make_article("More nets.", title="Late")
    page.reload()
    expect(page.get_by_text("1 new")).to_be_visible()
    page.get_by_role("link", name="All nets", exact=True).click()
    expect(page.locator(".articles .new-results")).to_have_count(1)
    page.goto("/searches/")
    page.locator("summary", has_text="Change").click()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("No saved searches yet")).to_be_visible()
    assert SavedSearch.objects.get().is_removed


def test_how_to_search_is_told_in_its_place(signed_in_page: Page, article: Article) -> None:
    page = signed_in_page
    page.goto("/quotations/")
    page.get_by_role("button", name="How to search").click()
    expect(page.get_by_text("within ten words of each other")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(page.get_by_text("within ten words of each other")).to_be_hidden()


def test_all_of_it_works_without_script(page_for: Callable[..., Page], analyst: object, article: Article) -> None:
    page = page_for(analyst, java_script_enabled=False)
    page.goto("/quotations/")
    page.get_by_role("link", name="Narrow by outlet, speaker, date …").click()
    page.get_by_role("link", name="mixed").click()
    expect(page.locator(".saying")).to_have_count(1)


def test_lists_fit_a_phone(signed_in_page: Page, article: Article) -> None:
    page = signed_in_page
    page.set_viewport_size({"width": 390, "height": 800})
    for address in ("/articles/", "/quotations/", "/quotations/?q=*&show=context"):
        page.goto(address)
        page.locator(".facets summary").click()
        expect(page.get_by_role("link", name="mixed")).to_be_visible()
        assert_fits(page, [390])
