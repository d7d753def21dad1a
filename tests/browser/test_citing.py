"""The permalink in a browser: the proof, a citation in each style, copied and taken as a file, by keyboard too."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article

from .pages import Faults, assert_accessible, assert_fits, settled

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.both_engines
def test_a_citation_is_chosen_copied_and_taken_along(signed_in_page: Page, article: Article) -> None:
    page = signed_in_page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    quotation = article.quotations.get(start=article.text.index("“The nets"))
    page.goto(f"{quotation.permalink}?q=nets")
    expect(page.get_by_role("heading", name="Its words stand in the article")).to_be_visible()
    expect(page.get_by_text("counted as Unicode code points from 0, end not included")).to_be_visible()
    assert_accessible(page)
    styles = page.get_by_role("navigation", name="Style of the citation")
    expect(page.get_by_role("heading", level=1)).to_contain_text("in “Empty nets 🐟”")
    styles.get_by_role("link", name="APA").press("Enter")
    expect(styles.get_by_role("link", name="APA")).to_have_attribute("aria-current", "true")
    settled(page)
    page.get_by_role("button", name="Copy what stands in the text").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert "as cited in " in page.evaluate("navigator.clipboard.readText()")
    for name, expected in (
        ("MLA", "“Empty Nets 🐟.” The Harbour Gazette, http://"),
        ("CSL-JSON", '[\n  {\n    "id": "empty-'),
        ("BibTeX", "@article{empty-"),
    ):
        styles.get_by_role("link", name=name).press("Enter")
        expect(styles.get_by_role("link", name=name)).to_have_attribute("aria-current", "true")
        expect(styles.get_by_role("link", name=name)).to_be_focused()
        settled(page)
        page.get_by_role("button", name="Copy the citation").click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith(expected)
        assert_accessible(page, within="#cite")
    expect(page).to_have_url(re.compile(r"\?q=nets&cite=bibtex"))
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as .bib").click()
    assert download.value.suggested_filename == f"quotation-{str(quotation.uid)[:8]}.bib"
    plain = page.get_by_role("link", name="text/plain").get_attribute("href")
    assert page.request.get(f"{quotation.permalink}{plain}").text().startswith(f"Newsroom quotation {quotation.uid}")


def test_the_style_asked_for_last_is_shown(signed_in_page: Page, article: Article, faults: Faults) -> None:
    """Though the answer to the one before is still on its way."""
    faults.allow("htmx:(sendAbort|afterRequest)")
    page = signed_in_page
    page.goto(article.quotations.all()[0].permalink)
    page.evaluate("for (const name of ['apa', 'mla']) document.getElementById(`style-${name}`).click()")
    styles = page.get_by_role("navigation", name="Style of the citation")
    expect(styles.locator("[aria-current]")).to_have_text("MLA")
    settled(page)
    expect(styles.locator("[aria-current]")).to_have_text("MLA")
    expect(page).to_have_url(re.compile("cite=mla"))


def test_styles_are_links_without_script(page_for: Callable[..., Page], viewer: object, article: Article) -> None:
    page = page_for(viewer, java_script_enabled=False)
    page.goto(article.quotations.first().permalink)  # type: ignore[union-attr]
    page.get_by_role("link", name="APA").click()
    expect(page.locator("#citation")).to_contain_text("(n.d.). The Harbour Gazette.")
    expect(page.get_by_role("button", name="Copy the citation")).to_be_hidden()


def test_it_fits_a_phone(signed_in_page: Page, article: Article) -> None:
    signed_in_page.goto(f"{article.quotations.all()[0].permalink}?cite=csl")
    assert_fits(signed_in_page, [390])
