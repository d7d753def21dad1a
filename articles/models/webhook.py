"""Webhooks: whom this Newsroom tells of quotations, and what was sent to them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..querysets import DeliveryQuerySet, WebhookQuerySet
from .why import Explained, Why


class Webhook(models.Model):
    """An address that is told of quotations, from certain numbers on: nothing is written when they come or change.

    What was told already are the quotations up to the number `after_quotation`, and the changes by people up to
    `after_change`. Its secret is derived, and stored nowhere: see `webhooks.signing`.
    """

    class Event(models.TextChoices):
        NEW = "new", pgettext_lazy("quotations", "new")
        ACCEPTED = "accepted", pgettext_lazy("quotations", "accepted")
        REJECTED = "rejected", pgettext_lazy("quotations", "rejected")
        CHANGED = "changed", pgettext_lazy("quotations", "changed")

    class Off(models.TextChoices):
        """Why it is switched off."""

        PERSON = "person", _("somebody switched it off")
        FAILING = "failing", _("nothing was delivered for three days")
        GONE = "gone", _("its receiver answered that it is gone for good (410)")
        OWNER = "owner", _("whose it is may not have webhooks any more")
        RESTORED = "restored", _("this Newsroom was restored from a backup, for a trial")

    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=100)
    url = models.CharField(_("address"), max_length=2000)
    events = models.JSONField(_("tells of"), default=list, help_text="Values of Event.")
    query = models.CharField(max_length=4000, blank=True, help_text="Only what this search of quotations finds.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), related_name="webhooks", db_index=False
    )
    site = models.CharField(max_length=300, help_text="Where this Newsroom is, for permalinks; without a slash.")
    secret_number = models.PositiveIntegerField(default=1, help_text="How many secrets it has had.")
    secret_changed_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)

    is_active = models.BooleanField(default=True)
    off = models.CharField(max_length=10, choices=Off.choices, blank=True)
    off_at = models.DateTimeField(null=True)
    is_removed = models.BooleanField(default=False)

    after_quotation = models.PositiveBigIntegerField()
    after_change = models.PositiveBigIntegerField()
    failing_since = models.DateTimeField(null=True)
    held_by = models.UUIDField(null=True, help_text="Whoever delivers at the moment.")
    held_until = models.DateTimeField(null=True)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name", "id"]
        permissions = [("manage_webhooks", _("Can manage webhooks"))]
        constraints = [
            # Also what each page of one is found by.
            models.UniqueConstraint(fields=["uid"], name="webhook_uid_unique"),
            models.CheckConstraint(
                condition=Q(is_active=True, off="", off_at=None)
                | Q(
                    is_active=False, off__in=["person", "failing", "gone", "owner", "restored"], off_at__isnull=False
                ),
                name="webhook_off_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(held_by=None, held_until=None) | Q(held_by__isnull=False, held_until__isnull=False),
                name="webhook_held_until",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:webhook", args=[self.uid])

    @property
    def parameters(self) -> QueryDict:
        """The search that narrows it, as the list's address has it."""
        return QueryDict(self.query)

    @property
    def list_url(self) -> str:
        """The list of the quotations that it is narrowed to."""
        return f"{reverse('articles:quotations')}?{self.query}"

    @property
    def last_answer(self) -> str:
        """What came of the last try, where the row was fetched `with_last`."""
        said: str | None = self.last_said  # type: ignore[attr-defined]
        return said or str(Why(self.last_why or "", self.last_why_values or {}))  # type: ignore[attr-defined]

    @property
    def tells_of(self) -> list[str]:
        """The labels of its events."""
        return [str(event.label) for event in self.Event if event in self.events]


class Delivery(Explained):
    """One message to a webhook: of the quotations and changes behind the numbers `after_…`, up to `upto_…`.

    What it says is put together at each try, so that it tells of nothing that was hidden meanwhile. `said` is the
    receiver's; without an answer, `why` says what went wrong.
    """

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("not sent yet")
        DELIVERED = "delivered", _("delivered")
        REFUSED = "refused", _("the receiver did not accept it")
        UNREACHED = "unreached", _("no answer")
        FORBIDDEN = "forbidden", _("nothing may be sent to that address")
        NOTHING = "nothing", _("nothing was left to tell")
        DROPPED = "dropped", _("given up: it began again from later on")

    # No index of its own: delivery_of_webhook begins with it.
    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries", db_index=False)
    uid = models.UUIDField(
        default=uuid.uuid4, editable=False, help_text="The header webhook-id, at each try the same."
    )
    after_quotation = models.PositiveBigIntegerField()
    upto_quotation = models.PositiveBigIntegerField()
    after_change = models.PositiveBigIntegerField()
    upto_change = models.PositiveBigIntegerField()
    number = models.PositiveIntegerField(help_text="Of events, at the last try.")
    made_at = models.DateTimeField()

    tries = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    status = models.PositiveSmallIntegerField(null=True, help_text="Of the last answer.")
    said = models.CharField(max_length=300, blank=True, help_text="The answer's first line.")
    milliseconds = models.PositiveIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["uid"], name="delivery_uid_unique"),
            # One after the other: so they stay in order, and nothing piles up. Also how the open one is found.
            models.UniqueConstraint(fields=["webhook"], condition=Q(ended_at=None), name="delivery_open_once"),
            models.CheckConstraint(
                condition=Q(ended_at=None, next_try_at__isnull=False) | Q(ended_at__isnull=False, next_try_at=None),
                name="delivery_open_has_next_try",
            ),
        ]
        indexes = [
            # The page of a webhook: its last ones, and which are old enough to be dropped.
            models.Index(fields=["webhook", "-id"], name="delivery_of_webhook"),
        ]

    def __str__(self) -> str:
        return f"{self.webhook_id}: {self.get_outcome_display()}"

    @property
    def is_open(self) -> bool:
        return self.ended_at is None
