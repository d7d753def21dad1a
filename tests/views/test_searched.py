"""The search goes along: from the list to an article, through corrections, to the next article of the same search."""

import pytest
from django.test import Client

from articles.models import Article, Quotation
from tests.factories import make_article, make_quotation

pytestmark = pytest.mark.django_db

SEARCH = "?q=nets"
NEXT = 'href="/articles/{}/next/?q=nets"'


@pytest.fixture
def articles() -> list[Article]:
    """Newest first: one with nets, one without, one with nets; each has something to settle."""
    texts = ["“The nets were torn,” she said.", "“The boats were torn,” she said.", "“The nets were new,” he said."]
    made = [make_article(text, title="News", published_on=f"2026-03-0{3 - at}") for at, text in enumerate(texts)]
    for article in made:
        make_quotation(article, article.text.partition(" she")[0].partition(" he")[0])
    return made


@pytest.fixture
def quotation(articles: list[Article]) -> Quotation:
    return articles[0].quotations.get()


def test_the_list_leads_to_articles_of_the_search(analyst_client: Client, articles: list[Article]):
    content = analyst_client.get("/articles/?q=nets&page=1&outlet=&nonsense=1").content.decode()
    assert f'href="/articles/{articles[0].pk}/?q=nets"' in content
    assert f'href="/articles/{articles[0].pk}/"' in analyst_client.get("/articles/").content.decode()


def test_the_article_leads_on_in_the_search_and_back(analyst_client: Client, articles: list[Article]):
    content = analyst_client.get(f"/articles/{articles[0].pk}/{SEARCH}").content.decode()
    assert (
        NEXT.format(articles[0].pk) in content
        and f'<a href="/articles/?q=nets#article-{articles[0].pk}">Back to the results</a>' in content
    )
    response = analyst_client.get(f"/articles/{articles[0].pk}/next/{SEARCH}")
    assert response["Location"] == f"/articles/{articles[2].pk}/{SEARCH}"


def test_the_search_survives_corrections_and_news(analyst_client: Client, quotation: Quotation):
    shown = f"http://testserver/articles/{quotation.article_id}/{SEARCH}"
    headers = {"HX-Request": "true", "HX-Current-URL": shown}
    content = analyst_client.post(f"/quotations/{quotation.uid}/accept/", {"version": 1}, headers=headers).content
    assert NEXT.format(quotation.article_id) in content.decode()
    news = analyst_client.get(f"/articles/{quotation.article_id}/news/?since=0&text=other", headers=headers)
    assert NEXT.format(quotation.article_id) in news.content.decode()


def test_the_search_survives_corrections_without_script(analyst_client: Client, quotation: Quotation):
    article = f"/articles/{quotation.article_id}/"
    headers = {"Referer": f"http://testserver{article}{SEARCH}&evil=1#x"}
    response = analyst_client.post(f"/quotations/{quotation.uid}/accept/", {"version": 1}, headers=headers)
    assert response["Location"] == f"{article}{SEARCH}#quotation-{quotation.uid}"
    response = analyst_client.post(f"/quotations/{quotation.uid}/reject/", {"version": 1}, headers=headers)
    assert response.status_code == 409 and NEXT.format(quotation.article_id) in response.content.decode()
    response = analyst_client.post(f"{article}flag/", {"version": 1}, headers=headers)
    assert response["Location"] == f"{article}{SEARCH}"


@pytest.mark.parametrize("referer", ["", "http://[", "?", f"x?{'a=1&' * 2000}", "https://elsewhere.example/?evil=1"])
def test_a_strange_referrer_is_no_search(analyst_client: Client, quotation: Quotation, referer: str):
    response = analyst_client.post(
        f"/quotations/{quotation.uid}/accept/", {"version": 1}, headers={"Referer": referer}
    )
    assert response.status_code == 302 and response["Location"].startswith(f"/articles/{quotation.article_id}/")
    assert "evil" not in response["Location"]


def test_the_search_survives_the_pages_between(analyst_client: Client, quotation: Quotation):
    article = f"/articles/{quotation.article_id}/"
    content = analyst_client.get(f"{article}settle/{SEARCH}&decision=accepted&least=0").content.decode()
    assert '<input type="hidden" name="q" value="nets">' in content and f'href="{article}{SEARCH}"' in content
    referer = {"Referer": f"http://testserver{article}{SEARCH}"}
    asked = analyst_client.post(f"{article}review/", {"version": 1}, headers=referer).content.decode()
    assert f'action="{article}review/{SEARCH}"' in asked
    response = analyst_client.post(f"{article}review/{SEARCH}", {"version": 1, "anyway": "yes"})
    assert response["Location"] == f"{article}{SEARCH}"


def test_where_nothing_is_left_one_comes_back_to_the_list(analyst_client: Client, articles: list[Article]):
    Quotation.objects.update(state="rejected", settled_at="2026-03-04T00:00:00Z")
    response = analyst_client.get(f"/articles/{articles[0].pk}/next/{SEARCH}")
    assert response["Location"] == f"/articles/{SEARCH}"
