"""Articles."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Left

from ..patience import patiently
from .finding import FoundQuerySet
from .hints import ByArticle, ByNumber, reading

if TYPE_CHECKING:
    from ..models import Article, ImportRun, Quotation


BEGINNING = 201
"""Code points of a text that are fetched for a list: more than it shows of a beginning."""


class ArticleQuerySet(FoundQuerySet["Article"]):
    columns = "title byline text"
    article = "pk"
    by_article = ByNumber

    def visible(self) -> Self:
        """Articles that an editor has not hidden."""
        return self.filter(is_hidden=False)

    def reviewed(self, answer: bool | None) -> Self:
        """Those that somebody has reviewed, those that nobody has, or all where that does not matter."""
        return self if answer is None else self.filter(reviewed_by__isnull=not answer)

    def quoting(self, quotations: models.QuerySet[Quotation]) -> Self:
        """Those with one of these quotations."""
        return self.filter(Exists(reading(quotations.filter(article=OuterRef("pk")), ByArticle)))

    def not_quoting(self, quotations: models.QuerySet[Quotation]) -> Self:
        """Those without any of these quotations."""
        return self.exclude(Exists(reading(quotations.filter(article=OuterRef("pk")), ByArticle)))

    def unsettled(self) -> Self:
        """Articles that nobody has reviewed, with a suggestion that nobody has decided on; newest first."""
        from ..models import Quotation

        left = Quotation.objects.shown().filter(article=OuterRef("pk"), state="suggested")
        return self.filter(Exists(left), reviewed_by=None).newest_first().defer("text")

    def last_in(self) -> Self:
        """Visible articles, those that came in last first."""
        return self.visible().order_by("-id")

    def flagged(self) -> Self:
        """Visible articles that somebody asked a second look at, newest first."""
        return self.visible().filter(needs_second_look=True).newest_first()

    def in_lines(self, numbers: Iterable[int]) -> dict[int, Article]:
        """{number: the visible article}, of these numbers, with what a line about one shows."""
        return self.visible().with_progress().with_outlet().defer("text").in_bulk(set(numbers))

    def but(self, article: Article) -> Self:
        """All but `article`."""
        return self.exclude(pk=article.pk)

    def with_progress(self) -> Self:
        """Add `quotation_count` and `settled_count`, counted only for the rows that are fetched."""
        from ..models import Quotation

        def count(**conditions: Any) -> Coalesce:
            rows = Quotation.objects.shown().filter(article=OuterRef("pk"), **conditions).order_by()
            counted = rows.values("article").annotate(number=Count("pk")).values("number")
            return Coalesce(Subquery(counted, output_field=IntegerField()), 0)

        return self.annotate(
            quotation_count=count(),
            settled_count=count(state__in=["accepted", "rejected"]),
        )

    def with_beginning(self, length: int) -> Self:
        """Add `beginning`, the first `length` code points of the text, which itself is left in the database."""
        return self.annotate(beginning=Left("text", length)).defer("text")

    def for_list(self) -> Self:
        """With what a line of the list shows of each."""
        return self.with_progress().with_outlet()

    def for_list_of_beginnings(self) -> Self:
        """The same, where of the text only the beginning is shown."""
        return self.for_list().with_beginning(BEGINNING)

    def for_api(self) -> Self:
        """With what the API tells of each in a list."""
        return self.with_progress().select_related("outlet", "reviewed_by").defer("text")

    def for_feed(self) -> Self:
        """With what an entry of a feed shows of each, and `changed_at`, when somebody last changed its record."""
        from ..models import Change

        last = Change.objects.filter(article=OuterRef("pk")).order_by("-pk").values("act__at")[:1]
        return self.with_outlet().with_beginning(BEGINNING).annotate(changed_at=Subquery(last))

    def with_outlet(self) -> Self:
        """With the outlet of each, fetched together."""
        return self.select_related("outlet")

    def pending(self) -> Self:
        """Articles whose quotations have not been sought yet, in languages that a pipeline is set for.

        Those that failed too often are left out: they are set aside.
        """
        languages = ["", *settings.NEWSROOM_PIPELINES]
        return self.not_set_aside().filter(extracted_with="", language__in=languages)

    def set_aside(self) -> Self:
        """Articles whose quotations were sought too often without success."""
        return self.filter(extraction_tries__gte=self.model.MOST_TRIES)

    def not_set_aside(self) -> Self:
        return self.filter(extraction_tries__lt=self.model.MOST_TRIES)

    def stale(self, version: str) -> Self:
        """Articles whose quotations another version of the pipeline found, but for those set aside."""
        return self.not_set_aside().exclude(extracted_with__in=["", self.model.ANNOTATED, version])

    def with_quotations(self) -> Self:
        """With all quotations of each, fetched together."""
        return self.prefetch_related("quotations")

    def with_former_texts(self) -> Self:
        """With all texts that each had before, fetched together."""
        return self.prefetch_related("former_texts")

    def with_imported_quotations(self, numbers: Iterable[int]) -> set[int]:
        """Those of these numbers that are of articles some of whose quotations came with them."""
        return set(self.filter(pk__in=list(numbers), quotations__origin="imported").values_list("pk", flat=True))

    def numbers_of(self, digests: Iterable[str]) -> dict[str, int]:
        """{SHA-256 of a text: the number of the article that has it now}."""
        return dict(self.filter(text_sha256__in=list(digests)).values_list("text_sha256", "pk"))

    def numbers_ever_of(self, digests: Iterable[str]) -> dict[str, list[int]]:
        """{SHA-256 of a text: the numbers of the articles that have it or, behind these, had it in a version}."""
        from ..models import FormerText

        wanted = list(digests)
        former = FormerText.objects.filter(text_sha256__in=wanted)
        found: dict[str, list[int]] = defaultdict(list)
        for rows, number in ((self.filter(text_sha256__in=wanted), "pk"), (former, "article_id")):
            for pk, digest in rows.values_list(number, "text_sha256"):
                found[digest].append(pk)
        return dict(found)

    def with_digests(self, digests: Iterable[str]) -> dict[str, Article]:
        """{SHA-256 of a text: the article that has it, or had it in an earlier version}, without the texts."""
        from ..models import FormerText

        wanted = list(digests)
        former = FormerText.objects.filter(text_sha256__in=wanted).order_by("id")
        numbers = dict(former.values_list("text_sha256", "article"))
        have = Q(text_sha256__in=wanted) | Q(pk__in=numbers.values()) if numbers else Q(text_sha256__in=wanted)
        by_number = {article.pk: article for article in self.filter(have).defer("text")}
        found = {digest: by_number[pk] for digest, pk in numbers.items() if pk in by_number}
        return found | {article.text_sha256: article for article in by_number.values()}

    def at_urls(self, urls: Iterable[str]) -> dict[str, Article]:
        """{URL: the newest article at it}, of those URLs that name an article and are known.

        Fragments and the case of scheme and host do not count: see `importing.addresses`.
        """
        from ..importing.addresses import is_of_an_article, normal_address

        wanted = {url: normal_address(url) for url in urls if is_of_an_article(url)}
        found: dict[str, Article] = {}
        if wanted:
            for article in self.filter(url__in={*wanted, *wanted.values()}).order_by("id"):
                found[normal_address(article.url)] = article
        return {url: found[address] for url, address in wanted.items() if address in found}

    def of_story(self, story_id: int) -> Self:
        """Visible articles of one story with their outlets, the earliest first and the undated last."""
        return self.visible().filter(story=story_id).select_related("outlet").earliest_first()

    def earliest_first(self) -> Self:
        """By date, the undated last: the first of a story's articles gives it its title."""
        return self.order_by(F("published_on").asc(nulls_last=True), "id")

    def last_of_stories(self) -> Self:
        """Of each story its newest visible article: it says where the story stands in a list by date."""
        later = Q(dated__gt=OuterRef("dated")) | Q(dated=OuterRef("dated"), pk__gt=OuterRef("pk"))
        newer = self.model.objects.visible().filter(later, story=OuterRef("story"))
        return self.visible().filter(~Exists(newer), story__isnull=False)

    def place_of_story(self, story_id: int) -> tuple[datetime.date, int]:
        """The date and number of its newest visible article: where the story stands in a list by date."""
        return self.visible().filter(story=story_id).newest_first().values_list("dated", "pk")[0]

    def but_of_story(self, story_id: int | None) -> Self:
        """Those in no story, or in another one."""
        return self.exclude(story=story_id)

    def with_stories(self) -> Self:
        """With the story of each, and without texts."""
        return self.select_related("story").defer("text")

    def of_import(self, run: ImportRun) -> Self:
        """Visible articles that `run` brought, in the order in which they came, with outlets and without texts."""
        return self.visible().filter(import_run=run).select_related("outlet").defer("text").order_by("id")

    def with_origin(self) -> Self:
        """With the import that brought each, who began it, and who has reviewed the article."""
        return self.select_related("import_run__by", "reviewed_by")

    def unsigned(self, version: int) -> Self:
        """Articles whose near-copies were never sought, or with signatures of another `version`."""
        return self.exclude(signature__version=version)

    def texts(self, numbers: Iterable[int]) -> Iterator[tuple[int, str, str]]:
        """(number, text, SHA-256 as it is stored) of each of these articles, a few in memory at a time."""
        return self.numbered(numbers).order_by("pk").values_list("pk", "text", "text_sha256").iterator(chunk_size=10)

    def with_text(self, digest: str) -> Self:
        """The article whose text has that SHA-256 now, one or none."""
        return self.filter(text_sha256=digest)

    def locked(self, pk: int) -> Article:
        """The article, held until the transaction ends; others may still hang quotations and acts on it."""
        return self.select_for_update(no_key=True).get(pk=pk)

    def worked_on(self, numbers: Iterable[int]) -> set[int]:
        """Those of these numbers that are of articles whose quotations somebody has decided on, added or reviewed."""
        from ..models import Quotation

        these = self.numbered(numbers)
        touched = Quotation.objects.filter(article__in=these.values("pk")).touched()
        reviewed = these.filter(reviewed_by__isnull=False)
        return {*touched.values_list("article", flat=True), *reviewed.values_list("pk", flat=True)}

    def hold(self, numbers: Iterable[int]) -> None:
        """Hold the articles with these numbers until the transaction ends, in the order in which acts do."""
        list(self.select_for_update(no_key=True).numbered(numbers).order_by("pk").values_list("pk"))

    def chunks(self, size: int) -> Iterator[list[Article]]:
        """All rows by primary key, `size` at a time: bounded memory, and no cursor held open over writes.

        Where the database is gone for a while, it is waited for.
        """
        last = 0
        while chunk := patiently(list, self.filter(pk__gt=last).order_by("pk")[:size]):
            yield chunk
            last = chunk[-1].pk
