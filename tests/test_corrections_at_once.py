"""Two people who act in the same moment, each in a thread and a transaction of their own."""

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from articles import corrections
from articles.corrections import Edit, NotUndoable, StaleEdit
from articles.models import Act, Article, Change, Quotation, Speaker
from tests.factories import make_article, make_quotation
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_exactly_one_of_two_wins(analyst: User, editor: User) -> None:
    quotation = make_quotation(make_article())

    def decide(user: User, version: int) -> User:
        values = corrections.decision(Quotation.State.ACCEPTED, by=user)
        corrections.edit([Edit(Quotation.objects.get(), version, values)], by=user)
        return user

    rounds = 40
    for version in range(1, rounds + 1):
        outcomes = at_once(lambda: decide(analyst, version), lambda: decide(editor, version))  # noqa: B023
        winner, refused = sorted(outcomes, key=lambda outcome: isinstance(outcome, Exception))
        assert isinstance(refused, StaleEdit), outcomes
        quotation.refresh_from_db()
        assert quotation.settled_by == winner
    assert quotation.version == rounds + 1
    assert Act.objects.count() == Change.objects.count() == rounds


def test_two_who_give_the_same_new_name_share_its_speaker(analyst: User, editor: User) -> None:
    article = make_article()
    quotations = make_quotation(article), make_quotation(article, "the fleet would stay in port")

    def name_it(quotation: Quotation, user: User, name: str) -> Act | None:
        return corrections.change_speaker(quotation, name=name, by=user, version=quotation.version)

    rounds = 20
    for number in range(rounds):
        acts = at_once(
            lambda: name_it(quotations[0], analyst, f"Otto Brandt {number}"),  # noqa: B023
            lambda: name_it(quotations[1], editor, f"OTTO  Brandt {number}"),  # noqa: B023
        )
        assert all(isinstance(act, Act) for act in acts), acts
        speaker = Speaker.objects.get(key=f"otto brandt {number}")
        for quotation in quotations:
            quotation.refresh_from_db()
            assert quotation.speaker == speaker
        # One of the two made the speaker, and only that one's act says so.
        assert speaker.changes.count() == 1
    assert Speaker.objects.count() == rounds


def test_a_name_that_was_taken_between_asking_and_writing_is_that_speaker(
    analyst: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same race with its turns fixed: the first look finds nobody, and then somebody is there."""
    quotation = make_quotation(make_article())
    called = Speaker.objects.called
    looks: list[str] = []

    def look(name: str) -> object:
        looks.append(name)
        found = list(called(name))
        if len(looks) == 1:
            Speaker.objects.create(name=name)
        return found

    monkeypatch.setattr(type(Speaker.objects), "called", lambda manager, name: look(name))
    act = corrections.change_speaker(quotation, name="Otto Brandt", by=analyst, version=1)
    assert looks == ["Otto Brandt"] * 2
    quotation.refresh_from_db()
    assert quotation.speaker == Speaker.objects.get()
    # The speaker is not of this act's making: undoing it leaves them.
    assert act and [change.record for change in act.changes.all()] == [quotation]
    corrections.undo(act, by=analyst)
    assert not Speaker.objects.get().is_hidden


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one transaction write at a time")
def test_no_quotation_keeps_a_speaker_whom_another_undoing_hides(analyst: User, editor: User) -> None:
    article = make_article()
    mine, theirs = make_quotation(article), make_quotation(article, "the fleet would stay in port")
    for number in range(30):
        name = f"Otto Brandt {number}"
        mine.refresh_from_db()
        theirs.refresh_from_db()
        made = corrections.change_speaker(mine, name=name, by=analyst, version=mine.version)
        assert made
        outcomes = at_once(
            lambda: corrections.undo(made, by=analyst),  # noqa: B023
            lambda: corrections.change_speaker(theirs, name=name, by=editor, version=theirs.version),  # noqa: B023
        )
        assert all(isinstance(act, Act) for act in outcomes), outcomes
        theirs.refresh_from_db()
        assert theirs.speaker and (theirs.speaker.name, theirs.speaker.is_hidden) == (name, False)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one transaction write at a time")
def test_an_import_hangs_no_quotation_on_whom_an_undoing_hides(analyst: User) -> None:
    for number in range(30):
        article = make_article(f"{number} nets were empty")
        otto = Speaker(name=f"Otto Brandt {number}")
        made = corrections.create(otto, by=analyst)

        def import_one(otto: Speaker = otto, article: Article = article) -> None:
            with transaction.atomic():
                if Speaker.objects.kept([otto.pk]) == {otto.pk: 1}:
                    make_quotation(article, "nets", speaker=otto)

        at_once(lambda: corrections.undo(made, by=analyst), import_one)  # noqa: B023
        otto.refresh_from_db()
        assert otto.is_hidden != otto.quotations.exists()


def test_a_speaker_hidden_between_looking_and_holding_is_shown_again(
    analyst: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    quotation = make_quotation(make_article())
    otto = Speaker.objects.create(name="Otto Brandt")
    held = type(Speaker.objects.all()).held

    def hide_and_hold(queryset: object, pks: list[int]) -> object:
        if otto.version == 1:
            corrections.edit([Edit(otto, 1, {"is_hidden": True})], by=analyst)
        return held(queryset, pks)

    monkeypatch.setattr(type(Speaker.objects.all()), "held", hide_and_hold)
    act = corrections.change_speaker(quotation, name="Otto Brandt", by=analyst, version=1)
    otto.refresh_from_db()
    assert act and act.changes.count() == 2 and not otto.is_hidden


def test_merging_and_undoing_of_merged_speakers_never_wait_for_each_other(analyst: User, editor: User) -> None:
    # The one that leads to the other has a number between those of the two.
    for number in range(10):
        survivor, leading, other = (
            Speaker.objects.create(name=f"{name} {number}") for name in ("Ida", "Moss", "Otto")
        )
        act = corrections.join(other, leading, by=editor, versions=(1, 1))
        other.refresh_from_db()
        seen = (survivor.version, other.version)
        outcomes = at_once(
            lambda: corrections.join(survivor, other, by=editor, versions=seen),  # noqa: B023
            lambda: corrections.undo(act, by=analyst),  # noqa: B023
        )
        assert all(isinstance(one, Act | StaleEdit | NotUndoable) for one in outcomes), outcomes
        assert any(isinstance(one, Act) for one in outcomes), outcomes
