"""Articles and the outlets that published them."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..models import Article, Outlet, Quotation
from .base import RecordAdmin
from .forms import OutletForm

ORIGIN = (
    "source_name",
    "reader",
    "encoding",
    "language",
    "imported_at",
    "extracted_with",
    "text_sha256",
    "source_sha256",
)


@admin.register(Article)
class ArticleAdmin(RecordAdmin):
    """Articles come from files; their text stands as it was read."""

    list_display = ["title", "outlet", "published_on", "quotations_settled", "extracted_with", "hidden"]
    list_select_related = ["outlet"]
    list_filter = ["is_hidden", "published_on", "outlet"]
    date_hierarchy = "published_on"
    search_fields = ["title", "text", "byline", "url", "source_name"]
    search_help_text = _("Title, text, byline, address and file name.")
    autocomplete_fields = ["outlet"]
    actions = ["hide", "show"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "title",
                    "outlet",
                    "byline",
                    "published_on",
                    "place",
                    "url",
                    "signoff",
                    "licence",
                    "is_hidden",
                ]
            },
        ),
        (_("Quotations"), {"fields": ["quotations_by_state"]}),
        (_("Text"), {"fields": ["text", "correction", "earlier_versions"]}),
        (
            _("Where it comes from"),
            {"fields": [*ORIGIN]},
        ),
    ]
    readonly_fields = [
        "quotations_by_state",
        "text",
        "correction",
        "earlier_versions",
        *ORIGIN,
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return Article.objects.with_progress().defer("text")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def view_on_site(self, obj: Article) -> str | None:
        """None for a hidden article, which has no page for readers."""
        return None if obj.is_hidden else obj.get_absolute_url()

    @admin.display(description=_("settled"))
    def quotations_settled(self, article: Article) -> SafeString:
        # Translators: how many of an article's quotations are decided on.
        progress = gettext("%(settled)s of %(all)s") % {
            "settled": article.settled_count,  # type: ignore[attr-defined]
            "all": article.quotation_count,  # type: ignore[attr-defined]
        }
        return format_html('<a href="{}">{}</a>', _quotations_of(article), progress)

    @admin.display(description=_("quotations"))
    def quotations_by_state(self, article: Article) -> SafeString:
        counted = {f"{state}_count": Count("pk", filter=Q(state=state)) for state in Quotation.State.values}
        counts = article.quotations.aggregate(**counted)
        said = ", ".join(f"{counts[f'{state}_count']} {state.label}" for state in Quotation.State)
        return format_html('<a href="{}">{}</a>: {}', _quotations_of(article), gettext("Show them"), said)

    @admin.display(description=_("a mistake in it"))
    def correction(self, article: Article) -> str:
        if article.is_hidden:
            return gettext("Show the article again first.")
        url = reverse("articles:correct_text", args=[article.pk])
        return format_html('<a href="{}">{}</a>', url, gettext("Correct the text"))

    @admin.display(description=_("earlier versions"))
    def earlier_versions(self, article: Article) -> SafeString:
        url = f"{reverse('admin:articles_formertext_changelist')}?article__id__exact={article.pk}"
        return format_html('<a href="{}">{}</a>', url, article.former_texts.count())

    @admin.action(description=_("Hide selected articles"), permissions=["change"])
    def hide(self, request: HttpRequest, chosen: QuerySet[Article]) -> None:
        self.edit_selected(request, chosen, values={"is_hidden": True})

    @admin.action(description=_("Show selected articles again"), permissions=["change"])
    def show(self, request: HttpRequest, chosen: QuerySet[Article]) -> None:
        self.edit_selected(request, chosen, values={"is_hidden": False})

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        acts_url = f"{reverse('admin:articles_act_changelist')}?article__id__exact={object_id}"
        return super().history_view(request, object_id, {"acts_url": acts_url, **(extra_context or {})})


@admin.register(Outlet)
class OutletAdmin(RecordAdmin):
    form = OutletForm
    list_display = ["name", "homepage", "articles"]
    search_fields = ["name", "key"]
    search_help_text = _("Name of the outlet.")
    # Said here too: counting the articles drops the model's own order.
    ordering = ["name"]
    add_fieldsets = [(None, {"fields": ["name", "homepage"]})]
    fieldsets = [(None, {"fields": ["name", "homepage", "articles"]})]
    readonly_fields = ["articles"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Outlet]:
        outlets: QuerySet[Outlet] = super().get_queryset(request)
        return outlets.annotate(article_count=Count("articles"))

    @admin.display(description=_("articles"), ordering="article_count")
    def articles(self, outlet: Outlet) -> SafeString:
        url = f"{reverse('admin:articles_article_changelist')}?outlet__id__exact={outlet.pk}"
        return format_html('<a href="{}">{}</a>', url, outlet.article_count)  # type: ignore[attr-defined]


def _quotations_of(article: Article) -> str:
    return f"{reverse('admin:articles_quotation_changelist')}?article__id__exact={article.pk}"
