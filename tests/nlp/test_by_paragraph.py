"""The language model, run paragraph by paragraph."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from articles.nlp import load
from articles.nlp.by_paragraph import LONGEST_PIECE, find_pieces

SHIPPED: Language = load()
TEXT = "Talks over\n\nTEHRAN – Ida Moss left. She said the port was shut.\n\n“We sail,” said Tom Roe."


def test_every_word_has_a_tag_and_a_place_in_a_tree() -> None:
    doc = SHIPPED(TEXT)
    assert doc.text == TEXT
    assert doc.has_annotation("DEP")
    assert all(token.tag_ for token in doc if not token.is_space)
    assert {"She", "port"} <= {token.text for token in doc if token.dep_.startswith("nsubj")}


def test_no_sentence_crosses_a_paragraph() -> None:
    assert all("\n\n" not in sentence.text.strip() for sentence in SHIPPED(TEXT).sents)


def test_names() -> None:
    assert ("Ida Moss", "PERSON") in [(entity.text, entity.label_) for entity in SHIPPED(TEXT).ents]


def test_the_same_alone_and_in_a_batch() -> None:
    alone = SHIPPED(TEXT).to_json()
    batched = [doc.to_json() for doc in SHIPPED.pipe([TEXT, "", TEXT])]
    assert batched[0]["tokens"] == alone["tokens"] == batched[2]["tokens"]


def test_a_long_paragraph_is_cut_behind_a_full_stop() -> None:
    sentence = ["The", "port", "is", "shut", "."]
    doc = Doc(spacy.blank("en").vocab, words=sentence * 500)
    pieces = list(find_pieces(doc))
    assert all(high - low <= LONGEST_PIECE for low, high in pieces)
    assert all(doc[high - 1].text == "." for _, high in pieces)
    assert [low for low, _ in pieces[1:]] == [high for _, high in pieces[:-1]]


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from('\n\r\t ."“”\u2028')),
        max_size=300,
    )
)
def test_pieces_lie_in_order_and_hold_every_word(text: str) -> None:
    doc = SHIPPED.make_doc(text)
    pieces = list(find_pieces(doc))
    assert all(before[1] <= after[0] for before, after in pairwise(pieces))
    held = {i for low, high in pieces for i in range(low, high)}
    assert all(token.is_space or not token.text.strip() for token in doc if token.i not in held)
    assert SHIPPED(text).text == text


def test_a_saved_pipeline_keeps_its_model(tmp_path: Path) -> None:
    SHIPPED.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert again(TEXT).to_json()["tokens"] == SHIPPED(TEXT).to_json()["tokens"]


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\u200b"])
def test_nothing_to_read(text: str) -> None:
    assert SHIPPED(text).text == text
