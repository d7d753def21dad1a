"""What a quotation of the selected words may be attributed with: cue, mention and speaker, found without a parser.

For a person who selects words and will look at what is proposed: the nearest verb of saying in the paragraph, the
name or pronoun beside it, and who that is elsewhere in the article. Knows no Django; offsets are half-open, in code
points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .nlp.cues import CUES
from .nlp.found import Span
from .nlp.quotation_marks import QuotedPassage, find_quoted_passages
from .nlp.words import words

SENTENCE = 400
"""Code points that the end of a sentence between content and cue counts for."""
FARTHEST = 900
"""Code points from the content at which a cue may stand."""
APART = 40
"""Code points between a cue and the name before it: "Renwick, the inspector, said"."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_ENDED = re.compile(r"[.?!…][\"”’»)\]]*\s")
_NAME = r"(?:[A-ZÀ-Þ][\w’'.-]*\w)(?:\s+(?:(?:of|de|van|von|der|al|bin|the|and)\s+)?[A-ZÀ-Þ][\w’'.-]*\w)*"
_PRONOUN = r"(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t|who)"
_ROLE = r"(?:[Tt]he|[Aa]n?|[Oo]ne|[Ss]ome)(?:\s+[\w’'-]+){1,5}"
_BEHIND = re.compile(
    rf"\s+(?P<mention>{_PRONOUN}\b|{_NAME}|{_ROLE}?(?=[,.;:]|\s+(?:on|in|at|of|to|after)\b))",
)
_BEFORE = re.compile(
    rf"(?P<mention>\b{_PRONOUN}|{_NAME}|{_ROLE}?)(?:,[^.“”\"]{{1,{APART}}},)?,?"
    r"(?:\s+(?:also|then|later|has|had|just|\w+ly)){0,3}\s+\Z"
)
_PRONOUNS = words("he she they it who")
_MARKS = {"“": "”", "«": "»", "„": "“", '"': '"', "‘": "’"}


@dataclass(frozen=True)
class Known:
    """A quotation that is there: where its content begins, the mention's words, the speaker's name; "" for none."""

    start: int
    mention: str
    speaker: str


@dataclass(frozen=True)
class Proposal:
    content: tuple[Span, ...]
    cue: Span | None = None
    mention: Span | None = None
    speaker: str = ""


def propose(
    text: str,
    content: Sequence[Span],
    known: Iterable[Known],
    cues: Iterable[tuple[Span, Span | None, str]] = (),
) -> Proposal:
    """The tidied `content` with what it seems to be attributed with; nothing where nothing is near.

    `cues` are the verbs of saying that a pipeline saw in the text, each with its subject and that one's name; where
    it saw none nearby, a list of such verbs and the look of names have to do.
    """
    passages = find_quoted_passages(text)
    tidied = tuple(_tidied(text, span, passages) for span in content)
    seen = {cue: (subject, name) for cue, subject, name in cues}
    cue = _nearest(text, tidied, seen) or _nearest(text, tidied, _cues_by_word(text, tidied, passages))
    subject, name = seen.get(cue, (None, "")) if cue else (None, "")
    mention = subject or (_mention(text, cue, tidied) if cue else None)
    there = sorted(known, key=lambda one: one.start)
    return Proposal(tidied, cue, mention, name or _speaker(text, mention, tidied[0][0], there))


