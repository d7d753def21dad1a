"""What was found in a text, or came with it, before it is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ..models import Quotation, Speaker, is_name, tidy_name
from ..models.anchors import anchored
from ..nlp import FoundCue, FoundQuotation, KindsByMarks


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The fields of a quotation that lacks article and speaker, and the name to find the speaker by.

    `name` is empty where nobody is named; it is one that Speaker.name can hold. `kind` is the speaker's.
    """

    fields: dict[str, Any]
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What the pipeline of `version` found in one text, in the order of the text, each content once.

    `cues` are the verbs of saying, each with its subject, of which somebody may make a quotation by hand.
    """

    suggestions: Sequence[Suggestion]
    version: str
    cues: Sequence[FoundCue] = ()


class Annotation(Protocol):
    """A quotation as an input brings it, in half-open code points of the article's text; "" is not known."""

    @property
    def spans(self) -> tuple[tuple[int, int], ...]: ...
    @property
    def cue(self) -> tuple[int, int] | None: ...
    @property
    def mention(self) -> tuple[int, int] | None: ...
    @property
    def kind(self) -> str: ...
    @property
    def speaker_name(self) -> str: ...


def of_machine(
    quotations: Iterable[FoundQuotation], cues: Sequence[FoundCue] = (), *, text: str, version: str
) -> Findings:
    """What the pipeline of `version` found in `text`. Raises ValueError where a span does not lie in it."""
    by_content = {found.spans: _suggested(found, text) for found in reversed(list(quotations))}
    return Findings(list(reversed(by_content.values())), version, cues)


def of_people(annotations: Iterable[Annotation], *, text: str) -> list[Suggestion]:
    """What people annotated in `text`: it counts as accepted. Raises ValueError where a span does not lie in it."""
    kinds = KindsByMarks(text)
    return [_annotated(one, text, kinds) for one in annotations]


def _suggested(found: FoundQuotation, text: str) -> Suggestion:
    fields = anchored(text, content=found.spans, cue=found.cue, mention=found.mention)
    name = tidy_name(found.speaker_name or "")
    is_known = found.speaker_kind in Speaker.Kind.values and is_name(name)
    fields |= {"kind": found.kind, "confidence": found.confidence, "origin": "machine", "state": "suggested"}
    return Suggestion(fields, name if is_known else "", found.speaker_kind)


def _annotated(annotation: Annotation, text: str, kinds: KindsByMarks) -> Suggestion:
    fields = anchored(text, content=annotation.spans, cue=annotation.cue, mention=annotation.mention)
    kind = annotation.kind if annotation.kind in KINDS else kinds.kind_of(annotation.spans)
    fields |= {"kind": kind, "confidence": None, "origin": "imported", "state": "accepted"}
    name = " ".join(annotation.speaker_name.split())
    return Suggestion(fields, name if name and is_name(name) else "", Speaker.Kind.PERSON)


KINDS = frozenset(Quotation.Kind.values)
