"""What speed is measured on and in which turns; never how fast this machine is."""

from __future__ import annotations

import pytest
from spacy.language import Language

from articles.nlp import load
from articles.nlp.evaluation import speed
from articles.nlp.pipeline import base_of

SAMPLES = ["One 🙂 two.\n\nThree.", "“Four,” said Ida Moss.\n\n\n\n"]


def test_the_text_is_of_the_size_asked_for_and_always_the_same() -> None:
    text = speed.text_of(SAMPLES, size=1000)
    assert 997 <= len(text.encode()) <= 1000
    assert text == speed.text_of(SAMPLES, size=1000) != speed.text_of(SAMPLES, size=1000, seed=1)
    assert set(text.split("\n\n")[:3]) == {"One 🙂 two.", "Three.", "“Four,” said Ida Moss."}


def test_without_samples_there_is_nothing_to_measure() -> None:
    with pytest.raises(ValueError, match="no sample"):
        speed.text_of(["\n"], size=10)


def test_tasks_take_turns_after_one_that_does_not_count() -> None:
    turns: list[str] = []
    times = speed.by_turns([lambda: turns.append("base"), lambda: turns.append("all")], rounds=2)
    assert turns == ["base", "all"] * 3
    assert [len(taken) for taken in times] == [2, 2]


def test_the_ratio_is_the_median_of_the_rounds() -> None:
    assert speed.median_ratio([2, 30, 8], [1, 3, 2]) == 4


def test_the_base_is_the_model_without_our_components(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"SHORT": 200, "LONG": 2000, "USUAL": 100, "USUAL_COUNT": 2}.items():
        monkeypatch.setattr(speed, name, value)
    nlp = load("blank")
    base_of(nlp).add_pipe("sentencizer")
    ran: list[tuple[str, ...]] = []
    pipe = Language.pipe

    def noting(self: Language, texts: list[str], **options: object) -> object:
        if self is nlp:
            ran.append(tuple(self.pipe_names))
        return pipe(self, texts, **options)

    monkeypatch.setattr(Language, "pipe", noting)
    measured = speed.measure(SAMPLES, nlp=nlp, model=None, rounds=1)
    assert measured.base_pipes == ("sentencizer",)
    assert ran == [("newsroom_grammar",), tuple(nlp.pipe_names)] * 2
    assert tuple(nlp.pipe_names)[1:] == speed.COMPONENTS
    assert 0 < measured.load_seconds < measured.ready_seconds
    assert measured.ready_bytes > 10_000_000
    assert measured.peak_bytes > 10_000_000
