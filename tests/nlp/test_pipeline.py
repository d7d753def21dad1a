"""load(): blank English or a model underneath, the text kept to the letter, time in step with length."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType

import pytest
import spacy
from spacy.language import Language

from articles.nlp import find_quotations, load
from articles.nlp.pipeline import COMPONENTS, base_of

TEXT = "“We sail,” said Ida Moss."
SHIPPED_PIPES = ["tok2vec", "tagger", "morphologizer", "trainable_lemmatizer", "parser", "ner"]


def test_the_components_go_on_top_of_a_model(nlp: Language) -> None:
    assert nlp.pipe_names == ["newsroom_grammar", *COMPONENTS]
    assert nlp.analyze_pipes()["problems"] == {name: [] for name in nlp.pipe_names}


def test_a_model_named_by_path_or_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEWSROOM_SPACY_MODEL", raising=False)
    assert base_of(load()).pipe_names == SHIPPED_PIPES
    base = spacy.blank("en")
    base.add_pipe("sentencizer")
    base.to_disk(tmp_path)
    assert base_of(load(str(tmp_path))).pipe_names == ["sentencizer"]
    monkeypatch.setenv("NEWSROOM_SPACY_MODEL", str(tmp_path))
    assert base_of(load()).pipe_names == ["sentencizer"]
    monkeypatch.setenv("NEWSROOM_SPACY_MODEL", "blank")
    assert base_of(load()).pipe_names == []
    monkeypatch.setenv("NEWSROOM_SPACY_MODEL", "no_such_package")
    with pytest.raises(OSError, match="no_such_package"):
        load()


def test_a_saved_pipeline_finds_the_same(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert again.pipe_names == nlp.pipe_names
    assert find_quotations(again(TEXT)) == find_quotations(nlp(TEXT)) != []


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", " x ", "country.”The end", "a" * 2000 + "“b”" * 500 + " c", "e\u0301 שלום 🙂"]
)
def test_the_text_is_kept_to_the_letter(nlp: Language, text: str) -> None:
    assert nlp(text).text == text


def test_a_mark_inside_a_word_is_a_token(nlp: Language) -> None:
    assert [token.text for token in nlp("the country.”The Leader")] == [
        "the",
        "country",
        ".",
        "”",
        "The",
        "Leader",
    ]


def test_the_extension_gives_what_the_function_gives(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert doc._.quotations == find_quotations(doc)


@pytest.mark.parametrize("unit", ["he said ", "“A,” he said. ", "according to ", "“A b c d.” ", "Ab of ", "'a "])
def test_work_grows_in_step_with_length(nlp: Language, unit: str) -> None:
    """Calls are counted, not seconds: the same on every machine, however busy."""

    def calls(size: int) -> int:
        count = 0

        def counted(frame: FrameType, event: str, argument: object) -> None:
            nonlocal count
            count += 1

        text = unit * (size // len(unit))
        sys.setprofile(counted)
        try:
            nlp(text)
        finally:
            sys.setprofile(None)
        return count

    assert calls(40_000) < 12 * calls(4_000)
