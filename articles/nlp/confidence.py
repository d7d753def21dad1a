"""How sure a quotation is, by the pattern that found it."""

from __future__ import annotations

from .found import Kind

UNMEASURED = 0.5

SHARE_RIGHT: dict[tuple[Kind, str], float] = {
    ("direct", "tag quote"): 0.95,
    ("direct", "inverted quote"): 0.92,
    ("direct", "right quote"): 0.70,
    ("direct", "right quote said"): 0.79,
    ("direct", "left over"): 0.24,
    ("direct", "continued"): 0.40,
    ("direct", "right colon"): 0.89,
    ("direct", "label"): 0.65,
    ("direct", "right colon said"): 0.88,
    ("direct", "alone"): 0.22,
    ("direct", "left over verb"): 0.67,
    ("direct", "colon"): 0.81,
    ("direct", "announced"): 0.66,
    ("direct", "tag quote unsourced"): 0.36,
    ("direct", "signed"): 0.84,
    ("direct", "as put"): 0.93,
    ("direct", "according fronted"): 0.92,
    ("direct", "according behind"): 0.91,
    ("direct", "right bare"): 0.71,
    ("mixed", "right bare"): 0.45,
    ("mixed", "right bare said"): 0.79,
    ("mixed", "right that"): 0.78,
    ("mixed", "right preposition"): 0.33,
    ("mixed", "right that said"): 0.88,
    ("mixed", "tag plain"): 0.87,
    ("mixed", "right infinitive"): 0.39,
    ("mixed", "tag quote"): 0.78,
    ("mixed", "right adjunct that"): 0.84,
    ("mixed", "right adjunct that said"): 0.85,
    ("mixed", "right quote"): 0.42,
    ("mixed", "according behind"): 0.74,
    ("mixed", "inverted quote"): 0.83,
    ("mixed", "right quote said"): 0.67,
    ("mixed", "right question"): 0.51,
    ("mixed", "according fronted"): 0.71,
    ("mixed", "inverted plain"): 0.89,
    ("mixed", "right comma said"): 0.73,
    ("mixed", "right adjunct"): 0.68,
    ("mixed", "right preposition said"): 0.48,
    ("mixed", "right comma"): 0.77,
    ("mixed", "right question said"): 0.72,
    ("mixed", "as put"): 0.46,
    ("mixed", "right adjunct said"): 0.65,
    ("mixed", "turn"): 0.52,
    ("mixed", "right colon said"): 0.60,
    ("mixed", "alone"): 0.53,
    ("mixed", "right colon"): 0.70,
    ("indirect", "right bare"): 0.48,
    ("indirect", "right bare said"): 0.79,
    ("indirect", "right that"): 0.72,
    ("indirect", "right infinitive"): 0.39,
    ("indirect", "tag plain"): 0.71,
    ("indirect", "according behind"): 0.75,
    ("indirect", "right that said"): 0.84,
    ("indirect", "right adjunct that"): 0.61,
    ("indirect", "right question"): 0.62,
    ("indirect", "right adjunct that said"): 0.81,
    ("indirect", "turn"): 0.40,
    ("indirect", "right comma said"): 0.73,
    ("indirect", "according fronted"): 0.83,
    ("indirect", "inverted plain"): 0.70,
    ("indirect", "right preposition"): 0.49,
    ("indirect", "right adjunct"): 0.52,
    ("indirect", "right colon"): 0.26,
    ("indirect", "right question said"): 0.63,
    ("indirect", "right adjunct said"): 0.69,
    ("indirect", "right comma"): 0.59,
    ("indirect", "as put"): 0.34,
    ("indirect", "right colon said"): 0.67,
}
"""Of quotations found by a pattern, the share with right content and right mention.

Counted in 840 hand-annotated US political articles (the training part of PolNeAR 1.0, Newell, Margolin
and Ruths, LREC 2018), each share drawn towards its kind's mean as if by five more quotations.
"""


def confidence_of(pattern: str, *, kind: Kind) -> float:
    """The share of quotations of this kind found by this pattern that were right, 0 to 1."""
    return SHARE_RIGHT.get((kind, pattern), UNMEASURED)
