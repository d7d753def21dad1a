"""Correcting the text of an article: quotations go along, the former text stays, nothing is lost."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import reverse

from articles import corrections
from articles.corrections import NotUndoable, StaleEdit, TextTaken
from articles.corrections.acts import record_act
from articles.importing.near_copies import Compared
from articles.models import Act, Article, FormerText, Quotation, SignatureOfText
from tests.factories import make_article, make_quotation
from tests.racing import at_once

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


WITHOUT = TEXT.replace("“The nets were empty,” she said to all who would listen.", "All listened.")


class TestTakenBack:
    @pytest.fixture
    def why(self, article: Article) -> Quotation:
        return make_quotation(article, "“Nobody knows why this is so,”", cue="said", mention="Otto Brandt")

    @pytest.fixture
    def act(self, article: Article, quotation: Quotation, why: Quotation, editor: User) -> Act:
        corrections.accept(quotation, by=editor, version=1)
        text = WITHOUT.replace("said Otto", "according to Otto")
        act = corrections.correct_text(article, text, by=editor, version=1)
        why.refresh_from_db()
        assert act and why.cue == "" and act.former_text == Quotation.objects.get(pk=quotation.pk).former_text
        return act

    def test_quotations_stand_where_they_stood(
        self, article: Article, quotation: Quotation, why: Quotation, act: Act, editor: User
    ):
        undoing = corrections.undo(act, by=editor)
        assert (undoing.verb, undoing.undoes, undoing.article) == ("undo", act, article)
        article.refresh_from_db()
        assert (article.text, article.text_sha256, article.version) == (TEXT, Article.digest(TEXT), 3)
        for one, words in ((quotation, "“The nets were empty,”"), (why, "“Nobody knows why this is so,”")):
            one.refresh_from_db()
            assert one.content == words == TEXT[one.start : one.end]
            assert one.cue_span and TEXT[slice(*one.cue_span)] == "said" and one.former_text is None
        assert quotation.state == "accepted"

    def test_it_can_be_done_again_and_undone_again(
        self, article: Article, quotation: Quotation, act: Act, editor: User
    ):
        redone = corrections.redo(corrections.undo(act, by=editor), by=editor)
        article.refresh_from_db()
        quotation.refresh_from_db()
        assert "All listened." in article.text and quotation.former_text
        corrections.undo(redone, by=editor)
        article.refresh_from_db()
        quotation.refresh_from_db()
        assert article.text == TEXT == quotation.content.join(TEXT.split(quotation.content))
        assert quotation.former_text is None and article.former_texts.count() == 4

    def test_not_where_the_text_was_corrected_once_more(self, article: Article, act: Act, editor: User):
        corrections.correct_text(article, WITHOUT, by=editor, version=2)
        with pytest.raises(StaleEdit):
            corrections.undo(act, by=editor)
        with pytest.raises(StaleEdit):
            corrections.undoing_of(act)

    def test_not_where_another_article_has_that_text_by_now(self, article: Article, act: Act, editor: User):
        make_article(TEXT, title="The same")
        with pytest.raises(NotUndoable, match="The same"):
            corrections.undo(act, by=editor)
        article.refresh_from_db()
        assert "All listened." in article.text

    def test_corrected_back_by_hand_after_another_correction_it_is_the_same(
        self, article: Article, quotation: Quotation, act: Act, editor: User
    ):
        corrections.correct_text(article, WITHOUT + "A word more.\n", by=editor, version=2)
        corrections.correct_text(article, TEXT, by=editor, version=3)
        quotation.refresh_from_db()
        assert (quotation.content, quotation.former_text) == ("“The nets were empty,”", None)

    @pytest.fixture
    def placing(self, article: Article, quotation: Quotation, act: Act, editor: User) -> Act:
        """Of the quotation that the corrected text lacks on other words in it."""
        article.refresh_from_db()
        start = article.text.index("Nobody knows")
        placing = corrections.revise(quotation, corrections.Wanted(((start, start + 12),)), by=editor, version=3)
        assert placing
        return placing

    def test_who_was_placed_elsewhere_meanwhile_stays_with_those_words(
        self, quotation: Quotation, act: Act, placing: Act, editor: User
    ):
        corrections.undo(act, by=editor)
        quotation.refresh_from_db()
        assert (quotation.content, quotation.former_text) == ("Nobody knows", None)

    def test_who_was_put_back_into_the_former_text_comes_back_too(
        self, quotation: Quotation, act: Act, placing: Act, editor: User
    ):
        corrections.undo(placing, by=editor)
        corrections.undo(act, by=editor)
        quotation.refresh_from_db()
        assert (quotation.content, quotation.former_text) == ("“The nets were empty,”", None)

    def test_what_was_accepted_before_does_not_count_as_reworded(
        self, article: Article, editor: User, quotation: Quotation
    ):
        corrections.accept(quotation, by=editor, version=1)
        empty = TEXT.replace("nets were empty", "nets were all empty")
        act = corrections.correct_text(article, empty, by=editor, version=1)
        assert act and set(article.former_texts.rewordings()) == {quotation.pk}
        corrections.undo(act, by=editor)
        assert article.former_texts.rewordings() == {}

    @pytest.mark.parametrize("undoes", [False, True])
    def test_a_text_that_an_import_brings_in_that_moment(
        self, article: Article, act: Act, editor: User, monkeypatch: pytest.MonkeyPatch, undoes: bool
    ):
        text = TEXT if undoes else MENDED

        def after_an_import(*given: Any, **more: Any) -> Act:
            make_article(text, title="The same")
            return record_act(*given, **more)

        monkeypatch.setattr("articles.corrections.text.record_act", after_an_import)
        with pytest.raises(NotUndoable if undoes else TextTaken, match="The same"), transaction.atomic():
            if undoes:
                corrections.undo(act, by=editor)
            else:
                corrections.correct_text(article, text, by=editor, version=2)
        assert article.former_texts.count() == 1

    @pytest.mark.django_db(transaction=True)
    def test_at_once_with_accepting_all(self, analyst: User, editor: User):
        """Neither waits for the other for ever, and who comes second is told."""
        article = make_article("".join(f"“Nets {at}.” " for at in range(30)))
        for at in reversed(range(30)):
            make_quotation(article, f"“Nets {at}.”")
        for turn in range(6):
            article.refresh_from_db()
            seen = [(one, one.version) for one in article.quotations.order_by("pk")]
            state = ("accepted", "rejected")[turn % 2]
            text, version = article.text + f"{turn}.", article.version
            outcomes = at_once(
                lambda: corrections.settle_all(seen, state=state, by=analyst),  # noqa: B023
                lambda: corrections.correct_text(article, text, by=editor, version=version),  # noqa: B023
            )
            assert not [one for one in outcomes if isinstance(one, Exception) and not isinstance(one, StaleEdit)]

    def test_only_who_may_correct_texts_may(self, act: Act, editor: User, analyst: User):
        assert corrections.may_take_back(editor, act) and not corrections.may_take_back(analyst, act)

    def test_the_admin_says_what_comes_back_and_does_it(self, article: Article, act: Act, editor_client: Client):
        address = reverse("admin:articles_act_undo", args=[act.pk])
        asked = editor_client.get(address).content.decode()
        assert act.former_text.get_absolute_url() in asked and "This cannot be undone" not in asked
        editor_client.post(address)
        article.refresh_from_db()
        assert article.text == TEXT
        signature = SignatureOfText.objects.get(article=article)
        assert bytes(signature.minima) == Compared(TEXT).signature.to_bytes()


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

    def test_an_earlier_version_leads_to_a_form_that_puts_it_back(
        self, editor_client: Client, viewer_client: Client, article: Article, editor: User
    ):
        corrections.correct_text(article, MENDED, by=editor, version=1)
        former = article.former_texts.get()
        address = f"{reverse('articles:correct_text', args=[article.pk])}?version={former.pk}"
        assert address in editor_client.get(former.get_absolute_url()).content.decode()
        assert address not in viewer_client.get(former.get_absolute_url()).content.decode()
        assert "The harbour mastr" in editor_client.get(address).content.decode()
        for other in ("0", "x", "9" * 30):
            shown = editor_client.get(address.replace(f"={former.pk}", f"={other}")).content.decode()
            assert "The harbour master" in shown
