"""What imports and exports in the browser have in common: they wait, run in a process of their own, and end."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .why import Explained


class Run(Explained):
    """A thing that takes its time: how it stands, who runs it and how it ended.

    `by` is defined by each kind, with the index that its own pages read.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        FINISHED = "finished", _("finished")
        CANCELLED = "cancelled", _("cancelled")
        STOPPED = "stopped", _("stopped")

    OVER = (State.FINISHED, State.CANCELLED)
    ENDED = (*OVER, State.STOPPED)

    uid = models.UUIDField(_("uid"), default=uuid.uuid4, editable=False)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.WAITING)
    began_at = models.DateTimeField(_("began at"), auto_now_add=True)
    started_at = models.DateTimeField(
        _("started at"), null=True, blank=True, help_text=_("When its turn came, for the last time.")
    )
    seen_at = models.DateTimeField(
        _("seen at"), auto_now_add=True, help_text=_("When its process last said that it goes on.")
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    is_cancelled = models.BooleanField(_("to be cancelled"), default=False)
    process = models.CharField(
        _("process"), max_length=200, blank=True, help_text=_("Host and number of the process that runs it.")
    )

    class Meta:
        abstract = True

    @property
    def has_ended(self) -> bool:
        return self.state in self.ENDED

    @property
    def is_over(self) -> bool:
        """Whether it has ended for good: one that stopped may go on."""
        return self.state in self.OVER


def rules_of(name: str) -> list[models.BaseConstraint]:
    """The constraints of a kind that its tables know as `name`."""
    return [
        models.UniqueConstraint(fields=["uid"], name=f"{name}_uid_unique"),
        models.CheckConstraint(
            condition=Q(state__in=["waiting", "running", "finished", "cancelled", "stopped"]),
            name=f"{name}_state_known",
        ),
        models.CheckConstraint(
            condition=(
                Q(state__in=["waiting", "running"], ended_at=None)
                | Q(state__in=["finished", "cancelled", "stopped"], ended_at__isnull=False)
            ),
            name=f"{name}_ended_with_time",
        ),
    ]


def indexes_of(name: str) -> list[models.Index]:
    """The indexes of such a kind."""
    return [
        # The page of runs: those of one person, newest first; how many they began lately.
        models.Index(fields=["by", "-id"], name=f"{name}_of_person"),
        # Whoever looks after runs: those that have not ended.
        models.Index(fields=["state"], name=f"{name}_open", condition=Q(ended_at=None)),
    ]
