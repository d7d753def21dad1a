"""brat and bench files as the corpus and the bench of the field take them, and our own import."""

import importlib.util
import io
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings
from hypothesis import given

from articles import gathering
from articles.exports import bench, brat
from articles.exports.records import Record
from articles.exports.standing import standing
from articles.importing import ArticleRecord, find_files, read
from tests.factories import ingest

from . import making

SHARED = Path(settings.BASE_DIR).parent / "shared" / "bench"
CORPUS = SHARED / "polnear" / "dev"
MEASURES = ("precision", "recall", "quote_f1", "exact_f1", "speaker", "end2end_f1")


@pytest.fixture(scope="module")
def quote_bench() -> ModuleType:
    path = SHARED / "quote_bench.py"
    if not path.exists():
        pytest.skip("needs the bench, ../shared/bench/quote_bench.py")
    spec = importlib.util.spec_from_file_location("quote_bench", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.django_db
def test_polnear_comes_out_as_it_came_in(quote_bench: ModuleType, tmp_path: Path) -> None:
    """Imported as gold and exported: our corpus against our predictions, and against those of the original."""
    if not CORPUS.exists():
        pytest.skip("needs the corpus, ../shared/bench/polnear/dev")
    ingest(find_files([CORPUS]))
    check_scores(quote_bench, CORPUS, list(gathering.records(gathering.Selection())), tmp_path)


def check_scores(quote_bench: ModuleType, corpus: Path, records: list[Record], folder: Path) -> None:
    (folder / "export").mkdir()
    out, lines = io.BytesIO(), io.BytesIO()
    brat.write(iter(records), out)
    bench.write(iter(records), lines)
    zipfile.ZipFile(out).extractall(folder / "export")
    predictions = {row["id"]: row["quotes"] for row in map(quote_bench.json.loads, lines.getvalue().splitlines())}
    ours, theirs = quote_bench.read_corpus(folder / "export"), quote_bench.read_corpus(corpus)
    assert set(ours) == set(theirs)
    # An import composes characters (NFC), which moves what stands behind them in two of the texts by one or two.
    same = {name: gold for name, gold in theirs.items() if gold[0] == ours[name][0]}
    assert len(same) == 82
    for gold in (ours, same):
        all_of_it = quote_bench.score(gold, predictions)["all"]
        assert {name: all_of_it[name] for name in MEASURES} == dict.fromkeys(MEASURES, 1.0)
    all_of_it = quote_bench.score(theirs, predictions)["all"]
    assert all_of_it["gold"] == all_of_it["predicted"] == 2192
    assert all_of_it["quote_f1"] == 1.0 and all_of_it["end2end_f1"] > 0.994


@making.some(15)
@given(records=making.exports())
def test_our_import_reads_what_was_exported(records: list[Record], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("brat") / "export.brat.zip"
    with path.open("wb") as file:
        brat.write(iter(records), file)
    exported = {each["text"]: each for each in records if each["record"] == "article"}
    found = list(read(path)) if exported else []
    for record in found:
        if not isinstance(record, ArticleRecord):
            assert "control characters" in record.reason
            continue
        if record.text in exported:  # an import brings texts into normal form, and takes what looks like headers off
            expected = standing(exported[record.text])
            of_ours = {(tuple(map(tuple, each["spans"])), each["kind"]) for each in expected}
            assert {(each.spans, each.kind) for each in record.quotations} == of_ours
            assert {each.cue for each in record.quotations if each.cue} == {
                tuple(each["cue"]) for each in expected if each["cue"]
            }
    assert len(found) == len(exported)


def test_a_folder_is_read_like_the_zip(tmp_path: Path) -> None:
    out = io.BytesIO()
    brat.write(making.many(3), out)
    zipfile.ZipFile(out).extractall(tmp_path)
    found = [record for source in find_files([tmp_path]) for record in read(source)]  # type: ignore[arg-type]
    assert [len(record.quotations) for record in found] == [2, 2, 2]  # type: ignore[union-attr]


def test_names_are_fit_for_files_and_differ() -> None:
    head, *articles, end = making.many(4, quoted=0)
    names = ("news.zip!a/B ?.txt", "x/b_.txt", "B .txt", "../..")
    renamed = [{**article, "source_name": name} for article, name in zip(articles, names, strict=True)]
    out = io.BytesIO()
    brat.write(iter([head, *renamed, end]), out)  # type: ignore[list-item]
    texts = [name for name in zipfile.ZipFile(out).namelist() if name.startswith("text/")]
    assert texts == ["text/B_.txt", "text/b_-2.txt", "text/B_-3.txt", "text/article.txt"]
