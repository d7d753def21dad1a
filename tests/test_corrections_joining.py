"""Merging two speakers, splitting one: what moves, as one act, and what undoing brings back."""

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from articles import corrections
from articles.corrections import Edit, NotJoinable, NotUndoable, StaleEdit
from articles.models import Act, Article, Quotation, Speaker
from tests.factories import make_article, make_quotation

pytestmark = pytest.mark.django_db

WORDS = ["“The nets were empty,”", "the fleet would stay in port", "the harbour master"]


@pytest.fixture
def article(db: None) -> Article:
    return make_article()


@pytest.fixture
def ida(db: None) -> Speaker:
    return Speaker.objects.create(name="Ida Moss")


@pytest.fixture
def moss(article: Article) -> Speaker:
    """A second record of Ida Moss: two quotations, one of which was taken out, and another name."""
    moss = Speaker.objects.create(name="I. Moss", role="harbour master")
    moss.aliases.create(name="Mrs Moss")
    make_quotation(article, WORDS[0], speaker=moss)
    make_quotation(article, WORDS[1], speaker=moss, is_hidden=True)
    return moss


def names(speaker: Speaker) -> list[str]:
    return sorted(speaker.aliases.values_list("name", flat=True))


def stored() -> list[object]:
    """All that merging and splitting write, but for versions."""
    return [
        *Quotation.objects.order_by("pk").values_list("pk", "speaker", "state", "is_hidden"),
        *Speaker.objects.order_by("pk").values_list("pk", "name", "is_hidden", "merged_into"),
        *Speaker.objects.order_by("aliases__name", "pk").values_list("pk", "aliases__name"),
    ]


def join(survivor: Speaker, other: Speaker, by: User) -> Act:
    for one in (survivor, other):
        one.refresh_from_db()
    return corrections.join(survivor, other, by=by, versions=(survivor.version, other.version))