def _tidied(text: str, span: Span, passages: Sequence[QuotedPassage]) -> Span:
    """Without white space at its ends, with whole words, and with the quotation marks around it."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    for word in _WORD.finditer(text, max(0, start - 60), end + 60):
        if word.start() < start < word.end():
            start = word.start()
        if word.start() < end < word.end():
            end = word.end()
    for passage in passages:
        if passage.start + 1 >= start >= passage.start and passage.end >= end >= passage.end - 1:
            return passage.start, passage.end
    if start and _MARKS.get(text[start - 1]) == text[end : end + 1]:
        return start - 1, end + 1
    return start, end


def _nearest(text: str, content: Sequence[Span], cues: Iterable[Span]) -> Span | None:
    """The cue of the same paragraph that stands outside the content and nearest to it."""
    low, high = _paragraph(text, content)
    near = [cue for cue in cues if low <= cue[0] and cue[1] <= high and not _is_in(cue[0], content)]
    return min(near, key=lambda cue: _distance(text, cue, content), default=None)


def _paragraph(text: str, content: Sequence[Span]) -> Span:
    """The line or lines that hold the content, as far as a cue may stand from it."""
    first, last = content[0][0], content[-1][1]
    end = text.find("\n", last)
    return max(text.rfind("\n", 0, first) + 1, first - FARTHEST), min(end if end >= 0 else len(text), last + FARTHEST)


def _cues_by_word(text: str, content: Sequence[Span], passages: Sequence[QuotedPassage]) -> list[Span]:
    """The words around the content that are verbs of saying, outside quotation marks."""
    quoted = [*content, *((passage.start, passage.end) for passage in passages)]
    around = _WORD.finditer(text, *_paragraph(text, content))
    return [word.span() for word in around if _is_cue(word[0]) and not _is_in(word.start(), quoted)]


def _is_cue(word: str) -> bool:
    cue = CUES.get(word.lower())
    return cue is not None and "saying" in cue.groups and cue.form in ("past", "s")


def _is_in(offset: int, spans: Iterable[Span]) -> bool:
    return any(start <= offset < end for start, end in spans)


def _distance(text: str, cue: Span, content: Sequence[Span]) -> int:
    """Code points between the cue and the nearest part of the content; the end of a sentence counts for many."""
    return min(_gap(text, cue, span) for span in content)


def _gap(text: str, cue: Span, span: Span) -> int:
    left, right = (cue[1], span[0]) if cue[1] <= span[0] else (span[1], cue[0])
    between = text[max(left - 2, 0) : right] if left < right else ""
    return max(right - left, 0) + SENTENCE * len(_ENDED.findall(between))


def _mention(text: str, cue: Span, content: Sequence[Span]) -> Span | None:
    """The name, pronoun or role beside the cue: behind it after a quotation, else before it, else behind it."""
    follows = any(0 <= cue[0] - end <= 2 for _, end in content)
    ways = [_behind, _before] if follows else [_before, _behind]
    found = (way(text, cue) for way in ways)
    return next((span for span in found if span and not _is_in(span[0], content)), None)


def _behind(text: str, cue: Span) -> Span | None:
    found = _BEHIND.match(text, cue[1])
    return found.span("mention") if found else None


def _before(text: str, cue: Span) -> Span | None:
    start = max(text.rfind("\n", 0, cue[0]) + 1, cue[0] - 160)
    found = [*_BEFORE.finditer(text, start, cue[0])]
    return found[-1].span("mention") if found else None


def _speaker(text: str, mention: Span | None, start: int, known: Sequence[Known]) -> str:
    """Who the mention means elsewhere in the article; a pronoun means who spoke last."""
    before = [one.speaker for one in known if one.start < start and one.speaker]
    if mention is None:
        return ""
    said = text[mention[0] : mention[1]]
    if said.lower() in _PRONOUNS:
        return before[-1] if before else ""
    by_mention = [one.speaker for one in known if one.mention == said and one.speaker]
    by_name = [one.speaker for one in known if one.speaker and _is_part_of(said, one.speaker)]
    return next(iter([*by_mention, *by_name]), said if _is_full_name(said) else "")


def _is_part_of(said: str, name: str) -> bool:
    """Whether the last words of `said` are the last ones of `name`: "Inspector Renwick" of "Tobiah Renwick"."""
    ours, theirs = said.casefold().split(), name.casefold().split()
    return bool(ours) and ours[-1] == theirs[-1]


def _is_full_name(said: str) -> bool:
    parts = said.split()
    return len(parts) > 1 and all(part[:1].isupper() for part in parts)
