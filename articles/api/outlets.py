"""Outlets: who published."""

from __future__ import annotations

from typing import Annotated

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, Field

from .. import corrections
from ..corrections import Edit
from ..models import NAME_LENGTH, Outlet
from ..record_forms import clean_name
from . import records
from .access import refuse_without
from .documenting import ONE, corrects, reads
from .fields import Number, Sent, Text
from .paging import USUAL, Cursor, Limit, Listed, behind, listed
from .problems import Problem, wrong
from .versions import seen, tag
from .writing import act_of, or_refused, person

router = Router(tags=["Outlets"])
EDITS = "articles.change_outlet"


class OutletEdit(Sent):
    name: Annotated[Text, Field(min_length=1, max_length=NAME_LENGTH, examples=["The Harbour Gazette"])]


class OutletCorrected(BaseModel):
    act: records.Act | None
    outlet: records.Outlet


@router.get("", **reads("List outlets", Listed[records.Outlet], "invalid"))
def outlet_list(
    request: HttpRequest,
    response: HttpResponse,
    limit: Limit = USUAL,
    cursor: Cursor = "",
) -> Listed[records.Outlet]:
    """By name, those with articles."""
    outlets = Outlet.objects.in_use().by_name()
    rows = behind(request, outlets, cursor=cursor)
    return listed(request, response, rows, limit=limit, told=records.Outlet.of)


@router.get("/{int:number}", **reads("One outlet", records.Outlet, *ONE, "invalid"))
def outlet(request: HttpRequest, response: HttpResponse, number: Number) -> records.Outlet:
    """What it published is /articles?outlet=<number>."""
    found = _outlet(request, number)
    tag(response, found)
    return records.Outlet.of(found)


@router.patch("/{int:number}", **corrects("Rename an outlet (editors)", OutletCorrected, "name-taken", "not-allowed"))
def edit(request: HttpRequest, response: HttpResponse, number: Number, sent: OutletEdit) -> OutletCorrected:
    """Its articles are shown under the new name from then on."""
    refuse_without(request, EDITS)
    found = _outlet(request, number)
    version = seen(request, found)
    try:
        name = clean_name(sent.name)
    except ValidationError as error:
        raise wrong("/name", error.messages[0]) from error
    with or_refused("edit", sent=sent):
        act = corrections.edit([Edit(found, version, {"name": name})], by=person(request))
    response["ETag"] = f'"{found.version}"'
    return OutletCorrected(act=act_of(act), outlet=records.Outlet.of(found))


def _outlet(request: HttpRequest, number: int) -> Outlet:
    """Raises Problem where there is none, or, but for editors, none with an article that is shown."""
    outlets = Outlet.objects.all() if request.user.has_perm(EDITS) else Outlet.objects.in_use()
    found = outlets.numbered([number]).first()
    if found is None:
        raise Problem("not-found")
    return found
