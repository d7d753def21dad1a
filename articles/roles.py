"""What a speaker was called beside the name: the role in “Foreign Minister Otto Brandt”, and the name in it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .likeness import words_of
from .models import Quotation, name_key

PRONOUNS = frozenset(
    (
        *("he", "she", "they", "it", "who", "i", "we", "his", "her", "hers", "their", "theirs", "its", "him", "them"),
        *("which", "that", "this", "these", "those", "one", "himself", "herself", "themselves", "you", "us", "me"),
    )
)
LEADING = re.compile(r"^(?:the|an?|its|his|her|their|our|former|then|who is|, )\s+", re.IGNORECASE)
EDGES = " ,;:–—-()[]“”\"'"
WORD = re.compile(r"[^\W_][\w’'.-]*")
# A name as it stands in a text: capitalised words and initials in a row, with the particles between them.
NAME = re.compile(
    r"(?:[^\W\d_a-zß-öø-ÿ][\w’'‘-]*\.?)(?:\s+(?:(?:al|el|bin|ibn|ben|de|da|del|der|van|von|la)\s+)*[^\W\d_a-zß-öø-ÿ][\w’'‘-]*\.?)*"
)


def role_in(mention: str, names: Iterable[str]) -> str:
    """What `mention` says of a speaker with these names besides them; "" where that is nothing.

    >>> [role_in(mention, ["Otto Brandt"]) for mention in ("the Foreign Minister, Otto Brandt", "he", "Mr Brandt")]
    ['Foreign Minister', '', '']
    """
    own = {word for name in names for word in words_of(name_key(name))}
    kept = " ".join(word for word in mention.split() if own.isdisjoint(words_of(name_key(word))))
    role = LEADING.sub("", kept.strip(EDGES)).strip(EDGES)
    words = [name_key(word) for word in WORD.findall(role)]
    told = [word for word in words if word not in PRONOUNS and len(word) > 2 and word not in ("mrs", "the", "dr.")]
    return role[:80] if told else ""


def name_in(mention: str) -> str:
    """The name in `mention`, the last one where there are several; "" where there is none.

    >>> name_in("the minister, J. Smith"), name_in("he"), name_in("Ayatollah Khamenei")
    ('J. Smith', '', 'Ayatollah Khamenei')
    """
    found = [name for name in NAME.findall(mention) if name_key(name) not in PRONOUNS | {"the", "a", "an"}]
    return found[-1].strip(EDGES) if found else ""


def name_of(quotation: Quotation) -> str:
    """The name by which `quotation` was attributed, as far as it has one; "" where there is none, as for “she”."""
    return name_in(quotation.mention) or Quotation.name_in_note(quotation.note)
