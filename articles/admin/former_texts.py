"""Former texts of articles, to read: they come from imports, and nobody writes them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ..models import FormerText
from .filters import ChosenFilter
from .history import ReadOnlyAdmin


@admin.register(FormerText)
class FormerTextAdmin(ReadOnlyAdmin):
    list_display = ["title", "of_article", "imported_at", "replaced_at", "not_in_later_ones"]
    list_filter = [("article", ChosenFilter)]
    date_hierarchy = "replaced_at"
    ordering = ["-id"]
    search_fields = ["title", "text", "source_name"]
    search_help_text = _("Title, text and file name.")
    fieldsets = [
        (None, {"fields": ["title", "of_article", "byline", "published_on", "not_in_later_ones"]}),
        (_("Text"), {"fields": ["text"]}),
        (
            _("Where it comes from"),
            {
                "fields": [
                    *("source_name", "reader", "encoding", "imported_at", "replaced_at"),
                    *("text_sha256", "source_sha256"),
                ]
            },
        ),
    ]
    readonly_fields = ["of_article", "not_in_later_ones"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[FormerText]:
        return FormerText.objects.for_admin()

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may see an article in the admin may see what it said before."""
        return request.user.has_perm("articles.view_article")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def view_on_site(self, obj: FormerText) -> str | None:
        """None where the article is hidden, and has no page for readers."""
        return None if obj.article.is_hidden else obj.get_absolute_url()

    @admin.display(description=_("article"))
    def of_article(self, former: FormerText) -> SafeString:
        url = reverse("admin:articles_article_change", args=[former.article_id])
        return format_html('<a href="{}">{}</a>', url, former.article)

    @admin.display(description=_("quotations that later versions lack"))
    def not_in_later_ones(self, former: FormerText) -> SafeString:
        url = reverse("admin:articles_quotation_changelist")
        url += f"?article__id__exact={former.article_id}&former_text__id__exact={former.pk}"
        return format_html('<a href="{}">{}</a>', url, former.quotation_count)  # type: ignore[attr-defined]
