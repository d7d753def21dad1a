"""In which language pages are: the browser's, or the one that somebody chose."""

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from articles import corrections
from tests.factories import make_article, make_quotation

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


@pytest.mark.parametrize(
    ("accepted", "language", "words"),
    [
        ("de-AT,de;q=0.9", "de", "Anmelden"),
        ("en-US,en;q=0.9", "en-gb", "Sign in"),
        ("fr", "en-gb", "Sign in"),
        ("nonsense;;q", "en-gb", "Sign in"),
    ],
)
def test_the_browser_says_which(client: Client, accepted: str, language: str, words: str):
    content = client.get("/accounts/sign-in/", headers={"Accept-Language": accepted}).content.decode()
    assert f'<html lang="{language}">' in content and f"<h1>{words}</h1>" in content


def test_one_is_chosen_signed_in_or_not_and_kept(client: Client, viewer: User):
    content = client.get("/accounts/sign-in/").content.decode()
    assert '<button class="quiet" name="language" value="de" lang="de">Deutsch</button>' in content
    response = client.post("/language/", {"language": "de", "next": "/accounts/sign-in/"})
    assert response["Location"] == "/accounts/sign-in/"
    assert response.cookies[settings.LANGUAGE_COOKIE_NAME]["max-age"] == 365 * 24 * 60 * 60
    client.force_login(viewer)
    content = client.get("/articles/").content.decode()
    assert "<h2>Noch keine Artikel</h2>" in content and "British English" in content


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example"])
def test_a_choice_leads_nowhere_else(client: Client, elsewhere: str):
    assert client.post("/language/", {"language": "de", "next": elsewhere})["Location"] == "/"


def test_choosing_on_a_page_that_was_posted_comes_back_to_the_article(analyst_client: Client):
    article = make_article()
    make_quotation(article)
    content = analyst_client.post(f"/articles/{article.pk}/review/", {"version": 1}).content.decode()
    assert f'name="next" value="{article.get_absolute_url()}"' in content


def test_the_article_keeps_its_own_language(viewer_client: Client):
    article = make_article(language="fa")
    make_quotation(article, cue="said", mention="the harbour master")
    content = viewer_client.get(article.get_absolute_url(), headers={"Accept-Language": "de"}).content.decode()
    assert '<html lang="de">' in content and '<p dir="auto" lang="fa"' in content
    assert 'als <em dir="auto" lang="fa">the harbour master</em>' in content
    assert 'aria-label="Zitat 1 von 1, direkt, The harbour master, vorgeschlagen, 80 %"' in content


def test_a_history_in_german(viewer_client: Client, analyst: User):
    quotation = make_quotation(make_article(), cue="said", mention="the harbour master")
    corrections.change_speaker(quotation, name="Ida Moss", by=analyst, version=1)
    content = viewer_client.get(quotation.get_history_url(), headers={"Accept-Language": "de"}).content.decode()
    assert "hat den Sprecher Ida Moss eingetragen" in content


def test_a_form_from_before_a_sign_in_says_so_in_the_page_s_language(analyst: User):
    client = Client(enforce_csrf_checks=True, headers={"Accept-Language": "de"})
    client.force_login(analyst)
    response = client.post("/language/", {"language": "en-gb"})
    content = response.content.decode()
    assert (
        response.status_code == 403 and "<h1>Diese Seite ist von vorhin</h1>" in content and "<style" not in content
    )
