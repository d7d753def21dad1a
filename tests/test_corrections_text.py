"""Correcting the text of an article: quotations go along, the former text stays, nothing is lost."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles import corrections
from articles.corrections import StaleEdit, TextTaken
from articles.models import Act, Article, FormerText, Quotation
from tests.factories import make_article, make_quotation

pytestmark = pytest.mark.django_db

TEXT = (
    "The harbour mastr spoke on Monday at the quay, where the boats lay.\n\n“The nets were empty,” she said to all "
    "who would listen.\n\n“Nobody knows why this is so,” said Otto Brandt of the ministry.\n"
)
MENDED = TEXT.replace("mastr", "master")


@pytest.fixture
def article(db: None) -> Article:
    return make_article(TEXT)


@pytest.fixture
def quotation(article: Article) -> Quotation:
    return make_quotation(article, "“The nets were empty,”", cue="said", mention="she", speaker="Ida Moss")


def test_quotations_go_along_and_the_former_text_stays(article: Article, quotation: Quotation, editor: User):
    act = corrections.correct_text(article, MENDED, by=editor, version=1, note="a typo")
    article.refresh_from_db()
    quotation.refresh_from_db()
    assert act and (act.verb, act.note, act.article) == ("text", "a typo", article)
    assert (article.text, article.text_sha256, article.version) == (MENDED, Article.digest(MENDED), 2)
    assert article.extracted_with == "test"
    assert quotation.content == MENDED[quotation.start : quotation.end] == "“The nets were empty,”"
    assert (quotation.state, quotation.former_text, quotation.version) == ("suggested", None, 2)
    former = FormerText.objects.get()
    assert (former.text, former.act) == (TEXT, act)


def test_what_is_gone_waits_for_a_decision_though_only_a_machine_suggested_it(
    article: Article, quotation: Quotation, editor: User
):
    text = TEXT.replace("“The nets were empty,” she said to all who would listen.", "All listened.")
    act = corrections.correct_text(article, text, by=editor, version=1)
    quotation.refresh_from_db()
    assert act and quotation.former_text == act.former_text and quotation.content == "“The nets were empty,”"


def test_a_gone_quotation_is_put_back_by_hand(article: Article, quotation: Quotation, editor: User):
    text = TEXT.replace("“The nets were empty,” she said to all who would listen.", "“No fish!” she cried.")
    corrections.correct_text(article, text, by=editor, version=1)
    quotation.refresh_from_db()
    start = text.index("“No fish!”")
    corrections.revise(quotation, corrections.Wanted(((start, start + 10),)), by=editor, version=2)
    quotation.refresh_from_db()
    assert (quotation.content, quotation.former_text, quotation.state) == ("“No fish!”", None, "accepted")
    act = Act.objects.last_on(quotation)
    assert act
    corrections.undo(act, by=editor)
    quotation.refresh_from_db()
    assert quotation.content == "“The nets were empty,”" and quotation.former_text


def test_what_is_refused(article: Article, editor: User):
    other = make_article("Another text that is there already, and long enough.\n")
    with pytest.raises(StaleEdit):
        corrections.correct_text(article, MENDED, by=editor, version=7)
    with pytest.raises(TextTaken):
        corrections.correct_text(article, other.text, by=editor, version=1)
    with pytest.raises(ValueError, match="needs a text"):
        corrections.correct_text(article, " \u200b\n", by=editor, version=1)
    assert corrections.correct_text(article, TEXT, by=editor, version=1) is None
    assert not FormerText.objects.exists() and not Act.objects.exists()


def test_an_undone_correction_before_it_does_not_move_what_stands_elsewhere_now(
    article: Article, quotation: Quotation, editor: User
):
    act = corrections.revise(quotation, corrections.Wanted(((0, 11),)), by=editor, version=1)
    assert act
    corrections.correct_text(article, "A word more. " + TEXT, by=editor, version=1)
    with pytest.raises(StaleEdit):
        corrections.undo(act, by=editor)


class TestThePage:
    def test_an_editor_corrects_and_sees_the_version(
        self, editor_client: Client, article: Article, quotation: Quotation
    ):
        address = reverse("articles:correct_text", args=[article.pk])
        assert "The harbour mastr" in editor_client.get(address).content.decode()
        posted = {"text": MENDED.replace("\n", "\r\n"), "note": "a typo", "version": 1}
        content = editor_client.post(address, posted, follow=True).content.decode()
        assert "The text is corrected." in content and "The harbour master" in content
        article.refresh_from_db()
        assert article.text == MENDED
        history = editor_client.get(article.get_history_url()).content.decode()
        assert "editor corrected the text" in history and "a typo" in history
        former = article.former_texts.get()
        assert "<ins>" in editor_client.get(former.get_absolute_url()).content.decode()

    def test_a_stale_one_comes_back_with_what_was_typed(self, editor_client: Client, article: Article):
        Article.objects.update(version=2)
        posted = {"text": MENDED, "version": 1}
        response = editor_client.post(reverse("articles:correct_text", args=[article.pk]), posted)
        assert response.status_code == 422
        assert "changed in the meantime" in response.content.decode() and "mastr" not in response.content.decode()

    def test_only_editors_may(self, analyst_client: Client, client: Client, article: Article):
        address = reverse("articles:correct_text", args=[article.pk])
        assert analyst_client.get(address).status_code == 403 and client.get(address).status_code == 302
        assert address not in analyst_client.get(article.get_absolute_url()).content.decode()
