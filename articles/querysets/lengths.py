"""How long quotations are, in words, and the bands of five words by which they are counted and found."""

from __future__ import annotations

import re

from django.db.models import Func, IntegerField

BAND = 5
"""Words that are taken together: 1–4, 5–9, 10–14, …"""
BANDS = 13
"""The last of them has no upper end."""

# What separates words: two line breaks and the sign of a gap count as one space, any other line break too.
_SPACED = "REPLACE(REPLACE(%(expressions)s, '\n\n', ' '), ' … ', ' ')"
_WORDS = f"(LENGTH({_SPACED}) - LENGTH(REPLACE(REPLACE({_SPACED}, ' ', ''), '\n', '')) + 1)"


class Words(Func):
    """How many words a text has, by the white space between them."""

    arity = 1
    template = _WORDS
    output_field = IntegerField()


class Band(Func):
    """Which band the words of a text are in, the last one without an end; all in SQL, so that an index is of it."""

    arity = 1
    template = f"(CASE WHEN {_WORDS} < {BAND * (BANDS - 1)} THEN {_WORDS} / {BAND} ELSE {BANDS - 1} END)"
    output_field = IntegerField()


def length_of(band: int) -> str:
    """As it stands in addresses.

    >>> length_of(2), length_of(12)
    ('10-14', '60-')
    """
    first = max(band * BAND, 1)
    return f"{first}-" if band == BANDS - 1 else f"{first}-{band * BAND + BAND - 1}"


LENGTHS = {length_of(band): band for band in range(BANDS)}


def length_in_words(length: str) -> str:
    """ "10-14" as people write it; what is no length as it is."""
    return re.sub(r"^(\d+)-(\d*)$", lambda found: f"{found[1]}–{found[2]}" if found[2] else f"≥ {found[1]}", length)
