"""What the pipeline saw besides quotations: sayings, with who says them."""

from __future__ import annotations

from spacy.language import Language

from articles.nlp import find_quotations
from articles.nlp.pipeline import find_cues


def seen(nlp: Language, text: str) -> list[tuple[str, str, str]]:
    return [
        (text[slice(*cue)], text[slice(*subject)] if subject else "", name)
        for cue, subject, name in find_cues(nlp(text))
    ]


def test_the_cues_of_quotations_are_among_them_whole(nlp):
    text = "According to Ida Moss, the nets were empty. “Nobody knows why,” she said on Monday."
    assert seen(nlp, text) == [
        ("According to", "Ida Moss", "Ida Moss"),
        ("said on Monday", "she", "Ida Moss"),
    ]


def test_so_are_verbs_of_saying_that_nothing_hangs_on(nlp):
    text = "Ida Moss left. Otto Brandt denied it. “Nobody knows why,” Moss said."
    assert ("denied", "Otto Brandt", "Otto Brandt") in seen(nlp, text)


def test_who_is_not_quoted_has_not_spoken(nlp):
    """Whom a pronoun means does not depend on what is kept for additions by hand."""
    denied = "The harbour and the town council and Una Vale denied it."
    text = f"“Nobody knows why,” Ida Moss said. {denied} “We waited,” she said."
    assert [one.speaker_name for one in find_quotations(nlp(text))] == ["Ida Moss", "Ida Moss"]
    assert "Una Vale" in [name for cue, _, name in seen(nlp, text) if cue == "denied"]
    assert seen(nlp, text)[-1] == ("said", "she", "Ida Moss")
