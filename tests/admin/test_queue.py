"""The queue in the admin: who sees it, what it shows, and putting back what failed."""

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article
from tests.databases import is_postgres
from tests.factories import make_article

pytestmark = pytest.mark.django_db

postgres = pytest.mark.skipif(not is_postgres(), reason="the queue needs PostgreSQL")


@pytest.fixture
def address() -> str:
    return reverse("admin:queue")


def test_only_for_those_who_have_the_admin(client: Client, analyst_client: Client, address: str):
    assert client.get(address).status_code == 302
    assert analyst_client.get(address).status_code == 302
    assert analyst_client.post(address).status_code == 302


@pytest.mark.skipif(is_postgres(), reason="PostgreSQL has a queue")
def test_without_postgres_it_says_what_to_do_instead(editor_client: Client, address: str):
    assert "manage.py extract --pending" in editor_client.get(address).content.decode()
    assert "manage.py extract --pending" in editor_client.post(address, follow=True).content.decode()
    assert address not in editor_client.get(reverse("admin:index")).content.decode()


@postgres
def test_what_it_shows(editor_client: Client, address: str, django_assert_max_num_queries):
    assert address in editor_client.get(reverse("admin:index")).content.decode()
    with django_assert_max_num_queries(10):
        content = editor_client.get(address).content.decode()
    assert "Nothing to do" in content and "<code>manage.py worker</code> starts one" in content
    assert "Put back" not in content


@postgres
def test_what_failed_is_put_back(editor_client: Client, address: str):
    make_article("“One,” she said.", extracted_with="", extraction_tries=2)
    assert "Put back what failed" in editor_client.get(address).content.decode()
    assert "Put on the queue: 1." in editor_client.post(address, follow=True).content.decode()
    assert Article.objects.pending().count() == 1


@postgres
def test_the_jobs_of_procrastinate_have_no_page_of_their_own(admin_client: Client):
    assert "rocrastinate" not in admin_client.get(reverse("admin:index")).content.decode()
