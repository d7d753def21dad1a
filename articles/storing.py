"""Records -> rows: many articles in one transaction, each text once, and one bad record costs only itself.

What came with an article, its quotations too, is stored with it; what a pipeline has to find is left pending. Locks
are taken in the order in which extractions and corrections take them: speakers, articles. Outlets, which those never
take, come first.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from django.db import DataError, IntegrityError, models, transaction
from django.utils import timezone

from . import bulk, extraction, stories, versions
from .annotating import annotate
from .extraction import Suggestion
from .importing import ArticleRecord, UnreadableInput, near_copies
from .importing.near_copies import Signature
from .importing.preparing import Prepared
from .models import NAME_LENGTH, Article, ImportRun, Outlet, name_key

# Fields that still say what they are for when cut at the end; the text has most of them whole.
CUTTABLE = ("title", "byline", "place", "signoff", "licence", "encoding", "reader", "language")

LEFT_OUT = "stored before, and worked on or renewed since, so its annotations are left out"

Defer = Callable[[Sequence[int], Sequence[int]], None]
"""Takes the ids of pending articles, of new ones and of those that were there before, in the transaction that stored
them: somebody else extracts them."""


@dataclass(slots=True)
class Stored:
    """What became of one record: the article that holds its text now, or the one line that says why none does.

    `is_known` where the article had that text before.
    """

    record: ArticleRecord
    article: Article | None = None
    is_known: bool = True
    former: Article | None = None
    """The article at the same URL, of which this is a new version."""
    annotations: Sequence[Suggestion] = ()
    """Those that it brings for an article which was stored without any."""
    failure: str = ""


@dataclass(frozen=True, slots=True)
class _Written:
    """An article on its way into the database: a new row, or the new version of `former`."""

    article: Article
    former: Article | None
    signature: Signature
    annotations: Sequence[Suggestion]


def store(batch: Sequence[Prepared], *, run: ImportRun, defer: Defer | None = None) -> list[Stored]:
    """Store the articles of `batch`, and say what became of each, in its order.

    One transaction, or one for each record where the database refuses one of them or two have one URL. Raises a
    DatabaseError where the database, not a record, is at fault.
    """
    urls = [one.record.url for one in batch if one.record.url]
    if len(urls) == len(set(urls)):
        try:
            return _store(batch, run=run, defer=defer)
        except (DataError, IntegrityError) as problem:
            if len(batch) == 1:
                return [
                    Stored(batch[0].record, failure=f"refused by the database ({' '.join(str(problem).split())})")
                ]
    return [stored for one in batch for stored in store([one], run=run, defer=defer)]


@transaction.atomic
def _store(batch: Sequence[Prepared], *, run: ImportRun, defer: Defer | None) -> list[Stored]:
    stories.hold()
    results = [Stored(one.record) for one in batch]
    written = list(_to_write(batch, results, run=run))
    late = list(_late(results))
    brought = [*(one.annotations for one in written), *(stored.annotations for _, stored in late)]
    speakers = extraction.speakers_of(suggestion for annotations in brought for suggestion in annotations)
    changed = [*(one.former for one in written), *(article for article, _ in late)]
    Article.objects.hold(article.pk for article in changed if article and article.pk)
    _insert([one.article for one in written if one.former is None])
    for one in written:
        if one.former is not None:
            versions.renew(one.former, one.article)
    annotated = ((one.article.pk, suggestion) for one in written for suggestion in _new_annotations(one))
    extraction.insert(annotated, speakers=speakers)
    for article, stored in late:
        if not annotate(article, stored.annotations, text=stored.record.text, speakers=speakers):
            stored.annotations, stored.failure = (), LEFT_OUT
    stories.join_all([(one.article, one.signature) for one in written])
    pending = {stored.article.pk for stored in results if stored.article and stored.article.is_pending}
    if defer and pending:
        new = pending & {one.article.pk for one in written if one.former is None}
        defer(sorted(new), sorted(pending - new))
    return results


def _late(results: Sequence[Stored]) -> Iterator[tuple[Article, Stored]]:
    """What brings annotations of a text that is stored without any, with the article that has it."""
    brought: dict[str, tuple[Article, Stored]] = {}
    for one in results:
        if one.article and one.is_known and one.record.quotations and one.article.extracted_with != Article.ANNOTATED:
            brought.setdefault(one.record.text, (one.article, one))
    numbers = [article.pk for article, _ in brought.values()]
    annotated, worked_on = Article.objects.with_imported_quotations(numbers), Article.objects.worked_on(numbers)
    for article, stored in brought.values():
        if article.pk in annotated:
            continue
        if article.pk in worked_on:
            stored.failure = LEFT_OUT
            continue
        try:
            stored.annotations = extraction.of_people(stored.record.quotations, text=stored.record.text)
        except ValueError as problem:
            stored.failure = str(problem)
            continue
        yield article, stored


def _insert(articles: Sequence[Article]) -> None:
    """Insert new articles, and tell each its number."""
    bulk.insert_objects(articles)
    numbers = Article.objects.numbers_of(article.text_sha256 for article in articles)
    for article in articles:
        article.pk = numbers[article.text_sha256]
        article._state.adding = False


def _to_write(batch: Sequence[Prepared], results: Sequence[Stored], *, run: ImportRun) -> Iterator[_Written]:
    """What of `batch` changes something; the `results` are told which article is whose, and what failed."""
    known = Article.objects.with_digests(one.text_sha256 for one in batch)
    outlets = _outlets(one.record.outlet for one in batch)
    former = _not_of_many(Article.objects.at_urls(one.record.url for one in batch), batch, run=run)
    for one, result in zip(batch, results, strict=True):
        result.article = known.get(one.text_sha256)
        if result.article is not None:
            continue
        try:
            annotations = extraction.of_people(one.record.quotations, text=one.record.text)
            article = article_from(one, run=run)
        except ValueError as problem:
            result.failure = getattr(problem, "reason", str(problem))
            continue
        article.outlet = outlets.get(name_key(one.record.outlet))
        if annotations:
            article.extracted_with = Article.ANNOTATED
        known[one.text_sha256] = result.article = article
        result.is_known, result.former = False, former.get(article.url)
        yield _Written(article, result.former, one.signature, annotations)


def _not_of_many(at_url: dict[str, Article], batch: Sequence[Prepared], *, run: ImportRun) -> dict[str, Article]:
    """Without the articles whose URL one run brings with quite another text: that is the address of a feed or a
    list, which many articles name as theirs."""
    signatures = stories.signatures(article.pk for article in at_url.values() if article.import_run_id == run.pk)
    brought = {one.record.url: one.signature for one in batch}
    return {
        url: article
        for url, article in at_url.items()
        if article.pk not in signatures or not near_copies.unrelated(signatures[article.pk], brought[url])
    }


def _new_annotations(written: _Written) -> Sequence[Suggestion]:
    """Without those that the earlier version had, and that went along with their words."""
    if written.former is None or not written.annotations:
        return written.annotations
    written.article.quotations.untouched_suggestions().delete()  # who annotates says more than a machine
    went_along = list(written.article.quotations.in_text().values_list("spans", flat=True))
    return [suggestion for suggestion in written.annotations if suggestion.fields["spans"] not in went_along]


def _outlets(names: Iterable[str]) -> dict[str, Outlet]:
    """{key: outlet}: those there are, and new ones for the rest."""
    called = {name_key(name): name for name in reversed(list(names)) if len(name) <= NAME_LENGTH}
    called.pop("", None)
    found = Outlet.objects.by_key(called)
    new = [Outlet(name=name, key=key) for key, name in sorted(called.items()) if key not in found]
    if new:
        Outlet.objects.bulk_create(new, ignore_conflicts=True)
        found |= Outlet.objects.by_key(outlet.key for outlet in new)
    return found


def article_from(prepared: Prepared, *, run: ImportRun) -> Article:
    """The unsaved article, still without its outlet, with every value short enough for its column.

    PostgreSQL refuses longer ones, SQLite takes no notice. Raises UnreadableInput where a shorter value would say
    something else: half an address leads elsewhere.
    """
    record = prepared.record
    if len(record.url) > longest("url"):
        raise UnreadableInput(record.source_name, f"its URL is longer than {longest('url'):,} characters")
    if len(record.outlet) > NAME_LENGTH:
        raise UnreadableInput(record.source_name, f"its outlet's name is longer than {NAME_LENGTH} characters")
    return Article(
        text=record.text,
        text_sha256=prepared.text_sha256,
        published_on=record.published_on,
        url=record.url,
        source_sha256=record.sha256,
        import_run=run,
        imported_at=timezone.now(),
        source_name=stored_source_name(record),
        **{field: _cut(getattr(record, field), longest(field)) for field in CUTTABLE},
    )


def stored_source_name(record: ArticleRecord) -> str:
    """Of a long path the end says most."""
    return _cut(record.source_name[::-1], longest("source_name"))[::-1]


@functools.cache
def longest(field: str) -> int:
    """The most code points that `field` of an article holds."""
    return cast("models.CharField[str, str]", Article._meta.get_field(field)).max_length or 0


def _cut(value: str, most: int) -> str:
    return value if len(value) <= most else f"{value[: most - 1].rstrip()}…"
