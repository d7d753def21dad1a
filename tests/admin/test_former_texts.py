"""Former texts in the admin: read by editors, written by nobody; quotations in them stand in their own sentence."""

import html
import re

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from articles import corrections, versions
from articles.models import Article, FormerText, Quotation
from tests.factories import make_article, make_quotation

pytestmark = pytest.mark.django_db

OLD = "<b>Old</b> news. “The nets were empty,” the harbour master said."
LIST = reverse("admin:articles_formertext_changelist")


@pytest.fixture
def former(analyst: User) -> FormerText:
    article = make_article(OLD)
    corrections.accept(make_quotation(article), by=analyst, version=1)
    text = "Quite another text stands here by now, which is much longer than the one before it was."
    with transaction.atomic():
        versions.renew(article, Article(text=text, text_sha256=Article.digest(text), title="New"))
    return FormerText.objects.get()


def page(former: FormerText) -> str:
    return reverse("admin:articles_formertext_change", args=[former.pk])


def test_editors_read_them(editor_client: Client, former: FormerText):
    listed = editor_client.get(LIST, {"q": "nets"})
    assert listed.context["cl"].result_count == 1
    content = editor_client.get(page(former)).content.decode()
    assert "&lt;b&gt;Old&lt;/b&gt; news." in content and former.text_sha256 in content
    assert former.get_absolute_url() in content
    article = editor_client.get(reverse("admin:articles_article_change", args=[former.article_id])).content.decode()
    assert f'<a href="{LIST}?article__id__exact={former.article_id}">1</a>' in article


def test_nobody_writes_them(editor_client: Client, former: FormerText):
    assert editor_client.get(reverse("admin:articles_formertext_add")).status_code == 403
    assert editor_client.post(page(former), {"title": "Mine"}).status_code == 403
    delete = reverse("admin:articles_formertext_delete", args=[former.pk])
    assert editor_client.post(delete, {"post": "yes"}).status_code == 403
    former.refresh_from_db()
    assert former.title == "Empty nets"


@pytest.mark.parametrize("name", ["viewer", "analyst", "nobody_special"])
def test_they_are_for_editors(request: pytest.FixtureRequest, former: FormerText, name: str):
    client: Client = request.getfixturevalue(f"{name}_client")
    assert client.get(LIST, follow=True).status_code == 403


def test_a_quotation_in_one_stands_in_its_sentence_there(editor_client: Client, former: FormerText):
    quotation = Quotation.objects.get()
    content = editor_client.get(reverse("admin:articles_quotation_change", args=[quotation.pk])).content.decode()
    assert "<mark>“The nets were empty,”</mark> the harbour master said." in content
    assert page(former) in content
    [link] = re.findall(r'href="([^"]+former_text__id__exact[^"]+)"', editor_client.get(LIST).content.decode())
    listed = editor_client.get(html.unescape(link))
    assert listed.context["cl"].result_count == 1
    assert "<mark>“The nets were empty,”</mark> the harbour master said." in listed.content.decode()


@pytest.mark.parametrize("number", [1, 4])
def test_the_list_takes_a_fixed_number_of_queries(
    editor_client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
):
    for at in range(number):
        article = make_article(f"Number {at}")
        FormerText.objects.create(
            article=article, text="Old.", text_sha256="0" * 64, title="Old", imported_at=article.imported_at
        )
    with django_assert_num_queries(8):
        editor_client.get(LIST)
