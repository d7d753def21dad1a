"""From a picture to the quotations behind a mark, by mouse and by keyboard, and its looks in both schemes."""

import datetime
import re

import pytest
from playwright.sync_api import Page, expect

from articles.models import Quotation, Speaker
from tests.factories import make_article, make_quotation

from .pages import SCHEMES, assert_accessible, settled

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = ("over-time", "voices", "company", "lengths", "settled")
MARK = """name => {
  const chart = Chart.getChart(document.querySelector(`#${name} canvas`));
  const { x, y } = chart.getDatasetMeta(0).data[0].getCenterPoint();
  return { x, y };
}"""
BESIDE_ITS_COLUMN = """() => {
  const { x } = Chart.getChart(document.querySelector("#company canvas")).scales;
  return x.getLabelItems().map(({ textOffset, options: { rotation, translation } }, at) =>
    translation[0] - textOffset * Math.sin(rotation) - x.getPixelForTick(at));
}"""


@pytest.fixture
def quotations(transactional_db: None) -> list[Quotation]:
    made = []
    for month in (1, 2):
        text = f"“Nets {month},” said Ida. “Port {month},” said Otto. “Sails {month}.”"
        article = make_article(text, published_on=datetime.date(2025, month, 3))
        made.append(make_quotation(article, f"“Nets {month},”", speaker="Ida Moss"))
        made.append(make_quotation(article, f"“Port {month},”", speaker="Otto Brandt", state="accepted"))
        made.append(make_quotation(article, f"“Sails {month}.”", kind="mixed"))
    return made


def drawn(page: Page) -> None:
    """Waits until all pictures are."""
    for name in NAMES:
        expect(page.locator(f"#{name} canvas")).to_be_visible()
    settled(page)


@pytest.mark.both_engines
def test_from_a_mark_to_its_quotations(signed_in_page: Page, quotations: list[Quotation]) -> None:
    page = signed_in_page
    page.goto("/quotations/")
    page.get_by_label("This search as").get_by_role("link", name="Pictures").click()
    drawn(page)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert_accessible(page)
    ida, otto = (f"speaker={one.speaker_id}&with={one.speaker_id}" for one in quotations[:2])
    for name, where in (
        ("over-time", r"/quotations/\?month=2025-01&kind=direct"),
        ("company", rf"/quotations/\?{otto}&{ida}$"),
        ("settled", r"/quotations/\?month=2025-01&state=accepted"),
    ):
        # At a place in the canvas, wherever that is by now: the browser scrolls to where one was, going back.
        page.locator(f"#{name} canvas").click(position=page.evaluate(MARK, name))
        page.wait_for_url(re.compile(where))
        expect(page.get_by_text("Port 1").first).to_be_visible()
        page.go_back()
        drawn(page)


def test_by_keyboard_through_the_table(signed_in_page: Page, quotations: list[Quotation]) -> None:
    page = signed_in_page
    page.goto("/pictures/?show=by-speaker")
    drawn(page)
    summary = page.locator("#over-time summary")
    summary.focus()
    page.keyboard.press("Enter")
    table = page.get_by_role("table", name="Quotations over time")
    expect(table.get_by_role("columnheader")).to_have_text(["Month", "Ida Moss", "Otto Brandt", "Others"])
    assert_accessible(page)
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(table.get_by_role("link", name="1").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"/quotations/\?month=2025-01&speaker={quotations[1].speaker_id}$"))
    expect(page.get_by_text("Port 1")).to_be_visible()
    expect(page.get_by_text("Nets 1")).to_have_count(0)


def test_from_a_number_to_as_many_quotations_or_articles(signed_in_page: Page, quotations: list[Quotation]) -> None:
    page = signed_in_page
    article = make_article("“Alone,” said Ida.")
    make_quotation(article, "“Alone,”", speaker="Ida Moss")
    for name, title, link, found in (
        ("voices", "Share of voice", page.get_by_role("link", name="29%").nth(1), "2 quotations"),
        ("company", "Who is quoted with whom", page.get_by_role("link", name="2", exact=True).first, "4 quotations"),
    ):
        page.goto(f"/pictures/{name}/")
        expect(page.get_by_role("table", name=title)).to_be_visible()
        link.click()
        expect(page.locator(".found-number")).to_have_text(found)
    page.get_by_label("This search as").get_by_role("link", name="Articles").click()
    expect(page.locator(".found-number")).to_have_text("2 articles")
    page.locator(".chips").get_by_role("link", name=re.compile("Quoted in the same article: Otto")).click()
    expect(page.locator(".found-number")).to_have_text("3 articles")


@pytest.mark.parametrize("width", [390, 820, 1440])
def test_they_fit_and_follow_the_scheme(signed_in_page: Page, quotations: list[Quotation], width: int) -> None:
    page = signed_in_page
    page.set_viewport_size({"width": width, "height": 900})
    Speaker.objects.filter(name="Otto Brandt").update(name="Bartholomew-Smythe")
    page.goto("/pictures/?show=by-outlet,settled-outlet")
    drawn(page)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert all(-1 < beside < 1 for beside in page.evaluate(BESIDE_ITS_COLUMN))
    ink = "Chart.getChart(document.querySelector('#settled canvas')).options.scales.x.ticks.color"
    light = page.evaluate(ink)
    page.emulate_media(color_scheme="dark")
    # The page's policy lets nothing be waited for in it; what changes with the scheme has before the next frame.
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))")
    assert page.evaluate(ink) != light
