"""The list of articles: what is asked for stands in its address."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from .. import facets, finding
from ..asking import asked
from ..excerpts import excerpt
from ..found import MOST_RANKED, Fetch, Found, Row
from ..models import Article, Quotation
from ..querysets import ArticleQuerySet
from .access import reads
from .listing import listing, render_facets

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
    sought = asked(request.GET)
    found = finding.articles(sought)
    fetch = ArticleQuerySet.for_list if sought.anywhere else ArticleQuerySet.for_list_of_beginnings
    context = listing(request, sought, "articles") | {"number": found.number} | page_of(request, found, fetch=fetch)
    labels = Quotation.objects.labels_by_article(context["rows"])
    context["listed"] = [
        Listed(
            article,
            excerpt(article.text if sought.anywhere else article.beginning, sought.anywhere),
            labels[article.pk][:MOST_SPEAKERS],
            max(len(labels[article.pk]) - MOST_SPEAKERS, 0),
        )
        for article in context["rows"]
    ]
    return render(request, "articles/list.html", context)


@require_safe
@reads
def article_facets(request: HttpRequest) -> HttpResponse:
    sought = asked(request.GET)
    spread = facets.of_articles(finding.articles(sought), sought, request.GET)
    return render_facets(request, spread, reverse("articles:list"), sought)


def page_of(request: HttpRequest, found: Found[Row], *, fetch: Fetch[Row]) -> dict[str, Any]:
    """The page of a list that is asked for, by date or by how well its rows fit, and where its neighbours are."""
    size = settings.NEWSROOM_PAGE_SIZE
    if request.GET.get("sort") == "best" and found.has_words:
        number = page_number(request)
        rows, ranked = found.best(size=size, number=number, fetch=fetch)
        following = number + 1 if number * size < ranked else None
        most = MOST_RANKED if ranked == MOST_RANKED else None
        return {
            "rows": rows,
            "is_best": True,
            "can_rank": True,
            "most_ranked": most,
            "previous_page": number - 1,
            "next_page": following,
        }
    page = found.page(size=size, below=request.GET.get("below", ""), above=request.GET.get("above", ""), fetch=fetch)
    return {"rows": page.rows, "page": page, "can_rank": found.has_words}


def page_number(request: HttpRequest) -> int:
    """Of a list whose pages are numbered, from 1 on; what is no number is the first."""
    asked_for = request.GET.get("page", "")
    return max(int(asked_for), 1) if asked_for.isascii() and asked_for.isdecimal() and len(asked_for) < 5 else 1
