"""The authority file: speakers with their other names."""

from typing import cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..models import Speaker, name_key
from ..querysets import SpeakerQuerySet
from .base import RecordAdmin
from .forms import SpeakerForm


@admin.register(Speaker)
class SpeakerAdmin(RecordAdmin):
    form = SpeakerForm
    list_display = ["name", "qualifier", "role", "kind", "other_names", "quotations", "hidden", "merged_into"]
    list_select_related = ["merged_into"]
    list_filter = ["kind", "is_hidden"]
    search_fields = ["key", "aliases__key", "role", "qualifier"]
    search_help_text = _("Any of the names, with or without accents; role; qualifier.")
    actions = ["hide", "show"]
    add_fieldsets = [(None, {"fields": ["name", "qualifier", "kind", "role", "wikidata_id", "aliases", "is_hidden"]})]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    *("name", "qualifier", "kind", "role", "wikidata_id", "aliases"),
                    *("is_hidden", "merged_into", "quotations"),
                ]
            },
        )
    ]
    readonly_fields = ["merged_into", "quotations"]

    def get_queryset(self, request: HttpRequest) -> SpeakerQuerySet:
        return Speaker.objects.with_quotation_count().prefetch_related("aliases")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Speaker], search_term: str
    ) -> tuple[QuerySet[Speaker], bool]:
        """Names are compared by their keys; hidden speakers are not offered where one is chosen."""
        if request.resolver_match and request.resolver_match.view_name == "admin:autocomplete":
            queryset = cast(SpeakerQuerySet, queryset).visible()
        return super().get_search_results(request, queryset, name_key(search_term))

    @admin.display(description=_("other names"))
    def other_names(self, speaker: Speaker) -> str:
        return ", ".join(alias.name for alias in speaker.aliases.all())

    @admin.display(description=_("quotations"), ordering="quotation_count")
    def quotations(self, speaker: Speaker) -> SafeString:
        url = f"{reverse('admin:articles_quotation_changelist')}?speaker__id__exact={speaker.pk}"
        return format_html('<a href="{}">{}</a>', url, speaker.quotation_count)  # type: ignore[attr-defined]

    @admin.action(description=_("Hide selected speakers"), permissions=["change"])
    def hide(self, request: HttpRequest, chosen: QuerySet[Speaker]) -> None:
        self.edit_selected(request, chosen, values={"is_hidden": True})

    @admin.action(description=_("Show selected speakers again"), permissions=["change"])
    def show(self, request: HttpRequest, chosen: QuerySet[Speaker]) -> None:
        """Who was merged stays hidden: its quotations are the other's."""
        merged = chosen.exclude(merged_into=None).first()
        if merged:
            said = gettext("%(speaker)s was merged into %(other)s: undo that instead.")
            self.message_user(request, said % {"speaker": merged, "other": merged.merged_into}, messages.ERROR)
            return
        self.edit_selected(request, chosen, values={"is_hidden": False})
