"""The parameters of the two lists that are searches: those of the lists in the browser, read by `articles.asking`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from ..asking import LONGEST, MOST_VALUES, PARAMETERS, Asked, asked
from ..found import Fetch, Found
from ..models import Article, Quotation
from .paging import Count, Results, day_at, following, page_at

SHOWN = ("limit", "cursor", "sort")
"""Parameters that say how it is shown."""
MEANINGS: dict[str, tuple[str, str]] = {
    "q": (
        "Words, “phrases”, -not, OR, prefix*, near:, said:, speaker: and the other fields of the search.",
        "nets -oil",
    ),
    "outlet": ("Number of an outlet; 0 for none.", "3"),
    "speaker": ("Number of a speaker; 0 for none.", "7"),
    "kind": ("direct, mixed or indirect.", "direct"),
    "state": ("suggested, accepted or rejected. Without it, rejected quotations are left out.", "accepted"),
    "story": ("Number of a story.", "12"),
    "reviewed": ("yes or no: whether somebody has gone through the article.", "yes"),
    "month": ("A month, or undated.", "2025-03"),
    "after": ("The first day, as 2025-03-01, 2025-03 or 2025.", "2025-03-01"),
    "before": ("The last day.", "2025-12-31"),
    "length": ("How long the quotation is: its band, as in the browser.", "short"),
    "with": ("Number of a speaker who has to be quoted in the same article.", "9"),
    "not-outlet": ("Number of an outlet that it must not be of.", "4"),
    "not-speaker": ("Number of a speaker who must not be quoted.", "8"),
}
SEARCH: list[dict[str, Any]] = [
    {
        "in": "query",
        "name": name,
        "description": meaning if name == "q" else f"{meaning} May be repeated: several values are alternatives.",
        "required": False,
        "schema": {"type": "string", "maxLength": LONGEST}
        if name == "q"
        else {"type": "array", "items": {"type": "string", "maxLength": LONGEST}, "maxItems": MOST_VALUES},
        "example": example if name == "q" else [example],
    }
    for name, (meaning, example) in MEANINGS.items()
]
"""As OpenAPI describes parameters."""

Row = TypeVar("Row", Article, Quotation)
Item = TypeVar("Item")


def sought(request: HttpRequest) -> Asked:
    """What the address asks for; parameters that nobody knows are complained of too."""
    understood = asked(request.GET)
    understood.complaints += complaints_of(request.GET, known=(*PARAMETERS, *SHOWN))
    return understood


def complaints_of(parameters: QueryDict, *, known: Collection[str]) -> list[str]:
    """A sentence for each of `parameters` that is not `known`."""
    said = _("There is no parameter “%(name)s”.")
    return [said % {"name": name[:LONGEST]} for name in parameters if name not in known]


def page_of(
    request: HttpRequest,
    response: HttpResponse,
    found: Found[Row],
    *,
    limit: int,
    cursor: str,
    fetch: Fetch[Row],
    told: Callable[[Iterable[Row]], list[Item]],
    complaints: list[str],
) -> Results[Item]:
    """A page by date, or with `sort=best` of the newest thousand by how well they fit, where words are sought."""
    if request.GET.get("sort") == "best" and found.has_words:
        number = page_at(request, cursor=cursor)
        rows, ranked = found.best(size=limit, number=number, fetch=fetch)
        following_page = following(request, response, "page", number + 1 if number * limit < ranked else "")
    else:
        page = found.page(size=limit, below=day_at(request, cursor=cursor), fetch=fetch)
        rows, following_page = page.rows, following(request, response, "day", page.older)
    return Results[Item](items=told(rows), next=following_page, number=Count.of(found.number), complaints=complaints)
