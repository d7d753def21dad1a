"""From what is asked for to the rows that are found: articles or quotations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, cast

from .asking import Asked
from .found import FEW, Found, Number
from .models import Article, Quotation
from .querysets import ArticleQuerySet, QuotationQuerySet
from .querysets.company import in_company
from .querysets.finding import FoundQuerySet
from .search.language import Clause


def found(of: str, asked: Asked, *, since: int | None = None) -> Found[Any]:
    """The "articles" or "quotations" that are asked for, as `of` says."""
    return articles(asked, since=since) if of == "articles" else quotations(asked, since=since)


def articles(asked: Asked, *, since: int | None = None) -> Found[Article]:
    """The visible articles that are asked for, those that came after the one numbered `since`.

    A speaker, kind or state is that of one quotation in them, with what is sought in quotations; what is not wanted
    stands in none of them.
    """
    effort = 1
    rows = Article.objects.visible().chosen("outlet", asked.outlet).chosen("story", asked.story)
    rows = rows.reviewed(asked.reviewed).published(asked.months, asked.after, asked.before)
    wanted = [choice for choice in (asked.speaker, asked.kind, asked.state) if choice.among is not None]
    if wanted or asked.lengths or any(clause.wanted for clause in asked.said):
        rows, effort = _quoting(rows, asked)
    for unwanted in _not_to_be_said(asked):
        rows, effort = rows.not_quoting(unwanted), max(effort, 4)
    rows, effort = in_company(rows, asked.company, few=FEW, effort=effort)
    narrowed = asked.is_narrowed or bool(asked.said) or since is not None
    plain = cast("FoundQuerySet[Article]", rows.since(since))
    return Found(plain, asked.anywhere, narrowed=narrowed, days=asked.days, effort=effort)


def quotations(asked: Asked, *, since: int | None = None, among: Sequence[int] | None = None) -> Found[Quotation]:
    """The listed quotations that are asked for, with the words in what was said, those that came after `since`.

    If `among` is given, those of at most FEW numbers: then each of these is looked at, and no other.
    """
    rows = _as_said(asked).chosen("outlet", asked.outlet).published(asked.months, asked.after, asked.before)
    if asked.story or asked.reviewed is not None:
        articles = Article.objects.chosen("story", asked.story).reviewed(asked.reviewed)
        numbers = articles.numbers(most=FEW + 1)
        rows = rows.of_articles(numbers) if len(numbers) <= FEW else rows.in_articles(articles)
    clauses = [*asked.anywhere, *asked.said]
    # How long one is stands in no index but its own, which knows neither outlet nor speaker: each has to be read.
    effort = 12 if asked.lengths and (asked.outlet or asked.speaker) else 1
    rows, effort = in_company(rows, asked.company, few=FEW, effort=effort)
    plain = cast("FoundQuerySet[Quotation]", rows.since(since) if among is None else rows.numbered(among))
    narrowed = asked.is_narrowed or since is not None or among is not None
    return Found(plain, clauses, narrowed=narrowed, days=asked.days, effort=effort)


def rejected(asked: Asked) -> Number | None:
    """How many quotations would be found besides if rejected ones counted; None where states are asked for."""
    if asked.state.among is not None:
        return None
    return quotations(replace(asked, state=replace(asked.state, among={Quotation.State.REJECTED}))).number


def said_in(articles: Sequence[int], asked: Asked) -> QuotationQuerySet:
    """The quotations in the articles with these numbers that hold all that is asked of a quotation."""
    said, clauses = _wanted_of_one(asked)
    return said.holding(clauses).of_articles(articles)


def _as_said(asked: Asked) -> QuotationQuerySet:
    """Quotations by the speakers, of the kinds and in the states asked for; rejected ones only if these are."""
    said = Quotation.objects.listed().chosen("speaker", asked.speaker)
    said = said.chosen("kind", asked.kind).chosen("state", asked.state).of_lengths(asked.lengths)
    return said if asked.state.among is not None else said.not_rejected()


def _quoting(rows: ArticleQuerySet, asked: Asked) -> tuple[ArticleQuerySet, int]:
    """Those of `rows` with such a quotation, and the effort of asking for one.

    The quotations are fetched if they are few, else sought article by article.
    """
    said, clauses = _wanted_of_one(asked)
    held = Found(cast("FoundQuerySet[Quotation]", said), clauses, narrowed=bool(asked.speaker or asked.state))
    numbers = held.rows.articles(most=FEW + 1)
    if len(numbers) <= FEW:
        return rows.numbered(numbers), 1
    return rows.quoting(said.holding(clauses)), 12 if clauses else 4


def _wanted_of_one(asked: Asked) -> tuple[QuotationQuerySet, list[Clause]]:
    """What one quotation has to be, and to hold, for its article to be found."""
    kept = [replace(choice, without=set()) for choice in (asked.speaker, asked.kind, asked.state)]
    said = _as_said(replace(asked, speaker=kept[0], kind=kept[1], state=kept[2]))
    return said, [clause for clause in asked.said if clause.wanted]


def _not_to_be_said(asked: Asked) -> Iterator[QuotationQuerySet]:
    """The quotations of which an article must have none."""
    said = Quotation.objects.listed().not_rejected()
    for name, choice in (("speaker", asked.speaker), ("kind", asked.kind), ("state", asked.state)):
        if choice.without:
            yield said.chosen(name, replace(choice, among=choice.without, without=set()))
    for clause in asked.said:
        if not clause.wanted:
            yield said.holding([replace(clause, wanted=True)])
