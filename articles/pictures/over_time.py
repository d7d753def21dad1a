"""Quotations over time: how many of each month, by kind, or by the speakers or outlets that have the most."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..months import UNDATED_MONTH, month_in_words
from ..querysets.counting import counted, summed, tallied
from ..querysets.names import names
from .columns import KINDS, kinds, tops_and_rest, tops_of
from .grid import Heading, Hint, Picture, from_where, tabled
from .periods import by_period, corner, heading, periods, replaced
from .question import Question
from .sampling import OF_A_FEW, Sample, sample


def over_time(question: Question, by: str) -> Picture:
    """`by` "kind", "speaker" or "outlet"."""
    drawn = sample(question, question.found, most=0 if by == "kind" else OF_A_FEW)
    counts = (counted if by == "kind" else tallied)(drawn.quotations, "month", by)
    shown = periods(month for month, _value in counts)
    if by == "kind":
        columns, numbers = kinds(), _by_kind(drawn, counts, shown)
    else:
        columns, numbers = _by_tops(question, drawn, by, counts, shown)
    rows = [heading(period, question) for period in shown]
    return Picture(
        corner=corner(shown),
        columns=columns,
        rows=tabled(question, rows, columns, numbers, by_rows=replaced(shown), by_columns=[by]),
        told=_busiest(drawn, rows, numbers),
        note=from_where(drawn, counts.total()),
        is_estimate=drawn.is_estimate,
        form="bar" if by == "kind" else "line",
        hints=[
            *_drawn(by, columns),
            *undated(question, drawn, summed(counts, 0)[UNDATED_MONTH]),
        ],
    )


def _by_kind(drawn: Sample, counts: Counter[Any], shown: list[str]) -> list[list[int]]:
    of_periods = by_period(counts, shown)
    return [[drawn.estimate(of_periods[period, kind]) for kind in KINDS] for period in shown]


def _by_tops(
    question: Question, drawn: Sample, by: str, counts: Counter[Any], shown: list[str]
) -> tuple[list[Heading], list[list[int]]]:
    tops = tops_of(counts)
    columns = tops_and_rest(question, by, tops, names(**{f"{by}s": tops})[by])
    theirs = drawn.of(question.found, by, tops, counts)
    totals = summed(by_period(counts, shown), 0)
    of_tops = by_period(counts if theirs is drawn else counted(theirs.quotations, "month", by), shown)
    numbers = []
    for period in shown:
        line = [theirs.estimate(of_tops[period, one]) for one in tops]
        numbers.append([*line, drawn.rest(drawn.estimate(totals[period]), line)])
    return columns, numbers


def _drawn(by: str, columns: list[Heading]) -> list[Hint]:
    if by == "kind" or not columns[:-1]:
        return []
    said = ngettext(
        "Drawn is the one that has most; the others are in the table.",
        "Drawn are the %(number)s that have most; the others are in the table.",
        len(columns) - 1,
    )
    return [Hint(said % {"number": len(columns) - 1})]


def _busiest(drawn: Sample, rows: list[Heading], numbers: list[list[int]]) -> str:
    if len(rows) < 2:
        return ""
    most, busiest = max(((sum(line), row) for row, line in zip(rows, numbers, strict=True)), key=lambda one: one[0])
    if most < 2:
        return ""
    period = month_in_words(busiest.plain) if busiest.plain else busiest.label
    return _("The most, %(number)s, are of %(period)s.") % {"period": period, "number": drawn.words(most)}


def undated(question: Question, drawn: Sample, number: int, *, narrows: str = "") -> list[Hint]:
    """That so many could not be put in time, if any; `narrows` is a part of the address that leads to them."""
    if not number:
        return []
    there_are = drawn.estimate(number)
    said = ngettext("%(number)s has no date and is left out.", "%(number)s have no date and are left out.", there_are)
    link = question.address(but=["month", "after", "before"]) + "month=undated" + narrows
    return [Hint(said % {"number": intcomma(there_are)}, link)]
