"""Lists in pages: a cursor says where the next one begins, so that what comes in meanwhile moves nothing."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar

from django.http import HttpRequest, HttpResponse
from ninja import Query
from pydantic import BaseModel, Field

from ..found import Number, is_place
from ..querysets import OutletQuerySet, SpeakerQuerySet
from .problems import Problem, wrong_parameter

MOST = 200
USUAL = 50
END = "."
"""Of a cursor, within its Base64: what was cut off behind is noticed."""

Limit = Annotated[int, Query(ge=1, le=MOST, description="How many items a page has.", examples=[20])]
Cursor = Annotated[str, Query(max_length=100, description="As in next; leave it out to begin.")]
Sort = Annotated[
    str, Query(pattern="^(newest|best)$", description="best: the newest 1,000, by how well they fit the words.")
]

Item = TypeVar("Item")
Rows = TypeVar("Rows", SpeakerQuerySet, OutletQuerySet)


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
        examples=["https://newsroom.example/api/v1/quotations?q=nets&cursor=cXVvdGF0aW9ucy9kMjAyNS0wMy0wMS4xNy4"],
    )


class Results(Listed[Item], Generic[Item]):
    """A page of what was sought."""

    number: Count
    complaints: list[str] = Field(
        description="What of the search was not understood and left out, in sentences.",
        examples=[["Nobody is called “nobdy”."]],
    )


def place_of(request: HttpRequest, kind: str, *, cursor: str) -> str:
    """The place of this kind in the list that is asked for, "" for none. Raises Problem for another cursor."""
    if not cursor:
        return ""
    try:
        found = base64.urlsafe_b64decode(cursor.encode("ascii") + b"==").decode("ascii")
    except (UnicodeError, binascii.Error):
        raise _no_cursor() from None
    beginning = _beginning(request, kind)
    place = found.removeprefix(beginning).removesuffix(END)
    if not place or found != f"{beginning}{place}{END}" or cursor != _encoded(found):
        raise _no_cursor()
    return place


def day_at(request: HttpRequest, *, cursor: str) -> str:
    """The place behind which a page of a list by date begins, "" for the first page. Raises Problem."""
    place = place_of(request, "day", cursor=cursor)
    if place and not is_place(place):
        raise _no_cursor()
    return place


def page_at(request: HttpRequest, *, cursor: str) -> int:
    """The number of a page of a list whose pages are numbered, from 1 on. Raises Problem."""
    place = place_of(request, "page", cursor=cursor) or "1"
    if not place.isdecimal() or len(place) > 4 or int(place) < 1:
        raise _no_cursor()
    return int(place)


def number_at(request: HttpRequest, *, cursor: str) -> int:
    """The number of the record behind which a page begins, 0 for the first page. Raises Problem."""
    place = place_of(request, "record", cursor=cursor)
    if not place:
        return 0
    if not place.isdecimal() or len(place) > 18 or int(place) < 1:
        raise _no_cursor()
    return int(place)


def behind(request: HttpRequest, rows: Rows, *, cursor: str) -> Rows:
    """Of `rows`, by name, those behind the record that the cursor names. Raises Problem, also where that is gone."""
    number = number_at(request, cursor=cursor)
    if not number:
        return rows
    if not rows.model._default_manager.numbered([number]).exists():  # hidden since, or renamed, it still has a place
        raise _no_cursor()
    return rows.behind(number)


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
    parameters = request.GET.copy()
    parameters["cursor"] = _encoded(f"{_beginning(request, kind)}{place}{END}")
    address = request.build_absolute_uri(f"{request.path}?{parameters.urlencode()}")
    response["Link"] = f'<{address}>; rel="next"'
    return address


def _beginning(request: HttpRequest, kind: str) -> str:
    """What a cursor begins with that is of the list that is asked for: "quotations/d"."""
    return f"{request.path.rpartition('/')[2]}/{kind[:1]}"


def _encoded(written: str) -> str:
    return base64.urlsafe_b64encode(written.encode("ascii")).decode("ascii").rstrip("=")


def _no_cursor() -> Problem:
    return wrong_parameter("cursor", "This is no cursor of this list; begin without one.")
