"""Invented words, as often used as Zipf's law has it, and invented names. All drawn from one seeded generator."""

from __future__ import annotations

import re
from itertools import product

import numpy as np
from numpy.typing import NDArray

WORDS = 20_000
SPEAKERS = 5_000
OUTLETS = 60

# The commonest words of English, so that a text has as many of them as news does.
COMMON = tuple(
    re.findall(
        r"\w+",
        "the of and to in a for that on with was is as by at from has have had it its be were not are after will "
        "which their more than but this been also who would about over one when into out up last new years people "
        "city council harbour ferry bridge school plan money week report market workers court public price water "
        "house road power company month number minister government budget vote union hospital police winter",
    )
)
SYLLABLES = [consonant + vowel for consonant, vowel in product("bdfgklmnprstvwz", "aeiou")]
FIRST_NAMES = tuple(
    re.findall(
        r"\w+",
        "Ada Bruno Carmen Dmitri Esther Farid Greta Hugo Ines Jonas Keiko Leila Marco Nadia Oscar Petra Quentin Rosa "
        "Samir Tilda Umar Vera Walter Ximena Yusuf Zofia Anton Beatriz Cyril Daria Emil Fatima Gareth Hanna Ivo "
        "Johanna Karim Lotte Mateo Noor Odile Pavel Renata Sven Tamar Ulrich Violeta Wanda Yara Zeno",
    )
)
PLACES = ("Port Elm", "Salthaven", "Orris", "New Carrick", "Mossgate", "Lower Wye", "Thornmouth", "Castle Dunning")
TITLES = (*("Gazette", "Herald", "Post", "Courier", "Star"), *("Chronicle", "Tribune", "Radio"))


class Lexicon:
    """All words and names that the articles of one seed are made of."""

    def __init__(self, generator: np.random.Generator) -> None:
        made = dict.fromkeys(
            "".join(SYLLABLES[place] for place in places[:length])
            for places, length in zip(
                generator.integers(len(SYLLABLES), size=(2 * WORDS, 4)).tolist(),
                generator.integers(2, 5, size=2 * WORDS).tolist(),
                strict=True,
            )
        )
        self.words = [*COMMON, *list(made)[: WORDS - len(COMMON)]]
        # Zipf's law with Mandelbrot's shift: the r-th word is drawn as often as 1 / (r + 2.7).
        self._shares = _shares(len(self.words), shift=2.7)
        families = [word.capitalize() for word in list(made)[-SPEAKERS // len(FIRST_NAMES) :]]
        names = [f"{first} {family}" for first, family in product(FIRST_NAMES, families)]
        self.speakers = [names[place] for place in generator.permutation(len(names))]
        self._fame = _shares(len(self.speakers), shift=20)
        self.outlets = [f"{place} {title}" for place, title in product(PLACES, TITLES)][:OUTLETS]

    def draw_words(self, generator: np.random.Generator, count: int) -> list[str]:
        places = np.searchsorted(self._shares, generator.random(count), side="right")
        return [self.words[place] for place in places.tolist()]

    def draw_speakers(self, generator: np.random.Generator, count: int) -> list[str]:
        """Some are heard all the time, most hardly ever."""
        places = np.searchsorted(self._fame, generator.random(count), side="right")
        return [self.speakers[place] for place in places.tolist()]


def _shares(count: int, *, shift: float) -> NDArray[np.float64]:
    """The shares of `count` ranks added up, the last one 1."""
    weights = np.cumsum(1 / (np.arange(1, count + 1) + shift))
    shares: NDArray[np.float64] = weights / weights[-1]
    return shares
