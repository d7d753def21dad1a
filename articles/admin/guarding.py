"""Addresses and forms that no page of ours sends get an answer in words, not a fault: a NUL, a number without end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import DataError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin

# In characters. Each word of a search makes a condition more, and SQLite takes no thousand of them.
LONGEST_SEARCH = 200
# Digits of the greatest number that every engine holds.
LONGEST_NUMBER = 18


def is_number(text: str) -> bool:
    """Whether `text` can be a record's number or version."""
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER


class GuardedList(ChangeList):
    """Takes what cannot be compared with any record as Django takes an unknown filter: it leads to the whole list."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        for name, values in request.GET.lists():
            if name != SEARCH_VAR and not all(map(_is_comparable, values)):
                raise IncorrectLookupParameters(f"{name} is no value of a filter")
        try:
            super().__init__(request, *args, **kwargs)
        except (ValueError, OverflowError, DataError) as error:  # the year after 9999, the one before 1
            raise IncorrectLookupParameters(str(error)) from error

    def get_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> QuerySet[Any]:
        if len(self.query) > LONGEST_SEARCH:
            self.query = self.query[:LONGEST_SEARCH]
            said = _("Only the first %(number)s characters were searched for.") % {"number": LONGEST_SEARCH}
            messages.warning(request, said)
        return super().get_queryset(request, *args, **kwargs)


class GuardedSelect(AutocompleteSelect):
    """Shows a choice that is no number, which the form refuses, as nothing chosen."""

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        return super().optgroups(name, [one for one in value if is_number(one)], attr)


class GuardedAdmin(ModelAdmin):
    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return GuardedList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        bounded = search_term.replace("\0", "")[:LONGEST_SEARCH]
        return super().get_search_results(request, queryset, bounded)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = GuardedSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any], *args: Any) -> HttpResponse | None:
        if all(map(is_number, request.POST.getlist(ACTION_CHECKBOX_NAME))):
            return super().response_action(request, queryset, *args)
        said = _("Nothing was changed: what was chosen is none of this list.")
        self.message_user(request, said, messages.ERROR)
        return None


def _is_comparable(value: str) -> bool:
    parts = [part.strip(" +-") for part in value.split(",")]
    return "\0" not in value and all(is_number(part) or not part.isdecimal() for part in parts)
