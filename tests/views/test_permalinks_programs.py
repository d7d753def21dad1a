"""The permalink for programs: its forms by the Accept header, tokens, what is refused. Texts are invented."""

import datetime
import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles import corrections, limits
from articles.exports import plain_text, quotation_annotations
from articles.models import ApiToken, Article, Quotation, Speaker
from tests.factories import make_article, make_quotation

pytestmark = pytest.mark.django_db

TEXT = "“The nets were empty,” she said to all who would listen. “Nobody knows why,” she added.\n"
RTL = "„הרשתות ריקות“ 👩‍👩‍👧"
PROFILE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
HTML, JSON, TEXT_PLAIN = "text/html; charset=utf-8", "application/json", "text/plain; charset=utf-8"


@pytest.fixture
def quotation(db: None) -> Quotation:
    article = make_article(TEXT, title="Empty nets", byline="Ada Brook", published_on="2026-01-02", language="en")
    words = ["“The nets were empty,”", "“Nobody knows why,”"]
    return make_quotation(article, words, cue="said", mention="she", speaker="Ida Moss")


class TestNegotiation:
    @pytest.mark.parametrize(
        ("accept", "expected"),
        [
            (None, HTML),
            ("*/*", HTML),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", HTML),
            ("application/ld+json", PROFILE),
            (PROFILE, PROFILE),
            ("application/json", JSON),
            ("application/*", PROFILE),
            ("text/plain", TEXT_PLAIN),
            ("text/plain;charset=utf-8", TEXT_PLAIN),
            ("text/*", HTML),
            ("text/html;q=0.5, application/ld+json", PROFILE),
            ("text/html;q=0.5, text/plain;q=0.6, */*;q=0.1", TEXT_PLAIN),
            ("text/html;q=0, */*", PROFILE),
            ("text/*;q=0, application/*;q=0, text/html, */*", HTML),
            ("application/json;q=0.9, text/plain;q=0.91", TEXT_PLAIN),
            ("text/turtle, application/json;q=0.2", JSON),
            ("", HTML),
            (" ", HTML),
            ("text/html;q=0.0001", HTML),
            ("text/plain;q=0.0001, */*;q=0", TEXT_PLAIN),
            ("text/html;q=0.0001, application/json;q=0.2", JSON),
        ],
    )
    def test_what_is_answered(self, viewer_client: Client, quotation: Quotation, accept: str | None, expected: str):
        headers = {} if accept is None else {"Accept": accept}
        response = viewer_client.get(quotation.permalink, headers=headers)
        assert (response.status_code, response["Content-Type"]) == (200, expected)
        assert "Accept" in response["Vary"].split(", ")
        address = f"http://testserver{quotation.permalink}"
        assert f'<{address}?format=jsonld>; rel="alternate"; type="application/ld+json"' in response["Link"]
        head = viewer_client.head(quotation.permalink, headers=headers)
        assert (head["Content-Type"], head.content) == (expected, b"")

    @pytest.mark.parametrize("accept", ["image/png", "text/html;q=0", "text/turtle, application/rdf+xml"])
    def test_406_with_a_list(self, viewer_client: Client, quotation: Quotation, accept: str):
        response = viewer_client.get(quotation.permalink, headers={"Accept": accept})
        assert response.status_code == 406 and "Accept" in response["Vary"]
        assert f"text/plain: http://testserver{quotation.permalink}?format=txt\n" in response.content.decode()
        assert viewer_client.get(f"{quotation.permalink}?format=docx").status_code == 406

    @pytest.mark.parametrize("suffix", ["", "cite.bib", "cite.docx"])
    @pytest.mark.parametrize(
        ("accept", "query", "expected"),
        [
            ("application/ld+json", "", TEXT_PLAIN),
            ("application/json", "", TEXT_PLAIN),
            ("*/*", "?format=json", TEXT_PLAIN),
            ("text/html, */*;q=0.8", "", HTML),
            ("text/html", "?format=json", HTML),
        ],
    )
    def test_what_is_not_there_is_said_to_programs_in_a_line(
        self, viewer_client: Client, suffix: str, accept: str, query: str, expected: str
    ):
        address = f"/quotations/6f9619ff-8b86-4011-b42d-00cf4fc964ff/{suffix}{query}"
        response = viewer_client.get(address, headers={"Accept": accept})
        assert (response.status_code, response["Content-Type"]) == (404, expected)
        assert ("<h1>" in response.content.decode()) is (expected == HTML)
        assert expected == HTML or {"Accept", "Authorization", "Cookie"} <= set(response["Vary"].split(", "))

    def test_an_address_may_name_the_form(self, viewer_client: Client, quotation: Quotation):
        for name, expected in (("html", HTML), ("jsonld", PROFILE), ("json", JSON), ("txt", TEXT_PLAIN)):
            response = viewer_client.get(f"{quotation.permalink}?format={name}", headers={"Accept": "image/png"})
            assert (response.status_code, response["Content-Type"]) == (200, expected)
        content = viewer_client.get(quotation.permalink).content.decode()
        assert f'<link rel="alternate" type="text/plain" href="{quotation.permalink}?format=txt">' in content

    def test_unchanged_is_304_until_anything_that_is_told_changes(
        self, viewer_client: Client, quotation: Quotation, analyst: User
    ):
        def ask(etag: str = "") -> Any:
            headers = {"Accept": "application/ld+json"} | ({"If-None-Match": etag} if etag else {})
            return viewer_client.get(quotation.permalink, headers=headers)

        first = ask()["ETag"]
        assert re.fullmatch(r'"1-[0-9a-f]{16}"', first)
        again = ask(f'"x", W/{first}')
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first)
        assert {"Accept", "Cookie"} <= set(again["Vary"].split(", ")) and again[
            "Cache-Control"
        ] == "no-cache, private"
        text = viewer_client.get(quotation.permalink, headers={"Accept": "text/plain", "If-None-Match": first})
        assert text.status_code == 200
        Speaker.objects.update(name="Ida M. Moss")
        second = ask(first)
        assert second.status_code == 200 and second["ETag"] != first
        corrections.accept(quotation, by=analyst, version=1)
        assert ask(second["ETag"])["ETag"].startswith('"2-')

    def test_if_match_gets_what_it_names_or_412(self, viewer_client: Client, quotation: Quotation):
        """RFC 9110, 13.1.1: compared strongly, so that no weak tag fits; the tag is that of the form asked for."""

        def ask(accept: str = "application/ld+json", *, method: str = "get", **headers: str) -> tuple[int, bytes]:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            response = getattr(viewer_client, method)(quotation.permalink, headers={"Accept": accept} | named)
            return response.status_code, response.content

        whole = viewer_client.get(quotation.permalink, headers={"Accept": "application/ld+json"})
        etag = whole["ETag"]
        for fits in (etag, f'"x", {etag}', f'W/"x",{etag} , "y"', "*"):
            assert ask(If_Match=fits) == (200, whole.content), fits
        for fits_not in ('"x"', f"W/{etag}", f'W/{etag}, "x"', '"1"'):
            assert ask(If_Match=fits_not) == ask(If_Match=fits_not, method="head") == (412, b""), fits_not
        assert ask("text/plain", If_Match=etag)[0] == 412
        assert ask("image/png", If_Match='"x"')[0] == 406
        assert ask(If_Match=etag, If_None_Match=etag)[0] == 304
        assert ask(If_Match='"x"', If_None_Match=etag)[0] == 412
        assert ask("text/html", If_Match="*")[0] == 200

    def test_a_date_is_ignored_as_there_is_none_to_compare_with(self, viewer_client: Client, quotation: Quotation):
        headers = {"Accept": "application/json", "If-Unmodified-Since": "Thu, 01 Jan 1970 00:00:01 GMT"}
        assert viewer_client.get(quotation.permalink, headers=headers).status_code == 200

    def test_who_may(
        self, client: Client, nobody_special_client: Client, quotation: Quotation, settings: LazySettings
    ):
        for query in ("", "?format=json", "cite.bib"):
            address = f"{quotation.permalink}{query}"
            assert client.get(address, headers={"Accept": "text/html, */*;q=0.8"}).status_code == 302
            assert nobody_special_client.get(address).status_code == 403
            assert client.post(address).status_code in (302, 405)
        settings.NEWSROOM_PUBLIC_READ = True
        response = client.get(quotation.permalink, headers={"Accept": "application/ld+json"})
        assert (response.status_code, response["Cache-Control"]) == (200, "no-cache")
        assert client.get(quotation.permalink).status_code == 200


