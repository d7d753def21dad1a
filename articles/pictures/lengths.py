"""How long quotations are, in words, by kind."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..querysets.counting import counted
from ..querysets.lengths import BAND, BANDS, length_of
from .columns import KINDS, kinds
from .grid import Heading, Picture, from_where, tabled
from .question import Question
from .sampling import sample

DRAWN = 5_000
"""Quotations of a sample: their words stand in no index, so each is read from the table."""


def lengths(question: Question) -> Picture:
    drawn = sample(question, question.found, most=DRAWN)
    words = counted(drawn.quotations, "words", "kind")
    counts: Counter[Any] = Counter()
    for (length, kind), number in words.items():
        counts[min(length // BAND, BANDS - 1), kind] += number
    bands = range(max((band for band, _kind in counts), default=-1) + 1)
    columns, rows = kinds(), [_heading(band) for band in bands]
    numbers = [[drawn.estimate(counts[band, kind]) for kind in KINDS] for band in bands]
    return Picture(
        corner=_("Words"),
        columns=columns,
        rows=tabled(question, rows, columns, numbers, by_rows=["length"], by_columns=["kind"]),
        told=_median(words),
        note=from_where(drawn, words.total()),
        is_estimate=drawn.is_estimate,
    )


def _heading(band: int) -> Heading:
    length = length_of(band)
    first, _to, last = length.partition("-")
    label = f"{first}–{last}" if last else _("%(number)s or more") % {"number": first}
    return Heading(label, f"length={length}", plain=length)


def _median(words: Counter[Any]) -> str:
    """Half of them have at most so many words."""
    left = (words.total() + 1) // 2
    for (length, _kind), number in sorted(words.items()):
        left -= number
        if left <= 0:
            said = ngettext("Half of them have one word.", "Half of them have at most %(number)s words.", length)
            return said % {"number": length}
    return ""
