"""The harness notices what it promises to notice."""

import time

import pytest
from django.db import connection
from playwright.sync_api import Page

from articles.models import Article

from .pages import Faults, assert_accessible

INLINE_STYLE = "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">red</p>')"
INLINE_SCRIPT = "const it = document.createElement('script'); it.text = '1'; document.body.append(it)"


@pytest.mark.parametrize("breach", [INLINE_STYLE, INLINE_SCRIPT])
def test_a_breach_of_the_content_security_policy_is_a_fault(page: Page, faults: Faults, breach: str) -> None:
    page.goto("/accounts/sign-in/")
    assert not faults.seen
    with page.expect_console_message():
        page.evaluate(breach)
    assert "Content Security Policy" in faults.unexpected[0]
    faults.allow("Content Security Policy")
    assert not faults.unexpected


def test_an_exception_is_a_fault(page: Page, faults: Faults) -> None:
    page.goto("/accounts/sign-in/")
    with page.context.expect_event("weberror"):
        page.evaluate("setTimeout(() => { throw new Error('sinking') }, 0)")
    assert "sinking" in faults.unexpected[0]
    faults.allow("sinking")


def test_a_missing_file_is_a_fault(page: Page, faults: Faults) -> None:
    page.goto("/accounts/sign-in/")
    with page.expect_console_message():
        page.evaluate("fetch('/static/missing.css')")
    assert "404" in faults.unexpected[0]
    faults.allow("404")


def test_an_inaccessible_page_is_described(page: Page) -> None:
    page.goto("/accounts/sign-in/")
    page.evaluate("document.body.append(document.createElement('input'))")
    with pytest.raises(AssertionError, match=r"label \(critical\)(.|\n)*input"):
        assert_accessible(page)


def test_a_session_needs_no_form(signed_in_page: Page) -> None:
    signed_in_page.goto("/articles/")
    assert signed_in_page.locator(".account-name").is_visible()


@pytest.mark.both_engines
@pytest.mark.skipif(connection.vendor == "sqlite", reason="a file can be removed while it is open")
def test_a_page_that_is_open_does_not_hold_the_database(signed_in_page: Page, article: Article) -> None:
    """Else it could not be dropped when the tests have ended. The tests themselves may have a session more."""
    before = sessions_of_others()
    signed_in_page.goto(article.get_absolute_url())
    deadline = time.monotonic() + 20
    while more := sessions_of_others() - before:
        assert time.monotonic() < deadline, more
        time.sleep(0.05)


def sessions_of_others() -> set[int]:
    """The numbers of the server processes that others than this thread use."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return {pid for (pid,) in cursor.fetchall()}
