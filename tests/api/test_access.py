"""Who may ask for what: tokens, their scopes and ends, the session's cookie, roles, and reading in public."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from articles.models import ApiToken, Quotation

from .conftest import ROOT, Caller, secret_of

pytestmark = pytest.mark.django_db

READS = ["/articles", "/quotations", "/speakers", "/outlets", "/stories", "/imports", "/exports"]


@pytest.mark.parametrize("path", READS)
def test_strangers_are_asked_for_a_token(anonymous: Caller, path: str):
    response = anonymous("GET", path, status=401)
    assert response["WWW-Authenticate"] == 'Bearer realm="Newsroom"'
    assert "/accounts/" not in response.get("Location", "")


@pytest.mark.parametrize("secret", ["", "nr_unknown", "x y", "\u00e4"])
def test_unknown_secrets_are_refused(db: None, secret: str):
    response = Client().get(f"{ROOT}/articles", headers={"Authorization": f"Bearer {secret}"})
    assert response.status_code == 401 and response.json()["type"] == "/api/#token-refused"
    assert 'error="invalid_token"' in response["WWW-Authenticate"]


def test_other_ways_to_sign_in_are_none(db: None):
    assert Client().get(f"{ROOT}/articles", headers={"Authorization": "Basic eDp5"}).status_code == 401


def test_a_token_ends(viewer: User):
    call = Caller(secret_of(viewer))
    call.get("/articles")
    token = ApiToken.objects.get()
    ApiToken.objects.update(
        made_at=timezone.now() - timedelta(days=2), expires_at=timezone.now() - timedelta(seconds=1)
    )
    call.get("/articles", status=401)
    ApiToken.objects.update(expires_at=token.expires_at)
    call.get("/articles")
    ApiToken.objects.revoke()
    call.get("/articles", status=401)


def test_a_token_ends_with_its_account(viewer: User):
    call = Caller(secret_of(viewer))
    viewer.is_active = False
    viewer.save()
    call.get("/articles", status=401)


def test_a_bad_token_is_not_made_up_for_by_a_cookie(viewer_client: Client):
    assert viewer_client.get(f"{ROOT}/articles", headers={"Authorization": "Bearer nr_x"}).status_code == 401


def test_scopes_hold(analyst: User, quotation: Quotation):
    reader, corrector = Caller(secret_of(analyst, "read")), Caller(secret_of(analyst, "correct"))
    problem = reader.post(f"/quotations/{quotation.uid}/accept", seen=1, status=403)
    assert (problem["type"], problem["needed"]) == ("/api/#scope-missing", "correct")
    assert reader.post("/imports", {"text": "x"}, status=403)["needed"] == "import"
    assert corrector.get("/articles", status=403)["needed"] == "read"
    assert corrector.post(f"/quotations/{quotation.uid}/accept", seen=1)["act"]["verb"] == "accept"


def test_a_scope_gives_no_more_than_the_role(viewer: User, nobody_special: User, quotation: Quotation):
    by_viewer, by_nobody = Caller(secret_of(viewer)), Caller(secret_of(nobody_special))
    problem = by_viewer.post(f"/quotations/{quotation.uid}/accept", seen=1, status=403)
    assert problem["type"] == "/api/#not-allowed"
    assert by_viewer.post("/imports", {"text": "x"}, status=403)["type"] == "/api/#not-allowed"
    assert by_nobody.get("/articles", status=403)["type"] == "/api/#not-allowed"
    viewer.groups.set([Group.objects.get(name="analyst")])
    by_viewer.post(f"/quotations/{quotation.uid}/accept", seen=1)


def test_use_is_noted_once_a_minute(viewer: User):
    call = Caller(secret_of(viewer))
    call.get("/articles")
    first = ApiToken.objects.get().last_used_at
    call.get("/articles")
    assert first and ApiToken.objects.get().last_used_at == first
    ApiToken.objects.update(last_used_at=first - timedelta(minutes=2))
    call.get("/articles")
    assert ApiToken.objects.get().last_used_at > first - timedelta(minutes=1)


def test_of_the_secret_only_a_digest_is_kept(viewer: User):
    secret = secret_of(viewer)
    stored = ApiToken.objects.values().get()
    assert len(secret) > 40 and not any(secret in str(value) for value in stored.values())
    assert secret.startswith(stored["prefix"]) and len(stored["prefix"]) == 9


def test_the_cookie_reads(viewer_client: Client, nobody_special_client: Client):
    assert viewer_client.get(f"{ROOT}/articles").status_code == 200
    assert nobody_special_client.get(f"{ROOT}/articles").status_code == 403


def test_the_cookie_writes_with_a_csrf_token_only(analyst: User, quotation: Quotation):
    client = Client(enforce_csrf_checks=True)
    client.force_login(analyst)
    address, seen = f"{ROOT}/quotations/{quotation.uid}/accept", {"If-Match": '"1"'}
    response = client.post(address, headers=seen)
    assert response.status_code == 403 and response.json()["type"] == "/api/#forgery"
    client.get("/quotations/")
    token = client.cookies["csrftoken"].value
    assert client.post(address, headers=seen | {"X-CSRFToken": token}).status_code == 200


def test_a_token_needs_no_csrf_token(analyst: User, quotation: Quotation):
    client, secret = Client(enforce_csrf_checks=True), secret_of(analyst)
    headers = {"If-Match": '"1"', "Authorization": f"Bearer {secret}"}
    assert client.post(f"{ROOT}/quotations/{quotation.uid}/accept", headers=headers).status_code == 200


def test_reading_in_public(anonymous: Caller, nobody_special: User, quotation: Quotation, settings: Settings):
    settings.NEWSROOM_PUBLIC_READ = True
    for path in READS[:5]:
        anonymous.get(path)
    anonymous.get("/imports", status=401)
    Caller(secret_of(nobody_special)).get("/articles")
    anonymous.post(f"/quotations/{quotation.uid}/accept", seen=1, status=401)
    anonymous.post("/imports", {"text": "x"}, status=401)


def test_answers_are_kept_apart(by_viewer: Caller):
    response = by_viewer("GET", "/articles", status=200)
    assert response["Cache-Control"] == "private, no-cache"
    assert {"Authorization", "Cookie"} <= set(response["Vary"].split(", "))
