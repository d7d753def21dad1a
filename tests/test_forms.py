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


@pytest.mark.django_db
@pytest.mark.parametrize(("qualifier", "status"), [("y" * 100, 200), ("z", 422)])
def test_a_long_speaker_is_taken_as_shown_and_a_long_name_refused(
    analyst_client: Client, qualifier: str, status: int
):
    known = Speaker.objects.create(name="x" * 200, qualifier="y" * 100)
    quotation = make_quotation(make_article())
    sent = {"name": f"{known.name} ({qualifier})", "version": 1}
    address = reverse("articles:change_speaker", args=[quotation.uid])
    answer = analyst_client.post(address, sent, headers={"HX-Request": "true"})
    assert answer.status_code == status
    assert Quotation.objects.get().speaker == (known if status == 200 else None)
    if status == 422:
        assert "has at most 200 characters" in answer.content.decode()
