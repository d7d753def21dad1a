"""Quotations in news text: who said what, where. No Django here, and nothing of the rest of the app.

    nlp = load()
    for doc in nlp.pipe(texts):
        for quotation in find_quotations(doc):      # or doc._.quotations
            quotation.kind, quotation.spans, quotation.speaker_name

Offsets are 0-based, end-exclusive Unicode code points of the text given: doc.text == text, to the letter.
"""

from __future__ import annotations

from .found import FoundQuotation
from .pipeline import MODEL_VARIABLE, find_quotations, kind_by_marks, load

PIPELINE_VERSION = "2.0.0"
"""Stored with every extracted article; changes whenever the same text may give other quotations."""

__all__ = ["MODEL_VARIABLE", "PIPELINE_VERSION", "FoundQuotation", "find_quotations", "kind_by_marks", "load"]
