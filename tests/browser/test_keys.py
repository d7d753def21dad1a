"""The keys in a real browser: never while typing, off on demand; and the ways out of the speaker form."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles.models import Article

from .pages import assert_accessible, card, in_hand

pytestmark = pytest.mark.django_db(transaction=True)


def test_keys_do_nothing_while_typing(signed_in_page: Page, article: Article) -> None:
    page = signed_in_page
    page.goto(article.get_absolute_url())
    page.keyboard.press("j")
    page.keyboard.press("/")
    page.keyboard.type("jaxsu?")
    expect(page.get_by_label("Search articles")).to_have_value("jaxsu?")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("a")
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert set(article.quotations.values_list("state", flat=True)) == {"suggested"}


def test_keys_can_be_switched_off_for_good_and_on_again(signed_in_page: Page, article: Article) -> None:
    page = signed_in_page
    page.goto(article.get_absolute_url())
    page.get_by_role("button", name="Keys").click()
    page.get_by_role("checkbox").uncheck()
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    for _ in range(2):
        for key in "ja/?":
            page.keyboard.press(key)
        expect(in_hand(page)).to_have_count(0)
        expect(page.get_by_role("dialog")).to_be_hidden()
        expect(page.get_by_label("Search articles")).not_to_be_focused()
        page.reload()
    page.goto("/articles/")
    page.get_by_role("button", name="Keys").click()
    expect(page.get_by_role("checkbox")).not_to_be_checked()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("/")
    expect(page.get_by_label("Search articles")).to_be_focused()
    assert set(article.quotations.values_list("state", flat=True)) == {"suggested"}


@pytest.mark.parametrize("width", [390, 820, 1440])
def test_the_speaker_form_can_be_left(signed_in_page: Page, article: Article, width: int) -> None:
    page = signed_in_page
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(article.get_absolute_url())
    page.keyboard.press("j")
    page.keyboard.press("s")
    field = page.get_by_label("Speaker of quotation 1")
    field.fill("Somebody el")
    assert_accessible(page)
    outer, inner = card(page, 1).bounding_box(), card(page, 1).get_by_text("Cancel").bounding_box()
    assert outer and inner and inner["x"] + inner["width"] < outer["x"] + outer["width"]
    for leave in (lambda: page.keyboard.press("Escape"), lambda: card(page, 1).get_by_text("Cancel").click()):
        leave()
        expect(field).to_be_hidden()
        expect(card(page, 1)).to_be_focused()
        page.keyboard.press("s")
        expect(field).to_have_value("Ida Moss")
        expect(field).to_be_focused()
        field.fill("Somebody el")
    # There is one form: it moves to the next card, and keeps nothing of the last.
    page.keyboard.press("Tab")
    page.keyboard.press("j")
    page.keyboard.press("s")
    expect(field).to_have_count(0)
    expect(page.get_by_label("Speaker of quotation 2")).to_have_value("Otto Brandt")


def test_the_speaker_form_can_be_left_without_script(
    page_for: Callable[..., Page], analyst: User, article: Article
) -> None:
    page = page_for(analyst, java_script_enabled=False)
    page.goto(article.get_absolute_url())
    field = page.get_by_label("Speaker of quotation 1")
    for name, shown in (("Speaker", 1), ("Cancel", 0)):
        card(page, 1).get_by_role("link", name=name).click()
        expect(field).to_have_count(shown)
        expect(card(page, 1)).to_be_in_viewport()
    expect(page.get_by_role("button", name="Keys")).to_be_hidden()
