"""manage.py evaluate: figures, misses and calibration of a corpus, without a database."""

import functools
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from django.conf import settings
from django.core.management import CommandError, call_command
from spacy.language import Language

from articles import nlp
from articles.nlp import PIPELINE_VERSION
from tests.racing import PATIENCE

from .conftest import environment

TEXT = "“The nets were empty,” Ada Brook said. He hopes that they fill. The “old” harbour shut."
ANNOTATIONS = """\
T1\tContent 0 22\t“The nets were empty,”
T2\tSource 23 32\tAda Brook
E1\tAttribution:T2 Content:T1 Source:T2
T3\tContent 64 87\tThe “old” harbour shut.
E2\tAttribution:T3 Content:T3
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """One article: a direct quotation that is found whole, a mixed one that is missed, a spurious indirect one."""
    folder = tmp_path / "corpus"
    for part in ("text", "attributions"):
        (folder / part).mkdir(parents=True)
    (folder / "text" / "nets.txt").write_text(TEXT, encoding="utf-8")
    (folder / "attributions" / "nets_gold.ann").write_text(ANNOTATIONS, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.management.commands.evaluate.load", load)


@functools.cache
def load_by(model: str | None, variable: str | None) -> Language:
    return nlp.load(model)


def load(model: str | None) -> Language:
    return load_by(model, os.environ.get("NEWSROOM_SPACY_MODEL"))


def run(*args: object) -> str:
    out = io.StringIO()
    call_command("evaluate", *map(str, args), stdout=out)
    return out.getvalue()


def test_prints_the_table(corpus):
    heading, *rows = run(corpus).splitlines()
    assert heading.split() == [
        *("kind", "gold", "predicted", "precision", "recall"),
        *("quote_f1", "exact_f1", "speaker", "end2end_f1"),
    ]
    assert [row.split()[:5] for row in rows] == [
        ["direct", "1", "1", "1.000", "1.000"],
        ["mixed", "1", "0", "0.000", "0.000"],
        ["indirect", "0", "1", "0.000", "0.000"],
        ["direct+mixed", "2", "1", "1.000", "0.500"],
        ["all", "2", "2", "0.500", "0.500"],
    ]


def test_misses_are_counted_and_shown(corpus):
    _, counts, *shown = run(corpus, "--misses").rstrip().split("\n\n")
    assert [line.split() for line in counts.splitlines()[1:3]] == [
        ["missed", "0", "1", "0", "1"],
        ["spurious", "0", "0", "1", "1"],
    ]
    assert [miss.splitlines()[0] for miss in shown] == ["missed, mixed: nets 64–87", "spurious, indirect: nets 48–62"]


def test_misses_of_one_kind_or_class(corpus):
    assert "nets 48" not in run(corpus, "--misses", "--kind", "mixed")
    assert "nets 64" not in run(corpus, "--misses", 5, "--class", "spurious")
    assert "nets" not in run(corpus, "--misses", 0)


def test_calibration(corpus, tmp_path):
    svg = tmp_path / "curve.svg"
    _, bands = run(corpus, "--calibration", "--calibration-svg", svg).split("\n\n")
    assert bands.splitlines()[0].split() == ["confidence", "predicted", "mean", "right"]
    assert sum(int(line.split()[1]) for line in bands.splitlines()[1:-1]) == 2
    assert svg.read_text("utf-8").startswith("<svg")
    assert svg.read_text("utf-8").count("<circle") == 2


def test_json_holds_all_that_was_asked_for(corpus):
    plain = json.loads(run(corpus, "--json"))
    assert (plain["pipeline"], plain["articles"], plain["table"]["all"]["gold"]) == (PIPELINE_VERSION, 1, 2)
    assert set(plain) == {"pipeline", "articles", "table"}
    whole = json.loads(run(corpus, "--json", "--misses", "--calibration"))
    assert whole["misses"]["counts"]["missed"] == {"direct": 0, "mixed": 1, "indirect": 0}
    assert [miss["class"] for miss in whole["misses"]["shown"]] == ["missed", "spurious"]
    assert sum(band["predicted"] for band in whole["calibration"]["bands"]) == 2


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A folder with a pipeline of one component, the sentencizer."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "model")
    return tmp_path / "model"


@pytest.mark.parametrize("by", ["option", "variable"])
def test_another_model(corpus, model, monkeypatch, by):
    if by == "variable":
        monkeypatch.setenv("NEWSROOM_SPACY_MODEL", str(model))
    loaded = []
    monkeypatch.setattr(
        "articles.management.commands.evaluate.evaluate", lambda articles, *, nlp: loaded.append(nlp) or []
    )
    run(corpus, *(["--model", model] if by == "option" else []))
    assert loaded[0].get_pipe("newsroom_grammar").base.pipe_names == ["sentencizer"]


def test_a_model_that_is_not_there(corpus):
    with pytest.raises(CommandError, match=r"could not be loaded: .*no-such-model"):
        run(corpus, "--model", "no-such-model")


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (lambda folder: folder.rename(folder.parent / "gone"), "corpus: no such folder"),
        (lambda folder: (folder / "attributions" / "nets_gold.ann").unlink(), "no .ann file in it"),
        (lambda folder: annotate(folder, ""), "corpus: no quotation is annotated in it"),
        (lambda folder: annotate(folder, "T1\tContent 0 999\tnets\n"), "nets_gold.ann, line 1: offsets 0 999 in"),
    ],
)
def test_a_corpus_that_is_none_is_named_before_anything_is_loaded(corpus, monkeypatch, spoil, complaint):
    spoil(corpus)
    monkeypatch.setattr("articles.management.commands.evaluate.load", None)
    with pytest.raises(CommandError) as failed:
        run(corpus)
    assert complaint in str(failed.value)


def annotate(folder: Path, content: str) -> None:
    (folder / "attributions" / "nets_gold.ann").write_text(content, encoding="utf-8")


@pytest.mark.parametrize("args", [["--kind", "funny"], ["--misses", "-1"], ["--misses", "few"]])
def test_bad_arguments(corpus, args):
    with pytest.raises(CommandError):
        run(corpus, *args)


def test_a_curve_that_cannot_be_written_is_named(corpus, tmp_path):
    with pytest.raises(CommandError, match=r"nowhere/curve\.svg: No such file"):
        run(corpus, "--calibration-svg", tmp_path / "nowhere" / "curve.svg")


def test_touches_no_database(corpus):
    nowhere = environment("postgres://nobody@127.0.0.1:1/nowhere")
    command = [sys.executable, "manage.py", "evaluate", str(corpus), "--quiet"]
    process = subprocess.run(
        command, cwd=settings.BASE_DIR, env=nowhere, capture_output=True, text=True, timeout=PATIENCE
    )
    assert (process.stderr, process.returncode) == ("", 0)
    assert process.stdout.startswith("kind ")
