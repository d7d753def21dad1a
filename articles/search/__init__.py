"""What is searched for and how words are compared: without case, accents and line breaks, on both engines alike."""

import re
from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, TextField

from .folding import fold as fold

# Words and "phrases", each after an optional minus; a phrase may lack its closing mark.
SEARCH_TERM = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
# Accents, as they stand apart after decomposition.
ACCENTS = re.compile("[\u0300-\u036f]+")
# What may decompose; the marks and dashes of English text do not, and to look for others is quick.
COMPOSED = re.compile("[^\x00-\x7f\u2013-\u201d]")
# White space that is left after decomposition, but for the space. Replacing each is three times as fast as a pattern.
BREAKS = "\n\r\t\v\f\x1c\x1d\x1e\x1f\x85\u1680\u2028\u2029"


def search_terms(query: str) -> Iterable[tuple[str, bool]]:
    """Yield each (term, wanted) of a search; wanted is False after a minus.

    >>> list(search_terms('talks "at any level" -oil'))
    [('talks', True), ('at any level', True), ('oil', False)]
    """
    for found in SEARCH_TERM.finditer(query):
        term = (found["phrase"] if found["phrase"] is not None else found["word"]).strip()
        if term and not (found["word"] and set(term) <= {"-"}):
            yield term, not found["minus"]


class Folded(Func):
    """Both of two columns folded, a line each, so that no phrase matches over the end of one.

    On SQLite it is `fold` itself, which `teach_sqlite` gives to each connection. On PostgreSQL it is the same in
    SQL; its letters are those of ICU, as the database's own locale may know no case but ASCII's.
    """

    arity = 2
    output_field = TextField()
    function = "newsroom_fold"

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        bare = r"regexp_replace(regexp_replace(normalize({}, NFKD), '[\u0300-\u036f]+', '', 'g'), '\s+', ' ', 'g')"
        folded = f"replace(replace(lower(({bare}) COLLATE \"und-x-icu\"), 'ß', 'ss'), 'ς', 'σ')"
        columns = [compiler.compile(source) for source in self.get_source_expressions()]
        sql = " || chr(10) || ".join(folded.format(column) for column, _ in columns)
        return f"({sql})", [value for _, values in columns for value in values]


def teach_sqlite(connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    """Give a new connection to SQLite the function that `Folded` calls."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(
            Folded.function, 2, lambda one, other: f"{fold(one)}\n{fold(other)}", deterministic=True
        )
