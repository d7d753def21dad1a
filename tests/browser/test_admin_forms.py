"""The admin's own scripts and widgets under the strict policy: dates, pop-ups, roles, passwords."""

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import Page, expect

from articles.models import Article, Outlet
from tests.conftest import PASSWORD
from tests.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def article(transactional_db: None) -> Article:
    return make_article(outlet=None, published_on="2025-03-04")


def test_a_date_is_picked_from_the_calendar(editor_page: Page, article: Article) -> None:
    page = editor_page
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.locator("a:has(.date-icon)").click()
    calendar = page.locator("#calendarbox0")
    expect(calendar).to_be_visible()
    expect(calendar.locator("caption")).to_contain_text("March 2025", ignore_case=True)
    calendar.locator(".calendarnav-next").click()
    expect(calendar.locator("caption")).to_contain_text("April 2025", ignore_case=True)
    calendar.get_by_role("link", name="17", exact=True).click()
    expect(page.get_by_label("Published on")).not_to_have_value("2025-03-04")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    article.refresh_from_db()
    assert str(article.published_on) == "2025-04-17"


def test_an_outlet_is_added_in_a_pop_up(editor_page: Page, article: Article) -> None:
    page = editor_page
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    # Made by the last of the scripts that make ready: by then a click opens a window.
    expect(page.locator(".select2-selection").first).to_be_visible()
    with page.expect_popup() as opened:
        page.locator("#add_id_outlet").click()
    window = opened.value
    window.get_by_label("Name").fill("Quay News")
    with window.expect_event("close"):
        window.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".select2-selection__rendered")).to_contain_text("Quay News")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    article.refresh_from_db()
    assert article.outlet == Outlet.objects.get(name="Quay News")


@pytest.mark.both_engines
def test_an_account_is_made_and_given_a_role(editor_page: Page) -> None:
    page = editor_page
    page.goto("/admin/auth/user/add/")
    page.get_by_label("Username").fill("ida")
    page.locator("#id_password1").fill("empty nets 42")
    page.locator("#id_password2").fill("empty nets 42")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("You may edit it again below")).to_be_visible()
    page.locator("#id_groups_from").select_option(label="analyst")
    page.locator(".selector-add, .selector-chooser button").first.click()
    expect(page.locator("#id_groups_to option")).to_have_text(["analyst"])
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    assert User.objects.get(username="ida").groups.get() == Group.objects.get(name="analyst")


def test_another_accounts_password_is_set(editor_page: Page, analyst: User) -> None:
    page = editor_page
    page.goto(f"/admin/auth/user/{analyst.pk}/change/")
    page.get_by_role("link", name="Reset password").click()
    page.locator("#id_password1").fill("empty nets 42")
    page.locator("#id_password2").fill("empty nets 42")
    page.locator("input.set-password").click()
    expect(page.get_by_text("Password changed successfully.")).to_be_visible()
    analyst.refresh_from_db()
    assert analyst.check_password("empty nets 42")


def test_ones_own_password_is_changed(editor_page: Page, editor: User) -> None:
    page = editor_page
    page.goto("/admin/")
    page.get_by_role("link", name="Change password").click()
    page.get_by_label("Old password").fill(PASSWORD)
    page.locator("#id_new_password1").fill("empty nets 42")
    page.locator("#id_new_password2").fill("empty nets 42")
    page.get_by_role("button", name="Change my password").click()
    expect(page.get_by_text("Your password was changed.")).to_be_visible()
    editor.refresh_from_db()
    assert editor.check_password("empty nets 42")


def test_the_other_lists_keep_the_policy(editor_page: Page, article: Article) -> None:
    for address in ("/admin/auth/user/", "/admin/auth/group/", "/admin/articles/act/"):
        editor_page.goto(address)
        expect(editor_page.locator("#changelist")).to_be_visible()
