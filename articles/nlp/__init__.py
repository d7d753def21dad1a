"""Quotations in news text: who said what, where. No Django here, and nothing of the rest of the app.

    nlp = load()
    for doc in nlp.pipe(texts):
        for quotation in find_quotations(doc):      # or doc._.quotations
            quotation.kind, quotation.spans, quotation.speaker_name

Offsets are 0-based, end-exclusive Unicode code points of the text given: doc.text == text, to the letter.

`load` and `find_quotations` bring spaCy along when they are first asked for; what only looks at found quotations,
or tells a kind by its marks, does without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .found import FoundCue, FoundQuotation
from .kinds import KindsByMarks

if TYPE_CHECKING:
    from .pipeline import find_quotations, load

PIPELINE_VERSION = "2.1.2"
"""Stored with every extracted article; changes whenever the same text may give other quotations."""

MODEL_VARIABLE = "NEWSROOM_SPACY_MODEL"
"""The environment variable that names the spaCy package or folder to build on, where none is named."""

__all__ = [
    "MODEL_VARIABLE",
    "PIPELINE_VERSION",
    "FoundCue",
    "FoundQuotation",
    "KindsByMarks",
    "find_quotations",
    "load",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import pipeline

    return getattr(pipeline, name)
