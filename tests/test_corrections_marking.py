"""Revising, adding, splitting and merging quotations: what is written, what is undone, and what is refused."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import User

from articles import corrections
from articles.corrections import Gone, Moved, NotUndoable, StaleEdit, Wanted, wanted_of
from articles.models import Act, Article, Quotation, Speaker
from tests.factories import make_article, make_quotation

from .test_corrections import now

pytestmark = pytest.mark.django_db

TEXT = (
    "“The nets were empty,” the harbour master said on Monday. “We waited 🐟 all night.”\n\n"
    "She added that the fleet would stay in port.\n"
)


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


@pytest.fixture
def article(db: None) -> Article:
    return make_article(TEXT)


@pytest.fixture
def quotation(article: Article) -> Quotation:
    return make_quotation(
        article, "“The nets were empty,”", mention="the harbour master", cue="said", speaker="Ida Moss"
    )


def shown(article: Article) -> list[str]:
    return [one.content for one in Quotation.objects.for_reading(article)]


class TestRevising:
    def test_moves_the_content_and_accepts_the_suggestion(self, quotation: Quotation, analyst: User):
        content = (span("“The nets were empty,”"), span("“We waited 🐟 all night.”"))
        act = corrections.revise(quotation, replace(wanted_of(quotation), content=content), by=analyst, version=1)
        assert act and act.verb == "edit"
        stored = now(quotation)
        assert stored.content == "“The nets were empty,” … “We waited 🐟 all night.”"
        assert (stored.state, stored.settled_by, stored.kind, stored.version) == ("accepted", analyst, "direct", 2)
        corrections.undo(act, by=analyst)
        assert (now(quotation).content, now(quotation).state) == ("“The nets were empty,”", "suggested")

    def test_the_kind_follows_the_marks_unless_it_is_overruled(self, quotation: Quotation, analyst: User):
        bare = replace(wanted_of(quotation), content=(span("The nets were"),))
        corrections.revise(quotation, replace(bare, kind="mixed"), by=analyst, version=1)
        assert now(quotation).kind == "mixed"
        assert wanted_of(now(quotation)).kind == "mixed"
        indirect = replace(bare, content=(span("the fleet would stay in port"),))
        corrections.revise(quotation, indirect, by=analyst, version=2)
        assert now(quotation).kind == "indirect" and wanted_of(now(quotation)).kind == ""

    def test_cue_mention_speaker_and_note_in_one_act(self, quotation: Quotation, analyst: User):
        wanted = Wanted(
            quotation.content_spans, cue=span("said on Monday"), mention=None, speaker="Otto Brandt", note="see tape"
        )
        act = corrections.revise(quotation, wanted, by=analyst, version=1)
        stored = now(quotation)
        assert (stored.cue, stored.mention, str(stored.speaker), stored.note) == (
            "said on Monday",
            "",
            "Otto Brandt",
            "see tape",
        )
        assert act and act.changes.count() == 2
        corrections.undo(act, by=analyst)
        assert str(now(quotation).speaker) == "Ida Moss"
        assert Speaker.objects.get(name="Otto Brandt").is_hidden

    def test_nobody_may_be_the_speaker(self, quotation: Quotation, analyst: User):
        corrections.revise(quotation, replace(wanted_of(quotation), speaker=""), by=analyst, version=1)
        assert now(quotation).speaker is None

    def test_as_it_was_is_no_act(self, quotation: Quotation, analyst: User):
        corrections.accept(quotation, by=analyst, version=1)
        assert corrections.revise(quotation, wanted_of(quotation), by=analyst, version=2) is None

    @pytest.mark.parametrize("content", [(), ((5, 5),), ((4, 9), (8, 12)), ((0, 9999),), ((-3, 4),)])
    def test_no_words_or_none_of_the_text_are_refused(self, quotation: Quotation, analyst: User, content: tuple):
        with pytest.raises(ValueError, match=r"span|content"):
            corrections.revise(quotation, replace(wanted_of(quotation), content=content), by=analyst, version=1)
        assert now(quotation).version == 1

    def test_a_stale_one_is_refused(self, quotation: Quotation, analyst: User):
        corrections.accept(quotation, by=analyst, version=1)
        with pytest.raises(StaleEdit):
            corrections.revise(quotation, wanted_of(quotation), by=analyst, version=1)


class TestAdding:
    def test_is_accepted_from_birth_and_undone_by_taking_it_out(self, article: Article, analyst: User):
        wanted = Wanted((span("the fleet would stay in port"),), cue=span("added"), mention=span("She"))
        added, act = corrections.add(article, wanted, by=analyst, text_sha256=article.text_sha256)
        stored = now(added)
        assert (stored.state, stored.origin, stored.settled_by, stored.kind) == (
            "accepted",
            "person",
            analyst,
            "indirect",
        )
        assert (stored.cue, stored.mention, act.verb, act.article) == ("added", "She", "create", article)
        undoing = corrections.undo(act, by=analyst)
        assert shown(article) == [] and now(added).is_hidden
        corrections.redo(undoing, by=analyst)
        assert shown(article) == ["the fleet would stay in port"]

    def test_in_another_text_than_was_seen_is_refused(self, article: Article, analyst: User):
        with pytest.raises(Moved):
            corrections.add(article, Wanted(((0, 5),)), by=analyst, text_sha256="of another text")
        assert not Quotation.objects.exists() and not Act.objects.exists()

    def test_one_that_somebody_changed_since_is_not_taken_out(self, article: Article, analyst: User, editor: User):
        added, act = corrections.add(article, Wanted(((0, 5),)), by=analyst, text_sha256=article.text_sha256)
        corrections.reject(added, by=editor, version=1)
        with pytest.raises(StaleEdit):
            corrections.undo(act, by=analyst)
        assert not now(added).is_hidden

    def test_a_duplicate_has_all_that_the_first_has(self, quotation: Quotation, analyst: User):
        copy, _ = corrections.duplicate(quotation, by=analyst, version=1)
        assert wanted_of(now(copy)) == wanted_of(now(quotation)) and copy.uid != quotation.uid


class TestSplitting:
    def test_parts_the_words_and_trims_the_space_between(self, quotation: Quotation, analyst: User):
        at = quotation.start + len("“The nets")
        second, act = corrections.split(quotation, at, by=analyst, version=1)
        assert (now(quotation).content, now(second).content) == ("“The nets", "were empty,”")
        assert (now(second).speaker, now(second).cue, now(second).mention) == (
            quotation.speaker,
            "said",
            "the harbour master",
        )
        undoing = corrections.undo(act, by=analyst)
        assert shown(quotation.article) == ["“The nets were empty,”"]
        corrections.redo(undoing, by=analyst)
        assert shown(quotation.article) == ["“The nets", "were empty,”"]

    @pytest.mark.parametrize("at", [0, 21, 22, 500, -1])
    def test_outside_its_words_is_refused(self, quotation: Quotation, analyst: User, at: int):
        if at == 21:  # before the closing mark there is something on either side
            corrections.split(quotation, at, by=analyst, version=1)
            assert shown(quotation.article) == ["“The nets were empty,", "”"]
            return
        with pytest.raises(ValueError, match="split inside"):
            corrections.split(quotation, at, by=analyst, version=1)
        assert now(quotation).version == 1


class TestMerging:
    def test_joins_the_words_and_takes_the_second_out(self, quotation: Quotation, analyst: User):
        other = make_quotation(quotation.article, "“We waited 🐟 all night.”", speaker="Otto Brandt")
        act = corrections.merge(quotation, other, by=analyst, versions=(1, 1))
        assert shown(quotation.article) == ["“The nets were empty,” … “We waited 🐟 all night.”"]
        assert str(now(quotation).speaker) == "Ida Moss" and now(other).is_hidden
        corrections.undo(act, by=analyst)
        assert shown(quotation.article) == ["“The nets were empty,”", "“We waited 🐟 all night.”"]

    def test_neighbours_become_one_span_and_gaps_are_filled(self, quotation: Quotation, analyst: User):
        second, _ = corrections.split(quotation, quotation.start + 5, by=analyst, version=1)
        bare = make_quotation(quotation.article, "the fleet would stay in port", kind="indirect")
        corrections.merge(quotation, second, by=analyst, versions=(2, 1))
        assert now(quotation).spans == [list(span("“The nets were empty,”"))]
        corrections.merge(bare, quotation, by=analyst, versions=(1, 3))
        assert (str(now(bare).speaker), now(bare).cue, now(bare).kind) == ("Ida Moss", "said", "mixed")

    def test_what_cannot_be_merged(self, quotation: Quotation, analyst: User):
        elsewhere = make_quotation(make_article("“Elsewhere,” he said, and went home again.\n"), "“Elsewhere,”")
        for other in (quotation, elsewhere):
            with pytest.raises(ValueError, match="two quotations"):
                corrections.merge(quotation, other, by=analyst, versions=(1, 1))
        gone = make_quotation(quotation.article, "“We waited 🐟 all night.”")
        Quotation.objects.filter(pk=gone.pk).delete()
        with pytest.raises(Gone):
            corrections.merge(quotation, gone, by=analyst, versions=(1, 1))
        assert now(quotation).version == 1


class TestDoingAgain:
    def test_goes_through_all_that_was_undone_in_its_order(self, quotation: Quotation, analyst: User):
        acts = [corrections.accept(quotation, by=analyst, version=1)]
        acts.append(corrections.change_speaker(quotation, name="Otto Brandt", by=analyst, version=2))
        for act in reversed(acts):
            assert act
            corrections.undo(act, by=analyst)
        assert (now(quotation).state, str(now(quotation).speaker)) == ("suggested", "Ida Moss")
        for state, speaker in (("accepted", "Ida Moss"), ("accepted", "Otto Brandt")):
            undoing = Act.objects.redoable_on(quotation.article, analyst)
            assert undoing
            corrections.redo(undoing, by=analyst)
            assert (now(quotation).state, str(now(quotation).speaker)) == (state, speaker)
        assert Act.objects.redoable_on(quotation.article, analyst) is None
        last, _ = Act.objects.undoable_on(quotation.article, analyst).last_that_reverses()
        assert last and last.verb == "redo"
        corrections.undo(last, by=analyst)
        assert str(now(quotation).speaker) == "Ida Moss"

    def test_ends_with_the_next_act(self, quotation: Quotation, analyst: User):
        act = corrections.accept(quotation, by=analyst, version=1)
        assert act
        corrections.undo(act, by=analyst)
        corrections.reject(quotation, by=analyst, version=3)
        assert Act.objects.redoable_on(quotation.article, analyst) is None

    def test_of_an_act_that_is_no_undoing_is_refused(self, quotation: Quotation, analyst: User):
        act = corrections.accept(quotation, by=analyst, version=1)
        assert act
        with pytest.raises(NotUndoable):
            corrections.redo(act, by=analyst)


class TestRestoring:
    def test_brings_back_any_version(self, quotation: Quotation, analyst: User):
        first = corrections.accept(quotation, by=analyst, version=1)
        corrections.revise(quotation, Wanted((span("The nets"),), note="short"), by=analyst, version=2)
        corrections.reject(quotation, by=analyst, version=3)
        act = corrections.restore(quotation, first, by=analyst, version=4)
        stored = now(quotation)
        assert act and act.verb == "restore"
        assert (stored.content, stored.state, stored.note, str(stored.speaker)) == (
            "“The nets were empty,”",
            "accepted",
            "",
            "Ida Moss",
        )
        corrections.restore(quotation, None, by=analyst, version=5)
        assert (now(quotation).state, now(quotation).settled_by) == ("suggested", None)

    def test_words_of_another_text_are_not_restored(self, quotation: Quotation, analyst: User):
        corrections.revise(quotation, Wanted((span("The nets"),)), by=analyst, version=1)
        Article.objects.filter(pk=quotation.article_id).update(text="x" + TEXT)
        with pytest.raises(Moved):
            corrections.restore(quotation, None, by=analyst, version=2)


class TestSettlingAnArticle:
    def test_many_at_once_are_one_act(self, quotation: Quotation, analyst: User):
        other = make_quotation(quotation.article, "“We waited 🐟 all night.”")
        act = corrections.settle_all([(quotation, 1), (other, 1)], state="accepted", by=analyst)
        assert act and act.changes.count() == 2 and act.article == quotation.article
        corrections.undo(act, by=analyst)
        assert {now(quotation).state, now(other).state} == {"suggested"}

    def test_all_or_none(self, quotation: Quotation, analyst: User, editor: User):
        other = make_quotation(quotation.article, "“We waited 🐟 all night.”")
        corrections.reject(other, by=editor, version=1)
        with pytest.raises(StaleEdit):
            corrections.settle_all(
                [(now(quotation), 1), (Quotation(pk=other.pk, state="suggested"), 1)], state="accepted", by=analyst
            )
        assert now(quotation).state == "suggested"

    def test_reviewed_flagged_and_reopened(self, article: Article, analyst: User):
        corrections.review(article, by=analyst, version=1)
        assert article.reviewed_by == analyst and article.reviewed_at
        flagged = corrections.flag(article, note="who is “she”?", by=analyst, version=2)
        assert (article.reviewed_by, article.needs_second_look, article.second_look_note) == (
            None,
            True,
            "who is “she”?",
        )
        assert flagged
        corrections.undo(flagged, by=analyst)
        article.refresh_from_db()
        assert article.reviewed_by == analyst and not article.needs_second_look
        corrections.reopen_article(article, by=analyst, version=article.version)
        assert article.reviewed_by is None
