"""Quotations in news text: who said what, where. No Django here, and nothing of the rest of the app.

    nlp = load()
    for doc in nlp.pipe(texts):
        for quotation in find_quotations(doc):      # or doc._.quotations
            quotation.kind, quotation.spans, quotation.speaker_name

    quotation_rows(texts)        # rows of a table, as pandas takes them, with QUOTATION_COLUMNS
    as_html(doc)                 # the text with its quotations marked, as displacy draws them

Offsets are 0-based, end-exclusive Unicode code points of the text given: doc.text == text, to the letter.

These five bring spaCy along when they are first asked for; what only looks at found quotations, or tells a kind by
its marks, does without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .found import FoundCue, FoundQuotation
from .kinds import KindsByMarks

if TYPE_CHECKING:
    from .pipeline import find_quotations, load
    from .tables import QUOTATION_COLUMNS, as_html, quotation_rows

PIPELINE_VERSION = "2.1.3"
"""Stored with every extracted article; changes whenever the same text may give other quotations."""

MODEL_VARIABLE = "NEWSROOM_SPACY_MODEL"
"""The environment variable that names the spaCy package or folder to build on, where none is named."""

__all__ = [
    "MODEL_VARIABLE",
    "PIPELINE_VERSION",
    "QUOTATION_COLUMNS",
    "FoundCue",
    "FoundQuotation",
    "KindsByMarks",
    "as_html",
    "find_quotations",
    "load",
    "quotation_rows",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import pipeline, tables

    return getattr(pipeline if hasattr(pipeline, name) else tables, name)
