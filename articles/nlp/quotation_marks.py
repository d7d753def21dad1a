"""Pair quotation marks, whatever their style, paragraph by paragraph.

Which way a mark faces is read from its shape where the shape says it, and otherwise from what stands on
either side of it. A mark that finds no partner costs its own quotation and no other.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from .found import Span
from .paragraphs import find_paragraphs

RUN = r"([\"“”„‟«»″'‘’‚‛`])\1{3,}"  # a row of marks rules off; it quotes nothing
MARK = re.compile(rf"{RUN}|(?<=[^\s(\[])'(?=''(?!'))|''|``|[\"“”„‟«»″'‘’‚‛`]")
OPENING = frozenset(("“", "„", "«", "``"))
CLOSING = frozenset(("”", "»"))
DOUBLE = frozenset(("“", "”", "„", "‟", "«", "»", '"', "″", "''", "``"))
SINGLE_OPENING = frozenset(("‘", "'", "‛", "‚"))
SINGLE_CLOSING = frozenset(("’", "'", "‘"))
SPACE_BEFORE_OPENING = frozenset("([{-–—―/…“”„«\"'‘¿¡")
SPACE_AFTER_CLOSING = frozenset(".,;:!?)]}-–—―/…”»\"'’")
ENDS_SPEECH = frozenset(".,?!…—–-")
ELIDED = re.compile(r"(?:\d\ds?|em|tis|twas|til|till|cause|n|bout|cuz|round|ere)\b", re.IGNORECASE)
LABEL = re.compile(r"[A-Z][A-Z.’' -]{1,30}: ")  # a transcript quoted whole: the mark belongs to no one turn
SENTENCE_END = re.compile(r"[.?!…]['’)\]]*(?=\s)")


class QuotedPassage(NamedTuple):
    """A passage and the marks around it: text[start:end] includes them.

    closed      False where the closing mark is missing
    carries_on  it takes up the unclosed passage of the paragraph before
    depth       0 for an outermost passage, 1 for one quoted inside it, and so on
    single      set in single marks
    """

    start: int
    end: int
    closed: bool
    carries_on: bool
    depth: int
    single: bool


class _Mark(NamedTuple):
    start: int
    end: int
    sign: str
    spaced_before: bool
    spaced_after: bool


class _Open(NamedTuple):
    mark: _Mark
    closer: int  # the index of a single mark's partner; -1 for a double mark, whose partner is not known


def find_quoted_passages(text: str) -> list[QuotedPassage]:
    """Every quoted passage in text, by start; an inner one follows the one that holds it."""
    found: list[QuotedPassage] = []
    marks = [m for m in MARK.finditer(text) if not m.group(1)]
    starts = [m.start() for m in marks]
    run_on = False
    for paragraph in find_paragraphs(text):
        low, high = bisect_left(starts, paragraph[0]), bisect_left(starts, paragraph[1])
        here = [_look_around(text, sign=m, paragraph=paragraph) for m in marks[low:high]]
        passages, unclosed = _pair(text, marks=here, paragraph=paragraph)
        if run_on and found and not (passages and passages[0].start == paragraph[0]):
            found[-1] = _cut_short(text, found[-1])
        elif run_on and passages:
            passages[0] = passages[0]._replace(carries_on=True)
        found += passages
        run_on = unclosed
    if run_on and found:
        found[-1] = _cut_short(text, found[-1])
    return found


def _look_around(text: str, *, sign: re.Match[str], paragraph: Span) -> _Mark:
    before = text[sign.start() - 1] if sign.start() > paragraph[0] else " "
    after = text[sign.end()] if sign.end() < paragraph[1] else " "
    return _Mark(
        sign.start(),
        sign.end(),
        sign.group(),
        before.isspace() or before in SPACE_BEFORE_OPENING,
        after.isspace() or after in SPACE_AFTER_CLOSING,
    )


def _cut_short(text: str, passage: QuotedPassage) -> QuotedPassage:
    """An unclosed passage nothing carries on: believed for one sentence, or from its paragraph's start."""
    if passage.depth or passage.start == 0 or text[passage.start - 1] == "\n":
        return passage
    end = SENTENCE_END.search(text, passage.start, passage.end)
    return passage._replace(end=end.end()) if end else passage


def _pair(text: str, *, marks: list[_Mark], paragraph: Span) -> tuple[list[QuotedPassage], bool]:
    """The passages of one paragraph, and whether the last outermost one stays open to its end."""
    pairing = _Pairing(text, marks=marks, paragraph=paragraph)
    for index, mark in enumerate(marks):
        if mark.sign in DOUBLE:
            pairing.double(mark)
        else:
            pairing.single(mark, index=index)
    return pairing.finish()


