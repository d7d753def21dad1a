"""Where items stand in a sentence's tree, on hand-built Docs."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from articles.nlp.clauses import branch_of, cut, subject_of
from articles.nlp.labels import universal
from articles.nlp.quotation_marks import QuotedPassage, find_quoted_passages
from articles.nlp.reading import Reading, read
from articles.nlp.trees import Place

VOCAB = spacy.blank("en").vocab


def parsed(rows: str) -> Reading:
    """A reading of a sentence given word by word: `word head dep pos`, heads counted from 0."""
    fields = [row.split() for row in rows.strip().splitlines()]
    doc = Doc(
        VOCAB,
        words=[f[0] for f in fields],
        heads=[int(f[1]) for f in fields],
        deps=[f[2] for f in fields],
        pos=[f[3] for f in fields],
    )
    return read(doc, passages=[QuotedPassage(*p) for p in find_quoted_passages(doc.text) if p.depth == 0])


PRAISED = """
    Roy      1  nsubj  PROPN
    noted    1  ROOT   VERB
    that     6  mark   SCONJ
    the      4  det    DET
    port     6  nsubj  NOUN
    was      6  cop    AUX
    shut     1  ccomp  ADJ
    and      8  cc     CCONJ
    praised  1  conj   VERB
    the     10  det    DET
    crew     8  obj    NOUN
"""
QUOTED = """
    Roy     1  nsubj  PROPN
    called  1  ROOT   VERB
    it      1  obj    PRON
    a       6  det    DET
    “       6  punct  PUNCT
    big     6  amod   ADJ
    farce   1  xcomp  NOUN
    ”       1  punct  PUNCT
    .       1  punct  PUNCT
"""


def test_a_place_says_head_and_reach() -> None:
    items = parsed(PRAISED).items
    assert items[6].place == Place(head=1, low=2, high=7, pos="ADJ", dep="ccomp")
    assert items[1].place == Place(head=1, low=0, high=11, pos="VERB", dep="root")


def test_a_passage_is_one_node_at_its_topmost_word() -> None:
    items = parsed(QUOTED).items
    passage = items[4]
    assert passage.passage is not None
    assert (passage.place.head, passage.place.dep, passage.place.pos) == (1, "xcomp", "NOUN")
    assert passage.place.low == 3


def test_without_a_parse_every_item_stands_alone() -> None:
    doc = Doc(VOCAB, words=["Roy", "left"])
    assert [item.place for item in read(doc, passages=[]).items] == [Place(0, 0, 1), Place(1, 1, 2)]


def test_the_branch_of_a_verb_that_holds_a_word() -> None:
    items = parsed(PRAISED).items
    assert branch_of(items, index=4, verb=1) == 6
    assert branch_of(items, index=1, verb=6) is None


def test_a_second_verb_of_the_same_subject_ends_the_content() -> None:
    assert cut(parsed(PRAISED).items, start=2, end=11, verb=1) == 7


def test_the_subject_of_a_coordinated_verb_is_the_first_ones() -> None:
    assert subject_of(parsed(PRAISED).items, verb=8) == (0, 1)


def test_when_somebody_said_it_is_no_content() -> None:
    items = parsed("""
        They    1  nsubj  PRON
        called  1  ROOT   VERB
        the     3  det    DET
        hearing 1  obj    NOUN
        because 6  mark   SCONJ
        he      6  nsubj  PRON
        lied    1  advcl  VERB
    """).items
    assert cut(items, start=2, end=7, verb=1) == 4


def test_a_subject_loses_its_relative_clause() -> None:
    items = parsed("""
        Roy    4  nsubj      PROPN
        ,      0  punct      PUNCT
        who    3  nsubj      PRON
        left   0  acl:relcl  VERB
        warned 4  ROOT       VERB
    """).items
    assert subject_of(items, verb=4) == (0, 1)


def test_both_label_schemes_read_alike() -> None:
    assert [universal(label) for label in ("dobj", "nsubjpass", "relcl", "ROOT", "ccomp")] == [
        "obj",
        "nsubj:pass",
        "acl:relcl",
        "root",
        "ccomp",
    ]
