"""The one write path: acts, versions, undo, and what it refuses."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import bulk, corrections, extraction
from articles.corrections import Edit, Gone, Moved, NameTaken, NotUndoable, StaleEdit
from articles.models import Act, Alias, Change, Outlet, Quotation, Speaker
from tests.factories import make_article, make_quotation

pytestmark = pytest.mark.django_db


@pytest.fixture
def quotation(db: None) -> Quotation:
    return make_quotation(make_article(), mention="the harbour master", cue="said", speaker="Ida Moss")


def now(quotation: Quotation) -> Quotation:
    return Quotation.objects.get(pk=quotation.pk)


class TestSettling:
    def test_accept_writes_the_decision_and_the_record_of_it(self, quotation: Quotation, analyst: User):
        act = corrections.accept(quotation, by=analyst, version=1)
        assert act and (act.verb, act.by, act.article) == ("accept", analyst, quotation.article)
        stored = now(quotation)
        assert (stored.state, stored.settled_by, stored.version) == ("accepted", analyst, 2)
        assert stored.settled_at is not None
        (change,) = act.changes.all()
        assert change.record == quotation
        assert change.before == {"state": "suggested", "settled_by_id": None, "settled_at": None}
        assert change.after["state"] == "accepted" and change.after["settled_by_id"] == analyst.pk

    def test_the_object_in_hand_is_as_it_was_stored(self, quotation: Quotation, analyst: User):
        corrections.reject(quotation, by=analyst, version=1)
        assert (quotation.state, quotation.version) == ("rejected", 2)

    def test_accepting_what_is_accepted_is_no_act(self, quotation: Quotation, analyst: User):
        corrections.accept(quotation, by=analyst, version=1)
        assert corrections.accept(quotation, by=analyst, version=2) is None
        assert Act.objects.count() == 1

    def test_reopening_takes_the_decision_back_and_can_be_undone(self, quotation: Quotation, analyst: User):
        corrections.reject(quotation, by=analyst, version=1)
        decided = now(quotation).settled_at
        act = corrections.reopen(quotation, by=analyst, version=2)
        assert act and (act.verb, act.article) == ("reopen", quotation.article)
        stored = now(quotation)
        assert (stored.state, stored.settled_by, stored.settled_at, stored.version) == ("suggested", None, None, 3)
        corrections.undo(act, by=analyst)
        stored = now(quotation)
        assert (stored.state, stored.settled_by, stored.settled_at) == ("rejected", analyst, decided)

    def test_reopening_what_is_open_is_no_act(self, quotation: Quotation, analyst: User):
        assert corrections.reopen(quotation, by=analyst, version=1) is None
        assert now(quotation).version == 1 and not Act.objects.exists()

    def test_reopening_a_colleagues_newer_decision_is_stale(self, quotation: Quotation, analyst: User, editor: User):
        corrections.accept(quotation, by=analyst, version=1)
        seen = now(quotation)
        corrections.reopen(quotation, by=editor, version=2)
        corrections.reject(quotation, by=editor, version=3)
        with pytest.raises(StaleEdit):
            corrections.reopen(seen, by=analyst, version=2)
        assert (now(quotation).state, now(quotation).settled_by) == ("rejected", editor)

    def test_a_reopened_quotation_survives_extraction(
        self, quotation: Quotation, analyst: User, pipeline: Callable[..., None]
    ):
        corrections.accept(quotation, by=analyst, version=1)
        corrections.reopen(quotation, by=analyst, version=2)
        pipeline(version="later")
        list(extraction.extract_all([quotation.article]))
        assert now(quotation).state == "suggested"

    def test_a_stale_version_writes_nothing(self, quotation: Quotation, analyst: User, editor: User):
        corrections.accept(quotation, by=editor, version=1)
        with pytest.raises(StaleEdit) as refusal:
            corrections.reject(now(quotation), by=analyst, version=1)
        assert refusal.value.current == quotation
        assert now(quotation).state == "accepted"
        assert Act.objects.count() == Change.objects.count() == 1


class TestWhatIsNoLongerThere:
    """Extraction deletes suggestions that it does not find again; a person may still have one on screen."""

    @pytest.fixture
    def gone(self, quotation: Quotation, pipeline: Callable[..., None]) -> Quotation:
        pipeline(version="later")
        list(extraction.extract_all([quotation.article]))
        assert not Quotation.objects.exists()
        return quotation

    @pytest.mark.parametrize("act", [corrections.accept, corrections.reject])
    def test_is_refused_by_name(self, gone: Quotation, analyst: User, act: Callable[..., Act]):
        with pytest.raises(Gone, match=r"^Ida Moss: “The nets were empty,” is no longer there$"):
            act(gone, by=analyst, version=1)
        assert not Act.objects.exists()

    def test_leaves_no_new_speaker_behind(self, gone: Quotation, analyst: User):
        with pytest.raises(Gone):
            corrections.change_speaker(gone, name="Otto Brandt", by=analyst, version=1)
        assert not Speaker.objects.filter(name="Otto Brandt").exists()

    def test_leaves_the_others_of_the_act_as_they_are(self, gone: Quotation, editor: User):
        other = make_quotation(gone.article, "the fleet would stay in port")
        with pytest.raises(Gone):
            corrections.edit([Edit(other, 1, {"kind": "mixed"}), Edit(gone, 1, {"kind": "mixed"})], by=editor)
        assert (now(other).kind, now(other).version) == ("direct", 1)


class TestEditing:
    def test_several_records_are_one_act(self, quotation: Quotation, editor: User):
        other = make_quotation(quotation.article, "the fleet would stay in port")
        edits = [
            Edit(one, 1, corrections.decision(Quotation.State.ACCEPTED, by=editor)) for one in (other, quotation)
        ]
        act = corrections.edit(edits, by=editor, note="both clear")
        assert act and act.changes.count() == 2
        corrections.undo(act, by=editor)
        assert {now(quotation).state, now(other).state} == {"suggested"}

    def test_all_or_none(self, quotation: Quotation, editor: User):
        other = make_quotation(quotation.article, "the fleet would stay in port")
        with pytest.raises(StaleEdit):
            corrections.edit([Edit(quotation, 1, {"kind": "mixed"}), Edit(other, 9, {"kind": "mixed"})], by=editor)
        assert now(quotation).kind == "direct"
        assert not Act.objects.exists()

    def test_a_failure_in_the_middle_leaves_nothing(
        self, quotation: Quotation, editor: User, monkeypatch: pytest.MonkeyPatch
    ):
        def fail(*args: Any, **kwargs: Any) -> None:
            raise RuntimeError("power cut")

        monkeypatch.setattr(bulk, "insert_objects", fail)
        with pytest.raises(RuntimeError, match="power cut"):
            corrections.edit([Edit(quotation, 1, {"kind": "mixed"})], by=editor)
        assert now(quotation).kind == "direct" and now(quotation).version == 1
        assert not Act.objects.exists()

    def test_aliases_are_one_value_of_their_speaker(self, editor: User):
        speaker = Speaker.objects.create(name="Otto Brandt")
        speaker.aliases.create(name="Mr Brandt")
        act = corrections.edit([Edit(speaker, 1, {"aliases": ["O. Brandt", "Brandt"]})], by=editor)
        assert act
        assert act.changes.get().before == {"aliases": ["Mr Brandt"]}
        assert set(Alias.objects.values_list("name", flat=True)) == {"O. Brandt", "Brandt"}
        corrections.undo(act, by=editor)
        assert list(Alias.objects.values_list("name", flat=True)) == ["Mr Brandt"]

    def test_dates_come_back_as_dates(self, editor: User):
        article = make_article(published_on="2025-03-04")
        act = corrections.edit([Edit(article, 1, {"published_on": None})], by=editor)
        assert act
        corrections.undo(act, by=editor)
        article.refresh_from_db()
        assert str(article.published_on) == "2025-03-04"

    def test_create_records_what_was_made(self, editor: User):
        act = corrections.create(Outlet(name="Quay News"), by=editor)
        change = act.changes.get()
        assert change.before is None and change.after["name"] == "Quay News"
        with pytest.raises(NotUndoable):
            corrections.undo(act, by=editor)


class TestWhatIsWritten:
    @pytest.mark.parametrize("name", ["text", "text_sha256", "version", "extracted_with", "no_such_field"])
    def test_no_text_and_no_offset_is_edited(self, quotation: Quotation, name: str):
        with pytest.raises(ValueError, match=f"^nobody edits {name} of articles.Article$"):
            Edit(quotation.article, 1, {name: "forged"})

    @pytest.mark.parametrize("name", ["origin", "article_id", "uid"])
    def test_nor_what_hangs_on_them(self, quotation: Quotation, name: str):
        with pytest.raises(ValueError, match=f"^nobody edits {name} of articles.Quotation$"):
            Edit(quotation, 1, {"kind": "mixed", name: "forged"})

    @pytest.mark.parametrize(
        ("name", "value"),
        [("spans", [[0, 5]]), ("start", 1), ("content", "forged"), ("cue", "forged"), ("cue_end", 9)],
    )
    def test_nor_words_that_do_not_stand_at_their_offsets(
        self, quotation: Quotation, analyst: User, name: str, value: object
    ):
        with pytest.raises(Moved):
            corrections.edit([Edit(quotation, 1, {name: value})], by=analyst)
        assert now(quotation).version == 1 and not Act.objects.exists()

    def test_hiding_an_article_neither_reads_nor_writes_its_text(self, quotation: Quotation, editor: User):
        article = quotation.article
        with CaptureQueriesContext(connection) as captured:
            corrections.edit([Edit(article, 1, {"is_hidden": True})], by=editor)
        assert not [query["sql"] for query in captured if '"text"' in query["sql"]]
        assert article.is_hidden and article.version == 2

    def test_a_generated_date_is_true_in_the_object_in_hand(self, editor: User):
        article = make_article(published_on="2025-03-04")
        corrections.edit([Edit(article, 1, {"published_on": None})], by=editor)
        assert article.dated == datetime.date.min

    def test_many_records_take_as_many_queries_as_two(self, editor: User):
        def queries(number: int) -> int:
            words = [f"“{number}-{at}”" for at in range(number)]
            article = make_article(" ".join(words))
            values = corrections.decision(Quotation.State.ACCEPTED, by=editor)
            edits = [Edit(make_quotation(article, one), 1, values) for one in words]
            with CaptureQueriesContext(connection) as captured:
                act = corrections.edit(edits, by=editor)
            assert act and act.changes.count() == number
            assert set(article.quotations.values_list("state", "version")) == {("accepted", 2)}
            return len(captured)

        # A savepoint and its release, the locked rows, their update, the act, its changes.
        assert queries(2) == queries(50) == 6

    def test_undoing_many_takes_as_many_queries_as_two(self, editor: User):
        def queries(number: int) -> int:
            articles = [make_article(f"{number} {at}") for at in range(number)]
            act = corrections.edit([Edit(one, 1, {"is_hidden": True}) for one in articles], by=editor)
            assert act
            with CaptureQueriesContext(connection) as captured:
                corrections.undo(act, by=editor)
            assert not any(one["sql"].count('"text"') for one in captured)
            return len(captured)

        assert queries(2) == queries(50)

    def test_a_name_that_is_taken_is_refused(self, editor: User):
        taken, other = Outlet.objects.create(name="Quay News"), Outlet.objects.create(name="Port News")
        with pytest.raises(NameTaken, match=r"^another outlet is called QUAY NEWS$"):
            corrections.edit([Edit(other, 1, {"name": "QUAY NEWS"})], by=editor)
        with pytest.raises(NameTaken, match=r"^another outlet is called Quay  News$"):
            corrections.create(Outlet(name="Quay  News"), by=editor)
        assert set(Outlet.objects.all()) == {taken, other} and not Act.objects.exists()
