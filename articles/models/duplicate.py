"""Pairs of speakers that may be one: the queue that an editor decides on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..querysets import PossibleDuplicateQuerySet
from .speaker import Speaker

if TYPE_CHECKING:
    from django.contrib.auth.models import User

WHY_ALIKE = {
    "same name": _("the same name"),
    "same words": _("the same words in another order"),
    "longer name": _("other names left out"),
    "initials": _("initials that fit"),
    "surname": _("the surname"),
    "spelling": _("another spelling"),
    "acronym": _("the initials"),
    "wikidata": _("the same Wikidata id"),
    "here": _("quoted here too"),
    "outlet": _("quoted in this outlet"),
    "role": _("the role fits"),
}
"""What speaks for two names being one's, in words."""


class PossibleDuplicate(models.Model):
    """Two speakers whose names are alike.

    It is done with when one of the two is hidden or merged, or when somebody has said that they are not the same:
    that is kept, so that nobody is asked again. Who takes it back offers the pair again; who had decided stays known.
    """

    first = models.ForeignKey(Speaker, models.CASCADE, db_index=False, related_name="+")
    second = models.ForeignKey(Speaker, models.CASCADE, db_index=False, related_name="+")
    score = models.FloatField(help_text="How certain it is that they are one, 0 to 1.")
    why = models.JSONField(default=list, help_text="What speaks for it: codes of articles.likeness.")
    is_different = models.BooleanField(default=False, help_text="Somebody has said that they are not the same.")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        db_index=False,
        related_name="+",
        help_text="Who took back last that they are not the same.",
    )
    offered_at = models.DateTimeField(null=True, editable=False)

    objects = PossibleDuplicateQuerySet.as_manager()

    class Meta:
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        ordering = ["-score", "id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_once_a_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="duplicate_in_order"),
            models.CheckConstraint(condition=Q(score__range=(0, 1)), name="duplicate_score_valid"),
            models.CheckConstraint(
                condition=Q(is_different=False, decided_by=None, decided_at=None)
                | Q(is_different=True, decided_by__isnull=False, decided_at__isnull=False)
                | Q(decided_by__isnull=False, decided_at__isnull=False, offered_at__isnull=False),
                name="duplicate_decided_with_time",
            ),
            models.CheckConstraint(
                condition=Q(offered_by=None, offered_at=None)
                | Q(offered_by__isnull=False, offered_at__isnull=False, decided_at__isnull=False),
                name="duplicate_offered_with_time",
            ),
        ]
        indexes = [
            # The queue, the most certain first.
            models.Index(fields=["is_different", "-score", "id"], name="duplicate_most_certain"),
        ]

    def __str__(self) -> str:
        return gettext("%(first)s and %(second)s") % {"first": self.first, "second": self.second}

    def tell_apart(self, *, by: User) -> None:
        """Keep it that `by` says they are not the same."""
        self.is_different, self.decided_by, self.decided_at = True, by, timezone.now()
        self.save(update_fields=["is_different", "decided_by", "decided_at"])

    def offer_again(self, *, by: User) -> None:
        """Keep it that `by` takes back that they are not the same, which is only left as what was decided before."""
        self.is_different, self.offered_by, self.offered_at = False, by, timezone.now()
        self.save(update_fields=["is_different", "offered_by", "offered_at"])

    @property
    def reasons(self) -> list[str]:
        return [str(WHY_ALIKE.get(code, code)) for code in self.why]

    @property
    def percent(self) -> int:
        """The score in whole per cent, rounded down."""
        return int(self.score * 100)
