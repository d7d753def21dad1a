"""What every record that people edit has in common, and the key under which names are compared."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from django.db import models


class Versioned(models.Model):
    """A record whose every change by a person raises `version`; an edit names the version it saw."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


# Of a speaker, an alias or an outlet. A key may outgrow its name ("ﷺ" becomes 18 characters); it is cut there.
NAME_LENGTH = 200


# Names that are looked at again and again in one import, and remembered.
NAMES = 10_000

# Characters that show nothing by themselves, by Unicode category: controls, marks of direction and the like, halves.
CONTROLS = {"Cc", "Cf", "Cs"}
UNSEEN = CONTROLS | {"Zs", "Zl", "Zp", "Mn", "Me"}
# Fillers, which Unicode counts among letters and signs.
BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
# These show nothing, yet Persian words, Indic ones and emoji are written with them.
JOINERS = "\u200c\u200d"


@lru_cache(maxsize=NAMES)
def name_key(name: str) -> str:
    """`name` as it is compared: without accents, case, controls or runs of white space, at most NAME_LENGTH long.

    >>> name_key("  Luiz Inácio   LULA da Silva ")
    'luiz inacio lula da silva'
    """
    # Cut first: a normalization takes the square of a run of accents.
    decomposed = unicodedata.normalize("NFKD", tidy_name(name)[:NAME_LENGTH])
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(bare.casefold().split())[:NAME_LENGTH].rstrip()


def name_readings(name: str) -> set[tuple[str, str]]:
    """What "name (qualifier)" may mean, as keys: all of it a name, or split at any of its brackets.

    >>> sorted(name_readings("Jon Par (MP (Lab))"))
    [('jon par', 'mp (lab)'), ('jon par (mp', 'lab)'), ('jon par (mp (lab))', '')]
    """
    splits = [(name, "")]
    if name.endswith(")"):
        splits += [(name[: found.start()], name[found.end() : -1]) for found in re.finditer(r"\(", name)]
    keys = {(name_key(part), name_key(qualifier)) for part, qualifier in splits if len(part.strip()) <= NAME_LENGTH}
    return {(key, qualifier) for key, qualifier in keys if key}


@lru_cache(maxsize=NAMES)
def tidy_name(name: str) -> str:
    """`name` on one line, without characters that show nothing, but for joiners within a word.

    >>> tidy_name(" Ot\\u00adto\\t\\u202eBrandt\\x07\\u200d ")
    'Otto Brandt'
    """
    shown = (
        "".join(char for char in word if char in JOINERS or unicodedata.category(char) not in CONTROLS)
        for word in name.split()
    )
    return " ".join(word for word in (word.strip(JOINERS) for word in shown) if word)


def with_key(update_fields: Iterable[str] | None, *derived: str) -> Iterable[str] | None:
    """The fields that a save writes, with the key and what else is `derived` where the name is among them."""
    if update_fields is None or "name" not in update_fields:
        return update_fields
    return {"key", *derived, *update_fields}


@lru_cache(maxsize=NAMES)
def is_name(name: str) -> bool:
    """Whether a speaker, an alias or an outlet can be called `name`: it fits, can be compared, and can be seen.

    >>> is_name("🐟"), is_name("\\u0301"), is_name("\\u200b")
    (True, False, False)
    """
    seen = any(char not in BLANKS and unicodedata.category(char) not in UNSEEN for char in name_key(name))
    return seen and len(name) <= NAME_LENGTH and "\0" not in name
