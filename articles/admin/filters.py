"""Filters of the lists."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class ChosenFilter(admin.RelatedFieldListFilter):
    """Names the one article, speaker or outlet that a link led to; without one it is not shown.

    Listing all of them to choose from would load ten thousand names.
    """

    def field_choices(self, field: Any, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Any:
        chosen = self.lookup_val[-1] if self.lookup_val else None
        if not chosen or not str(chosen).isdecimal():
            return []
        return field.get_choices(include_blank=False, limit_choices_to={"pk": chosen})

    def has_output(self) -> bool:
        return bool(self.lookup_choices)


class ConfidenceFilter(admin.SimpleListFilter):
    """By the pipeline's certainty; the bounds are those of the review."""

    title = _("confidence")
    parameter_name = "confidence"
    ranges = {"low": (0, 0.5), "middle": (0.5, 0.8), "high": (0.8, 1.01)}

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, str]]:
        return [
            ("low", gettext("under %(bound)s%%") % {"bound": 50}),
            ("middle", gettext("%(least)s%% to %(most)s%%") % {"least": 50, "most": 79}),
            ("high", gettext("%(least)s%% and more") % {"least": 80}),
            ("none", gettext("not given")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if value == "none":
            return queryset.filter(confidence=None)
        if value in self.ranges:
            least, under = self.ranges[value]
            return queryset.filter(confidence__gte=least, confidence__lt=under)
        return queryset
