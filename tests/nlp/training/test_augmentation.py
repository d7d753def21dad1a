"""What is done to the marks and cases of training sentences."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from articles.nlp.tokenizing import split_at_marks
from articles.nlp.training.augmentation import create_news_marks


@pytest.fixture
def nlp() -> Language:
    nlp = spacy.blank("en")
    split_at_marks(nlp)
    return nlp


def augmented(nlp: Language, words: list[str], **shares: float) -> Doc:
    given = Doc(nlp.vocab, words=words, tags=["X"] * len(words))
    example = Example(nlp.make_doc(given.text), given)
    augment = create_news_marks(**{"marks": 0.0, "glued": 0.0, "lower": 0.0, **shares}, seed=1)
    (changed,) = augment(nlp, example)
    return changed.reference


def test_straight_marks_turn_curly_in_pairs(nlp: Language) -> None:
    doc = augmented(nlp, ['"', "It", "'s", "dead", '"', "he", "said"], marks=1.0)
    assert [token.text for token in doc] == ["“", "It", "’s", "dead", "”", "he", "said"]


def test_curly_marks_turn_straight(nlp: Language) -> None:
    doc = augmented(nlp, ["“", "It", "’s", "dead", "”", "he", "said"], marks=1.0)
    assert [token.text for token in doc] == ['"', "It", "'s", "dead", '"', "he", "said"]


def test_the_space_behind_a_closing_mark_goes(nlp: Language) -> None:
    doc = augmented(nlp, ["“", "Dead", ".", "”", "The", "Leader"], glued=1.0)
    assert "”The" in doc.text
    assert [token.tag_ for token in doc] == ["X"] * 6


def test_lower_case_keeps_the_annotation(nlp: Language) -> None:
    doc = augmented(nlp, ["Ida", "Left"], lower=1.0)
    assert [(token.text, token.tag_) for token in doc] == [("ida", "X"), ("left", "X")]


def test_most_examples_stay_as_they_are(nlp: Language) -> None:
    assert augmented(nlp, ['"', "Dead", '"']).text.strip() == '" Dead "'
