"""W3C Web Annotation (JSON-LD): one AnnotationCollection, one annotation a line.

Carries everything. A quotation is an annotation whose targets are the spans of its content, its cue and its mention,
each with a TextQuoteSelector and a TextPositionSelector; speakers, articles and acts are annotations too, so that
whoever reads the list has them. What the model has no words for stands as JSON in terms of our own ("record", "head",
"end"). The source of a target is the article's address, or a URN where it has none; since two articles may have one
address, and an article several texts, the SHA-256 of the text stands beside it.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, BinaryIO, cast

from .checking import checked
from .endings import ends_with
from .json_lines import one_line
from .records import Act, Article, BrokenOff, End, Head, NotAnExport, Quotation, Record, Records, Speaker

AROUND = 32
"""Code points of a selector's prefix and suffix."""
TERMS: dict[str, Any] = {
    "@version": 1.1,
    "newsroom": "urn:newsroom:terms:",
    **{name: {"@id": f"newsroom:{name}", "@type": "@json"} for name in ("head", "record", "end")},
    **{name: f"newsroom:{name}" for name in ("role", "unit", "textSha256", "isListed", "byline")},
    "title": "dcterms:title",
    "outlet": "dcterms:publisher",
    "published": {"@id": "dcterms:issued", "@type": "xsd:date"},
    "place": "dcterms:spatial",
    "licence": "dcterms:license",
}
CONTEXT: list[Any] = ["http://www.w3.org/ns/anno.jsonld", TERMS]
UNIT = "Unicode code points"

_ITEM = "first.items.item"
_SELECTED = ("spans", "content", "cue", "cue_words", "mention", "mention_words")
"""Fields of a quotation that its targets carry."""
_DETAILS = {
    "title": "title",
    "byline": "byline",
    "published_on": "published",
    "place": "place",
    "licence": "licence",
    "language": "language",
}
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
        for annotation in _annotations(record, head=head):
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


def collection_id(head: Head) -> str:
    """The same for the same head."""
    return uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(head, sort_keys=True)).urn


def quotation_annotation(quotation: Quotation, article: Article, *, address: str) -> dict[str, Any]:
    """The annotation of one quotation of `article`, which needs a context of CONTEXT where it stands alone."""
    names_somebody = bool(quotation["speaker_name"])
    found: dict[str, Any] = {
        "id": f"{address}/quotations/{quotation['uid']}/" if address else f"urn:uuid:{quotation['uid']}",
        "type": "Annotation",
        "motivation": ["classifying", "identifying"] if names_somebody else "classifying",
        **_made(quotation, article),
        "body": _bodies(quotation, address=address),
        "target": _targets(quotation, article),
    }
    if quotation["state"] == "rejected" or quotation["is_hidden"] or quotation["former_text"] is not None:
        found["isListed"] = False
    rest = {field: value for field, value in quotation.items() if field not in _SELECTED}
    return found | {"record": {"record": "quotation", **rest}}


def _page(name: str) -> bytes:
    page = {"id": f"{name}#page-1", "type": "AnnotationPage", "partOf": name, "startIndex": 0}
    return b',"first":' + one_line(page)[:-1].encode() + b',"items":[\n'


def _annotations(record: Record, *, head: Head) -> Iterator[dict[str, Any]]:
    match record["record"]:
        case "speaker":
            yield _speaker_annotation(record, head=head)
        case "article":
            yield _article_annotation(record, head=head)
            for quotation in record["quotations"]:
                yield quotation_annotation(quotation, record, address=head["address"])
        case "act":
            yield _act_annotation(record, head=head)


def _speaker_annotation(speaker: Speaker, *, head: Head) -> dict[str, Any]:
    number, wikidata_id = speaker["number"], speaker["wikidata_id"]
    said = {"type": "TextualBody", "value": speaker["name"], "purpose": "identifying"}
    return {
        "id": f"{collection_id(head)}#speaker-{number}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": [said, _wikidata(wikidata_id)] if wikidata_id else said,
        "target": _page_of("speakers", number, head=head),
        "record": speaker,
    }


