"""The record of changes: who did what, when, and what was there before."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ..querysets import ActQuerySet, ChangeQuerySet
from .article import Article, Outlet
from .quotation import Quotation
from .speaker import Speaker
from .versioned import name_key

if TYPE_CHECKING:
    from .former_text import FormerText


class Act(models.Model):
    """One thing a person did, undone as one, however many records it changed."""

    class Verb(models.TextChoices):
        ACCEPT = "accept", pgettext_lazy("act", "accepted")
        REJECT = "reject", pgettext_lazy("act", "rejected")
        REOPEN = "reopen", pgettext_lazy("act", "reopened")
        SPEAKER = "speaker", pgettext_lazy("act", "changed the speaker")
        EDIT = "edit", pgettext_lazy("act", "edited")
        CREATE = "create", pgettext_lazy("act", "added")
        SPLIT = "split", pgettext_lazy("act", "split")
        MERGE = "merge", pgettext_lazy("act", "merged")
        JOIN = "join", pgettext_lazy("act", "merged the speaker")
        PART = "part", pgettext_lazy("act", "split the speaker")
        RESTORE = "restore", pgettext_lazy("act", "restored an earlier version")
        REVIEW = "review", pgettext_lazy("act", "reviewed")
        FLAG = "flag", pgettext_lazy("act", "asked for a second look")
        TEXT = "text", pgettext_lazy("act", "corrected the text")
        UNDO = "undo", pgettext_lazy("act", "undid a change")
        REDO = "redo", pgettext_lazy("act", "did a change again")

    ON_REVIEWING = (Verb.REVIEW, Verb.FLAG, Verb.REOPEN)
    """What is done to an article that whoever corrects quotations may do."""

    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    verb = models.CharField(_("verb"), max_length=10, choices=Verb.choices)
    # No index of its own: act_of_person begins with it.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), related_name="acts", db_index=False
    )
    at = models.DateTimeField(pgettext_lazy("act", "at"), auto_now_add=True)
    article = models.ForeignKey(
        Article,
        models.PROTECT,
        verbose_name=_("article"),
        null=True,
        blank=True,
        related_name="acts",
        help_text=_("Where it happened, if in one."),
    )
    note = models.CharField(_("note"), max_length=500, blank=True)
    undoes = models.OneToOneField(
        "self", models.PROTECT, verbose_name=_("undoes"), null=True, blank=True, related_name="undone_by"
    )

    objects = ActQuerySet.as_manager()

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["uid"], name="act_uid_unique")]
        indexes = [
            # Undo: the last act of one person.
            models.Index(fields=["by", "-id"], name="act_of_person"),
        ]

    def __str__(self) -> str:
        # Translators: a person, one of the verbs of acts as "accepted", and a time.
        return gettext("%(who)s %(did)s on %(when)s") % {
            "who": self.by,
            "did": self.get_verb_display(),
            "when": date_format(localtime(self.at), "DATETIME_FORMAT"),
        }

    @property
    def is_undone(self) -> bool:
        return hasattr(self, "undone_by")

    @property
    def still_stands(self) -> bool:
        """Whether all that it wrote is still there: only then can it be undone."""
        return all(change.still_holds for change in self.changes.all())

    @property
    def first_undone(self) -> Act:
        """What was undone, and perhaps done again and undone again, by this act; itself where it undoes nothing."""
        act = self
        while act.undoes:
            act = act.undoes
        return act

    @property
    def is_of_two_speakers(self) -> bool:
        """Whether speakers were merged or one was split, or that was taken back or done again."""
        return self.first_undone.verb in (self.Verb.JOIN, self.Verb.PART)

    @property
    def is_of_a_text(self) -> bool:
        """Whether it corrected the text of an article, or that was taken back or done again."""
        return self.first_undone.verb == self.Verb.TEXT

    @property
    def text_replaced(self) -> FormerText | None:
        """The text that it took out of its article, if it is of a text."""
        former: FormerText | None = getattr(self, "former_text", None) if self.is_of_a_text else None
        return former

    @property
    def is_undoable(self) -> bool:
        """Whether it is not undone and no undoing itself, which is done again instead."""
        return self.verb != self.Verb.UNDO and not self.is_undone

    @property
    def is_redoable(self) -> bool:
        """Whether it is an undoing that stands."""
        return self.verb == self.Verb.UNDO and not self.is_undone


class Change(models.Model):
    """What an act did to one record: the values of the fields it touched, before and after.

    `before` is null where the act created the record. Values are as DjangoJSONEncoder writes them.
    """

    act = models.ForeignKey(Act, models.PROTECT, verbose_name=_("act"), related_name="changes")
    quotation = models.ForeignKey(
        Quotation, models.PROTECT, verbose_name=_("quotation"), null=True, blank=True, related_name="changes"
    )
    article = models.ForeignKey(
        Article, models.PROTECT, verbose_name=_("article"), null=True, blank=True, related_name="changes"
    )
    speaker = models.ForeignKey(
        Speaker, models.PROTECT, verbose_name=_("speaker"), null=True, blank=True, related_name="changes"
    )
    outlet = models.ForeignKey(
        Outlet, models.PROTECT, verbose_name=_("outlet"), null=True, blank=True, related_name="changes"
    )
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(encoder=DjangoJSONEncoder)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["act_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(quotation__isnull=False, article=None, speaker=None, outlet=None)
                    | Q(quotation=None, article__isnull=False, speaker=None, outlet=None)
                    | Q(quotation=None, article=None, speaker__isnull=False, outlet=None)
                    | Q(quotation=None, article=None, speaker=None, outlet__isnull=False)
                ),
                name="change_of_one_record",
            ),
        ]

    def __str__(self) -> str:
        # Translators: one of the verbs of acts as "accepted", and what it was done to.
        return gettext("%(did)s: %(record)s") % {"did": self.act.get_verb_display(), "record": self.record}

    @property
    def record(self) -> Quotation | Article | Speaker | Outlet:
        """The one record that was changed."""
        record = self.quotation or self.article or self.speaker or self.outlet
        if record is None:
            raise ValueError(f"change {self.pk} has no record")
        return record

    @property
    def still_holds(self) -> bool:
        """Whether the record still has the values that were written.

        A new speaker or outlet may have been edited, and the other names of who was merged or split.
        """
        if self.before is None and self.quotation_id is None:
            return True
        now = {name: getattr(self.record, name) for name in self.after if name != "aliases"}
        same = json.loads(json.dumps(now, cls=DjangoJSONEncoder))
        return all(same[name] == self.after[name] for name in now) and (
            "aliases" not in self.after or self._names_hold or self.act.is_of_two_speakers
        )

    @property
    def _names_hold(self) -> bool:
        """Whether the speaker has every other name that was added, and none that was dropped."""
        now, added, dropped = self._names()
        return added <= now and now.isdisjoint(dropped)

    @property
    def aliases_before(self) -> list[str]:
        """The speaker's other names but for what this change added and dropped; those of other acts stay.

        So does one that was dropped and came back since, as it is written now.
        """
        now, added, dropped = self._names()
        kept = now - added
        keys = {name_key(name) for name in kept}
        return sorted(kept | {name for name in dropped if name_key(name) not in keys})

    def _names(self) -> tuple[set[str], set[str], set[str]]:
        """The other names that the speaker has now, and which of them this change added, and which it dropped."""
        was, became = (set((values or {}).get("aliases", ())) for values in (self.before, self.after))
        now = {alias.name for alias in self.speaker.aliases.all()} if self.speaker else set()
        return now, became - was, was - became
