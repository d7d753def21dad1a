"""Two speakers become one and two again, in a real browser, with axe on each page that it leads to."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from articles.models import Speaker
from tests.factories import make_article, make_quotation

from .pages import assert_accessible, card

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.both_engines
def test_merging_and_taking_it_back(editor_page: Page) -> None:
    page = editor_page
    article = make_article("“The nets were empty,” Ida Moss said. “We sail,” I. Moss said.")
    make_quotation(article, "“The nets were empty,”", mention="Ida Moss", speaker="Ida Moss")
    make_quotation(article, "“We sail,”", mention="I. Moss", speaker="I. Moss")
    call_command("duplicates", quiet=True)

    page.goto("/speakers/")
    assert_accessible(page)
    page.get_by_role("link", name="Probable duplicates").click()
    expect(page.get_by_text("60% certain, by initials that fit")).to_be_visible()
    expect(page.get_by_role("region", name="I. Moss")).to_contain_text("“We sail,”")
    assert_accessible(page)
    page.get_by_role("link", name="Merge…").click()
    expect(page.get_by_role("heading", name="Merge I. Moss into Ida Moss?")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Merge").click()
    expect(page.get_by_text("No pair waits for a decision.")).to_be_visible()

    page.goto(article.get_absolute_url())
    expect(page.get_by_role("article", name=re.compile("Quotation 2 of 2, direct, Ida Moss"))).to_be_visible()
    page.goto(Speaker.objects.get(name="I. Moss").get_absolute_url())  # leads on
    expect(page.get_by_role("heading", name="Ida Moss")).to_be_visible()
    expect(page.get_by_role("link", name="2 quotations", exact=True).first).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="History").click()
    page.get_by_role("link", name="Take it back").click()
    expect(page.get_by_text("1 quotation goes back")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone.")).to_be_visible()
    page.goto("/speakers/?q=moss")
    expect(page.get_by_role("link", name="I. Moss")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("I. Moss.* 1"))).to_be_visible()


def test_splitting_and_editing_are_for_everybody(editor_page: Page) -> None:
    page = editor_page
    article = make_article("“The nets were empty,” Ida Moss said. “We sail,” Captain Moss said.")
    for words in ("“The nets were empty,”", "“We sail,”"):
        make_quotation(article, words, speaker="Ida Moss")
    ida = Speaker.objects.get()
    ida.aliases.create(name="Captain Moss")
    page.goto(ida.get_absolute_url())
    page.get_by_role("link", name="Split").click()
    page.get_by_label("Whose are they?").fill("Ina Moss (captain)")
    page.get_by_label("Captain Moss").check()
    page.get_by_label("“We sail,”").check()
    assert_accessible(page)
    page.get_by_role("button", name="Split off").click()
    expect(page.get_by_text("Split off Ina Moss (captain).")).to_be_visible()
    page.get_by_role("link", name="Edit", exact=True).click()
    expect(page.get_by_label("Wikidata")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Wikidata").fill("https://www.wikidata.org/wiki/Q42")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Wikidata Q42")).to_be_visible()


def test_choosing_whom_a_name_means(signed_in_page: Page) -> None:
    page = signed_in_page
    Speaker.objects.create(name="Jane Smith")
    Speaker.objects.create(name="John Smith")
    article = make_article("“The nets were empty,” J. Smith said.")
    make_quotation(article, "“The nets were empty,”", mention="J. Smith", cue="said")
    page.goto(article.get_absolute_url())
    card(page, 1).click()
    page.get_by_role("link", name="Who may it be?").click()
    expect(page.get_by_text("J. Smith may be:")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Jane Smith").click()
    expect(page.get_by_text("The speaker is now Jane Smith.")).to_be_visible()
    expect(
        page.get_by_role("article", name=re.compile("Quotation 1 of 1, direct, Jane Smith, accepted"))
    ).to_be_visible()