class TestMerging:
    def test_all_quotations_and_names_move(self, ida: Speaker, moss: Speaker, editor: User):
        act = join(ida, moss, editor)
        moss.refresh_from_db()
        assert set(Quotation.objects.values_list("speaker", "version")) == {(ida.pk, 2)}
        assert names(ida) == ["I. Moss", "Mrs Moss"]
        assert moss.is_hidden and moss.merged_into == ida
        assert act.verb == Act.Verb.JOIN and act.article is None and act.changes.count() == 4
        assert set(Quotation.objects.values_list("state", flat=True)) == {"suggested"}

    def test_undoing_brings_all_back_and_doing_it_again(self, ida: Speaker, moss: Speaker, editor: User):
        before = stored()
        act = join(ida, moss, editor)
        after = stored()
        undoing = corrections.undo(Act.objects.get(pk=act.pk), by=editor)
        assert stored() == before and undoing.article is None
        corrections.redo(Act.objects.get(pk=undoing.pk), by=editor)
        assert stored() == after

    def test_what_was_corrected_since_stays_and_the_rest_goes_back(self, ida: Speaker, moss: Speaker, editor: User):
        act = join(ida, moss, editor)
        shown = Quotation.objects.get(is_hidden=False)
        corrections.change_speaker(shown, name="Otto Brandt", by=editor, version=2)
        ida.aliases.create(name="Captain Moss")
        corrections.undo(act, by=editor)
        shown.refresh_from_db()
        assert str(shown.speaker) == "Otto Brandt"
        assert Quotation.objects.get(is_hidden=True).speaker == moss
        assert names(ida) == ["Captain Moss"] and not Speaker.objects.get(pk=moss.pk).is_hidden

    def test_names_may_be_tidied_in_between(self, ida: Speaker, moss: Speaker, editor: User):
        before = [*Quotation.objects.order_by("pk").values_list("pk", "speaker")]
        act = join(ida, moss, editor)
        ida.refresh_from_db()
        corrections.edit([Edit(ida, ida.version, {"aliases": ["Captain Moss", "I. Moss"]})], by=editor)
        undoing = corrections.undo(Act.objects.get(pk=act.pk), by=editor)
        moss.refresh_from_db()
        assert [*Quotation.objects.order_by("pk").values_list("pk", "speaker")] == before
        assert not moss.is_hidden and moss.merged_into is None
        assert (names(ida), names(moss)) == (["Captain Moss"], ["Mrs Moss"])
        ida.refresh_from_db()
        corrections.edit([Edit(ida, ida.version, {"aliases": ["i. moss"]})], by=editor)
        corrections.redo(Act.objects.get(pk=undoing.pk), by=editor)
        assert names(ida) == ["i. moss"] and ida.quotations.count() == 2

    def test_nothing_goes_back_where_all_were_moved_on(self, ida: Speaker, moss: Speaker, editor: User):
        act = join(ida, moss, editor)
        join(Speaker.objects.create(name="Ida M. Moss"), ida, editor)
        before = stored()
        with pytest.raises(StaleEdit):
            corrections.undo(act, by=editor)
        assert stored() == before

    def test_who_was_merged_before_leads_on_to_the_last(self, ida: Speaker, moss: Speaker, editor: User):
        whole = Speaker.objects.create(name="Ida Marie Moss")
        join(ida, moss, editor)
        second = join(whole, ida, editor)
        moss.refresh_from_db()
        assert moss.merged_into == whole and names(whole) == ["I. Moss", "Ida Moss", "Mrs Moss"]
        corrections.undo(second, by=editor)
        moss.refresh_from_db()
        assert moss.merged_into == ida

    def test_all_speakers_are_held_in_one_round(
        self, ida: Speaker, moss: Speaker, editor: User, monkeypatch: pytest.MonkeyPatch
    ):
        """Whoever holds two and then asks for a third waits for somebody who holds that and asks for the two."""
        whole = Speaker.objects.create(name="Ida Marie Moss")
        join(ida, moss, editor)
        rounds: list[list[int]] = []
        hold = Speaker.objects.held_alone

        def held(manager: object, pks: list[int]) -> object:
            rounds.append(sorted(pks))
            return hold(pks)

        monkeypatch.setattr(type(Speaker.objects), "held_alone", held)
        join(whole, ida, editor)
        assert rounds == [sorted(one.pk for one in (whole, ida, moss))]

    def test_who_is_merged_away_meanwhile_makes_it_stale(
        self, ida: Speaker, moss: Speaker, editor: User, monkeypatch: pytest.MonkeyPatch
    ):
        whole, late = (Speaker.objects.create(name=name) for name in ("Ida Marie Moss", "Ida Mosse"))
        hold = Speaker.objects.held_alone

        def merged_before_it_is_held(manager: object, pks: list[int]) -> object:
            Speaker.objects.filter(pk=late.pk).update(is_hidden=True, merged_into=moss)
            return hold(pks)

        monkeypatch.setattr(type(Speaker.objects), "held_alone", merged_before_it_is_held)
        with pytest.raises(StaleEdit):
            join(whole, moss, editor)

    def test_it_is_not_done_again_over_new_quotations(
        self, ida: Speaker, moss: Speaker, editor: User, article: Article
    ):
        undoing = corrections.undo(join(ida, moss, editor), by=editor)
        make_quotation(article, WORDS[2], speaker=moss)
        with pytest.raises(NotUndoable, match=r"I\. Moss is quoted anew since"):
            corrections.redo(Act.objects.get(pk=undoing.pk), by=editor)

    def test_a_stale_version_is_refused(self, ida: Speaker, moss: Speaker, editor: User):
        corrections.edit([Edit(moss, 1, {"role": "skipper"})], by=editor)
        before = stored()
        for versions in ((1, 1), (2, 2)):
            with pytest.raises(StaleEdit):
                corrections.join(ida, moss, by=editor, versions=versions)
        assert stored() == before

    def test_only_two_that_are_shown(self, ida: Speaker, moss: Speaker, editor: User):
        with pytest.raises(NotJoinable):
            corrections.join(ida, ida, by=editor, versions=(1, 1))
        join(ida, moss, editor)
        for pair in ((ida, moss), (moss, ida)):
            with pytest.raises(NotJoinable):
                join(*pair, editor)

    def test_restoring_an_earlier_version_brings_no_quotations_back_and_so_no_speaker(
        self, ida: Speaker, moss: Speaker, editor: User
    ):
        corrections.edit([Edit(moss, 1, {"role": "skipper"})], by=editor)
        join(ida, moss, editor)
        moss.refresh_from_db()
        corrections.restore(moss, None, by=editor, version=moss.version)
        moss.refresh_from_db()
        assert moss.role == "harbour master" and moss.is_hidden and moss.merged_into == ida

    def test_naming_the_merged_one_finds_the_survivor(
        self, ida: Speaker, moss: Speaker, editor: User, article: Article
    ):
        moss.qualifier = "harbour"
        moss.save()
        join(ida, moss, editor)
        new = make_quotation(article, WORDS[2])
        for number, name in enumerate(("I. Moss", "i. moss (harbour)", "Mrs Moss"), start=1):
            corrections.change_speaker(new, name="Otto Brandt", by=editor, version=2 * number - 1)
            corrections.change_speaker(new, name=name, by=editor, version=2 * number)
            new.refresh_from_db()
            assert new.speaker == ida
        assert Speaker.objects.get(pk=moss.pk).is_hidden

    def test_who_is_merged_is_hidden_says_the_database(self, ida: Speaker, moss: Speaker):
        for values in ({"merged_into": ida}, {"merged_into": moss, "is_hidden": True}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Speaker.objects.filter(pk=moss.pk).update(**values)


class TestSplitting:
    def split(self, ida: Speaker, by: User, to: str, *chosen: Quotation, aliases: tuple[str, ...] = ()) -> Act:
        ida.refresh_from_db()
        seen = [(one, one.version) for one in chosen]
        self.other, act = corrections.part(ida, to=to, quotations=seen, aliases=aliases, by=by, version=ida.version)
        return act

    @pytest.fixture
    def quoted(self, ida: Speaker, article: Article) -> list[Quotation]:
        for name in ("Captain Moss", "I. Moss"):
            ida.aliases.create(name=name)
        return [make_quotation(article, words, speaker=ida) for words in WORDS]

    def test_what_is_chosen_goes_to_somebody_new(self, ida: Speaker, quoted: list[Quotation], editor: User):
        act = self.split(ida, editor, "Ida Moss (captain)", quoted[1], aliases=("Captain Moss",))
        other = Speaker.objects.get(qualifier="captain")
        assert other == self.other and list(other.quotations.all()) == [quoted[1]]
        assert (names(other), names(ida)) == (["Captain Moss"], ["I. Moss"])
        assert act.verb == Act.Verb.PART and act.changes.count() == 3
        corrections.undo(act, by=editor)
        other.refresh_from_db()
        assert other.is_hidden
        assert names(ida) == ["Captain Moss", "I. Moss"] and ida.quotations.count() == 3

    def test_what_is_chosen_goes_to_somebody_known(self, ida: Speaker, quoted: list[Quotation], editor: User):
        otto = Speaker.objects.create(name="Otto Brandt")
        before = stored()
        act = self.split(ida, editor, "otto brandt", *quoted[:2])
        assert otto.quotations.count() == 2 and ida.quotations.count() == 1
        corrections.undo(act, by=editor)
        assert stored() == before

    def test_undoing_leaves_names_that_were_changed_since(self, ida: Speaker, quoted: list[Quotation], editor: User):
        otto = Speaker.objects.create(name="Otto Brandt")
        act = self.split(ida, editor, "Otto Brandt", quoted[0], aliases=("Captain Moss", "I. Moss"))
        for speaker, aliases in ((ida, ["captain moss"]), (otto, ["Captain Moss", "Otto"])):
            speaker.refresh_from_db()
            corrections.edit([Edit(speaker, speaker.version, {"aliases": aliases})], by=editor)
        corrections.undo(act, by=editor)
        assert (names(ida), names(otto)) == (["I. Moss", "captain moss"], ["Otto"])
        assert ida.quotations.count() == 3

    @pytest.mark.parametrize("chosen", [0, 1])
    def test_undoing_what_was_done_again_leaves_shown_who_is_quoted(
        self, ida: Speaker, quoted: list[Quotation], editor: User, chosen: int
    ):
        act = self.split(ida, editor, "Ina Moss", *quoted[:chosen], aliases=("Captain Moss",))
        undoing = corrections.undo(act, by=editor)
        ina = Speaker.objects.get(name="Ina Moss")
        assert ina.is_hidden and (names(ina), names(ida)) == ([], ["Captain Moss", "I. Moss"])
        redoing = corrections.redo(Act.objects.get(pk=undoing.pk), by=editor)
        assert (names(ina), names(ida)) == (["Captain Moss"], ["I. Moss"])
        corrections.change_speaker(quoted[2], name="Ina Moss", by=editor, version=1)
        corrections.undo(Act.objects.get(pk=redoing.pk), by=editor)
        ina.refresh_from_db()
        assert not ina.is_hidden and list(ina.quotations.all()) == [quoted[2]]
        assert (names(ina), names(ida)) == ([], ["Captain Moss", "I. Moss"])

    def test_the_name_of_the_new_one_is_no_other_name_any_more(
        self, ida: Speaker, quoted: list[Quotation], editor: User
    ):
        self.split(ida, editor, "I. Moss", quoted[0])
        assert names(ida) == ["Captain Moss"] and names(self.other) == []

    def test_who_was_merged_comes_back(self, ida: Speaker, moss: Speaker, editor: User):
        moss.aliases.create(name="Captain Moss")
        join(ida, moss, editor)
        before = stored()
        chosen = Quotation.objects.get(is_hidden=False)
        act = self.split(ida, editor, "I. Moss", chosen, aliases=("Captain Moss",))
        moss.refresh_from_db()
        assert self.other == moss and not moss.is_hidden and moss.merged_into is None
        assert (names(ida), names(moss)) == (["Mrs Moss"], ["Captain Moss"])
        corrections.undo(act, by=editor)
        assert stored() == before

    def test_who_was_merged_into_a_third_stays_there(
        self, ida: Speaker, moss: Speaker, quoted: list[Quotation], editor: User
    ):
        otto = Speaker.objects.create(name="Otto Brandt")
        merging = join(otto, moss, editor)
        before = stored()
        with pytest.raises(NotJoinable, match=r"^I\. Moss is one with Otto Brandt: split to Otto Brandt, or take"):
            self.split(ida, editor, "i. moss", quoted[0])
        assert stored() == before
        corrections.undo(merging, by=editor)
        self.split(ida, editor, "I. Moss", quoted[0])
        assert self.other == moss and names(otto) == []

    @pytest.mark.parametrize("to", ["Ida Moss", "ida  MOSS", "", "\u200b"])
    def test_no_name_and_oneself_are_refused(self, ida: Speaker, quoted: list[Quotation], editor: User, to: str):
        with pytest.raises(NotJoinable):
            self.split(ida, editor, to, quoted[0])
        assert not Act.objects.exists()

    def test_nothing_chosen_is_refused(self, ida: Speaker, quoted: list[Quotation], editor: User):
        with pytest.raises(NotJoinable):
            self.split(ida, editor, "Otto Brandt")
        assert not Speaker.objects.filter(name="Otto Brandt").exists()

    def test_what_somebody_changed_meanwhile_is_refused(self, ida: Speaker, quoted: list[Quotation], editor: User):
        corrections.change_speaker(Quotation.objects.get(pk=quoted[1].pk), name="Ida", by=editor, version=1)
        for chosen in (quoted[1], Quotation.objects.get(pk=quoted[1].pk)):
            with pytest.raises(StaleEdit):
                self.split(ida, editor, "Otto Brandt", quoted[0], chosen)
        assert Quotation.objects.get(pk=quoted[0].pk).speaker == ida


class TestManyQuotations:
    @pytest.mark.one_engine
    def test_merging_and_undoing_take_a_fixed_number_of_queries_for_each_hundred(
        self, ida: Speaker, moss: Speaker, editor: User, django_assert_max_num_queries: object
    ):
        article = make_article("x " * 1200, title="Many")
        some = make_quotation(article, "x", speaker=moss)
        rows = [
            Quotation(**{f: getattr(some, f) for f in ("article", "speaker", "kind", "spans", "content")})
            for _ in range(1100)
        ]
        for number, row in enumerate(rows):
            row.start, row.end = number, number + 1
        Quotation.objects.bulk_create(rows)
        with django_assert_max_num_queries(60):  # type: ignore[operator]
            act = join(ida, moss, editor)
        assert ida.quotations.count() == 1103
        with django_assert_max_num_queries(60):  # type: ignore[operator]
            corrections.undo(Act.objects.get(pk=act.pk), by=editor)
        assert moss.quotations.count() == 1103
