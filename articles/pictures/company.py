"""Who is quoted with whom: in how many articles both of two speakers are.

A field leads to what both said in these articles. Where less is asked for than all that is said in an article, it
leads to what is asked for, in these articles. So there are as many articles behind it as it says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..found import Number
from ..querysets.counting import articles_of, quoted_together, said_in
from ..querysets.names import names
from .columns import named
from .grid import Heading, Picture, tabled
from .question import Question
from .sampling import sample

MOST = 12
"""Speakers; the names of more would be too small to read."""
MOST_ARTICLES = 400
"""Articles of what is asked for, in which its company is looked for."""

BOTH = "speaker={number}&with={number}"
"""Of the address behind one of two speakers, where all that both said is asked for."""

Together = dict[int, set[int]]
"""The speakers of each article."""


@dataclass(frozen=True)
class Company:
    """The speakers of each article, how many articles each stands for, and which speakers to show."""

    together: Together
    weight: float
    speakers: list[int]
    narrowing: str = "with={number}"
    """The same where less is asked for: that stays in the address as it is."""
    is_newest: bool = False


def company(question: Question) -> Picture:
    found = _company(question)
    pairs = Counter(
        pair
        for those in found.together.values()
        for pair in combinations(sorted(those.intersection(found.speakers)), 2)
    )
    speakers = found.speakers if pairs else []
    numbers = [[_number(pairs, one, other, found.weight) for other in speakers] for one in speakers]
    headings = named("speaker", speakers, names(speakers=speakers)["speaker"], narrowing=found.narrowing)
    return Picture(
        corner=_("Speaker"),
        columns=headings,
        rows=tabled(question, headings, headings, numbers),
        told=_closest(headings, numbers),
        note=_from_where(found),
        is_estimate=found.weight > 1,
        form="matrix",
        counted=(_articles(1), _articles(2)),
    )


def _company(question: Question) -> Company:
    asked = question.asked
    if question.is_indexed and not (asked.speaker or asked.kind or asked.state):
        return _among_all(question)
    return _around(question, [one for one in asked.speaker.among or () if isinstance(one, int) and one])


def _among_all(question: Question) -> Company:
    drawn = sample(question, question.found, by="article")
    together = quoted_together(drawn.quotations)
    speakers = _most_in_company(together)
    if drawn.is_estimate:
        theirs = drawn.of(question.found, "speaker", speakers)
        return Company(quoted_together(theirs.quotations), theirs.weight, speakers, BOTH)
    return Company(together, 1.0, speakers, BOTH)


def _around(question: Question, asked: list[int]) -> Company:
    """Whoever is quoted in the articles of the quotations asked for, not in these alone; those asked for first.

    Where words are sought, of the newest: to draw articles would be to look for words in all that each says.
    """
    if question.is_indexed:
        drawn = sample(question, question.found, by="article")
        articles, there_are = articles_of(drawn.quotations, most=MOST_ARTICLES)
        weight = drawn.weight * there_are / max(len(articles), 1)
    else:
        weight = 1.0
        articles = question.found.rows.articles(most=MOST_ARTICLES)
    together = quoted_together(said_in(articles))
    is_newest = not question.is_indexed and len(articles) == MOST_ARTICLES
    return Company(together, weight, _most_in_company(together, first=asked), is_newest=is_newest)


def _most_in_company(together: Together, *, first: Iterable[int] = ()) -> list[int]:
    """The speakers who share most articles with another; `first` those of these who are there at all."""
    shared = Counter(one for speakers in together.values() if len(speakers) > 1 for one in speakers)
    there = [one for one in first if one in shared]
    others = sorted(shared.keys() - set(there), key=lambda one: (-shared[one], one))
    return [*there, *others][:MOST]


def _number(pairs: Counter[tuple[int, int]], one: int, other: int, weight: float) -> int | None:
    if one == other:
        return None
    return Number.estimated(pairs[min(one, other), max(one, other)], weight).rounded


def _closest(headings: list[Heading], numbers: list[list[int | None]]) -> str:
    size = range(len(headings))
    most, one, other = max(((numbers[i][j] or 0, i, j) for i in size for j in size if i < j), default=(0, 0, 0))
    if not most:
        return ""
    said = ngettext(
        "Most often together: %(one)s and %(other)s, in %(number)s article.",
        "Most often together: %(one)s and %(other)s, in %(number)s articles.",
        most,
    )
    return said % {"one": headings[one].label, "other": headings[other].label, "number": intcomma(most)}


def _articles(number: int) -> str:
    """What `number` counts, where "{number}" stands for it."""
    return ngettext("%(counted)s article", "%(counted)s articles", number) % {"counted": "{number}"}


def _from_where(found: Company) -> str:
    articles, weight = len(found.together), found.weight
    if weight > 1:
        said = _("Estimated from %(sample)s of about %(all)s articles: the smaller a number, the rougher it is.")
        return said % {"sample": intcomma(articles), "all": intcomma(Number.estimated(articles, weight).rounded)}
    if found.is_newest:
        said = _("In the articles of the newest %(number)s quotations that match.")
        return said % {"number": intcomma(MOST_ARTICLES)}
    return ngettext("%(number)s article.", "%(number)s articles.", articles) % {"number": intcomma(articles)}
