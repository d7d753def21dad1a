"""Importing, as a person does it: files dropped, progress, the report; cancelling. Real processes do it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles import import_line
from articles.models import Article, ImportRun
from tests.conftest import wait_for_processes
from tests.factories import make_article

from .pages import Faults, assert_accessible, assert_fits, settled

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("import_processes")]


def drop(page: Page, *paths: Path) -> None:
    """As from the desktop: Chromium itself takes the files."""
    box = page.locator(".drop").bounding_box()
    assert box
    place = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    session = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, "data": data, **place})


def test_files_are_dropped_followed_and_reported(signed_in_page: Page, tmp_path: Path) -> None:
    (tmp_path / "boats.txt").write_text("Title: Boats\n\n“The boats are in,” Ida Moss said.", encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\0\1\2" * 99)
    page = signed_in_page
    page.goto("/articles/")
    page.get_by_role("link", name="Import", exact=True).click()
    expect(page.locator(".drop")).to_be_visible()
    assert_accessible(page)
    drop(page, tmp_path / "boats.txt", tmp_path / "bad.txt")
    expect(page.locator("#chosen")).to_have_text("boats.txt, bad.txt · 1 kB")
    page.get_by_role("button", name="Import 2 files").click()
    expect(page.get_by_role("heading", name="boats.txt, bad.txt")).to_be_visible()
    assert_accessible(page)
    expect(page.locator(".run-state")).to_contain_text("Finished", timeout=60_000)
    expect(page.get_by_role("heading", name="What failed")).to_be_visible()
    expect(page.locator("#problems li")).to_have_text(["bad.txt not text (found a NUL byte at 0)"])
    expect(page.get_by_text("Cancel…")).not_to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Show its articles").click()
    page.get_by_role("link", name="Boats", exact=True).click()
    expect(page.locator(".origin")).to_contain_text("by analyst from boats.txt")
    page.get_by_role("link", name="Imported", exact=True).click()
    expect(page.locator(".run-state")).to_contain_text("Finished")


def test_a_folder_is_walked_when_it_is_dropped(signed_in_page: Page, tmp_path: Path) -> None:
    folder, inner = tmp_path / "news", tmp_path / "news" / "today"
    (folder / ".git").mkdir(parents=True)
    inner.mkdir()
    for path in (folder / "boats.TXT", inner / "nets.html", folder / "crew.jpg", folder / ".draft.txt"):
        path.write_text("<p>Boats.", encoding="utf-8")
    (folder / ".git" / "index.txt").write_text("Not news.", encoding="utf-8")
    for number in range(120):  # browsers tell of a hundred at once
        (folder / f"{number}.txt").write_text(f"Boat {number}.", encoding="utf-8")
    (tmp_path / "beside.odd").write_text("Named, so taken.", encoding="utf-8")
    page = signed_in_page
    page.goto("/import/")
    drop(page, folder, tmp_path / "beside.odd")
    expect(page.get_by_role("button", name="Import 123 files")).to_be_enabled()
    names = page.evaluate("[...document.getElementById('files').files].map((file) => file.name).sort()")
    assert names[-3:] == ["beside.odd", "boats.TXT", "nets.html"]
    page.get_by_role("button", name="Import 123 files").click()
    expect(page.locator(".run-state")).to_be_visible()
    assert sorted(ImportRun.objects.get().given) == names


def test_a_folder_of_too_many_files_is_refused_before_all_are_found(signed_in_page: Page, tmp_path: Path) -> None:
    for number in range(9):
        (tmp_path / f"{number}" / "in").mkdir(parents=True)
        (tmp_path / f"{number}" / "in" / "a.txt").write_text("A")
    page = signed_in_page
    page.goto("/import/")
    page.evaluate("document.getElementById('import-form').dataset.mostFiles = 3")
    drop(page, tmp_path)
    expect(page.get_by_role("alert")).to_contain_text("more than 2,000 files")
    expect(page.get_by_role("button", name="Import 4 files")).to_be_disabled()


def test_a_folder_without_anything_to_read_says_so(signed_in_page: Page, tmp_path: Path) -> None:
    (tmp_path / "crew.jpg").write_text("A")
    page = signed_in_page
    page.goto("/import/")
    drop(page, tmp_path)
    expect(page.get_by_role("alert")).to_contain_text("There is no file to import")
    assert_accessible(page)


def test_an_import_is_cancelled(signed_in_page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its process has not looked yet, so that there is something to cancel on any machine."""
    page = signed_in_page
    with monkeypatch.context() as waiting:
        waiting.setattr(import_line, "_start", lambda run: None)
        page.goto("/import/")
        page.set_input_files("#files", {"name": "a.txt", "mimeType": "text/plain", "buffer": b"A"})
        page.get_by_role("button", name="Import").click()
        page.get_by_text("Cancel…").click()
        expect(page.get_by_text("Let it run")).to_be_visible()
        assert_accessible(page)
        page.get_by_role("button", name="Cancel the import").click()
        expect(page.locator(".run-state")).to_have_text("Being cancelled")
    import_line._start(ImportRun.objects.get())
    expect(page.locator(".run-state")).to_contain_text("Cancelled", timeout=60_000)
    expect(page.get_by_role("link", name="Import more")).to_be_visible()
    assert not Article.objects.exists()


