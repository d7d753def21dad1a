"""How good a model is on a treebank: the figures of its card."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from spacy.language import Language
from spacy.training import Example

from .corpora import read_treebank


class Figures(NamedTuple):
    """Shares, 0 to 1: accuracy of tags, parts of speech, lemmas and attachments, F1 of sentences and names.

    names is None where the treebank has none.
    """

    tags: float
    parts_of_speech: float
    lemmas: float
    unlabelled: float
    labelled: float
    sentences: float
    names: float | None


def score(nlp: Language, *treebanks: Path) -> Figures:
    """spaCy's own scores of `nlp` on treebanks taken together; punctuation does not count in trees."""
    docs = [doc for path in treebanks for doc in read_treebank(path, vocab=nlp.vocab, paragraph_breaks=False)]
    scores = nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in docs])
    names = scores.get("ents_f")
    keys = ("tag_acc", "pos_acc", "lemma_acc", "dep_uas", "dep_las", "sents_f")
    tags, parts_of_speech, lemmas, unlabelled, labelled, sentences = (float(scores[key]) for key in keys)
    return Figures(
        tags,
        parts_of_speech,
        lemmas,
        unlabelled,
        labelled,
        sentences,
        names=None if names is None else float(names),
    )
