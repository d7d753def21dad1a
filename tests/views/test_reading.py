"""The reading page: what stands on it, for whom, and that its queries do not grow."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from articles.models import Speaker
from tests.factories import make_article, make_quotation

pytestmark = pytest.mark.django_db

TEXT = "“The nets were empty,” the harbour master said. She added that the fleet would stay in port."


def test_shows_marks_cards_legend_and_progress(analyst_client: Client):
    article = make_article(TEXT, place="Ellery", byline="A. Bee", url="https://news.example/1", licence="CC BY 4.0")
    quotation = make_quotation(article, cue="said", mention="the harbour master", speaker="Ida Moss", confidence=0.93)
    content = analyst_client.get(article.get_absolute_url()).content.decode()
    words = f"words-{quotation.uid}-0"
    mark = f'<mark class="content hue-1 suggested lane-0" id="{words}" data-quotation="{quotation.uid}">'
    assert f"{mark}“The nets" in content
    assert f'aria-describedby="{words}"' in content
    assert 'aria-label="Quotation 1 of 1, direct, Ida Moss, suggested, 93%"' in content
    assert 'as <em dir="auto" lang="en">the harbour master</em> · <em dir="auto" lang="en">said</em>' in content
    assert "0 of 1 settled" in content
    for words in ("Ellery", "A. Bee", 'href="https://news.example/1"', "CC BY 4.0", "The Harbour Gazette"):
        assert words in content


def test_viewers_see_no_way_to_correct(viewer_client: Client):
    article = make_article(TEXT)
    make_quotation(article)
    content = viewer_client.get(article.get_absolute_url()).content.decode()
    assert 'class="card' in content
    assert "/accept/" not in content and "Speaker of quotation" not in content


def test_everything_from_outside_is_escaped(analyst_client: Client):
    evil = "<img src=x onerror=alert(1)>"
    article = make_article(f"“{evil},” {evil} said.", title=evil, byline=evil, place=evil, licence=evil, outlet=evil)
    make_quotation(article, f"“{evil},”", speaker=evil, mention=evil)
    content = analyst_client.get(article.get_absolute_url()).content.decode()
    assert "<img" not in content
    assert content.count("&lt;img") >= 8


def test_an_article_whose_quotations_were_not_sought_says_so(viewer_client: Client):
    article = make_article(extracted_with="")
    assert b"manage.py extract --pending" in viewer_client.get(article.get_absolute_url()).content


def test_an_article_without_quotations_says_so(viewer_client: Client):
    assert b"No quotation was found" in viewer_client.get(make_article().get_absolute_url()).content


def test_unknown_and_hidden_articles_are_not_there(viewer_client: Client):
    hidden = make_article(is_hidden=True)
    assert viewer_client.get(hidden.get_absolute_url()).status_code == 404
    response = viewer_client.get("/articles/4040404/")
    assert response.status_code == 404
    assert b"Nothing here" in response.content


@pytest.mark.parametrize("number", [1, 60])
def test_the_number_of_queries_does_not_grow(
    analyst_client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
):
    article = make_article(" ".join(f"“words {at}”" for at in range(number)))
    for at in range(number):
        make_quotation(article, f"“words {at}”", speaker=f"Speaker {at}")
    with django_assert_num_queries(11):
        analyst_client.get(article.get_absolute_url())


def test_speaker_names_are_suggested_by_any_of_their_names(analyst_client: Client):
    speaker = Speaker.objects.create(name="Ida Moss", qualifier="harbour master")
    speaker.aliases.create(name="Ms. Moss-Quay")
    Speaker.objects.create(name="Ida Quayle", is_hidden=True)
    address = reverse("articles:speaker_names")
    assert b'value="Ida Moss (harbour master)"' in analyst_client.get(address, {"name": "QUAY"}).content
    assert b"Quayle" not in analyst_client.get(address, {"name": "ida"}).content
    assert analyst_client.get(address, {"name": " "}).content.strip() == b""
    assert b"Ida Moss" in analyst_client.get(address, {"name": "i\0d\x07a"}).content


@pytest.mark.parametrize("page", ["http://[", "http://[::1", "//", "\\"])
def test_a_page_whose_address_is_none_leads_to_sign_in(client: Client, page: str):
    headers = {"HX-Request": "true", "HX-Current-URL": page}
    response = client.get(make_article().get_absolute_url(), headers=headers)
    assert response["HX-Redirect"] == "/accounts/sign-in/?next=/"
