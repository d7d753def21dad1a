"""What the lists of articles and of quotations have in common: what is asked for, in words and links."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..asking import Asked, is_number, search_of
from ..facets import LABELS, Facet, Naming, names_of
from ..querysets.lengths import length_in_words
from ..search.language import day_of

MORE_LABELS: dict[str, tuple[str | Promise, str]] = {
    "not-outlet": (_("Not of outlet"), "outlet"),
    "not-speaker": (_("Not by speaker"), "speaker"),
    "with": (_("Quoted in the same article"), "speaker"),
}
"""Of filters that no facet has: the label, and the facet whose names its values have."""
FACETS = {
    "articles": "articles:facets",
    "quotations": "articles:quotation_facets",
    "context": "articles:quotation_facets",
    "pictures": "articles:picture_facets",
}
LISTS = {"articles": "articles:list", "quotations": "articles:quotations"}
DAYS = {"after": pgettext_lazy("first day", "From"), "before": pgettext_lazy("last day", "To")}


@dataclass(frozen=True)
class Chip:
    """A filter that was chosen, and the search without it."""

    label: str | Promise
    value: str | Promise
    search: str


def listing(request: HttpRequest, asked: Asked, current: str) -> dict[str, Any]:
    """The context of a page that extends finding.html, `current` of FACETS.

    What is sought, to go along in links, the filters that were chosen, and where all is listed.
    """
    sought = _sought(request, asked)
    new_after = int(new) if is_number(new := request.GET.get("new", "")) else None
    chips = list(chips_of(sought["search"], naming_of([sought["search"]])))
    what = "articles" if current == "articles" else "quotations"
    addresses = {"list_url": reverse(LISTS[what]), "facets_url": reverse(FACETS[current])}
    return sought | addresses | {"current": current, "what": what, "chips": chips, "new_after": new_after}


def _sought(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    search = search_of(request.GET)
    search.pop("list", None)
    kept = [(name, value) for name, values in search.lists() for value in values if name != "q"]
    show = request.GET.get("show", "")
    show = show if re.fullmatch(r"[a-z,-]{1,80}", show) else ""
    return {"asked": asked, "search": search, "kept": kept, "show": show}


def render_facets(request: HttpRequest, facets: list[Facet], list_url: str, asked: Asked) -> HttpResponse:
    """The facets alone for htmx; without script, a page of them."""
    is_estimated = any(value.number and not value.number.is_exact for facet in facets for value in facet.values)
    context = _sought(request, asked) | {"facets": facets, "list_url": list_url, "is_estimated": is_estimated}
    return render(request, "articles/_facets.html" if request.htmx else "articles/facets.html", context)  # type: ignore[attr-defined]


def naming_of(searches: Iterable[QueryDict]) -> Naming:
    """What makes of the values that were chosen what is shown, for all these searches together."""
    chosen: dict[str, set[int]] = {"outlet": set(), "speaker": set(), "story": set()}
    filters = [*((name, name) for name in chosen), *((name, of) for name, (_label, of) in MORE_LABELS.items())]
    for search in searches:
        for name, of in filters:
            chosen[of] |= {int(value) for value in search.getlist(name) if is_number(value)}
    return names_of(outlets=chosen["outlet"], speakers=chosen["speaker"], stories=chosen["story"])


def chips_of(search: QueryDict, naming: Naming) -> Iterator[Chip]:
    """The filters that were chosen, each with the search without it."""
    labels = {name: (label, name) for name, label in LABELS.items()} | MORE_LABELS
    for name, (label, of) in labels.items():
        for value in dict.fromkeys(search.getlist(name)):
            yield Chip(label, naming[of](value), _without(search, name, value))
    for name, label in DAYS.items():
        for value in search.getlist(name):
            day = day_of(value, last=name == "before")
            yield Chip(label, date_format(day) if day else value, _without(search, name, value))
    for value in search.getlist("length"):
        yield Chip(_("Words"), length_in_words(value), _without(search, "length", value))


def _without(search: QueryDict, name: str, value: str) -> str:
    rest = search.copy()
    rest.setlist(name, [one for one in search.getlist(name) if one != value])
    return rest.urlencode()
