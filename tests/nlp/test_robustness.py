"""Any text at all: no exception, offsets inside it, spans in order, the same answer twice; and it ends."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from articles.nlp import find_quotations, load

PIPELINE: Language = load("blank")

WORDS = [
    "said",
    "he",
    "Ana Reyes",
    "the minister",
    "according to",
    "that",
    "told",
    "“",
    "”",
    '"',
    "'",
    "’",
    "«",
    "»",
]
WORDS += [
    ",",
    ".",
    ":",
    "\n",
    "\n\n",
    "Q:",
    "—",
    "🙂",
    "é",
    "גלנר",
    "\u200d",
    "\xad",
    "\t",
    "We sail",
    "as",
    "put it",
]

newslike = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
anything = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200)


@given(newslike | anything)
@settings(max_examples=200)
def test_any_text(text: str) -> None:
    quotations = find_quotations(PIPELINE(text))
    for quotation in quotations:
        assert quotation.spans
        ends = [offset for span in quotation.spans for offset in span]
        assert ends == sorted(ends)
        for start, end in [*quotation.spans, *filter(None, (quotation.cue, quotation.mention))]:
            assert 0 <= start < end <= len(text)
        assert 0 <= quotation.confidence <= 1
    assert find_quotations(PIPELINE(text)) == quotations


@pytest.mark.parametrize("text", ['"' * 500_000, "a" * 500_000, "\n" * 500_000, "“" * 100_000, "said " * 20_000])
def test_monotonous_text_ends(text: str) -> None:
    assert find_quotations(PIPELINE(text)) == []
