"""The article list: search, filters, pages; its URL is its state."""

from dataclasses import dataclass

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from ..excerpts import BEGINNING_CUT, excerpt
from ..forms import ArticleSearchForm
from ..models import Article, Quotation
from .access import reads
from .searched import search_behind

# Dots of speakers shown beside an article; the rest is counted.
MOST_SPEAKERS = 3


@dataclass(frozen=True)
class Listed:
    """A line of the list: the article, the words around the search hit, and who speaks in it."""

    article: Article
    excerpt: SafeString
    speakers: list[str]
    more_speakers: int


@require_safe
@reads
def article_list(request: HttpRequest) -> HttpResponse:
    form = ArticleSearchForm(request.GET)
    articles = form.articles().with_progress().with_outlet()
    query = form.cleaned_data.get("q", "")
    if not query:
        articles = articles.with_beginning(BEGINNING_CUT)
    page = Paginator(articles, settings.NEWSROOM_PAGE_SIZE).get_page(request.GET.get("page"))
    labels = Quotation.objects.labels_by_article(page.object_list)
    listed = [
        Listed(
            article,
            excerpt(article.text if query else article.beginning, query),  # type: ignore[attr-defined]
            labels[article.pk][:MOST_SPEAKERS],
            max(len(labels[article.pk]) - MOST_SPEAKERS, 0),
        )
        for article in page.object_list
    ]
    elided = page.paginator.get_elided_page_range(page.number)
    context = {"form": form, "page": page, "listed": listed, "elided": elided}
    context["search"] = search_behind(request)
    response = render(request, "articles/_list.html" if _wants_list_alone(request) else "articles/list.html", context)
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


def _wants_list_alone(request: HttpRequest) -> bool:
    """Whether htmx asks for the list to swap it; going back, it asks for the whole page."""
    return bool(request.htmx) and not request.htmx.history_restore_request  # type: ignore[attr-defined]
