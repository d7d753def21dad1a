"""Searches that somebody keeps under a name, and what each reader has seen of them."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..querysets import SavedSearchQuerySet, SeenResultsQuerySet
from .searching import Searching


class SavedSearch(Searching):
    """What was sought, as the address of a list says it; removing it hides it."""

    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=100)
    of = models.CharField(pgettext_lazy("what is sought", "of"), max_length=10, choices=Searching.Of.choices)
    query = models.CharField(max_length=4000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("by"), related_name="saved_searches", db_index=False
    )
    is_shared = models.BooleanField(_("shared"), default=False)
    feed_key = models.UUIDField(default=uuid.uuid4, editable=False, help_text="Whoever knows it reads the feed.")
    made_at = models.DateTimeField(auto_now_add=True)
    is_removed = models.BooleanField(default=False)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["uid"], name="saved_search_uid_unique"),
            models.CheckConstraint(
                condition=models.Q(of__in=["articles", "quotations"]), name="saved_search_of_known"
            ),
        ]
        indexes = [
            # The page of saved searches: one's own.
            models.Index(fields=["by", "name"], name="saved_search_of_person"),
            # The same page: what others share.
            models.Index(fields=["name"], name="saved_search_shared", condition=models.Q(is_shared=True)),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:saved_search", args=[self.uid])

    def get_feed_url(self) -> str:
        return reverse("articles:search_feed", args=[self.uid, self.feed_key])


class SeenResults(models.Model):
    """The highest number that there was of what is sought when a person last opened a saved search."""

    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="seen", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    newest = models.PositiveBigIntegerField()
    seen_at = models.DateTimeField(auto_now=True)

    objects = SeenResultsQuerySet.as_manager()

    class Meta:
        verbose_name = _("seen results")
        verbose_name_plural = _("seen results")
        constraints = [models.UniqueConstraint(fields=["search", "user"], name="seen_results_once")]

    def __str__(self) -> str:
        return f"{self.search_id}: {self.newest}"
