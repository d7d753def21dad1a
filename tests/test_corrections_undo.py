"""Undoing: what it puts back, what it leaves, and what it refuses."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from articles import corrections
from articles.corrections import Edit, NotUndoable, StaleEdit
from articles.models import Act, Quotation, Speaker
from tests.factories import make_article, make_quotation

from .test_corrections import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def quotation(db: None) -> Quotation:
    return make_quotation(make_article(), mention="the harbour master", cue="said", speaker="Ida Moss")


class TestUndo:
    def test_is_an_act_of_its_own(self, quotation: Quotation, analyst: User):
        act = corrections.accept(quotation, by=analyst, version=1)
        assert act
        undoing = corrections.undo(act, by=analyst)
        assert (undoing.verb, undoing.undoes) == ("undo", act)
        stored = now(quotation)
        assert (stored.state, stored.settled_by, stored.settled_at, stored.version) == ("suggested", None, None, 3)

    def test_twice_and_of_an_undoing_is_refused(self, quotation: Quotation, analyst: User):
        act = corrections.accept(quotation, by=analyst, version=1)
        assert act
        undoing = corrections.undo(act, by=analyst)
        for again in (act, undoing):
            with pytest.raises(NotUndoable):
                corrections.undo(again, by=analyst)

    def test_leaves_what_others_changed_in_other_fields(self, quotation: Quotation, analyst: User, editor: User):
        act = corrections.accept(quotation, by=analyst, version=1)
        assert act
        corrections.edit([Edit(quotation, 2, {"kind": "mixed"})], by=editor)
        corrections.undo(act, by=analyst)
        assert (now(quotation).state, now(quotation).kind) == ("suggested", "mixed")

    def test_is_refused_where_the_field_was_written_again(self, quotation: Quotation, analyst: User, editor: User):
        act = corrections.accept(quotation, by=analyst, version=1)
        assert act
        corrections.reject(quotation, by=editor, version=2)
        with pytest.raises(StaleEdit):
            corrections.undo(act, by=analyst)
        assert now(quotation).state == "rejected"
        assert not Act.objects.filter(verb="undo").exists()

    def test_hides_a_speaker_made_in_the_act_unless_others_use_it(self, quotation: Quotation, analyst: User):
        act = corrections.change_speaker(quotation, name="Otto Brandt", by=analyst, version=1)
        assert act
        corrections.undo(act, by=analyst)
        assert Speaker.objects.get(name="Otto Brandt").is_hidden
        act = corrections.change_speaker(quotation, name="Una Vale", by=analyst, version=3)
        make_quotation(quotation.article, "the fleet would stay in port", speaker="Una Vale")
        assert act
        corrections.undo(act, by=analyst)
        assert not Speaker.objects.get(name="Una Vale").is_hidden

    def test_the_last_undoable_act_is_the_persons_own(self, quotation: Quotation, analyst: User, editor: User):
        first = corrections.accept(quotation, by=analyst, version=1)
        corrections.edit([Edit(quotation, 2, {"kind": "mixed"})], by=editor)
        assert Act.objects.undoable_by(analyst).first() == first
        assert first
        corrections.undo(first, by=analyst)
        assert not Act.objects.undoable_by(analyst).exists()


class TestUndoingSpeakers:
    def test_a_name_since_taken_is_said(self, editor: User):
        speaker = Speaker.objects.create(name="Otto Brandt")
        act = corrections.edit([Edit(speaker, 1, {"name": "Otto Vale"})], by=editor)
        Speaker.objects.create(name="OTTO BRANDT")
        assert act
        with pytest.raises(NotUndoable, match=r"^the name is taken: another speaker is called Otto Brandt$"):
            corrections.undo(act, by=editor)
        assert Speaker.objects.get(pk=speaker.pk).name == "Otto Vale"
        assert Act.objects.count() == 1

    def test_a_speaker_shown_again_stays_where_others_use_them(self, quotation: Quotation, analyst: User):
        Speaker.objects.create(name="Otto Brandt", is_hidden=True)
        act = corrections.change_speaker(quotation, name="Otto Brandt", by=analyst, version=1)
        make_quotation(quotation.article, "the fleet would stay in port", speaker="Otto Brandt")
        assert act
        corrections.undo(act, by=analyst)
        assert not Speaker.objects.get(name="Otto Brandt").is_hidden
        assert str(now(quotation).speaker) == "Ida Moss"

    def test_an_addition_done_again_stays_where_others_use_it(self, quotation: Quotation, editor: User):
        otto = Speaker(name="Otto Brandt")
        undoing = corrections.undo(corrections.create(otto, by=editor), by=editor)
        redoing = corrections.redo(undoing, by=editor)
        corrections.change_speaker(quotation, name="Otto Brandt", by=editor, version=1)
        with pytest.raises(NotUndoable):
            corrections.undo(redoing, by=editor)
        otto.refresh_from_db()
        assert not otto.is_hidden

    def test_who_was_shown_on_purpose_is_hidden_again(self, quotation: Quotation, editor: User):
        ida = quotation.speaker
        assert ida
        corrections.edit([Edit(ida, 1, {"is_hidden": True})], by=editor)
        showing = corrections.edit([Edit(ida, 2, {"is_hidden": False})], by=editor)
        assert showing
        corrections.undo(showing, by=editor)
        ida.refresh_from_db()
        assert ida.is_hidden

    def test_what_it_would_put_back_can_be_asked_first(self, quotation: Quotation, analyst: User):
        act = corrections.change_speaker(quotation, name="Otto Brandt", by=analyst, version=1)
        assert act
        back = corrections.undoing_of(act)
        assert [one.values for one in back] == [
            {"speaker_id": quotation.changes.get().before["speaker_id"], "state": "suggested"}
            | {"settled_by_id": None, "settled_at": None},
            {"is_hidden": True},
        ]
        assert now(quotation).state == "accepted"


class TestWhoMayTakeBack:
    @pytest.mark.parametrize("correct", [corrections.accept, corrections.reject])
    def test_ones_own_corrections(self, analyst: User, editor: User, viewer: User, correct: Callable[..., Act]):
        quotation = make_quotation(make_article())
        act = correct(quotation, by=analyst, version=1)
        assert [corrections.may_take_back(user, act) for user in (analyst, editor, viewer)] == [True, True, False]
        viewers = Act(by=viewer, verb=act.verb, article=quotation.article)
        viewers.save()
        viewers.changes.create(quotation=quotation, before={}, after={})
        assert not corrections.may_take_back(viewer, viewers)

    def test_ones_own_reviewing_and_the_undoing_of_it(self, analyst: User, editor: User):
        act = corrections.review(make_article(), by=analyst, version=1)
        undoing = corrections.undo(act, by=analyst)
        for one in (act, undoing):
            assert corrections.may_take_back(analyst, one)
        assert not corrections.may_take_back(analyst, corrections.redo(undoing, by=editor))

    def test_in_a_hidden_article_who_may_change_quotations(self, analyst: User, editor: User):
        article = make_article()
        act = corrections.accept(make_quotation(article), by=analyst, version=1)
        article.is_hidden = True
        article.save()
        act = Act.objects.get(pk=act.pk)
        assert not corrections.may_take_back(analyst, act) and corrections.may_take_back(editor, act)

    def test_what_one_did_to_other_records_by_permission(self, analyst: User, editor: User):
        act = corrections.edit([Edit(Speaker.objects.create(name="Una Vale"), 1, {"name": "Una"})], by=analyst)
        assert act
        assert not corrections.may_take_back(analyst, act) and corrections.may_take_back(editor, act)
