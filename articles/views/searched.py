"""The search that a page was opened from: it goes along from the list to each article, through every correction."""

from urllib.parse import urlsplit

from django.core.exceptions import TooManyFieldsSent
from django.db.models import Model
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.shortcuts import resolve_url

from ..asking import search_of


def search_behind(request: HttpRequest) -> QueryDict:
    """What is sought, of this page's address; empty where nothing is.

    An answer to htmx has the address of the page that asked. What is posted without script has it as its referrer,
    of which nothing but these parameters is taken.
    """
    pages = [request.htmx.current_url] if request.htmx else []  # type: ignore[attr-defined]
    if request.method == "POST":
        pages.append(request.headers.get("Referer"))
    return next(filter(None, map(search_of, [request.GET, *map(parameters_of, filter(None, pages))])), QueryDict())


def parameters_of(page: str) -> QueryDict:
    """Of an address; none where there are more than any page of ours has."""
    try:
        return QueryDict(page.partition("?")[2].partition("#")[0])
    except TooManyFieldsSent:
        return QueryDict()


def back_to(request: HttpRequest, page: Model | str) -> HttpResponseRedirect:
    """To the page of a record, or of that name, with the search behind this one."""
    address = urlsplit(resolve_url(page))
    return HttpResponseRedirect(address._replace(query=search_behind(request).urlencode()).geturl())
