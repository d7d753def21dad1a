"""An entry for BibTeX and biblatex."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from .names import Name
from .works import Work

if TYPE_CHECKING:
    from pylatexenc.latexencode import UnicodeToLatexEncoder

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""Macros that every style defines."""
IN_ADDRESSES = "!#$%&'()*+,/:;=?@[]~"
"""What stands in an address as it is; braces, backslashes and spaces would end the field or the command."""


def bibtex(work: Work) -> str:
    """What LaTeX has a command for is written with it; other signs, as emoji and Arabic, stay UTF-8, which modern
    engines read."""
    fields = ",\n".join(f"  {name} = {value}" for name, value in _fields(work))
    return f"@{'article' if work.outlet else 'misc'}{{{work.key},\n{fields}\n}}\n"


def _fields(work: Work) -> Iterator[tuple[str, str]]:
    if work.authors:
        yield "author", f"{{{' and '.join(map(_name, work.authors))}}}"
    yield "title", f"{{{{{_latex(work.title)}}}}}"
    if work.outlet:
        yield "journal", f"{{{_latex(work.outlet)}}}"
    if work.published_on:
        yield "date", f"{{{work.published_on.isoformat()}}}"
        yield "year", f"{{{work.published_on.year}}}"
        yield "month", MONTHS[work.published_on.month - 1]
    yield "url", f"{{{_address(work.url)}}}"
    yield "urldate", f"{{{work.accessed.isoformat()}}}"
    said = _latex(f"{work.quotation.speaker_label}: {work.words}")
    yield "note", f"{{{said} \\url{{{_address(work.permalink)}}}{_latex(work.caveats)}}}"


def _name(name: Name) -> str:
    """Braces keep the name of a body whole, and an “and” in it."""
    if not name.family:
        return f"{{{_latex(name.literal)}}}"
    return ", ".join(_latex(part) for part in (name.family, name.suffix, name.given) if part)


def _latex(words: str) -> str:
    return str(_encoder().unicode_to_latex(unicodedata.normalize("NFC", words)))


@lru_cache(maxsize=1)
def _encoder() -> UnicodeToLatexEncoder:
    # Loaded here: its tables take a tenth of a second, and only this style needs them.
    from pylatexenc.latexencode import UnicodeToLatexEncoder

    return UnicodeToLatexEncoder(unknown_char_policy="keep", unknown_char_warning=False)


def _address(url: str) -> str:
    return quote(url, safe=IN_ADDRESSES)
