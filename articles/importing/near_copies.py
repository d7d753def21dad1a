"""Telling near-copies of a text: wire copy that was cut, given another headline or lightly rewritten.

A text becomes the set of the hashes of its shingles, SHINGLE words in a row. Its signature is the SIGNATURE smallest
hashes (bottom-k MinHash: Broder, "On the resemblance and containment of documents", 1997), from which resemblance and
containment to another text are estimated. The KEYS smallest of them are its keys: two texts that share a key are
worth comparing. `Compared` then decides, on the words themselves.

One hash function instead of one a place, because of the cut copy: all of its shingles are in the original, so that as
good as every small hash of the original that it kept is among its own smallest, however much was cut.

    ours, theirs = Compared(text), Compared(other)
    if ours.signature.keys & theirs.signature.keys and worth_comparing(ours.signature, theirs.signature):
        joined = ours.is_near_copy(theirs)
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

VERSION = 2
"""Of stored signatures: raise it with any change to what a signature is, and `manage.py stories` makes them anew."""

SHINGLE = 4
"""Words in a row: three make too many that unrelated articles share, five too few that a rewrite leaves whole."""
SIGNATURE = 64
KEYS = 20
"""With a third of the original kept, two texts share none of 20 keys three times in ten thousand."""

FEWEST = 20
"""Shingles that a text needs for being anybody's copy: less is a caption or a correction."""
CONTAINED = 0.30
"""The share of the shorter text's shingles that is in the longer one, from which on two texts are near-copies."""
CONTAINED_OUTSIDE_QUOTATIONS = 0.25
"""The same among what the outlets wrote themselves: two reports of one press conference share what was said there."""
ENOUGH = 50
"""Shared shingles that make up for a containment below MOSTLY: an outlet's unchanging ending is shorter than that."""
MOSTLY = 0.6
POSSIBLE = 0.2
"""The containment estimated from two signatures from which on the words are compared."""
RELATED = 0.02
"""The estimated containment below which two texts have nothing in common: one of a signature's hashes is 0.016."""

# Letters and figures, of which words are made; in scripts that put no space between words each is a word of its own.
_LETTERS = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
)
_UNSPACED_LETTER = 2
_LETTERS_END = 0x33000
"""The first code point of the planes without letters."""
# What stands in quotation marks, within one paragraph.
QUOTED = re.compile(r"“[^“”\n]{0,2000}”|\"[^\"\n]{0,2000}\"|«[^«»\n]{0,2000}»|„[^„“”\n]{0,2000}[“”]")

Hashes = NDArray[np.uint64]

# Fixed for good, as signatures are stored: a word counts differently at each place in a shingle, and a character at
# each place in a word.
PLACES = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], dtype=np.uint64)
_IN_WORD = np.random.Generator(np.random.PCG64(64)).integers(2**64, size=64, dtype=np.uint64) | np.uint64(1)


@dataclass(frozen=True)
class Signature:
    """The smallest hashes of a text's shingles, ascending, and how many different shingles it has."""

    minima: Hashes
    shingles: int

    @cached_property
    def keys(self) -> frozenset[int]:
        """Its keys, as signed 64-bit numbers, which databases store; none of a text too short to be a copy."""
        if self.shingles < FEWEST:
            return frozenset()
        return frozenset(self.minima[:KEYS].astype(np.int64).tolist())

    def to_bytes(self) -> bytes:
        """The same bytes on every machine: 8 a hash, the least significant first."""
        return self.minima.astype("<u8").tobytes()

    @classmethod
    def from_bytes(cls, stored: bytes, *, shingles: int) -> Signature:
        return cls(np.frombuffer(stored, dtype="<u8").astype(np.uint64), shingles)