class _Pairing:
    """The marks of one paragraph, read from left to right with a stack of what is open."""

    def __init__(self, text: str, *, marks: list[_Mark], paragraph: Span) -> None:
        self.text = text
        self.paragraph = paragraph
        self.open: list[_Open] = []
        self.found: list[QuotedPassage] = []
        self.partners = _single_partners(text, marks=marks)
        self.may_nest = sum(m.sign == "“" for m in marks) <= sum(m.sign == "”" for m in marks)

    def double(self, mark: _Mark) -> None:
        inside = next((o.mark for o in reversed(self.open) if o.closer < 0), None)
        if inside is None:
            if self._opens(mark):
                self.open.append(_Open(mark, -1))
        elif self._closes(mark, inside=inside):
            self._close(mark)
        elif mark.sign == inside.sign and not (mark.sign in OPENING and self.may_nest):
            self._abandon(mark)
            self.open.append(_Open(mark, -1))
        elif len(self.open) < 4:
            self.open.append(_Open(mark, -1))

    def single(self, mark: _Mark, *, index: int) -> None:
        if self.open and self.open[-1].closer == index:
            opened = self.open.pop()
            self._add(opened.mark, end=mark.end)
        elif index in self.partners and not any(o.closer >= 0 for o in self.open):
            self.open.append(_Open(mark, self.partners[index]))

    def finish(self) -> tuple[list[QuotedPassage], bool]:
        doubles = [o for o in self.open if o.closer < 0]
        unclosed = bool(doubles) and not any(o.closer >= 0 for o in self.open[:1])
        if unclosed and LABEL.match(self.text, doubles[0].mark.end):
            unclosed = False
        if unclosed:
            self.open = []
            self._add(doubles[0].mark, end=self.paragraph[1], closed=False)
        return sorted(self.found, key=lambda p: (p.start, -p.end)), unclosed

    def _opens(self, mark: _Mark) -> bool:
        before = self.text[mark.start - 1] if mark.start > self.paragraph[0] else " "
        after = self.text[mark.end] if mark.end < self.paragraph[1] else " "
        if mark.sign in OPENING:
            return not (mark.spaced_after and not mark.spaced_before)
        if mark.sign in CLOSING:
            return mark.spaced_before and not mark.spaced_after
        if before.isspace() and after.isspace():
            return mark.end < self.paragraph[1]
        return not after.isspace() and not before.isalnum() and (mark.spaced_before or after.isalnum())

    def _closes(self, mark: _Mark, *, inside: _Mark) -> bool:
        if mark.sign in CLOSING:
            return not (inside.sign == "»" and mark.sign == "»") or mark.spaced_after
        if mark.sign in OPENING:
            turned = mark.spaced_after and not mark.spaced_before
            return turned or (mark.sign == "«" and inside.sign == "»")
        return mark.spaced_after or not mark.spaced_before

    def _close(self, mark: _Mark) -> None:
        while self.open[-1].closer >= 0:
            self.open.pop()
        opened = self.open.pop()
        self._add(opened.mark, end=mark.end)

    def _abandon(self, mark: _Mark) -> None:
        """A second opening mark before the first has closed: the first reaches no further than a sentence."""
        while self.open[-1].closer >= 0:
            self.open.pop()
        opened = self.open.pop().mark
        stop = SENTENCE_END.search(self.text, opened.end, mark.start)
        self._add(opened, end=stop.end() if stop else mark.start, closed=False)

    def _add(self, opened: _Mark, *, end: int, closed: bool = True) -> None:
        while end > opened.end and self.text[end - 1].isspace():
            end -= 1
        if end > opened.end:
            single = opened.sign not in DOUBLE
            depth = len(self.open)
            self.found.append(QuotedPassage(opened.start, end, closed, False, depth, single))


def _single_partners(text: str, *, marks: list[_Mark]) -> dict[int, int]:
    """The closing partner of each single mark that opens a passage, as indexes into marks.

    Read from the right, so that each mark is looked at once. A mark after punctuation closes for sure; one
    after a letter may; one after an s may be a genitive, and closes only where nothing better follows.
    """
    partners: dict[int, int] = {}
    sure = likely = genitive = -1
    for index in range(len(marks) - 1, -1, -1):
        mark = marks[index]
        if mark.sign in DOUBLE:
            continue
        before = text[mark.start - 1] if mark.start else " "
        if mark.sign in SINGLE_CLOSING and mark.spaced_after and not before.isspace():
            if before in ENDS_SPEECH:
                sure, likely, genitive = index, -1, -1
            elif before in "sS":
                genitive = index
            else:
                likely = index
        elif mark.sign in SINGLE_OPENING and _opens_single(text, mark=mark):
            closer = _first(likely, sure if sure >= 0 else genitive)
            if closer >= 0:
                partners[index] = closer
            sure = likely = genitive = -1
    return partners


def _first(one: int, other: int) -> int:
    if one < 0 or other < 0:
        return max(one, other)
    return min(one, other)


def _opens_single(text: str, *, mark: _Mark) -> bool:
    if not mark.spaced_before or mark.end >= len(text):
        return False
    if ELIDED.match(text, mark.end):
        return False
    return text[mark.end].isalnum() or text[mark.end] in '“"[('
