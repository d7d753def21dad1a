"""W3C Web Annotation (JSON-LD): one AnnotationCollection, one annotation a line.

Carries everything. A quotation is an annotation whose targets are the spans of its content, its cue and its mention,
each with a TextQuoteSelector and a TextPositionSelector; speakers, articles and acts are annotations too, so that
whoever reads the list has them. What the model has no words for stands as JSON in terms of our own ("record", "head",
"end"). The source of a target is the article's address, or a URN where it has none; since two articles may have one
address, and an article several texts, the SHA-256 of the text stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from .annotations import CONTEXT, annotations_of, collection_id
from .checking import checked
from .endings import ends_with
from .json_lines import one_line
from .records import Article, BrokenOff, End, Head, NotAnExport, Quotation, Record, Records

_ITEM = "first.items.item"
_CONTENT_GAP = " … "


def looks_like(head: bytes) -> bool:
    return b'{"@context":["http://www.w3.org/ns/anno.jsonld",' in head[:200] and b"urn:newsroom:terms:" in head[:400]


def write(records: Records, out: BinaryIO) -> None:
    head = cast("Head", next(records))
    name = collection_id(head)
    opening = {
        "@context": CONTEXT,
        "id": name,
        "type": "AnnotationCollection",
        "label": "Quotations" + (f" found by {head['search']}" if head["search"] else ""),
        "head": head,
    }
    out.write(one_line(opening)[:-1].encode())
    total = 0
    end: Record | None = None
    for record in records:
        if record["record"] == "end":
            end = record
            continue
        for annotation in annotations_of(record, head=head):
            out.write(b",\n" if total else _page(name))
            out.write(one_line(annotation).encode())
            total += 1
    closing: dict[str, Any] = {"total": total, "end": end}
    if total:
        out.write(b"\n]}")
        closing = {"last": f"{name}#page-1", **closing}
    out.write(b"," + one_line(closing)[1:].encode())


def read(file: BinaryIO) -> Records:
    file.seek(0)
    head = file.read(1000).lstrip()
    if b'"@context"' not in head and not b'{"@context"'.startswith(head):
        raise NotAnExport("no JSON-LD")
    file.seek(0)
    return checked(_records(file))


# Written


def _page(name: str) -> bytes:
    page = {"id": f"{name}#page-1", "type": "AnnotationPage", "partOf": name, "startIndex": 0}
    return b',"first":' + one_line(page)[:-1].encode() + b',"items":[\n'


# Read


def _records(file: BinaryIO) -> Iterator[Record]:
    article: Article | None = None
    for place, found in _objects(file):
        if place == _ITEM and found["record"]["record"] == "quotation":
            if article is None:
                raise NotAnExport(f'the annotation "{found["id"]}" stands before the article it is of')
            article["quotations"].append(_quotation(found))
            continue
        if article:
            yield article
        article = None
        if place != _ITEM:
            yield cast("Head | End", found)
        elif found["record"]["record"] == "article":
            article = cast("Article", {**found["record"], "text": found["target"]["value"], "quotations": []})
        else:
            yield found["record"]


def _objects(file: BinaryIO) -> Iterator[tuple[str, dict[str, Any]]]:
    """The head, each annotation and the end, one at a time. Raises BrokenOff and NotAnExport."""
    import ijson

    builder, begun = None, ""
    try:
        for place, event, value in ijson.parse(file, use_float=True):
            if builder is None and event == "start_map" and place in ("head", _ITEM, "end"):
                builder, begun = ijson.ObjectBuilder(), place
            if builder is not None:
                builder.event(event, value)
                if event == "end_map" and place == begun:
                    yield begun, builder.value
                    builder = None
    except (ijson.JSONError, UnicodeDecodeError) as error:
        # Its class does not tell: its backend in C calls every fault "incomplete".
        is_cut = "premature EOF" in str(error) or not ends_with(file, b"}}")
        raise (BrokenOff("it ends before its end") if is_cut else _no_json(error)) from error


def _no_json(error: Exception) -> NotAnExport:
    return NotAnExport(f"no JSON that can be understood ({' '.join(str(error).split())[:100]})")


def _quotation(found: dict[str, Any]) -> Quotation:
    placed: dict[str, list[tuple[list[int], str]]] = {"content": [], "cue": [], "mention": []}
    for target in found["target"]:
        quote, position = target["selector"]
        placed[target["role"]].append(([position["start"], position["end"]], quote["exact"]))
    cue, mention = (next(iter(placed[role]), (None, "")) for role in ("cue", "mention"))
    fields = {field: value for field, value in found["record"].items() if field != "record"}
    anchors = {
        "spans": [span for span, _ in placed["content"]],
        "content": _CONTENT_GAP.join(words for _, words in placed["content"]),
        "cue": cue[0],
        "cue_words": cue[1],
        "mention": mention[0],
        "mention_words": mention[1],
    }
    return cast("Quotation", anchors | fields)
