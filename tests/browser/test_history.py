"""Histories, and bringing back a version, from the card of a quotation on."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles import corrections
from articles.models import Article, Quotation

from .pages import assert_fits, card

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def quotation(article: Article, analyst: User) -> Quotation:
    quotation = Quotation.objects.for_reading(article)[0]
    corrections.accept(quotation, by=analyst, version=1)
    corrections.change_speaker(quotation, name="Una Vale", by=analyst, version=2)
    return quotation


def test_a_version_is_restored_without_script(
    page_for: Callable[..., Page], analyst: User, article: Article, quotation: Quotation
) -> None:
    page = page_for(analyst, java_script_enabled=False)
    page.goto(article.get_absolute_url())
    card(page, 1).get_by_role("link", name="History").click()
    page.get_by_role("listitem").filter(has_text="analyst accepted it").get_by_role("link").click()
    expect(page.get_by_text("changed the speaker from Una Vale to Ida Moss")).to_be_visible()
    page.get_by_role("button", name="Restore").click()
    expect(page.get_by_role("status").first).to_contain_text("Restored.")
    expect(page.get_by_role("listitem").first).to_contain_text("analyst restored an earlier version")
    quotation.refresh_from_db()
    assert str(quotation.speaker) == "Ida Moss"


def test_every_page_of_it_is_for_everybody(
    editor_page: Page, editor: User, article: Article, quotation: Quotation
) -> None:
    page = editor_page
    corrections.reject(quotation, by=editor, version=3)
    speaker = quotation.speaker
    assert speaker
    restoring = f"/history/quotation/{quotation.pk}/restore/"
    for address in (
        *(record.get_history_url() for record in (quotation, article, speaker)),
        f"{article.get_history_url()}?by=editor",
        restoring,
    ):
        page.goto(address)
        assert_fits(page, [1440])
