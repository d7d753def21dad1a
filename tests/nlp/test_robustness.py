"""Any text at all: no exception, offsets inside it, spans in order, the same answer twice; and it ends."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from articles.nlp import FoundQuotation, find_quotations, load

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
    "it was claimed by",
    "was quoted as saying",
    "X’s claim that",
    "HULL —",
    "“State of the Union”",
    "used to",
    "al-",
]

newslike = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
anything = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200)


LABELS = ["nsubj", "ccomp", "parataxis", "conj", "acl", "acl:relcl", "obj", "advcl", "obl:agent", "punct", "dep"]
TAGS = ["VERB", "NOUN", "PROPN", "PRON", "AUX", "ADJ", "PUNCT", "SCONJ"]


@given(newslike | anything)
@settings(max_examples=200)
def test_any_text(text: str) -> None:
    quotations = find_quotations(PIPELINE(text))
    assert_sound(quotations, text=text)
    assert find_quotations(PIPELINE(text)) == quotations


@given(newslike | anything, st.randoms(use_true_random=False))
@settings(max_examples=200)
def test_any_text_under_any_tree(text: str, chance: Random) -> None:
    """Whatever a parser may say: heads left and right, several roots, labels at random."""
    bare = PIPELINE.make_doc(text)
    ranks = list(range(len(bare)))
    chance.shuffle(ranks)  # every word depends on one of lower rank, so that there is no circle
    heads = [chance.choice([j for j in range(len(bare)) if ranks[j] < ranks[i]] or [i]) for i in range(len(bare))]
    doc = Doc(
        bare.vocab,
        words=[token.text for token in bare],
        spaces=[bool(token.whitespace_) for token in bare],
        pos=[chance.choice(TAGS) for _ in bare],
        heads=heads,
        deps=["ROOT" if head == i else chance.choice(LABELS) for i, head in enumerate(heads)],
    )
    assert doc.text == text
    for name, component in PIPELINE.pipeline:
        if name != "newsroom_grammar":
            doc = component(doc)
    assert_sound(find_quotations(doc), text=text)


def assert_sound(quotations: list[FoundQuotation], *, text: str) -> None:
    for quotation in quotations:
        assert quotation.spans
        ends = [offset for span in quotation.spans for offset in span]
        assert ends == sorted(ends)
        for start, end in [*quotation.spans, *filter(None, (quotation.cue, quotation.mention))]:
            assert 0 <= start < end <= len(text)
        assert 0 <= quotation.confidence <= 1


@pytest.mark.parametrize(
    "text", ['"' * 2_000_000, "a" * 2_000_000, "\n" * 2_000_000, "“" * 100_000, "said " * 20_000]
)
def test_monotonous_text_ends(text: str) -> None:
    assert find_quotations(PIPELINE(text)) == []
