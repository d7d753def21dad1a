"""Saved searches, and what was seen of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    from ..models import SavedSearch, SeenResults  # noqa: F401


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def kept(self) -> Self:
        """Those that were not removed."""
        return self.filter(is_removed=False)

    def open_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """Those of `user` and those that others share, with whose they are; one's own first."""
        seen = self.kept().filter(Q(by_id=user.pk) | Q(is_shared=True)).select_related("by")
        return seen.order_by(models.Case(models.When(by_id=user.pk, then=0), default=1), "name", "id")

    def of_person(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """Those of `user`, removed ones too."""
        return self.filter(by_id=user.pk)

    def with_owner(self) -> Self:
        """With whose each is, fetched together."""
        return self.select_related("by")

    def of_quotations(self) -> Self:
        return self.filter(of="quotations")

    def removed(self) -> Self:
        return self.filter(is_removed=True)


class SeenResultsQuerySet(models.QuerySet["SeenResults"]):
    def newest_seen(self, search: SavedSearch, user: AbstractBaseUser | AnonymousUser) -> int | None:
        """The highest number when `user` last opened `search`; None where that never was."""
        return self.filter(search=search, user_id=user.pk or 0).values_list("newest", flat=True).first()

    def note(self, search: SavedSearch, user: AbstractBaseUser | AnonymousUser, *, newest: int) -> None:
        """Write down that `user` has seen what `search` finds up to the number `newest`."""
        self.update_or_create(search=search, user_id=user.pk or 0, defaults={"newest": newest})
