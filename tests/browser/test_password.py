"""One's own password, for everybody who is signed in, not for editors alone."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect

from tests.conftest import PASSWORD

from .pages import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_viewer_changes_the_password(viewer_page: Page, viewer: User) -> None:
    page = viewer_page
    page.goto("/articles/")
    page.locator(".account-name").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Change password").click()
    expect(page.get_by_label("Old password")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Old password").fill(PASSWORD)
    page.get_by_label("New password", exact=True).fill("short")
    page.get_by_label("New password confirmation").fill("short")
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_role("alert").first).to_contain_text("too short")
    assert_accessible(page)
    page.get_by_label("Old password").fill(PASSWORD)
    page.get_by_label("New password", exact=True).fill("quay-lantern-42")
    page.get_by_label("New password confirmation").fill("quay-lantern-42")
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_text("Your password is changed.")).to_be_visible()
    viewer.refresh_from_db()
    assert viewer.check_password("quay-lantern-42")


def test_the_menu_closes_with_escape_and_with_a_click_elsewhere(viewer_page: Page) -> None:
    page = viewer_page
    page.goto("/articles/")
    for leave in (
        lambda: page.keyboard.press("Escape"),
        lambda: page.get_by_role("heading", name="Articles", exact=True).click(),
    ):
        page.locator(".account-name").click()
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        leave()
        expect(page.get_by_role("button", name="Sign out")).to_be_hidden()


def test_strangers_sign_in_first(client: Client) -> None:
    assert client.get("/accounts/password/")["Location"] == "/accounts/sign-in/?next=/accounts/password/"
