"""Runs that stand in a line: imports and exports in the browser."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    from ..models.run import Run

R = TypeVar("R", bound="Run")


class RunQuerySet(models.QuerySet[R]):
    def open(self) -> Self:
        """Runs that have not ended."""
        return self.filter(ended_at=None)

    def in_line(self) -> Self:
        """Those that have not ended and take turns, in the order of these."""
        return self.open().order_by("id")

    def before(self, run: R) -> int:
        """How many runs stand in line before `run`, with the one that is running."""
        return self.in_line().filter(pk__lt=run.pk).count()

    def is_cancelled(self, run: R) -> bool:
        """Whether somebody has asked for the end of `run`, as the database has it."""
        return self.filter(pk=run.pk, is_cancelled=True).exists()

    def with_uid(self, uid: UUID) -> R | None:
        return self.filter(uid=uid).first()

    def unknown(self, uids: Iterable[UUID]) -> set[UUID]:
        """Those of `uids` that belong to no run."""
        wanted = set(uids)
        return wanted - set(self.filter(uid__in=wanted).values_list("uid", flat=True))

    def shown_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """The runs that `user` may see, the newest first: their own, and for editors all."""
        seen = self if user.has_perm("articles.use_admin") else self.filter(by_id=user.pk)  # type: ignore[union-attr]
        return seen.select_related("by").order_by("-id")

    def begun_before(self, number: int) -> Self:
        """Those that began before the one with that number."""
        return self.filter(pk__lt=number)

    def begun_lately_by(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """The runs that `user` has begun within the last hour."""
        return self.filter(by_id=user.pk, began_at__gt=timezone.now() - timedelta(hours=1))

    def last_began(self, most: int) -> list[datetime]:
        """When the last so many of these began, the newest first."""
        return list(self.order_by("-began_at").values_list("began_at", flat=True)[:most])

    def hold_beginner(self, user: AbstractBaseUser) -> None:
        """Have whoever begins another run as `user` wait until the transaction ends, so that none is overlooked.

        On SQLite, where one transaction writes at a time, they wait already.
        """
        get_user_model()._default_manager.select_for_update(no_key=True).get(pk=user.pk)

    def turn(self, run: R, into: str, **values: Any) -> bool:
        """Write `values` and the state `into` if `run` is still in the state it was read in; say whether it was."""
        return self.filter(pk=run.pk, state=run.state).update(state=into, **values) == 1
