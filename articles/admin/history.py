"""The record of changes: who did what, when, and what was there before. Nothing here is edited, acts are undone."""

from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import corrections
from ..models import Act, Change
from .base import KeptAdmin, history_rows
from .filters import ChosenFilter
from .guarding import GuardedList
from .undoing import undo_view
from .words import in_words

# Changes shown with their act; the list of changes pages through all.
SHOWN_WITH_ACT = 100


class ReadOnlyAdmin(KeptAdmin):
    """Of what nobody writes by hand; undoing an act writes another one."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ActsWithRecords(GuardedList):
    """The page's acts with the last change of each, the one that the act was about, fetched together."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        last = Change.objects.with_records().in_bulk([act.last_change for act in self.result_list if act.last_change])
        for act in self.result_list:
            act.about = last.get(act.last_change)


@admin.register(Act)
class ActAdmin(ReadOnlyAdmin):
    list_display = ["at", "by", "verb", "done_to", "article", "records", "undone"]
    list_filter = ["verb", ("by", admin.RelatedOnlyFieldListFilter), ("article", ChosenFilter)]
    date_hierarchy = "at"
    search_fields = ["by__username", "article__title", "note"]
    search_help_text = _("Who, in which article, or the note.")
    fields = ["at", "by", "verb", "article", "note", "undone", "records", "what"]
    readonly_fields = ["at", "undone", "records", "what"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Act]:
        acts = Act.objects.select_related("by", "article", "undone_by__by", "undoes__by").defer("article__text")
        # Counting drops the model's own order.
        return acts.annotate(change_count=Count("changes"), last_change=Max("changes")).order_by("-id")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ActsWithRecords

    def get_urls(self) -> list[URLPattern]:
        undo = self.admin_site.admin_view(self.undo_view)
        return [path("<int:pk>/undo/", undo, name="articles_act_undo"), *super().get_urls()]

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return undo_view(self, request, pk)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        act = self.get_object(request, unquote(object_id))
        offered = act is not None and act.is_undoable and corrections.may_take_back(cast(User, request.user), act)
        return super().change_view(request, object_id, form_url, {"may_undo": offered, **(extra_context or {})})

    @admin.display(description=_("what it was done to"), empty_value="")
    def done_to(self, act: Act) -> SafeString | None:
        about, others = act.about, act.change_count - 1  # type: ignore[attr-defined]
        if about is None:
            return None
        if others <= 0:
            return _link(about)
        # Translators: a record, and how many others an act changed.
        more = gettext("{record} and {number} more")
        return format_html(more, record=_link(about), number=number_format(others, force_grouping=True))

    @admin.display(description=_("records changed"))
    def records(self, act: Act) -> SafeString:
        url = f"{reverse('admin:articles_change_changelist')}?act__id__exact={act.pk}"
        return format_html('<a href="{}">{}</a>', url, act.change_count)  # type: ignore[attr-defined]

    @admin.display(description=_("undone by"))
    def undone(self, act: Act) -> str:
        return str(act.undone_by.by) if hasattr(act, "undone_by") else self.get_empty_value_display()

    @admin.display(description=_("in words"))
    def what(self, act: Act) -> SafeString:
        rows = history_rows(act.changes.with_records()[:SHOWN_WITH_ACT])
        return format_html_join("", "{}<ul>{}</ul>", ((_link(change), words) for change, words in rows))


class ChangesInWords(GuardedList):
    """The page's changes with their words, whose names are fetched together."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        words = in_words(self.result_list)
        for change in self.result_list:
            change.words = words[change.pk]


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ["when", "who", "did", "record", "what"]
    list_display_links = ["when"]
    list_filter = [
        "act__verb",
        ("act__by", admin.RelatedOnlyFieldListFilter),
        ("act", ChosenFilter),
        ("quotation", ChosenFilter),
        ("article", ChosenFilter),
        ("speaker", ChosenFilter),
        ("outlet", ChosenFilter),
    ]
    date_hierarchy = "act__at"
    ordering = ["-id"]
    search_fields = ["act__by__username", "quotation__content", "article__title", "speaker__name", "outlet__name"]
    search_help_text = _("Who, or the words, title or name of what was changed.")
    fields = ["when", "who", "did", "record", "what"]
    readonly_fields = ["when", "who", "did", "record", "what"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Change]:
        return Change.objects.select_related("act__by", "act__undoes__by").with_records()

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ChangesInWords

    @admin.display(description=_("when"), ordering="act__at")
    def when(self, change: Change) -> str:
        return date_format(localtime(change.act.at), "DATETIME_FORMAT")

    @admin.display(description=_("who"), ordering="act__by__username")
    def who(self, change: Change) -> str:
        return str(change.act.by)

    @admin.display(description=_("did"), ordering="act__verb")
    def did(self, change: Change) -> str:
        return change.act.get_verb_display()

    @admin.display(description=_("what it was done to"))
    def record(self, change: Change) -> SafeString:
        return _link(change)

    @admin.display(description=_("in words"))
    def what(self, change: Change) -> SafeString:
        words = change.words if hasattr(change, "words") else in_words([change])[change.pk]
        return format_html("<ul>{}</ul>", words)


def _link(change: Change) -> SafeString:
    record = change.record
    url = reverse(f"admin:articles_{record._meta.model_name}_change", args=[record.pk])
    return format_html('<a href="{}">{}</a>', url, record)
