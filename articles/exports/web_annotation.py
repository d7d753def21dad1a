"""W3C Web Annotation (JSON-LD): one AnnotationCollection, one annotation a line.

Carries everything. Quotations are annotations as their permalinks have them; speakers, articles and acts are
annotations too. The target of an article's is the text, which the targets of quotations name by its hash. What an
annotation does not carry stands as JSON in terms of our own: "record", "head", "end".
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from .checking import MOST_NESTED, checked
from .endings import ends_with
from .json_lines import one_line
from .quotation_annotations import (
    CONTEXT,
    TERMS,
    WIKIDATA,
    Agent,
    begins_with,
    in_utc,
    item,
    page_of,
    permalink,
    person,
    quotation_in,
    source_of,
    stand_of,
)
from .records import Act, Article, BrokenOff, End, Head, NotAnExport, Quotation, Record, Records, Speaker

OF_COLLECTIONS: dict[str, Any] = {
    "@version": 1.1,
    **{name: {"@id": f"{TERMS}{name}", "@type": "@json"} for name in ("head", "record", "end")},
    "isListed": f"{TERMS}isListed",
    "url": {"@id": "schema:url", "@type": "@id"},
    "place": "schema:contentLocation",
    "licence": "schema:license",
}
"""Terms that an annotation which stands alone does not need."""
_ITEM = "first.items.item"
_STEPS = {"start_map": 1, "start_array": 1, "end_map": -1, "end_array": -1}


def looks_like(head: bytes) -> bool:
    return begins_with(head, b"AnnotationCollection")


def write(records: Records, out: BinaryIO) -> None:
    head = cast("Head", next(records))
    name = _collection_id(head)
    address = head["address"] or name
    speakers: dict[int, Agent] = {}
    opening = {
        "@context": [*CONTEXT, OF_COLLECTIONS],
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
        if record["record"] == "speaker":
            number, kind, wikidata_id = record["number"], record["kind"], record["wikidata_id"]
            speakers[number] = {"number": number, "kind": kind, "wikidata_id": wikidata_id}
        for annotation in _annotations_of(record, speakers, name=name, address=address):
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


def _collection_id(head: Head) -> str:
    """The same for the same head."""
    return uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(head, sort_keys=True)).urn


def _page(name: str) -> bytes:
    page = {"id": f"{name}#page-1", "type": "AnnotationPage", "partOf": name, "startIndex": 0}
    return b',"first":' + one_line(page)[:-1].encode() + b',"items":[\n'


def _annotations_of(
    record: Record, speakers: dict[int, Agent], *, name: str, address: str
) -> Iterator[dict[str, Any]]:
    match record["record"]:
        case "speaker":
            yield _of_speaker(record, name=name, address=address)
        case "article":
            yield _of_article(record, name=name, address=address)
            for quotation in record["quotations"]:
                yield _of_quotation(quotation, record, speakers, address=address)
        case "act":
            yield _of_act(record, name=name, address=address)


def _of_speaker(speaker: Speaker, *, name: str, address: str) -> dict[str, Any]:
    number, wikidata_id = speaker["number"], speaker["wikidata_id"]
    said = {"type": "TextualBody", "value": speaker["name"], "purpose": "identifying"}
    return {
        "id": f"{name}#speaker-{number}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": [said, {"id": WIKIDATA + wikidata_id}] if wikidata_id else said,
        "target": page_of("speakers", number, address=address),
        "record": speaker,
    }


def _of_article(article: Article, *, name: str, address: str) -> dict[str, Any]:
    """Its target is the text; former texts are in its record."""
    details = {field: article[field] for field in ("url", "place", "licence") if article[field]}
    rest = {field: value for field, value in article.items() if field not in ("text", "quotations")}
    source = source_of(stand_of(article, None), article, address=address)
    return {
        "id": f"{name}#article-{article['number']}",
        "type": "Annotation",
        "motivation": "describing",
        "target": source | details | {"value": article["text"]},
        "record": rest,
    }


def _of_quotation(
    quotation: Quotation, article: Article, speakers: dict[int, Agent], *, address: str
) -> dict[str, Any]:
    """Its record has what would not be read from the annotation."""
    speaker = quotation["speaker"]
    made = item(quotation, article, speakers.get(speaker) if speaker else None, address=address)
    read, _ = quotation_in(made)
    rest = {field: value for field, value in quotation.items() if field not in read or read[field] != value}
    if quotation["state"] == "rejected" or quotation["is_hidden"] or quotation["former_text"] is not None:
        made["isListed"] = False
    return made | {"record": {"record": "quotation", **rest}}


def _of_act(act: Act, *, name: str, address: str) -> dict[str, Any]:
    targets = [page_of("articles", act["article"], address=address)] if act["article"] else []
    for change in act["changes"]:
        targets += [permalink(change["quotation"], address=address)] if "quotation" in change else []
        targets += [page_of("speakers", change["speaker"], address=address)] if "speaker" in change else []
    return {
        "id": f"urn:uuid:{act['uid']}",
        "type": "Annotation",
        "motivation": "editing",
        "created": in_utc(act["at"]),
        **({"creator": person(act["by"])} if act["by"] else {}),
        "target": list(dict.fromkeys(targets)) or [name],
        "record": act,
    }


# Read


def _records(file: BinaryIO) -> Iterator[Record]:
    article: Article | None = None
    for place, found in _objects(file):
        if place == _ITEM and found["record"]["record"] == "quotation":
            if article is None:
                raise NotAnExport(f'the annotation "{found["id"]}" stands before the article it is of')
            rest = {field: value for field, value in found["record"].items() if field != "record"}
            article["quotations"].append(cast("Quotation", quotation_in(found)[0] | rest))
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

    builder, begun, depth = None, "", 0
    try:
        # What says where it is gets longer with each step within, and so the time that it takes.
        for place, event, value in ijson.parse(file, use_float=True):
            depth += _STEPS.get(event, 0)
            if depth > MOST_NESTED:
                raise NotAnExport(f"more than {MOST_NESTED} objects and lists within each other")
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
