"""A person checks quotations in a real browser: by mouse, by keys, on a phone, without script."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles.importing import Source
from articles.models import Article, Speaker
from tests.conftest import PASSWORD
from tests.factories import ingest

from .pages import SCHEMES, assert_accessible, assert_fits, card, in_hand, settled
from .test_sign_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def seed(transactional_db: None, seed_path: Path) -> Article:
    added, extracted = ingest([Source("samples/seed.txt", seed_path)])
    assert (added.result, extracted.result) == ("added", "extracted")
    return Article.objects.get()


@pytest.mark.both_engines
def test_the_whole_walk(page: Page, analyst: User, seed: Article) -> None:
    """Sign in, open the seed, see its marks, reject one, undo, change a speaker, reload: all still there."""
    page.goto("/articles/")
    sign_in(page, analyst.username, PASSWORD)
    expect(page.get_by_role("heading", name="Articles", exact=True)).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="No negotiations with U.S. at any level, Leader says").click()
    quotations = seed.quotations.count()
    assert quotations >= 13
    expect(page.get_by_label("Speakers in this article")).to_contain_text("Ayatollah Ali Khamenei")
    settled(page)
    marked = page.locator("mark.content").evaluate_all("marks => new Set(marks.map(m => m.dataset.quotation)).size")
    assert marked == quotations
    assert_accessible(page)

    card(page, 3).click()
    card(page, 3).get_by_role("button", name="Reject").click()
    toast = page.get_by_role("status").filter(has_text="Rejected 1 quotation.")
    expect(toast).to_be_visible()
    expect(card(page, 3)).to_contain_text("rejected by you")
    expect(page.locator("mark.content.rejected")).not_to_have_count(0)
    toast.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status").filter(has_text="Undone.")).to_be_visible()
    expect(card(page, 3)).to_contain_text("suggested")
    expect(page.locator("mark.content.rejected")).to_have_count(0)

    card(page, 3).get_by_role("link", name="Speaker").click()
    field = page.get_by_label("Speaker of quotation 3")
    expect(field).to_be_focused()
    field.fill("Ambrose Quill")
    card(page, 3).get_by_role("button", name="Save").click()
    expect(card(page, 3)).to_contain_text("Ambrose Quill")
    assert_accessible(page)

    page.reload()
    expect(card(page, 3)).to_contain_text("Ambrose Quill")
    expect(card(page, 3)).to_contain_text("accepted by you")
    expect(page.get_by_label("Speakers in this article")).to_contain_text("Ambrose Quill 1")
    expect(page.get_by_text(f"1 of {quotations} settled")).to_be_visible()


@pytest.mark.both_engines
def test_settles_with_one_key_each(signed_in_page: Page, article: Article) -> None:
    page = signed_in_page
    page.goto(article.get_absolute_url())
    page.keyboard.press("j")
    expect(in_hand(page)).to_have_attribute("aria-label", re.compile("^Quotation 1 of 3, direct, Ida Moss"))
    expect(in_hand(page)).to_be_focused()
    page.keyboard.press("a")
    expect(card(page, 1)).to_contain_text("accepted by you")
    expect(card(page, 2)).to_be_focused()
    page.keyboard.press("x")
    expect(card(page, 2)).to_contain_text("rejected by you")
    expect(card(page, 3)).to_be_focused()
    page.keyboard.press("k")
    expect(card(page, 2)).to_be_focused()
    page.keyboard.press("u")
    expect(card(page, 2)).to_contain_text("suggested")
    page.keyboard.press("u")
    expect(card(page, 1)).to_contain_text("suggested")
    assert set(article.quotations.values_list("state", flat=True)) == {"suggested"}


def test_changes_the_speaker_by_keys_with_names_offered(signed_in_page: Page, article: Article) -> None:
    Speaker.objects.create(name="Ambrose Quill")
    page = signed_in_page
    page.goto(article.get_absolute_url())
    for key in "jjjs":
        page.keyboard.press(key)
    page.keyboard.type("quil")
    expect(page.locator("#speaker-names option")).to_have_count(1)
    expect(page.locator("#speaker-names option[value='Ambrose Quill']")).to_be_attached()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Ambrose Quill")
    page.keyboard.press("Enter")
    expect(card(page, 3)).to_contain_text("Ambrose Quill")
    expect(card(page, 3)).to_be_focused()
    assert article.quotations.get(speaker__name="Ambrose Quill").mention == "a skipper"


def test_a_click_on_a_mark_takes_its_quotation_in_hand(signed_in_page: Page, article: Article) -> None:
    page = signed_in_page
    page.goto(article.get_absolute_url())
    page.get_by_text("would stay in port").click()
    expect(in_hand(page)).to_contain_text("Otto Brandt")
    expect(page.locator("mark.in-hand")).to_have_count(1)


def test_a_link_to_no_quotation_does_no_harm(signed_in_page: Page, article: Article) -> None:
    page = signed_in_page
    for hash in ("%22]", '"]', "none", "a b"):
        page.goto("about:blank")  # else the browser stays on the page, and goes to another place of it
        page.goto(f"{article.get_absolute_url()}#quotation-{hash}")
        page.evaluate("hash => { location.hash = `quotation-${hash}\\n` }", hash)
        page.keyboard.press("j")
        expect(card(page, 1)).to_be_focused()


def test_a_card_is_described_by_its_words(signed_in_page: Page, article: Article) -> None:
    page = signed_in_page
    page.goto(article.get_absolute_url())
    expect(card(page, 1)).to_have_accessible_description("“The nets were empty,” “Nobody knows why.”")
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(card(page, 2)).to_be_focused()
    expect(card(page, 1)).to_have_accessible_description("“The nets were empty,” “Nobody knows why.”")


def test_on_a_phone_the_card_in_hand_is_a_sheet_and_hides_neither_words_nor_neighbours(
    signed_in_page: Page, article: Article
) -> None:
    page = signed_in_page
    page.set_viewport_size({"width": 390, "height": 700})
    page.goto(article.get_absolute_url())
    settled(page)
    before = page.evaluate("document.documentElement.scrollHeight")
    page.get_by_text("We shall sail").click()
    sheet, mark = in_hand(page).bounding_box(), page.locator("mark.in-hand").bounding_box()
    assert sheet and mark
    assert sheet["y"] + sheet["height"] <= 700
    assert mark["y"] + mark["height"] <= sheet["y"]
    assert page.evaluate("document.documentElement.scrollHeight") == before
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    for name in ("Accept", "Reject"):
        box = in_hand(page).get_by_role("button", name=name).bounding_box()
        assert box and box["height"] >= 44
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert_accessible(page)


def test_works_without_script(page_for: Callable[..., Page], analyst: User, article: Article) -> None:
    page = page_for(analyst, java_script_enabled=False)
    page.goto(article.get_absolute_url())
    card(page, 1).get_by_role("button", name="Reject").click()
    expect(page.get_by_text("Rejected 1 quotation.")).to_be_visible()
    expect(card(page, 1)).to_contain_text("rejected by you")
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone.")).to_be_visible()
    card(page, 1).get_by_role("link", name="Speaker").click()
    page.get_by_label("Speaker of quotation 1").fill("Ambrose Quill")
    card(page, 1).get_by_role("button", name="Save").click()
    expect(card(page, 1)).to_contain_text("Ambrose Quill")
    page.get_by_label("Search articles").fill("nets")
    page.get_by_label("Search articles").press("Enter")
    expect(page.get_by_role("link", name="Empty nets 🐟")).to_be_visible()


def test_list_and_reading_page_are_accessible(signed_in_page: Page, article: Article) -> None:
    page = signed_in_page
    for address in ("/articles/", "/articles/?q=nets", article.get_absolute_url()):
        page.goto(address)
        assert_fits(page, [390, 820, 1440])
