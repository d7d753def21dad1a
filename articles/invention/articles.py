"""Invented articles: paragraphs, quotations with their offsets, and near-copies as outlets make them of wire copy."""

from __future__ import annotations

import datetime
import json
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple, TypeVar

import numpy as np

from .words import PLACES, Lexicon

QUOTATIONS = 12
"""In an article that is no cut copy."""
COPIED = 0.25
"""The share of articles that are near-copies of an earlier one."""
RECENT = 40
"""Originals that are still copied: a copy is never far behind, and memory stays flat."""
BLOCK = 100_000
"""Words, names or chances drawn at once."""
LICENCE = "Invented for measuring: no person, outlet or event in this article is real."
Drawn = TypeVar("Drawn")

FIRST_DAY = datetime.date(2020, 1, 1)
DAYS = 1_800


class Paragraph(NamedTuple):
    """Its words, and the quotations in it, their offsets counted from its start."""

    text: str
    quotations: list[dict[str, Any]]


@dataclass(slots=True)
class Invented:
    """An article as the intake reads it; each of `quotations` as Newsroom itself writes them."""

    number: int
    title: str
    outlet: str
    date: datetime.date
    paragraphs: list[Paragraph] = field(default_factory=list)

    def as_line(self, *, quotations: bool = True) -> str:
        """A line of JSON, with or without the annotations; offsets are half-open, in code points of "text"."""
        values: dict[str, Any] = {
            "title": self.title,
            "outlet": self.outlet,
            "byline": "Invented by Newsroom",
            "date": self.date.isoformat(),
            "url": f"https://invented.example/{self.number}",
            "licence": LICENCE,
            "language": "en",
            "text": "\n\n".join(paragraph.text for paragraph in self.paragraphs),
        }
        if quotations:
            values["quotations"] = list(self._quotations())
        return json.dumps(values, ensure_ascii=False)

    def _quotations(self) -> Iterator[dict[str, Any]]:
        start = 0
        for paragraph in self.paragraphs:
            yield from (_moved(quotation, start) for quotation in paragraph.quotations)
            start += len(paragraph.text) + len("\n\n")


def invented(count: int, *, seed: int = 1) -> Iterator[Invented]:
    """`count` articles, one after the other."""
    desk = _Desk(seed)
    recent: deque[Invented] = deque(maxlen=RECENT)
    for number in range(count):
        if recent and desk.chance() < COPIED:
            yield desk.copy_of(recent[desk.below(len(recent))], number)
        else:
            recent.append(desk.original(number))
            yield recent[-1]


def _moved(quotation: dict[str, Any], by: int) -> dict[str, Any]:
    (start, end), cue, mention = quotation["spans"][0], quotation["cue"], quotation["mention"]
    return {
        **quotation,
        "spans": [[start + by, end + by]],
        "cue": [cue[0] + by, cue[1] + by],
        "mention": [mention[0] + by, mention[1] + by],
    }


class _Desk:
    """Writes. Draws are made in blocks, since a draw on its own costs more than all the writing."""

    def __init__(self, seed: int) -> None:
        generator = np.random.Generator(np.random.PCG64(seed))
        lexicon = Lexicon(generator)
        self._outlets = lexicon.outlets
        self._words = _endless(lambda: lexicon.draw_words(generator, BLOCK))
        self._speakers = _endless(lambda: lexicon.draw_speakers(generator, BLOCK))
        self._chances: Iterator[float] = _endless(lambda: generator.random(BLOCK).tolist())

    def chance(self) -> float:
        """0 to 1."""
        return next(self._chances)

    def below(self, most: int) -> int:
        return int(next(self._chances) * most)

    def words(self, fewest: int, most: int) -> str:
        return " ".join(islice(self._words, fewest + self.below(most - fewest + 1)))

    def sentence(self) -> str:
        return f"{_begun(self.words(9, 23))}."

    def original(self, number: int) -> Invented:
        place = PLACES[self.below(len(PLACES))]
        article = self._headed(number, FIRST_DAY + datetime.timedelta(days=self.below(DAYS)))
        article.paragraphs.append(Paragraph(f"{place.upper()} – {self.sentence()}", []))
        speakers = [next(self._speakers) for _ in range(2 + self.below(3))]
        named: set[str] = set()
        for _ in range(QUOTATIONS):
            speaker = speakers[self.below(len(speakers))]
            mention = speaker.split()[1] if speaker in named else speaker
            named.add(speaker)
            article.paragraphs.append(self._quoting(speaker, mention))
        article.paragraphs.append(Paragraph(self.sentence(), []))
        return article

    def copy_of(self, original: Invented, number: int) -> Invented:
        """Under another headline, in another outlet, sometimes cut, with an opening of its own."""
        article = self._headed(number, original.date)
        kept = len(original.paragraphs)
        if self.chance() < 0.5:
            kept = kept // 2 + self.below(kept // 2)
        opening = Paragraph(f"{self.sentence()} {self.sentence()}", [])
        article.paragraphs += [opening, *original.paragraphs[1:kept]]
        return article

    def _headed(self, number: int, date: datetime.date) -> Invented:
        outlet = self._outlets[self.below(len(self._outlets))]
        return Invented(number, _begun(self.words(5, 9)), outlet, date)

    def _quoting(self, speaker: str, mention: str) -> Paragraph:
        """A paragraph that quotes `speaker`, who is called `mention` there, and goes on without quoting."""
        kind, saying = self._saying(mention)
        text, places = "", {}
        for part, words in [*saying, ("", f". {self.sentence()}")]:
            if part:
                places[part] = [len(text), len(text) + len(words)]
            text += words
        quotation = {"spans": [places["content"]], "cue": places["cue"], "mention": places["mention"]}
        return Paragraph(text, [{**quotation, "kind": kind, "speaker_name": speaker}])

    def _saying(self, mention: str) -> tuple[str, list[tuple[str, str]]]:
        """The kind of a quotation, and its words with the part that they are, "" for none."""
        said, style = self.words(10, 26), self.chance()
        who, cue, space = ("mention", mention), ("cue", "said"), ("", " ")
        if style < 0.7:
            behind = [who, space, cue] if style < 0.5 else [cue, space, who]
            return "direct", [("content", f"“{_begun(said)},”"), space, *behind]
        if style < 0.85:
            return "indirect", [who, space, cue, space, ("content", f"that {said}")]
        return "mixed", [who, space, cue, space, ("content", f"that {said} “{self.words(3, 6)}”")]


def _endless(draw: Callable[[], list[Drawn]]) -> Iterator[Drawn]:
    while True:
        yield from draw()


def _begun(words: str) -> str:
    return words[0].upper() + words[1:]
