"""Rows + nlp -> quotations: the only bridge to articles.nlp.

Two steps, so that the slow one holds no lock: `seeking` reads texts and touches no database; `saving` writes what was
found, or that nothing could be. spaCy is loaded when quotations are first sought, in the process that seeks them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings

from ..models import Article
from ..nlp import PIPELINE_VERSION
from ..patience import patiently
from . import saving
from .findings import Findings, Suggestion, of_people
from .saving import Disagreement, insert
from .seeking import NoPipeline, Seeker, batches, loaded
from .speaking import speakers_of

__all__ = [
    "PIPELINE_VERSION",
    "Disagreement",
    "Extracted",
    "NoPipeline",
    "Seeker",
    "Suggestion",
    "extract_all",
    "extract_lines",
    "extract_with",
    "insert",
    "of_people",
    "speakers_of",
]


@dataclass(frozen=True, slots=True)
class Extracted:
    """What became of one article: where its quotations now differ from what persons decided, or why it failed.

    `failure` is one line, empty where it went well.
    """

    article: Article
    disagreements: Sequence[Disagreement] = ()
    failure: str = ""


def extract_all(articles: Iterable[Article], *, processes: int | None = None) -> Iterator[Extracted]:
    """Seek the quotations of stored articles and put them in the place of their untouched suggestions.

    Yields each article when it is done, in no certain order; its quotations are one transaction. What fails is tried
    again until it has failed as often as sets an article aside. `processes` is how many seek at the same time, by
    default what the settings say; with 0 it is this one, and no text has a time limit. Raises NoPipeline, with the
    rest as it was.
    """
    with Seeker(settings.NEWSROOM_PROCESSES if processes is None else processes) as seeker:
        yield from extract_with(seeker, articles)


def extract_with(seeker: Seeker, articles: Iterable[Article]) -> Iterator[Extracted]:
    """`extract_all` with a seeker at hand, whose processes live on, pipelines loaded, for the next time."""
    for batch in batches(articles):
        seeker.take(batch)
        while seeker.is_full:
            yield from _done(seeker)
    while seeker.is_busy:
        yield from _done(seeker)


def extract_lines(lines: Iterable[str]) -> Iterator[str]:
    """JSON Lines in, JSON Lines out, as articles.nlp.jsonl describes them; touches no database.

    Raises ValueError, naming the line, at the first one that is none, and NoPipeline.
    """
    from ..nlp import jsonl

    return map(json.dumps, jsonl.extract(lines, nlp=loaded()))


def _done(seeker: Seeker) -> Iterator[Extracted]:
    """What has been sought by now, saved; a text that failed goes in again while it may."""
    for article, found in seeker.sought():
        if isinstance(found, Findings):
            yield patiently(_saved, article, found)
        elif patiently(saving.save_failure, article, found):
            seeker.take([article])
        else:
            yield Extracted(article, failure=found)


def _saved(article: Article, findings: Findings) -> Extracted:
    try:
        disagreements = saving.save(article, findings)
    except saving.Outdated:  # another process has extracted it, or has to: it changed the text
        return Extracted(article)
    article.extracted_with = findings.version  # not before it is committed: a save that failed is tried again
    return Extracted(article, disagreements)
