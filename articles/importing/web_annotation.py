"""W3C Web Annotation (JSON-LD) -> the annotated texts with their quotations."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from .attributions import Labelled, gather, kind_of, role_of
from .composing import Details, compose
from .decoding import decode, decode_exactly
from .documents import MAX_WHOLE, Document
from .field_names import details_of, field_of, in_words
from .grouping import connected
from .offsets import BYTES, CODE_POINTS, UTF_16, Claim, Reading, best_reading
from .records import ArticleRecord, Span, UnreadableInput

_MAX_SELECTORS = 20
_UNITS = (CODE_POINTS, UTF_16, BYTES)


@dataclass
class _Text:
    """One annotated text and what is said of it."""

    text: str = ""
    details: Details = field(default_factory=Details)
    targets: list[_Target] = field(default_factory=list)


@dataclass
class _Target:
    key: str
    annotation: str
    label: str
    position: Span | None
    exact: str
    prefix: str
    suffix: str
    speaker_name: str


def read_web_annotations(document: Document) -> Iterator[ArticleRecord | UnreadableInput]:
    """One record a text. The text stands in the target's source ("value"), or in the file beside this one.

    The body's value, or the target's "role", says what a stretch is: content, cue or source; a body may be one too.
    What belongs to one annotation, or is named by one of motivation "linking", belongs together. Positions count code
    points as the standard says; where the words beside them show that they count UTF-16 units or bytes, those are
    understood.
    """
    data = document.read_whole(most=MAX_WHOLE)
    written, encoding = decode(data, source=document.name)
    try:
        annotations = list(_annotations(json.loads(written)))
    except (ValueError, RecursionError) as error:
        raise UnreadableInput(document.name, "no JSON-LD that can be understood") from error
    texts, links = _by_text(annotations)
    if not texts:
        raise UnreadableInput(document.name, "no annotation with a text as its target")
    for number, (source, found) in enumerate(texts.items(), start=1):
        mark = "" if len(texts) == 1 else f"#{number}"
        try:
            yield from _article(found, source, links, document=document, mark=mark, encoding=encoding)
        except UnreadableInput as problem:
            yield UnreadableInput(document.name + mark, problem.reason)


def _annotations(value: Any) -> Iterator[Mapping[str, Any]]:
    """Of an annotation, a list, a page or a collection with its first page inside."""
    waiting = [value]  # the next one last
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting += reversed(each)
        elif isinstance(each, dict):
            if "target" in each:
                yield each
            waiting += [each[name] for name in ("@graph", "first", "items") if name in each]


def _by_text(annotations: list[Mapping[str, Any]]) -> tuple[dict[str, _Text], list[list[str]]]:
    """By source."""
    texts: dict[str, _Text] = {}
    links: list[list[str]] = []
    for number, annotation in enumerate(annotations):
        if annotation.get("isListed") is False:  # in an export of ours: rejected, taken out, or of a former text
            continue
        name = in_words(annotation.get("id")) or f"_:{number}"
        targets = _listed(annotation["target"])
        if annotation.get("motivation") == "linking" and all(isinstance(each, str) for each in targets):
            links.append(targets)
            continue
        parts = [each for each in _listed(annotation.get("body")) if isinstance(each, dict) and "selector" in each]
        for index, target in enumerate(targets + parts):
            if isinstance(target, dict):
                source, value = _source(target.get("source", target))
                found = texts.setdefault(source, _Text())
                found.text = found.text or in_words(value.get("value"))
                _add_details(found, value)
                if annotation.get("motivation") != "describing" or "selector" in target:
                    found.targets.append(_target(target, annotation, name, f"{name}#{index}"))
    return texts, links


def _source(value: Any) -> tuple[str, Mapping[str, Any]]:
    if isinstance(value, dict):
        name = in_words(value.get("id"))
        return name or in_words(value.get("value")), value
    return in_words(value), {}


def _add_details(found: _Text, value: Mapping[str, Any]) -> None:
    columns = {field_of(name): name for name in value if field_of(name)}
    if columns:
        found.details = details_of(value, columns)


def _target(target: Mapping[str, Any], annotation: Mapping[str, Any], name: str, key: str) -> _Target:
    position: Span | None = None
    quote: Mapping[str, Any] = {}
    for selector in _selectors(target.get("selector")):
        match selector:
            case {"type": "TextPositionSelector" | "DataPositionSelector", "start": int(start), "end": int(end)}:
                position = start, end
            case {"type": "TextQuoteSelector", "exact": str()}:
                quote = selector
    bodies = [
        in_words(each.get("value") if isinstance(each, dict) else each) for each in _listed(annotation.get("body"))
    ]
    labels = [in_words(target.get("role")), *bodies]
    names = (in_words(each) for each in _listed(annotation.get("body")) if isinstance(each, dict) and "name" in each)
    role = next((label for label in labels if role_of(label)), "content" if not any(labels) else "")
    kind = next((label for label in bodies if kind_of(label)), "")
    label = f"{kind_of(kind)} quotation" if role_of(role) == "content" and kind_of(kind) else role
    words = (in_words(quote.get(part)) for part in ("exact", "prefix", "suffix"))
    exact, prefix, suffix = words
    return _Target(key, name, label, position, exact, prefix, suffix, next(names, ""))


def _selectors(value: Any) -> Iterator[Mapping[str, Any]]:
    waiting = _listed(value)
    for _ in range(_MAX_SELECTORS):
        if not waiting:
            return
        each = waiting.pop(0)
        if isinstance(each, dict):
            yield each
            waiting += _listed(each.get("refinedBy"))


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [] if value is None else [value]


def _article(
    found: _Text, source: str, links: list[list[str]], *, document: Document, mark: str, encoding: str
) -> Iterator[ArticleRecord | UnreadableInput]:
    text = found.text or _text_beside(source, document)
    claims = [Claim((target.position,), target.exact) for target in found.targets if target.position]
    reading = best_reading([text, text.replace("\r\n", "\n")], claims, units=_UNITS)
    labelled: dict[str, Labelled] = {}
    faults = []
    for target in found.targets:
        spans = _placed(target, reading)
        if spans:
            kind = kind_of(target.label)
            labelled[target.key] = Labelled(target.label, spans, kind, target.speaker_name)
        else:
            shown = target.exact[:40] or target.annotation
            faults.append(UnreadableInput(document.name + mark, f'"{shown}": not in the text there; left out'))
    groups = _groups(found.targets, links)
    quotations = gather(labelled, groups, text=reading.text)
    yield compose(
        reading.text, found.details, source_name=document.name + mark, encoding=encoding, quotations=quotations
    )
    yield from faults


def _groups(targets: list[_Target], links: list[list[str]]) -> list[list[str]]:
    keys: dict[str, list[str]] = {}
    for target in targets:
        keys.setdefault(target.annotation, []).append(target.key)
    pairs = [(link[0], other) for link in links for other in link[1:]]
    joined = [[key for name in group for key in keys.get(name, [])] for group in connected(pairs)]
    linked = {key for group in joined for key in group}
    return joined + [group for group in keys.values() if len(group) > 1 and not linked & set(group)]


def _placed(target: _Target, reading: Reading) -> tuple[Span, ...] | None:
    """Where its position says, if the words stand there; else where the words stand between prefix and suffix."""
    if target.position and (spans := reading.spans_of(Claim((target.position,), target.exact))):
        return spans
    if not target.exact:
        return None
    pattern = re.escape(target.prefix) + f"({re.escape(target.exact)})" + re.escape(target.suffix)
    found = list(re.finditer(pattern, reading.text))[:2]
    return (found[0].span(1),) if len(found) == 1 else None


def _text_beside(source: str, document: Document) -> str:
    suffix = PurePosixPath(unquote(source.partition("#")[0].rpartition("/")[2])).suffix
    data = document.beside(suffix) if suffix else None
    if data is None:
        shown = source[:100] or "its source"
        raise UnreadableInput(document.name, f"the annotated text is neither in it nor beside it ({shown})")
    return decode_exactly(data, source=document.name)[0]
