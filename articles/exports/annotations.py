"""Records -> W3C Web Annotations: each quotation, speaker, article and act as one.

The model has words for targets, bodies, times and people; what it has none for goes along as it is, under "record".
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from .records import Act, Article, Head, Quotation, Record, Speaker

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

SELECTED = ("spans", "content", "cue", "cue_words", "mention", "mention_words")
"""Fields of a quotation that its targets carry."""
_DETAILS = {
    "title": "title",
    "byline": "byline",
    "published_on": "published",
    "place": "place",
    "licence": "licence",
    "language": "language",
}


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
    rest = {field: value for field, value in quotation.items() if field not in SELECTED}
    return found | {"record": {"record": "quotation", **rest}}


def annotations_of(record: Record, *, head: Head) -> Iterator[dict[str, Any]]:
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
