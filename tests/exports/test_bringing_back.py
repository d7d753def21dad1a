"""What comes back and what does not: bad records among good ones, broken files, and what is there already."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.core.management import call_command

from articles import bulk, corrections, querysets
from articles.bringing_back import Report, bring_back
from articles.exports import jsonl
from articles.exports.records import NotAnExport
from articles.importing import Source
from articles.ingestion import Outcome, Result
from articles.models import Act, Article, ImportRun, Outlet, Quotation, SignatureOfText, Speaker, Story
from tests.exports.conftest import EMPTY
from tests.factories import TEXT, ingest, make_article, make_quotation
from tests.failing import failing_once

pytestmark = pytest.mark.django_db


def article_of(lines: list[dict[str, Any]], place: int = 0) -> dict[str, Any]:
    return [one for one in lines if one["record"] == "article"][place]


def brought(lines: list[Any], outcomes: list[Outcome] | None = None) -> Report:
    data = b"".join(json.dumps(line).encode() + b"\n" if isinstance(line, dict) else line for line in lines)
    told = outcomes.append if outcomes is not None else lambda outcome: None
    return bring_back(jsonl.read(io.BytesIO(data)), source="news.jsonl", told=told)


def failures(lines: list[Any]) -> list[str]:
    outcomes: list[Outcome] = []
    brought(lines, outcomes)
    return [f"{one.source}: {one.reason}" for one in outcomes if one.result is Result.FAILED]


class TestAgain:
    def test_twice_is_as_once(self, lines: list[dict[str, Any]]) -> None:
        first, again = brought(lines), brought(lines)
        assert (first.articles.added, first.quotations.added, first.speakers.added, first.acts.added) == (2, 3, 2, 2)
        assert (again.articles.there, again.quotations.there, again.speakers.there, again.acts.there) == (2, 3, 2, 2)
        assert again.is_faultless
        assert (Article.objects.count(), Quotation.objects.count(), Act.objects.count()) == (2, 3, 2)

    def test_what_was_left_is_brought_another_time(self, lines: list[dict[str, Any]]) -> None:
        at = lines.index(article_of(lines, 1))
        part = brought(lines[:at])
        assert not part.is_faultless
        assert "ends before its end" in part.stopped
        report = brought(lines)
        assert report.is_faultless
        assert (report.articles.there, report.articles.added) == (1, 1)
        assert (report.acts.added, Act.objects.first().changes.count()) == (2, 1)

    def test_the_audit_finds_nothing(self, lines: list[dict[str, Any]]) -> None:
        brought(lines)
        call_command("audit", quiet=True)

    def test_it_is_one_import_on_record(self, lines: list[dict[str, Any]]) -> None:
        brought(lines)
        run = ImportRun.objects.get()
        assert (run.state, run.given, run.added, run.failed) == ("finished", ["news.jsonl"], 2, 0)
        assert set(Article.objects.values_list("import_run", flat=True)) == {run.pk}

    def test_who_is_not_here_gets_an_account_that_nobody_can_use(self, lines: list[dict[str, Any]]) -> None:
        report = brought(lines)
        user = User.objects.get()
        assert report.accounts == ["analyst"] == [user.username]
        assert not user.is_active
        assert not user.has_usable_password()

    def test_later_imports_find_its_near_copies(self, lines: list[dict[str, Any]], tmp_path: Any) -> None:
        long = TEXT + " ".join(f"word{number} of the long text" for number in range(40))
        article_of(lines)["text"] = long
        del article_of(lines)["text_sha256"]
        brought(lines)
        assert SignatureOfText.objects.count() == 2
        (tmp_path / "copy.txt").write_text(f"{long}\n\nAnd a line of another outlet.\n")
        ingest([Source("copy.txt", tmp_path / "copy.txt")], processes=0)
        assert Story.objects.count() == 1


class TestWhatIsThere:
    def test_an_article_with_that_text_is_left_as_it_is(self, lines: list[dict[str, Any]]) -> None:
        make_article(title="Mine")
        report = brought(lines)
        assert (report.articles.there, report.articles.added) == (1, 1)
        mine = Article.objects.get(title="Mine")
        assert (mine.version, mine.reviewed_by, mine.quotations.count()) == (1, None, 0)
        assert report.left_out == 2  # the acts on it and in it
        assert not mine.changes.exists()

    def test_so_is_one_that_had_that_text_before(self, lines: list[dict[str, Any]], editor: User) -> None:
        mine = make_article(title="Mine")
        corrections.correct_text(mine, "Another text.\n", by=editor, version=1)
        report = brought(lines)
        assert (report.articles.there, Article.objects.count()) == (1, 2)

    def test_a_quotation_that_is_elsewhere_stays_there(self, lines: list[dict[str, Any]]) -> None:
        mine = make_article("“The nets were empty,” and no more.", title="Mine")
        uid = article_of(lines)["quotations"][0]["uid"]
        make_quotation(mine, EMPTY, uid=uid)
        report = brought(lines)
        assert (report.quotations.there, report.quotations.added) == (1, 2)
        assert uid in report.notes[0]
        assert Quotation.objects.get(uid=uid).article == mine

    def test_speakers_and_outlets_are_found_by_name_and_never_overwritten(self, lines: list[dict[str, Any]]) -> None:
        moss = Speaker.objects.create(name="IDA MOSS", role="harbour master", version=3)
        gazette = Outlet.objects.create(name="the harbour gazette", homepage="https://gazette.example/")
        report = brought(lines)
        assert (report.speakers.there, report.speakers.added) == (1, 1)
        moss.refresh_from_db()
        assert (moss.name, moss.role, moss.version, moss.quotations.count()) == ("IDA MOSS", "harbour master", 3, 2)
        assert set(Article.objects.values_list("outlet", flat=True)) == {gazette.pk}

    def test_who_was_merged_here_gets_no_quotation(self, lines: list[dict[str, Any]], editor: User) -> None:
        survivor, moss = Speaker.objects.create(name="Ida Moss-Weir"), Speaker.objects.create(name="Ida Moss")
        corrections.join(survivor, moss, by=editor, versions=(1, 1))
        brought(lines)
        assert (moss.quotations.count(), survivor.quotations.count()) == (0, 2)

    def test_nor_who_is_merged_in_that_moment(
        self, lines: list[dict[str, Any]], editor: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        moss, weir, last = (Speaker.objects.create(name=name) for name in ("Ida Moss", "Ida Moss-Weir", "Ida Weir"))
        corrections.join(weir, moss, by=editor, versions=(1, 1))
        merged_into, asked = querysets.bringing.merged_into, []

        def merging_after_the_first(speakers: Iterable[int]) -> dict[int, int]:
            found = merged_into(speakers)
            if weir.pk in found.values() and not asked:
                asked.append(found)
                corrections.join(last, weir, by=editor, versions=(1, Speaker.objects.get(pk=weir.pk).version))
            return found

        monkeypatch.setattr(querysets.bringing, "merged_into", merging_after_the_first)
        brought(lines)
        assert asked and (moss.quotations.count(), weir.quotations.count(), last.quotations.count()) == (0, 0, 2)


Change = Callable[[list[dict[str, Any]]], None]


def change_text(lines: list[dict[str, Any]]) -> None:
    article_of(lines)["text"] += "!"


def move(lines: list[dict[str, Any]]) -> None:
    article_of(lines)["quotations"][0]["spans"] = [[1, 22]]


def set_quotation(**values: Any) -> Change:
    return lambda lines: article_of(lines)["quotations"][0].update(values)


def set_article(**values: Any) -> Change:
    return lambda lines: article_of(lines).update(values)


def set_speaker(**values: Any) -> Change:
    return lambda lines: next(one for one in lines if one["record"] == "speaker").update(values)


def set_act(**values: Any) -> Change:
    return lambda lines: next(one for one in lines if one["record"] == "act").update(values)


class TestBadOnes:
    @pytest.mark.parametrize(
        ("change", "place", "why"),
        [
            (change_text, "article", "SHA-256"),
            (set_article(title="x\0y"), "article", "NUL"),
            (set_article(byline="\ud800"), "article", "half a character"),
            (set_article(url="https://x.example/" + "x" * 2000), "article", "longer than"),
            (set_article(published_on="2025-02-30"), "article", "no day"),
            (set_article(version=-1), "article", "version"),
            (set_article(reviewed_by=""), "article", "reviewed"),
            (set_article(quotations=3), "article", "no list"),
            (set_article(outlet={"name": "\u200b"}), "article", "outlet"),
            (set_article(text=" "), "article", "no text"),
            (set_article(former_texts=[{"text": "x", "text_sha256": "0"}]), "article", "former text"),
            (move, "quotation", "content"),
            (set_quotation(spans=[[0, 5], [3, 9]]), "quotation", "span"),
            (set_quotation(spans=[[0, 99999]]), "quotation", "span"),
            (set_quotation(spans=[[True, 9]]), "quotation", "offsets"),
            (set_quotation(kind="loud"), "quotation", "kind"),
            (set_quotation(state="done"), "quotation", "state"),
            (set_quotation(confidence=2), "quotation", "between 0 and 1"),
            (set_quotation(uid="7"), "quotation", "UUID"),
            (set_quotation(former_text=0), "quotation", "former text"),
            (set_quotation(settled_at=None), "quotation", "when"),
            (set_quotation(settled_at="2025-01-01T00:00:00"), "quotation", "zone"),
            (set_quotation(cue_words="shouted"), "quotation", "cue_words"),
            (set_speaker(name="\u200b"), "speaker", "called"),
            (set_speaker(kind="ghost"), "speaker", "kind"),
            (set_speaker(wikidata_id="x"), "speaker", "Wikidata"),
            (set_speaker(merged_into=3), "speaker", "merged"),
            (set_act(verb="sing"), "act", "verb"),
            (set_act(by=""), "act", "who did it"),
            (set_act(undoes=str(uuid4())), "act", "undoes"),
            (set_act(changes=[{"after": {}}]), "act", "one record"),
        ],
    )
    def test_a_bad_one_costs_itself_and_is_named(
        self, lines: list[dict[str, Any]], change: Change, place: str, why: str
    ) -> None:
        change(lines)
        (line,) = failures(lines)
        assert line.startswith("news.jsonl, ")
        assert place in line
        assert why in line
        assert "\n" not in line
        assert Article.objects.count() == (1 if place == "article" else 2)
        expected = {"article": 1, "quotation": 2}.get(place, 3)
        assert Quotation.objects.count() == expected
        assert ImportRun.objects.get().failed == 1

    def test_a_line_that_is_no_json_costs_itself(self, lines: list[dict[str, Any]]) -> None:
        found: list[Any] = [*lines]
        found[found.index(article_of(lines))] = b'{"record": "article", oh\n'
        outcomes: list[Outcome] = []
        report = brought(found, outcomes)
        assert "line 4: not JSON" in next(one.reason for one in outcomes if one.result is Result.FAILED)
        assert report.articles.added == 1
        assert "parts of it are missing" in report.stopped

    def test_a_text_that_comes_twice_comes_once(self, lines: list[dict[str, Any]]) -> None:
        copy = article_of(lines) | {"number": 999, "quotations": []}
        lines.insert(lines.index(article_of(lines)), copy)
        lines[-1]["articles"] += 1
        assert "twice" in failures(lines)[0]

    def test_a_speaker_who_cannot_be_leaves_the_name_in_a_note(self, lines: list[dict[str, Any]]) -> None:
        set_speaker(name="")(lines)
        brought(lines)
        assert Quotation.objects.filter(speaker=None).first().note == "Came in as said by “Ida Moss”."


class TestBroken:
    @pytest.mark.parametrize("cut", [-1, -2, -3, -5])
    def test_without_its_end_it_is_told(self, lines: list[dict[str, Any]], cut: int) -> None:
        report = brought(lines[:cut])
        assert "ends before its end" in report.stopped
        assert ImportRun.objects.get().state == "stopped"

    def test_so_is_one_that_ends_in_the_middle_of_a_line(self, lines: list[dict[str, Any]]) -> None:
        report = brought([*lines[:-2], json.dumps(lines[-2]).encode()[:50]])
        assert "breaks off" in report.stopped
        assert report.articles.added == 2

    def test_so_is_one_of_which_a_part_is_missing(self, lines: list[dict[str, Any]]) -> None:
        del lines[lines.index(article_of(lines))]
        report = brought(lines)
        assert "its end says 2 articles, there are 1" in report.stopped
        assert report.articles.added == 1

    @pytest.mark.parametrize(
        ("first", "why"),
        [
            ({"record": "head", "version": 2}, "of version 2"),
            ({"record": "head"}, "version"),
            ({"record": "article"}, "does not begin as an export does"),
            (b"[" * 100_000 + b"\n", "line 1: not JSON"),
            (b'{"record":[]}\n', "line 1: no record"),
            (b"hello\n", "line 1: not JSON"),
            (b"[1]\n", "line 1: no record"),
        ],
    )
    def test_of_what_is_none_nothing_is_written(self, lines: list[dict[str, Any]], first: Any, why: str) -> None:
        with pytest.raises(NotAnExport, match=why):
            brought([first, *lines[1:]])
        assert not ImportRun.objects.exists()


AFTER_A_WHILE = [
    *("accounts", "speakers", "articles", "holders_of_former", "quotations", "former_texts", "acts"),
    *("by_key", "update"),
]


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_gone_for_a_moment_changes_no_number(
    lines: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    settings.NEWSROOM_PATIENCE = 60
    monkeypatch.setattr("articles.patience.time.sleep", lambda seconds: None)
    speaker = next(one for one in lines if one["record"] == "speaker")
    merged = speaker | {"number": 9998, "name": "I. Moss", "is_hidden": True, "merged_into": speaker["number"]}
    act = next(one for one in lines if one["record"] == "act")
    lines[1:1] = [speaker | {"number": 9999, "name": ""}, merged]
    lines.insert(-1, act | {"uid": str(uuid4()), "by": ""})
    lines[-1]["speakers"] += 2
    lines[-1]["acts"] += 1
    failing = list(AFTER_A_WHILE)

    for name in AFTER_A_WHILE:
        owner = {"by_key": type(Outlet.objects.all()), "update": bulk}.get(name, querysets.bringing)
        monkeypatch.setattr(owner, name, failing_once(name, getattr(owner, name), failing=failing))
    report = brought(lines)
    assert not failing
    assert (str(report.speakers), str(report.acts), str(report.articles)) == (
        "added 3, there already 0, failed 1",
        "added 2, there already 0, failed 1",
        "added 2, there already 0",
    )
    assert report.accounts == ["analyst"]
    assert Speaker.objects.get(name="I. Moss").merged_into == Speaker.objects.get(name="Ida Moss")


class TestLess:
    """Records of formats that carry less."""

    def test_a_text_and_spans_are_enough(self) -> None:
        quotation = {"spans": [[0, 22]], "speaker_name": "Ida Moss (harbour master)"}
        article = {"record": "article", "text": TEXT, "quotations": [quotation]}
        end = {"record": "end", "articles": 1, "quotations": 1, "speakers": 0, "acts": 0}
        assert brought([{"record": "head", "version": 1}, article, end]).is_faultless
        stored = Article.objects.get()
        assert (stored.title, stored.extracted_with, stored.source_name) == (
            TEXT.strip(),
            "annotations",
            "news.jsonl",
        )
        one = Quotation.objects.get()
        assert (one.state, one.origin, one.kind, one.content) == ("accepted", "imported", "direct", EMPTY)
        assert (one.speaker.name, one.speaker.qualifier) == ("Ida Moss", "harbour master")

    def test_a_name_of_two_means_nobody_and_is_noted(self) -> None:
        Speaker.objects.create(name="Ida Moss")
        Speaker.objects.create(name="Ida Moss", qualifier="footballer")
        quotations = [{"spans": [[0, 22]], "speaker_name": "Ida Moss"}]
        article = {"record": "article", "text": TEXT, "quotations": quotations}
        brought([{"record": "head", "version": 1}, article])
        one = Quotation.objects.get()
        assert (one.speaker, one.note) == (None, "Came in as said by “Ida Moss”.")

    def test_without_quotations_they_are_still_to_be_sought(self) -> None:
        brought([{"record": "head", "version": 1}, {"record": "article", "text": TEXT}])
        assert Article.objects.get().is_pending
