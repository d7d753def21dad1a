"""What a person is told when a correction is refused or a request fails, and that nothing typed is lost."""

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from django.contrib.auth.models import User
from django.db import connection
from playwright.sync_api import Page, expect

from articles import corrections
from articles.models import Article, Quotation, Speaker

from .pages import Faults, News, assert_accessible, card

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.both_engines
def test_somebody_else_was_faster(signed_in_page: Page, editor: User, article: Article, faults: Faults) -> None:
    faults.allow("409")
    page = signed_in_page
    News(page, is_held=True)
    page.goto(article.get_absolute_url())
    first = Quotation.objects.order_by("start")[0]
    corrections.reject(first, by=editor, version=1)
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(card(page, 1).get_by_role("alert")).to_contain_text("Not saved: editor changed it in the meantime.")
    expect(card(page, 1)).to_contain_text("rejected by editor")
    expect(card(page, 1)).to_be_focused()
    assert_accessible(page)


@pytest.mark.both_engines
def test_extraction_was_faster(signed_in_page: Page, article: Article, faults: Faults) -> None:
    faults.allow("410")
    page = signed_in_page
    News(page, is_held=True)
    page.goto(article.get_absolute_url())
    Quotation.objects.order_by("start")[0].delete()
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.get_by_role("status")).to_contain_text("the quotation is no longer there. Load the page again")
    page.keyboard.press("j")
    card(page, 2).get_by_role("button", name="Reject").click()
    expect(page.locator(".card").nth(1)).to_contain_text("rejected by you")
    expect(page.locator(".card").nth(2)).to_be_focused()
    page.reload()
    expect(page.locator(".card")).to_have_count(2)


@pytest.mark.parametrize("way", ["offline", "503"])
def test_what_the_server_does_not_answer_is_kept_and_sent_again(
    signed_in_page: Page, article: Article, faults: Faults, way: str
) -> None:
    faults.allow("ERR_INTERNET_DISCONNECTED")
    faults.allow("503")
    faults.allow("htmx:")
    page = signed_in_page
    # Before the page is loaded: the browser may let through what one that is there asks for next, offline too.
    answers = {
        "offline": lambda route: route.abort("internetdisconnected"),
        "503": lambda route: route.fulfill(status=503),
    }
    page.route("**/accept/", answers[way])
    page.goto(article.get_absolute_url())
    if way == "offline":
        page.context.set_offline(True)
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.get_by_role("status")).to_contain_text("Not saved yet: the server does not answer.")
    page.keyboard.press("a")
    expect(page.locator(".card.unsaved")).to_have_count(2)
    assert not Quotation.objects.filter(state="accepted").exists()
    page.unroute("**/accept/")
    page.context.set_offline(False)
    expect(card(page, 1)).to_contain_text("accepted by you")
    expect(card(page, 2)).to_contain_text("accepted by you")
    expect(page.locator(".card.unsaved")).to_have_count(0)


def test_what_a_busy_database_does_not_take_comes_later(
    signed_in_page: Page, article: Article, faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no one lock of all writers")
    faults.allow("503")
    page = signed_in_page
    News(page, is_held=True)
    page.goto(article.get_absolute_url())
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other,
        monkeypatch.context() as impatient,
    ):
        impatient.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.1)
        other.execute("BEGIN IMMEDIATE")
        page.keyboard.press("j")
        page.keyboard.press("a")
        expect(page.get_by_role("status")).to_contain_text("Not saved yet", timeout=30_000)
        expect(page.locator(".card.unsaved")).to_have_count(1)
    expect(card(page, 1)).to_contain_text("accepted by you", timeout=30_000)
    expect(page.locator(".card.unsaved")).to_have_count(0)
    assert Quotation.objects.filter(state="accepted").count() == 1


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (400, "Not saved. That request was not understood."),
        (403, "Not saved. Your account may not do that"),
        (404, "Not saved. That is no longer there"),
        (418, "Not saved. That request was not understood."),
        (500, "Not saved. Something broke on our side."),
    ],
)
def test_each_failure_has_its_words_and_the_card_stays_in_hand(
    signed_in_page: Page, article: Article, faults: Faults, status: int, words: str
) -> None:
    faults.allow(rf"\b{status}\b")
    page = signed_in_page
    page.route("**/accept/", lambda route: route.fulfill(status=status))
    page.goto(article.get_absolute_url())
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator("#toast .failed")).to_contain_text(words)
    expect(card(page, 1)).to_be_focused()
    card(page, 1).get_by_role("button", name="Reject").click()
    expect(card(page, 1)).to_contain_text("rejected by you")
    expect(card(page, 2)).to_be_focused()


