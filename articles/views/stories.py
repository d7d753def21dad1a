"""Stories: their list, and the page of one, with its articles side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from .. import comparing
from ..found import Found
from ..models import Article, Story
from ..querysets import ArticleQuerySet
from .access import reads

# Articles whose quotations are compared; others of a bigger story are listed, and can be chosen instead.
MOST_COMPARED = 12
# Articles listed.
MOST_LISTED = 200


@dataclass(frozen=True)
class Choice:
    """The articles that are compared, the earliest first, and whether somebody chose them."""

    articles: list[Article]
    is_chosen: bool
    is_cut: bool
    """Whether more were to be compared than are."""


@require_safe
@reads
def story_list(request: HttpRequest) -> HttpResponse:
    """The newest first, by the newest article of each."""
    page = Found(Article.objects.last_of_stories(), [], narrowed=True).page(
        size=settings.NEWSROOM_PAGE_SIZE,
        below=request.GET.get("below", ""),
        above=request.GET.get("above", ""),
        fetch=ArticleQuerySet.with_stories,
    )
    told = Story.objects.in_lines(article.story_id for article in page.rows if article.story_id)
    lines = [(told[article.story_id], article) for article in page.rows if article.story_id in told]
    return render(request, "articles/stories.html", {"page": page, "lines": lines})


@require_safe
@reads
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """`with` in the address, again and again, names the articles to compare; without it the earliest are."""
    found = get_object_or_404(Story.objects.shown().with_title(), pk=pk)
    if found.merged_into:
        return redirect(found.merged_into)
    listed = list(Article.objects.of_story(found.pk).defer("text")[: MOST_LISTED + 1])
    articles = listed[:MOST_LISTED]
    choice = _chosen(articles, request.GET.getlist("with"))
    lines = comparing.lines(choice.articles)
    newer, older = _neighbours(found)
    context = {
        "story": found,
        "articles": articles,
        "is_cut": len(listed) > MOST_LISTED,
        "choice": choice,
        "lines": lines,
        "summaries": comparing.summaries(choice.articles, lines),
        "newer": newer,
        "older": older,
    }
    return render(request, "articles/story.html", context)


def _chosen(articles: Sequence[Article], named: Sequence[str]) -> Choice:
    """Of fewer than two there is nothing to compare, so the choice does not count."""
    chosen = [article for article in articles if str(article.pk) in named]
    is_chosen = len(chosen) > 1
    wanted = chosen if is_chosen else articles
    return Choice(list(wanted[:MOST_COMPARED]), is_chosen, len(wanted) > MOST_COMPARED)


def _neighbours(story: Story) -> tuple[Story | None, Story | None]:
    """The stories before and after this one in the list, with their titles."""
    place = Article.objects.place_of_story(story.pk)
    others = Article.objects.last_of_stories().but_of_story(story.pk)
    stories = Story.objects.with_title()
    return (
        stories.of_first(others.newer_than(*place).oldest_first()),
        stories.of_first(others.older_than(*place).newest_first()),
    )
