"""Stories: articles that are copies or rewrites of one another."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from ..found import Found
from ..models import Article, Story
from ..querysets import ArticleQuerySet
from . import records
from .documenting import ONE, reads
from .fields import Number
from .paging import USUAL, Cursor, Limit, Listed, day_at, following
from .problems import Problem

router = Router(tags=["Stories"])
MOST_LISTED = 200


@router.get("", **reads("List stories", Listed[records.StoryLine], "invalid"))
def story_list(
    request: HttpRequest,
    response: HttpResponse,
    limit: Limit = USUAL,
    cursor: Cursor = "",
) -> Listed[records.StoryLine]:
    """Newest first, by the newest article of each."""
    found = Found(Article.objects.last_of_stories(), [], narrowed=True)
    page = found.page(size=limit, below=day_at(request, cursor=cursor), fetch=ArticleQuerySet.with_stories)
    lines = Story.objects.in_lines(article.story_id for article in page.rows if article.story_id)
    stories = [lines[article.story_id] for article in page.rows if article.story_id in lines]
    following_page = following(request, response, "day", page.older)
    items = [records.StoryLine(**records.StoryLine.values(one)) for one in stories]
    return Listed[records.StoryLine](items=items, next=following_page)


@router.get("/{int:number}", **reads("One story with its articles", records.Story, *ONE, "invalid"))
def story(request: HttpRequest, number: Number) -> records.Story:
    """One that was merged says into which, and has no articles of its own."""
    found = Story.objects.shown().in_lines([number]).get(number)
    if found is None:
        raise Problem("not-found")
    articles = Article.objects.of_story(number).for_api()[:MOST_LISTED]
    return records.Story(**records.StoryLine.values(found), articles=records.ArticleLine.all_of(articles))
