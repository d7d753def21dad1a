"""Outlets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from .speakers import begins

if TYPE_CHECKING:
    from ..models import Outlet


class OutletQuerySet(models.QuerySet["Outlet"]):
    def named(self, name: str) -> Self:
        """The outlet of that name, one or none; accents and case do not count."""
        from ..models import name_key

        return self.filter(key=name_key(name))

    def with_word(self, typed: str, *, most: int) -> list[int]:
        """The numbers of at most `most` outlets whose name has a word that begins as `typed`."""
        from ..models import name_key

        named = self.filter(begins("key", name_key(typed)))
        return list(named.order_by("pk").values_list("pk", flat=True)[:most])

    def by_key(self, keys: Iterable[str]) -> dict[str, Outlet]:
        """{key of a name: the outlet that has it}, of those keys that are known."""
        return {outlet.key: outlet for outlet in self.filter(key__in=list(keys))}

    def in_use(self) -> Self:
        """Outlets with at least one visible article."""
        from ..models import Article

        return self.filter(Exists(Article.objects.visible().filter(outlet=OuterRef("pk"))))

    def by_name(self) -> Self:
        return self.order_by("key", "pk")

    def behind(self, number: int) -> Self:
        """Those that come after the outlet with that number, by name; all where there is none."""
        last = self.model._default_manager.numbered([number]).first()
        return self.filter(Q(key__gt=last.key) | Q(key=last.key, pk__gt=last.pk)) if last else self

    def numbered(self, pks: Iterable[int]) -> Self:
        """Those with these numbers, as far as there are any."""
        return self.filter(pk__in=list(pks))
