"""The pages whose time is taken. Yours is one more line: a label, and what is asked for.

`page("name", …)` reverses a URL of the app, as `part` does for htmx; the keywords are the query. Of a page that is
not there yet, the report says so. What `it` can give is in sample.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from .sample import Sample

QUERIES = 12
"""That a page may send to the database, at most."""
GROWTH = 3
"""How many times what it takes at the smallest size a page may take at the largest."""
USUAL, COMMON, SAVED = 50, 250, 20
"""Milliseconds that may be the median: of a page, of a search for a word in half of all articles, of a correction."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One request; `data` makes it a POST, `htmx` one for a part of a page."""

    path: str
    data: Mapping[str, object] | None = None
    htmx: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """`most` is in milliseconds; what analysts may not see, an editor asks for."""

    label: str
    ask: Callable[[Sample], Ask]
    most: int = USUAL
    by_editor: bool = False


def page(name: str, *args: object, **query: object) -> Ask:
    """A GET of the URL `name` with `args` in its path. Raises NoReverseMatch where there is none."""
    address = reverse(f"articles:{name}", args=args)
    return Ask(f"{address}?{urlencode(query, doseq=True)}" if query else address)


def part(name: str, *args: object, **query: object) -> Ask:
    """The same as htmx asks for it."""
    return replace(page(name, *args, **query), htmx=True)


def api(resource: str, **query: object) -> Ask:
    """A GET of a resource of the API, by the cookie of whoever is signed in."""
    return page("api_v1", resource, **query)


def decision(it: Sample) -> Ask:
    """Accepting a quotation, or rejecting it where it is accepted: something is written each time."""
    quotation = it.quotation
    name = "reject" if quotation.state == "accepted" else "accept"
    address = reverse(f"articles:{name}", args=[quotation.uid])
    return Ask(address, {"version": quotation.version}, htmx=True)


PAGES = (
    Page("home", lambda it: page("home")),
    Page("articles", lambda it: page("list")),
    Page("articles, a page far down", lambda it: page("list", below=it.place)),
    Page("articles of an outlet", lambda it: page("list", outlet=it.outlet)),
    Page("articles between two dates", lambda it: page("list", **it.month)),
    Page("articles, search: rare word", lambda it: page("list", q=it.rare)),
    Page("articles, search: medium word", lambda it: page("list", q=it.medium)),
    Page("articles, search: two medium words", lambda it: page("list", q=f"{it.medium} {it.medium}")),
    Page("articles, search: word in half of all", lambda it: page("list", q=it.common), COMMON),
    Page("articles, search with filters", lambda it: page("list", q=it.medium, outlet=it.outlet, **it.month)),
    Page("facets of all articles", lambda it: part("facets")),
    Page("facets of articles with a medium word", lambda it: part("facets", q=it.medium)),
    Page("facets of articles with a word in half", lambda it: part("facets", q=it.common), COMMON),
    Page("reading", lambda it: page("read", it.article)),
    Page("quotations", lambda it: page("quotations")),
    Page("quotations, a page far down", lambda it: page("quotations", below=it.place)),
    Page("quotations of a speaker and an outlet", lambda it: page("quotations", speaker=it.famous, outlet=it.outlet)),
    Page("quotations, search: rare word", lambda it: page("quotations", q=it.rare)),
    Page("quotations, search: medium word", lambda it: page("quotations", q=it.medium)),
    Page("quotations, search: word in 3 of 100", lambda it: page("quotations", q=it.common), COMMON),
    Page("quotations, search: word in 40 of 100", lambda it: page("quotations", q=it.said), COMMON),
    Page("facets of all quotations", lambda it: part("quotation_facets")),
    Page("facets of quotations with a medium word", lambda it: part("quotation_facets", q=it.medium)),
    Page("facets of quotations of a famous speaker", lambda it: part("quotation_facets", speaker=it.famous)),
    Page("facets of quotations with a word in 40 of 100", lambda it: part("quotation_facets", q=it.said), COMMON),
    Page("keyword in context: medium word", lambda it: page("quotations", q=it.medium, show="context")),
    Page("keyword in context: word in 40 of 100", lambda it: page("quotations", q=it.said, show="context"), COMMON),
    Page("quotation", lambda it: page("quotation", it.quotation.uid)),
    Page("quotation, cited in MLA", lambda it: page("quotation", it.quotation.uid, cite="mla")),
    Page("quotation, cited in BibTeX", lambda it: page("quotation", it.quotation.uid, cite="bibtex")),
    Page("quotation as an annotation", lambda it: page("quotation", it.quotation.uid, format="jsonld")),
    Page("correction, saved", decision, SAVED),
    Page("speakers", lambda it: page("speakers")),
    Page("speakers by name", lambda it: page("speakers", q=it.family_name)),
    Page("speaker, famous", lambda it: page("speaker", it.famous)),
    Page("speaker, obscure", lambda it: page("speaker", it.obscure)),
    Page("speakers who may be the same", lambda it: page("duplicates"), by_editor=True),
    Page("stories", lambda it: page("stories")),
    Page("stories, a page far down", lambda it: page("stories", below=it.place)),
    Page("story", lambda it: page("story", it.story)),
    Page("pictures", lambda it: page("pictures")),
    Page("pictures of a famous speaker", lambda it: page("pictures", speaker=it.famous)),
    Page("picture: over time", lambda it: page("picture", "over-time")),
    Page("picture: over time, by speaker", lambda it: part("picture", "over-time", show="by-speaker")),
    Page("picture: voices", lambda it: page("picture", "voices")),
    Page("picture: company", lambda it: page("picture", "company")),
    Page("picture: lengths", lambda it: page("picture", "lengths")),
    Page("picture: settled", lambda it: page("picture", "settled")),
    Page("saved searches", lambda it: page("saved_searches")),
    Page("exports", lambda it: page("exports")),
    Page("export of all articles, its choices", lambda it: page("new_export", of="articles")),
    Page("export of quotations, its choices", lambda it: page("new_export", of="quotations", q=it.medium)),
    Page("webhooks", lambda it: page("webhooks"), by_editor=True),
    Page("history of an article", lambda it: page("article_history", it.article)),
    Page("API: quotations, 50", lambda it: api("quotations")),
    Page("API: quotations, search: medium word", lambda it: api("quotations", q=it.medium)),
    Page("API: articles of an outlet", lambda it: api("articles", outlet=it.outlet)),
    Page("API: article", lambda it: api(f"articles/{it.article}")),
    Page("API: speakers by name", lambda it: api("speakers", q=it.family_name)),
    Page("API tokens", lambda it: page("tokens")),
)
