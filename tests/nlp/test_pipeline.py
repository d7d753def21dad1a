"""load(): blank English or a model underneath, the text kept to the letter, time in step with length."""

from __future__ import annotations

import time
from pathlib import Path
from typing import cast

import pytest
import spacy
from spacy.language import Language

from articles.nlp import find_quotations, load
from articles.nlp.by_paragraph import ByParagraph
from articles.nlp.pipeline import COMPONENTS

TEXT = "“We sail,” said Ida Moss."
SHIPPED_PIPES = ["tok2vec", "tagger", "morphologizer", "trainable_lemmatizer", "parser", "ner"]


def base_of(nlp: Language) -> list[str]:
    grammar = cast(ByParagraph, nlp.get_pipe("newsroom_grammar"))
    assert grammar.base is not None
    return grammar.base.pipe_names


def test_the_components_go_on_top_of_a_model(nlp: Language) -> None:
    assert nlp.pipe_names == ["newsroom_grammar", *COMPONENTS]
    assert nlp.analyze_pipes()["problems"] == {name: [] for name in nlp.pipe_names}


def test_a_model_named_by_path_or_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEWSROOM_SPACY_MODEL", raising=False)
    assert base_of(load()) == SHIPPED_PIPES
    base = spacy.blank("en")
    base.add_pipe("sentencizer")
    base.to_disk(tmp_path)
    assert base_of(load(str(tmp_path))) == ["sentencizer"]
    monkeypatch.setenv("NEWSROOM_SPACY_MODEL", str(tmp_path))
    assert base_of(load()) == ["sentencizer"]
    monkeypatch.setenv("NEWSROOM_SPACY_MODEL", "blank")
    assert base_of(load()) == []
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
def test_time_grows_in_step_with_length(nlp: Language, unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()
        nlp(text)
        return time.process_time() - start

    seconds(20_000)
    assert seconds(200_000) < 25 * max(seconds(20_000), 0.01)
