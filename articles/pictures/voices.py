"""Share of voice: how much of what each outlet quotes is said by whom."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ..querysets.counting import counted, summed, tallied
from ..querysets.names import names
from .columns import named, tops_and_rest, tops_of
from .grid import Heading, Hint, Picture, from_where, percent, tabled
from .question import Question
from .sampling import OF_A_FEW, sample

MOST = 16
"""Outlets, those with the most quotations."""


def voices(question: Question) -> Picture:
    drawn = sample(question, question.found, most=OF_A_FEW)
    counts = tallied(drawn.quotations, "outlet", "speaker")
    totals = summed(counts, 0)
    outlets, tops = sorted(filter(None, totals), key=lambda one: (-totals[one], one)), tops_of(counts)
    called = names(outlets=outlets[:MOST], speakers=tops)
    columns = tops_and_rest(question, "speaker", tops, called["speaker"])
    rows = named("outlet", outlets[:MOST], called["outlet"])
    theirs = drawn.of(question.found, "speaker", tops, counts)
    if theirs is not drawn:
        counts = counted(theirs.quotations, "outlet", "speaker")
    numbers = []
    for one in outlets[:MOST]:
        line = [theirs.estimate(counts[one, speaker]) for speaker in tops]
        numbers.append([*line, drawn.rest(drawn.estimate(totals[one]), line)])
    return Picture(
        corner=_("Outlet"),
        columns=columns,
        rows=tabled(question, rows, columns, numbers, by_rows=["outlet"], by_columns=["speaker"], shares=True),
        told=_loudest(question, columns, numbers),
        note=from_where(drawn, totals.total()),
        is_estimate=drawn.is_estimate,
        is_horizontal=True,
        is_share=True,
        hints=_left_out(len(outlets)),
    )


def _loudest(question: Question, columns: list[Heading], numbers: list[list[int]]) -> str:
    """Nothing where nobody is found, or one alone."""
    said, whole = sum(line[0] for line in numbers), sum(map(sum, numbers))
    if len(columns) < 2 or said in (0, whole):
        return ""
    share = {"speaker": columns[0].label, "share": percent(said, whole)}
    if question.parameters:
        return _("%(speaker)s is quoted most: %(share)s of what was found.") % share
    return _("%(speaker)s is quoted most: %(share)s of all that these outlets quote.") % share


def _left_out(outlets: int) -> list[Hint]:
    hints = [Hint(_("Others are all other speakers, and whoever is quoted and not known by name."))]
    if outlets > MOST:
        said = _("These are the %(shown)s outlets that quote most, of %(all)s.")
        hints.append(Hint(said % {"shown": MOST, "all": outlets}))
    return hints
