"""Does confidence mean what it says: of quotations found with a confidence of 0.8, are 80% right?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .judging import Judgement

BANDS = 10


@dataclass(frozen=True, slots=True)
class Band:
    """The found quotations whose confidence lies from `low` up to, not including, `high`; 1 lies in the last.

    mean_confidence and share_right are 0 where nothing lies in the band. Right is: content found, right source.
    """

    low: float
    high: float
    predicted: int
    mean_confidence: float
    share_right: float


def bands(judgements: Iterable[Judgement]) -> list[Band]:
    """Ten bands of equal width, from 0 to 1."""
    members: list[list[tuple[float, bool]]] = [[] for _ in range(BANDS)]
    for judgement in judgements:
        if judgement.found:
            confidence = judgement.found.confidence
            members[min(int(confidence * BANDS), BANDS - 1)].append((confidence, judgement.is_right))
    return [_band(number, within) for number, within in enumerate(members)]


def _band(number: int, within: Sequence[tuple[float, bool]]) -> Band:
    total = len(within) or 1
    return Band(
        low=number / BANDS,
        high=(number + 1) / BANDS,
        predicted=len(within),
        mean_confidence=sum(confidence for confidence, _ in within) / total,
        share_right=sum(right for _, right in within) / total,
    )


def mean_gap(calibrated: Sequence[Band]) -> float:
    """The expected calibration error: how far a band's mean confidence lies from its share right, on average."""
    total = sum(band.predicted for band in calibrated)
    gaps = sum(band.predicted * abs(band.mean_confidence - band.share_right) for band in calibrated)
    return gaps / total if total else 0.0


def as_lines(calibrated: Sequence[Band]) -> list[str]:
    """The bands in columns, from the surest, and the mean gap under them."""
    lines = [f"{'confidence':14}{'predicted':>12}{'mean':>12}{'right':>12}"]
    for band in reversed(calibrated):
        shares = (
            f"{band.mean_confidence:>12.3f}{band.share_right:>12.3f}" if band.predicted else f"{'–':>12}{'–':>12}"
        )
        lines.append(f"{f'{band.low:.1f}–{band.high:.1f}':14}{band.predicted:>12}{shares}")
    lines.append(f"{'mean gap':14}{mean_gap(calibrated):>36.3f}")
    return lines
