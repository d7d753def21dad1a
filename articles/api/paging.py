"""Lists in pages: a cursor says where the next one begins, so that what comes in meanwhile moves nothing."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar

from django.http import HttpRequest, HttpResponse
from ninja import Query
from pydantic import BaseModel, Field

from ..found import Number
from .problems import wrong_parameter

MOST = 200
USUAL = 50

Limit = Annotated[int, Query(ge=1, le=MOST, description="How many items a page has.", examples=[20])]
Cursor = Annotated[str, Query(max_length=100, description="As in next; leave it out to begin.")]
Sort = Annotated[
    str, Query(pattern="^(newest|best)$", description="best: the newest 1,000, by how well they fit the words.")
]

Item = TypeVar("Item")


class Count(BaseModel):
    """How many there are in all."""

    value: int = Field(description="As many as that, or about.", examples=[12])
    is_exact: bool = Field(description="False where it is estimated from a fair sample, to one or two digits.")

    @classmethod
    def of(cls, number: Number) -> Count:
        return cls(value=number.rounded, is_exact=number.is_exact)


class Listed(BaseModel, Generic[Item]):
    """A page of a list."""

    items: list[Item]
    next: str | None = Field(
        description="The address of the next page; null on the last one.",
        examples=["https://newsroom.example/api/v1/quotations?q=nets&cursor=ZDIwMjUtMDMtMDEuMTc"],
    )


class Results(Listed[Item], Generic[Item]):
    """A page of what was sought."""

    number: Count
    complaints: list[str] = Field(
        description="What of the search was not understood and left out, in sentences.",
        examples=[["Nobody is called “nobdy”."]],
    )


def place_of(cursor: str, kind: str) -> str:
    """The place that a cursor of this kind stands for, "" for none. Raises Problem for what is no such cursor."""
    if not cursor:
        return ""
    try:
        found = base64.urlsafe_b64decode(cursor.encode("ascii") + b"==").decode("ascii")
    except (UnicodeError, binascii.Error):
        found = ""
    if found[:1] != kind[:1] or not found[1:]:
        raise wrong_parameter("cursor", "This is no cursor of this list; begin without one.")
    return found[1:]


def page_at(cursor: str) -> int:
    """The number of a page of a list whose pages are numbered, from 1 on. Raises Problem."""
    place = place_of(cursor, "page") or "1"
    if not place.isdecimal() or len(place) > 4 or int(place) < 1:
        raise wrong_parameter("cursor", "This is no cursor of this list; begin without one.")
    return int(place)


def number_at(cursor: str) -> int:
    """The number of the record behind which a page begins, 0 for the first page. Raises Problem."""
    place = place_of(cursor, "record") or "0"
    if not place.isdecimal() or len(place) > 18:
        raise wrong_parameter("cursor", "This is no cursor of this list; begin without one.")
    return int(place)


def listed(
    request: HttpRequest, response: HttpResponse, rows: Any, *, limit: int, told: Callable[[Any], Item]
) -> Listed[Item]:
    """A page of `rows`, a queryset in its order, each as `told`; the next one begins behind its last row."""
    shown = list(rows[: limit + 1])
    last = shown[limit - 1].pk if len(shown) > limit else 0
    address = following(request, response, "record", last)
    return Listed[Item](items=[told(one) for one in shown[:limit]], next=address)


def following(request: HttpRequest, response: HttpResponse, kind: str, place: object) -> str | None:
    """The address of the page that begins at `place`, also as a Link; None where there is no such page."""
    if not place:
        return None
    cursor = base64.urlsafe_b64encode(f"{kind[:1]}{place}".encode()).decode().rstrip("=")
    parameters = request.GET.copy()
    parameters["cursor"] = cursor
    address = request.build_absolute_uri(f"{request.path}?{parameters.urlencode()}")
    response["Link"] = f'<{address}>; rel="next"'
    return address
