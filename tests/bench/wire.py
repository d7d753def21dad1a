"""Generated news: originals, their copies as outlets print them, and articles that only look alike.

docs/stories.md describes it. The same seed gives the same articles on every machine. Words are made of syllables,
as many and as often used as Zipf's law has it, and stand in sentences with function words, figures and names; so two
articles share about as many runs of words as unrelated news does, neither none nor many.
"""

from __future__ import annotations

import bisect
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

VOCABULARY = 20_000
FUNCTION_WORDS = tuple(
    re.findall(
        r"\w+",
        "the of and to in a for that on with was is as by at from has have had it its be were not are after will "
        "which their more than but this been also who would about over one when into out up last said new",
    )
)
SYLLABLES = [f"{consonant}{vowel}" for consonant in "bdfgklmnprstvwz" for vowel in "aeio"]
SPEAKERS = ["Ada Brook", "Bruno Costa", "Carmen Dahl", "Dmitri Egan", "Esther Holm", "Farid Grieve", "Greta Fontaine"]
PLACES = ["PORT ELM", "SALTHAVEN", "ORRIS", "NEW CARRICK", "MOSSGATE", "LOWER WYE"]
OUTLETS = ["The Harbour Gazette", "Quay News", "Northern Star", "Elm Evening Post", "Coast Radio", "The Daily Ferry"]


@dataclass(frozen=True)
class Made:
    """A generated article; those of one `story` are copies of one original, and `kind` says how it was made."""

    text: str
    title: str
    outlet: str
    story: int
    kind: str


class Newsroom:
    """Writes articles. Every draw comes from one seeded generator, in order."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - reproducible, not secret
        words = {
            "".join(self.random.choices(SYLLABLES, k=self.random.choice((2, 2, 3, 3, 4)))) for _ in range(60_000)
        }
        self.words = [*FUNCTION_WORDS, *self.random.sample(sorted(words), VOCABULARY)]
        # Zipf's law with Mandelbrot's shift: the r-th word is drawn as often as 1 / (r + 2.7).
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(1, len(self.words) + 1)))
        # Each outlet ends what it prints in its own unchanging words.
        self.boilerplate = {outlet: self.sentence(24) + " " + self.sentence(20) for outlet in OUTLETS}

    def word(self) -> str:
        return self.words[bisect.bisect(self.weights, self.random.random() * self.weights[-1])]

    def sentence(self, length: int | None = None) -> str:
        words = [self.word() for _ in range(length or self.random.randint(8, 32))]
        if self.random.random() < 0.3:
            words[self.random.randrange(len(words))] = str(self.random.randint(2, 4000))
        return f"{' '.join(words).capitalize()}."

    def quotation(self) -> str:
        said, speaker = self.sentence()[:-1], self.random.choice(SPEAKERS)
        return f"“{said},” {speaker} said."

    def sentences(self, words: int, *, quoted: float = 0.25) -> list[str]:
        """Sentences of about so many words, a share of them quotations."""
        made: list[str] = []
        while sum(len(sentence.split()) for sentence in made) < words:
            made.append(self.quotation() if self.random.random() < quoted else self.sentence())
        return made

    def headline(self) -> str:
        return self.sentence(self.random.randint(5, 9))[:-1]

    def made(
        self, sentences: list[str], story: int, kind: str, *, outlet: str = "", boilerplate: bool = False
    ) -> Made:
        outlet = outlet or self.random.choice(OUTLETS)
        title = self.headline()
        paragraphs = [" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2)]
        paragraphs[:1] = [f"{self.random.choice(PLACES)} – {paragraphs[0]}"]
        ending = [self.boilerplate[outlet]] if boilerplate else []
        return Made("\n\n".join([title, *paragraphs, *ending]) + "\n", title, outlet, story, kind)

    # How outlets print what the wire sent

    def cut_at_end(self, sentences: list[str]) -> list[str]:
        return sentences[: max(3, round(len(sentences) * self.random.uniform(0.3, 0.8)))]

    def cut_in_middle(self, sentences: list[str]) -> list[str]:
        kept = max(3, round(len(sentences) * self.random.uniform(0.3, 0.8)))
        first = self.random.randint(1, kept - 1)
        return sentences[:first] + sentences[len(sentences) - (kept - first) :]

    def rewritten(self, sentences: list[str]) -> list[str]:
        """5 to 15 words in a hundred changed, dropped or added, and one pair of sentences in eight swapped."""
        share = self.random.uniform(0.05, 0.15)
        rewritten = [" ".join(self.changed(sentence.split(), share)) for sentence in sentences]
        for at in range(len(rewritten) - 1):
            if self.random.random() < 1 / 8:
                rewritten[at], rewritten[at + 1] = rewritten[at + 1], rewritten[at]
        return rewritten

    def changed(self, words: list[str], share: float) -> Iterator[str]:
        for word in words:
            draw = self.random.random()
            if draw >= share:
                yield word
            elif draw < share * 0.7:
                yield self.word()
            elif draw < share * 0.85:
                yield from (word, self.word())

    def copies(self, sentences: list[str], story: int) -> Iterator[Made]:
        yield self.made(sentences, story, "re-headlined")
        yield self.made(self.cut_at_end(sentences), story, "cut at the end", boilerplate=True)
        yield self.made(self.cut_in_middle(sentences), story, "cut in the middle")
        yield self.made(self.rewritten(sentences), story, "rewritten", boilerplate=True)
        yield self.made(self.rewritten(self.cut_at_end(sentences)), story, "cut and rewritten")

    # Stories

    def story(self, number: int) -> Iterator[Made]:
        """An original and one to five copies of it, and an article of its own that shares only quotations with it."""
        sentences = self.sentences(self.random.randint(200, 900))
        yield self.made(sentences, number, "original")
        copies = list(self.copies(sentences, number))
        yield from self.random.sample(copies, self.random.randint(1, len(copies)))

    def alike(self, number: int, sentences: list[str]) -> Made:
        """Another story, on the same topic: up to six quotations of the first one, and often its outlet's ending."""
        quoted = [sentence for sentence in sentences if sentence.startswith("“")]
        own = self.sentences(self.random.randint(120, 500), quoted=0.1)
        for quotation in self.random.sample(quoted, min(len(quoted), self.random.randint(1, 6))):
            own.insert(self.random.randint(1, len(own)), quotation)
        return self.made(own, number, "same topic", boilerplate=self.random.random() < 0.6)

    def corpus(self, stories: int) -> list[Made]:
        """So many stories, as many articles on the same topics, and twice as many that stand alone, shuffled."""
        made: list[Made] = []
        for number in range(stories):
            original, *copies = self.story(4 * number)
            made += [original, *copies]
            sentences = [s for p in original.text.split("\n\n")[1:] for s in _sentences(p)]
            made.append(self.alike(4 * number + 1, sentences))
            for other in (2, 3):
                alone = self.sentences(self.random.randint(60, 700))
                made.append(self.made(alone, 4 * number + other, "alone", boilerplate=self.random.random() < 0.5))
        self.random.shuffle(made)
        return made

    def alone(self, number: int) -> Made:
        """An article of about 450 words, without copies."""
        return self.made(self.sentences(450), number, "alone", boilerplate=number % 2 == 0)


def _sentences(paragraph: str) -> Iterator[str]:
    """The sentences of a generated paragraph; what is quoted ends in " said."."""
    begun = ""
    for piece in paragraph.split(". "):
        begun = piece.rstrip(".") + "."
        yield begun
