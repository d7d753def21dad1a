"""A quotation as one annotation after the W3C Web Annotation Data Model (2017), and back; knows no Django.

The targets are the spans of its words; bodies say which kind of quotation they are and who said them, and hold the
words that attribute them. A body is about each target, so cue and mention are no targets. What the model has no word
for has the words of schema.org, or of TERMS.
"""

from __future__ import annotations

import base64
import datetime
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, NamedTuple, cast

from .records import OFFSETS, Article, BrokenOff, NotAnExport, Quotation, Records, Speaker

ANNO = "http://www.w3.org/ns/anno.jsonld"
TERMS = "urn:newsroom:terms:"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWN = ("role", "kind", "reviewState", "origin", "note", "offsetUnit")
CONTEXT: list[str | dict[str, Any]] = [
    ANNO,
    {
        "schema": "http://schema.org/",
        **{name: f"{TERMS}{name}" for name in OWN},
        "confidence": {"@id": f"{TERMS}confidence", "@type": f"{XSD}double"},
        "isTakenOut": {"@id": f"{TERMS}isTakenOut", "@type": f"{XSD}boolean"},
        "isInFormerText": {"@id": f"{TERMS}isInFormerText", "@type": f"{XSD}boolean"},
        "version": {"@id": "schema:version", "@type": f"{XSD}integer"},
        "sha256": "schema:sha256",
        "headline": "schema:headline",
        "byline": "schema:author",
        "publisher": "schema:publisher",
        "datePublished": {"@id": "schema:datePublished", "@type": f"{XSD}date"},
        "sameAs": {"@id": "schema:sameAs", "@type": "@id"},
    },
]
AROUND = 32
"""Code points of prefix and suffix, by which words are found again where the offsets lead elsewhere."""
WIKIDATA = "http://www.wikidata.org/entity/"
WITHOUT_ADDRESS = "urn:newsroom"
FIRST_TYPE = re.compile(rb'"type"\s*:\s*"(\w+)"')
AGENTS = {"person": "Person", "body": "Organization"}


class Stand(NamedTuple):
    """The text that a quotation's offsets count in, with what it was called then."""

    text: str
    sha256: str
    title: str
    byline: str
    published_on: str | None


def annotation(
    quotation: Quotation, article: Article, speaker: Speaker | None, *, address: str = ""
) -> dict[str, Any]:
    """`quotation`, which stands in `article`, as a W3C annotation; `speaker` is the record of who said it.

    `address` is that of the export's Head: "https://newsroom.example", or "" where nobody said, which gives URNs. The
    article's text is not in it: its source is named by its hash (RFC 6920), so that whoever has the text knows it.
    """
    stand = stand_of(quotation, article)
    source = {key: value for key, value in _source(stand, article, address).items() if value}
    spans = [(start, end) for start, end in quotation["spans"]]
    made: dict[str, Any] = {
        "@context": CONTEXT,
        "id": permalink(quotation["uid"], address=address),
        "type": "Annotation",
        "motivation": ["identifying", "classifying"] if speaker else "classifying",
        "body": [*_bodies(quotation, speaker, stand, source["id"], address)],
        "target": [_specific(stand, source, span) | {"role": "content"} for span in spans],
        "offsetUnit": OFFSETS,
        "kind": quotation["kind"],
        "reviewState": quotation["state"],
        "origin": quotation["origin"],
        "version": quotation["version"],
    }
    return made | _provenance(quotation, article)


def permalink(uid: str, *, address: str) -> str:
    return f"{address}/quotations/{uid}/" if address else f"urn:uuid:{uid}"


def stand_of(quotation: Quotation, article: Article) -> Stand:
    """The article's text as it is or, where the words are gone from that, the former one that has them."""
    former = quotation["former_text"]
    holder = article if former is None else article["former_texts"][former]
    fields = ("text", "text_sha256", "title", "byline", "published_on")
    return Stand(*(holder[name] for name in fields))  # type: ignore[literal-required]


def surroundings(text: str, start: int, end: int) -> tuple[str, str]:
    """Prefix and suffix of what stands from `start` to `end`."""
    return text[max(start - AROUND, 0) : start], text[end : end + AROUND]


def named_by_hash(sha256: str) -> str:
    """The name of a text after RFC 6920: the same wherever it lies, and no other text has it."""
    digest = base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")
    return f"ni:///sha-256;{digest}"


def in_utc(moment: str) -> str:
    """An ISO 8601 time as the model has it, in UTC with a Z."""
    there = datetime.datetime.fromisoformat(moment)
    return there.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")


def _source(stand: Stand, article: Article, address: str) -> dict[str, Any]:
    page = f"{address}/articles/{article['number']}/" if address else ""
    outlet = article["outlet"]
    return {
        "id": named_by_hash(stand.sha256),
        "type": "Text",
        "format": "text/plain",
        "language": article["language"],
        "sha256": stand.sha256,
        "headline": stand.title,
        "byline": stand.byline,
        "publisher": outlet["name"] if outlet else "",
        "datePublished": stand.published_on,
        "via": [place for place in (page, article["url"]) if place],
    }


