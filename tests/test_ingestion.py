"""Records become rows, each text once, and one bad input costs only itself."""

import datetime
from pathlib import Path

import pytest
from django.db import DataError, IntegrityError, OperationalError

from articles import extraction, ingestion, nlp
from articles.importing import ArticleRecord, Source, UnreadableInput
from articles.ingestion import Outcome, Result, ingest
from articles.models import Article, Outlet, Quotation, Speaker
from tests import factories

TEXT = "“The nets were empty,” Ada Brook said on Monday.\n"
HEADED = """\
Title: Empty nets
Outlet: The Harbour Gazette
Author: Carmen Dahl
Date: 24 September 2019
URL: https://harbour.example/nets

PORT ELM – The fleet stayed in port.

“The nets were empty,” Ada Brook said on Monday.

CD/HG
"""

pytestmark = pytest.mark.django_db


def source(folder: Path, text: str, *, name: str = "nets.txt") -> Source:
    (folder / name).write_text(text, encoding="utf-8")
    return Source(name, folder / name)


def results(sources) -> list[Result]:
    return [outcome.result for outcome in ingest(sources)]


@pytest.fixture
def reads(monkeypatch):
    """`reads(record)`: what every source holds from now on."""

    def reads(record: ArticleRecord) -> None:
        monkeypatch.setattr(ingestion, "read", lambda source, **options: iter([record]))

    return reads


@pytest.fixture
def tripping(monkeypatch):
    """The pipeline raises until `tripping.undo()`."""
    with pytest.MonkeyPatch.context() as patch:

        def trip(doc):
            raise IndexError("no such token")

        patch.setattr(nlp, "find_quotations", trip)
        yield patch


def test_every_field_and_the_quotations_are_stored(tmp_path):
    assert list(ingest([source(tmp_path, HEADED)])) == [Outcome("nets.txt", Result.ADDED)]
    article = Article.objects.get()
    assert article.text.startswith("PORT ELM – The fleet") and article.text.endswith("CD/HG\n")
    assert article.text_sha256 == Article.digest(article.text)
    assert (article.title, article.outlet.name, article.byline) == (
        "Empty nets",
        "The Harbour Gazette",
        "Carmen Dahl",
    )
    assert article.published_on == datetime.date(2019, 9, 24)
    assert (article.url, article.place, article.signoff) == ("https://harbour.example/nets", "Port Elm", "CD/HG")
    assert (article.source_name, article.encoding) == ("nets.txt", "utf-8")
    assert article.extracted_with == nlp.PIPELINE_VERSION
    quotation = article.quotations.get()
    assert (quotation.content, str(quotation.speaker)) == ("“The nets were empty,”", "Ada Brook")


def test_the_same_text_is_stored_once_whatever_its_name(tmp_path):
    sources = [source(tmp_path, TEXT), source(tmp_path, TEXT, name="copy.txt")]
    assert results(sources) == [Result.ADDED, Result.UNCHANGED]
    assert results(sources) == [Result.UNCHANGED, Result.UNCHANGED]
    assert (Article.objects.count(), Quotation.objects.count()) == (1, 1)


def test_an_unchanged_article_is_not_extracted_again(tmp_path, tripping):
    tripping.undo()
    nets = source(tmp_path, TEXT)
    assert results([nets]) == [Result.ADDED]
    tripping.setattr(extraction, "find", None)
    assert results([nets]) == [Result.UNCHANGED]


def test_outlets_are_the_same_whatever_accents_and_case(tmp_path):
    texts = [f"Outlet: {name}\n\n{name}: {TEXT}" for name in ("Le Monde Été", "LE MONDE  ETE", "Other")]
    assert results(source(tmp_path, text) for text in texts) == [Result.ADDED] * 3
    assert [outlet.name for outlet in Outlet.objects.all()] == ["Le Monde Été", "Other"]


def test_an_outlet_without_a_letter_is_none(reads):
    reads(ArticleRecord(TEXT, title="Nets", outlet="\u0301"))
    assert results([Source("nets.txt")]) == [Result.ADDED]
    assert Article.objects.get().outlet is None


def test_unreadable_inputs_fail_with_their_reason_and_the_rest_goes_on(tmp_path):
    outcomes = list(
        ingest(
            [
                UnreadableInput("gone", "no such file or folder"),
                source(tmp_path, "", name="empty.txt"),
                source(tmp_path, "Title: x\nDate: someday\n\nText.", name="someday.txt"),
                source(tmp_path, TEXT),
            ]
        )
    )
    assert [outcome.result for outcome in outcomes] == [Result.FAILED] * 3 + [Result.ADDED]
    assert [outcome.source for outcome in outcomes] == ["gone", "empty.txt", "someday.txt", "nets.txt"]
    assert [outcome.reason for outcome in outcomes[:2]] == ["no such file or folder", "empty file"]
    assert "someday" in outcomes[2].reason
    assert Article.objects.count() == 1


# Values and their columns


def test_long_values_are_cut_to_their_columns(reads):
    values = {"title": 500, "byline": 300, "place": 100, "signoff": 50, "licence": 500, "encoding": 50}
    reads(ArticleRecord(TEXT, **{field: "x" * (most + 1) for field, most in values.items()}))
    assert results([Source("nets.txt")]) == [Result.ADDED]
    article = Article.objects.get()
    assert {field: len(getattr(article, field)) for field in values} == values
    assert article.title == "x" * 499 + "…"


