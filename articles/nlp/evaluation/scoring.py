"""The table of figures: how well quotations were found, by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from ..found import Kind
from .judging import Judgement

KINDS: tuple[Kind, ...] = ("direct", "mixed", "indirect")
ROWS: dict[str, tuple[Kind, ...]] = {
    **{kind: (kind,) for kind in KINDS},
    "direct+mixed": ("direct", "mixed"),
    "all": KINDS,
}
"""Each row of the table, and the kinds it counts."""


@dataclass(frozen=True, slots=True)
class Figures:
    """One row. Annotated quotations count under their own kind, found ones under theirs; shares are 0..1.

    precision    share of the found quotations that are annotated
    recall       share of the annotated quotations that were found
    quote_f1     their harmonic mean
    exact_f1     the same, only exact content counting
    speaker      of the annotated quotations that have a source and were found: share found with that source
    end2end_f1   the same as quote_f1, only quotations with the right source counting
    """

    gold: int
    predicted: int
    precision: float
    recall: float
    quote_f1: float
    exact_f1: float
    speaker: float
    end2end_f1: float


def score(judgements: Iterable[Judgement]) -> dict[str, Figures]:
    """{row: its figures}, the rows in the order of ROWS."""
    counts: dict[Kind, Counter[str]] = {kind: Counter() for kind in KINDS}
    for judgement in judgements:
        if judgement.gold_kind:
            counts[judgement.gold_kind].update(_counted_as_gold(judgement))
        if judgement.found_kind:
            true = judgement.gold is not None
            counts[judgement.found_kind].update({"predicted": 1, "true": true})
    return {row: _figures(sum((counts[kind] for kind in kinds), Counter())) for row, kinds in ROWS.items()}


def _counted_as_gold(judgement: Judgement) -> dict[str, int]:
    if judgement.found is None:
        return {"gold": 1}
    return {
        "gold": 1,
        "found": 1,
        "exact": judgement.exact,
        "sourced": judgement.sourced,
        "right speaker": judgement.sourced and judgement.right_source,
        "right": judgement.is_right,
    }


def _figures(count: Counter[str]) -> Figures:
    gold, predicted = count["gold"], count["predicted"]
    precision, recall = share(count["true"], predicted), share(count["found"], gold)
    return Figures(
        gold=gold,
        predicted=predicted,
        precision=precision,
        recall=recall,
        quote_f1=f1(precision, recall),
        exact_f1=f1(share(count["exact"], predicted), share(count["exact"], gold)),
        speaker=share(count["right speaker"], count["sourced"]),
        end2end_f1=f1(share(count["right"], predicted), share(count["right"], gold)),
    )


def share(part: int, whole: int) -> float:
    """0 where there is nothing to have a share of."""
    return part / whole if whole else 0.0


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def as_lines(table: dict[str, Figures]) -> list[str]:
    """The table in columns, counts whole and shares to three digits, its heading first."""
    columns = list(Figures.__dataclass_fields__)
    lines = [f"{'kind':14}" + "".join(f"{column:>12}" for column in columns)]
    for row, figures in table.items():
        cells = (
            f"{value:>12}" if isinstance(value, int) else f"{value:>12.3f}" for value in asdict(figures).values()
        )
        lines.append(f"{row:14}" + "".join(cells))
    return lines
