"""Runs that bring articles in, and what they could not bring."""

import uuid

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse

from ..querysets import ImportRunQuerySet

# Files that the label of a run names.
MOST_NAMED = 3


class ImportRun(models.Model):
    """One run of an import: what was given, by whom, how far it is and how it ended.

    The counts are of articles and of inputs that gave none; `inputs_read` of `inputs` are files and the like, each of
    which may hold many articles.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        RUNNING = "running", "running"
        FINISHED = "finished", "finished"
        CANCELLED = "cancelled", "cancelled"
        STOPPED = "stopped", "stopped"

    ENDED = (State.FINISHED, State.CANCELLED, State.STOPPED)

    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    # No index of its own: import_run_of_person begins with it.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="import_runs",
        db_index=False,
        help_text="Empty: a command on the server.",
    )
    given = models.JSONField(default=list, help_text="The paths or file names, as they were given.")
    mapping = models.JSONField(default=dict, blank=True, help_text="Columns or keys by an article's fields.")
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    why = models.CharField(max_length=500, blank=True, help_text="Why it ended early.")
    began_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True, help_text="When its turn came, for the last time.")
    seen_at = models.DateTimeField(auto_now_add=True, help_text="When its process last said that it goes on.")
    ended_at = models.DateTimeField(null=True, blank=True)
    is_cancelled = models.BooleanField("to be cancelled", default=False)
    process = models.CharField(max_length=200, blank=True, help_text="Host and number of the process that runs it.")

    inputs = models.PositiveIntegerField(null=True, blank=True, help_text="Empty: not counted.")
    inputs_read = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0, help_text="New versions of articles known by their address.")
    unchanged = models.PositiveIntegerField(default=0)
    to_extract = models.PositiveIntegerField(default=0, help_text="Articles whose quotations it has to seek.")
    extracted = models.PositiveIntegerField(default=0, help_text="Those it has sought, found or not.")
    completed = models.PositiveIntegerField(default=0, help_text="Of those, what an earlier run had left.")
    failed = models.PositiveIntegerField(default=0)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["uid"], name="import_run_uid_unique"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running", "finished", "cancelled", "stopped"]),
                name="import_run_state_known",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=["waiting", "running"], ended_at=None)
                    | Q(state__in=["finished", "cancelled", "stopped"], ended_at__isnull=False)
                ),
                name="import_run_ended_with_time",
            ),
        ]
        indexes = [
            # The import page: the runs of one person, newest first; how many they started lately.
            models.Index(fields=["by", "-id"], name="import_run_of_person"),
            # Whoever looks after runs: those that have not ended.
            models.Index(fields=["state"], name="import_run_open", condition=Q(ended_at=None)),
        ]
        permissions = [("import_articles", "Can import articles in the browser")]

    def __str__(self) -> str:
        return f"import {self.pk} of {self.began_at:%d %B %Y %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("articles:import_run", args=[self.uid])

    @property
    def label(self) -> str:
        """What was given, in a few words."""
        named, more = ", ".join(self.given[:MOST_NAMED]), len(self.given) - MOST_NAMED
        return f"{named} and {more:,} more" if more > 0 else named or "nothing"

    def is_shown_to(self, user: AbstractBaseUser | AnonymousUser) -> bool:
        """Whether `user` may see its page: their own, and for editors all."""
        may = user.has_perm("articles.import_articles")  # type: ignore[union-attr]
        return may and (self.by_id == user.pk or user.has_perm("articles.use_admin"))  # type: ignore[union-attr]

    @property
    def has_ended(self) -> bool:
        return self.state in self.ENDED


class ImportProblem(models.Model):
    """One input of a run that gave no article, or none whose quotations could be sought; `reason` is one line."""

    # No index of its own: import_problem_of_run begins with it.
    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="problems", db_index=False)
    source = models.CharField(max_length=1000)
    reason = models.CharField(max_length=1000)

    class Meta:
        ordering = ["id"]
        indexes = [
            # The report of a run.
            models.Index(fields=["run", "id"], name="import_problem_of_run"),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}"