def test_values_as_long_as_their_columns_stay_whole(reads):
    reads(ArticleRecord(TEXT, title="😀" * 500, outlet="x" * 200, url="https://x.example/".ljust(1000, "x")))
    assert results([Source("nets.txt")]) == [Result.ADDED]
    article = Article.objects.get()
    assert (article.title, len(article.outlet.name), len(article.url)) == ("😀" * 500, 200, 1000)


def test_of_a_long_path_the_end_stays(reads):
    reads(ArticleRecord(TEXT, title="Nets", source_name="folder/" * 200 + "nets.txt"))
    assert results([Source("nets.txt")]) == [Result.ADDED]
    name = Article.objects.get().source_name
    assert (len(name), name[0], name[-15:]) == (1000, "…", "folder/nets.txt")


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("url", "https://x.example/".ljust(1001, "x"), "its URL is longer than 1,000 characters"),
        ("outlet", "x" * 201, "its outlet's name is longer than 200 characters"),
    ],
)
def test_what_means_something_else_when_cut_fails(reads, field, value, reason):
    reads(ArticleRecord(TEXT, title="Nets", source_name="nets.txt", **{field: value}))
    assert list(ingest([Source("nets.txt")])) == [Outcome("nets.txt", Result.FAILED, reason)]
    assert not Article.objects.exists() and not Outlet.objects.exists()


# When the pipeline, the database or another process gets in the way


def test_an_article_that_trips_the_pipeline_is_stored_pending_and_completed_later(tmp_path, tripping):
    nets = source(tmp_path, HEADED)
    [outcome] = ingest([nets])
    assert outcome.result is Result.FAILED
    assert outcome.reason.startswith("stored, but its quotations could not be found (IndexError: no such token)")
    article = Article.objects.get()
    assert (article.extracted_with, article.outlet.name) == ("", "The Harbour Gazette")

    [again] = ingest([nets])
    assert again.result is Result.FAILED and Article.objects.count() == 1

    tripping.undo()
    assert results([nets, nets]) == [Result.COMPLETED, Result.UNCHANGED]
    assert Article.objects.get().quotations.count() == 1


def test_only_the_text_that_trips_the_pipeline_suffers(tmp_path, tripping):
    tripping.undo()
    find_quotations = nlp.find_quotations

    def trip_over_cod(doc):
        if "cod" in doc.text:
            raise RecursionError("too deep")
        return find_quotations(doc)

    tripping.setattr(nlp, "find_quotations", trip_over_cod)
    sources = [source(tmp_path, text, name=f"{n}.txt") for n, text in enumerate([TEXT, f"{TEXT} cod", f"{TEXT} eel"])]
    assert results(sources) == [Result.ADDED, Result.FAILED, Result.ADDED]
    assert [article.source_name for article in Article.objects.pending()] == ["1.txt"]


def test_a_text_that_another_process_stores_in_the_same_moment_is_unchanged(tmp_path, monkeypatch):
    nets = source(tmp_path, HEADED)
    find, meanwhile = extraction.find, []

    def find_while_another_stores(text, **options):
        if not meanwhile:
            meanwhile.append(True)
            meanwhile.extend(ingest([nets]))
        return find(text, **options)

    monkeypatch.setattr(extraction, "find", find_while_another_stores)
    assert results([nets]) == [Result.UNCHANGED]
    assert meanwhile[1].result is Result.ADDED
    assert (Article.objects.count(), Quotation.objects.count()) == (1, 1)


@pytest.mark.parametrize("trips", [False, True])
def test_the_pipeline_reads_a_text_once_also_where_another_process_stored_it_pending(tmp_path, monkeypatch, trips):
    find, texts = extraction.find, []

    def find_while_another_stores(text, **options):
        texts.append(text)
        factories.make_article(text, extracted_with="")
        if trips:
            raise extraction.ExtractionFailed("IndexError: no such token")
        return find(text, **options)

    monkeypatch.setattr(extraction, "find", find_while_another_stores)
    assert results([source(tmp_path, TEXT)]) == [Result.FAILED if trips else Result.COMPLETED]
    assert len(texts) == 1
    assert Article.objects.get().quotations.count() == (0 if trips else 1)


def test_nothing_of_an_article_stays_when_its_quotations_cannot_be_stored(tmp_path, monkeypatch):
    def refuse(article, findings):
        raise IntegrityError("CHECK constraint failed:\n quotation_kind_known")

    monkeypatch.setattr(extraction, "store", refuse)
    [outcome] = ingest([source(tmp_path, HEADED)])
    assert outcome.reason == "refused by the database (CHECK constraint failed: quotation_kind_known)"
    assert not Article.objects.exists() and not Outlet.objects.exists() and not Speaker.objects.exists()


def test_a_value_that_the_database_refuses_costs_one_article(tmp_path, monkeypatch):
    find = extraction.find

    def refuse_cod(text, **options):
        if "cod" in text:
            raise DataError("value out of range")
        return find(text, **options)

    monkeypatch.setattr(extraction, "find", refuse_cod)
    sources = [source(tmp_path, f"{TEXT} cod", name="cod.txt"), source(tmp_path, TEXT)]
    assert results(sources) == [Result.FAILED, Result.ADDED]


def test_a_database_that_is_gone_ends_the_run(tmp_path, monkeypatch):
    def gone(text, **options):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(extraction, "find", gone)
    with pytest.raises(OperationalError):
        list(ingest([source(tmp_path, TEXT)]))
