"""What a spreadsheet would take for a formula, and run: made harmless where cells are written. Knows no Django."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*(?:[\s\x00-\x1f\u00ad\u200b-\u200f\u2060-\u2064\ufeff]*[=+\-@＝＋－＠]|[\t\r])")
"""Also behind what is not seen, in full width, and with apostrophes in front, so that `as_written` knows its own."""


def harmless(words: str) -> str:
    """With an apostrophe in front, where spreadsheets would take it for a formula; they show it as text then.

    >>> harmless("=1+1"), harmless("Deb’t"), harmless("'-1")
    ("'=1+1", 'Deb’t', "''-1")
    """
    return f"'{words}" if _FORMULA.match(words) else words


def as_written(cell: str) -> str:
    """The reverse of `harmless`.

    >>> as_written("'=1+1"), as_written("'twas"), as_written("''-1")
    ('=1+1', "'twas", "'-1")
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell
