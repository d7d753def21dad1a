"""Joining near-copies to stories, at import and, through `manage.py stories`, among what is stored already.

Two imports at once may bring two copies of one text, neither of which sees the other before it is committed. SQLite
has one writer at a time; on PostgreSQL locks that end with the transaction make them wait, in this order:

1. one lock for each key of the article, in ascending order of number. Near-copies share a key, so the second waits
   until the first is committed, and then finds it;
2. where near-copies were found, one lock for all stories. Under it the articles' stories are read again, so a story
   that another import has merged in the meantime is never joined.

Rows of articles are written last. Call `join` once in a transaction, before anything that others may wait for and
that may wait for others: an extraction holds its article and then waits for a new speaker's name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from django.db import connection, transaction

from .importing import near_copies
from .importing.near_copies import Compared, Signature
from .models import Article, KeyOfCopy, SignatureOfText, Story

COMMON = 32
"""Articles that hold a key, at most: what more share is boilerplate, or a story that is found through these."""
CANDIDATES = 16
"""Articles compared at most, those with the most keys in common first: so an article never takes long."""

# The first number of PostgreSQL's advisory locks names what they are for: "stor".
LOCKS = 0x73746F72
ALL_STORIES = -1
LOCKS_OF_KEYS = 4096


@transaction.atomic
def join(article: Article) -> Story | None:
    """Store the signature of a saved article and join it to the story of its near-copies.

    Several stories are merged into the oldest. None where there are no near-copies, or where the text is too short
    to tell. Doing it again does no harm: an article never leaves its story by it.
    """
    ours = Compared(article.text)
    keys = sorted(ours.signature.keys)
    _hold(sorted({key % LOCKS_OF_KEYS for key in keys}))
    _store(article, ours.signature)
    holders = KeyOfCopy.objects.exclude(article=article).holders(keys)
    copies = list(_copies(ours, holders))
    rare = [key for key in keys if len(holders[key]) < COMMON]
    KeyOfCopy.objects.bulk_create(KeyOfCopy(article=article, value=key) for key in rare)
    if copies:
        article.story = _joined([article.pk, *copies])
    return article.story


def _store(article: Article, ours: Signature) -> None:
    """Signature in, and out with the keys of an earlier one."""
    SignatureOfText.objects.bulk_create(
        [
            SignatureOfText(
                article=article, version=near_copies.VERSION, shingles=ours.shingles, minima=ours.to_bytes()
            )
        ],
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["version", "shingles", "minima"],
    )
    KeyOfCopy.objects.filter(article=article).delete()


def _copies(ours: Compared, holders: Mapping[int, list[int]]) -> Iterator[int]:
    """Ids of near-copies among the holders: one of each story is enough, and all that have none."""
    shared = Counter(pk for with_key in holders.values() for pk in with_key)
    likely = [pk for pk, _ in shared.most_common(CANDIDATES)]
    stored = SignatureOfText.objects.filter(version=near_copies.VERSION).in_bulk(likely) if likely else {}
    possible = [pk for pk in likely if pk in stored and _worth_comparing(ours.signature, stored[pk])]
    others = Article.objects.only("text", "story_id").in_bulk(possible) if possible else {}
    found: set[int | None] = set()
    for other in (others[pk] for pk in possible if pk in others):
        if other.story_id not in found and ours.is_near_copy(other.text):
            yield other.pk
            if other.story_id is not None:
                found.add(other.story_id)


def _worth_comparing(ours: Signature, row: SignatureOfText) -> bool:
    theirs = Signature.from_bytes(bytes(row.minima), shingles=row.shingles)
    return near_copies.worth_comparing(ours, theirs)


def _joined(ids: Iterable[int]) -> Story:
    """The one story that all articles with these ids are in from now on, with all that were in a story with them."""
    _hold([ALL_STORIES])
    articles = Article.objects.filter(pk__in=list(ids))
    known = sorted({story for story in articles.values_list("story", flat=True) if story is not None})
    story = Story.objects.get(pk=known[0]) if known else Story.objects.create()
    merged = known[1:]
    if merged:
        Article.objects.filter(story__in=merged).update(story=story)
        Story.objects.filter(merged_into__in=merged).update(merged_into=story)
        Story.objects.filter(pk__in=merged).update(merged_into=story)
    articles.filter(story=None).update(story=story)
    return story


def _hold(numbers: list[int]) -> None:
    """Take these locks in this order, until the transaction ends; on SQLite it holds the only one since it began."""
    if connection.vendor == "postgresql" and numbers:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(%s, number) FROM unnest(%s::int[]) AS number", [LOCKS, numbers]
            )
