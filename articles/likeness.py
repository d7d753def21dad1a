"""How alike two names are: whether they may be one person's, how certainly, and by what.

Names are keys, as `articles.models.name_key` makes them: without accents and case. Nothing here asks the database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from .models.sounds import spoken_of

SAME = "same name"
ORDER = "same words"
LONGER = "longer name"
INITIALS = "initials"
SURNAME = "surname"
SPELLING = "spelling"
ACRONYM = "acronym"

CERTAINTY = {SAME: 1.0, ORDER: 0.95, LONGER: 0.85, INITIALS: 0.6, SURNAME: 0.45, ACRONYM: 0.7}
"""How much each form says by itself. SPELLING says as much as the names are alike, at most as ORDER does."""
LEAST_SPELLING = 0.86
"""Words less alike than that are two names: “John” and “Jon” are 0.93, “John” and “Joan” 0.85."""
LEAST_WRITTEN = 0.7
"""Words less alike than that are not spellings of one, however they sound."""
HEARD = 5
"""Letters from which on two words that sound alike are spellings of one: “Qadhafi”, but not “John” and “Joan”."""

WORD = re.compile(r"[^\W_]+(?:[’'`ʼ\u200c-][^\W_]+)*")
TITLES = frozenset(
    (
        *("mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "dame", "lord", "lady", "madam", "the"),
        *("president", "minister", "senator", "general", "colonel", "captain", "king", "queen", "prince", "princess"),
        *("ayatollah", "sheikh", "imam", "rabbi", "father", "sister"),
    )
)
ENDINGS = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md", "mp"})
SMALL = frozenset({"of", "the", "and", "for", "in", "de", "la", "del", "der", "van", "von"})


@dataclass(frozen=True)
class Alike:
    """That two names may be one's: from 0 to 1, and by what."""

    certainty: float
    by: str


@lru_cache(maxsize=100_000)
def words_of(key: str) -> tuple[str, ...]:
    """The words of a name, without titles, “Jr.” and the like, unless nothing else is there.

    >>> words_of("dr. ida m. moss"), words_of("the king")
    (('ida', 'm', 'moss'), ('king',))
    """
    words = tuple(WORD.findall(key))
    bare = tuple(word for word in words if word not in TITLES and word not in ENDINGS)
    return bare or words[-1:]


def is_partial(key: str) -> bool:
    """Whether the name leaves open who of a family is meant: a surname alone, or initials before it.

    >>> [is_partial(key) for key in ("smith", "j. smith", "mr smith", "jane smith", "j. k. rowling", "un")]
    [True, True, True, False, True, True]
    """
    words = words_of(key)
    return bool(words) and all(len(word) == 1 for word in words[:-1])


def alike(one: str, other: str) -> Alike | None:
    """How alike the names with these keys are; None where they cannot be one's.

    >>> alike("j. smith", "jane smith"), alike("smith, jane", "jane smith").by, alike("john smith", "jane smith")
    (Alike(certainty=0.6, by='initials'), 'same words', None)
    """
    if one == other:
        return Alike(CERTAINTY[SAME], SAME)
    mine, theirs = words_of(one), words_of(other)
    if not mine or not theirs:
        return None
    if mine == theirs or sorted(mine) == sorted(theirs):
        return Alike(CERTAINTY[ORDER], ORDER)
    by = _by_form(mine, theirs) or _by_form(theirs, mine) or (ACRONYM if _is_acronym(mine, theirs) else "")
    if by:
        return Alike(CERTAINTY[by], by)
    return _by_spelling(mine, theirs)


def _by_form(short: tuple[str, ...], long: tuple[str, ...]) -> str:
    """What makes `short` a form of `long`: words left out, a surname alone, initials; "" where it is none."""
    if short[-1] != long[-1]:
        return ""
    if len(short) == 1:
        return SURNAME
    given, full = short[:-1], long[:-1]
    if len(given) > len(full):
        return ""
    rest = iter(full)
    if all(any(word == each for each in rest) for word in given):
        return LONGER
    rest = iter(full)
    fits = all(any(_stands_for(word, each) for each in rest) for word in given)
    return INITIALS if fits and short[0][0] == long[0][0] else ""


def _stands_for(short: str, long: str) -> bool:
    return (
        short == long or (len(short) == 1 and long.startswith(short)) or (len(long) == 1 and short.startswith(long))
    )


def acronym_of(words: tuple[str, ...]) -> str:
    """The initials of a body's name of three words or more, small words left out; "" for a shorter one.

    >>> acronym_of(("islamic", "revolutionary", "guard", "corps")), acronym_of(("john", "smith"))
    ('irgc', '')
    """
    told = [word for word in words if word not in SMALL]
    return "".join(word[0] for word in told) if len(told) > 2 else ""


def _is_acronym(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    short, long = sorted((mine, theirs), key=len)
    return len(short) == 1 and short[0] == acronym_of(long)


def _by_spelling(mine: tuple[str, ...], theirs: tuple[str, ...]) -> Alike | None:
    """Two spellings of as many words: one word written alike, or several that sound the same.

    >>> alike("hassan rohani", "hassan rouhani").by, alike("moammar qadhafi", "muammar gaddafi").by
    ('spelling', 'spelling')
    """
    differing = [pair for pair in zip(mine, theirs, strict=False) if pair[0] != pair[1]]
    if len(mine) != len(theirs) or any(len(word) == 1 for pair in differing for word in pair):
        return None
    if len(mine) == 1 and min(map(len, differing[0])) < HEARD:
        return None
    if min(fuzz.ratio(*pair) for pair in differing) < LEAST_WRITTEN * 100:
        return None
    is_near = len(differing) == 1 and JaroWinkler.similarity(*differing[0]) >= LEAST_SPELLING
    if not is_near and not all(_sound_alike(*pair) for pair in differing):
        return None
    whole = fuzz.ratio(" ".join(mine), " ".join(theirs)) / 100
    return Alike(round(whole * CERTAINTY[ORDER], 3), SPELLING)


def _sound_alike(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= HEARD and spoken_of(one) == spoken_of(other)


def shares(weights: Iterable[float], *, nobody: float = 0.15) -> list[float]:
    """The certainty of each of several who may be meant, `nobody` being the weight of somebody else.

    >>> [round(share, 2) for share in shares([1.2, 0.6])]
    [0.62, 0.31]
    """
    weights = list(weights)
    whole = sum(weights) + nobody
    return [weight / whole for weight in weights]
