"""What the pipeline hands back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Kind = Literal["direct", "mixed", "indirect"]
SpeakerKind = Literal["person", "body", "group", "unnamed", ""]
Span = tuple[int, int]
"""0-based, end-exclusive Unicode code points of the text given to the pipeline."""


@dataclass(frozen=True, slots=True)
class FoundQuotation:
    """One attribution: who said what, and in which words the article says so.

    spans           content, quotation marks included; sorted, disjoint, at least one
    cue             the saying ("said in a recent interview"), None where the text has none
    mention         the source as written beside the cue ("he"), None where there is no source
    speaker_name    the source's fullest name in this article; the mention's own words where nothing
                    better is known; None without a source
    speaker_kind    "person" and "body" are given to names only; "group" to "some officials",
                    "unnamed" to "the minister" or "he" that could not be resolved, "" without a source
    confidence      0..1: how often the pattern that fired was right in newspaper text
    pattern         which pattern fired; for reports and tests, not for storage
    """

    kind: Kind
    spans: tuple[Span, ...]
    cue: Span | None
    mention: Span | None
    speaker_name: str | None
    speaker_kind: SpeakerKind
    confidence: float
    pattern: str = ""


class FoundCue(NamedTuple):
    """A verb of saying with its subject, whether or not anything is quoted by it; what is added by hand may be.

    speaker_name    the subject's fullest name in this article, "" where it has none
    """

    cue: Span
    subject: Span | None
    speaker_name: str
