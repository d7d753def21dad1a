"""Articles and quotations for tests, made from words: the offsets are found, never counted by hand."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from articles import ingestion
from articles.importing import Source, UnreadableInput
from articles.ingestion import Outcome
from articles.models import Article, ImportRun, Outlet, Quotation, Speaker

Span = tuple[int, int]

TEXT = "“The nets were empty,” the harbour master said on Monday. She added that the fleet would stay in port.\n"


def make_article(
    text: str = TEXT, *, title: str = "Empty nets", outlet: Outlet | str | None = "The Harbour Gazette", **fields: Any
) -> Article:
    """A saved article; an outlet given by name is made where there is none. `text` has to differ from the others'."""
    if isinstance(outlet, str):
        outlet = Outlet.objects.filter(name=outlet).first() or Outlet.objects.create(name=outlet)
    fields = {"extracted_with": "test", "source_name": "test.txt", "encoding": "utf-8"} | fields
    return Article.objects.create(title=title, text=text, text_sha256=Article.digest(text), outlet=outlet, **fields)


def make_quotation(
    article: Article,
    content: str | Sequence[str] = "“The nets were empty,”",
    *,
    cue: str = "",
    mention: str = "",
    speaker: Speaker | str | None = None,
    **fields: Any,
) -> Quotation:
    """A saved direct quotation, suggested by a machine unless `fields` say otherwise.

    `content` is the words of one span, or of several in their order; cue and mention are found as whole words as
    near to it as they stand; a speaker given by name is made where there is none. Raises ValueError for words that
    the article does not hold.
    """
    spans: list[Span] = []
    for words in [content] if isinstance(content, str) else content:
        spans.append(_find(article.text, words, after=spans[-1][1] if spans else 0))
    if isinstance(speaker, str):
        speaker = Speaker.objects.filter(name=speaker).first() or Speaker.objects.create(name=speaker)
    if fields.get("state") in ("accepted", "rejected"):
        fields.setdefault("settled_at", timezone.now())
    quotation = Quotation(article=article, speaker=speaker, **({"kind": "direct", "confidence": 0.8} | fields))
    quotation.set_spans(
        article.text,
        content=spans,
        cue=_find_near(article.text, cue, spans) if cue else None,
        mention=_find_near(article.text, mention, spans) if mention else None,
    )
    quotation.save()
    return quotation


def _find(text: str, words: str, *, after: int) -> Span:
    start = text.find(words, after)
    if start < 0:
        raise ValueError(f"no “{words}” in the text after {after}")
    return start, start + len(words)


def _find_near(text: str, words: str, spans: Sequence[Span]) -> Span:
    """The whole `words` outside `spans` that stand nearest to one of them."""
    found = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    outside = [(start, end) for start, end in found if all(end <= first or start >= last for first, last in spans)]
    if not outside:
        raise ValueError(f"no “{words}” in the text outside the quotation")
    return min(
        outside, key=lambda span: min(abs(gap) for first, last in spans for gap in (first - span[1], span[0] - last))
    )


def ingest(sources: Iterable[Source | UnreadableInput | None], **options: Any) -> list[Outcome]:
    """What a run of its own, or the one given, makes of articles, and of what gives none."""
    options.setdefault("run", ImportRun.objects.create())
    outcomes = ingestion.ingest(sources, **options)
    passing = (ingestion.Result.READ, ingestion.Result.PAUSED)
    return [outcome for outcome in outcomes if outcome.result not in passing]
