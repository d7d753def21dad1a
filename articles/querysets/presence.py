"""Who has an article open."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import OperationalError, models
from django.utils import timezone

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    from ..models import Article, Presence  # noqa: F401

GONE_AFTER = timedelta(seconds=20)
"""Without a sign of an open page: four that did not come."""
WRITTEN_EVERY = timedelta(seconds=8)
KEPT_FOR = timedelta(days=1)
"""Longer ago nobody asks who was here."""


class PresenceQuerySet(models.QuerySet["Presence"]):
    def note(self, article: Article, user: AbstractBaseUser | AnonymousUser) -> None:
        """Write down that `user` is here, if that was not done just now. A busy database is not waited for."""
        now = timezone.now()
        if not user.is_authenticated or self.filter(
            article=article, user_id=user.pk, seen_at__gt=now - WRITTEN_EVERY
        ):
            return
        here = self.model(article=article, user_id=user.pk, seen_at=now)
        try:
            self.filter(user_id=user.pk, seen_at__lt=now - KEPT_FOR).delete()
            self.bulk_create(
                [here], update_conflicts=True, unique_fields=["article", "user"], update_fields=["seen_at"]
            )
        except OperationalError:
            return

    def of_user(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """Where `user` was within the last day, the last first."""
        return self.filter(user_id=user.pk or 0).order_by("-seen_at")

    def others_at(self, article: Article, user: AbstractBaseUser | AnonymousUser) -> list[str]:
        """The names of the others who have `article` open."""
        here = self.filter(article=article, seen_at__gt=timezone.now() - GONE_AFTER).exclude(user_id=user.pk or 0)
        return list(here.order_by("user__username").values_list("user__username", flat=True))