def _article_annotation(article: Article, *, head: Head) -> dict[str, Any]:
    target = {
        "id": _source_of(article),
        "type": "Text",
        "format": "text/plain",
        "textSha256": article["text_sha256"],
        **{name: article[field] for field, name in _DETAILS.items() if article[field]},  # type: ignore[literal-required]
        "value": article["text"],
    }
    if article["outlet"]:
        target["outlet"] = article["outlet"]["name"]
    rest = {field: value for field, value in article.items() if field not in ("text", "quotations")}
    return {
        "id": f"{collection_id(head)}#article-{article['number']}",
        "type": "Annotation",
        "motivation": "describing",
        "target": target,
        "record": rest,
    }


def _act_annotation(act: Act, *, head: Head) -> dict[str, Any]:
    targets = [_page_of("articles", act["article"], head=head)] if act["article"] else []
    for change in act["changes"]:
        uid = change.get("quotation")
        targets += [f"{head['address']}/quotations/{uid}/" if head["address"] else f"urn:uuid:{uid}"] if uid else []
        targets += [_page_of("speakers", change["speaker"], head=head)] if "speaker" in change else []
    return {
        "id": f"urn:uuid:{act['uid']}",
        "type": "Annotation",
        "motivation": "editing",
        "created": _in_utc(act["at"]),
        **({"creator": {"type": "Person", "name": act["by"]}} if act["by"] else {}),
        "target": list(dict.fromkeys(targets)) or [collection_id(head)],
        "record": act,
    }


def _page_of(kind: str, number: int, *, head: Head) -> str:
    if head["address"]:
        return f"{head['address']}/{kind}/{number}/"
    return f"{collection_id(head)}#{kind}-{number}"


def _source_of(article: Article) -> str:
    return article["url"] or f"urn:newsroom:text:{article['text_sha256']}"


def _made(quotation: Quotation, article: Article) -> dict[str, Any]:
    """By whom and when, as far as it is known."""
    found: dict[str, Any] = {}
    if quotation["origin"] == "machine" and article["extracted_with"]:
        found["creator"] = {"type": "Software", "name": f"Newsroom, pipeline {article['extracted_with']}"}
    elif quotation["origin"] == "person" and quotation["settled_by"]:
        found["creator"] = {"type": "Person", "name": quotation["settled_by"]}
    if quotation["settled_at"]:
        found["created" if quotation["origin"] == "person" else "modified"] = _in_utc(quotation["settled_at"])
    return found


def _in_utc(time: str) -> str:
    """As the model wants it: with "Z"."""
    return datetime.fromisoformat(time).astimezone(UTC).isoformat().replace("+00:00", "Z")


def _bodies(quotation: Quotation, *, address: str) -> list[dict[str, Any]]:
    bodies: list[dict[str, Any]] = [_words(quotation["kind"], "classifying")]
    if quotation["speaker_name"]:
        where = address or "urn:newsroom"
        person = f"{where}/speakers/{quotation['speaker']}/" if address else f"{where}:speaker:{quotation['speaker']}"
        bodies.append({"id": person, "name": quotation["speaker_name"]})
    bodies.append(_words(quotation["state"], "assessing"))
    return [*bodies, _words(quotation["note"], "commenting")] if quotation["note"] else bodies


def _words(value: str, purpose: str) -> dict[str, Any]:
    return {"type": "TextualBody", "value": value, "purpose": purpose}


def _wikidata(wikidata_id: str) -> dict[str, Any]:
    return {"id": f"http://www.wikidata.org/entity/{wikidata_id}"}


def _targets(quotation: Quotation, article: Article) -> list[dict[str, Any]]:
    former = quotation["former_text"]
    text_of_it: Mapping[str, Any] = article if former is None else article["former_texts"][former]
    spans = [("content", span) for span in quotation["spans"]]
    spans += [(role, span) for role, span in (("cue", quotation["cue"]), ("mention", quotation["mention"])) if span]
    source = {"id": _source_of(article), "textSha256": text_of_it["text_sha256"]}
    return [
        {
            "type": "SpecificResource",
            "source": source,
            "role": role,
            "selector": _selectors(text_of_it["text"], start, end),
        }
        for role, (start, end) in spans
    ]


def _selectors(text: str, start: int, end: int) -> list[dict[str, Any]]:
    """Two ways to find the same words."""
    quote = {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(start - AROUND, 0) : start],
        "suffix": text[end : end + AROUND],
    }
    return [quote, {"type": "TextPositionSelector", "start": start, "end": end, "unit": UNIT}]


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
