"""Where the words that stood at given offsets of a text stand in another version of it.

Pure functions; they know neither Django nor the database. There is no alignment of the two texts as wholes: it could
not follow paragraphs that changed places, and its cost is the product of their lengths. Instead, runs of three words
that both texts have vote, for each span and its surroundings, on where it went; only the few best places are then
compared word by word. Time and memory grow with the texts and the number of spans, not with their product.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from heapq import nlargest
from typing import NamedTuple

from rapidfuzz.distance import Indel, Levenshtein

Span = tuple[int, int]

CLOSE = 0.75
"""Share of their words and marks that edited words have to keep, of both together: one in four may have changed.
Whoever accepted a quotation vouched for its words. To lose sight of it costs a second look; to put it on other words
makes a person say what that person did not. So it is stricter than what makes two outlets' wordings one."""
FEWEST_WORDS = 4
"""Shorter spans have to keep their words; marks and case do not count. One word of three says something else."""
EVIDENCE = 8
"""Words and marks, of the span and of unbroken runs around it, that have to be the same: "at the end of the day" or a
lone "said" is found anywhere, eight together are hardly chance."""
NEAR = 200
"""Code points at the inner end of what both texts begin or end with that may be so by chance, as " she said." is."""
RUN = 3
"""Words and marks that make a run."""
SURROUNDINGS = (16, 64, 256)
"""Words and marks looked at on either side; where places fit equally well, the next wider ones decide."""
COMMON = 64
"""A run that the text has more often than this says nothing about a place."""
PLACES = 6
"""Places compared word by word, those with most votes first."""
LONGEST_CHANGE = 10
"""Words and marks that stand in the place of a span whose own are gone, at most."""

# Scripts written without spaces (Thai to Burmese, Khmer, kana, Han): each character is a word there.
_UNSPACED = "\u0e00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+|[^\w\s]")
_SAME_MARKS = str.maketrans(
    {**dict.fromkeys("“”„‟«»", '"'), **dict.fromkeys("‘’‚‛", "'"), **dict.fromkeys("‐‑‒–—―", "-")}
)


