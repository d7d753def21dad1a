"""What is there already of that which is brought back."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from uuid import UUID

from django.contrib.auth.models import User

if TYPE_CHECKING:
    from ..models import Speaker

Value = TypeVar("Value")
AT_ONCE = 1_000
"""Values that are asked for in one query."""


class KnownArticle(NamedTuple):
    number: int
    imported_at: datetime.datetime
    story: int | None


def articles(digests: Iterable[str]) -> dict[str, KnownArticle]:
    """{SHA-256 of a text: the article that has it now}."""
    from ..models import Article

    rows = Article.objects.filter(text_sha256__in=list(digests))
    found = rows.values_list("text_sha256", "pk", "imported_at", "story_id")
    return {digest: KnownArticle(number, imported_at, story) for digest, number, imported_at, story in found}


def holders_of_former(digests: Iterable[str]) -> dict[str, list[int]]:
    """{SHA-256 of a text: the articles that had it once}, of those that one had."""
    from ..models import FormerText

    found: dict[str, list[int]] = {}
    rows = FormerText.objects.filter(text_sha256__in=list(digests)).order_by("pk")
    for digest, article in rows.values_list("text_sha256", "article_id"):
        found.setdefault(digest, []).append(article)
    return found


def quotations(uids: Collection[UUID]) -> dict[UUID, int]:
    """{uid: the number of the quotation}, of those that are there."""
    from ..models import Quotation

    rows = (Quotation.objects.filter(uid__in=part).values_list("uid", "pk") for part in _parts(uids))
    return {uid: number for part in rows for uid, number in part}


def articles_of(quotations: Collection[int]) -> dict[int, int]:
    """{number of a quotation: the number of its article}."""
    from ..models import Quotation

    rows = (Quotation.objects.filter(pk__in=part).values_list("pk", "article_id") for part in _parts(quotations))
    return {number: article for part in rows for number, article in part}


def speakers(keys: Collection[str]) -> dict[tuple[str, str], Speaker]:
    """{(key, qualifier): the speaker} of these keys, with the other names of each."""
    from ..models import Speaker

    rows = (Speaker.objects.filter(key__in=part).with_aliases() for part in _parts(keys))
    return {(one.key, one.qualifier): one for part in rows for one in part}


def merged_into(speakers: Iterable[int]) -> dict[int, int]:
    """{number of a speaker: who has its quotations now}, of those of these who were merged."""
    from ..models import Speaker

    rows = Speaker.objects.filter(pk__in=list(speakers), merged_into__isnull=False)
    return {one: into for one, into in rows.values_list("pk", "merged_into_id") if into}


def former_texts(articles: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    """{article: (number, SHA-256) of each of its former texts, in their order}."""
    from ..models import FormerText

    found: dict[int, list[tuple[int, str]]] = {}
    rows = FormerText.objects.filter(article__in=list(articles)).order_by("pk")
    for article, number, digest in rows.values_list("article_id", "pk", "text_sha256"):
        found.setdefault(article, []).append((number, digest))
    return found


def acts(uids: Collection[UUID]) -> dict[UUID, int]:
    """{uid: the number of the act}, of those that are there."""
    from ..models import Act

    rows = (Act.objects.filter(uid__in=part).values_list("uid", "pk") for part in _parts(uids))
    return {uid: number for part in rows for uid, number in part}


def undone(uids: Collection[UUID]) -> set[UUID]:
    """Those of these acts that another act has undone."""
    from ..models import Act

    rows = (Act.objects.filter(uid__in=part, undone_by__isnull=False) for part in _parts(uids))
    return {uid for part in rows for uid in part.values_list("uid", flat=True)}


def accounts(usernames: Iterable[str]) -> dict[str, User]:
    """{username: the account}, of those that are there."""
    return {account.username: account for account in User.objects.filter(username__in=list(usernames))}


def _parts(values: Collection[Value]) -> Iterator[Sequence[Value]]:
    every = list(values)
    return (every[start : start + AT_ONCE] for start in range(0, len(every), AT_ONCE))
