"""Quotations: the list, which is a search, and each by its permanent name."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from .. import finding
from ..models import Quotation
from ..querysets import QuotationQuerySet
from . import records
from .documenting import ONE, reads
from .filters import SEARCH, page_of, sought
from .paging import USUAL, Cursor, Limit, Results, Sort
from .problems import Problem
from .versions import tag

router = Router(tags=["Quotations"])


@router.get("", **reads("Search what was said", Results[records.Quotation], "invalid", parameters=SEARCH))
def quotation_list(
    request: HttpRequest,
    response: HttpResponse,
    limit: Limit = USUAL,
    cursor: Cursor = "",
    sort: Sort = "newest",
) -> Results[records.Quotation]:
    """Newest first, by the date of the article. The parameters are those of the list in the browser."""
    asked = sought(request)
    return page_of(
        request,
        response,
        finding.quotations(asked),
        limit=limit,
        cursor=cursor,
        fetch=QuotationQuerySet.for_api,
        told=records.Quotation.all_of,
        complaints=asked.complaints,
    )


@router.get("/{uuid:uid}", **reads("One quotation", records.Quotation, *ONE, "invalid"))
def quotation(request: HttpRequest, response: HttpResponse, uid: UUID) -> records.Quotation:
    """Also one that was rejected or taken out; the ETag begins with the version that a correction names."""
    found = Quotation.objects.in_shown_articles().for_api().at(uid)
    if found is None:
        raise Problem("not-found")
    tag(response, found)
    return records.Quotation.of(found)
