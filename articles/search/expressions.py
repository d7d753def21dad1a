"""Clauses of a search in the language of each engine. Words are letters and digits alone: nothing needs escaping."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from .language import Clause, Near, Term

Clauses = Sequence[Clause]


def fts5(clauses: Clauses, *, lots: Sequence[int] = (), columns: str) -> str:
    """The expression for SQLite's MATCH, of at least one clause or lot.

    `columns` are those with words, as "title text".
    """
    wanted = [_any(map(_in_fts5, clause.terms), " OR ") for clause in clauses if clause.wanted]
    unwanted = [_any(map(_in_fts5, clause.terms), " OR ") for clause in clauses if not clause.wanted]
    parts = [f"{{{columns}}} : ({' AND '.join(wanted)})"] if wanted else []
    if lots:
        parts.append(f"lot : ({' OR '.join(map(str, lots))})")
    expression = " AND ".join(parts) or "lot : all"
    return f"({expression}) NOT ({{{columns}}} : ({' OR '.join(unwanted)}))" if unwanted else expression


def tsquery(clauses: Clauses, *, lots: Sequence[int] = ()) -> str:
    """The text of PostgreSQL's tsquery."""
    parts = [] if lots or any(clause.wanted for clause in clauses) else ["'#'"]
    parts += [("" if clause.wanted else "!") + _any(map(_in_tsquery, clause.terms), " | ") for clause in clauses]
    if lots:
        parts.append(_any((f"'#{lot}'" for lot in lots), " | "))
    return " & ".join(parts)


def without_order(clauses: Clauses) -> list[Clause]:
    """What holds all that `clauses` do, as each word counts on its own; unwanted phrases are left out."""
    loose = []
    for clause in clauses:
        if all(map(is_word, clause.terms)):
            loose.append(clause)
        elif len(clause.terms) == 1 and clause.wanted:
            loose += [Clause((term,)) for term in _one_by_one(clause.terms[0])]
    return loose


def _one_by_one(term: Term | Near) -> list[Term]:
    *first, last = term.words
    return [*(Term((word,)) for word in first), Term((last,), begins=isinstance(term, Term) and term.begins)]


def is_word(term: Term | Near) -> bool:
    """Whether it is one word, or the beginning of one."""
    return len(term.words) == 1


def _any(terms: object, joined: str) -> str:
    return f"({joined.join(terms)})"  # type: ignore[arg-type]


def _in_fts5(term: Term | Near) -> str:
    if isinstance(term, Term):
        return f'"{" ".join(term.words)}"{" *" if term.begins else ""}'
    pairs = (f'NEAR("{one}" "{other}", {term.within})' for one, other in combinations(term.words, 2))
    return f"({' AND '.join(pairs)})"


def _in_tsquery(term: Term | Near) -> str:
    if isinstance(term, Term):
        return "(" + " <-> ".join(f"'{word}'" for word in term.words) + (":*" if term.begins else "") + ")"
    return f"({' & '.join(_apart(one, other, term.within) for one, other in combinations(term.words, 2))})"


def _apart(one: str, other: str, within: int) -> str:
    distances = range(1, within + 2)
    pairs = [f"'{one}' <{far}> '{other}' | '{other}' <{far}> '{one}'" for far in distances]
    return f"({' | '.join(pairs)})"
