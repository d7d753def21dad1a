"""Editing quotations in a real browser, by key, drag and selection, in every script; splitting, merging, adding."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles import corrections
from articles.models import Article, Quotation
from tests.factories import make_article, make_quotation

from .pages import Faults, assert_accessible, card, settled

pytestmark = pytest.mark.django_db(transaction=True)

SELECT = """([row, start, end]) => {
  const paragraph = document.querySelectorAll('.row > p, .row > h1')[row];
  const place = (offset) => {
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (offset <= walker.currentNode.length) return [walker.currentNode, offset];
      offset -= walker.currentNode.length;
    }
  };
  getSelection().setBaseAndExtent(...place(start), ...place(end));
}"""


def select(page: Page, words: str) -> None:
    """Select `words`, which stand once on the page, as a mouse does: in the browser's own UTF-16 units."""
    texts = page.locator(".row > p, .row > h1").evaluate_all("rows => rows.map(row => row.textContent)")
    row = next(number for number, text in enumerate(texts) if words in text)
    before = texts[row][: texts[row].index(words)]
    start, end = (len(part.encode("utf-16-le")) // 2 for part in (before, before + words))
    page.evaluate(SELECT, [row, start, end])


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def first(article: Article) -> Quotation:
    return Quotation.objects.for_reading(article)[0]


def saved(page: Page, words: str = "Saved.") -> None:
    expect(page.get_by_role("status")).to_contain_text(words)


def test_ends_move_by_word_character_and_sentence(signed_in_page: Page, article: Article) -> None:
    page = signed_in_page
    page.goto(article.get_absolute_url())
    press(page, "j", "e")
    expect(card(page, 1).get_by_role("button", name="Move the end").first).to_be_focused()
    assert_accessible(page)
    press(page, "ArrowLeft", "Shift+ArrowLeft", "Enter")
    saved(page)
    assert first(article).spans == [[28, 28 + len("“The nets were empty")], [71, 90]]
    assert first(article).state == "accepted"
    expect(card(page, 1)).to_be_focused()
    press(page, "e", "Shift+Tab", "ArrowRight", "ArrowRight", "Tab", "Control+ArrowRight", "Enter")
    expect(page.locator("mark", has_text="nets were empty,” she said on Monday.")).to_be_visible()
    press(page, "u")
    saved(page, "Undone.")
    press(page, "u")
    expect(page.locator("mark", has_text="“The nets were empty,”")).to_be_visible()
    assert first(article).spans == [[28, 50], [71, 90]]
    press(page, "U", "U")
    expect(page.locator("mark", has_text="nets were empty,” she said on Monday.")).to_be_visible()


def test_selected_words_become_the_part_in_hand(signed_in_page: Page, article: Article) -> None:
    page = signed_in_page
    page.goto(article.get_absolute_url())
    press(page, "j", "e")
    card(page, 1).get_by_role("button", name="Drop this part").nth(1).click()
    select(page, "she said on Monday")
    page.locator(".row > p").nth(1).dispatch_event("pointerup")
    expect(card(page, 1).locator("q").first).to_have_text("she said on Monday")
    card(page, 1).get_by_label("Kind").select_option("mixed")
    card(page, 1).get_by_label("Note").fill("a joke")
    card(page, 1).get_by_role("button", name="Save").click()
    saved(page)
    quotation = first(article)
    assert (quotation.content, quotation.kind, quotation.note) == ("she said on Monday", "mixed", "a joke")
    expect(card(page, 1)).to_contain_text("a joke")


def test_a_handle_is_dragged_from_word_to_word(signed_in_page: Page, article: Article) -> None:
    page = signed_in_page
    page.goto(article.get_absolute_url())
    settled(page)
    press(page, "j", "e")
    box = page.locator(".handle[data-end='1']").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y, steps=4)
    page.mouse.up()
    card(page, 1).get_by_role("button", name="Save").click()
    saved(page)
    assert first(article).content.split(" … ")[0] in ("“The nets were", "“The nets")


def test_the_cue_is_dropped_and_another_one_found(signed_in_page: Page, article: Article) -> None:
    page = signed_in_page
    page.goto(article.get_absolute_url())
    press(page, "j", "e")
    cue = card(page, 1).locator(".parts li", has_text="cue")
    cue.get_by_role("button", name="Drop this part").click()
    cue.get_by_role("button", name="Add one").click()
    expect(cue.get_by_role("button", name="Move the end")).to_be_focused()
    press(page, "Enter")
    saved(page)
    assert first(article).cue and first(article).cue_span != (55, 69)


def test_escape_leaves_all_as_it_was(signed_in_page: Page, article: Article) -> None:
    page = signed_in_page
    page.goto(article.get_absolute_url())
    press(page, "j", "e", "ArrowLeft", "Escape")
    expect(page.locator(".editor")).to_have_count(0)
    expect(card(page, 1)).to_be_focused()
    press(page, "e", "Enter")
    saved(page, "Accepted 1 quotation.")
    assert first(article).spans == [[28, 50], [71, 90]]


