"""By-lines -> the names of authors, as styles invert and shorten them."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

FROM = re.compile(r"^\s*by\s+", re.IGNORECASE)
PLACE = re.compile(r"\s+in\s+[A-Z].*$")
BETWEEN = re.compile(r"\s*[;/]\s*|\s+(?:and|und|&)\s+|\s*,\s*(?:(?:and|&)\s+)?")
NO_PERSON = re.compile(
    r"\b(?:agenc(?:y|ies)|associates?|board|bureau|correspondents?|desk|editors?|journal|magazine|news(?:paper|room)?"
    r"|office|press|reporters?|service|staff|team|times|wires?|writers?)\b",
    re.IGNORECASE,
)
"""A word of this kind makes it the name of a body, which is never inverted."""
MOST_WORDS = 5


class Name(NamedTuple):
    """Of a person, `family` with the rest in `given`; of a body, or of what cannot be told, `literal` alone."""

    literal: str
    family: str = ""
    given: str = ""
    suffix: str = ""

    @property
    def short(self) -> str:
        """As it stands in the running text."""
        return self.family or self.literal


def authors(byline: str) -> list[Name]:
    """Those whom a by-line names, in its order; one that names no person is kept in one piece.

    >>> [name.short for name in authors("By Ida Moss, Otto van der Brandt and Quay News Agency in Port Elm")]
    ['Moss', 'van der Brandt', 'Quay News Agency']
    """
    written = PLACE.sub("", FROM.sub("", " ".join(byline.split())))
    parts = [part for part in BETWEEN.split(written) if part]
    if len(parts) == 2 and "," in written and all(" " not in part for part in parts):
        parts = [written]  # “Moss, Ida”
    names = [_name(part) for part in parts]
    return names if len(names) < 2 or any(name.family for name in names) else [Name(written)]


def _name(written: str) -> Name:
    # Loaded here: only two styles need it, and the web process starts without.
    from nameparser import HumanName

    if not _may_be_a_person(written):
        return Name(written)
    parsed = HumanName(written)
    given = " ".join(filter(None, [parsed.first, parsed.middle]))
    if not (parsed.last and given):
        return Name(written)
    return Name(written, parsed.last, given, parsed.suffix)


def _may_be_a_person(written: str) -> bool:
    """Names in scripts other than Latin are written as they are: which part is the family's, nobody says."""
    words = written.split()
    letters = [char for char in written if char.isalpha()]
    return (
        2 <= len(words) <= MOST_WORDS
        and not NO_PERSON.search(written)
        and all(unicodedata.name(char, "").startswith("LATIN") for char in letters)
        and all(char.isalpha() or char in " .,'’-‑" or unicodedata.combining(char) for char in written)
        and words[-1][0].isupper()
    )
