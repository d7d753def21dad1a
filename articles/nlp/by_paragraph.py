"""The language model, run paragraph by paragraph.

No sentence crosses a paragraph, so nothing is lost; a batch of short Docs parses faster than one long Doc,
and memory stays the same however long the article is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc

from .found import Span
from .paragraphs import find_paragraphs

ATTRIBUTES = [TAG, POS, LEMMA, HEAD, DEP, ENT_IOB, ENT_TYPE]
LONGEST_PIECE = 1_000  # tokens
BATCH = 64  # pieces
SENTENCE_ENDS = frozenset((".", "?", "!", "…"))


class ByParagraph:
    """Annotates a Doc with what `base` finds in each of its paragraphs."""

    def __init__(self, base: Language | None = None) -> None:
        self.base = base

    def __call__(self, doc: Doc) -> Doc:
        if self.base is None or not self.base.pipe_names:
            return doc
        pieces = list(find_pieces(doc))
        values = np.zeros((len(doc), len(ATTRIBUTES)), dtype="uint64")
        values[:, ATTRIBUTES.index(ENT_IOB)] = 2  # outside
        words = [token.text for token in doc]
        spaces = [bool(token.whitespace_) for token in doc]
        # Span.as_doc() would look through the whole Doc for every piece.
        docs = (Doc(doc.vocab, words=words[start:end], spaces=spaces[start:end]) for start, end in pieces)
        for (start, end), piece in zip(pieces, self.base.pipe(docs, batch_size=BATCH), strict=True):
            values[start:end] = piece.to_array(ATTRIBUTES)
        doc.from_array(ATTRIBUTES, values)  # type: ignore[arg-type]
        return doc

    def to_disk(self, path: Any, **kwargs: Any) -> None:
        if self.base is not None:
            self.base.to_disk(path)

    def from_disk(self, path: Any, **kwargs: Any) -> ByParagraph:
        self.base = spacy.load(Path(path))
        return self


def find_pieces(doc: Doc) -> Iterator[Span]:
    """Token ranges of doc's paragraphs, the longest cut behind a full stop."""
    starts = [token.idx for token in doc]
    for start, end in find_paragraphs(doc.text):
        low, high = bisect_left(starts, start), bisect_left(starts, end)
        while high - low > LONGEST_PIECE:
            cut = low + LONGEST_PIECE
            stops = (i + 1 for i in range(cut - 1, low + LONGEST_PIECE // 2, -1) if doc[i].text in SENTENCE_ENDS)
            middle = next(stops, cut)
            yield low, middle
            low = middle
        if low < high:
            yield low, high


@Language.factory("newsroom_grammar")
def create_by_paragraph(nlp: Language, name: str) -> ByParagraph:
    return ByParagraph()
