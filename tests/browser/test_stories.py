"""From an article to its story and back, in a real browser, wide and narrow."""

import pytest
from playwright.sync_api import Page, expect

from articles.models import Story
from tests.factories import make_article, make_quotation

from .pages import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)

NETS = "“The nets were empty on Monday, and they will be empty tomorrow,”"
CUT = "“The nets were empty on Monday.”"


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.both_engines
def test_comparing_the_wording(signed_in_page: Page, width: int) -> None:
    page = signed_in_page
    story = Story.objects.create()
    first = make_article(f"{NETS} Ida Moss said.", story=story)
    second = make_article(f"{CUT} Moss said.", title="No fish", outlet="Quay News", story=story)
    make_quotation(first, NETS, speaker="Ida Moss")
    make_quotation(second, CUT, speaker="Ida Moss")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(first.get_absolute_url())
    page.get_by_role("link", name="Compare the wording").click()
    line = page.get_by_role("region", name="Quotation 1 of 1, Ida Moss")
    expect(line.locator("del")).to_contain_text("and they will be empty tomorrow")
    expect(line.get_by_text("6 words left out")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert_accessible(page)
    page.get_by_role("link", name="No fish").click()
    expect(page.get_by_text("Also in: The Harbour Gazette")).to_be_visible()


def test_from_the_list_to_a_choice_of_articles(signed_in_page: Page) -> None:
    page = signed_in_page
    story = Story.objects.create()
    for outlet, words in (("Quay News", NETS), ("Coast Radio", CUT), ("The Daily Flare", f"that {NETS[1:-2]}")):
        article = make_article(f"{words} Moss said, says {outlet}.", title=outlet, outlet=outlet, story=story)
        kind = "indirect" if words.startswith("that") else "direct"
        make_quotation(article, words, speaker="Ida Moss", kind=kind)
    page.goto("/stories/")
    assert_accessible(page)
    page.get_by_role("link", name="Quay News").click()
    expect(page.get_by_text("kept 0 of 1, paraphrased 1")).to_be_visible()
    page.get_by_role("checkbox", name="Compare “Coast Radio”").uncheck()
    page.get_by_role("button", name="Compare these").click()
    expect(page.get_by_text("kept 0 of 1, reworded 1")).to_have_count(0)
    expect(page.get_by_text("kept 0 of 1, paraphrased 1")).to_be_visible()
    assert_accessible(page)
