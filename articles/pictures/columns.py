"""What the columns of pictures are: kinds, states, or the outlets or speakers of most quotations and the rest."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from ..models import Quotation
from ..querysets.counting import summed
from .grid import Heading
from .question import Question

TOP = 8
"""Speakers or outlets that have a colour of their own; the rest is taken together."""
KINDS = ("direct", "mixed", "indirect")
STATES = ("accepted", "rejected", "suggested")
HUES = {"direct": 2, "mixed": 1, "indirect": 6, "accepted": 3, "rejected": 5, "suggested": 0}


def kinds() -> list[Heading]:
    return [Heading(str(Quotation.Kind(kind).label), f"kind={kind}", HUES[kind]) for kind in KINDS]


def states() -> list[Heading]:
    return [Heading(str(Quotation.State(state).label), f"state={state}", HUES[state]) for state in STATES]


def named(
    field: str, numbers: list[Any], names: dict[int, str], *, narrowing: str = "{field}={number}"
) -> list[Heading]:
    """Headings of these outlets or speakers, in this order."""
    return [Heading(names[number], narrowing.format(field=field, number=number)) for number in numbers]


def tops_of(counts: Counter[Any]) -> list[Any]:
    """Of counts by (…, outlet or speaker) the TOP of these that are known."""
    totals = summed(counts, -1)
    return sorted(filter(None, totals), key=lambda one: (-totals[one], one))[:TOP]


def tops_and_rest(question: Question, field: str, tops: list[Any], names: dict[int, str]) -> list[Heading]:
    """Headings of these outlets or speakers, with a hue each, and one of the rest."""
    headings = [replace(heading, hue=hue) for hue, heading in enumerate(named(field, tops, names), 1)]
    return [*headings, Heading(_("Others"), question.asks_for_others(field, tops))]
