"""Every filter, search and prefetch, by name. Views, commands and the admin ask here."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Left

from .search import Folded, fold, search_terms

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    from .models import Act, Article, Change, ImportRun, KeyOfCopy, Outlet, Quotation, Speaker, Story  # noqa: F401


class OutletQuerySet(models.QuerySet["Outlet"]):
    def named(self, name: str) -> Self:
        """The outlet of that name, one or none; accents and case do not count."""
        from .models import name_key

        return self.filter(key=name_key(name))

    def in_use(self) -> Self:
        """Outlets with at least one visible article."""
        from .models import Article

        return self.filter(Exists(Article.objects.visible().filter(outlet=OuterRef("pk"))))


class ArticleQuerySet(models.QuerySet["Article"]):
    def visible(self) -> Self:
        """Articles that an editor has not hidden."""
        return self.filter(is_hidden=False)

    def matching(self, query: str) -> Self:
        """Articles that hold every word and phrase of `query` in title or text, and none behind a minus.

        Parts of words count; case, accents and line breaks do not.
        """
        found = self.alias(folded=Folded("title", "text"))
        for term, wanted in search_terms(query):
            holds = Q(folded__contains=fold(term))
            found = found.filter(holds) if wanted else found.exclude(holds)
        return found

    def published_by(self, outlet: Outlet | None) -> Self:
        """Articles of `outlet`; all where it is None."""
        return self.filter(outlet=outlet) if outlet else self

    def published_between(self, first: datetime.date | None, last: datetime.date | None) -> Self:
        """Articles published from `first` to `last`, both included; None leaves that side open."""
        found = self
        if first:
            found = found.filter(published_on__gte=first)
        if last:
            found = found.filter(published_on__lte=last)
        return found

    def with_progress(self) -> Self:
        """Add `quotation_count` and `settled_count`, counted only for the rows that are fetched."""
        from .models import Quotation

        def count(**conditions: Any) -> Coalesce:
            rows = Quotation.objects.filter(article=OuterRef("pk"), **conditions).order_by()
            counted = rows.values("article").annotate(number=Count("pk")).values("number")
            return Coalesce(Subquery(counted, output_field=IntegerField()), 0)

        return self.annotate(
            quotation_count=count(),
            settled_count=count(state__in=["accepted", "rejected"]),
        )

    def with_beginning(self, length: int) -> Self:
        """Add `beginning`, the first `length` code points of the text, which itself is left in the database."""
        return self.annotate(beginning=Left("text", length)).defer("text")

    def with_outlet(self) -> Self:
        """With the outlet of each, fetched together."""
        return self.select_related("outlet")

    def pending(self) -> Self:
        """Articles whose quotations have not been sought yet, in languages that a pipeline is set for.

        Those that failed too often are left out: they are set aside.
        """
        return self._to_extract().filter(extraction_tries__lt=self.model.MOST_TRIES)

    def set_aside(self) -> Self:
        """Articles whose quotations were sought too often without success."""
        return self._to_extract().filter(extraction_tries__gte=self.model.MOST_TRIES)

    def _to_extract(self) -> Self:
        return self.filter(extracted_with="", language__in=["", *settings.NEWSROOM_PIPELINES])

    def stale(self, version: str) -> Self:
        """Articles whose quotations another version of the pipeline found."""
        return self.exclude(extracted_with__in=["", self.model.ANNOTATED, version])

    def numbered(self, numbers: Iterable[int]) -> Self:
        """The articles with these numbers, as far as there are any."""
        return self.filter(pk__in=list(numbers))

    def with_quotations(self) -> Self:
        """With all quotations of each, fetched together."""
        return self.prefetch_related("quotations")

    def with_text(self, text: str) -> Self:
        """The article that has exactly `text`: one or none."""
        from .models import Article

        return self.filter(text_sha256=Article.digest(text))

    def of_story(self, story_id: int) -> Self:
        """Visible articles of one story with their outlets, the earliest first and the undated last."""
        known = self.visible().filter(story=story_id).select_related("outlet")
        return known.order_by(F("published_on").asc(nulls_last=True), "id")

    def unsigned(self, version: int) -> Self:
        """Articles whose near-copies were never sought, or with signatures of another `version`."""
        return self.exclude(signature__version=version)

    def locked(self, pk: int) -> Article:
        """The article, held until the transaction ends; others may still hang quotations and acts on it."""
        return self.select_for_update(no_key=True).get(pk=pk)

    def chunks(self, size: int) -> Iterator[list[Article]]:
        """All rows by primary key, `size` at a time: bounded memory, and no cursor held open over writes."""
        last = 0
        while chunk := list(self.filter(pk__gt=last).order_by("pk")[:size]):
            yield chunk
            last = chunk[-1].pk


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def open(self) -> Self:
        """Runs that have not ended."""
        return self.filter(ended_at=None)


class StoryQuerySet(models.QuerySet["Story"]):
    def shown(self) -> Self:
        """Stories with a visible article, and those that were merged into another, which lead there."""
        from .models import Article

        visible = Exists(Article.objects.visible().filter(story=OuterRef("pk")))
        return self.filter(visible | Q(merged_into__isnull=False)).select_related("merged_into")


class KeyOfCopyQuerySet(models.QuerySet["KeyOfCopy"]):
    def holders(self, values: Iterable[int]) -> dict[int, list[int]]:
        """{key: ids of the articles that have it}, for all `values`."""
        found: dict[int, list[int]] = {value: [] for value in values}
        for value, article_id in self.filter(value__in=found).values_list("value", "article_id"):
            found[value].append(article_id)
        return found


class SpeakerQuerySet(models.QuerySet["Speaker"]):
    def visible(self) -> Self:
        """Speakers that an editor has not hidden."""
        return self.filter(is_hidden=False)

    def with_quotation_count(self) -> Self:
        """Add `quotation_count`, counted only for the rows that are fetched."""
        from .models import Quotation

        of_speaker = Quotation.objects.filter(speaker=OuterRef("pk")).order_by().values("speaker")
        counted = Subquery(of_speaker.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
        return self.annotate(quotation_count=Coalesce(counted, 0))

    def held(self, pks: Iterable[int]) -> dict[int, Speaker]:
        """{id: the speaker}, held until the transaction ends; others may still hang quotations on them."""
        return {one.pk: one for one in self.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk")}

    def called(self, name: str) -> list[Speaker]:
        """Speakers with `name` as name, as alias, or as "name (qualifier)"; accents and case do not count."""
        from .models import name_key, name_readings

        readings = name_readings(name)
        keys = {key for key, _ in readings}
        whole = {key for key, qualifier in readings if not qualifier}
        named = [
            speaker
            for speaker in self.filter(key__in=keys)
            if speaker.key in whole or (speaker.key, name_key(speaker.qualifier)) in readings
        ]
        return sorted({*named, *self.filter(aliases__key__in=whole)}, key=str)

    def called_any(self, names: Iterable[str]) -> dict[str, list[Speaker]]:
        """{name: the speakers with it as name or as alias}, in two queries that use the indexes on both keys."""
        from .models import Alias, name_key

        keys = {name: name_key(name) for name in names}
        bearers: dict[str, dict[int, Speaker]] = {key: {} for key in keys.values()}
        for speaker in self.filter(key__in=bearers):
            bearers[speaker.key][speaker.pk] = speaker
        for alias in Alias.objects.filter(key__in=bearers, speaker__in=self).select_related("speaker"):
            bearers[alias.key][alias.speaker_id] = alias.speaker
        return {name: list(bearers[key].values()) for name, key in keys.items()}

    def suggestions(self, typed: str, *, most: int = 8) -> Self:
        """At most `most` visible speakers one of whose names holds `typed`, by name."""
        from .models import name_key

        key = name_key(typed)
        holds = Q(key__contains=key) | Q(aliases__key__contains=key)
        return self.visible().filter(holds).distinct().order_by("name", "qualifier")[:most]


class QuotationQuerySet(models.QuerySet["Quotation"]):
    def for_reading(self, article: Article) -> Self:
        """Those of `article` in the order of the text, with all that a card shows."""
        return self.filter(article=article).select_related("speaker", "settled_by").order_by("start", "id")

    def for_comparing(self, articles: Iterable[Article]) -> Self:
        """Those of `articles` that nobody rejected, in the order of the texts, with their speakers."""
        of_them = self.filter(article__in=list(articles)).exclude(state="rejected")
        return of_them.select_related("speaker").order_by("article_id", "start", "id")

    def correctable(self) -> Self:
        """Quotations of visible articles, with what a correction shows."""
        return self.filter(article__is_hidden=False).select_related("article", "speaker", "settled_by")

    def changed_by(self, act: Act) -> Self:
        """Quotations that `act` changed, in the order of the text."""
        return self.filter(changes__act=act).order_by("start", "id")

    def not_changed_by(self, act: Act) -> Self:
        """All but the quotations that `act` changed."""
        return self.exclude(changes__act=act)

    def untouched_suggestions(self) -> Self:
        """What a machine suggested and no person has decided on or edited."""
        return self.filter(origin="machine", state="suggested", version=1)

    def decided_by_people(self) -> Self:
        """What somebody accepted or rejected, in the order of the text, with the speakers."""
        return self.filter(settled_by__isnull=False).select_related("speaker").order_by("start", "id")

    def contents(self) -> list[list[list[int]]]:
        """The `spans` of each, and those that a person has since replaced: what need not be suggested again."""
        from .models import Change

        replaced = Change.objects.filter(quotation__in=self, before__spans__isnull=False)
        return [*self.values_list("spans", flat=True), *replaced.values_list("before__spans", flat=True)]

    def labels_by_article(self, articles: Iterable[Article]) -> dict[int, list[str]]:
        """{article id: labels of its speakers, each once, known ones first, in the order of the text}.

        Rejected quotations are left out.
        """
        known: dict[int, dict[str, None]] = {article.pk: {} for article in articles}
        unknown: dict[int, dict[str, None]] = {pk: {} for pk in known}
        spoken = self.filter(article__in=known).exclude(state="rejected").select_related("speaker")
        for quotation in spoken.order_by("article_id", "start").defer("content", "cue", "spans"):
            labels = known if quotation.speaker_id else unknown
            labels[quotation.article_id][quotation.speaker_label] = None
        return {pk: [*known[pk], *unknown[pk]] for pk in known}


class ActQuerySet(models.QuerySet["Act"]):
    def on_quotations_by(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """Acts of `user`, no undoings, on quotations of one visible article: those that its page can undo."""
        from .models import Change

        quotations = Change.objects.filter(act=OuterRef("pk"), quotation__isnull=False)
        return self.filter(Exists(quotations), by_id=user.pk, article__is_hidden=False, undoes=None)

    def last_on(self, quotation: Quotation) -> Act | None:
        """The last act that changed `quotation`, with who did it."""
        return self.filter(changes__quotation=quotation).select_related("by").order_by("-id").first()

    def undoable_by(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """Acts of `user` that are not undone and are no undoing themselves, the last one first."""
        return self.filter(by_id=user.pk, undoes=None, undone_by=None).order_by("-id")

    def undoable_on(self, article: Article, user: AbstractBaseUser | AnonymousUser) -> Self:
        """Acts of `user` on quotations of `article` that are not undone, the last one first, with their changes."""
        acts = self.on_quotations_by(user).undoable_by(user).filter(article=article)
        return acts.prefetch_related("changes__quotation", "changes__article", "changes__speaker", "changes__outlet")

    def last_that_reverses(self) -> tuple[Act | None, bool]:
        """The first of these acts that nobody has overwritten, and whether one had to be passed over for it."""
        passed_over = False
        for act in self.iterator(chunk_size=20):
            if act.still_stands:
                return act, passed_over
            passed_over = True
        return None, passed_over


class ChangeQuerySet(models.QuerySet["Change"]):
    def of_who_spoke_in(self, article: Article) -> list[tuple[int, int | None, int | None]]:
        """(quotation's id, its speaker's before, its speaker's after) of each change of a speaker, by time."""
        changed = self.filter(quotation__article=article, before__has_key="speaker_id").order_by("id")
        return [
            (change.quotation_id, (change.before or {})["speaker_id"], change.after["speaker_id"])
            for change in changed
            if change.quotation_id
        ]

    def with_records(self) -> Self:
        """With the record of each and what names it; articles without their texts."""
        related = self.select_related("quotation__speaker", "article", "speaker", "outlet")
        return related.defer("article__text")

    def kinds(self) -> set[str]:
        """What kinds of records they changed: "quotation", "article", "speaker", "outlet"."""
        counted = {name: Count(name) for name in ("quotation", "article", "speaker", "outlet")}
        return {name for name, number in self.order_by().aggregate(**counted).items() if number}

    def of_speakers(self) -> list[int]:
        """The ids of the speakers that they changed."""
        return list(self.filter(speaker__isnull=False).values_list("speaker_id", flat=True))
