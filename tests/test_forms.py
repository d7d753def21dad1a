"""What people type, and what they are told where it cannot be."""

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Quotation, Speaker
from tests.factories import make_article, make_quotation


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["\u0301", "\u200b", "\u2060 \u00ad"], ids=ascii)
def test_a_speakers_name_that_shows_nothing_is_refused_in_words(analyst_client: Client, name: str):
    quotation = make_quotation(make_article())
    address = reverse("articles:change_speaker", args=[quotation.uid])
    answer = analyst_client.post(address, {"name": name, "version": 1}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert "That is no name: it needs a character that can be seen." in answer.content.decode()
    assert Quotation.objects.get().version == 1 and not Speaker.objects.exists()
