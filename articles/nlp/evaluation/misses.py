"""What went wrong, for people to read.

    missed          annotated, not found
    spurious        found, not annotated
    wrong ends      found, its content not exactly the annotated one
    wrong mention   found with the right source, the mention not exactly the annotated words
    wrong speaker   found with a mention that is not the source, or with none, or where none is annotated

The last three may meet in one quotation. Only the last counts against the right source in the table of figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ..found import FoundQuotation, Kind, Span
from .gold import GoldQuotation, Spans
from .judging import Judgement, trimmed
from .scoring import KINDS

MissClass = Literal["missed", "spurious", "wrong ends", "wrong mention", "wrong speaker"]
CLASSES: tuple[MissClass, ...] = ("missed", "spurious", "wrong ends", "wrong mention", "wrong speaker")

AROUND = 70
"""Characters of the text shown on either side."""
LONGEST = 200
"""Characters of a span shown; of a longer one, both ends."""


@dataclass(frozen=True, slots=True)
class Miss:
    """kind is the annotated one, or of what is spurious the found one."""

    miss_class: MissClass
    kind: Kind
    judgement: Judgement


def find_misses(judgements: Iterable[Judgement], *, kind: Kind | None = None) -> list[Miss]:
    """In the order of the articles; of one kind alone where `kind` is given."""
    misses = []
    for judgement in judgements:
        of_kind = judgement.gold_kind or judgement.found_kind
        if of_kind and kind in (None, of_kind):
            misses += [Miss(miss_class, of_kind, judgement) for miss_class in classes_of(judgement)]
    return misses


def classes_of(judgement: Judgement) -> Iterator[MissClass]:
    gold, found = judgement.gold, judgement.found
    if found is None:
        yield "missed"
    elif gold is None:
        yield "spurious"
    else:
        if not judgement.exact:
            yield "wrong ends"
        if not judgement.right_source:
            yield "wrong speaker"
        elif _mention_differs(judgement.article.text, gold, found):
            yield "wrong mention"


def _mention_differs(text: str, gold: GoldQuotation, found: FoundQuotation) -> bool:
    mention = [found.mention] if found.mention else []
    return trimmed(text, gold.source) != trimmed(text, mention)


def spread(misses: Sequence[Miss], *, most: int) -> list[Miss]:
    """At most so many of each class, drawn evenly from all the articles; always the same ones."""
    chosen: list[Miss] = []
    for miss_class in CLASSES:
        members = [miss for miss in misses if miss.miss_class == miss_class]
        step = max(1.0, len(members) / (most or 1))
        chosen += [members[int((number + 0.5) * step)] for number in range(min(most, len(members)))]
    return chosen


def counts(misses: Iterable[Miss]) -> dict[MissClass, dict[Kind, int]]:
    counted = Counter((miss.miss_class, miss.kind) for miss in misses)
    return {miss_class: {kind: counted[miss_class, kind] for kind in KINDS} for miss_class in CLASSES}


def counts_as_lines(counted: dict[MissClass, dict[Kind, int]]) -> list[str]:
    lines = [f"{'class':14}" + "".join(f"{kind:>12}" for kind in KINDS) + f"{'all':>12}"]
    for miss_class, by_kind in counted.items():
        cells = [by_kind[kind] for kind in KINDS]
        lines.append(f"{miss_class:14}" + "".join(f"{cell:>12}" for cell in [*cells, sum(cells)]))
    return lines


def as_lines(miss: Miss) -> list[str]:
    """A heading with class, kind, article and offsets; then what was annotated and what was found, in its context.

    Content that was found exactly is shown once.
    """
    text, gold, found = miss.judgement.article.text, miss.judgement.gold, miss.judgement.found
    spans = gold.content if gold else found.spans if found else ()
    lines = [f"{miss.miss_class}, {miss.kind}: {miss.judgement.article.name} {spans[0][0]}–{spans[-1][1]}"]
    if gold:
        lines += _side("gold", text, content=gold.content, cue=gold.cue, source=gold.source)
    if found:
        cue = (found.cue,) if found.cue else ()
        mention = (found.mention,) if found.mention else ()
        content = () if miss.judgement.exact else found.spans
        lines += _side("found", text, content=content, cue=cue, source=mention)
        name = f"{found.speaker_name!r}, " if found.speaker_name else ""
        lines.append(f"         {name}confidence {found.confidence:.2f}, pattern {found.pattern or 'unnamed'}")
    return lines


def as_dict(miss: Miss) -> dict[str, object]:
    """The same for scripts; spans as lists of [start, end] offsets."""
    gold, found = miss.judgement.gold, miss.judgement.found
    sides: dict[str, object] = {"gold": None, "found": None}
    if gold:
        sides["gold"] = {"spans": gold.content, "cue": gold.cue, "source": gold.source}
    if found:
        sides["found"] = {
            "spans": found.spans,
            "cue": found.cue,
            "speaker": found.mention,
            "speaker_name": found.speaker_name,
            "confidence": found.confidence,
            "pattern": found.pattern,
        }
    return {"class": miss.miss_class, "kind": miss.kind, "article": miss.judgement.article.name, **sides}


def _side(label: str, text: str, *, content: Spans, cue: Spans, source: Spans) -> Iterator[str]:
    """Without content, only source and cue."""
    parts = [_in_context(text, content)] if content else []
    parts.append(f"source {_words(text, source)}, cue {_words(text, cue)}")
    for head, part in zip((label, ""), parts, strict=False):
        yield f"  {head:6} {part}"


def _in_context(text: str, spans: Sequence[Span]) -> str:
    """The spans in ⟦double brackets⟧, what lies between them, and some of the text around, on one line."""
    low, high = spans[0][0], spans[-1][1]
    parts = ["…" if low > AROUND else "", text[max(0, low - AROUND) : low]]
    at = low
    for start, end in spans:
        parts += [_shortened(text[at:start]), "⟦", _shortened(text[start:end]), "⟧"]
        at = end
    parts += [text[high : high + AROUND], "…" if high + AROUND < len(text) else ""]
    return _on_one_line("".join(parts))


def _words(text: str, spans: Sequence[Span]) -> str:
    if not spans:
        return "none"
    return f"“{_on_one_line(' … '.join(_shortened(text[start:end]) for start, end in spans))}”"


def _shortened(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST // 2]} […] {words[-LONGEST // 2 :]}"


def _on_one_line(text: str) -> str:
    return " ".join(text.replace("\n", " ¶ ").split())
