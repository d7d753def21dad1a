"""How the last word of a name sounds, whoever wrote it down: “Khamenei” and “Khamene’i”, “Gaddafi” and “Qadhafi”."""

import re
from functools import lru_cache

from .versioned import NAMES

SOUND_LENGTH = 20

# What stands behind a name without being one, and what Arabic names begin with.
ENDINGS = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md", "mp"})
ARTICLE = re.compile(r"^(?:al|el|ul|as|ad|ar)[-\u2010\u2011’'`]")
# Spellings of one sound, in this order. No key holds a “ĉ”, as that has an accent.
SPELLINGS = [
    (re.compile(written), sound)
    for written, sound in (
        ("ph", "f"),
        ("tch|tsch|sch|sh|ch|ts|tz|dj|zh|j", "ĉ"),
        ("kh|gh|ck|q|g|x|c(?=[aour])", "k"),
        ("th|dh|d", "t"),
        ("z|ß", "s"),
        ("w", "v"),
        ("b", "p"),
        ("h", ""),
    )
]
VOWELS = re.compile(r"[aeiouy]+")
TWICE = re.compile(r"(.)\1+")
NO_LETTER = re.compile(r"[\W_]+")


@lru_cache(maxsize=NAMES)
def sound_of(key: str) -> str:
    """How the last word of the name with that key sounds, at most SOUND_LENGTH characters; "" where it has no letter.

    >>> sound_of("ali khamenei") == sound_of("ali khamene’i"), sound_of("gaddafi") == sound_of("qadhafi")
    (True, True)
    >>> sound_of("jane smith") == sound_of("john smith jr."), sound_of("jane smith") == sound_of("jane smart")
    (True, False)
    """
    spoken = spoken_of(last_word(key))
    return TWICE.sub(r"\1", spoken[:1] + spoken[1:].replace("a", ""))[:SOUND_LENGTH]


@lru_cache(maxsize=10 * NAMES)
def spoken_of(word: str) -> str:
    """How a word of a key sounds, all vowels alike: “Muhammad” and “Mohammed” do, “Gareth” and “Greta” do not.

    >>> spoken_of("zarif"), spoken_of("zareef"), spoken_of("gareth"), spoken_of("greta")
    ('saraf', 'saraf', 'karat', 'krata')
    """
    for pattern, sound in SPELLINGS:
        word = pattern.sub(sound, word)
    return TWICE.sub(r"\1", VOWELS.sub("a", word))


def last_word(key: str) -> str:
    """The surname, as far as the order of the words tells: without “Jr.” and the like, letters only.

    >>> last_word("omar al-bashir"), last_word("martin luther king jr.")
    ('bashir', 'king')
    """
    words = [word for word in (NO_LETTER.sub("", ARTICLE.sub("", one)) for one in key.split()) if word]
    named = [word for word in words if word not in ENDINGS] or words
    return named[-1] if named else ""
