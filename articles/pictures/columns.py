"""What the columns of pictures are: kinds, states, or the outlets or speakers of most quotations and the rest."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _

from ..models import Outlet, Quotation, Speaker
from ..querysets.counting import summed
from .grid import Heading
from .question import Question
from .sampling import Sample

TOP = 8
"""Speakers or outlets that have a colour of their own; the rest is taken together."""
KINDS = ("direct", "mixed", "indirect")
STATES = ("accepted", "rejected", "suggested")
HUES = {"direct": 2, "mixed": 1, "indirect": 6, "accepted": 3, "rejected": 5, "suggested": 0}
MODELS: dict[str, type[Outlet] | type[Speaker]] = {"outlet": Outlet, "speaker": Speaker}


def kinds() -> list[Heading]:
    return [Heading(str(Quotation.Kind(kind).label), f"kind={kind}", HUES[kind]) for kind in KINDS]


def states() -> list[Heading]:
    return [Heading(str(Quotation.State(state).label), f"state={state}", HUES[state]) for state in STATES]


def named(
    field: str, numbers: list[Any], *, narrowing: str = "{field}={number}", coloured: bool = False
) -> list[Heading]:
    """Headings of these outlets or speakers, in this order; with a hue each if `coloured`."""
    names = MODELS[field].objects.names(numbers)
    return [
        Heading(names[number], narrowing.format(field=field, number=number), hue=place if coloured else 0)
        for place, number in enumerate(numbers, 1)
    ]


def tops_and_rest(
    question: Question, drawn: Sample, field: str, counts: Counter[Any]
) -> tuple[list[Heading], Sample, list[Any]]:
    """Headings of the TOP outlets or speakers and one of the rest; what to count those in, and their numbers.

    `counts` are those of `drawn`, by (…, outlet or speaker).
    """
    totals = summed(counts, -1)
    tops = sorted(filter(None, totals), key=lambda one: (-totals[one], one))[:TOP]
    others = Heading(_("Others"), question.asks_for_others(field, tops))
    columns = [*named(field, tops, coloured=True), others]
    return columns, drawn.of(question.found, field, tops, counted=sum(totals[one] for one in tops)), tops
