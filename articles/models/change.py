"""The record of changes: who did what, when, and what was there before."""

import json
import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from ..querysets import ActQuerySet, ChangeQuerySet
from .article import Article, Outlet
from .quotation import Quotation
from .speaker import Speaker


class Act(models.Model):
    """One thing a person did, undone as one, however many records it changed."""

    class Verb(models.TextChoices):
        ACCEPT = "accept", "accepted"
        REJECT = "reject", "rejected"
        REOPEN = "reopen", "reopened"
        SPEAKER = "speaker", "changed the speaker of"
        EDIT = "edit", "edited"
        CREATE = "create", "added"
        SPLIT = "split", "split"
        MERGE = "merge", "merged"
        RESTORE = "restore", "restored an earlier version of"
        REVIEW = "review", "reviewed"
        FLAG = "flag", "asked for a second look at"
        TEXT = "text", "corrected the text of"
        UNDO = "undo", "undid a change to"
        REDO = "redo", "did again a change to"

    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    verb = models.CharField(max_length=10, choices=Verb.choices)
    # No index of its own: act_of_person begins with it.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="acts", db_index=False)
    at = models.DateTimeField(auto_now_add=True)
    article = models.ForeignKey(
        Article, models.PROTECT, null=True, blank=True, related_name="acts", help_text="Where it happened, if in one."
    )
    note = models.CharField(max_length=500, blank=True)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="undone_by")

    objects = ActQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["uid"], name="act_uid_unique")]
        indexes = [
            # Undo: the last act of one person.
            models.Index(fields=["by", "-id"], name="act_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.by} {self.get_verb_display()} on {self.at:%d %B %Y %H:%M}"

    @property
    def is_undone(self) -> bool:
        return hasattr(self, "undone_by")

    @property
    def still_stands(self) -> bool:
        """Whether all that it wrote is still there: only then can it be undone."""
        return all(change.still_holds for change in self.changes.all())

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

    act = models.ForeignKey(Act, models.PROTECT, related_name="changes")
    quotation = models.ForeignKey(Quotation, models.PROTECT, null=True, blank=True, related_name="changes")
    article = models.ForeignKey(Article, models.PROTECT, null=True, blank=True, related_name="changes")
    speaker = models.ForeignKey(Speaker, models.PROTECT, null=True, blank=True, related_name="changes")
    outlet = models.ForeignKey(Outlet, models.PROTECT, null=True, blank=True, related_name="changes")
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(encoder=DjangoJSONEncoder)

    objects = ChangeQuerySet.as_manager()

    class Meta:
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
        return f"{self.act.get_verb_display()} {self.record}"

    @property
    def record(self) -> Quotation | Article | Speaker | Outlet:
        """The one record that was changed."""
        record = self.quotation or self.article or self.speaker or self.outlet
        if record is None:
            raise ValueError(f"change {self.pk} has no record")
        return record

    @property
    def still_holds(self) -> bool:
        """Whether the record still has the values that were written; a new speaker or outlet may have been edited."""
        if self.before is None and self.quotation_id is None:
            return True
        now = {name: self._now(name) for name in self.after}
        return bool(json.loads(json.dumps(now, cls=DjangoJSONEncoder)) == self.after)

    def _now(self, name: str) -> object:
        if name == "aliases" and self.speaker:
            return sorted(alias.name for alias in self.speaker.aliases.all())
        return getattr(self.record, name)
