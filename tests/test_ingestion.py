"""Records become rows, each text once, and one bad input costs only itself."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import DataError, OperationalError

from articles import ingestion, nlp, storing
from articles.importing import ArticleRecord, RecordedQuotation, Source, UnreadableInput
from articles.importing.preparing import prepared
from articles.ingestion import Outcome, Result
from articles.models import Article, ImportRun, Outlet, Quotation, Speaker
from articles.nlp import pipeline
from tests import factories
from tests.factories import ingest

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
    return [outcome.result for outcome in ingest(sources) if outcome.result is not Result.EXTRACTED]


@pytest.fixture
def reads(monkeypatch):
    """`reads(record)`: what every source holds from now on."""

    def reads(record: ArticleRecord) -> None:
        monkeypatch.setattr(ingestion, "prepare", lambda source, **options: iter([prepared(record)]))

    return reads


@pytest.fixture
def tripping(monkeypatch):
    """The pipeline raises at texts with "cod" in them until `tripping.undo()`."""
    find_quotations = pipeline.find_quotations

    def trip_over_cod(doc):
        if "cod" in doc.text:
            raise RecursionError("too deep")
        return find_quotations(doc)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "find_quotations", trip_over_cod)
        yield patch


def test_every_field_and_the_quotations_are_stored(tmp_path):
    assert ingest([source(tmp_path, HEADED)]) == [
        Outcome("nets.txt", Result.ADDED),
        Outcome("nets.txt", Result.EXTRACTED),
    ]
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


def test_an_unchanged_article_is_not_extracted_again(tmp_path, monkeypatch):
    nets = source(tmp_path, TEXT)
    assert results([nets]) == [Result.ADDED]
    monkeypatch.setattr(pipeline, "find_quotations", None)
    assert [outcome.result for outcome in ingest([nets])] == [Result.UNCHANGED]


def test_outlets_are_the_same_whatever_accents_and_case(tmp_path):
    texts = [f"Outlet: {name}\n\n{name}: {TEXT}" for name in ("Le Monde Été", "LE MONDE  ETE", "Other")]
    assert results(source(tmp_path, text) for text in texts) == [Result.ADDED] * 3
    assert [outlet.name for outlet in Outlet.objects.all()] == ["Le Monde Été", "Other"]


def test_an_outlet_without_a_letter_is_none(reads):
    reads(ArticleRecord(TEXT, title="Nets", outlet="\u0301"))
    assert results([Source("nets.txt")]) == [Result.ADDED]
    assert Article.objects.get().outlet is None


def test_unreadable_inputs_fail_with_their_reason_and_the_rest_goes_on(tmp_path):
    outcomes = ingest(
        [
            UnreadableInput("gone", "no such file or folder"),
            source(tmp_path, "", name="empty.txt"),
            source(tmp_path, "Title: x\nDate: someday\n\nText.", name="someday.txt"),
            source(tmp_path, TEXT),
        ]
    )
    assert [outcome.result for outcome in outcomes] == [Result.FAILED] * 3 + [Result.ADDED, Result.EXTRACTED]
    assert [outcome.source for outcome in outcomes[:4]] == ["gone", "empty.txt", "someday.txt", "nets.txt"]
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
    assert ingest([Source("nets.txt")]) == [Outcome("nets.txt", Result.FAILED, reason)]
    assert not Article.objects.exists() and not Outlet.objects.exists()


# When the pipeline, the database or another process gets in the way


def test_an_article_that_trips_the_pipeline_is_stored_and_set_aside(tmp_path, tripping):
    cod = source(tmp_path, f"{TEXT} cod")
    added, failed = ingest([cod])
    assert (added.result, failed.result) == (Result.ADDED, Result.FAILED)
    assert failed.reason == (
        "stored, but its quotations could not be found (RecursionError: too deep); it is set aside until "
        "manage.py extract --set-aside"
    )
    assert list(Article.objects.set_aside()) == [Article.objects.get()]
    assert [outcome.result for outcome in ingest([cod])] == [Result.UNCHANGED]


def test_only_the_text_that_trips_the_pipeline_suffers(tmp_path, tripping):
    sources = [source(tmp_path, text, name=f"{n}.txt") for n, text in enumerate([TEXT, f"{TEXT} cod", f"{TEXT} eel"])]
    outcomes = ingest(sources)
    assert [outcome.source for outcome in outcomes if outcome.result is Result.FAILED] == ["1.txt"]
    assert [article.quotations.count() for article in Article.objects.order_by("id")] == [1, 0, 1]


def test_what_an_earlier_run_left_pending_is_completed(tmp_path):
    factories.make_article(TEXT, extracted_with="")
    nets = source(tmp_path, TEXT)
    assert results([nets, nets]) == [Result.UNCHANGED, Result.UNCHANGED, Result.COMPLETED]
    assert Article.objects.get().quotations.count() == 1
    assert results([nets]) == [Result.UNCHANGED]


def test_a_pause_among_the_sources_stores_and_extracts_what_came_before_it(tmp_path):
    def sources():
        yield source(tmp_path, TEXT)
        yield None
        assert Article.objects.get().quotations.count() == 1
        yield source(tmp_path, f"{TEXT} eel", name="eel.txt")

    assert results(sources()) == [Result.ADDED, Result.ADDED]


def test_pending_articles_are_handed_over_in_the_transaction_that_stores_them(tmp_path):
    deferred = []
    nets = source(tmp_path, TEXT)
    for _ in range(2):
        ingest([nets], defer=lambda *ids: deferred.append(ids))
    pk = Article.objects.pending().get().pk
    assert deferred == [([pk], []), ([], [pk])], "first as new, then as known"

    def refuse(new, known):
        raise OperationalError("no queue")

    with pytest.raises(OperationalError):
        ingest([source(tmp_path, f"{TEXT} eel")], defer=refuse)
    assert Article.objects.count() == 1


def test_a_run_that_goes_on_counts_what_it_had_added_as_added(tmp_path):
    run = ImportRun.objects.create()
    nets, copy = source(tmp_path, TEXT), source(tmp_path, TEXT, name="copy.txt")
    for _ in range(2):
        outcomes = ingest([nets, copy], run=run)
        assert [outcome.result for outcome in outcomes[:2]] == [Result.ADDED, Result.UNCHANGED]


def test_a_run_that_goes_on_counts_what_it_had_updated_as_updated(tmp_path):
    headed = "Title: Nets\nURL: https://x.example/nets\n\n"
    ingest([source(tmp_path, f"{headed}{TEXT}")])
    run, new = (
        ImportRun.objects.create(),
        source(tmp_path, f"{headed}{TEXT}The fleet stayed in the harbour.", name="new"),
    )
    for _ in range(2):
        assert next(outcome.result for outcome in ingest([new], run=run)) is Result.UPDATED
    assert [outcome.result for outcome in ingest([new])] == [Result.UNCHANGED]


def test_annotations_of_a_stored_text_count_as_an_update(tmp_path, monkeypatch):
    article = factories.make_article(TEXT)
    monkeypatch.setattr(ingestion, "prepare", lambda given, **options: iter([prepared(annotated(TEXT, name="nets"))]))
    given = source(tmp_path, TEXT)
    assert results([given, given]) == [Result.UPDATED, Result.UNCHANGED]
    assert results([given]) == [Result.UNCHANGED]
    assert article.quotations.get().origin == "imported"


def annotated(text: str, *, name: str, end: int = 22) -> ArticleRecord:
    return ArticleRecord(text, title=name, outlet="The Gazette", quotations=(RecordedQuotation(((0, end),)),))


def test_a_value_that_the_database_refuses_costs_one_article_and_all_of_it(monkeypatch):
    insert = storing.extraction.insert

    def refuse_cod(quotations, **options):
        quotations = list(quotations)
        if Article.objects.filter(text__contains="cod").exists():
            raise DataError("value out\n of range")
        insert(quotations, **options)

    monkeypatch.setattr(storing.extraction, "insert", refuse_cod)
    batch = [prepared(annotated(f"{TEXT}{fish}", name=fish)) for fish in ("eel", "cod", "pike")]
    stored = storing.store(batch, run=ImportRun.objects.create())
    assert [one.failure for one in stored] == ["", "refused by the database (value out of range)", ""]
    assert sorted(Article.objects.values_list("title", flat=True)) == ["eel", "pike"]
    assert Quotation.objects.count() == 2 and not Speaker.objects.exists()


def test_annotations_that_do_not_fit_their_text_cost_one_article():
    batch = [prepared(annotated(TEXT, name="long", end=999)), prepared(annotated(f"{TEXT} eel", name="eel"))]
    long, eel = storing.store(batch, run=ImportRun.objects.create())
    assert long.failure.startswith("content span 0–999 does not") and long.article is None
    assert eel.article.quotations.count() == 1


def test_annotations_of_a_new_version_are_not_doubled():
    run = ImportRun.objects.create()
    old = annotated(TEXT, name="old")
    [first] = storing.store([prepared(replace(old, url="https://x.example/nets"))], run=run)
    new = annotated(f"{TEXT} The fleet stayed in the harbour.", name="new")
    [again] = storing.store([prepared(replace(new, url="https://x.example/nets"))], run=run)
    assert (again.former, again.article) == (first.article, first.article)
    assert (again.article.extracted_with, again.article.quotations.count()) == (Article.ANNOTATED, 1)


def test_annotations_of_a_new_version_take_the_place_of_what_a_machine_suggested(tmp_path):
    run = ImportRun.objects.create()
    plain = replace(annotated(TEXT, name="old"), quotations=(), url="https://x.example/nets")
    [first] = storing.store([prepared(plain)], run=run)
    machine = factories.make_quotation(first.article, TEXT[:22])
    new = annotated(f"{TEXT} The fleet stayed in the harbour.", name="new")
    storing.store([prepared(replace(new, url="https://x.example/nets"))], run=run)
    quotation = first.article.quotations.get()
    assert (quotation.origin, quotation.state) == ("imported", "accepted") and quotation.pk != machine.pk


def test_a_text_that_comes_twice_while_it_is_pending_is_sought_once(tmp_path):
    factories.make_article(TEXT, extracted_with="")
    run = ImportRun.objects.create()
    ingest([source(tmp_path, TEXT), None, source(tmp_path, TEXT), source(tmp_path, TEXT, name="copy.txt")], run=run)
    assert run.to_extract == 1


def test_what_is_set_aside_is_not_waited_for(tmp_path, tripping):
    run = ImportRun.objects.create()
    ingest([source(tmp_path, f"{TEXT} cod"), source(tmp_path, f"{TEXT} eel", name="eel.txt")], run=run)
    assert run.to_extract == 1


def test_a_batch_that_was_kept_before_the_database_failed_counts_as_added(tmp_path, monkeypatch):
    store, failures = storing.store, [OperationalError("gone at the commit")]

    def kept_and_gone(batch, **options):
        stored = store(batch, **options)
        if failures:
            raise failures.pop()
        return stored

    monkeypatch.setattr(storing, "store", kept_and_gone)
    monkeypatch.setattr("articles.ingestion.patiently", lambda act, *args, **options: again(act, *args, **options))
    nets = source(tmp_path, TEXT)
    assert results([nets, nets])[:2] == [Result.ADDED, Result.UNCHANGED]


def again(act, *args, **options):
    try:
        return act(*args, **options)
    except OperationalError:
        return act(*args, **options)


def test_an_address_that_one_run_gives_to_many_articles_is_nobodys():
    def listed(*fish: str) -> ArticleRecord:
        words = " ".join(f"{one}{number} was sold." for one in fish for number in range(20))
        return ArticleRecord(words, title=fish[0], url="https://x.example/feed")

    run = ImportRun.objects.create()
    records = [listed("cod"), listed("eel"), listed("eel", "pike")]
    assert [bool(one.former) for one in storing.store([prepared(record) for record in records], run=run)] == [
        False,
        False,
        True,
    ]
    assert [article.title for article in Article.objects.order_by("id")] == ["cod", "eel"]
    [later] = storing.store([prepared(listed("ruffe"))], run=ImportRun.objects.create())
    assert later.former is not None


def test_a_database_that_is_gone_ends_the_run(tmp_path, monkeypatch):
    def gone(batch, **options):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(storing, "store", gone)
    with pytest.raises(OperationalError):
        ingest([source(tmp_path, TEXT)])
