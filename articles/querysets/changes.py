"""Acts and the changes they made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    from ..models import Act, Article, Change, Quotation  # noqa: F401


class ActQuerySet(models.QuerySet["Act"]):
    def on_quotations_by(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """Acts of `user`, no undoings, on quotations of one visible article: those that its page can undo."""
        from ..models import Change

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

    def fields_corrected(self) -> set[str]:
        """The fields that acts wrote which were not undone, as `Change` names them."""
        standing = self.filter(act__undoes=None, act__undone_by=None, before__isnull=False)
        return {name for after in standing.values_list("after", flat=True) for name in after}

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
