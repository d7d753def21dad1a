"""manage.py train_model, on a treebank of two sentences, many times over."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
import spacy
from django.core.management import CommandError, call_command

from tests.nlp.training.test_corpora import TREEBANK


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.conllu"
    path.write_text(TREEBANK * 30, encoding="utf-8")  # what is rarer than twenty times is not learned
    return path


def test_it_writes_a_pipeline_that_tags_parses_and_names(
    treebank: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = StringIO()
    folder = tmp_path / "model"
    call_command("train_model", folder, treebank=[treebank], dev=[treebank], score=[treebank], steps=2, stdout=out)
    nlp = spacy.load(folder)
    assert nlp.pipe_names == ["tok2vec", "tagger", "morphologizer", "trainable_lemmatizer", "parser", "ner"]
    assert nlp("Ida Moss left.").has_annotation("DEP")
    assert f"NEWSROOM_SPACY_MODEL={folder}" in out.getvalue()
    assert "harbour.conllu: tags " in out.getvalue()
    assert str(tmp_path) not in (folder / "config.cfg").read_text(encoding="utf-8")
    assert nlp.meta["license"] == "CC BY-SA 4.0"


def test_a_missing_file_is_named(treebank: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"No such file: .*nowhere\.conllu"):
        call_command("train_model", tmp_path / "m", treebank=[treebank], dev=[tmp_path / "nowhere.conllu"])
    assert not (tmp_path / "m").exists()


def test_a_treebank_that_is_none_is_named(treebank: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.conllu"
    bad.write_text("1\tGo\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"bad\.conllu, line 1: 2 columns"):
        call_command("train_model", tmp_path / "m", treebank=[bad], dev=[treebank])
