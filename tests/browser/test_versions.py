"""Quotations that are not in this version, by key; and a page whose text was replaced while it was open."""

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from playwright.sync_api import Page, expect

from articles import corrections, versions
from articles.models import Article, FormerText, Quotation

from .conftest import TEXT
from .pages import Faults, News, assert_accessible, card, in_hand

NEW = f"Corrected at noon.\n\n{TEXT}".replace("“We shall sail,” a skipper shouted.", "A skipper disagreed.")


def renew(article: Article) -> None:
    with transaction.atomic():
        new = Article(text=NEW, text_sha256=Article.digest(NEW), title=article.title, extracted_with="test")
        versions.renew(article, new)


@pytest.fixture
def sailing(article: Article, analyst: User) -> Quotation:
    """Accepted, so that it stays when its words go."""
    quotation = article.quotations.get(content="“We shall sail,”")
    corrections.accept(quotation, by=analyst, version=1)
    return quotation


def test_what_is_not_in_this_version_is_decided_on_like_the_rest(
    signed_in_page: Page, article: Article, sailing: Quotation
) -> None:
    renew(article)
    page = signed_in_page
    page.goto(article.get_absolute_url())
    for _ in range(3):
        page.keyboard.press("j")
    expect(page.locator("#gone").get_by_role("article")).to_have_class("card hue-3 accepted in-hand")
    page.keyboard.press("x")
    expect(page.locator("#gone .card")).to_have_class("card hue-3 rejected in-hand")
    page.keyboard.press("u")
    expect(page.locator("#gone .card")).to_have_class("card hue-3 accepted in-hand")
    assert_accessible(page)
    page.get_by_role("link", name="in the version until").click()
    expect(in_hand(page).locator("b")).to_have_text("A skipper")
    expect(page.locator("mark.in-hand")).to_have_text("“We shall sail,”")
    page.keyboard.press("k")
    expect(in_hand(page).locator("b")).to_have_text("Otto Brandt")
    assert_accessible(page)


def test_a_page_of_a_replaced_text_is_shown_anew(
    signed_in_page: Page, article: Article, sailing: Quotation, faults: Faults
) -> None:
    faults.allow("409")
    page = signed_in_page
    News(page, is_held=True)
    page.goto(article.get_absolute_url())
    renew(article)
    card(page, 1).focus()
    page.keyboard.press("a")
    expect(in_hand(page).get_by_role("alert")).to_contain_text("Not saved: the article has a new version.")
    expect(page.locator("#text")).to_contain_text("Corrected at noon.")
    expect(page.locator("#head")).to_contain_text("Version 2 of 2")
    expect(page.locator("#gone")).to_contain_text("“We shall sail,”")
    # Keys pressed before a refusal is taken in are dropped with it; the focus comes when it is.
    expect(in_hand(page)).to_be_focused()
    page.keyboard.press("a")
    expect(card(page, 1).locator(".state")).to_have_text("accepted by you")
    assert Quotation.objects.filter(state="accepted").count() == 2 and FormerText.objects.count() == 1
