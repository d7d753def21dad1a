"""The search that a page was opened from: it goes along from the list to each article, through every correction."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from django.db.models import Model
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.shortcuts import resolve_url

from ..forms import ArticleSearchForm

LONGEST = 200
"""Characters of a field: what the search takes."""


def search_behind(request: HttpRequest) -> QueryDict:
    """The fields of the article list in this page's address; empty where there are none.

    An answer to htmx has the address of the page that asked. What is posted without script has it as its referrer,
    of which nothing but these fields is taken.
    """
    pages = [request.htmx.current_url] if request.htmx else []  # type: ignore[attr-defined]
    if request.method == "POST":
        pages.append(request.headers.get("Referer"))
    queries = (dict(parse_qsl(page.partition("?")[2].partition("#")[0])) for page in pages if page)
    return next(filter(None, map(_search_in, [request.GET, *queries])), QueryDict())


def back_to(request: HttpRequest, page: Model | str) -> HttpResponseRedirect:
    """To the page of a record, or of that name, with the search behind this one."""
    address = urlsplit(resolve_url(page))
    return HttpResponseRedirect(address._replace(query=search_behind(request).urlencode()).geturl())


def _search_in(query: Mapping[str, str]) -> QueryDict:
    search = QueryDict(mutable=True)
    search.update({name: query[name][:LONGEST] for name in ArticleSearchForm.base_fields if query.get(name)})
    return search
