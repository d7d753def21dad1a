"""Correcting without script: each act is a form, answered by a page that says what happened."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles import corrections
from articles.models import Article, Quotation

from .pages import Faults, card

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(page_for: Callable[..., Page], analyst: User, article: Article) -> Page:
    page = page_for(analyst, java_script_enabled=False)
    page.goto(article.get_absolute_url())
    return page


def said(page: Page, words: str) -> None:
    expect(page.get_by_role("status").first).to_contain_text(words)


def shown(article: Article) -> list[str]:
    return [one.content for one in Quotation.objects.for_reading(article)]


def test_every_part_is_edited_by_its_words(page: Page, article: Article) -> None:
    card(page, 1).get_by_role("link", name="Edit").click()
    page.get_by_label("Words, one part a line").fill("“The nets were empty,”\nshe said on Monday")
    page.get_by_label("Cue").fill("")
    page.get_by_label("Kind").select_option("mixed")
    page.get_by_label("Note").fill("a joke")
    page.get_by_role("button", name="Save").click()
    said(page, "Saved.")
    quotation = Quotation.objects.for_reading(article)[0]
    assert (quotation.content, quotation.cue, quotation.kind, quotation.note) == (
        "“The nets were empty,” … she said on Monday",
        "",
        "mixed",
        "a joke",
    )
    page.get_by_role("button", name="Undo: edit").click()
    said(page, "Undone.")
    page.get_by_role("button", name="Redo").click()
    said(page, "Done again.")
    assert shown(article)[0] == "“The nets were empty,” … she said on Monday"


def test_words_that_the_article_does_not_say_come_back_with_a_sentence(
    page: Page, article: Article, faults: Faults
) -> None:
    faults.allow("422")
    card(page, 1).get_by_role("link", name="Edit").click()
    page.get_by_label("Words, one part a line").fill("The boats were full")
    page.get_by_role("button", name="Save").click()
    expect(card(page, 1).get_by_role("alert")).to_contain_text("The article does not say “The boats were full”.")
    assert Quotation.objects.for_reading(article)[0].version == 1


def test_merge_duplicate_and_add(page: Page, article: Article) -> None:
    card(page, 1).get_by_role("button", name="Merge with next").click()
    said(page, "Merged.")
    assert len(shown(article)) == 2
    card(page, 1).get_by_role("button", name="Duplicate").click()
    said(page, "Added 1 quotation.")
    assert len(shown(article)) == 3
    page.get_by_role("button", name="More").click()
    page.get_by_label("Words of a quotation that is missing").fill("Ida Moss runs the harbour")
    page.get_by_role("button", name="Add quotation").click()
    said(page, "Added 1 quotation.")
    assert "Ida Moss runs the harbour" in shown(article)


def test_a_conflict_shows_both_versions(page: Page, editor: User, article: Article, faults: Faults) -> None:
    faults.allow("409")
    first = Quotation.objects.for_reading(article)[0]
    corrections.reject(first, by=editor, version=1)
    card(page, 1).get_by_role("button", name="Accept").click()
    expect(card(page, 1).get_by_role("definition")).to_have_text(["accepted", "rejected"])
    card(page, 1).get_by_role("button", name="Keep mine").click()
    said(page, "Accepted 1 quotation.")
    first.refresh_from_db()
    assert first.state == "accepted"


def test_many_at_once_and_the_article(page: Page, article: Article) -> None:
    page.get_by_role("button", name="More").click()
    page.get_by_role("link", name="Accept or reject several together").click()
    page.get_by_label("What to do").select_option("rejected")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("checkbox").first.uncheck()
    page.get_by_role("button", name="Reject those that are ticked").click()
    said(page, "Rejected 2 quotations.")
    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="Mark as reviewed").click()
    expect(page.get_by_role("heading", name="Mark it as reviewed all the same?")).to_be_visible()
    page.get_by_role("button", name="Mark as reviewed").click()
    said(page, "Reviewed.")
    article.refresh_from_db()
    assert article.reviewed_by is not None
