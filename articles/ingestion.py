"""Records -> rows: inputs go in, articles with their quotations come out, and one bad input costs only itself.

Each article is one transaction, so a run that is killed leaves whole articles, and the same run again adds the rest.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from django.db import DataError, IntegrityError, models, transaction

from . import extraction, stories
from .importing import ArticleRecord, Source, UnreadableInput, read
from .models import NAME_LENGTH, Article, Outlet, name_key

# Fields that still say what they are for when cut at the end; the text has most of them whole.
CUTTABLE = ("title", "byline", "place", "signoff", "licence", "encoding", "reader", "language")


class Result(enum.StrEnum):
    ADDED = "added"
    UNCHANGED = "unchanged"
    COMPLETED = "completed"
    """Stored by an earlier run that could not extract it; its quotations are there now."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input; `reason` is one line, and empty unless it failed."""

    source: str
    result: Result
    reason: str = ""


def ingest(
    sources: Iterable[Source | UnreadableInput], *, mapping: Mapping[str, str] | None = None
) -> Iterator[Outcome]:
    """Store the articles of `sources`, of which each may hold many, one by one and yield what became of each.

    `mapping` names the columns or keys of an article's fields in tables and JSON: {"text": "body"}.

    An article whose quotations cannot be found is stored all the same, pending, and yielded as failed; the next
    run over it tries again. Raises a DatabaseError where the database, not the input, is at fault, and
    extraction.NoPipeline where no text can be read at all.
    """
    for source in sources:
        if isinstance(source, UnreadableInput):
            yield Outcome(source.source, Result.FAILED, source.reason)
            continue
        for found in read(source, mapping=mapping):
            yield _outcome(found, source)


def _outcome(found: ArticleRecord | UnreadableInput, source: Source) -> Outcome:
    if isinstance(found, UnreadableInput):
        return Outcome(found.source, Result.FAILED, found.reason)
    name = found.source_name or source.name
    try:
        return Outcome(name, _ingest(found))
    except UnreadableInput as problem:
        return Outcome(name, Result.FAILED, problem.reason)
    except extraction.ExtractionFailed as problem:
        reason = f"stored, but its quotations could not be found ({problem}); the next run tries again"
        return Outcome(name, Result.FAILED, reason)
    except (DataError, IntegrityError) as problem:
        return Outcome(name, Result.FAILED, f"refused by the database ({' '.join(str(problem).split())})")


def _ingest(record: ArticleRecord) -> Result:
    stored = Article.objects.with_text(record.text).first()
    if stored:
        return _complete(stored)
    article = article_from(record)
    if record.quotations or not article.is_read:
        return _add(article, record)
    try:
        findings = extraction.find(record.text, language=record.language)
    except extraction.ExtractionFailed:
        _add(article, record)
        raise
    return _add(article, record, findings=findings)


def _complete(stored: Article, *, findings: extraction.Findings | None = None) -> Result:
    if stored.extracted_with or not stored.is_read:
        return Result.UNCHANGED
    extraction.extract(stored, findings=findings)
    return Result.COMPLETED


def _add(article: Article, record: ArticleRecord, *, findings: extraction.Findings | None = None) -> Result:
    """Save the article with outlet, story, and the quotations that came with it or were found, in one transaction.

    The story comes before the quotations: `stories` says why.
    """
    try:
        with transaction.atomic():
            article.outlet = _outlet(record.outlet)
            article.save()
            stories.join(article)
            if record.quotations:
                extraction.store_annotations(article, record.quotations)
            elif findings:
                extraction.store(article, findings)
    except IntegrityError:
        stored = Article.objects.with_text(article.text).first()
        if not stored:
            raise
        # Another process stored the same text a moment ago; a text that tripped the pipeline would trip it again.
        return _complete(stored, findings=findings) if findings else Result.UNCHANGED
    return Result.ADDED


def _outlet(name: str) -> Outlet | None:
    key = name_key(name)
    return Outlet.objects.get_or_create(key=key, defaults={"name": name})[0] if key else None


def article_from(record: ArticleRecord) -> Article:
    """The unsaved article, still without its outlet, with every value short enough for its column.

    PostgreSQL refuses longer ones, SQLite takes no notice. Raises UnreadableInput where a shorter value would say
    something else: half an address leads elsewhere.
    """
    if len(record.url) > longest("url"):
        raise UnreadableInput(record.source_name, f"its URL is longer than {longest('url'):,} characters")
    if len(record.outlet) > NAME_LENGTH:
        raise UnreadableInput(record.source_name, f"its outlet's name is longer than {NAME_LENGTH} characters")
    return Article(
        text=record.text,
        text_sha256=Article.digest(record.text),
        published_on=record.published_on,
        url=record.url,
        source_sha256=record.sha256,
        # Of a long path the end says most.
        source_name=_cut(record.source_name[::-1], longest("source_name"))[::-1],
        **{field: _cut(getattr(record, field), longest(field)) for field in CUTTABLE},
    )


def longest(field: str) -> int:
    """The most code points that `field` of an article holds."""
    return cast("models.CharField[str, str]", Article._meta.get_field(field)).max_length or 0


def _cut(value: str, most: int) -> str:
    return value if len(value) <= most else f"{value[: most - 1].rstrip()}…"
