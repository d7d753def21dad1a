"""Imports, what failed in them, and what was taken from watched folders: for looking, not for editing."""

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ..models import ImportProblem, ImportRun, WatchedFile
from ..querysets import ImportRunQuerySet
from .filters import ChosenFilter
from .history import ReadOnlyAdmin

COUNTS = ["added", "updated", "unchanged", "completed", "failed"]


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    list_display = ["files", "state", "by", "began_at", *COUNTS]
    list_filter = ["state", ("by", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["by"]
    date_hierarchy = "began_at"
    search_fields = ["by__username", "why", "why_values__what", "why_values__printed"]
    search_help_text = _("Who began it, and why it ended early.")
    fields = [
        *("files", "mapping", "by", "state", "why_in_words", "began_at", "started_at", "seen_at", "ended_at"),
        *("process", "inputs", "inputs_read", *COUNTS, "to_extract", "extracted", "problem_list", "uid"),
    ]
    readonly_fields = ["files", "problem_list", "uid", "why_in_words"]

    def get_queryset(self, request: HttpRequest) -> ImportRunQuerySet:
        return ImportRun.objects.all()

    def view_on_site(self, obj: ImportRun) -> str:
        return obj.get_absolute_url()

    @admin.display(description=_("given"))
    def files(self, run: ImportRun) -> str:
        return run.label

    @admin.display(description=_("why"))
    def why_in_words(self, run: ImportRun) -> str:
        return run.why_in_words

    @admin.display(description=_("what failed"))
    def problem_list(self, run: ImportRun) -> SafeString:
        url = f"{reverse('admin:articles_importproblem_changelist')}?run__id__exact={run.pk}"
        return format_html('<a href="{}">{}</a>', url, number_format(run.problems.count(), force_grouping=True))


@admin.register(ImportProblem)
class ImportProblemAdmin(ReadOnlyAdmin):
    list_display = ["source", "reason", "run"]
    list_select_related = ["run"]
    list_filter = [("run", ChosenFilter)]
    search_fields = ["source", "reason"]
    search_help_text = _("The file, member or line, and the reason.")
    ordering = ["-id"]


@admin.register(WatchedFile)
class WatchedFileAdmin(ReadOnlyAdmin):
    list_display = ["path", "size", "taken_at"]
    search_fields = ["path"]
    search_help_text = _("The file’s path.")
    fields = ["path", "size", "mtime_ns", "taken_at"]
    readonly_fields = ["taken_at"]
