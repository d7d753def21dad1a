"""Saying who speaks: whom a name finds, whom it makes, and what it refuses."""

import pytest
from django.contrib.auth.models import User

from articles import corrections
from articles.corrections import AmbiguousSpeaker, StaleEdit
from articles.models import NAME_LENGTH, Act, Quotation, Speaker
from tests.factories import make_article, make_quotation

from .test_corrections import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def quotation(db: None) -> Quotation:
    return make_quotation(make_article(), mention="the harbour master", cue="said", speaker="Ida Moss")


class TestChangingTheSpeaker:
    def test_a_new_name_becomes_a_speaker_in_the_same_act(self, quotation: Quotation, analyst: User):
        act = corrections.change_speaker(quotation, name=" Otto  Brandt ", by=analyst, version=1)
        assert act
        otto = Speaker.objects.get(name="Otto Brandt")
        assert now(quotation).speaker == otto
        assert now(quotation).state == "accepted"
        assert [change.record for change in act.changes.all()] == [otto, quotation]

    @pytest.mark.parametrize("name", ["otto brandt", "ÓTTO   Brandt", "Mr Brandt", "Otto Brandt (minister)"])
    def test_name_alias_and_qualifier_find_the_known_one(self, quotation: Quotation, analyst: User, name: str):
        otto = Speaker.objects.create(name="Otto Brandt", qualifier="minister")
        otto.aliases.create(name="Mr. Brandt")
        otto.aliases.create(name="Mr Brandt")
        corrections.change_speaker(quotation, name=name, by=analyst, version=1)
        assert now(quotation).speaker == otto

    @pytest.mark.parametrize(
        "name", ["", " \t\n ", "x" * (NAME_LENGTH + 1), "\u0301", "\u200b\u200d", "\u00ad \u2060", "\0", "\u3164"]
    )
    def test_what_cannot_be_a_name_is_refused(self, quotation: Quotation, analyst: User, name: str):
        with pytest.raises(ValueError, match=r"a speaker's name has 1 to 200 characters, and one that can be seen$"):
            corrections.change_speaker(quotation, name=name, by=analyst, version=1)
        assert now(quotation).version == 1
        assert Speaker.objects.count() == 1 and not Act.objects.exists()

    @pytest.mark.parametrize(
        "name", ["x" * NAME_LENGTH, "\u00a0Otto\u2003Brandt", "毛泽东", "ﷺ" * 20, "🐟", "'\"%_\\"]
    )
    def test_odd_names_are_names(self, quotation: Quotation, analyst: User, name: str):
        corrections.change_speaker(quotation, name=name, by=analyst, version=1)
        speaker = now(quotation).speaker
        assert speaker and speaker.name == " ".join(name.split())

    def test_a_name_of_two_is_refused_with_both(self, quotation: Quotation, analyst: User):
        both = [Speaker.objects.create(name="J. Smith", qualifier=which) for which in ("judge", "skipper")]
        with pytest.raises(AmbiguousSpeaker) as refusal:
            corrections.change_speaker(quotation, name="J. Smith", by=analyst, version=1)
        assert list(refusal.value.choices) == both
        assert now(quotation).version == 1

    @pytest.mark.parametrize("first", [8_000_007, 8_000_008])
    def test_those_of_one_name_come_by_qualifier_whatever_their_numbers(
        self, quotation: Quotation, analyst: User, first: int
    ):
        judge = Speaker.objects.create(pk=first, name="J. Smith", qualifier="judge")
        skipper = Speaker.objects.create(pk=16_000_015 - first, name="J. Smith", qualifier="skipper")
        with pytest.raises(AmbiguousSpeaker) as refusal:
            corrections.change_speaker(quotation, name="J. Smith", by=analyst, version=1)
        assert list(refusal.value.choices) == [judge, skipper]

    def choose(self, quotation: Quotation, analyst: User, name: str) -> Speaker | None:
        corrections.change_speaker(quotation, name=name, by=analyst, version=quotation.version)
        return now(quotation).speaker

    def test_who_is_offered_can_be_chosen(self, quotation: Quotation, analyst: User):
        plain = Speaker.objects.create(name="Jon Amb")
        footballer = Speaker.objects.create(name="Jon Amb", qualifier="footballer")
        other = Speaker.objects.create(name="Jonathan Amb")
        for known, alias in ((other, "Jon Amb"), (plain, "J. Amb"), (footballer, "J. Amb")):
            known.aliases.create(name=alias)
        assert self.choose(quotation, analyst, "jon amb") == plain
        with pytest.raises(AmbiguousSpeaker) as refusal:
            self.choose(quotation, analyst, "J. Amb")
        for offered in refusal.value.choices:
            assert self.choose(quotation, analyst, str(offered)) == offered

    @pytest.mark.parametrize("typed", ["Jon Par (MP (Lab))", "jon par  (mp (lab))", "Jon Par (MP\u200b (Lab))"])
    def test_a_qualifier_may_hold_brackets(self, quotation: Quotation, analyst: User, typed: str):
        member = Speaker.objects.create(name="Jon Par", qualifier="MP (Lab)")
        assert self.choose(quotation, analyst, typed) == member

    def test_a_qualifier_is_compared_as_names_are(self, quotation: Quotation, analyst: User):
        minister = Speaker.objects.create(name="Jon Par", qualifier="Émir ÅLAND")
        Speaker.objects.create(name="Jon Par", qualifier="MP")
        assert self.choose(quotation, analyst, "Jon Par (emir åland)") == minister

    def test_a_long_name_with_its_qualifier_is_known(self, quotation: Quotation, analyst: User):
        known = Speaker.objects.create(name="x" * NAME_LENGTH, qualifier="y" * 100)
        assert self.choose(quotation, analyst, str(known)) == known

    def test_what_does_not_show_is_left_out_of_a_new_name(self, quotation: Quotation, analyst: User):
        speaker = self.choose(quotation, analyst, "\u202eOt\u00adto\x07\u200b B\u200crandt\u200c")
        assert speaker and speaker.name == "Otto B\u200crandt"

    def test_a_hidden_speaker_is_shown_again(self, quotation: Quotation, analyst: User):
        hidden = Speaker.objects.create(name="Otto Brandt", is_hidden=True)
        act = corrections.change_speaker(quotation, name="Otto Brandt", by=analyst, version=1)
        hidden.refresh_from_db()
        assert act and not hidden.is_hidden
        corrections.undo(act, by=analyst)
        hidden.refresh_from_db()
        assert hidden.is_hidden

    def test_a_rejected_quotation_stays_rejected(self, quotation: Quotation, analyst: User):
        corrections.reject(quotation, by=analyst, version=1)
        corrections.change_speaker(quotation, name="Otto Brandt", by=analyst, version=2)
        assert now(quotation).state == "rejected"

    def test_a_stale_one_leaves_no_new_speaker_behind(self, quotation: Quotation, analyst: User):
        with pytest.raises(StaleEdit):
            corrections.change_speaker(quotation, name="Otto Brandt", by=analyst, version=7)
        assert not Speaker.objects.filter(name="Otto Brandt").exists()