def test_split_merge_and_duplicate(signed_in_page: Page, article: Article) -> None:
    page = signed_in_page
    page.goto(article.get_absolute_url())
    press(page, "j")
    select(page, "were empty")
    press(page, "t")
    saved(page, "Split in two.")
    expect(page.locator(".card")).to_have_count(4)
    expect(card(page, 2)).to_be_focused()
    assert [one.content for one in Quotation.objects.for_reading(article)][:2] == [
        "“The nets",
        "were empty,” … “Nobody knows why.”",
    ]
    press(page, "k", "m")
    saved(page, "Merged.")
    expect(page.locator(".card")).to_have_count(3)
    assert first(article).content == "“The nets were empty,” … “Nobody knows why.”"
    press(page, "d")
    saved(page, "Added 1 quotation.")
    expect(page.locator(".card")).to_have_count(4)
    press(page, "u")
    expect(page.locator(".card")).to_have_count(3)
    expect(page.get_by_role("article", name="Quotation 3 of 3")).to_be_visible()


def test_numbers_name_the_speaker_and_p_the_one_before(signed_in_page: Page, article: Article) -> None:
    page = signed_in_page
    page.goto(article.get_absolute_url())
    press(page, "j", "2")
    expect(card(page, 1).locator("header")).to_contain_text("Otto Brandt")
    press(page, "G", "p")
    expect(card(page, 3).locator("header")).to_contain_text("Otto Brandt")
    expect(card(page, 3)).to_be_focused()


def test_offsets_are_exact_in_every_script(signed_in_page: Page) -> None:
    for words in (
        "went home 🐟🐟 at dawn",
        "a\u0301e\u0301 o\u0308",
        "قال الوزير إن",
        "内閣総理大臣",
        "👩\u200d🚒 came",
        "un\u00adbe\u00adliev\u00adable",
        "tab\there",
        "x" * 120,
    ):
        article = make_article(f"😀 Before that, 𝒳 said: {words} and so on.\n\nThe end.\n")
        page = signed_in_page
        page.goto(article.get_absolute_url())
        select(page, words)
        press(page, "n")
        saved(page, "Added 1 quotation.")
        stored = article.quotations.get()
        assert stored.content == words == article.text[stored.start : stored.end]
        assert page.locator("mark").text_content() == words
        settled(page)


def test_right_to_left_paragraphs_are_read_and_edited_right_to_left(signed_in_page: Page) -> None:
    article = make_article("قال الوزير إن الجسر مغلق الآن.\n\nThe end.\n", language="ar")
    make_quotation(article, "الجسر مغلق", kind="indirect")
    page = signed_in_page
    page.goto(article.get_absolute_url())
    assert page.locator(".row > p").first.evaluate("row => getComputedStyle(row).direction") == "rtl"
    press(page, "j", "e", "ArrowLeft", "Enter")
    saved(page)
    assert first(article).content == "الجسر مغلق الآن"


def test_nested_quotations_are_each_picked_by_the_mouse(signed_in_page: Page, article: Article) -> None:
    make_quotation(article, "nets were", speaker="Carl Quay")
    page = signed_in_page
    page.goto(article.get_absolute_url())
    mark = page.locator("mark mark", has_text="nets were").first
    for name in ("Carl Quay", "Ida Moss", "Carl Quay"):
        mark.click()
        expect(page.locator(".card.in-hand header")).to_contain_text(name)


def test_a_conflict_shows_both_and_writes_nothing_until_one_is_chosen(
    signed_in_page: Page, editor: User, article: Article, faults: Faults
) -> None:
    faults.allow("409")
    page = signed_in_page
    page.goto(article.get_absolute_url())
    press(page, "j", "e", "ArrowLeft")
    seen = first(article)
    corrections.revise(seen, corrections.Wanted(((28, 31),)), by=editor, version=1)
    press(page, "Enter")
    expect(card(page, 1).get_by_role("definition")).to_contain_text(["“The nets were empty", "“Th"])
    assert_accessible(page)
    assert first(article).version == 2
    card(page, 1).get_by_role("button", name="Keep mine").click()
    saved(page)
    assert first(article).spans[0] == [28, 28 + len("“The nets were empty,")]


def test_article_acts_ask_first_and_are_undone_as_one(signed_in_page: Page, article: Article) -> None:
    page = signed_in_page
    page.goto(article.get_absolute_url())
    Quotation.objects.update(confidence=0.95)
    page.reload()
    press(page, "A")
    expect(page.get_by_role("heading", name="Accept 3 quotations?")).to_be_visible()
    assert_accessible(page)
    press(page, "Enter")
    saved(page, "Accepted 3 quotations.")
    settled(page)
    assert set(article.quotations.values_list("state", flat=True)) == {"accepted"}
    press(page, "u")
    saved(page, "Undone.")
    settled(page)
    assert set(article.quotations.values_list("state", flat=True)) == {"suggested"}
    page.get_by_role("button", name="More").click()
    assert_accessible(page)
    page.get_by_role("button", name="Mark as reviewed").click()
    expect(page.get_by_role("heading", name="Mark it as reviewed all the same?")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Mark as reviewed").click()
    expect(page.locator(".reviewed")).to_have_text("reviewed by you")
    settled(page)
    page.get_by_role("button", name="More").click()
    page.get_by_label("Look again at").fill("who is she?")
    page.get_by_role("button", name="Needs a second look").click()
    expect(page.locator(".flagged")).to_have_text("needs a second look: who is she?")
