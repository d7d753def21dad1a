"""Deciding on many suggestions together."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Act, Quotation
from tests.factories import make_article, make_quotation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seen", ["x 1", "1 1", "\x00 1", "😀 1", "", f"{'0' * 36} 1"])
def test_what_names_no_quotation_is_a_bad_request(analyst_client: Client, seen: str):
    article = make_article()
    response = analyst_client.post(f"/articles/{article.pk}/settle/", {"decision": "accepted", "seen": seen})
    assert response.status_code == 400 and not Act.objects.exists()


def test_hundreds_are_decided_on_in_portions_without_their_texts(analyst_client: Client):
    article = make_article("“The nets were empty,” she said.")
    one = make_quotation(article, "“The nets were empty,”")
    copied = {
        name: getattr(one, name) for name in ("article", "content", "spans", "start", "end", "kind", "confidence")
    }
    Quotation.objects.bulk_create([Quotation(**copied) for _ in range(500)])
    address = f"/articles/{article.pk}/settle/"
    content = analyst_client.get(address, {"decision": "accepted"}).content.decode()
    seen = re.findall(r'name="seen" value="([^"]+)"', content)
    assert len(seen) == 500 and "These are the first 500; the rest is offered after them." in content
    with CaptureQueriesContext(connection) as queries:
        response = analyst_client.post(address, {"decision": "accepted", "seen": seen})
    assert response.status_code == 302 and Quotation.objects.filter(state="accepted").count() == 500
    fetching = [query["sql"] for query in queries if '"articles_quotation"."uid" IN' in query["sql"]]
    assert fetching and not [sql for sql in fetching if '"articles_article"."text",' in sql]
    assert "the rest is offered" not in analyst_client.get(address, {"decision": "accepted"}).content.decode()
