"""What was said: the list of quotations, and the same with the words sought one under the other."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from .. import concordance, facets, finding
from ..asking import Asked, asked
from ..concordance import MOST_SORTED
from ..excerpts import marked
from ..found import Found
from ..models import Quotation
from ..querysets import QuotationQuerySet
from .access import reads
from .browse import page_number, page_of
from .listing import listing, render_facets

SIDES = ("left", "right")


@dataclass(frozen=True)
class Said:
    """A line of the list: the quotation, and its words with the hits marked."""

    quotation: Quotation
    words: SafeString


@require_safe
@reads
def quotation_list(request: HttpRequest) -> HttpResponse:
    sought = asked(request.GET)
    found = finding.quotations(sought)
    in_context = request.GET.get("show") == "context"
    context = listing(request, sought, "context" if in_context else "quotations") | {"number": found.number}
    if in_context:
        return render(request, "articles/concordance.html", context | _in_context(request, found, sought))
    context |= page_of(request, found, fetch=QuotationQuerySet.for_list)
    clauses = [*sought.anywhere, *sought.said]
    context["listed"] = [Said(one, marked(one.content, clauses)) for one in context["rows"]]
    return render(request, "articles/quotations.html", context)


@require_safe
@reads
def quotation_facets(request: HttpRequest) -> HttpResponse:
    sought = asked(request.GET)
    spread = facets.of_quotations(finding.quotations(sought), request.GET)
    return render_facets(request, spread, reverse("articles:quotations"), sought)


def _in_context(request: HttpRequest, found: Found[Quotation], sought: Asked) -> dict[str, Any]:
    """The quotations with the words one under the other: by date, or by the words on one side."""
    clauses = [*sought.anywhere, *sought.said]
    side = request.GET.get("sort", "")
    if side not in SIDES or not found.has_words:
        context = page_of(request, found, fetch=QuotationQuerySet.for_list)
        return context | {"lines": concordance.lines(context["rows"], clauses), "has_words": found.has_words}
    newest = found.newest(MOST_SORTED, fetch=QuotationQuerySet.for_list)
    lines = concordance.in_order(newest, clauses, by=side)
    size, number = settings.NEWSROOM_PAGE_SIZE, page_number(request)
    return {
        "lines": lines[size * (number - 1) : size * number],
        "side": side,
        "has_words": True,
        "most_sorted": MOST_SORTED if len(newest) == MOST_SORTED else None,
        "previous_page": number - 1,
        "next_page": number + 1 if number * size < len(lines) else None,
    }
