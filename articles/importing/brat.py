"""brat stand-off, a text and its annotations in a file beside it -> the article with its quotations.

PolNeAR's scheme is understood: Source, Cue and Content joined by an event "Attribution"; relations between them too.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from .attributions import Labelled, gather, kind_of, role_of
from .beside import SUFFIX
from .composing import Details, compose
from .decoding import decode, decode_exactly
from .documents import Document
from .grouping import connected
from .headers import Header, split_header
from .normal_form import in_normal_form, move_quotations
from .offsets import BYTES, CODE_POINTS, UTF_16, Claim, best_reading
from .records import ArticleRecord, RecordedQuotation, Span, UnreadableInput

_TEXT_BOUND = re.compile(r"(T\d+)\t(\S+) (\d{1,9} \d{1,9}(?:;\d{1,9} \d{1,9})*)(?:\t(.*))?")
_EVENT = re.compile(r"E\d+\t(\S+(?: \S+)*)\s*")
_RELATION = re.compile(r"R\d+\t\S+ \w+:([TE]\d+) \w+:([TE]\d+)\s*")
_ATTRIBUTE = re.compile(r"[AM]\d+\t(\S+) ([TE]\d+)(?: (.*))?")
_NORMALISATION = re.compile(r"N\d+\t\S+ (T\d+) \S+\t(.+)")


@dataclass
class _Annotations:
    labels: dict[str, str] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    events: dict[str, list[str]] = field(default_factory=dict)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    odd: list[int] = field(default_factory=list)
    """Lines that should be text-bound annotations and are none."""


def read_brat(document: Document) -> Iterator[ArticleRecord | UnreadableInput]:
    """brat counts code points of the file, CR and byte order mark included; what counts UTF-16 units or bytes is told
    by the words that brat writes beside the offsets. An annotation whose words stand elsewhere costs itself."""
    annotations_name = _name_of_annotations(document.name)
    written, _ = decode(document.beside(SUFFIX) or b"", source=annotations_name)
    found = _parse(written)
    for event, members in found.events.items():
        if kind := found.kinds.get(event):
            found.kinds.update(dict.fromkeys(members, kind))
    data = document.read_whole()
    raw, encoding = decode_exactly(data, source=document.name)
    texts = [raw, raw.replace("\r\n", "\n")]
    if data.startswith(codecs.BOM_UTF8):
        texts.append("\ufeff" + raw)
    reading = best_reading(texts, list(found.claims.values()), units=(CODE_POINTS, UTF_16, BYTES))
    placed = {key: spans for key, claim in found.claims.items() if (spans := reading.spans_of(claim))}
    labelled = {
        key: Labelled(found.labels[key], spans, found.kinds.get(key, ""), found.names.get(key, ""))
        for key, spans in placed.items()
    }
    groups = [*found.events.values(), *connected(found.pairs)]
    yield _record(document, reading.text, gather(labelled, groups, text=reading.text), encoding)
    for key in found.claims:
        if key not in placed and role_of(found.labels[key]):
            reason = f'line {found.lines[key]:,}: "{key}": its words do not stand at its offsets; left out'
            yield UnreadableInput(annotations_name, reason)
    for number in found.odd:
        yield UnreadableInput(annotations_name, f"line {number:,}: no annotation of brat's; left out")


def refuse_annotations(document: Document) -> Iterator[ArticleRecord | UnreadableInput]:
    reason = "brat annotations, which are read with their text; give the .txt file beside them"
    raise UnreadableInput(document.name, reason)


def _record(document: Document, text: str, quotations: tuple[RecordedQuotation, ...], encoding: str) -> ArticleRecord:
    text, quotations = in_normal_form(text, quotations)
    header, rest = _header(text)
    cut = len(text) - len(rest)

    def shift(span: Span) -> Span:
        return max(span[0] - cut, 0), max(span[1] - cut, 0)

    details = Details(
        title=header.title,
        outlet=header.outlet,
        byline=header.byline,
        url=header.url,
        place=header.place,
        licence=header.licence,
    )
    moved = move_quotations(quotations, shift)
    record = compose(rest, details, source_name=document.name, encoding=encoding, quotations=moved)
    return replace(record, published_on=header.published_on)


def _header(text: str) -> tuple[Header, str]:
    """Annotated text seldom has one; what only looks like one stays, or the annotations would be lost with it."""
    try:
        return split_header(text, source="")
    except UnreadableInput:
        return Header(), text


def _parse(written: str) -> _Annotations:
    found = _Annotations()
    for number, line in enumerate(written.split("\n"), start=1):
        if text_bound := _TEXT_BOUND.fullmatch(line):
            key = text_bound[1]
            starts_and_ends = (pair.split() for pair in text_bound[3].split(";"))
            spans = tuple((int(start), int(end)) for start, end in starts_and_ends)
            found.labels[key], found.lines[key] = text_bound[2], number
            found.claims[key] = Claim(spans, text_bound[4] or "")
        elif line.startswith("T"):
            found.odd.append(number)
        elif event := _EVENT.fullmatch(line):
            found.events[line.partition("\t")[0]] = [part.partition(":")[2] for part in event[1].split()]
        elif relation := _RELATION.fullmatch(line):
            found.pairs.append((relation[1], relation[2]))
        elif attribute := _ATTRIBUTE.fullmatch(line):
            kind = kind_of(attribute[3] or attribute[1])
            if kind:
                found.kinds[attribute[2]] = kind
        elif normalisation := _NORMALISATION.fullmatch(line):
            found.names[normalisation[1]] = normalisation[2].strip()
    return found


def _name_of_annotations(name: str) -> str:
    folder, dot, _ = name.rpartition(".")
    return f"{folder if dot else name}{SUFFIX}"
