"""A wrong NEWSROOM_SPACY_MODEL, whatever is wrong with it: the commands name it and say what to do."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from articles.models import Article, ImportRun
from articles.nlp import batch
from tests.factories import make_article

from .conftest import write_articles

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


@pytest.fixture(params=["no_such_package", "an empty folder", "a broken folder"])
def model(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The variable's value."""
    folder = tmp_path / "model"
    if request.param != "no_such_package":
        folder.mkdir()
    if request.param == "a broken folder":
        (folder / "meta.json").write_text("{}")
        (folder / "config.cfg").write_text("nonsense")
    name = request.param if request.param == "no_such_package" else str(folder)
    monkeypatch.setenv("NEWSROOM_SPACY_MODEL", name)
    batch.loaded.cache_clear()
    yield name
    batch.loaded.cache_clear()


def refusal(*args: str) -> str:
    with pytest.raises(CommandError) as refused:
        call_command(*args, stdout=io.StringIO(), stderr=io.StringIO())
    return str(refused.value)


def assert_helpful(message: str, *, model: str) -> None:
    assert message.startswith(f"NEWSROOM_SPACY_MODEL is '{model}', which spaCy cannot load (")
    assert message.endswith("or unset it for the model that Newsroom ships.")
    assert "\n" not in message


def test_ingest_stores_articles_and_leaves_them_pending(model: str, tmp_path: Path):
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("ingest", str(write_articles(tmp_path / "news", 2)), stdout=out, stderr=err)
    assert (ended.value.code, out.getvalue()) == (1, "Added 2, unchanged 0, failed 0\n")
    assert err.getvalue().startswith(f"Quotations cannot be sought: NEWSROOM_SPACY_MODEL is '{model}', which spaCy")
    assert err.getvalue().endswith("the same command again goes on from there.\n")
    assert Article.objects.pending().count() == 2
    assert ImportRun.objects.get().state == "stopped"


def test_extract_leaves_articles_pending(model: str):
    make_article(extracted_with="")
    assert_helpful(refusal("extract", "--pending"), model=model)
    assert Article.objects.pending().count() == 1


def test_extract_of_lines(model: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"id": 1, "text": ""}\n')))
    assert_helpful(refusal("extract", "--jsonl"), model=model)


def test_demo_leaves_no_half_of_it(model: str, settings):
    settings.DEBUG = True
    assert_helpful(refusal("demo"), model=model)
    assert not User.objects.exists()