class TestPrograms:
    """Whoever asks for no page is not led to the one for signing in, and may read by a token."""

    LD = "application/ld+json"

    def secret(self, user: User, *scopes: str) -> str:
        later = timezone.now() + datetime.timedelta(days=1)
        return ApiToken.make(user, name="reader", scopes=scopes or ["read"], expires_at=later)[1]

    def ask(self, quotation: Quotation, secret: str = "", query: str = "", accept: str = LD) -> Any:
        headers = {"Accept": accept} | ({"Authorization": f"Bearer {secret}"} if secret else {})
        return Client().get(f"{quotation.permalink}{query}", headers=headers)

    @pytest.mark.parametrize(
        ("accept", "query"),
        [
            (LD, ""),
            ("text/plain", ""),
            ("image/png", ""),
            ("*/*", "?format=json"),
            ("application/x-bibtex", "cite.bib"),
        ],
    )
    def test_without_a_token(self, quotation: Quotation, accept: str, query: str):
        response = self.ask(quotation, query=query, accept=accept)
        assert (response.status_code, response["Content-Type"]) == (401, "text/plain; charset=utf-8")
        assert response["WWW-Authenticate"].startswith("Bearer") and response.content.count(b"\n") == 1
        assert {"Accept", "Authorization"} <= set(response["Vary"].split(", "))

    def test_with_one_that_may_read(self, quotation: Quotation, viewer: User):
        secret = self.secret(viewer)
        assert self.ask(quotation, secret).json()["id"].endswith(quotation.permalink)
        assert self.ask(quotation, secret, accept="*/*", query="cite.bib").content.startswith(b"@article{")
        assert self.ask(quotation, secret, accept="*/*").status_code == 200
        assert ApiToken.objects.get().last_used_at is not None

    def test_with_one_that_may_not(self, quotation: Quotation, viewer: User, nobody_special: User):
        unknown = self.ask(quotation, "nr_unknown")
        assert unknown.status_code == 401 and 'error="invalid_token"' in unknown["WWW-Authenticate"]
        other = self.ask(quotation, self.secret(viewer, "export"))
        assert other.status_code == 403 and 'scope="read"' in other["WWW-Authenticate"]
        assert self.ask(quotation, self.secret(nobody_special)).status_code == 403
        secret = self.secret(viewer)
        ApiToken.objects.all().revoke()
        assert self.ask(quotation, secret).status_code == 401

    def test_too_often(
        self, quotation: Quotation, viewer: User, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: 6_000_000.0))  # the minute does not end
        settings.NEWSROOM_API_READS = 1
        secret = self.secret(viewer)
        answers = [self.ask(quotation, secret) for _ in "12"]
        assert [one.status_code for one in answers] == [200, 429] and int(answers[1]["Retry-After"]) > 0


