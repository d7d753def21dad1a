"""Stories, and the keys by which near-copies are found."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Self

from django.db import connection, models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

if TYPE_CHECKING:
    from ..models import Article, KeyOfCopy, Story  # noqa: F401


def _of_earliest(field: str) -> Subquery:
    """A field of a story's earliest visible article."""
    from ..models import Article

    articles = Article.objects.visible().filter(story=OuterRef("pk")).earliest_first()
    return Subquery(articles.values(field)[:1])


class StoryQuerySet(models.QuerySet["Story"]):
    def shown(self) -> Self:
        """Stories with a visible article, and those that were merged into another, which lead there."""
        from ..models import Article

        visible = Exists(Article.objects.visible().filter(story=OuterRef("pk")))
        return self.filter(visible | Q(merged_into__isnull=False)).select_related("merged_into")

    def listed(self) -> Self:
        """Stories with a visible article, but for those that were merged into another."""
        from ..models import Article

        return self.filter(Exists(Article.objects.visible().filter(story=OuterRef("pk"))), merged_into=None)

    def with_title(self) -> Self:
        """Add `title`, that of the earliest dated visible article; of an undated one where all are."""
        return self.annotate(title=_of_earliest("title"))

    def titles(self, numbers: Iterable[int]) -> dict[int, str]:
        """{number: the title}, of those with a visible article."""
        titled = self.filter(pk__in=list(numbers)).values_list("pk", _of_earliest("title"))
        return {pk: title for pk, title in titled if title is not None}

    def of_first(self, articles: models.QuerySet[Article]) -> Story | None:
        """The story of the first of these articles, if there is one."""
        return self.filter(pk__in=articles.values("story")[:1]).first()

    def in_lines(self, numbers: Iterable[int]) -> dict[int, Story]:
        """{number: the story}, with what a line about one shows, counted for these alone.

        Adds `title`, `first_day` of its earliest article, `article_count`, `outlet_count` and `quotation_count`,
        rejected ones left out.
        """
        from ..models import Article, Quotation

        articles = Article.objects.visible().filter(story=OuterRef("pk"))
        said = Quotation.objects.listed().not_rejected().filter(article__story=OuterRef("pk"))

        def number(rows: models.QuerySet[Any], of: Count, group: str) -> Subquery:
            return Subquery(rows.order_by().values(group).annotate(number=of).values("number"))

        return (
            self.with_title()
            .annotate(
                first_day=_of_earliest("published_on"),
                article_count=number(articles, Count("pk"), "story"),
                outlet_count=Coalesce(number(articles, Count("outlet", distinct=True), "story"), 0),
                quotation_count=Coalesce(number(said, Count("pk"), "article__story"), 0),
            )
            .in_bulk(set(numbers))
        )

    def merge(self, numbers: Sequence[int], *, into: int) -> None:
        """Let the stories with these numbers, and all that were merged into them, lead to the story `into`."""
        from ..models import Article

        Article.objects.filter(story__in=numbers).update(story=into)
        self.filter(Q(merged_into__in=numbers) | Q(pk__in=numbers)).update(merged_into=into)


class KeyOfCopyQuerySet(models.QuerySet["KeyOfCopy"]):
    def holders(self, values: Iterable[int]) -> dict[int, list[int]]:
        """{key: ids of the articles that have it}, for all `values`."""
        found: dict[int, list[int]] = {value: [] for value in values}
        # As one parameter: to bind thousands takes longer than to look them up.
        as_rows = (
            "SELECT unnest(%s::bigint[])" if connection.vendor == "postgresql" else "SELECT value FROM json_each(%s)"
        )
        given = [*found] if connection.vendor == "postgresql" else json.dumps([*found])
        rows = self.filter(value__in=RawSQL(as_rows, [given]))  # noqa: S611 - constants
        for value, article_id in rows.values_list("value", "article_id"):
            found[value].append(article_id)
        return found
