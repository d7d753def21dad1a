"""What an export fetches: many rows of few columns, a chunk at a time, without an object for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F, Q, QuerySet

Rows = QuerySet[Any]
Part = Sequence[int]
Parts = Iterator[Part]

AT_ONCE = 2_000
"""Rows that are fetched from the database at once where few columns are wanted."""
TEXTS_AT_ONCE = 10
"""The same of rows with whole texts."""

SPEAKER = ("pk", "name", "qualifier", "kind", "role", "wikidata_id", "is_hidden", "merged_into_id", "version")
FORMER = (
    *("text", "text_sha256", "title", "byline", "published_on", "source_name", "source_sha256", "encoding", "reader"),
    *("imported_at", "replaced_at"),
)
CHANGE = (*("act_id", "quotation_id", "quotation__uid", "article_id", "speaker_id", "outlet_id", "before", "after"),)
ACT = ("pk", "uid", "verb", "by_id", "at", "article_id", "note", "undoes__uid")


def numbers(rows: Rows) -> Iterator[int]:
    """The number of each of `rows`, in any order."""
    return rows.order_by().values_list("pk", flat=True).iterator(chunk_size=AT_ONCE)


def numbers_with_articles(rows: Rows) -> Iterator[tuple[int, int]]:
    """The number of each of these quotations and that of its article, in any order."""
    return rows.order_by().values_list("pk", "article_id").iterator(chunk_size=AT_ONCE)


def parts(rows: Rows, size: int) -> Parts:
    """The numbers of all rows, ascending, `size` at a time."""
    last = 0
    while found := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:size]):
        yield found
        last = found[-1]


def of(rows: Rows, articles: Part) -> Rows:
    """Those of these articles."""
    return rows.filter(article__in=articles).order_by()


def of_all(rows: Rows, articles: Rows, *, narrowed: bool) -> Rows:
    """Those of `articles`, of which those that are left out make it worth looking only where they are `narrowed`."""
    return (rows.filter(article__in=articles.order_by().values("pk")) if narrowed else rows).order_by()


def in_order(rows: Rows, articles: Part) -> Rows:
    """Those of these articles in the order of the texts; what stands in former texts comes last."""
    return of(rows, articles).order_by("article_id", F("former_text").asc(nulls_first=True), "start", "pk")


def texts(numbers: Part, fields: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The named fields of the articles with these numbers, in their order, few in memory at once."""
    from ..models import Article

    rows = Article.objects.numbered(numbers).order_by("pk").values_list(*fields)
    return rows.iterator(chunk_size=TEXTS_AT_ONCE)


def former_texts(articles: Part) -> Rows:
    """(article, act's uid, anchors, FORMER…, id) of each former text of these articles, in their order."""
    from ..models import FormerText

    rows = FormerText.objects.filter(article__in=articles).order_by("article_id", "pk")
    return rows.values_list("article_id", "act__uid", "anchors", *FORMER, "pk")


def former_in_order(acts: Part) -> Rows:
    """(article, number) of all former texts of the articles in which these acts moved quotations from one to another,
    in their order."""
    from ..models import Change, FormerText

    moved = Q(before__has_key="former_text_id") | Q(after__has_key="former_text_id")
    articles = Change.objects.filter(moved, act__in=acts, quotation__isnull=False).values("quotation__article")
    rows = FormerText.objects.filter(article__in=articles.order_by()).order_by("article_id", "pk")
    return rows.values_list("article_id", "pk")


def analyses(articles: Part) -> Rows:
    from ..models import Analysis

    return Analysis.objects.filter(article__in=articles).values_list("article_id", "text_sha256", "version", "cues")


def usernames() -> dict[int, str]:
    """{number: the name} of all accounts."""
    return dict(User.objects.values_list("pk", "username"))


def speakers(numbers: Iterable[int]) -> Rows:
    from ..models import Speaker

    return Speaker.objects.filter(pk__in=list(numbers)).order_by("pk").values_list(*SPEAKER)


def aliases(speakers: Iterable[int]) -> Rows:
    """(speaker, name) of the other names of these speakers."""
    from ..models import Alias

    return Alias.objects.filter(speaker__in=list(speakers)).order_by("name").values_list("speaker_id", "name")


def acts_in(articles: Part) -> Iterator[tuple[int, int | None]]:
    """(act, quotation that it changed, None where it is the article itself) of the acts in these articles."""
    from ..models import Act, Change

    # A correction of the text has no changes.
    for act in Act.objects.filter(article__in=articles, changes=None).order_by().values_list("pk", flat=True):
        yield act, None
    for act in Change.objects.filter(article__in=articles).order_by().values_list("act_id", flat=True):
        yield act, None
    changed = Change.objects.filter(quotation__article__in=articles).order_by()
    yield from changed.values_list("act_id", "quotation_id")


def acts_on(field: str, numbers: Part) -> Rows:
    """The acts that changed one of these speakers or outlets, as `field` says."""
    from ..models import Change

    return Change.objects.filter(**{f"{field}__in": numbers}).order_by().values_list("act_id", flat=True)


def undone_by(acts: Part) -> Rows:
    """The acts that these undid."""
    from ..models import Act

    undoing = Act.objects.filter(pk__in=acts, undoes__isnull=False).order_by()
    return undoing.values_list("undoes_id", flat=True)


def acts(numbers: Part) -> Rows:
    from ..models import Act

    return Act.objects.filter(pk__in=numbers).order_by("pk").values_list(*ACT)


def changes(acts: Part) -> Iterator[tuple[Any, ...]]:
    """CHANGE of each change of these acts, by act, in their order."""
    from ..models import Change

    rows = Change.objects.filter(act__in=acts).order_by("act_id", "pk").values_list(*CHANGE)
    return rows.iterator(chunk_size=AT_ONCE)


def that_name_speakers() -> Q:
    """Changes of speakers, or of a field that holds a speaker's number."""
    named = Q(before__has_any_keys=["speaker_id", "merged_into_id"])
    return named | Q(after__has_any_keys=["speaker_id", "merged_into_id"]) | Q(speaker__isnull=False)


def changes_naming_speakers(acts: Part) -> Iterator[tuple[Any, ...]]:
    """CHANGE of each change of these acts that names a speaker."""
    from ..models import Change

    rows = Change.objects.filter(that_name_speakers(), act__in=acts).order_by().values_list(*CHANGE)
    return rows.iterator(chunk_size=AT_ONCE)


def has_acts() -> bool:
    from ..models import Act

    return Act.objects.exists()
