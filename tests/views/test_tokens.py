"""The page of tokens, and the reference of the API."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from articles.api.reference import reference as described
from articles.models import ApiToken

pytestmark = pytest.mark.django_db
FORM = {"name": "nightly report", "scopes": ["read", "correct"], "days": "30"}


def make(user: User, *, name: str = "test", days: int = 30) -> ApiToken:
    expires_at = timezone.now() + timedelta(days=days)
    return ApiToken.make(user, name=name, scopes=["read"], expires_at=expires_at)[0]


def test_a_token_is_made_and_its_secret_shown_once(analyst_client: Client, analyst: User):
    made = analyst_client.post("/tokens/", FORM)
    assert (made.status_code, made["Location"]) == (302, "/tokens/")
    assert analyst_client.head("/tokens/").status_code == 200
    answer = analyst_client.get("/tokens/")
    (secret,) = re.findall(r'<code id="secret">(nr_[\w-]{43})</code>', answer.content.decode())
    token = ApiToken.objects.get()
    assert (token.user, token.name, token.scopes) == (analyst, "nightly report", "read correct")
    assert timedelta(days=29) < token.expires_at - timezone.now() < timedelta(days=31)
    assert "no-store" in answer["Cache-Control"]
    assert client_with(secret).status_code == 200
    again = analyst_client.get("/tokens/").content.decode()
    assert secret not in again and token.prefix in again
    assert ApiToken.objects.count() == 1  # however often the page is loaded again


def test_a_secret_is_put_down_nowhere_but_in_the_browser_that_shows_it(
    analyst_client: Client, editor_client: Client, settings: Settings
):
    settings.SESSION_COOKIE_SECURE = True
    cookie = analyst_client.post("/tokens/", FORM).cookies["made_token"]
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Strict")
    assert (cookie["path"], cookie["max-age"]) == ("/tokens/", 60)
    assert not any("nr_" in str(one.get_decoded()) for one in Session.objects.all())
    editor_client.cookies["made_token"] = cookie.value
    assert b'id="secret"' not in editor_client.get("/tokens/").content
    analyst_client.cookies["made_token"] = "nr_of-somebody-else"
    answer = analyst_client.get("/tokens/")
    assert b'id="secret"' not in answer.content and answer.cookies["made_token"]["max-age"] == 0


def client_with(secret: str):
    return Client().get("/api/v1/articles", headers={"Authorization": f"Bearer {secret}"})


@pytest.mark.parametrize(
    "form",
    [
        {"name": ""},
        {"name": "\u200b"},
        {"name": "x" * 101},
        {"scopes": []},
        {"scopes": ["rule"]},
        {"days": "9999"},
        {"days": "x"},
    ],
)
def test_what_is_wrong_in_the_form_is_told(analyst_client: Client, form: dict[str, str]):
    answer = analyst_client.post("/tokens/", FORM | form)
    assert answer.status_code == 422 and b'role="alert"' in answer.content
    assert not ApiToken.objects.exists()


def test_scopes_that_the_role_lacks_are_not_offered(viewer_client: Client):
    content = viewer_client.get("/tokens/").content.decode()
    assert 'value="read"' in content and 'value="export"' in content
    assert 'value="correct"' not in content and 'value="import"' not in content
    assert viewer_client.post("/tokens/", FORM).status_code == 422


def test_there_is_an_end_to_tokens(analyst_client: Client, analyst: User, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("articles.views.api.MOST_TOKENS", 1)
    token = make(analyst)
    answer = analyst_client.post("/tokens/", FORM)
    assert answer.status_code == 422 and b"You have 1 tokens already" in answer.content
    ApiToken.objects.numbered([token.pk]).revoke()
    assert analyst_client.post("/tokens/", FORM).status_code == 302


def test_revoking_asks_first(analyst_client: Client, analyst: User):
    token = make(analyst, name="<old>")
    address = f"/tokens/{token.pk}/revoke/"
    assert "Revoke “&lt;old&gt;”?" in analyst_client.get(address).content.decode()
    assert ApiToken.objects.get().is_usable
    assert b"Revoked." in analyst_client.post(address, follow=True).content
    assert not ApiToken.objects.get().is_usable
    assert b"It was revoked already." in analyst_client.post(address, follow=True).content
    assert b"It was revoked already." in analyst_client.get(address).content


def test_nobody_sees_or_revokes_anothers(editor_client: Client, analyst: User):
    token = make(analyst, name="Theirs")
    assert b"Theirs" not in editor_client.get("/tokens/").content
    assert editor_client.post(f"/tokens/{token.pk}/revoke/").status_code == 404
    assert ApiToken.objects.get().is_usable


def test_access(client: Client, nobody_special_client: Client, viewer_client: Client, settings: Settings):
    assert client.get("/tokens/").status_code == 302
    assert nobody_special_client.get("/tokens/").status_code == 403
    assert nobody_special_client.post("/tokens/", FORM).status_code == 403
    assert viewer_client.get("/tokens/").status_code == 200
    assert viewer_client.put("/tokens/").status_code == 405
    settings.NEWSROOM_PUBLIC_READ = True
    assert client.get("/tokens/").status_code == 302
    assert client.post("/tokens/1/revoke/").status_code == 302


def test_states_are_told(analyst_client: Client, analyst: User):
    past = timezone.now() - timedelta(days=1)
    for name in ("fresh", "expired", "revoked"):
        make(analyst, name=name)
    ApiToken.objects.filter(name="expired").update(made_at=past - timedelta(days=1), expires_at=past)
    ApiToken.objects.filter(name="revoked").update(revoked_at=past)
    content = analyst_client.get("/tokens/").content.decode()
    assert content.count("Revoke…") == 1 and content.count('class="ended"') == 2


def test_the_number_of_queries_does_not_grow(
    analyst_client: Client, analyst: User, django_assert_max_num_queries: DjangoAssertNumQueries
):
    for number in range(5):
        make(analyst, name=f"T{number}")
    with django_assert_max_num_queries(8):
        analyst_client.get("/tokens/")


def test_the_reference_describes_all_operations(viewer_client: Client, client: Client, settings: Settings):
    content = viewer_client.get("/api/").content.decode()
    document = client.get("/api/v1/openapi.json").json()
    for path, operations in document["paths"].items():
        assert f"/api/v1{path}" in content
        for operation in operations.values():
            assert f'id="{operation["operationId"]}"' in content
    assert 'id="stale"' in content and "<script>" not in content and " style=" not in content
    assert client.get("/api/").status_code == 302
    settings.NEWSROOM_PUBLIC_READ = True
    assert client.get("/api/").status_code == 200
    assert viewer_client.post("/api/").status_code == 405


def test_each_operation_has_a_sentence_and_a_request(viewer_client: Client):
    operations = [one for _name, group in described().groups for one in group]
    assert len(operations) > 30
    for one in operations:
        assert one.description and one.curl.startswith("curl ") and "{" not in one.curl.rpartition("$NEWSROOM")[2]
        assert (f"-X {one.method}" in one.curl) == (one.method != "GET")
    content = viewer_client.get("/api/").content.decode()
    assert content.count('<details class="operation">') == len(operations) and "-F files=@news.zip" in content
    (accept,) = (one for one in operations if one.path.endswith("/accept"))
    assert "-H &#x27;If-Match: &quot;3&quot;&#x27;" in content and "If-Match" in accept.curl
