"""Histories in a file that nobody can have made: what comes in is shown, and undone, without a fault."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from articles import corrections
from articles.models import Act, Change, Quotation, Speaker
from tests.exports.conftest import EMPTY
from tests.exports.test_bringing_back import brought, failures
from tests.factories import make_article, make_quotation

pytestmark = pytest.mark.django_db


def act_of(lines: list[dict[str, Any]], place: int = 0) -> dict[str, Any]:
    return [one for one in lines if one["record"] == "act"][place]


def add_acts(lines: list[dict[str, Any]], *acts: dict[str, Any]) -> None:
    lines[-1:-1] = acts
    lines[-1]["acts"] += len(acts)


class TestChanges:
    @pytest.mark.parametrize(
        "held",
        [
            *({"foo": 1}, {"id": 1}, {"version": 1}, {"article_id": 1}, {"save": 1}, {"_state": 1}, {"": 1}),
            *({"state": "zzz"}, {"state": None}, {"kind": "zzz"}, {"kind": 5}, {"spans": "abc"}, {"spans": [[1]]}),
            *({"is_hidden": "maybe"}, {"settled_at": "notadate"}, {"settled_at": "0001-01-01T00:00+23:00"}),
            *({"start": -1}, {"start": None}, {"content": 5}, {"note": "x" * 2000}, {"speaker_id": "1"}),
            *({"former_text_id": 0}, {"former_text_id": -5}, {"former_text_id": 7, "content": "x"}),
            {"state": "suggested", "settled_at": "2025-01-01T00:00:00+00:00"},
        ],
    )
    @pytest.mark.parametrize("side", ["before", "after"])
    def test_of_a_quotation(self, lines: list[dict[str, Any]], held: dict[str, Any], side: str) -> None:
        act_of(lines)["changes"][0][side] = held
        found = failures(lines)
        assert found
        assert all("\n" not in line and len(line) < 500 for line in found)
        assert Act.objects.count() == 1
        assert not Change.objects.filter(quotation__isnull=False).exists()

    @pytest.mark.parametrize(
        "held",
        [
            *({"wikidata_id": "javascript:x"}, {"aliases": [1, {}]}, {"aliases": "x"}, {"name": ""}, {"name": ["x"]}),
            *({"name": "x" * 100_000}, {"merged_into_id": "self"}, {"merged_into_id": 1, "is_hidden": False}),
            *({"kind": "ghost"}, {"key": "x"}, {"qualifier": "x" * 101}, {"role": None}),
        ],
    )
    def test_of_a_speaker(self, lines: list[dict[str, Any]], held: dict[str, Any]) -> None:
        number = next(one["number"] for one in lines if one["record"] == "speaker")
        held = {name: number if value == "self" else value for name, value in held.items()}
        act_of(lines)["changes"] = [{"speaker": number, "before": held, "after": {}}]
        assert failures(lines)
        assert not Change.objects.filter(speaker__isnull=False).exists()

    @pytest.mark.parametrize(
        "held", [{"url": "javascript:alert(1)"}, {"reviewed_at": None}, {"text": "x"}, {"title": ""}, {"story_id": 1}]
    )
    def test_of_an_article(self, lines: list[dict[str, Any]], held: dict[str, Any]) -> None:
        act_of(lines, 1)["changes"][0]["before"] = held
        assert failures(lines)

    def test_the_rest_of_an_act_stays(self, lines: list[dict[str, Any]]) -> None:
        act = act_of(lines)
        act["changes"].append(act["changes"][0] | {"before": {"foo": 1}})
        report = brought(lines)
        assert (report.acts.added, report.acts.failed, report.changes_failed) == (2, 0, 1)
        assert not report.is_faultless
        assert "Changes refused, which nobody can have made: 1" in report.in_words()
        assert Act.objects.get(uid=act["uid"]).changes.count() == 1


class TestRings:
    def test_a_uid_comes_once(self, lines: list[dict[str, Any]]) -> None:
        first = act_of(lines)
        other = first | {"uid": str(uuid4()), "verb": "undo", "undoes": first["uid"]}
        add_acts(lines, other, first | {"verb": "undo", "undoes": other["uid"]})
        (line,) = failures(lines)
        assert "comes twice" in line
        assert Act.objects.get(uid=first["uid"]).undoes is None
        assert Act.objects.get(uid=first["uid"]).undone_by.uid == UUID(other["uid"])

    def test_nor_is_one_undone_twice_or_by_itself(self, lines: list[dict[str, Any]]) -> None:
        first = act_of(lines)
        undoing = [first | {"uid": str(uuid4()), "verb": "undo", "undoes": first["uid"]} for _ in range(2)]
        alone = first | {"uid": (uid := str(uuid4())), "undoes": uid}
        add_acts(lines, *undoing, alone)
        found = failures(lines)
        assert len(found) == 2
        assert "which another act undid" in found[0]
        assert "not here" in found[1]
        assert Act.objects.count() == 3

    @pytest.mark.parametrize("size", [2, 3, 5])
    def test_speakers_lead_on_to_somebody(self, lines: list[dict[str, Any]], size: int) -> None:
        speaker = next(one for one in lines if one["record"] == "speaker")
        ring = [
            speaker
            | {"number": 900 + place, "name": f"Ring {place}", "is_hidden": True}
            | {"merged_into": 900 + (place + 1) % size}
            for place in range(size)
        ]
        lines[1:1] = ring
        lines[-1]["speakers"] += size
        (line,) = failures(lines)
        assert "merged in a ring" in line
        assert Speaker.objects.filter(name__startswith="Ring", merged_into=None).count() == 1
        brought(lines)
        assert Speaker.objects.filter(name__startswith="Ring", merged_into=None).count() == 1


def test_undoing_merges_nobody_in_a_ring(analyst: User, editor: User) -> None:
    one = Speaker.objects.create(name="Ida Moss")
    other = Speaker.objects.create(name="Otto Weir", is_hidden=True, merged_into=one)
    act = Act.objects.create(verb=Act.Verb.EDIT, by=analyst)
    Change.objects.create(act=act, speaker=one, before={"merged_into_id": other.pk, "is_hidden": True}, after={})
    with pytest.raises(corrections.NotUndoable, match="ring"):
        corrections.undo(act, by=editor)
    one.refresh_from_db()
    assert one.merged_into is None


def test_undoing_compares_the_words_with_the_text_that_they_go_to(analyst: User, editor: User) -> None:
    article = make_article()
    corrections.correct_text(article, "Another text.\n", by=editor, version=1)
    article.refresh_from_db()
    quotation = make_quotation(article, "Another text", kind="direct")
    former = article.former_texts.get()
    act = Act.objects.create(verb=Act.Verb.EDIT, by=analyst, article=article)
    Change.objects.create(
        act=act, quotation=quotation, before={"former_text_id": former.pk}, after={"former_text_id": None}
    )
    with pytest.raises(corrections.Moved):
        corrections.undo(act, by=editor)
    assert Quotation.objects.get().former_text is None
    assert EMPTY not in Quotation.objects.get().content
    call_command("audit", quiet=True)
