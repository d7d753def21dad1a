"""Signing in, as a person does it."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.conftest import PASSWORD

from .pages import assert_accessible, assert_fits


def sign_in(page: Page, name: str, password: str) -> None:
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


@pytest.mark.both_engines
def test_signs_in_and_out(page: Page, analyst: User) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    sign_in(page, analyst.username, PASSWORD)
    expect(page).to_have_url("/")
    page.locator(".account-name").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_says_that_the_password_is_wrong(page: Page, analyst: User) -> None:
    page.goto("/accounts/sign-in/")
    sign_in(page, analyst.username, "not the password")
    expect(page.get_by_text("Please enter a correct username and password")).to_be_visible()
    assert_accessible(page)


def test_is_accessible(page: Page) -> None:
    page.goto("/accounts/sign-in/")
    assert_fits(page, [390, 1440])
