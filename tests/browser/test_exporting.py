"""Exporting, as a person does it: a search, a format, progress, the file. Real processes write it."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles import export_files, export_line
from articles.exports import jsonl
from articles.models import Article, ExportRun, Quotation
from tests.conftest import wait_for_processes
from tests.factories import make_quotation

from .pages import Faults, assert_accessible, assert_fits

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("export_processes")]


@pytest.mark.both_engines
def test_a_search_is_exported_followed_and_downloaded_by_keyboard_alone(
    viewer_page: Page, article: Article, tmp_path: Path
) -> None:
    page = viewer_page
    page.goto("/quotations/?q=nets")
    page.get_by_role("link", name="Export…").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Export quotations")).to_be_visible()
    expect(page.locator(".found-number")).to_have_text("1 quotation with “nets”")
    assert_accessible(page)
    page.get_by_label("CSV, for spreadsheets").focus()
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_label("JSON Lines, everything")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Export", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Export of quotations")).to_be_visible()
    assert_accessible(page)
    expect(page.locator("#run-state")).to_contain_text("Finished", timeout=60_000)
    expect(page.locator("#run-state")).to_be_focused()
    expect(page.locator("#run-said")).to_have_text("Finished")
    expect(page.get_by_text("Cancel…")).not_to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Download").focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".jsonl")
    path = tmp_path / "downloaded"
    download.value.save_as(path)
    run = ExportRun.objects.get()
    content = path.read_bytes()
    assert content == export_files.file_of(run).read_bytes()
    assert hashlib.sha256(content).hexdigest() == page.locator("#sha256").inner_text()
    with path.open("rb") as file:
        assert [record["record"] for record in jsonl.read(file)][-1] == "end"
    page.get_by_role("link", name="Exports").focus()
    page.keyboard.press("Enter")
    expect(page.locator("td.run-state")).to_have_text("finished")
    assert_accessible(page)


def test_an_export_is_cancelled(signed_in_page: Page, article: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its process has not looked yet, so that there is something to cancel on any machine."""
    page = signed_in_page
    with monkeypatch.context() as waiting:
        waiting.setattr(export_line, "_start", lambda run: None)
        page.goto("/exports/new/?of=articles&format=jsonl")
        page.get_by_role("button", name="Export", exact=True).click()
        page.get_by_text("Cancel…").click()
        expect(page.get_by_text("Let it run")).to_be_visible()
        assert_accessible(page)
        page.get_by_role("button", name="Cancel the export").click()
        expect(page.locator(".run-state")).to_have_text("Being cancelled")
    export_line._start(ExportRun.objects.get())
    expect(page.locator(".run-state")).to_contain_text("Cancelled", timeout=60_000)
    page.get_by_role("link", name="Make it anew…").click()
    expect(page.get_by_label("JSON Lines, everything")).to_be_checked()


def test_a_refusal_is_said_beside_the_button(
    signed_in_page: Page, article: Article, monkeypatch: pytest.MonkeyPatch, faults: Faults
) -> None:
    faults.allow("422")
    page = signed_in_page
    page.goto("/exports/new/?of=articles&format=tei")
    monkeypatch.setattr("articles.export_limits.AT_ONCE", 0)
    page.get_by_role("button", name="Export", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("not finished yet")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("TEI P5 (XML)")).to_be_checked()
    assert_accessible(page)


def test_the_number_follows_the_box_for_rejected_ones(signed_in_page: Page, article: Article) -> None:
    Quotation.objects.update(state="rejected", settled_at=timezone.now())
    make_quotation(article, "she said")
    page = signed_in_page
    page.goto("/exports/new/?of=quotations&rejected=on")
    expect(page.locator(".rejected-too")).to_be_visible()
    page.get_by_label("Rejected quotations too").uncheck()
    expect(page.locator(".rejected-too")).not_to_be_visible()


def test_without_script_it_is_a_form_and_a_link(
    page_for: Callable[..., Page], analyst: User, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_for(analyst, java_script_enabled=False)
    page.goto("/articles/")
    page.get_by_role("link", name="Export…").click()
    page.get_by_label("JSON Lines, everything").check()
    with monkeypatch.context() as waiting:
        waiting.setattr(export_line, "_start", lambda run: None)
        page.get_by_role("button", name="Export", exact=True).click()
        expect(page.get_by_role("link", name="Look again")).to_be_visible()
    export_line._start(ExportRun.objects.get())
    wait_for_processes()
    page.get_by_role("link", name="Look again").click()
    expect(page.locator(".run-state")).to_contain_text("Finished")
    expect(page.get_by_role("link", name="Download")).to_be_visible()


def test_pages_are_accessible_and_fit(signed_in_page: Page, analyst: User, article: Article) -> None:
    fields = {"by": analyst, "of": "quotations", "format": "web-annotation"}
    sought = f"q={'long' * 45}&kind=direct&speaker=1&outlet=2&state=accepted"
    now = timezone.now()
    stopped = ExportRun.objects.create(**fields, query=sought, state="stopped", why="x" * 300, ended_at=now)
    whole = {"size": 12345678, "sha256": "a" * 64, "ended_at": now, "expires_at": now + export_files.KEPT}
    finished = ExportRun.objects.create(**fields, query=sought, state="finished", **whole)
    export_files.folder_of(finished.uid).mkdir(parents=True)
    export_files.file_of(finished).write_bytes(b"x")
    page = signed_in_page
    nothing = f"/exports/new/?of=quotations&{sought}"
    for address in (
        "/exports/",
        "/exports/new/?of=articles",
        nothing,
        *(run.get_absolute_url() for run in (stopped, finished)),
    ):
        page.goto(address)
        assert_fits(page, [390], ["dark"])
        assert_fits(page, [1440], ["light"])
