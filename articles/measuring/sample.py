"""What is asked for in turn, drawn from the invented articles: the same on every machine, another one each time."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any, TypeVar

import numpy as np
from django.db.models import Max, Min, QuerySet

from ..invention.articles import DAYS, FIRST_DAY
from ..invention.words import Lexicon
from ..models import Article, Outlet, Quotation, Speaker, Story

SEED = 1
"""That of the articles."""
HALF = ("police", "power", "number", "company", "price", "union", "minister", "government")
"""Words that stand in half of all articles, 47 to 54 of 100; each in 3 of 100 quotations."""
SAID = ("the", "that", "of", "and")
"""In 32 to 44 of 100 quotations, and in each article."""
MEDIUM = slice(1_500, 2_500)
"""Of the words by use, the commonest first: each in 2 to 4 of 100 articles."""
RARE = slice(-2_000, None)
"""Each in 1 to 4 of 1,000 articles: there are 20,000 words."""
FAMOUS, OBSCURE = slice(0, 20), slice(-1_500, None)
"""Of the speakers by fame."""
DAYS_SOUGHT = 30
DRAWN = 500
"""Articles, quotations and stories to draw from."""

Drawn = TypeVar("Drawn")


@dataclass(frozen=True)
class Sample:
    """All that may be asked for; each attribute draws anew. Raises LookupError where the database has none."""

    words: Sequence[str]
    names: Sequence[str]
    """Of all speakers, each of a first name and a family's."""
    outlets: Sequence[int]
    famous_ones: Sequence[int]
    obscure_ones: Sequence[int]
    articles: Sequence[int]
    quotations: Sequence[int]
    stories: Sequence[int]
    turn: Random

    def for_turn(self, turn: Random) -> Sample:
        return replace(self, turn=turn)

    @property
    def common(self) -> str:
        return self._one_of(HALF)

    @property
    def said(self) -> str:
        return self._one_of(SAID)

    @property
    def medium(self) -> str:
        return self._one_of(self.words[MEDIUM])

    @property
    def rare(self) -> str:
        return self._one_of(self.words[RARE])

    @property
    def outlet(self) -> int:
        return self._one_of(self.outlets)

    @property
    def famous(self) -> int:
        return self._one_of(self.famous_ones)

    @property
    def family_name(self) -> str:
        return self._one_of(self.names).split()[1]

    @property
    def obscure(self) -> int:
        return self._one_of(self.obscure_ones)

    @property
    def article(self) -> int:
        return self._one_of(self.articles)

    @property
    def story(self) -> int:
        return self._one_of(self.stories)

    @property
    def quotation(self) -> Quotation:
        """As it is now: others of this sample may have been corrected since."""
        return Quotation.objects.get(pk=self._one_of(self.quotations))

    @property
    def month(self) -> dict[str, datetime.date]:
        """Its first day and its last one, as the pages take them."""
        first = FIRST_DAY + datetime.timedelta(days=self.turn.randrange(DAYS - DAYS_SOUGHT))
        return {"after": first, "before": first + datetime.timedelta(days=DAYS_SOUGHT)}

    @property
    def place(self) -> str:
        """One in the list by date of articles or quotations, from which a page goes on."""
        return f"{self.month['after'].isoformat()}.0"

    def _one_of(self, what: Sequence[Drawn]) -> Drawn:
        if not what:
            raise LookupError("the database has none")
        return what[self.turn.randrange(len(what))]


def sample() -> Sample:
    """Of the database, which holds invented articles."""
    lexicon = Lexicon(np.random.Generator(np.random.PCG64(SEED)))
    return Sample(
        words=lexicon.words,
        names=lexicon.speakers,
        outlets=[outlet.pk for outlet in Outlet.objects.by_key(map(str.lower, lexicon.outlets)).values()],
        famous_ones=_known(lexicon.speakers[FAMOUS]),
        obscure_ones=_known(lexicon.speakers[OBSCURE]),
        articles=_spread(Article.objects.visible()),
        quotations=_spread(Quotation.objects.shown().in_text()),
        stories=_spread(Story.objects.listed()),
        turn=Random(SEED),  # noqa: S311
    )


def _known(names: Sequence[str]) -> list[int]:
    """The speakers of these names that are quoted in the articles."""
    return [one.pk for called in Speaker.objects.called_any(names).values() for one in called]


def _spread(rows: QuerySet[Any]) -> list[int]:
    """Primary keys of some of `rows`, from the first to the last."""
    ends = rows.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return []
    step = max((ends["last"] - ends["first"]) // DRAWN, 1)
    candidates = range(ends["first"], ends["last"] + 1, step)[: DRAWN + 1]
    return list(rows.filter(pk__in=candidates).order_by("pk").values_list("pk", flat=True))
