"""From corpus files to a pipeline on disk."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as run_training_loop
from spacy.util import load_config, registry

from ..tokenizing import split_at_marks
from . import augmentation  # noqa: F401  registers the augmenter
from .clusters import add_cluster_vectors
from .corpora import read_entities, read_treebank

HERE = Path(__file__).parent
SEED = 20191
META = {
    "name": "newsroom",
    "version": "1.0.0",
    "description": "English tags, lemmas, trees and names under Newsroom's quotations",
    "license": "CC BY-SA 4.0",
}
"""What the model says of itself; its README.md says the rest."""


class Corpora(NamedTuple):
    """Paths of CoNLL-U files to train on (treebanks) and to choose by (dev), and of two-column lists of names."""

    treebanks: list[Path]
    dev: list[Path]
    names: list[Path]


@registry.callbacks("newsroom.split_at_marks.v1")  # type: ignore[untyped-decorator]
def create_split_at_marks() -> Callable[[Language], Language]:
    def split(nlp: Language) -> Language:
        split_at_marks(nlp)
        return nlp

    return split


def prepare(corpora: Corpora, *, folder: Path) -> None:
    """Write what both training runs read: four .spacy files and the vectors."""
    folder.mkdir(parents=True, exist_ok=True)
    vectors = spacy.blank("en")
    add_cluster_vectors(vectors.vocab, seed=SEED)
    vectors.to_disk(folder / "vectors")
    vocab = spacy.blank("en").vocab
    trees = [d for path in corpora.treebanks for d in read_treebank(path, vocab=vocab, paragraph_breaks=True)]
    dev = [d for path in corpora.dev for d in read_treebank(path, vocab=vocab, paragraph_breaks=False)]
    entities = [doc for path in corpora.names for doc in read_entities(path, vocab=vocab)]
    _write(trees, path=folder / "grammar-train.spacy")
    _write(dev, path=folder / "grammar-dev.spacy")
    _write([*_with_names(trees), *entities], path=folder / "names-train.spacy")
    _write(_with_names(dev), path=folder / "names-dev.spacy")


def _with_names(docs: Iterable[Doc]) -> list[Doc]:
    return [doc for doc in docs if doc.has_annotation("ENT_IOB")]


def _write(docs: Iterable[Doc], *, path: Path) -> None:
    DocBin(docs=docs, store_user_data=False).to_disk(path)


def train_part(part: str, *, folder: Path, steps: int | None = None) -> Path:
    """Run spaCy's training loop for "grammar" or "names"; gives the folder of the best model."""
    overrides: dict[str, object] = {
        "paths.train": str(folder / f"{part}-train.spacy"),
        "paths.dev": str(folder / f"{part}-dev.spacy"),
        "paths.vectors": str(folder / "vectors"),
    }
    if steps:
        overrides["training.max_steps"] = steps
    config = load_config(HERE / f"{part}.cfg", overrides=overrides, interpolate=False)
    nlp = init_nlp(config)
    output = folder / part
    output.mkdir(exist_ok=True)
    run_training_loop(nlp, output, stdout=sys.stdout, stderr=sys.stderr)
    return output / "model-best"


def join(*, grammar: Path, names: Path) -> Language:
    """One pipeline: the grammar's components, then the names'; nothing of how they were trained stays in it."""
    nlp = spacy.load(grammar)
    nlp.add_pipe("ner", source=spacy.load(names))
    for section in ("paths", "system", "corpora", "training", "initialize"):
        nlp.config.pop(section, None)
    nlp.meta.update(META)
    return nlp
