"""Joining near-copies to stories, at import and, through `manage.py stories`, among what is stored already.

Two imports at once may bring two copies of one text, neither of which sees the other before it is committed. SQLite
has one writer at a time; on PostgreSQL `hold` makes one import at a time look for near-copies and join: the next
waits until the first is committed, and then finds its articles. Extractions and corrections never wait for it.

Rows of articles are written last. Hold it before anything that others may wait for and that may wait for others: an
extraction holds its article and then waits for a new speaker's name.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db import OperationalError, connection, transaction

from . import bulk
from .importing import near_copies
from .importing.grouping import connected
from .importing.near_copies import Compared, Signature, compared
from .models import Article, KeyOfCopy, SignatureOfText, Story

logger = logging.getLogger(__name__)

COMMON = 32
"""Articles that hold a key, at most: what more share is boilerplate, or a story that is found through these."""
CANDIDATES = 16
"""Articles compared at most, those with the most keys in common first: so an article never takes long."""

# The number of PostgreSQL's advisory lock: "stor".
LOCK = 0x73746F72


def hold() -> None:
    """Be the only import that writes until the transaction ends; on SQLite it is since it began."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


@transaction.atomic
def join(article: Article) -> Story | None:
    """Store the signature of a saved article and join it to the story of its near-copies.

    Several stories are merged into the oldest. None where there are no near-copies, or where the text is too short
    to tell. Doing it again does no harm: an article never leaves its story by it.
    """
    hold()
    join_all([(article, Compared(article.text).signature)])
    return article.story


def join_corrected(article: Article) -> None:
    """`join` an article, as it is now, whose corrected text is stored: failing at it takes nothing of that back."""
    article.refresh_from_db()
    try:
        join(article)
    except OperationalError as error:
        logger.warning("Article %s stays in the story that it was in: %s", article.pk, error)


def join_all(signed: Sequence[tuple[Article, Signature]]) -> None:
    """`join` for many saved articles with the signatures of their texts, in the caller's transaction under `hold`."""
    _store(signed)
    holders = KeyOfCopy.objects.holders({key for _, signature in signed for key in signature.keys})
    known = signatures(pk for _, signature in signed for pk in _likely(signature, holders))
    texts = _Texts(signed)
    rare: list[tuple[int, int]] = []
    pairs: list[tuple[int, int]] = []
    for article, signature in signed:
        number = article.pk
        likely = _likely(signature, holders)
        possible = [pk for pk in likely if pk in known and near_copies.worth_comparing(signature, known[pk])]
        pairs += [(number, pk) for pk in texts.copies(article.text, possible)]
        rare += _held(number, signature, holders)
        known[number] = signature
    bulk.insert(KeyOfCopy, ["article", "value"], rare)
    if pairs:
        _join(pairs)
        story_of = dict(Article.objects.numbered(article.pk for article, _ in signed).values_list("pk", "story"))
        for article, _ in signed:
            article.story_id = story_of[article.pk]


def sign_all(signed: Sequence[tuple[Article, Signature]]) -> None:
    """Store the signatures of many saved articles, for later ones to be compared with; joins none of them.

    In the caller's transaction under `hold`.
    """
    _store(signed)
    holders = KeyOfCopy.objects.holders({key for _, signature in signed for key in signature.keys})
    rare = [row for article, signature in signed for row in _held(article.pk, signature, holders)]
    bulk.insert(KeyOfCopy, ["article", "value"], rare)


def _held(number: int, signature: Signature, holders: Mapping[int, list[int]]) -> list[tuple[int, int]]:
    """(article, key) of each key that the article is to hold, noted among the `holders`: those that few hold."""
    rare = [(number, key) for key in sorted(signature.keys) if len(holders[key]) < COMMON]
    for _, key in rare:
        holders[key].append(number)
    return rare


def _store(signed: Sequence[tuple[Article, Signature]]) -> None:
    """Signatures in, and out with earlier ones and their keys."""
    numbers = [article.pk for article, _ in signed]
    SignatureOfText.objects.filter(article__in=numbers).delete()
    KeyOfCopy.objects.filter(article__in=numbers).delete()
    rows = ((article.pk, near_copies.VERSION, one.shingles, one.to_bytes()) for article, one in signed)
    bulk.insert(SignatureOfText, ["article", "version", "shingles", "minima"], rows)


def _likely(signature: Signature, holders: Mapping[int, list[int]]) -> list[int]:
    """Ids of the articles with the most keys in common."""
    shared = Counter(pk for key in signature.keys for pk in holders[key])
    return [pk for pk, _ in shared.most_common(CANDIDATES)]


def signatures(pks: Iterable[int]) -> dict[int, Signature]:
    """{id of an article: the signature of its text}, of those that have one of this version."""
    wanted = set(pks)
    if not wanted:
        return {}
    stored = SignatureOfText.objects.filter(version=near_copies.VERSION, article__in=wanted)
    rows = stored.values_list("article", "minima", "shingles")
    return {pk: Signature.from_bytes(bytes(minima), shingles=shingles) for pk, minima, shingles in rows}


class _Texts:
    """Texts of articles to compare with, each fetched once, with the stories that the articles were in by then."""

    def __init__(self, signed: Sequence[tuple[Article, Signature]]) -> None:
        self._known = {article.pk: article for article, _ in signed}

    def copies(self, text: str, possible: Sequence[int]) -> Iterator[int]:
        """Ids of near-copies of `text` among the possible ones: one of each story is enough."""
        missing = [pk for pk in possible if pk not in self._known]
        if missing:
            self._known |= Article.objects.only("text", "story_id").in_bulk(missing)
        found: set[int | None] = set()
        for other in (self._known[pk] for pk in possible if pk in self._known):
            if other.story_id not in found and compared(text).is_near_copy(compared(other.text)):
                yield other.pk
                if other.story_id is not None:
                    found.add(other.story_id)


def _join(pairs: Iterable[tuple[int, int]]) -> None:
    """Put both articles of each pair in one story, with all that were in a story with either."""
    groups = connected(pairs)
    story_of = dict(Article.objects.numbered(pk for group in groups for pk in group).values_list("pk", "story"))
    # Two groups may meet in a story that both have an article in.
    groups = connected([*pairs, *_first_of_each_story(story_of)])
    known = [sorted({story for pk in group if (story := story_of[pk]) is not None}) for group in groups]
    new = iter(Story.objects.bulk_create(Story() for stories in known if not stories))
    rows = []
    for group, stories in zip(groups, known, strict=True):
        story = stories[0] if stories else next(new).pk
        if merged := stories[1:]:
            Story.objects.merge(merged, into=story)
        rows += [(story, pk) for pk in group if story_of[pk] is None]
    bulk.update(Article, ["story"], rows)


def _first_of_each_story(story_of: Mapping[int, int | None]) -> Iterator[tuple[int, int]]:
    """Pairs that join all articles of one story to the first of them."""
    first: dict[int, int] = {}
    for pk, story in story_of.items():
        if story is not None:
            yield first.setdefault(story, pk), pk
