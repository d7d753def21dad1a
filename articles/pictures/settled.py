"""What is settled of what was found: accepted or rejected, over time or by outlet; the rest is suggested."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _

from ..months import UNDATED_MONTH
from ..querysets.counting import counted, summed
from ..querysets.names import names
from .columns import STATES, named, states
from .grid import Picture, from_where, percent, tabled
from .over_time import undated
from .periods import by_period, corner, heading, periods, replaced
from .question import Question
from .sampling import sample
from .voices import MOST


def settled(question: Question, by: str) -> Picture:
    """`by` "month" or "outlet"."""
    drawn = sample(question, question.found_in_every_state)
    counts = counted(drawn.quotations, by, "state")
    in_all = counts.total()
    states_of = summed(counts, 1)
    if by == "month":
        hints = undated(question, drawn, summed(counts, 0)[UNDATED_MONTH], narrows=_every_state(question))
        keys: list[Any] = periods(month for month, _state in counts)
        counts, rows = by_period(counts, keys), [heading(period, question) for period in keys]
        by_rows = replaced(keys)
    else:
        hints, keys = [], _outlets(counts)
        rows, by_rows = named("outlet", keys, names(outlets=keys)["outlet"]), {"outlet"}
    columns = states()
    numbers = [[drawn.estimate(counts[key, state]) for state in STATES] for key in keys]
    return Picture(
        corner=_("Outlet") if by == "outlet" else corner(keys),
        columns=columns,
        rows=tabled(question, rows, columns, numbers, by_rows=by_rows, by_columns=["state"]),
        told=_share(states_of),
        note=from_where(drawn, in_all),
        is_estimate=drawn.is_estimate,
        is_horizontal=by == "outlet",
        hints=hints,
    )


def _every_state(question: Question) -> str:
    """Of an address: rejected ones too, as they are counted, unless other states are asked for."""
    return "" if question.asked.state.among is not None else "".join(f"&state={state}" for state in STATES)


def _outlets(counts: Counter[Any]) -> list[int]:
    totals = summed(counts, 0)
    del totals[None]
    return [one for one, _number in sorted(totals.items(), key=lambda item: (-item[1], item[0]))[:MOST]]


def _share(states_of: Counter[str]) -> str:
    if not states_of.total():
        return ""
    done = states_of.total() - states_of["suggested"]
    return _("%(share)s of them are settled: accepted or rejected.") % {"share": percent(done, states_of.total())}