class TestForms:
    def test_both_say_where_the_words_stand(self, viewer_client: Client, quotation: Quotation):
        made = viewer_client.get(f"{quotation.permalink}?format=jsonld").json()
        said, of = quotation_annotations.quotation_in(made)
        text = viewer_client.get(f"{quotation.permalink}?format=txt").content.decode()
        also, of_text = plain_text.quotation_in(text)
        assert said == also and of == of_text
        assert said["uid"] == str(quotation.uid) and said["spans"] == quotation.spans
        assert "\n\u2026" not in text and of["text_sha256"] == Article.digest(TEXT)
        assert made["id"] == f"http://testserver{quotation.permalink}"
        assert made["body"][1]["id"] == f"http://testserver/speakers/{quotation.speaker_id}/"

    def test_without_a_speaker_an_outlet_or_a_date(self, viewer_client: Client):
        quotation = make_quotation(make_article(RTL, title="", outlet=None), RTL)
        made = viewer_client.get(f"{quotation.permalink}?format=json").json()
        assert made["motivation"] == "classifying" and len(made["body"]) == 1
        assert made["target"][0]["selector"][0]["exact"] == RTL
        assert "Speaker" not in viewer_client.get(f"{quotation.permalink}?format=txt").content.decode()
        for style in ("plain", "apa", "mla", "bibtex", "csl"):
            assert viewer_client.get(f"{quotation.permalink}?cite={style}").status_code == 200
