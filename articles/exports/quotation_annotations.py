"""A quotation as one annotation after the W3C Web Annotation Data Model (2017), and back; knows no Django.

The targets are the spans of its words; bodies say which kind of quotation they are and who said them, and hold the
words that attribute them. A body is about each target, so cue and mention are no targets. Their source is the text,
named by its hash, so that whoever has the text knows it. What the model has no word for has the words of schema.org,
or of TERMS.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, NamedTuple, TypedDict, cast

from .records import CONTENT_GAP, OFFSETS, Article, BrokenOff, NotAnExport, Quotation, Records

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
NAMED_BY_HASH = "ni:///sha-256;"
FIRST_TYPE = re.compile(rb'"type"\s*:\s*"(\w+)"')
AGENTS = {"person": "Person", "body": "Organization"}


class Agent(TypedDict):
    """What the annotation says of a speaker, besides what a quotation calls them: any Speaker is one."""

    number: int
    kind: str
    wikidata_id: str


class Stand(NamedTuple):
    """The text that a quotation's offsets count in, with what it was called then."""

    text: str
    sha256: str
    title: str
    byline: str
    published_on: str | None


def annotation(quotation: Quotation, article: Article, speaker: Agent | None, *, address: str) -> dict[str, Any]:
    """`quotation`, which stands in `article`, as a W3C annotation that stands alone.

    It says what its text is called and where it was printed; the text itself is not in it. `speaker` is who said it,
    `address` is as for `item`.
    """
    made = item(quotation, article, speaker, address=address)
    made["target"][0]["source"] = source_of(stand_of(article, quotation["former_text"]), article, address=address)
    return {"@context": CONTEXT, **made}


def item(quotation: Quotation, article: Article, speaker: Agent | None, *, address: str) -> dict[str, Any]:
    """The same for a collection, which has CONTEXT and says once what each text is.

    `address` is that of the export's Head or, where nobody said, a URN that no other export has.
    """
    stand = stand_of(article, quotation["former_text"])
    source = named_by_hash(stand.sha256)
    made: dict[str, Any] = {
        "id": permalink(quotation["uid"], address=address),
        "type": "Annotation",
        "motivation": ["identifying", "classifying"] if speaker else "classifying",
        "body": [*_bodies(quotation, speaker, stand, source, address)],
        "target": [_specific(stand, source, span, role="content") for span in quotation["spans"]],
        "offsetUnit": OFFSETS,
        "kind": quotation["kind"],
        "reviewState": quotation["state"],
        "origin": quotation["origin"],
        "version": quotation["version"],
    }
    return made | _provenance(quotation, article)


def permalink(uid: str, *, address: str) -> str:
    return f"{address}/quotations/{uid}/" if is_web(address) else f"urn:uuid:{uid}"


def page_of(kind: str, number: int, *, address: str) -> str:
    """The page of a record, `kind` as in addresses: "speakers"; else a name that is true of this export only."""
    return f"{address}/{kind}/{number}/" if is_web(address) else f"{address}#{kind}-{number}"


def is_web(address: str) -> bool:
    return "://" in address


def stand_of(article: Article, former: int | None) -> Stand:
    """The article's text as it is or, where words are gone from that, the former one that has them."""
    holder = article if former is None else article["former_texts"][former]
    fields = ("text", "text_sha256", "title", "byline", "published_on")
    return Stand(*(holder[name] for name in fields))  # type: ignore[literal-required]


def prefix_and_suffix(text: str, start: int, end: int) -> tuple[str, str]:
    """Of what stands from `start` to `end`."""
    return text[max(start - AROUND, 0) : start], text[end : end + AROUND]


def named_by_hash(sha256: str) -> str:
    """The name of a text after RFC 6920: the same wherever it lies, and no other text has it."""
    digest = base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")
    return NAMED_BY_HASH + digest


def hash_in(name: str) -> str:
    """The SHA-256, in hexadecimal, of a text that `named_by_hash` names. Raises ValueError where it names none."""
    digest = base64.urlsafe_b64decode(name.removeprefix(NAMED_BY_HASH) + "=")
    if len(digest) != hashlib.sha256().digest_size or named_by_hash(digest.hex()) != name:
        raise ValueError(f"no text named by its hash: {name[:100]}")
    return digest.hex()


def in_utc(moment: str) -> str:
    """An ISO 8601 time as the model has it, in UTC with a Z."""
    there = datetime.datetime.fromisoformat(moment)
    return there.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")


