"""Word clusters as vectors: what a word is like, for words that the treebanks do not have.

The clusters are the table `lexeme_cluster` of spacy-lookups-data (MIT): a thousand Brown clusters
(Brown et al. 1992), each a path of bits in a binary tree, first bit lowest. Words whose paths share
their first bits are used alike. A cluster's vector is fixed, not learned: for each of a few prefix lengths a
random direction that all clusters with that prefix have in common.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import spacy_lookups_data
from spacy.vectors import Vectors
from spacy.vocab import Vocab
from srsly import read_gzip_json

PREFIXES = (3, 5, 7, 9, 16)
WIDTH = 16
MOST_WORDS = 60_000


def add_cluster_vectors(vocab: Vocab, *, seed: int) -> None:
    """Give `vocab` one vector per cluster, for the most frequent words that have a cluster."""
    clusters: dict[str, int] = _table("lexeme_cluster")
    probabilities: dict[str, float] = _table("lexeme_prob")
    known = [word for word in probabilities if clusters.get(word) and not word.isspace()]
    known.sort(key=lambda word: (-probabilities[word], word))
    known = known[:MOST_WORDS]
    paths = sorted({clusters[word] for word in known})
    rows = {path: row for row, path in enumerate(paths)}
    vectors = Vectors(strings=vocab.strings, shape=(len(paths), WIDTH * len(PREFIXES)))
    vectors.data[:] = _directions(paths, seed=seed)
    for word in known:
        vectors.add(word, row=rows[clusters[word]])
    vocab.vectors = vectors


def _table(name: str) -> dict[str, Any]:
    """By the words themselves; spaCy's own load_lookups() would give hashes of them only."""
    table: dict[str, Any] = read_gzip_json(f"{spacy_lookups_data.en[name]}.gz")
    return table


def _directions(paths: list[int], *, seed: int) -> np.ndarray:
    generator = np.random.default_rng(seed)
    seen: dict[tuple[int, int], np.ndarray] = {}
    table = np.zeros((len(paths), WIDTH * len(PREFIXES)), dtype="float32")
    for row, path in enumerate(paths):
        for place, length in enumerate(PREFIXES):
            prefix = length, path & ((1 << length) - 1)
            if prefix not in seen:
                seen[prefix] = generator.choice((-1.0, 1.0), size=WIDTH).astype("float32")
            table[row, place * WIDTH : (place + 1) * WIDTH] = seen[prefix]
    return table
