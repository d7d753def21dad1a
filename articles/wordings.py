"""The same quotation in several articles of one story: finding it, and showing how its wording differs.

Pure functions on words; they know neither Django nor the database. Nothing is stored: people move spans, reject and
change speakers all day, and a table of pairs would have to follow each of these, while comparing takes milliseconds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

SAME_SPEAKER = 62.0
"""Likeness, of 100, from which on two wordings by one speaker are one quotation."""
ANY_SPEAKER = 82.0
"""The same where the speakers differ, or nobody knows one of them: an outlet may have got the name wrong."""
FEWEST_WORDS = 4
"""Words of the shorter wording that likeness needs; fewer ("at any level") have to be the same."""
CUT = 0.95
"""A shorter wording of whose words so many stand together in the longer one was cut from it: as like as can be."""

WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


@dataclass(frozen=True)
class Said:
    """One quotation of one article: its words as printed, and who said them, where that is known."""

    words: str
    speaker: int | None = None
    source: object = None
    """What the caller knows it by."""

    @cached_property
    def tokens(self) -> list[str]:
        """The words as printed, with the marks around them; a dash that stands alone goes with the word before it."""
        tokens: list[str] = []
        for token in self.words.split():
            if tokens and not (_bare(token) and _bare(tokens[-1])):
                tokens[-1] += f" {token}"
            else:
                tokens.append(token)
        return tokens

    @cached_property
    def bare_tokens(self) -> list[str]:
        """Each of `tokens` without marks and case, and in one normal form."""
        return [_bare(token) for token in self.tokens]

    @cached_property
    def bare(self) -> str:
        return " ".join(token for token in self.bare_tokens if token)


@dataclass(frozen=True)
class Piece:
    """A run of words that both wordings have ("same"), or only the first ("left out") or the other one ("added")."""

    kind: str
    words: str


@dataclass
class Group:
    """One quotation as several articles have it: at most one wording an article, under the article's number."""

    wordings: dict[int, Said] = field(default_factory=dict)

    @property
    def first(self) -> Said:
        """The wording that the others are shown against: that of the first article that has it."""
        return next(iter(self.wordings.values()))


def align(ours: Sequence[Said], theirs: Sequence[Said]) -> list[tuple[int, int]]:
    """Pairs (index in ours, index in theirs) that are the same quotation, in the order of ours; each at most once.

    The same words go first, whatever their marks and case, then the most alike.
    """
    scored = []
    for at, one in enumerate(ours):
        for other_at, other in enumerate(theirs):
            score = likeness(one, other)
            if score >= (SAME_SPEAKER if one.speaker is not None and one.speaker == other.speaker else ANY_SPEAKER):
                scored.append((-score, one.speaker != other.speaker, abs(at - other_at), at, other_at))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for *_, at, other_at in sorted(scored):
        if at not in pairs and other_at not in taken:
            pairs[at] = other_at
            taken.add(other_at)
    return sorted(pairs.items())


def likeness(one: Said, other: Said) -> float:
    """100 for the same words; 99 where one was cut from the other; else their likeness, of 100, by letters."""
    if one.bare == other.bare:
        return 100.0 if one.bare else 0.0
    shorter, longer = sorted((one.bare, other.bare), key=len)
    if len(shorter.split()) < FEWEST_WORDS:
        return 0.0
    if fuzz.partial_ratio(shorter, longer, score_cutoff=CUT * 100):
        return 99.0
    return min(fuzz.ratio(shorter, longer), 98.0)


def group(articles: Sequence[Sequence[Said]]) -> list[Group]:
    """Each quotation of these articles once, with its wording in each, in the order in which they first appear."""
    groups: list[Group] = []
    for number, quotations in enumerate(articles):
        pairs = {theirs: ours for ours, theirs in align([group.first for group in groups], quotations)}
        for at, said in enumerate(quotations):
            if at in pairs:
                groups[pairs[at]].wordings[number] = said
            else:
                groups.append(Group({number: said}))
    return groups


def differences(first: Said, other: Said) -> list[Piece]:
    """`other` word by word against `first`; marks and case make no difference, and are shown as `other` has them."""
    pieces: list[Piece] = []
    for step in Indel.opcodes(first.bare_tokens, other.bare_tokens):
        theirs = other.tokens[step.dest_start : step.dest_end]
        if step.tag == "equal":
            pieces.append(Piece("same", " ".join(theirs)))
        elif step.tag == "delete":
            # As editors mark it: what went before what came in its place.
            before = len(pieces) - 1 if pieces and pieces[-1].kind == "added" else len(pieces)
            pieces.insert(before, Piece("left out", " ".join(first.tokens[step.src_start : step.src_end])))
        else:
            pieces.append(Piece("added", " ".join(theirs)))
    return pieces


def _bare(token: str) -> str:
    plain = unicodedata.normalize("NFKC", token).casefold().replace("’", "'")
    return " ".join(WORD.findall(plain))
