"""Annotations inside a line or item of JSON: doccano's labels, and the quotations that Newsroom itself writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .attributions import Labelled, gather, role_of
from .grouping import connected
from .normal_form import joined
from .offsets import CODE_POINTS, Claim, Reading, converter
from .records import RecordedQuotation, Span

_LABELS = ("label", "labels", "entities")
_OURS = ("quotations", "quotes")
_KINDS = frozenset({"direct", "mixed", "indirect"})


def quotations_in(row: Mapping[str, Any], text: str) -> tuple[tuple[RecordedQuotation, ...], list[str]]:
    """Those of `row`, and a line for each annotation that was left out.

    doccano: `[start, end, label]` or `{"id", "label", "start_offset", "end_offset"}` with `relations` from one id to
    another. Ours: `{"spans" or "start" and "end", "cue", "mention", "kind", "speaker_name" or "speaker"}`, where a
    "speaker" that is a span is the mention. All count code points.
    """
    reading = Reading(text, converter(text, CODE_POINTS))
    name = next((each for each in _OURS if isinstance(row.get(each), list)), "")
    if name:
        return _ours(row[name], reading, name)
    name = next((each for each in _LABELS if isinstance(row.get(each), list)), "")
    return _doccano(row[name], row.get("relations"), reading) if name else ((), [])


def _ours(items: list[Any], reading: Reading, name: str) -> tuple[tuple[RecordedQuotation, ...], list[str]]:
    found, faults = [], []
    for number, item in enumerate(items, start=1):
        values: Mapping[str, Any] = item if isinstance(item, dict) else {}
        spans = _spans(values)
        if not spans:
            faults.append(f'{name}, no. {number:,}: no offsets ({{"spans": [[start, end]]}}); left out')
            continue
        words = next((values[key] for key in ("content", "text") if isinstance(values.get(key), str)), "")
        placed = reading.spans_of(Claim(spans, words if len(spans) == 1 else ""))
        if not placed:
            faults.append(f"{name}, no. {number:,}: its words do not stand at its offsets; left out")
            continue
        kind, speaker = values.get("kind"), values.get("speaker")
        named = values.get("speaker_name") or (speaker if isinstance(speaker, str) else "")
        found.append(
            RecordedQuotation(
                joined(placed),
                cue=_placed(values.get("cue"), reading),
                mention=_placed(values.get("mention") or speaker, reading),
                kind=kind if isinstance(kind, str) and kind in _KINDS else "",
                speaker_name=named if isinstance(named, str) else "",
            )
        )
    return tuple(found), faults


def _spans(values: Mapping[str, Any]) -> tuple[Span, ...]:
    """From "spans", or from "start" and "end"; empty where one of them is none."""
    listed = values.get("spans", [[values.get("start"), values.get("end")]])
    spans = [_span(each) for each in listed] if isinstance(listed, list) else []
    return tuple(span for span in spans if span) if None not in spans else ()


def _placed(value: Any, reading: Reading) -> Span | None:
    span = _span(value)
    return reading.convert(span) if span else None


def _span(value: Any) -> Span | None:
    if isinstance(value, list) and len(value) == 2:
        start, end = value
        if type(start) is int and type(end) is int:  # True is one too, and no offset
            return start, end
    return None


def _doccano(items: list[Any], relations: Any, reading: Reading) -> tuple[tuple[RecordedQuotation, ...], list[str]]:
    labelled: dict[str, Labelled] = {}
    faults = []
    for number, item in enumerate(items, start=1):
        match item:
            case [int(start), int(end), str(label)]:
                key = f"#{number}"
            case {"label": str(label), "start_offset": int(start), "end_offset": int(end)}:
                key = str(item.get("id", f"#{number}"))
            case _:
                continue  # such as the labels of a whole document
        if isinstance(start, bool) or isinstance(end, bool):
            faults.append(f'"{label}" has no offsets; left out')
            continue
        spans = reading.spans_of(Claim(((start, end),)))
        if spans:
            labelled[key] = Labelled(label, spans)
        elif role_of(label):
            faults.append(f'"{label}" from {start:,} to {end:,} lies outside the text; left out')
    pairs = [
        (str(each["from_id"]), str(each["to_id"]))
        for each in (relations if isinstance(relations, list) else [])
        if isinstance(each, dict) and "from_id" in each and "to_id" in each
    ]
    return gather(labelled, connected(pairs), text=reading.text), faults
