"""How sure a quotation is, by the pattern that found it."""

from __future__ import annotations

from .found import Kind

UNMEASURED = 0.5

SHARE_RIGHT: dict[tuple[Kind, str], float] = {
    ("direct", "tag quote"): 0.95,
    ("direct", "inverted quote"): 0.92,
    ("direct", "right quote"): 0.73,
    ("direct", "right colon"): 0.89,
    ("direct", "left over"): 0.23,
    ("direct", "continued"): 0.39,
    ("direct", "left over verb"): 0.48,
    ("direct", "label"): 0.65,
    ("direct", "alone"): 0.23,
    ("direct", "colon"): 0.81,
    ("direct", "announced"): 0.66,
    ("direct", "tag quote unsourced"): 0.35,
    ("direct", "signed"): 0.84,
    ("direct", "as put"): 0.93,
    ("direct", "according fronted"): 0.92,
    ("direct", "according behind"): 0.91,
    ("mixed", "right bare"): 0.57,
    ("mixed", "right that"): 0.81,
    ("mixed", "right adjunct that"): 0.85,
    ("mixed", "right preposition"): 0.33,
    ("mixed", "tag plain"): 0.87,
    ("mixed", "right infinitive"): 0.40,
    ("mixed", "tag quote"): 0.78,
    ("mixed", "right quote"): 0.50,
    ("mixed", "according behind"): 0.74,
    ("mixed", "inverted quote"): 0.80,
    ("mixed", "right question"): 0.55,
    ("mixed", "inverted plain"): 0.77,
    ("mixed", "according fronted"): 0.71,
    ("mixed", "right comma"): 0.77,
    ("mixed", "right adjunct"): 0.68,
    ("mixed", "as put"): 0.46,
    ("mixed", "right colon"): 0.65,
    ("mixed", "turn"): 0.52,
    ("mixed", "alone"): 0.53,
    ("indirect", "right bare"): 0.58,
    ("indirect", "right that"): 0.73,
    ("indirect", "right infinitive"): 0.39,
    ("indirect", "tag plain"): 0.70,
    ("indirect", "according behind"): 0.75,
    ("indirect", "right adjunct that"): 0.67,
    ("indirect", "right question"): 0.62,
    ("indirect", "right comma"): 0.71,
    ("indirect", "turn"): 0.40,
    ("indirect", "according fronted"): 0.83,
    ("indirect", "inverted plain"): 0.48,
    ("indirect", "right adjunct"): 0.56,
    ("indirect", "right preposition"): 0.50,
    ("indirect", "right colon"): 0.31,
    ("indirect", "as put"): 0.34,
}
"""Of quotations found by a pattern, the share with right content and right mention.

Counted in 840 hand-annotated US political articles (the training part of PolNeAR 1.0, Newell, Margolin and Ruths,
LREC 2018), each share drawn towards its kind's mean as if by five more quotations.
"""


def confidence_of(pattern: str, *, kind: Kind) -> float:
    """The share of quotations of this kind found by this pattern that were right, 0 to 1."""
    return SHARE_RIGHT.get((kind, pattern), UNMEASURED)
