"""The quotation in hand: nothing moves for it, it can be decided anew and let go, and keys wait for it."""

from itertools import pairwise

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles import corrections
from articles.models import Article, Quotation
from tests.factories import make_article, make_quotation

from .pages import SCHEMES, Faults, News, assert_accessible, card, in_hand, settled

pytestmark = pytest.mark.django_db(transaction=True)

TOPS = "() => [...document.querySelectorAll('.row > p')].map(row => row.getBoundingClientRect().top + scrollY)"
PLACES = "() => [...document.querySelectorAll('.card')].map(card => card.getBoundingClientRect().toJSON())"


def states() -> list[str]:
    return list(Quotation.objects.order_by("start").values_list("state", flat=True))


@pytest.mark.parametrize("width", [390, 820, 1440])
def test_no_row_moves_on_a_correction(signed_in_page: Page, article: Article, width: int) -> None:
    page = signed_in_page
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(article.get_absolute_url())
    settled(page)
    tops = page.evaluate(TOPS)
    page.keyboard.press("j")
    assert page.evaluate(TOPS) == tops
    page.keyboard.press("s")
    assert page.evaluate(TOPS) == tops
    page.keyboard.type("Somebody of a name that is a good deal longer")
    page.keyboard.press("Enter")
    expect(card(page, 1)).to_contain_text("accepted by you")
    settled(page)
    assert page.evaluate(TOPS) == tops
    page.keyboard.press("x")
    expect(card(page, 1)).to_contain_text("rejected by you")
    settled(page)
    assert page.evaluate(TOPS) == tops


def test_more_cards_than_lines_leave_no_hole_and_do_not_overlap(signed_in_page: Page) -> None:
    crowded = " ".join(f"“Word {number},” he said." for number in range(8))
    article = make_article(f"{crowded}\n\nNothing is said here.\n\n“The last,” he said.")
    for words in [*(f"“Word {number},”" for number in range(8)), "“The last,”"]:
        make_quotation(article, words, mention="he", cue="said")
    page = signed_in_page
    page.goto(article.get_absolute_url())
    settled(page)
    first, second = (page.locator(".row > p").nth(number).bounding_box() for number in (0, 1))
    assert first and second and second["y"] == first["y"] + first["height"]
    places = page.evaluate(PLACES)
    assert places[7]["bottom"] > second["y"]
    assert all(one["bottom"] <= other["top"] for one, other in pairwise(places))


