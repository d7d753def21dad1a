"""What the columns of pictures are: kinds, states, or the outlets or speakers of most quotations and the rest."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from ..models import Outlet, Quotation, Speaker
from ..querysets import QuotationQuerySet
from ..querysets.counting import most_counted, of
from .grid import Heading, Question
from .sampling import Sample, sample

TOP = 8
"""Speakers or outlets that have a colour of their own; the rest is taken together."""
FOR_A_FEW = 5_000
"""Quotations of those at the top, drawn once more, so that enough of each are there to be counted."""
KINDS = ("direct", "mixed", "indirect")
STATES = ("accepted", "rejected", "suggested")
HUES = {"direct": 2, "mixed": 1, "indirect": 6, "accepted": 3, "rejected": 5, "suggested": 0}
MODELS: dict[str, type[Outlet] | type[Speaker]] = {"outlet": Outlet, "speaker": Speaker}


def kinds() -> list[Heading]:
    return [Heading(str(Quotation.Kind(kind).label), f"kind={kind}", HUES[kind]) for kind in KINDS]


def states() -> list[Heading]:
    return [Heading(str(Quotation.State(state).label), f"state={state}", HUES[state]) for state in STATES]


def named(field: str, numbers: list[Any], *, coloured: bool = False) -> list[Heading]:
    """Headings of these outlets or speakers, in this order; with a hue each if `coloured`."""
    names = MODELS[field]._default_manager.in_bulk(numbers)
    return [
        Heading(str(names[number]), f"{field}={number}", hue=place if coloured else 0)
        for place, number in enumerate(numbers, 1)
    ]


def tops_and_rest(question: Question, drawn: Sample, field: str) -> tuple[list[Heading], Sample, list[Any]]:
    """Headings of the TOP outlets or speakers and one of the rest; what to count those in, and their numbers."""
    tops = most_counted(drawn.quotations, field, most=TOP)
    columns = [*named(field, tops, coloured=True), Heading(_("Others"), question.asks_for(field))]
    return columns, sample_of(drawn, question.quotations, field, tops), tops


def sample_of(
    drawn: Sample, quotations: QuotationQuerySet, field: str, values: list[Any], *, by: str = "id"
) -> Sample:
    """Those of `quotations` with these values: all, where `drawn` has all, or else a sample of their own."""
    theirs = of(quotations, field, values)
    return sample(theirs, most=FOR_A_FEW, by=by) if drawn.is_estimate else Sample(theirs)
