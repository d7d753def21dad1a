"""What every record that people edit has in common, and the key under which names are compared."""

import unicodedata
from collections.abc import Iterable

from django.db import models


class Versioned(models.Model):
    """A record whose every change by a person raises `version`; an edit names the version it saw."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


# Of a speaker, an alias or an outlet. A key may outgrow its name ("ﷺ" becomes 18 characters); it is cut there.
NAME_LENGTH = 200


# Characters that show nothing by themselves, by Unicode category: controls, invisible marks, halves, spaces.
UNSEEN = {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"}


def name_key(name: str) -> str:
    """`name` as it is compared: without accents, case or runs of white space, at most NAME_LENGTH long.

    >>> name_key("  Luiz Inácio   LULA da Silva ")
    'luiz inacio lula da silva'
    """
    decomposed = unicodedata.normalize("NFKD", name)
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(bare.casefold().split())[:NAME_LENGTH].rstrip()


def with_key(update_fields: Iterable[str] | None) -> Iterable[str] | None:
    """The fields that a save writes, with the key where the name is among them."""
    return {"key", *update_fields} if update_fields is not None and "name" in update_fields else update_fields


def is_name(name: str) -> bool:
    """Whether a speaker, an alias or an outlet can be called `name`: it fits, can be compared, and can be seen.

    >>> is_name("🐟"), is_name("\\u0301"), is_name("\\u200b")
    (True, False, False)
    """
    seen = any(unicodedata.category(character) not in UNSEEN for character in name_key(name))
    return seen and len(name) <= NAME_LENGTH and "\0" not in name
