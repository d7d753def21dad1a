"""Quotations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.lookups import In

from .lengths import Band
from .said import SaidQuerySet

if TYPE_CHECKING:
    from ..models import Act, Article, Change, Quotation, Speaker  # noqa: F401


class QuotationQuerySet(SaidQuerySet):
    columns = "content"

    def in_text(self) -> Self:
        """Those whose words are in the text that their article has now: the others stand in a former one."""
        return self.filter(former_text=None)

    def shown(self) -> Self:
        """All but those that were taken out: additions undone, and what was merged into another."""
        return self.filter(is_hidden=False)

    def waiting(self) -> Self:
        """Listed suggestions, those of the newest articles first."""
        return self.listed().filter(state="suggested").newest_first()

    def of_lengths(self, bands: Iterable[int]) -> Self:
        """Those whose words are in one of these bands, see `lengths`; all where there are none."""
        among = list(bands)
        return self.filter(In(Band("content"), among)) if among else self

    def in_articles(self, articles: models.QuerySet[Article]) -> Self:
        """Those of these articles."""
        return self.filter(Exists(articles.filter(pk=OuterRef("article"))))

    def articles(self, *, most: int) -> list[int]:
        """The number of the article of each of `most` of them, whichever come first."""
        return list(self._as_they_come().values_list("article_id", flat=True)[:most])

    def spread(self) -> dict[str, list[tuple[object, int]]]:
        """{field: (value, article) of each article with a quotation of that value} for speaker, kind and state."""
        of_field: dict[str, dict[tuple[object, int], None]] = {"speaker": {}, "kind": {}, "state": {}}
        for article, speaker, kind, state in self.order_by().values_list("article_id", "speaker_id", "kind", "state"):
            of_field["speaker"][speaker or 0, article] = None
            of_field["kind"][kind, article] = None
            of_field["state"][state, article] = None
        return {name: list(values) for name, values in of_field.items()}

    def with_outlets(self) -> Self:
        """With the outlet of each one's article, fetched together."""
        return self.select_related("article__outlet")

    def for_permalink(self) -> Self:
        """Those that a permalink tells of, with all that it tells; taken out or not."""
        return self.in_visible_articles().with_outlets().select_related("former_text").defer("former_text__anchors")

    def for_verifying(self) -> Self:
        """What is compared of each, and nothing else, of which there may be a million."""
        words = ("spans", "content", "cue_start", "cue_end", "cue", "mention_start", "mention_end", "mention")
        decided = ("uid", "kind", "state", "is_hidden", "former_text", "speaker__name", "speaker__qualifier")
        related = self.select_related("article", "speaker")
        return related.only(*words, *decided, "article__is_hidden").order_by("pk")

    def for_feed(self) -> Self:
        """With what an entry of a feed shows of each, and `changed_at`, when somebody last changed it."""
        from ..models import Change

        last = Change.objects.filter(quotation=OuterRef("pk")).order_by("-pk").values("act__at")[:1]
        return self.for_list().with_outlets().annotate(changed_at=Subquery(last))

    def for_list(self) -> Self:
        """With what a line of a list shows of each; the article without its text."""
        return self.select_related("article", "outlet", "speaker").defer("article__text")

    def for_webhooks(self) -> Self:
        """With what a webhook tells of each, in the order in which they came."""
        related = self.select_related("article__outlet", "speaker", "settled_by", "former_text")
        return related.defer("article__text", "former_text__text", "former_text__anchors").order_by("pk")

    def for_api(self) -> Self:
        """With what the API tells of each; the article, and a former text, without the text."""
        related = self.select_related("article", "outlet", "speaker", "settled_by", "former_text")
        return related.defer("article__text", "former_text__text", "former_text__anchors")

    def held(self, pk: int) -> Quotation | None:
        """The quotation, held until the transaction ends; others may still hang acts on it."""
        return self.select_for_update(no_key=True, of=("self",)).select_related("speaker").filter(pk=pk).first()

    def held_of(self, speaker: Speaker) -> Self:
        """All of `speaker`, also those taken out, held until the transaction ends."""
        return self.select_for_update(no_key=True).filter(speaker=speaker).order_by("pk")

    def hold(self) -> None:
        """Hold them until the transaction ends; whoever is changing one is waited for."""
        list(self.select_for_update(no_key=True).order_by("pk").values_list("pk"))

    def for_reading(self, article: Article) -> Self:
        """Those of `article` in the order of the text, with all that a card shows.

        Those that are not in this version come last, in the order of their versions.
        """
        related = self.shown().filter(article=article).select_related("speaker", "settled_by", "former_text")
        in_order = related.order_by(F("former_text").asc(nulls_first=True), "start", "id")
        return in_order.defer("former_text__text", "former_text__anchors")

    def for_comparing(self, articles: Iterable[Article]) -> Self:
        """Those in the texts of `articles` that nobody rejected, in their order, with their speakers."""
        of_them = self.shown().in_text().filter(article__in=list(articles)).not_rejected()
        return of_them.select_related("speaker").order_by("article_id", "start", "id")

    def with_all_shown(self) -> Self:
        """With what a card shows of each, fetched together."""
        return self.select_related("article", "speaker", "settled_by")

    def without_texts(self) -> Self:
        """Without the article's text in the row of each, of which there may be hundreds."""
        return self.defer("article__text")

    def in_shown_articles(self) -> Self:
        """Those of articles that no editor has hidden, also those that were taken out; nothing else is fetched."""
        return self.filter(article__is_hidden=False)

    def in_visible_articles(self) -> Self:
        """Those of articles that no editor has hidden, also those that were taken out."""
        return self.in_shown_articles().with_all_shown()

    def correctable(self) -> Self:
        """Quotations of visible articles, with what a correction shows."""
        return self.shown().in_visible_articles()

    def at(self, uid: UUID) -> Quotation | None:
        """The one with that permalink."""
        return self.filter(uid=uid).first()

    def named(self, uids: Iterable[str]) -> Self:
        """Those with these permalinks, as far as there are any."""
        return self.filter(uid__in=list(uids))

    def next_to(self, quotation: Quotation) -> Quotation | None:
        """The next one in the text after `quotation`."""
        here = self.in_text().filter(article=quotation.article_id)
        behind = Q(start__gt=quotation.start) | Q(start=quotation.start, pk__gt=quotation.pk)
        return here.filter(behind).order_by("start", "id").first()

    def left_by(self, act: Act) -> Self:
        """Those whose words `act`, a correction of the text, left in the former one."""
        return self.filter(former_text__act=act)

    def suggestions_in(self, article: Article, *, least: float) -> Self:
        """Those of `article` that nobody has decided on, of at least that confidence, in the order of the text."""
        waiting = self.for_reading(article).filter(state="suggested")
        return waiting.filter(confidence__gte=least) if least else waiting

    def changed_by(self, act: Act) -> Self:
        """Quotations that `act` changed, in the order of the text."""
        return self.filter(changes__act=act).order_by("start", "id")

    def not_changed_by(self, act: Act) -> Self:
        """All but the quotations that `act` changed."""
        return self.exclude(changes__act=act)

    def untouched_suggestions(self) -> Self:
        """What a machine suggested in the text and no person has decided on or edited."""
        from ..models import Change

        touched = Exists(Change.objects.filter(quotation=OuterRef("pk")))
        return self.in_text().filter(~touched, origin="machine", state="suggested")

    def touched(self) -> Self:
        """All but untouched suggestions: also what came with an article, and what stands in a former text."""
        return self.exclude(pk__in=self.untouched_suggestions().values("pk"))

    def decided_by_people(self) -> Self:
        """What somebody accepted or rejected, in the order of the text, with the speakers."""
        decided = self.shown().in_text().filter(settled_by__isnull=False)
        return decided.select_related("speaker").order_by("start", "id")

    def contents(self) -> list[list[list[int]]]:
        """The `spans` of each in the text, and those that a person has since replaced there.

        These need not be suggested again. Spans replaced before the text came in count in a former one.
        """
        from ..models import Change

        here = self.in_text()
        replaced = Change.objects.filter(quotation__in=here, before__spans__isnull=False)
        replaced = replaced.filter(act__at__gte=F("quotation__article__imported_at"))
        return [*here.values_list("spans", flat=True), *replaced.values_list("before__spans", flat=True)]

    def labels_by_article(self, articles: Iterable[Article]) -> dict[int, list[str]]:
        """{article id: labels of its speakers, each once, known ones first, in the order of the text}.

        Quotations that are rejected or not in the text are left out.
        """
        from ..models import called_by_mention, name_as_shown

        known: dict[int, dict[str, None]] = {article.pk: {} for article in articles}
        unknown: dict[int, dict[str, None]] = {pk: {} for pk in known}
        spoken = self.shown().in_text().filter(article__in=known).not_rejected().order_by("article_id", "start")
        # Without an object for each, of which a list has hundreds.
        fields = ("article_id", "speaker_id", "speaker__name", "speaker__qualifier", "mention")
        for article, speaker, name, qualifier, mention in spoken.values_list(*fields):
            if speaker:
                known[article][name_as_shown(name, qualifier)] = None
            else:
                unknown[article][called_by_mention(mention)] = None
        return {pk: [*known[pk], *unknown[pk]] for pk in known}