def _bodies(
    quotation: Quotation, speaker: Speaker | None, stand: Stand, source: str, address: str
) -> Iterator[dict[str, Any]]:
    kind = f"{quotation['kind']} quotation"
    yield {"type": "TextualBody", "purpose": "classifying", "format": "text/plain", "language": "en", "value": kind}
    if speaker:
        place = address or WITHOUT_ADDRESS
        number = f"/speakers/{speaker['number']}/" if address else f":speakers:{speaker['number']}"
        body = {"id": place + number, "type": AGENTS[speaker["kind"]], "name": quotation["speaker_name"]}
        yield body | ({"sameAs": WIKIDATA + speaker["wikidata_id"]} if speaker["wikidata_id"] else {})
    for role, span in (("cue", quotation["cue"]), ("mention", quotation["mention"])):
        if span:
            yield _specific(stand, source, (span[0], span[1])) | {"role": role}


def _specific(stand: Stand, source: dict[str, Any] | str, span: tuple[int, int]) -> dict[str, Any]:
    start, end = span
    prefix, suffix = surroundings(stand.text, start, end)
    quote = {"type": "TextQuoteSelector", "exact": stand.text[start:end], "prefix": prefix, "suffix": suffix}
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    return {"type": "SpecificResource", "source": source, "selector": [quote, position]}


def _provenance(quotation: Quotation, article: Article) -> dict[str, Any]:
    """Who answers for it, and what found it; what is not known is left out."""
    found: dict[str, Any] = {}
    if quotation["settled_by"]:
        found["creator"] = {"type": "Person", "nickname": quotation["settled_by"]}
    if quotation["settled_at"]:
        found["created"] = in_utc(quotation["settled_at"])
    if quotation["origin"] == "machine":
        found["generator"] = {"type": "Software", "name": f"Newsroom, pipeline {article['extracted_with']}"}
    if quotation["confidence"] is not None:
        found["confidence"] = quotation["confidence"]
    if quotation["note"]:
        found["note"] = quotation["note"]
    if quotation["is_hidden"]:
        found["isTakenOut"] = True
    if quotation["former_text"] is not None:
        found["isInFormerText"] = True
    return found


def quotation_in(annotation: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The quotation and the article that an annotation of ours is of, with the fields that it carries.

    Of the article that is the hash of the text that the offsets count in. `former_text` is 0 where that was a former
    one, whichever. Raises NotAnExport, which says what is missing.
    """
    try:
        return _read(annotation)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise NotAnExport(f"no annotation of a quotation as Newsroom writes it: {error!r}") from error


def _read(annotation: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    targets, bodies = annotation["target"], annotation["body"]
    placed = [_placed(target) for target in targets]
    roles = {body["role"]: _placed(body) for body in bodies if "role" in body}
    source = targets[0]["source"]
    named = next((body["name"] for body in bodies if body["type"] in AGENTS.values()), "")
    quotation = {
        "uid": annotation["id"].rstrip("/").replace(":", "/").rpartition("/")[2],
        "kind": annotation["kind"],
        "spans": [span for span, _ in placed],
        "content": " … ".join(words for _, words in placed),
        "cue": roles["cue"][0] if "cue" in roles else None,
        "cue_words": roles["cue"][1] if "cue" in roles else "",
        "mention": roles["mention"][0] if "mention" in roles else None,
        "mention_words": roles["mention"][1] if "mention" in roles else "",
        "speaker_name": named,
        "state": annotation["reviewState"],
        "origin": annotation["origin"],
        "confidence": annotation.get("confidence"),
        "settled_by": annotation.get("creator", {}).get("nickname", ""),
        "settled_at": annotation.get("created"),
        "note": annotation.get("note", ""),
        "is_hidden": annotation.get("isTakenOut", False),
        "former_text": 0 if annotation.get("isInFormerText") else None,
        "version": annotation["version"],
    }
    return quotation, {"title": source.get("headline", ""), "text_sha256": source["sha256"]}


def _placed(specific: Mapping[str, Any]) -> tuple[list[int], str]:
    selectors = {selector["type"]: selector for selector in specific["selector"]}
    position, quote = selectors["TextPositionSelector"], selectors["TextQuoteSelector"]
    return [position["start"], position["end"]], quote["exact"]


def looks_like(head: bytes) -> bool:
    """Whether a file that begins so may be one annotation: a collection of them says its own type first."""
    found = FIRST_TYPE.search(head)
    is_one = found is not None and found[1] == b"Annotation"
    return is_one and head.lstrip().startswith(b"{") and ANNO.encode() in head


def read(file: BinaryIO) -> Records:
    """The quotation of a permalink that was kept in a file, within its article."""
    written = file.read()
    try:
        found = json.loads(written)
    except ValueError as error:
        if not written.rstrip().endswith(b"}"):
            raise BrokenOff("it ends within the annotation") from error
        raise NotAnExport(f"not JSON ({error})") from error
    yield alone(*quotation_in(found))


def alone(quotation: Mapping[str, Any], article: Mapping[str, Any]) -> Article:
    """The record of an article, as far as a file with one quotation tells of it."""
    return cast("Article", {"record": "article", **article, "quotations": [quotation]})
