"""Adding a quotation: offsets that no text of the article has are refused in words, whatever page they come from."""

import pytest
from django.test import Client

from articles.models import Act, Article
from tests.factories import make_article, make_quotation

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "Accept-Language": "de"}


def add(client: Client, article: Article, **form: str) -> tuple[int, str]:
    response = client.post(f"/articles/{article.pk}/quotations/", form, headers=HTMX)
    return response.status_code, response.content.decode()


@pytest.mark.parametrize("text", ["", "another"])
def test_to_a_text_that_is_not_there_any_more(analyst_client: Client, text: str):
    status, content = add(analyst_client, make_article(), content="90000-90010", text=text)
    assert status == 409 and "Der Artikel hat inzwischen einen anderen Text." in content
    assert not Act.objects.exists()


@pytest.mark.parametrize("content", ["0-90000", "4-8 6-12", "8-4", "5-5", "0-1 0-1"])
def test_offsets_that_cannot_be(analyst_client: Client, content: str):
    article = make_article()
    quotation = make_quotation(article)
    status, answered = add(analyst_client, article, content=content, text=article.text_sha256)
    assert status == 422 and "Die Textstellen waren nicht zu verstehen" in answered
    response = analyst_client.post(
        f"/quotations/{quotation.uid}/edit/", {"version": 1, "content": content}, headers=HTMX
    )
    assert response.status_code == 422 and "Die Textstellen waren nicht zu verstehen" in response.content.decode()
    assert not Act.objects.exists()
