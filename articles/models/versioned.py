"""What every record that people edit has in common, and the key under which names are compared."""

import unicodedata

from django.db import models


class Versioned(models.Model):
    """A record whose every change by a person raises `version`; an edit names the version it saw."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


# Of a speaker, an alias or an outlet. A key may outgrow its name ("ﷺ" becomes 18 characters); it is cut there.
NAME_LENGTH = 200


def name_key(name: str) -> str:
    """`name` as it is compared: without accents, case or runs of white space, at most NAME_LENGTH long.

    >>> name_key("  Luiz Inácio   LULA da Silva ")
    'luiz inacio lula da silva'
    """
    decomposed = unicodedata.normalize("NFKD", name)
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(bare.casefold().split())[:NAME_LENGTH].rstrip()
