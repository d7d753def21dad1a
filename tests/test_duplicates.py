"""How alike two names are, and which speakers may be one: what is found, what is not, and what a second run keeps."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from articles.likeness import alike, is_partial
from articles.models import PossibleDuplicate, Speaker, last_word, sound_of
from articles.roles import name_in, role_in


@pytest.mark.parametrize(
    ("one", "other", "by"),
    [
        ("ida moss", "moss, ida", "same words"),
        ("dr. ida moss", "ida moss", "same words"),
        ("luiz inacio lula da silva", "luiz da silva", "longer name"),
        ("j. smith", "jane smith", "initials"),
        ("j. r. smith", "john ronald smith", "initials"),
        ("smith", "jane smith", "surname"),
        ("hassan rohani", "hassan rouhani", "spelling"),
        ("muammar gaddafi", "moammar qadhafi", "spelling"),
        ("ali khamenei", "ali khamene’i", "spelling"),
        ("irgc", "islamic revolutionary guard corps", "acronym"),
        ("jane smith", "john smith", None),
        ("jane smith", "joan smith", None),
        ("gareth moss", "greta moss", None),
        ("r. smith", "jane smith", None),
        ("john r. smith", "john t. smith", None),
        ("smith", "smart", None),
        ("un", "united nations", None),
        ("...", "ida moss", None),
    ],
)
def test_two_names(one: str, other: str, by: str | None):
    found = alike(one, other)
    assert found == alike(other, one)
    assert (found and found.by) == by


def test_a_closer_form_is_more_certain():
    longer, initials, surname = (alike(name, "jane ann smith") for name in ("jane smith", "j. smith", "smith"))
    assert longer and initials and surname
    assert 1 > longer.certainty > initials.certainty > surname.certainty > 0


def test_partial_names():
    partial = ["smith", "j. smith", "mr smith", "j. k. rowling"]
    assert [key for key in [*partial, "jane smith", "the fisheries ministry"] if is_partial(key)] == partial


def test_sounds_and_last_words():
    assert last_word("martin luther king jr.") == "king" and last_word("omar al-bashir") == "bashir"
    assert sound_of("a zarif") == sound_of("zareef") != sound_of("zorro")
    assert sound_of("习近平") == "习近平" and sound_of("...") == ""


def test_roles_and_names_in_a_mention():
    known = ["Otto Brandt"]
    mentions = ["the Foreign Minister, Otto Brandt", "he", "Mr Brandt", "the harbour master", "Otto Brandt, 43,", ""]
    assert [role_in(one, known) for one in mentions] == ["Foreign Minister", "", "", "harbour master", "", ""]
    assert [
        name_in(one) for one in ("the minister, J. Smith", "He", "the harbour master", "Ludwig van der Rohe")
    ] == [*("J. Smith", "", "", "Ludwig van der Rohe")]


def run() -> dict[str, int]:
    out = StringIO()
    call_command("duplicates", as_json=True, stdout=out, stderr=StringIO())
    report: dict[str, int] = json.loads(out.getvalue())
    return report


@pytest.mark.django_db
class TestTheCommand:
    def pairs(self) -> dict[frozenset[str], float]:
        return {frozenset({str(one.first), str(one.second)}): one.score for one in PossibleDuplicate.objects.open()}

    def speakers(self, *names: str) -> list[Speaker]:
        return [Speaker.objects.create(name=name) for name in names]

    def test_a_short_name_is_shared_among_its_bearers(self):
        self.speakers("J. Smith", "Jane Smith", "John Smith", "B. Roe", "Bill Roe", "Ida Moss")
        assert run()["pairs"] == 3
        assert self.pairs() == {
            frozenset({"J. Smith", "Jane Smith"}): 0.3,
            frozenset({"J. Smith", "John Smith"}): 0.3,
            frozenset({"B. Roe", "Bill Roe"}): 0.6,
        }

    def test_other_names_count_and_hidden_speakers_do_not(self):
        ida, irma, _ = self.speakers("Ida Moss", "Irma Roe", "Otto Brandt")
        irma.aliases.create(name="Moss, Ida")
        run()
        assert self.pairs() == {frozenset({"Ida Moss", "Irma Roe"}): 0.95}
        Speaker.objects.filter(pk=ida.pk).update(is_hidden=True)
        assert run()["dropped"] == 1 and not PossibleDuplicate.objects.exists()

    def test_wikidata_tells_together_and_apart(self):
        ida, moss, otto = self.speakers("Ida Moss", "I. Moss", "Otto Brandt")
        Speaker.objects.filter(pk__in=[ida.pk, otto.pk]).update(wikidata_id="Q42")
        Speaker.objects.filter(pk=moss.pk).update(wikidata_id="Q7")
        run()
        assert self.pairs() == {frozenset({"Ida Moss", "Otto Brandt"}): 1}

    def test_two_of_one_name_with_qualifiers_are_told_apart_already(self):
        for qualifier in ("captain", "skipper"):
            Speaker.objects.create(name="Ida Moss", qualifier=qualifier)
        assert run()["pairs"] == 0
        Speaker.objects.create(name="Ida Moss")
        assert run()["pairs"] == 2

    def test_names_are_heard_anew_where_the_rules_have_changed(self):
        (ida,) = self.speakers("Ida Moss")
        ida.aliases.create(name="Mrs Moss")
        for names in (Speaker.objects, ida.aliases):
            names.update(sound="x")
        run()
        assert [*Speaker.objects.values_list("sound"), *ida.aliases.values_list("sound")] == [("ms",)] * 2

    def test_twice_is_the_same_as_once(self):
        ida, *_ = self.speakers("Ida Moss", "I. Moss", "Ina Roe", "I. Roe")
        assert run() | {"seconds": 0} == {"speakers": 4, "pairs": 2, "new": 2, "dropped": 0, "seconds": 0}
        numbers = set(PossibleDuplicate.objects.values_list("pk", flat=True))
        assert run()["new"] == 0 and set(PossibleDuplicate.objects.values_list("pk", flat=True)) == numbers
        ida.name = "Ida Brandt"
        ida.save()
        assert run()["dropped"] == 1


@pytest.mark.django_db
@pytest.mark.parametrize("wikidata_id", ["42", "Q", "Q0", "Q042", "Q4 2", "q42x", "Q42Q"])
def test_the_database_keeps_wikidata_ids(wikidata_id: str):
    speaker = Speaker.objects.create(name="Ida Moss", wikidata_id="Q42")
    with pytest.raises(IntegrityError), transaction.atomic():
        Speaker.objects.filter(pk=speaker.pk).update(wikidata_id=wikidata_id)
