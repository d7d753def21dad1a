"""Histories in sentences, and bringing back an earlier version."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries

from articles import corrections, versions
from articles.corrections import Edit, wanted_of
from articles.models import Article, Quotation, Speaker
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


def page(client: Client, record: Quotation | Article | Speaker, **query: str | int) -> str:
    """The words on the page of its history."""
    content = client.get(record.get_history_url(), query).content.decode()
    return " ".join(strip_tags(content.replace("</p>", " </p>").replace("</a><a", "</a> <a")).split())


def many(article: Article, number: int) -> list[Quotation]:
    return [make_quotation(article, "Nobody knows why.") for _ in range(number)]


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
    assert "editor changed the title from “Empty nets” to “No fish”" in words
    assert "analyst accepted it “The nets were empty,”" in words and "The article came in" in words
    assert "Restore" not in words, "an analyst edits no articles"


def test_one_act_on_many_quotations_is_one_line(viewer_client: Client, article: Article, analyst: User):
    several = many(article, 60)
    corrections.settle_all([(one, 1) for one in several], state="accepted", by=analyst)
    elsewhere = make_quotation(make_article(), speaker="Una Vale")
    corrections.edit([Edit(one, one.version, {"kind": "mixed"}) for one in (*several[:2], elsewhere)], by=analyst)
    words = page(viewer_client, article)
    assert words.count("analyst accepted 60 quotations") == 1 and "and 57 more" in words
    assert "analyst edited 2 quotations Nobody knows why. Nobody knows why." in words
    assert "1 of" not in words, "all of it fits on one page"


def test_versions_of_the_text_stand_between_the_acts_of_their_time(
    analyst_client: Client, quotation: Quotation, article: Article, analyst: User, editor: User
):
    corrections.accept(quotation, by=analyst, version=1)
    renewed = make_article(TEXT + "More to follow.\n")
    Article.objects.filter(pk=renewed.pk).delete()
    versions.renew(article, Article(title=article.title, text=renewed.text, text_sha256=renewed.text_sha256))
    quotation.refresh_from_db()
    corrections.reject(quotation, by=analyst, version=quotation.version)
    corrections.correct_text(article, article.text + "Later.\n", by=editor, version=article.version, note="left out")
    words = page(analyst_client, article)
    told = ["editor corrected the text, left out", "analyst rejected it", "Version 2 came in", "analyst accepted it"]
    told.append("The article came in")
    assert sorted(told, key=words.index) == told
    assert (
        article.former_texts.last().get_absolute_url()
        in analyst_client.get(article.get_history_url()).content.decode()
    )


def test_the_acts_of_one_person(
    viewer_client: Client, quotation: Quotation, article: Article, analyst: User, editor: User
):
    corrections.accept(quotation, by=analyst, version=1)
    assert "Everybody" not in page(viewer_client, article)
    corrections.reject(quotation, by=editor, version=2)
    assert "Everybody analyst editor" in page(viewer_client, article)
    words = page(viewer_client, article, by="editor")
    assert "editor rejected it" in words and "accepted it" not in words and "came in" not in words
    assert "nobody has changed nothing here." in page(viewer_client, article, by="nobody\x00")


def test_pages_of_fifty(viewer_client: Client, quotation: Quotation, article: Article, analyst: User):
    for version in range(1, 61):
        done = corrections.accept if version % 2 else corrections.reject
        done(quotation, by=analyst, version=version)
    first, second = page(viewer_client, article), page(viewer_client, article, page=2)
    assert first.count("analyst rejected it") == first.count("analyst accepted it") == 25
    assert second.count("analyst rejected it") == second.count("analyst accepted it") == 5
    assert "came in" not in first and "came in" in second
    last = page(viewer_client, quotation, page=2)
    assert last.count("analyst") == 10 and "Suggested by the pipeline" in last


def test_the_page_of_a_speaker(analyst_client: Client, quotation: Quotation, editor: User, analyst: User):
    speaker = quotation.speaker
    assert speaker
    assert "Nobody has changed it yet. Came in with an article" in page(analyst_client, speaker)
    corrections.edit([Edit(speaker, 1, {"name": "Ida M. Moss"})], by=editor)
    assert "editor changed the name from Ida Moss to Ida M. Moss" in page(analyst_client, speaker)
    corrections.change_speaker(quotation, name="Otto Brandt", by=analyst, version=1)
    words = page(analyst_client, Speaker.objects.get(name="Otto Brandt"))
    assert "analyst added “Otto Brandt”" in words and "Came in" not in words


def test_what_is_hidden_has_its_history_for_who_may_show_it_again(
    analyst_client: Client, editor_client: Client, editor: User, quotation: Quotation, article: Article
):
    speaker = quotation.speaker
    assert speaker
    for record, kind in ((article, "article"), (speaker, "speaker")):
        corrections.edit([Edit(record, 1, {"is_hidden": True})], by=editor)
        assert analyst_client.get(record.get_history_url()).status_code == 404
        assert "Hidden" in page(editor_client, record) and "editor hid it" in page(editor_client, record)
        if kind == "article":
            assert analyst_client.get(quotation.get_history_url()).status_code == 404
            assert analyst_client.get(f"/history/quotation/{quotation.pk}/restore/").status_code == 404
        address = reverse("articles:restore", args=[kind, record.pk])
        assert "Restored." in editor_client.post(address, {"version": 2}, follow=True).content.decode()
        record.refresh_from_db()
        assert not record.is_hidden


@pytest.mark.parametrize("acts", [2, 40])
def test_the_number_of_queries_does_not_grow(
    analyst_client: Client,
    quotation: Quotation,
    article: Article,
    analyst: User,
    editor: User,
    acts: int,
    django_assert_num_queries: DjangoAssertNumQueries,
):
    speaker = quotation.speaker
    assert speaker
    for number in range(acts):
        corrections.edit([Edit(speaker, number + 1, {"role": f"Master {number}"})], by=editor)
        name = f"Speaker {number}"
        act = corrections.change_speaker(quotation, name=name, by=analyst, version=2 * number + 1)
        assert act
        corrections.undo(act, by=analyst)
    for record, queries in ((quotation, 9), (article, 11), (speaker, 8)):
        with django_assert_num_queries(queries):
            analyst_client.get(record.get_history_url())


def test_a_version_is_restored_once_one_has_seen_what_changes(
    analyst_client: Client, quotation: Quotation, analyst: User
):
    first = corrections.accept(quotation, by=analyst, version=1)
    assert first
    corrections.change_speaker(quotation, name="Otto Brandt", by=analyst, version=2)
    address = reverse("articles:restore", args=["quotation", quotation.pk])
    asked = analyst_client.get(address, {"act": first.pk}).content.decode()
    assert "The history will say that you" in asked and '<li dir="auto">changed the speaker from Otto' in asked
    response = analyst_client.post(address, {"act": first.pk, "version": 2}, follow=True)
    assert "Not restored: somebody changed it in the meantime." in response.content.decode()
    response = analyst_client.post(address, {"act": first.pk, "version": 3}, follow=True)
    assert "Restored." in response.content.decode()
    quotation.refresh_from_db()
    assert str(quotation.speaker) == "Ida Moss"
    words = page(analyst_client, quotation)
    assert "analyst restored an earlier version: changed the speaker from Otto Brandt to Ida Moss" in words
    assert words.index("as it is now") < words.index("Restore this version")


def test_what_cannot_be_restored_is_said_in_a_sentence(
    editor_client: Client, quotation: Quotation, article: Article, editor: User
):
    longer = replace(wanted_of(quotation), content=((0, 9),))
    corrections.revise(quotation, longer, by=editor, version=1)
    corrections.correct_text(article, "Mended: " + TEXT, by=editor, version=1)
    speaker = quotation.speaker
    assert speaker
    corrections.edit([Edit(speaker, 1, {"name": "Ida M. Moss"})], by=editor)
    Speaker.objects.create(name="Ida Moss")
    for kind, record, said in (
        ("quotation", quotation, "Not restored: the words do not stand there any more"),
        ("speaker", speaker, "Not restored: another speaker is called Ida Moss."),
    ):
        record.refresh_from_db()
        address = reverse("articles:restore", args=[kind, record.pk])
        answer = editor_client.post(address, {"version": record.version}, follow=True).content.decode()
        assert said in answer
    assert editor_client.post(address, {}).status_code == 400


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