def source_of(stand: Stand, article: Article, *, address: str) -> dict[str, Any]:
    """What a text is called, and where it stands."""
    page = page_of("articles", article["number"], address=address) if is_web(address) else ""
    outlet = article["outlet"]
    source = {
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
    return {name: value for name, value in source.items() if value}


def person(username: str) -> dict[str, str]:
    return {"type": "Person", "nickname": username}


def _bodies(
    quotation: Quotation, speaker: Agent | None, stand: Stand, source: str, address: str
) -> Iterator[dict[str, Any]]:
    kind = f"{quotation['kind']} quotation"
    yield {"type": "TextualBody", "purpose": "classifying", "format": "text/plain", "language": "en", "value": kind}
    if speaker:
        page = page_of("speakers", speaker["number"], address=address)
        body = {"id": page, "type": AGENTS[speaker["kind"]], "name": quotation["speaker_name"]}
        yield body | ({"sameAs": WIKIDATA + speaker["wikidata_id"]} if speaker["wikidata_id"] else {})
    for role, span in (("cue", quotation["cue"]), ("mention", quotation["mention"])):
        if span:
            yield _specific(stand, source, span, role=role)


def _specific(stand: Stand, source: str, span: list[int], *, role: str) -> dict[str, Any]:
    start, end = span
    prefix, suffix = prefix_and_suffix(stand.text, start, end)
    quote = {"type": "TextQuoteSelector", "exact": stand.text[start:end], "prefix": prefix, "suffix": suffix}
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    return {"type": "SpecificResource", "source": source, "selector": [quote, position], "role": role}


def _provenance(quotation: Quotation, article: Article) -> dict[str, Any]:
    """Who answers for it, and what found it; what is not known is left out."""
    found: dict[str, Any] = {}
    if quotation["settled_by"]:
        found["creator"] = person(quotation["settled_by"])
    if quotation["settled_at"]:
        found["created"] = in_utc(quotation["settled_at"])
    if quotation["origin"] == "machine" and article["extracted_with"]:
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
    created = annotation.get("created")
    placed = [_placed(target) for target in targets]
    roles = {body["role"]: _placed(body) for body in bodies if "role" in body}
    source = targets[0]["source"]
    described = source if isinstance(source, dict) else {"id": source}
    named = next((body["name"] for body in bodies if body["type"] in AGENTS.values()), "")
    quotation = {
        "uid": annotation["id"].rstrip("/").replace(":", "/").rpartition("/")[2],
        "kind": annotation["kind"],
        "spans": [span for span, _ in placed],
        "content": CONTENT_GAP.join(words for _, words in placed),
        "cue": roles["cue"][0] if "cue" in roles else None,
        "cue_words": roles["cue"][1] if "cue" in roles else "",
        "mention": roles["mention"][0] if "mention" in roles else None,
        "mention_words": roles["mention"][1] if "mention" in roles else "",
        "speaker_name": named,
        "state": annotation["reviewState"],
        "origin": annotation["origin"],
        "confidence": annotation.get("confidence"),
        "settled_by": annotation.get("creator", {}).get("nickname", ""),
        "settled_at": created and created.replace("Z", "+00:00"),
        "note": annotation.get("note", ""),
        "is_hidden": annotation.get("isTakenOut", False),
        "former_text": 0 if annotation.get("isInFormerText") else None,
        "version": annotation["version"],
    }
    return quotation, {"title": described.get("headline", ""), "text_sha256": hash_in(described["id"])}


def _placed(specific: Mapping[str, Any]) -> tuple[list[int], str]:
    selectors = {selector["type"]: selector for selector in specific["selector"]}
    position, quote = selectors["TextPositionSelector"], selectors["TextQuoteSelector"]
    return [position["start"], position["end"]], quote["exact"]


def looks_like(head: bytes) -> bool:
    """Whether a file that begins so may be one annotation of ours."""
    return begins_with(head, b"Annotation")


def begins_with(head: bytes, kind: bytes) -> bool:
    """Whether a file that begins so has our terms, and that type: a collection says its own first."""
    found = FIRST_TYPE.search(head)
    is_ours = head.lstrip().startswith(b"{") and ANNO.encode() in head and TERMS.encode() in head
    return is_ours and found is not None and found[1] == kind


def read(file: BinaryIO) -> Records:
    """The quotation of a permalink that was kept in a file, within its article."""
    written = file.read()
    try:
        found = json.loads(written)
    except (ValueError, RecursionError) as error:
        if not written.rstrip().endswith(b"}"):
            raise BrokenOff("it ends within the annotation") from error
        raise NotAnExport(f"not JSON ({error})") from error
    yield alone(*quotation_in(found))


def alone(quotation: Mapping[str, Any], article: Mapping[str, Any]) -> Article:
    """The record of an article, as far as a file with one quotation tells of it."""
    return cast("Article", {"record": "article", **article, "quotations": [quotation]})