def shingle_hashes(text: str) -> Hashes:
    """The hashes of all shingles of `text`, each once, ascending. Case, marks and ligatures do not count."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    words = _word_hashes(plain.casefold())
    count = max(len(words) - SHINGLE + 1, 0)
    mixed = np.zeros(count, dtype=np.uint64)
    for place in range(SHINGLE):
        mixed += words[place : place + count] * PLACES[place]
    hashes: Hashes = np.sort(_scattered(mixed))
    is_new = np.diff(hashes, prepend=~hashes[:1]) != 0  # np.unique takes as long as all the rest
    distinct: Hashes = hashes[is_new]
    return distinct


def _word_hashes(text: str) -> Hashes:
    """One for each word, in their order: the sum of its characters, each times a number for its place in the word."""
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype="<u4")
    kinds = _kinds_of_characters()[codes]
    places = np.flatnonzero(kinds)
    if not len(places):
        return np.empty(0, dtype=np.uint64)
    is_unspaced = kinds[places] == _UNSPACED_LETTER
    begins = np.ones(len(places), dtype=np.bool_)
    begins[1:] = (np.diff(places) > 1) | is_unspaced[1:] | is_unspaced[:-1]
    starts = np.flatnonzero(begins)
    in_word = np.arange(len(places)) - np.repeat(starts, np.diff(starts, append=len(places)))
    return np.add.reduceat(codes[places] * _IN_WORD[in_word & (len(_IN_WORD) - 1)], starts)


@cache
def _kinds_of_characters() -> NDArray[np.uint8]:
    """By code point: whether it is part of a word, or a word of its own."""
    kinds = np.zeros(0x110000, dtype=np.uint8)
    everything = "".join(map(chr, range(_LETTERS_END)))
    for found in _LETTERS.finditer(everything):
        kinds[found.start() : found.end()] = 1
    for found in _UNSPACED.finditer(everything):
        kinds[found.start() : found.end()] = _UNSPACED_LETTER
    return kinds


def _scattered(numbers: Hashes) -> Hashes:
    """The finishing steps of SplitMix64: every bit of each number depends on every bit it had."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def resemblance(one: Signature, other: Signature) -> float:
    """The estimated Jaccard index of the two texts' shingles, 0 to 1."""
    ours, theirs = _comparable(one, other)
    shared = _shared(ours, theirs)
    return shared / max(len(ours) + len(theirs) - shared, 1)


def containment(one: Signature, other: Signature) -> float:
    """The estimated share of the shorter text's shingles that the longer one has as well, 0 to 1."""
    ours, theirs = _comparable(one, other)
    shorter = ours if one.shingles <= other.shingles else theirs
    return _shared(ours, theirs) / max(len(shorter), 1)


def worth_comparing(one: Signature, other: Signature) -> bool:
    """Whether the texts might be near-copies, as far as their signatures tell."""
    return containment(one, other) >= POSSIBLE


def unrelated(one: Signature, other: Signature) -> bool:
    """Whether the texts are long enough to tell, and have next to nothing in common: no version of one another."""
    return min(one.shingles, other.shingles) >= FEWEST and containment(one, other) < RELATED


@dataclass(frozen=True)
class Compared:
    """A text to be compared with several others: what is made of it is made once."""

    text: str

    @cached_property
    def signature(self) -> Signature:
        return Signature(self.everything[:SIGNATURE].copy(), len(self.everything))

    @cached_property
    def everything(self) -> Hashes:
        return shingle_hashes(self.text)

    @cached_property
    def own_words(self) -> Hashes:
        """Of what stands outside quotation marks."""
        return shingle_hashes(QUOTED.sub(" ", self.text))

    def is_near_copy(self, other: Compared) -> bool:
        """Whether one of the texts is a copy of the other: whole, cut, or with some of its words changed.

        Both what they say in all and what they say outside quotation marks has to agree, the latter where there
        is enough of it to tell.
        """
        if not _enough(self.everything, other.everything):
            return False
        return _agree(self.everything, other.everything, least=CONTAINED) and (
            not _enough(self.own_words, other.own_words)
            or _agree(self.own_words, other.own_words, least=CONTAINED_OUTSIDE_QUOTATIONS)
        )


@lru_cache(maxsize=100)
def compared(text: str) -> Compared:
    """The same for the texts compared last: the copies of one story come in close together."""
    return Compared(text)


def _enough(ours: Hashes, theirs: Hashes) -> bool:
    return min(len(ours), len(theirs)) >= FEWEST


def _agree(ours: Hashes, theirs: Hashes, *, least: float) -> bool:
    shared = _shared(ours, theirs)
    share = shared / min(len(ours), len(theirs))
    return share >= MOSTLY or (share >= least and shared >= ENOUGH)


def _shared(ours: Hashes, theirs: Hashes) -> int:
    return len(np.intersect1d(ours, theirs, assume_unique=True))


def _comparable(one: Signature, other: Signature) -> tuple[Hashes, Hashes]:
    """The part of both up to the last hash down to which both are complete."""
    complete = [signature.minima[-1] for signature in (one, other) if signature.shingles > len(signature.minima)]
    if not complete:
        return one.minima, other.minima
    limit = min(complete)
    return one.minima[one.minima <= limit], other.minima[other.minima <= limit]
