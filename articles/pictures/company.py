"""Who is quoted with whom: in how many articles both of two speakers are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..querysets.counting import articles_of, beside, quoted_together
from .columns import named, sample_of
from .grid import Heading, Picture, Question, tabled
from .sampling import rounded, sample

MOST = 12
"""Speakers; the names of more would be too small to read."""
MOST_ARTICLES = 1_000
"""Articles of the speakers that are asked for, in which their company is looked for."""

Together = dict[int, set[int]]
"""The speakers of each article."""


def company(question: Question) -> Picture:
    asked = [int(one) for one in question.parameters.getlist("speaker")]
    together, weight, speakers = _around(question, asked) if asked else _among_all(question)
    pairs = Counter(
        pair for those in together.values() for pair in combinations(sorted(those.intersection(speakers)), 2)
    )
    if not pairs:
        speakers = []
    numbers = [[_number(pairs, one, other, weight) for other in speakers] for one in speakers]
    headings = named("speaker", speakers)
    return Picture(
        corner=_("Speaker"),
        columns=headings,
        rows=tabled(question, headings, headings, numbers, replaced={"speaker"}),
        told=_closest(headings, numbers),
        note=_from_where(len(together), weight),
        is_estimate=weight > 1,
        form="matrix",
    )


def _among_all(question: Question) -> tuple[Together, float, list[int]]:
    """The speakers who share most articles, with these; and how many articles each stands for."""
    drawn = sample(question.quotations, by="article")
    together = quoted_together(drawn.quotations)
    speakers = _most_in_company(together.values())
    if drawn.is_estimate:
        theirs = sample_of(drawn, question.quotations, "speaker", speakers, by="article")
        return quoted_together(theirs.quotations), theirs.weight, speakers
    return together, 1.0, speakers


def _around(question: Question, asked: list[int]) -> tuple[Together, float, list[int]]:
    """Those asked for and who is quoted beside them most, in articles of the quotations that are asked for."""
    drawn = sample(question.quotations, by="article")
    articles, there_are = articles_of(drawn.quotations, most=MOST_ARTICLES)
    together = quoted_together(beside(articles))
    found = [one for one in asked if any(one in speakers for speakers in together.values())]
    others = [one for one in _most_in_company(together.values()) if one not in found]
    weight = drawn.weight * there_are / max(len(articles), 1)
    return together, weight, [*found, *others][:MOST]


def _most_in_company(articles: Iterable[set[int]]) -> list[int]:
    shared = Counter(one for speakers in articles if len(speakers) > 1 for one in speakers)
    return [one for one, _articles in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:MOST]]


def _number(pairs: Counter[tuple[int, int]], one: int, other: int, weight: float) -> int | None:
    if one == other:
        return None
    number = pairs[min(one, other), max(one, other)] * weight
    return rounded(number) if weight > 1 else round(number)


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


def _from_where(articles: int, weight: float) -> str:
    if weight <= 1:
        return ngettext("%(number)s article.", "%(number)s articles.", articles) % {"number": intcomma(articles)}
    said = _("Estimated from %(sample)s of about %(all)s articles: the smaller a number, the rougher it is.")
    return said % {"sample": intcomma(articles), "all": intcomma(rounded(articles * weight))}
