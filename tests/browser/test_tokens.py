"""Making a token, copying its secret and revoking it; the reference on the way."""

import re

import pytest
from playwright.sync_api import Page, expect

from articles.models import ApiToken

from .pages import assert_accessible, settled

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.both_engines
def test_a_token_is_made_copied_and_revoked(signed_in_page: Page) -> None:
    page = signed_in_page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/")
    page.get_by_role("button", name="Account").click()
    page.get_by_role("link", name="API tokens").click()
    page.get_by_label("Name", exact=True).fill("nightly report")
    page.get_by_label("correct, in your name").check()
    assert_accessible(page)
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_role("status").filter(has_text="is made")).to_be_focused()
    settled(page)
    secret = page.locator("#secret").inner_text()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == secret
    assert_accessible(page)
    answer = page.request.get("/api/v1/quotations", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status == 200 and answer.json()["items"] == []
    page.get_by_role("link", name="How to use the API").click()
    page.get_by_role("navigation", name="Contents").get_by_role("link", name="Accept", exact=True).click()
    expect(page).to_have_url(re.compile("#.*accept$"))
    page.reload()  # unfolded too when the page comes with the name in its address
    page.get_by_role("article").filter(has_text="/accept").get_by_text("Answer 200").first.click()
    assert_accessible(page)
    page.locator(".reference").get_by_role("link", name="API tokens").click()
    page.get_by_role("link", name="Revoke… nightly report").click()
    expect(page.get_by_role("button", name="Revoke")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Revoke").click()
    expect(page.get_by_role("status")).to_contain_text("Revoked.")
    assert not ApiToken.objects.get().is_usable
