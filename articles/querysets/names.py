"""The names of outlets, speakers and stories, looked up together."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import F, QuerySet, Value

Names = dict[str, dict[int, str]]


def names(*, outlets: Collection[int] = (), speakers: Collection[int] = (), stories: Collection[int] = ()) -> Names:
    """{"outlet", "speaker" or "story": {number: name}}, of those that are there, in one query.

    A story is called by its title, see `StoryQuerySet.with_title`.
    """
    from ..models import Outlet, Speaker, Story, name_as_shown

    parts: list[QuerySet[Any]] = [
        _part("outlet", Outlet.objects.filter(pk__in=outlets), F("name"), Value("")),
        _part("speaker", Speaker.objects.visible().filter(pk__in=speakers), F("name"), F("qualifier")),
        _part("story", Story.objects.with_title().filter(pk__in=stories), F("title"), Value("")),
    ]
    asked = [part for part, numbers in zip(parts, (outlets, speakers, stories), strict=True) if numbers]
    found: Names = {"outlet": {}, "speaker": {}, "story": {}}
    for number, of, name, qualifier in asked[0].union(*asked[1:], all=True) if asked else ():
        if name is not None:
            found[of][number] = name_as_shown(name, qualifier)
    return found


def _part(of: str, rows: QuerySet[Any], name: Any, qualifier: Any) -> QuerySet[Any]:
    parts: QuerySet[Any] = rows.order_by().annotate(of=Value(of), called=name, more=qualifier)
    return parts.values_list("pk", "of", "called", "more")
