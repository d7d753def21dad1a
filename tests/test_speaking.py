"""Names that come in, through a real import: whom they mean, whom they make, and when they mean nobody."""

import json
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection

from articles import corrections, extraction
from articles.candidates import candidates
from articles.extraction import Suggestion
from articles.importing import Source
from articles.models import Article, Quotation, Speaker
from tests.factories import ingest, make_article, make_quotation
from tests.racing import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def brought(tmp_path: Path) -> object:
    """`brought(name, …)`: import an article for each in which one of that name is quoted; the quotations."""

    def bring(*names: str) -> list[Quotation]:
        rows = []
        for name in names:
            number = Article.objects.count() + len(rows)
            text = f"“The nets were empty,” {name} said on Monday, for the {number}th time. The fleet stayed in port."
            said = {"start": 0, "end": 22, "speaker": name, "cue": None}
            rows.append({"text": text, "title": f"Nets {number}", "quotations": [said]})
        path = tmp_path / "news.jsonl"
        path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        ingest([Source("news.jsonl", path)])
        return list(Quotation.objects.order_by("-pk")[: len(names)][::-1])

    return bring


def names(quotations: list[Quotation]) -> list[str]:
    return [str(one.speaker or "") for one in quotations]


class TestImporting:
    def test_a_merged_name_leads_to_the_survivor_and_makes_nobody(self, brought, editor: User):  # type: ignore[no-untyped-def]
        brought("Ida Moss", "Irma Moss")
        ida, irma = Speaker.objects.order_by("name")
        irma.aliases.create(name="Captain Moss")
        act = corrections.join(ida, irma, by=editor, versions=(1, 1))
        assert names(brought("Irma Moss", "Captain Moss", "irma  MOSS")) == ["Ida Moss"] * 3
        assert Speaker.objects.count() == 2
        corrections.undo(act, by=editor)
        assert names(brought("Irma Moss")) == ["Irma Moss"]
        assert ida.quotations.count() == 4  # what came in meanwhile stays

    def test_also_where_the_survivor_has_lost_the_name(self, brought, editor: User):  # type: ignore[no-untyped-def]
        brought("Ida Moss", "Irma Moss")
        ida, irma = Speaker.objects.order_by("name")
        corrections.join(ida, irma, by=editor, versions=(1, 1))
        ida.aliases.all().delete()
        assert names(brought("Irma Moss")) == ["Ida Moss"]

    def test_nobody_where_the_survivor_is_hidden(self, brought, editor: User):  # type: ignore[no-untyped-def]
        brought("Ida Moss", "Irma Moss")
        ida, irma = Speaker.objects.order_by("name")
        corrections.join(ida, irma, by=editor, versions=(1, 1))
        corrections.edit([corrections.Edit(ida, 2, {"is_hidden": True})], by=editor)
        assert names(brought("Irma Moss", "Ida Moss")) == ["", ""]
        assert Speaker.objects.count() == 2

    def test_what_may_be_short_for_somebody_known_means_nobody(self, brought):  # type: ignore[no-untyped-def]
        assert names(brought("Jane Smith", "John Smith")) == ["Jane Smith", "John Smith"]
        short = brought("J. Smith", "Smith")
        assert names(short) == ["", ""] and Speaker.objects.count() == 2
        assert short[0].note == "Came in as said by “J. Smith”."
        assert [str(one.speaker) for one in candidates(short[0])] == ["Jane Smith", "John Smith"]
        assert names(brought("A. Smith", "J. Brook", "Otto")) == ["A. Smith", "J. Brook", "Otto"]

    def test_a_short_name_that_came_first_keeps_its_speaker(self, brought):  # type: ignore[no-untyped-def]
        brought("J. Smith")
        brought("Jane Smith")
        assert names(brought("J. Smith", "Jane Smith")) == ["J. Smith", "Jane Smith"]


def named(name: str) -> Suggestion:
    return Suggestion({"origin": "machine"}, name, "person")


def test_queries_are_as_many_for_many_names(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    Speaker.objects.create(name="Jane Smith")
    with django_assert_max_num_queries(10):
        extraction.speakers_of([named(f"{letter}. Smith") for letter in "ABCDJK"])


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one transaction write at a time")
class TestAtOnce:
    """What is quoted, corrected and undone in the moment of a merging ends with somebody who is shown."""

    def everything_is_shown(self) -> bool:
        return not Quotation.objects.filter(speaker__is_hidden=True).exists()

    def test_with_a_correction(self, analyst: User, editor: User) -> None:
        article = make_article()
        mine = make_quotation(article)
        for number in range(15):
            ida, irma = (Speaker.objects.create(name=f"{name} Moss {number}") for name in ("Ida", "Irma"))
            mine.refresh_from_db()
            outcomes = at_once(
                lambda: corrections.change_speaker(mine, name=str(irma), by=analyst, version=mine.version),  # noqa: B023
                lambda: corrections.join(ida, irma, by=editor, versions=(1, 1)),  # noqa: B023
            )
            assert not [one for one in outcomes if isinstance(one, Exception)], outcomes
            mine.refresh_from_db()
            assert mine.speaker == ida and self.everything_is_shown()

    def test_with_an_extraction(self, editor: User) -> None:
        from django.db import transaction

        article = make_article()
        for number in range(15):
            ida, irma = (Speaker.objects.create(name=f"{name} Moss {number}") for name in ("Ida", "Irma"))
            make_quotation(article, speaker=irma)

            @transaction.atomic
            def extract() -> None:
                found = extraction.speakers_of([named(str(irma))])  # noqa: B023
                make_quotation(article, "the fleet would stay in port", speaker=found[str(irma)])  # noqa: B023

            outcomes = at_once(extract, lambda: corrections.join(ida, irma, by=editor, versions=(1, 1)))  # noqa: B023
            assert not [one for one in outcomes if isinstance(one, Exception)], outcomes
            assert self.everything_is_shown() and ida.quotations.count() == 2

    def test_with_the_same_the_other_way_round(self, editor: User, analyst: User) -> None:
        for number in range(15):
            pair = [Speaker.objects.create(name=f"{name} Moss {number}") for name in ("Ida", "Irma")]
            outcomes = at_once(
                lambda: corrections.join(*pair, by=editor, versions=(1, 1)),  # noqa: B023
                lambda: corrections.join(*pair[::-1], by=analyst, versions=(1, 1)),  # noqa: B023
            )
            refused = [one for one in outcomes if isinstance(one, Exception)]
            assert [type(one) for one in refused] == [corrections.NotJoinable], outcomes
