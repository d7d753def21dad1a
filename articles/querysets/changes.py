"""Acts and the changes they made."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Window
from django.db.models.functions import RowNumber

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    from ..models import Act, Article, Change, FormerText, Quotation


class ActQuerySet(models.QuerySet["Act"]):
    def that_changed(self, kind: str, pk: int) -> Self:
        """Acts that changed one record; `kind` is the field of Change that names it, as "quotation"."""
        return self.filter(**{f"changes__{kind}": pk})

    def at(self, uid: UUID) -> Act | None:
        """The one with that permanent name."""
        return self.filter(uid=uid).first()

    def on_quotations_by(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """Acts of `user` on quotations, or on the reviewing, of one visible article: those of its page."""
        from ..models import Act, Change

        on_quotations = Exists(Change.objects.filter(act=OuterRef("pk"), quotation__isnull=False))
        on_reviewing = Q(verb__in=Act.ON_REVIEWING)
        return self.filter(on_quotations | on_reviewing, by_id=user.pk, article__is_hidden=False)

    def with_authors(self) -> Self:
        """With who did each, and with what undid it or it undid."""
        return self.select_related("by", "undone_by__by", "undoes__by")

    def in_articles_by(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """Acts of `user` in articles, the last one first."""
        return self.filter(by_id=user.pk, article__isnull=False).order_by("-id")

    def last_ones(self, most: int) -> list[tuple[int, int, int | None, bool | None, int | None, datetime.datetime]]:
        """(id, who, article, whether that is hidden, speaker, when) of the last `most`, the last first.

        The speaker is the first that the act changed, before those it hid.
        """
        from ..models import Change

        of_speakers = Change.objects.filter(act=OuterRef("pk"), speaker__isnull=False)
        speaker = Subquery(of_speakers.order_by("speaker__is_hidden", "id").values("speaker")[:1])
        values = ("id", "by", "article", "article__is_hidden", speaker, "at")
        return list(self.order_by("-id").values_list(*values)[:most])

    def with_article(self) -> Self:
        """With the article of each, fetched together."""
        return self.select_related("article__outlet")

    def in_article(self, article: Article) -> Self:
        """Acts on `article`, with their changes of quotations, by time."""
        return self.filter(article=article).prefetch_related("changes__quotation").order_by("id")

    def since(self, last: int) -> Self:
        """Those that came after the act with that number."""
        return self.filter(pk__gt=last)

    def that_changed_in(self, article: Article) -> Self:
        """Acts that changed `article` or quotations of it, wherever else they changed something."""
        from ..models import Change

        return self.filter(Exists(Change.objects.in_article(article).filter(act=OuterRef("pk"))))

    def authors(self) -> list[str]:
        """The usernames of who did these acts, each once."""
        return list(self.order_by("by__username").values_list("by__username", flat=True).distinct())

    def of_author(self, username: str) -> Self:
        """Those of the user of that name; all where it is ""."""
        return self.filter(by__username=username) if username else self

    def moments(self) -> list[tuple[datetime.datetime, int]]:
        """(when, the act's id) of each, the last first."""
        return list(self.order_by("-id").values_list("at", "id"))

    def last_in(self, article: Article) -> int:
        """The number of the last act on `article`, 0 where there is none."""
        return self.filter(article=article).order_by("-id").values_list("id", flat=True).first() or 0

    def last_on(self, quotation: Quotation) -> Act | None:
        """The last act that changed `quotation`, with who did it."""
        return self.filter(changes__quotation=quotation).select_related("by").order_by("-id").first()

    def undoable_by(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """Acts of `user` that are not undone and are no undoing themselves, the last one first."""
        return self.filter(by_id=user.pk, undone_by=None).exclude(verb="undo").order_by("-id")

    def undoable_on(self, article: Article, user: AbstractBaseUser | AnonymousUser) -> Self:
        """Acts of `user` on quotations of `article` that are not undone, the last one first, with their changes."""
        acts = self.on_quotations_by(user).undoable_by(user).filter(article=article)
        return acts.prefetch_related("changes__quotation", "changes__article", "changes__speaker", "changes__outlet")

    def redoable_on(self, article: Article, user: AbstractBaseUser | AnonymousUser) -> Act | None:
        """The undoing that `user` made last in `article` and that stands, unless another act came after it."""
        acts = self.on_quotations_by(user).filter(article=article).select_related("undone_by").order_by("-id")
        for act in acts.iterator(chunk_size=20):
            if act.is_redoable:
                return act
            if act.verb not in ("undo", "redo"):
                return None
        return None

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

    def who_spoke(self) -> set[int]:
        """The ids of the speakers from whom, and to whom, they moved quotations."""
        moved = self.filter(quotation__isnull=False, before__has_key="speaker_id").order_by()
        pairs = moved.values_list("before__speaker_id", "after__speaker_id").distinct()
        return {speaker for pair in pairs for speaker in pair if speaker}

    def of_record(self, kind: str, pk: int) -> Self:
        """Those of one record; `kind` is the field that names it, as "quotation"."""
        return self.filter(**{kind: pk})

    def that_placed_since(self, former: FormerText) -> set[int]:
        """The ids of the quotations that were placed elsewhere, or added, after `former` was replaced."""
        from ..models import ANCHORS

        since = Q(act_id__gt=former.act_id) if former.act_id else Q(act__at__gt=former.replaced_at)
        placed = self.filter(since, after__has_any_keys=[*sorted(ANCHORS), "former_text_id"])
        placed = placed.filter(quotation__article=former.article_id)
        return {pk for pk in placed.order_by().values_list("quotation", flat=True).distinct() if pk}

    def that_hid(self, quotation: Quotation) -> Change | None:
        """The last one that took `quotation` out, with its act."""
        hid = self.filter(quotation=quotation, after__is_hidden=True).select_related("act__undoes__undoes")
        return hid.order_by("-id").first()

    def that_joined_speaker_of(self, quotation: Quotation) -> Change | None:
        """The last one by which `quotation` got the speaker that it has, in a merger of two that stands."""
        joined = self.filter(quotation=quotation, act__verb="join", act__undone_by=None)
        return joined.filter(after__speaker_id=quotation.speaker_id).order_by("-id").first()

    def in_article(self, article: Article) -> Self:
        """Those of an article and of its quotations."""
        return self.filter(Q(article=article) | Q(quotation__article=article))

    def for_telling(self) -> Self:
        """The newest first, with the act of each, who did it, what it undid or was undone by, and the record."""
        acts = ("act__by", "act__undoes__by", "act__undoes__undoes", "act__undone_by__by")
        return self.select_related(*acts, "quotation").order_by("-act_id", "-id")

    def for_home(self) -> Self:
        """As `for_telling`, with the article of each act, without texts, and with speakers and outlets."""
        related = self.for_telling().select_related("act__article", "speaker", "outlet")
        return related.defer("act__article__text", "quotation__spans")

    def first_of_each(self, acts: Iterable[int], *, most: int) -> Self:
        """At most that many of each of `acts`, with `of_act`, the number of all that the act has among these."""
        by_act = self.filter(act__in=list(acts)).annotate(
            place=Window(RowNumber(), partition_by=F("act_id"), order_by=F("id").asc()),
            of_act=Window(Count("id"), partition_by=F("act_id")),
        )
        return by_act.filter(place__lte=most).order_by("-act_id", "id")

    def last_act(self) -> int | None:
        """The number of the act that made the last of them; None where there is none."""
        return self.order_by("-act_id").values_list("act_id", flat=True).first()

    def after(self, act: Act | None) -> Self:
        """Those of later acts than `act`; all where it is None."""
        return self.filter(act_id__gt=act.pk) if act else self

    def fields_corrected(self) -> set[str]:
        """The fields that acts wrote which were not undone, as `Change` names them."""
        standing = self.filter(act__undone_by=None, before__isnull=False).exclude(act__verb="undo")
        return {name for after in standing.values_list("after", flat=True) for name in after}

    def for_webhooks(self, numbers: Iterable[int]) -> Self:
        """Of those with these numbers, those of quotations in visible articles, as they came, with who made them."""
        visible = self.filter(pk__in=list(numbers), quotation__article__is_hidden=False)
        return visible.select_related("act__by").order_by("pk")

    def with_records(self) -> Self:
        """With the record of each and what names it; articles without their texts."""
        related = self.select_related("quotation__speaker", "article", "speaker", "outlet")
        return related.defer("article__text")

    def kinds(self) -> set[str]:
        """What kinds of records they changed: "quotation", "article", "speaker", "outlet"."""
        counted = {name: Count(name) for name in ("quotation", "article", "speaker", "outlet")}
        return {name for name, number in self.order_by().aggregate(**counted).items() if number}

    def of_quotations(self) -> Self:
        return self.filter(quotation__isnull=False)

    def of_new_speakers(self) -> Self:
        """Those that made a speaker."""
        return self.filter(speaker__isnull=False, before=None)

    def of_speakers(self) -> list[int]:
        """The ids of the speakers that they changed."""
        return list(self.filter(speaker__isnull=False).values_list("speaker_id", flat=True))