def test_what_is_too_much_is_said_before_it_is_sent(signed_in_page: Page) -> None:
    page = signed_in_page
    page.goto("/import/")
    page.evaluate("document.getElementById('import-form').dataset.mostBytes = 10")
    page.set_input_files("#files", {"name": "a.txt", "mimeType": "text/plain", "buffer": b"A" * 11})
    expect(page.get_by_role("alert")).to_contain_text("larger than 50 MB together")
    expect(page.get_by_role("button", name="Import")).to_be_disabled()
    assert_accessible(page)


def test_a_refusal_keeps_the_files(signed_in_page: Page, faults: Faults) -> None:
    faults.allow("422")
    page = signed_in_page
    page.goto("/import/")
    page.set_input_files("#files", {"name": "a.txt", "mimeType": "text/plain", "buffer": b"A"})
    page.get_by_text("Columns of tables and JSON").click()
    page.get_by_label("Columns, one FIELD=NAME a line").fill("colour=red")
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_role("alert")).to_contain_text("is not a field of an article")
    settled(page)
    assert page.evaluate("document.getElementById('files').files.length") == 1
    expect(page.locator("#chosen")).to_contain_text("a.txt")
    assert_accessible(page)


def test_without_script_it_is_a_form_and_a_link(
    page_for: Callable[..., Page], analyst: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_for(analyst, java_script_enabled=False)
    page.goto("/import/")
    page.set_input_files("#files", {"name": "a.txt", "mimeType": "text/plain", "buffer": b"Title: A\n\nBoats."})
    with monkeypatch.context() as waiting:
        waiting.setattr(import_line, "_start", lambda run: None)
        page.get_by_role("button", name="Import").click()
        expect(page.get_by_role("link", name="Look again")).to_be_visible()
    import_line._start(ImportRun.objects.get())
    wait_for_processes()
    page.get_by_role("link", name="Look again").click()
    expect(page.locator(".run-state")).to_contain_text("Finished")
    expect(page.get_by_text("Nothing failed.")).to_be_visible()


def test_pages_are_accessible_and_fit(signed_in_page: Page, analyst: User) -> None:
    run = ImportRun.objects.create(
        by=analyst,
        given=["a-name-that-never-ends" * 9 + ".txt"],
        state="stopped",
        why="x" * 300,
        ended_at=timezone.now(),
    )
    run.problems.create(source="long/" * 99, reason="no JSON")
    make_article("One text.", import_run=run)
    page = signed_in_page
    for address in ("/import/", run.get_absolute_url(), f"{run.get_absolute_url()}articles/"):
        page.goto(address)
        assert_fits(page, [390], ["dark"])
        assert_fits(page, [1440], ["light"])
