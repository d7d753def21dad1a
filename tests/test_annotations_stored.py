"""Articles that bring annotations, a language of their own, and columns of other names."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles import extraction
from articles.importing import Source
from articles.ingestion import Result
from articles.models import Article, Quotation
from tests.factories import ingest

ENGLISH = "“The nets were empty,” Ada Brook said on Monday, and the fleet stayed in the harbour until the evening."
GERMAN = (
    "Die Fischer blieben am Montag im Hafen, weil das Wetter zu schlecht war. „Die Netze waren leer“, sagte Ada "
    "Brook, die seit zwanzig Jahren auf dem Meer arbeitet und so etwas noch nie gesehen hat."
)

pytestmark = pytest.mark.django_db


def lines(folder: Path, *rows: dict) -> Source:
    path = folder / "news.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return Source("news.jsonl", path)


def annotated(folder: Path) -> Source:
    row = {"text": ENGLISH, "title": "Nets", "labels": [[0, 22, "Content"], [33, 37, "Cue"], [23, 32, "Source"]]}
    return lines(folder, row)


class TestAnnotations:
    def test_become_accepted_quotations_of_origin_imported(self, tmp_path: Path) -> None:
        assert [outcome.result for outcome in ingest([annotated(tmp_path)])] == [Result.ADDED]
        quotation = Quotation.objects.get()
        assert (quotation.content, quotation.cue, quotation.mention) == (
            "“The nets were empty,”",
            "said",
            "Ada Brook",
        )
        assert (quotation.origin, quotation.state, quotation.kind) == ("imported", "accepted", "direct")
        assert quotation.settled_by is None
        assert quotation.article.extracted_with == "annotations"

    def test_the_machine_seeks_none_beside_them(self, tmp_path: Path) -> None:
        (ingest([annotated(tmp_path)]))
        assert not Article.objects.pending().exists()
        assert not Article.objects.stale("9.9").exists()
        assert [outcome.result for outcome in ingest([annotated(tmp_path)])] == [Result.UNCHANGED]
        assert Quotation.objects.count() == 1

    def test_unless_asked_and_then_they_stay(self, tmp_path: Path) -> None:
        (ingest([annotated(tmp_path)]))
        call_command("extract", str(Article.objects.get().pk), stdout=StringIO(), stderr=StringIO())
        assert Quotation.objects.filter(origin="imported", state="accepted").count() == 1
        assert [outcome.result for outcome in ingest([annotated(tmp_path)])] == [Result.UNCHANGED]


def test_an_article_says_where_it_came_from(tmp_path: Path) -> None:
    source = lines(tmp_path, {"text": ENGLISH})
    (ingest([source]))
    article = Article.objects.get()
    assert (article.reader, article.language, article.encoding) == ("json-lines", "en", "utf-8")
    assert len(article.source_sha256) == 64
    assert article.source_name == "news.jsonl:1"


class TestLanguages:
    def test_without_a_pipeline_an_article_is_stored_and_says_why_nothing_is_suggested(
        self, tmp_path: Path, analyst_client
    ) -> None:
        assert [outcome.result for outcome in ingest([lines(tmp_path, {"text": GERMAN})])] == [Result.ADDED]
        article = Article.objects.get()
        assert (article.language, article.extracted_with) == ("de", "")
        assert not Article.objects.pending().exists()
        assert [outcome.result for outcome in ingest([lines(tmp_path, {"text": GERMAN})])] == [Result.UNCHANGED]
        page = analyst_client.get(article.get_absolute_url()).content.decode()
        assert "no pipeline is set for its language (de)" in page
        assert 'lang="de"' in page

    def test_a_setting_names_one(self, tmp_path: Path, settings) -> None:
        settings.NEWSROOM_PIPELINES = {"en": "", "de": "blank"}
        (ingest([lines(tmp_path, {"text": GERMAN})]))
        assert Article.objects.get().extracted_with == extraction.PIPELINE_VERSION


class TestMap:
    def test_a_column_of_another_name(self, tmp_path: Path) -> None:
        path = tmp_path / "news.csv"
        path.write_text(f'story_id,words\n1,"{ENGLISH}"\n', encoding="utf-8")
        call_command("ingest", str(path), "--map", "text=words", "--quiet")
        assert Article.objects.get().text == ENGLISH

    @pytest.mark.parametrize(
        ("pair", "complaint"),
        [
            ("text", "expected FIELD=NAME"),
            ("=words", "expected FIELD=NAME"),
            ("colour=red", '"colour" is not a field'),
        ],
    )
    def test_what_is_no_pair(self, tmp_path: Path, pair: str, complaint: str) -> None:
        with pytest.raises(CommandError, match=complaint):
            call_command("ingest", str(tmp_path), "--map", pair)