def test_what_only_reads_does_not_say_that_it_was_not_saved(
    signed_in_page: Page, article: Article, faults: Faults
) -> None:
    faults.allow(r"\b500\b")
    page = signed_in_page
    page.route("**/facets/**", lambda route: route.fulfill(status=500))
    page.goto("/articles/")
    expect(page.locator("#toast .failed p")).to_have_text(
        "Something broke on our side. Try again; if it keeps happening, tell whoever runs this Newsroom."
    )


def test_what_the_server_says_of_an_outage_is_shown(signed_in_page: Page, article: Article, faults: Faults) -> None:
    faults.allow(r"\b503\b")
    page = signed_in_page
    said = "The database is <busy>."
    page.route("**/facets/**", lambda route: route.fulfill(status=503, content_type="text/plain", body=said))
    page.goto("/articles/")
    expect(page.locator("#toast .failed p")).to_have_text(said)


def test_a_name_that_two_bear_is_mended_in_the_open_form(
    signed_in_page: Page, article: Article, faults: Faults
) -> None:
    faults.allow("422")
    for qualifier in ("footballer", "judge"):
        Speaker.objects.create(name="John Smith", qualifier=qualifier)
    page = signed_in_page
    page.goto(article.get_absolute_url())
    for key in "js":
        page.keyboard.press(key)
    page.keyboard.type("John Smith")
    page.keyboard.press("Enter")
    field = page.get_by_label("Speaker of quotation 1")
    expect(card(page, 1).get_by_role("alert")).to_contain_text("Choose: John Smith (footballer), John Smith (judge).")
    expect(field).to_have_value("John Smith")
    expect(field).to_be_focused()
    assert_accessible(page)
    page.keyboard.press("End")
    page.keyboard.type(" (judge)")
    page.keyboard.press("Enter")
    expect(card(page, 1)).to_contain_text("John Smith (judge)")
    expect(card(page, 1).get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False])
def test_a_colleagues_speaker_and_ones_own_stand_side_by_side(
    page_for: Callable[..., Page], analyst: User, editor: User, article: Article, faults: Faults, script: bool
) -> None:
    faults.allow("409")
    page = page_for(analyst, java_script_enabled=script)
    News(page, is_held=True)
    page.goto(article.get_absolute_url())
    card(page, 1).click()
    card(page, 1).get_by_role("link", name="Speaker").click()
    page.get_by_label("Speaker of quotation 1").fill("Otto Brandt")
    first = Quotation.objects.order_by("start")[0]
    corrections.change_speaker(first, name="Carl Quay", by=editor, version=1)
    card(page, 1).get_by_role("button", name="Save").click()
    expect(card(page, 1).get_by_role("definition")).to_have_text(["Otto Brandt", "Carl Quay"])
    expect(page.get_by_label("Speaker of quotation 1")).to_have_value("Otto Brandt")
    expect(page.get_by_label("Speaker of quotation 1")).to_be_focused()
    card(page, 1).get_by_role("button", name="Save").click()
    expect(card(page, 1).locator("header")).to_contain_text("Otto Brandt")


def test_what_a_colleague_overwrote_is_passed_over_by_undo(
    signed_in_page: Page, analyst: User, editor: User, article: Article, faults: Faults
) -> None:
    faults.allow("409")
    first, second, _ = Quotation.objects.order_by("start")
    for quotation in (first, second):
        corrections.accept(quotation, by=analyst, version=1)
    page = signed_in_page
    News(page, is_held=True)
    page.goto(article.get_absolute_url())
    corrections.reject(second, by=editor, version=2)
    page.keyboard.press("u")
    expect(card(page, 2).get_by_role("alert")).to_contain_text("Not undone")
    expect(page.get_by_text("Your last act stands: it was changed again since.")).to_be_visible()
    # Keys pressed before a refusal is taken in are dropped with it; the focus comes when it is.
    expect(card(page, 2)).to_be_focused()
    page.keyboard.press("u")
    expect(card(page, 1)).to_contain_text("suggested")
    expect(card(page, 2)).to_contain_text("rejected by editor")
