"""Articles of one story side by side: each quotation as every one of them has it, and what each made of them all.

A wording is looked at against that of the earliest article that has the quotation: it is *kept* where the words
are the same, *paraphrased* where one of the two is indirect speech and the other is not, else *reworded*. Of the
articles that come after that one, whoever lacks it has *cut* it; those before it could not have it yet.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from . import wordings
from .models import Article, Quotation


@dataclass(frozen=True)
class Wording:
    """What one article makes of a quotation: its words, against those of `first`, which may be itself."""

    article: Article
    quotation: Quotation
    first: Quotation
    pieces: list[wordings.Piece]

    @property
    def is_first(self) -> bool:
        return self.quotation is self.first

    @cached_property
    def added(self) -> int:
        """Words."""
        return self._count("added")

    @cached_property
    def left_out(self) -> int:
        """Words."""
        return self._count("left out")

    @cached_property
    def what_became(self) -> str:
        """ "kept", "reworded" or "paraphrased"."""
        indirect = Quotation.Kind.INDIRECT
        if (self.quotation.kind == indirect) != (self.first.kind == indirect):
            return "paraphrased"
        return "reworded" if self.added or self.left_out else "kept"

    def _count(self, kind: str) -> int:
        return sum(len(piece.words.split()) for piece in self.pieces if piece.kind == kind)


@dataclass(frozen=True)
class Line:
    """One quotation of the story: who says it, and for each article in turn its wording, None where it lacks it."""

    speaker: str
    in_turn: list[tuple[Article, Wording | None]]

    @property
    def wordings(self) -> list[Wording]:
        return [wording for _, wording in self.in_turn if wording]

    @property
    def not_yet(self) -> list[Article]:
        """The articles before the first that has it."""
        return [article for article, _ in takewhile(lambda turn: turn[1] is None, self.in_turn)]

    @property
    def later(self) -> list[tuple[Article, Wording | None]]:
        """What the articles after the first that has it made of it."""
        return self.in_turn[len(self.not_yet) + 1 :]


@dataclass(frozen=True)
class Summary:
    """What one article made of the quotations that came in `earlier` ones, and how many it `added`."""

    article: Article
    earlier: int
    kept: int
    reworded: int
    paraphrased: int
    cut: int
    added: int


def lines(articles: Sequence[Article]) -> list[Line]:
    """Each quotation of `articles`, the earliest first, once, in the order in which they first appear."""
    by_article: dict[int, list[wordings.Said]] = defaultdict(list)
    for quotation in Quotation.objects.for_comparing(articles):
        said = wordings.Said(quotation.content, quotation.speaker_id, quotation)
        by_article[quotation.article_id].append(said)
    groups = wordings.group([by_article[article.pk] for article in articles])
    return [_line(group, articles) for group in groups]


def summaries(articles: Iterable[Article], compared: Sequence[Line]) -> list[Summary]:
    """One of each of `articles`, which `compared` is of."""
    became: dict[int, Counter[str]] = defaultdict(Counter)
    for line in compared:
        became[line.wordings[0].article.pk]["added"] += 1
        for article, wording in line.later:
            became[article.pk].update(["earlier", wording.what_became if wording else "cut"])
    fields = ("earlier", "kept", "reworded", "paraphrased", "cut", "added")
    return [Summary(article, *(became[article.pk][name] for name in fields)) for article in articles]


def _line(group: wordings.Group, articles: Sequence[Article]) -> Line:
    first = _quotation(group.first)
    worded = {
        number: Wording(articles[number], _quotation(said), first, wordings.differences(group.first, said))
        for number, said in group.wordings.items()
    }
    known = [wording.quotation for wording in worded.values() if wording.quotation.speaker_id]
    in_turn = [(article, worded.get(number)) for number, article in enumerate(articles)]
    return Line((known or [first])[0].speaker_label, in_turn)


def _quotation(said: wordings.Said) -> Quotation:
    assert isinstance(said.source, Quotation)  # noqa: S101 - as `lines` made it
    return said.source
