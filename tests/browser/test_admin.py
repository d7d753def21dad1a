"""The admin under the strict policy: the harness fails each of these on any error in the console."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles import corrections
from articles.models import Article, Quotation
from tests.factories import make_article, make_quotation

from .pages import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def quotation(transactional_db: None) -> Quotation:
    return make_quotation(make_article(), cue="said", mention="the harbour master", speaker="Ida Moss")


def test_lists_forms_and_histories_keep_the_policy(editor_page: Page, quotation: Quotation) -> None:
    page = editor_page
    page.goto("/admin/")
    expect(page.locator("#site-name")).to_have_text("Newsroom")
    for model in ("article", "outlet", "speaker", "quotation"):
        page.goto(f"/admin/articles/{model}/")
        expect(page.locator("#changelist")).to_be_visible()
        page.locator("#result_list tbody th a").first.click()
        expect(page.get_by_role("button", name="Save", exact=True)).to_be_visible()
        page.get_by_role("link", name="History").click()
        expect(page.get_by_role("heading", name="History")).to_be_visible()
        page.wait_for_load_state()
    page.goto("/admin/articles/change/")
    expect(page.locator("#changelist")).to_be_visible()


def test_the_queue_keeps_the_policy(editor_page: Page) -> None:
    editor_page.goto("/admin/queue/")
    expect(editor_page.get_by_role("heading", name="Queue")).to_be_visible()
    assert_accessible(editor_page, within="#content-main")


def test_an_editor_changes_a_quotations_speaker_and_kind(editor_page: Page, quotation: Quotation) -> None:
    page = editor_page
    page.goto(f"/admin/articles/quotation/{quotation.pk}/change/")
    expect(page.locator("mark")).to_have_text("“The nets were empty,”")
    page.locator(".select2-selection").first.click()
    page.locator(".select2-search__field").fill("Ida")
    expect(page.locator(".select2-results__option").first).to_have_text("Ida Moss")
    page.keyboard.press("Escape")
    page.get_by_label("Kind").select_option("mixed")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    quotation.refresh_from_db()
    assert (quotation.kind, quotation.version) == ("mixed", 2)


@pytest.mark.both_engines
def test_an_editor_undoes_an_act_after_seeing_what_it_puts_back(
    editor_page: Page, editor: User, quotation: Quotation
) -> None:
    act = corrections.accept(quotation, by=editor, version=1)
    assert act
    page = editor_page
    page.goto("/admin/")
    page.get_by_role("link", name="Accepted").click()
    page.get_by_role("link", name="Undo…").click()
    expect(page.get_by_text("Reopened it")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone. This is the record of it.")).to_be_visible()
    quotation.refresh_from_db()
    assert quotation.state == "suggested"


def test_a_list_fits_a_desk_and_a_heading_keeps_clear_of_the_buttons(editor_page: Page, article: Article) -> None:
    editor_page.goto("/admin/articles/quotation/")
    results = editor_page.locator("#changelist .results")
    assert results.evaluate("box => box.scrollWidth <= box.clientWidth")
    assert editor_page.locator(".field-in_its_sentence").first.bounding_box()["width"] > 220
    editor_page.goto(f"/admin/articles/article/{article.pk}/change/")
    buttons = editor_page.locator(".object-tools").bounding_box()
    heading = editor_page.locator("#content > h2").bounding_box()
    assert buttons["y"] + buttons["height"] <= heading["y"] + 2
