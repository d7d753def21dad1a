"""Histories in sentences, and bringing back an earlier version."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries

from articles import corrections
from articles.corrections import Edit, wanted_of
from articles.models import Article, Change, Quotation, Speaker
from articles.telling import told
from tests.factories import make_article, make_quotation

pytestmark = pytest.mark.django_db

TEXT = "“The nets were empty,” the harbour master said on Monday. “Nobody knows why.”\n"


@pytest.fixture
def article() -> Article:
    return make_article(TEXT)


@pytest.fixture
def quotation(article: Article) -> Quotation:
    return make_quotation(
        article, "“The nets were empty,”", cue="said", mention="the harbour master", speaker="Ida Moss"
    )


def span(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def sentences(quotation: Quotation) -> list[str]:
    """Of the last act on it."""
    return told(Change.objects.of_record("quotation", quotation.pk).for_telling())[0].sentences


def page(client: Client, record: Quotation | Article | Speaker) -> str:
    return " ".join(strip_tags(client.get(record.get_history_url()).content.decode()).split())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"content": ("“The nets were",)}, ["moved the end from ““The nets were empty,”” to ““The nets were”"]),
        ({"content": ("were empty,”",)}, ["moved the start from ““The nets were empty,”” to “were empty,””"]),
        ({"content": ("“The nets were empty,”", "“Nobody knows why.”")}, ["took in ““Nobody knows why.””"]),
        ({"content": ("Nobody knows",)}, ["changed the words from ““The nets were empty,”” to “Nobody knows”"]),
        ({"cue": "said on Monday"}, ["changed the cue from “said” to “said on Monday”"]),
        ({"cue": ""}, ["took away the cue “said”"]),
        ({"mention": "master"}, ["changed the mention from “the harbour master” to “master”"]),
        ({"speaker": "Otto Brandt"}, ["changed the speaker from Ida Moss to Otto Brandt"]),
        ({"speaker": ""}, ["took away the speaker “Ida Moss”"]),
        ({"kind": "indirect"}, ["changed the kind from direct to indirect"]),
        ({"note": "a joke"}, ["gave the note: a joke"]),
    ],
)
def test_each_change_in_a_sentence(quotation: Quotation, analyst: User, change: dict, said: list[str]):
    corrections.accept(quotation, by=analyst, version=1)
    for part in {"content", "cue", "mention"} & change.keys():
        words = change[part]
        change[part] = tuple(map(span, words)) if part == "content" else (span(words) if words else None)
    wanted = replace(wanted_of(quotation), **({"kind": quotation.kind} | change))
    corrections.revise(quotation, wanted, by=analyst, version=2)
    assert sentences(quotation) == said


def test_decisions_and_what_became_of_them(quotation: Quotation, analyst: User):
    act = corrections.accept(quotation, by=analyst, version=1)
    assert act and sentences(quotation) == ["accepted it"]
    undoing = corrections.undo(act, by=analyst)
    assert sentences(quotation) == ["undid it: reopened it"]
    corrections.redo(undoing, by=analyst)
    assert sentences(quotation) == ["did it again: accepted it"]
    second, _ = corrections.split(quotation, 10, by=analyst, version=4)
    assert sentences(second) == ["split it in two: added it: “were empty,””"]
    corrections.merge(quotation, second, by=analyst, versions=(5, 1))
    assert sentences(second) == ["merged two quotations: took it out"]


def test_the_page_of_a_quotation(viewer_client: Client, quotation: Quotation, analyst: User, editor: User):
    assert "Nobody has changed it yet." in page(viewer_client, quotation)
    corrections.accept(quotation, by=analyst, version=1)
    corrections.edit([Edit(quotation, 2, {"kind": "mixed"})], by=editor, note="as the house has it")
    words = page(viewer_client, quotation)
    assert words.index("editor changed the kind from direct to mixed, as the house has it") < words.index(
        "analyst accepted it"
    )
    assert "Suggested by the pipeline, 80% certain" in words and "Restore" not in words


def test_the_page_of_an_article_has_its_quotations_and_what_editors_did(
    analyst_client: Client, quotation: Quotation, article: Article, analyst: User, editor: User
):
    corrections.accept(quotation, by=analyst, version=1)
    corrections.edit([Edit(article, 1, {"title": "No fish"})], by=editor)
    words = page(analyst_client, article)
    assert "editor changed the title from Empty nets to No fish" in words
    assert "analyst accepted it “The nets were empty,”" in words and "The article came in" in words


def test_the_page_of_a_speaker(analyst_client: Client, quotation: Quotation, editor: User):
    speaker = quotation.speaker
    assert speaker
    corrections.edit([Edit(speaker, 1, {"name": "Ida M. Moss"})], by=editor)
    assert "editor changed the name from Ida Moss to Ida M. Moss" in page(analyst_client, speaker)


@pytest.mark.parametrize("acts", [2, 40])
def test_the_number_of_queries_does_not_grow(
    analyst_client: Client,
    quotation: Quotation,
    analyst: User,
    acts: int,
    django_assert_num_queries: DjangoAssertNumQueries,
):
    for number in range(acts):
        name = f"Speaker {number}"
        corrections.change_speaker(quotation, name=name, by=analyst, version=number + 1)
    with django_assert_num_queries(8):
        analyst_client.get(quotation.get_history_url())


def test_a_version_is_restored_once_one_has_seen_what_changes(
    analyst_client: Client, quotation: Quotation, analyst: User
):
    first = corrections.accept(quotation, by=analyst, version=1)
    assert first
    corrections.change_speaker(quotation, name="Otto Brandt", by=analyst, version=2)
    address = reverse("articles:restore", args=["quotation", quotation.pk])
    asked = analyst_client.get(address, {"act": first.pk}).content.decode()
    assert "Changed the speaker from Otto Brandt to Ida Moss" in strip_tags(asked)
    response = analyst_client.post(address, {"act": first.pk, "version": 2}, follow=True)
    assert "Not restored: somebody changed it in the meantime." in response.content.decode()
    response = analyst_client.post(address, {"act": first.pk, "version": 3}, follow=True)
    assert "Restored." in response.content.decode()
    quotation.refresh_from_db()
    assert str(quotation.speaker) == "Ida Moss"
    assert sentences(quotation) == ["restored an earlier version: changed the speaker from Otto Brandt to Ida Moss"]


def test_who_may_restore_what(analyst_client: Client, viewer_client: Client, quotation: Quotation, article: Article):
    assert quotation.speaker
    for client, kind, pk, status in [
        (analyst_client, "quotation", quotation.pk, 200),
        (analyst_client, "article", article.pk, 403),
        (analyst_client, "speaker", quotation.speaker.pk, 403),
        (viewer_client, "quotation", quotation.pk, 403),
        (analyst_client, "outlet", 1, 404),
        (analyst_client, "quotation", 0, 404),
    ]:
        assert client.get(reverse("articles:restore", args=[kind, pk])).status_code == status
    address = reverse("articles:restore", args=["quotation", quotation.pk])
    assert analyst_client.get(address, {"act": "x"}).status_code == 400
    assert analyst_client.get(address, {"act": "999"}).status_code == 404