class _Step(NamedTuple):
    """Words `begin` to `stop` of the old text that became those from `there` on of the new one, or were deleted."""

    tag: str
    begin: int
    stop: int
    there: int


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a span may have gone: the range of the new text, and how well it fits.

    `evidence` counts the words that are the same; in `fit` those around the span count the less the further off.
    """

    span: Span
    evidence: int
    fit: float


class _Words:
    """A text as words and marks, each with a number that both texts share, and where each of them stands."""

    def __init__(self, text: str, numbers: dict[str, int]) -> None:
        self.text = text
        self.keys: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        for match in _WORD.finditer(text):
            self.keys.append(numbers.setdefault(match[0].translate(_SAME_MARKS).casefold(), len(numbers)))
            self.starts.append(match.start())
            self.ends.append(match.end())

    def within(self, span: Span) -> tuple[int, int]:
        """The half-open range of the words that `span` touches; empty where it touches none."""
        return bisect_right(self.ends, span[0]), bisect_left(self.starts, span[1])

    def slice(self, first: int, last: int) -> str:
        """The text of the words `first` to `last`, that excluded."""
        return self.text[self.starts[first] : self.ends[last - 1]]

    @cached_property
    def places(self) -> dict[tuple[int, ...], list[int]]:
        """{a run: where it begins}, without those that stand nearly everywhere."""
        found: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
        for at, run in enumerate(_runs(self.keys)):
            found[run].append(at)
        return {run: places for run, places in found.items() if len(places) <= COMMON}


def reanchor(old: str, new: str, spans: Sequence[Span]) -> list[Span | None]:
    """For each half-open range of code points in `old` that of its words in `new`; None where they are gone.

    Words that stand in the same surroundings are found wherever they went, edited ones as far as they are CLOSE.
    Where words stand in several places, the surroundings decide, then the distance. Two different ranges never become
    one: that with the better surroundings keeps the words, and the other has none.

    Raises ValueError where a range is empty or does not lie in `old`.
    """
    for start, end in spans:
        if not 0 <= start < end <= len(old):
            raise ValueError(f"span {start}–{end} is empty or outside 0–{len(old)}")
    before, after = _unchanged_ends(old, new)
    shift = len(new) - len(old)
    numbers: dict[str, int] = {}
    old_words, new_words = _Words(old, numbers), _Words(new, numbers)
    placed: dict[Span, _Place] = {}
    for span in dict.fromkeys(spans):
        if span[1] <= before:
            placed[span] = _Place(span, evidence=len(old), fit=len(old))
        elif span[0] >= len(old) - after:
            placed[span] = _Place((span[0] + shift, span[1] + shift), evidence=len(old), fit=len(old))
        elif place := _place(span, old_words, new_words):
            placed[span] = place
    best: dict[Span, Span] = {}
    for span, place in placed.items():
        rival = best.get(place.span)
        if rival is None or placed[rival].fit < place.fit:
            best[place.span] = span
    return [placed[span].span if span in placed and best[placed[span].span] == span else None for span in spans]


def in_place_of(spans: Iterable[Span], old: str, new: str) -> Iterator[Span | None]:
    """For each of `spans` what stands in `new` between the words around it in `old`, whatever that says now.

    None where those are gone, or more than LONGEST_CHANGE came in between.
    """
    numbers: dict[str, int] = {}
    old_words, new_words = _Words(old, numbers), _Words(new, numbers)
    for span in spans:
        yield _between(old_words.within(span), old_words, new_words)


def _between(ours: Span, old: _Words, new: _Words) -> Span | None:
    """The range of `new` between the words kept next to the words `ours` of the old text."""
    first, last = ours
    best, most = None, EVIDENCE - 1
    for steps in _alignments(ours, old, new, around=SURROUNDINGS[0]):
        kept = [step for step in steps if step.tag == "equal"]
        evidence = sum(step.stop - step.begin for step in kept if step.stop - step.begin >= RUN)
        before = (step.there + min(step.stop, first) - step.begin for step in kept if step.begin < first)
        after = (step.there + max(last - step.begin, 0) for step in kept if step.stop > last)
        start, end = max(before, default=0), min(after, default=0)
        if evidence > most and 0 < start < end <= start + LONGEST_CHANGE:
            best, most = (new.starts[start], new.ends[end - 1]), evidence
    return best


def _unchanged_ends(old: str, new: str) -> tuple[int, int]:
    """How many code points both texts begin and end with, without those NEAR a change."""
    if old == new:
        return len(old), len(old)
    lengths = range(1, min(len(old), len(new)) + 1)
    before = bisect_left(lengths, True, key=lambda length: old[:length] != new[:length])
    after = bisect_left(lengths, True, key=lambda length: old[-length:] != new[-length:])
    return max(before - NEAR, 0), max(after - NEAR, 0)


def _place(span: Span, old: _Words, new: _Words) -> _Place | None:
    """The best place of `span`, None where its words are gone. Where it is a draw, wider surroundings decide."""
    first, last = old.within(span)
    if first >= last:
        return None
    best: list[_Place] = []
    for around in SURROUNDINGS:
        found = (_compared(span, old, new, steps) for steps in _alignments((first, last), old, new, around=around))
        places = [place for place in found if place and place.evidence >= EVIDENCE]
        most = max((place.fit for place in places), default=0)
        best = list({place.span: place for place in places if place.fit == most}.values())
        if len(best) < 2:
            break
    return min(best, key=lambda place: abs(place.span[0] - span[0]), default=None)


def _alignments(ours: Span, old: _Words, new: _Words, *, around: int) -> Iterator[Iterator[_Step]]:
    """Steps from the words `ours` to where they may be: the places with most runs of them and what is around them."""
    first, last = ours
    left, right = max(first - around, 0), min(last + around, len(old.keys))
    # More words that came in between would leave the rest less than CLOSE.
    slack = max(around, (right - left) // 4)
    near: Counter[int] = Counter()
    exactly: Counter[int] = Counter()
    anchors: dict[int, int] = {}
    for at, run in enumerate(_runs(old.keys[left:right]), start=left):
        shifts = [place - at for place in new.places.get(run, ())]
        exactly.update(shifts)
        near.update({shift // slack for shift in shifts})
        if first - RUN < at < last:
            anchors |= dict.fromkeys(shifts, at)
    # Of a span whose own runs are gone, as of one word, the surroundings alone tell.
    possible: Mapping[int, int | None] = anchors or {shift * slack + slack // 2: None for shift in near}
    likely = nlargest(PLACES, possible, key=lambda shift: near[shift // slack] + exactly[shift])
    for shift in likely:
        theirs = max(left + shift - slack, 0), min(right + shift + slack, len(new.keys))
        yield _steps(old.keys, new.keys, (left, right), theirs, (possible[shift], shift))


def _compared(span: Span, old: _Words, new: _Words, steps: Iterable[_Step]) -> _Place | None:
    """What became of `span` when the old text went through `steps`; None where its words are not CLOSE any more."""
    first, last = old.within(span)
    start = end = evidence = 0
    fit = 0.0
    for tag, begin, stop, there in steps:
        kept = tag != "delete"
        if begin <= first < stop:
            start = there + (first - begin if kept else 0)
        if begin < last <= stop:
            end = there + (last - begin if kept else 0)
        if tag == "equal":
            inside = max(min(stop, last) - max(begin, first), 0)
            is_run = stop - begin >= RUN
            evidence += stop - begin if is_run else inside
            fit += inside + (_nearness(begin, stop, first, last) if is_run else 0)
    if start >= end or not _is_close(old, (first, last), new, (start, end)):
        return None
    return _Place(_exact(span, old, new, start, end), evidence, round(fit, 9))


def _nearness(begin: int, stop: int, first: int, last: int) -> float:
    """The words `begin` to `stop` around those from `first` to `last`, each divided by its distance."""
    before = sum(1 / (first - at) for at in range(begin, min(stop, first)))
    return before + sum(1 / (at - last + 1) for at in range(max(begin, last), stop))


def _is_close(old: _Words, ours: Span, new: _Words, theirs: Span) -> bool:
    words = old.slice(*ours)
    if len(_bare(words)) < FEWEST_WORDS:
        return same_words(words, new.slice(*theirs))
    return Indel.normalized_similarity(old.keys[slice(*ours)], new.keys[slice(*theirs)]) >= CLOSE


def _steps(
    old: Sequence[int], new: Sequence[int], ours: Span, theirs: Span, anchor: tuple[int | None, int]
) -> Iterator[_Step]:
    """Steps from old[ours] to new[theirs]: from the run at the anchor to both sides, or from side to side.

    The anchor is a word at which a run of both begins, where there is one, and how many words further on it is.
    """
    (left, right), (low, high) = ours, theirs
    at, shift = anchor
    if at is None:
        yield from _aligned(old, new, ours, theirs)
        return
    begin, stop = at, at + RUN
    while begin > left and begin + shift > low and old[begin - 1] == new[begin - 1 + shift]:
        begin -= 1
    while stop < right and stop + shift < high and old[stop] == new[stop + shift]:
        stop += 1
    yield from _aligned(old, new, (left, begin), (low, begin + shift))
    yield _Step("equal", begin, stop, begin + shift)
    yield from _aligned(old, new, (stop, right), (stop + shift, high))


def _aligned(old: Sequence[int], new: Sequence[int], ours: Span, theirs: Span) -> Iterator[_Step]:
    """Steps from old[ours] to new[theirs]: the runs that both have, and word by word what is between them."""
    (at, right), (there, high) = ours, theirs
    runs = SequenceMatcher(None, _runs(old[slice(*ours)]), _runs(new[slice(*theirs)]))
    for run in runs.get_matching_blocks()[:-1]:
        begin, begin_there, size = run.a + ours[0], run.b + theirs[0], run.size + RUN - 1
        overlap = max(at - begin, there - begin_there, 0)
        if overlap < size:
            yield from _word_by_word(old, new, (at, begin + overlap), (there, begin_there + overlap))
            at, there = begin + size, begin_there + size
            yield _Step("equal", begin + overlap, at, begin_there + overlap)
    yield from _word_by_word(old, new, (at, right), (there, high))


def _word_by_word(old: Sequence[int], new: Sequence[int], ours: Span, theirs: Span) -> Iterator[_Step]:
    for step in Levenshtein.opcodes(old[slice(*ours)], new[slice(*theirs)]):
        yield _Step(step.tag, step.src_start + ours[0], step.src_end + ours[0], step.dest_start + theirs[0])


def _runs(keys: Sequence[int]) -> list[tuple[int, ...]]:
    return [tuple(keys[at : at + RUN]) for at in range(len(keys) - RUN + 1)]


def _exact(span: Span, old: _Words, new: _Words, start: int, end: int) -> Span:
    """The range of the words `start` to `end` of the new text, with edges inside or beside words as `span` has."""
    begin = new.starts[start] + span[0] - old.starts[old.within(span)[0]]
    stop = begin + span[1] - span[0]
    if begin >= 0 and new.text[begin:stop] == old.text[slice(*span)]:
        return begin, stop
    return new.starts[start], new.ends[end - 1]


def same_words(one: str, other: str) -> bool:
    """Whether both have the same words, whatever their marks, case and line breaks."""
    return _bare(one) == _bare(other)


def _bare(text: str) -> list[str]:
    """Its words without case and marks; of marks alone, the marks."""
    found = [word.casefold() for word in _WORD.findall(text)]
    return [word for word in found if word[0].isalnum()] or found
