"""Word clusters as vectors."""

from __future__ import annotations

import numpy as np
import pytest
import spacy
from spacy.vocab import Vocab

from articles.nlp.training.clusters import MOST_WORDS, add_cluster_vectors


@pytest.fixture(scope="module")
def vocab() -> Vocab:
    vocab = spacy.blank("en").vocab
    add_cluster_vectors(vocab, seed=3)
    return vocab


def test_one_vector_a_cluster_for_many_words(vocab: Vocab) -> None:
    rows, width = vocab.vectors.shape
    assert rows < 2_000
    assert width == 80
    assert vocab.vectors.n_keys == MOST_WORDS


def test_words_of_one_use_share_a_vector_and_words_of_like_use_a_part_of_it(vocab: Vocab) -> None:
    assert np.array_equal(vocab["Friday"].vector, vocab["Tuesday"].vector)
    assert not np.array_equal(vocab["Friday"].vector, vocab["claimed"].vector)


def test_the_same_seed_gives_the_same(vocab: Vocab) -> None:
    again = spacy.blank("en").vocab
    add_cluster_vectors(again, seed=3)
    assert np.array_equal(again["said"].vector, vocab["said"].vector)