def test_a_decision_can_be_switched_and_taken_back(signed_in_page: Page, article: Article) -> None:
    page = signed_in_page
    page.goto(article.get_absolute_url())
    for keys, words in [("ja", "accepted by you"), ("kx", "rejected by you"), ("ka", "accepted by you")]:
        for key in keys:
            page.keyboard.press(key)
        expect(card(page, 1)).to_contain_text(words)
        expect(card(page, 2)).to_be_focused()
    page.keyboard.press("k")
    expect(card(page, 1).locator(".acts button:visible")).to_have_text(
        ["Reject x", "Reopen o", "Merge with next m", "Split t", "Duplicate d"]
    )
    page.keyboard.press("a")
    expect(card(page, 2)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("o")
    expect(card(page, 1)).to_contain_text("suggested")
    page.keyboard.press("o")
    expect(page.get_by_role("status")).to_contain_text("Nothing to reopen")


def test_undo_says_when_nothing_is_left(signed_in_page: Page, article: Article) -> None:
    page = signed_in_page
    page.goto(article.get_absolute_url())
    page.keyboard.press("u")
    expect(page.locator("#toast")).to_have_text("Nothing left to undo.")
    for key in "js":
        page.keyboard.press(key)
    page.keyboard.type("Somebody else")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Undo: speaker change")).to_be_visible()


@pytest.mark.both_engines
def test_keys_pressed_at_once_are_done_one_after_the_other(signed_in_page: Page, article: Article) -> None:
    page = signed_in_page
    page.goto(article.get_absolute_url())
    page.keyboard.press("j")
    page.evaluate("""() => {
        for (const key of "axa")
            document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    }""")
    expect(page.get_by_text("3 of 3 settled")).to_be_visible()
    assert states() == ["accepted", "rejected", "accepted"]


def test_a_double_click_is_one_act(signed_in_page: Page, article: Article) -> None:
    page = signed_in_page
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.goto(article.get_absolute_url())
    card(page, 1).click()
    card(page, 1).get_by_role("button", name="Accept").dblclick()
    expect(card(page, 1)).to_contain_text("accepted by you")
    # An act that waits is sent as the answer to the one before is taken in.
    settled(page)
    assert len(sent) == 1
    assert states() == ["accepted", "suggested", "suggested"]


def test_a_row_that_is_not_on_the_page_is_no_fault(signed_in_page: Page, article: Article) -> None:
    page = signed_in_page
    page.goto(article.get_absolute_url())
    page.evaluate("document.getElementById('row-1').remove()")
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(card(page, 1)).to_contain_text("accepted by you")


def test_it_is_let_go_with_escape_and_with_a_click_elsewhere(signed_in_page: Page, article: Article) -> None:
    page = signed_in_page
    page.goto(article.get_absolute_url())
    for key in "jj":
        page.keyboard.press(key)
    page.keyboard.press("Escape")
    expect(in_hand(page)).to_have_count(0)
    page.keyboard.press("j")
    expect(card(page, 3)).to_be_focused()
    page.get_by_text("runs the harbour").click()
    expect(in_hand(page)).to_have_count(0)


@pytest.mark.parametrize("width", [390, 820])
def test_the_sheet_leads_on_and_closes(signed_in_page: Page, article: Article, width: int) -> None:
    page = signed_in_page
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(article.get_absolute_url())
    card(page, 1).click()
    in_hand(page).get_by_role("button", name="Accept").click()
    expect(card(page, 2)).to_be_focused()
    expect(page.get_by_text("2 of 3", exact=True)).to_be_visible()
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert_accessible(page)
    toast, sheet, top = (page.locator(one).bounding_box() for one in (".toast", ".card.in-hand", ".top"))
    assert toast and sheet and top
    assert toast["y"] + toast["height"] <= sheet["y"] and toast["y"] >= top["y"] + top["height"]
    page.get_by_role("button", name="Next", exact=True).click()
    expect(card(page, 3)).to_be_focused()
    page.get_by_role("button", name="Previous").click()
    expect(card(page, 2)).to_be_focused()
    page.get_by_role("button", name="Close").and_(page.locator("[data-let-go]")).click()
    expect(in_hand(page)).to_have_count(0)
    expect(page.locator(".sheet-bar")).to_be_hidden()


def test_a_blank_name_is_nobody_known(signed_in_page: Page, article: Article) -> None:
    page = signed_in_page
    page.goto(article.get_absolute_url())
    for key in "js":
        page.keyboard.press(key)
    page.keyboard.type("   ")
    page.keyboard.press("Enter")
    expect(card(page, 1).locator("header")).to_contain_text("She")
    expect(card(page, 1)).to_be_focused()


def test_one_is_told_that_it_was_oneself(
    signed_in_page: Page, analyst: User, article: Article, faults: Faults
) -> None:
    faults.allow("409")
    page = signed_in_page
    News(page, is_held=True)
    page.goto(article.get_absolute_url())
    corrections.reject(Quotation.objects.order_by("start")[0], by=analyst, version=1)
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(card(page, 1).get_by_role("alert")).to_contain_text("Not saved: you, in another window, changed it")


def test_each_state_has_its_line(signed_in_page: Page, analyst: User, article: Article) -> None:
    first, second, _ = Quotation.objects.order_by("start")
    corrections.accept(first, by=analyst, version=1)
    corrections.reject(second, by=analyst, version=1)
    page = signed_in_page
    page.goto(article.get_absolute_url())
    for state, line in [("suggested", "dashed"), ("accepted", "solid"), ("rejected", "dotted")]:
        mark = page.locator(f"mark.{state}").first
        assert mark.evaluate("mark => getComputedStyle(mark).textDecorationStyle") == line
        # The tint ends where the next line begins, so that none covers a line.
        height = mark.evaluate("mark => mark.getClientRects()[0].height")
        assert height < mark.evaluate("mark => parseFloat(getComputedStyle(mark.closest('p')).lineHeight)")
