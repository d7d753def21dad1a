"""What the reading page asks for every few seconds."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles import corrections
from articles.models import Act, Article, Presence, Quotation
from tests.factories import make_article, make_quotation

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article("“The nets were empty,” she said.\n\n“Nobody knows why,” he said.\n\nThe end.\n")


@pytest.fixture
def quotations(article: Article) -> list[Quotation]:
    return [make_quotation(article, "“The nets were empty,”"), make_quotation(article, "“Nobody knows why,”")]


def ask(client: Client, article: Article, **values: object):
    asked = {"since": 0, "text": article.text_sha256, "here": ""} | values
    return client.get(reverse("articles:news", args=[article.pk]), asked, headers={"HX-Request": "true"})


def test_there_is_none(analyst_client: Client, article: Article, django_assert_num_queries: DjangoAssertNumQueries):
    assert ask(analyst_client, article).status_code == 204
    with django_assert_num_queries(8):  # session, user, two of permissions, article, two of presence, acts
        assert ask(analyst_client, article).status_code == 204


def test_only_the_rows_of_later_acts_come(
    analyst_client: Client, editor: User, article: Article, quotations: list[Quotation]
):
    first = corrections.accept(quotations[0], by=editor, version=1)
    assert first
    content = ask(analyst_client, article).content.decode()
    assert 'id="row-1" hx-swap-oob="true"' in content and 'id="row-2"' not in content
    assert f"since={first.pk}&" in content
    corrections.reject(quotations[1], by=editor, version=1)
    content = ask(analyst_client, article, since=first.pk).content.decode()
    assert 'id="row-2" hx-swap-oob="true"' in content and 'id="row-1"' not in content
    assert ask(analyst_client, article, since=Act.objects.order_by("id").last().pk).status_code == 204


def test_where_words_were_before_comes_too(
    analyst_client: Client, editor: User, article: Article, quotations: list[Quotation]
):
    end = article.text.index("The end.")
    corrections.revise(quotations[0], corrections.Wanted(((end, end + 7),)), by=editor, version=1)
    content = ask(analyst_client, article).content.decode()
    assert 'id="row-1" hx-swap-oob="true"' in content and 'id="row-3" hx-swap-oob="true"' in content


def test_another_text_comes_whole(analyst_client: Client, article: Article):
    content = ask(analyst_client, article, text="of before").content.decode()
    assert 'id="text" hx-swap-oob="true"' in content


def test_who_else_is_here(analyst_client: Client, editor_client: Client, article: Article):
    assert ask(editor_client, article).status_code == 204
    content = ask(analyst_client, article).content.decode()
    assert "Also here: editor" in content
    assert ask(analyst_client, article, here="editor").status_code == 204
    assert Presence.objects.count() == 2
    Presence.objects.update(seen_at="2020-01-01T00:00:00Z")
    assert "Also here" not in ask(analyst_client, article, here="editor").content.decode()


@pytest.mark.parametrize("since", ["", "x", "-1", "9" * 40, "²"])
def test_a_wrong_place_counts_as_the_beginning(analyst_client: Client, article: Article, since: str):
    assert ask(analyst_client, article, since=since).status_code == 204


def test_who_was_here_long_ago_is_forgotten(viewer_client: Client, viewer: User):
    old, new = make_article(), make_article("“Another,” she said.")
    Presence.objects.create(article=old, user=viewer, seen_at=timezone.now() - timedelta(days=2))
    viewer_client.get(f"/articles/{new.pk}/news/")
    assert [one.article for one in Presence.objects.all()] == [new]
