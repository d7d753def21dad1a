"""Two people on one article, each in a browser: what one does, the other sees, and neither loses anything."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles import corrections
from articles.models import Article, Quotation

from .pages import Faults, News, assert_accessible, card, settled

pytestmark = pytest.mark.django_db(transaction=True)


def after_news(page: Page) -> None:
    """As if the seconds had passed after which the page asks what others did; its clock has to be installed."""
    settled(page)  # what is under way would be older than what others did
    page.clock.fast_forward(5_000)


def test_each_sees_what_the_other_did_and_that_they_are_there(
    page_for: Callable[..., Page], analyst: User, editor: User, article: Article
) -> None:
    ours, theirs = page_for(analyst), page_for(editor)
    for page in (ours, theirs):
        page.clock.install()
        page.goto(article.get_absolute_url())
    ours.keyboard.press("j")
    theirs.keyboard.press("j")
    theirs.keyboard.press("x")
    expect(card(theirs, 1)).to_contain_text("rejected by you")
    after_news(ours)
    expect(card(ours, 1)).to_contain_text("rejected by editor")
    expect(card(ours, 1)).to_be_focused()
    expect(ours.get_by_text("Also here: editor")).to_be_visible()
    after_news(theirs)
    expect(theirs.get_by_text("Also here: analyst")).to_be_visible()
    assert_accessible(ours)
    ours.keyboard.press("a")
    expect(card(ours, 1)).to_contain_text("accepted by you")
    after_news(theirs)
    expect(card(theirs, 1)).to_contain_text("accepted by analyst")


def test_the_editor_stays_open_and_the_conflict_is_told_when_it_is_saved(
    signed_in_page: Page, editor: User, article: Article, faults: Faults
) -> None:
    faults.allow("409")
    page = signed_in_page
    page.clock.install()
    page.goto(article.get_absolute_url())
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.keyboard.press("ArrowLeft")
    second = Quotation.objects.order_by("start")[1]
    corrections.accept(second, by=editor, version=1)
    corrections.reject(Quotation.objects.order_by("start")[0], by=editor, version=1)
    after_news(page)
    expect(card(page, 2)).to_contain_text("accepted by editor")
    expect(page.locator(".editor")).to_be_visible()
    page.keyboard.press("Enter")
    expect(card(page, 1).get_by_role("alert")).to_contain_text("editor changed it in the meantime")
    card(page, 1).get_by_role("link", name="Take theirs").click()
    expect(card(page, 1).get_by_role("alert")).to_have_count(0)
    assert Quotation.objects.order_by("start")[0].state == "rejected"


def test_a_conflict_stays_until_it_is_decided_and_what_came_meanwhile_is_told_then(
    signed_in_page: Page, editor: User, article: Article, faults: Faults
) -> None:
    faults.allow("409")
    page = signed_in_page
    page.clock.install()
    news = News(page, is_held=True)
    page.goto(article.get_absolute_url())
    first, second = Quotation.objects.order_by("start")[:2]
    corrections.reject(first, by=editor, version=1)
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(card(page, 1).get_by_role("alert")).to_contain_text("editor changed it in the meantime")
    corrections.accept(second, by=editor, version=1)
    news.is_held = False
    with page.expect_response("**/news/**"):
        after_news(page)
    settled(page)
    expect(card(page, 1).get_by_role("alert")).to_be_visible()
    card(page, 1).get_by_role("button", name="Keep mine").click()
    expect(card(page, 1)).to_contain_text("accepted by you")
    after_news(page)
    expect(card(page, 2)).to_contain_text("accepted by editor")


def test_an_open_menu_and_what_is_typed_in_it_stay_until_it_is_closed(
    signed_in_page: Page, editor: User, article: Article
) -> None:
    page = signed_in_page
    page.clock.install()
    page.goto(article.get_absolute_url())
    page.get_by_role("button", name="More").click()
    note = page.get_by_label("Look again at")
    note.fill("who is she?")
    first, second = Quotation.objects.order_by("start")[:2]
    corrections.accept(first, by=editor, version=1)
    after_news(page)
    expect(card(page, 1)).to_contain_text("accepted by editor")
    settled(page)
    expect(note).to_be_visible()
    expect(note).to_have_value("who is she?")
    expect(page.get_by_text("0 of 3 settled")).to_be_visible()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    corrections.accept(second, by=editor, version=1)
    after_news(page)
    expect(page.get_by_text("2 of 3 settled")).to_be_visible()


def test_what_others_did_to_a_card_that_was_being_edited_is_told_once_it_is_not(
    signed_in_page: Page, editor: User, article: Article
) -> None:
    page = signed_in_page
    page.clock.install()
    news = News(page, is_held=False)
    page.goto(article.get_absolute_url())
    page.keyboard.press("j")
    page.keyboard.press("e")
    first, second = Quotation.objects.order_by("start")[:2]
    corrections.reject(first, by=editor, version=1)
    corrections.accept(second, by=editor, version=1)
    after_news(page)
    expect(card(page, 2)).to_contain_text("accepted by editor")
    settled(page)
    news.is_held = True
    page.keyboard.press("Escape")
    expect(card(page, 1)).to_contain_text("suggested")
    news.is_held = False
    after_news(page)
    expect(card(page, 1)).to_contain_text("rejected by editor")
