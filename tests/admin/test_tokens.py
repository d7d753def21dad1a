"""Tokens in the admin: seen and revoked by editors, made and edited by nobody."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles.models import ApiToken

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/apitoken/"


@pytest.fixture
def token(analyst: User) -> ApiToken:
    expires_at = timezone.now() + timedelta(days=1)
    return ApiToken.make(analyst, name="nightly", scopes=["read"], expires_at=expires_at)[0]


def test_editors_see_and_revoke_them(editor_client: Client, token: ApiToken):
    content = editor_client.get(LIST).content.decode()
    assert "nightly" in content and token.prefix in content and token.secret_sha256 not in content
    page = editor_client.get(f"{LIST}{token.pk}/change/").content.decode()
    assert token.secret_sha256 not in page and 'name="name"' not in page
    form = {"action": "revoke", "_selected_action": [token.pk]}
    assert "Revoked 1 token." in editor_client.post(LIST, form, follow=True).content.decode()
    assert not ApiToken.objects.get().is_usable


def test_nobody_makes_or_deletes_them(editor_client: Client, token: ApiToken):
    assert editor_client.get(f"{LIST}add/").status_code == 403
    assert editor_client.post(f"{LIST}{token.pk}/delete/").status_code == 403
    editor_client.post(f"{LIST}{token.pk}/change/", {"name": "other"})
    assert ApiToken.objects.get().name == "nightly"


def test_analysts_have_no_business_here(analyst_client: Client, token: ApiToken):
    assert analyst_client.get(LIST).status_code in (302, 403)
