"""The Web Annotation export against the W3C's rules, a JSON-LD processor, and our own reader of such files."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from pyld import jsonld

from articles.exports import quotation_annotations, web_annotation
from articles.exports.records import OFFSETS, NotAnExport, Record
from articles.exports.standing import standing
from articles.importing import ArticleRecord, read

from . import anno_context, making

OA = "http://www.w3.org/ns/oa#"
TERMS = "urn:newsroom:terms:"
OWN = {"@context", "head", "record", "end"}


def written(records: list[Record]) -> dict[str, Any]:
    out = io.BytesIO()
    web_annotation.write(iter(records), out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def is_iri(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", value))


class Model:
    """What "Web Annotation Data Model" (W3C Recommendation, 23 February 2017) says MUST be, by its sections."""

    def collection(self, found: dict[str, Any]) -> None:
        """5.1 and 5.2."""
        assert "http://www.w3.org/ns/anno.jsonld" in listed(found["@context"])
        assert is_iri(found["id"])
        assert "AnnotationCollection" in listed(found["type"])
        assert isinstance(found["total"], int) and found["total"] >= 0
        assert ("first" in found) == (found["total"] > 0)
        if found["total"]:
            page = found["first"]
            assert is_iri(page["id"]) and "AnnotationPage" in listed(page["type"])
            assert page["partOf"] == found["id"] and page["startIndex"] == 0
            assert len(page["items"]) == found["total"] and "next" not in page
            assert is_iri(found["last"]) and found["last"] == page["id"]
            names = [each["id"] for each in page["items"]]
            assert len(set(names)) == len(names)
            for each in page["items"]:
                self.annotation(each)

    def annotation(self, found: dict[str, Any]) -> None:
        """3.1, 3.3.1."""
        assert is_iri(found["id"])
        assert "Annotation" in listed(found["type"])
        assert listed(found["target"])
        for target in listed(found["target"]):
            self.resource(target)
        for body in listed(found.get("body", [])):
            self.resource(body)
        for motivation in listed(found.get("motivation", [])):
            assert motivation in anno_context.MOTIVATIONS
        self.lifecycle(found)

    def resource(self, found: Any) -> None:
        """3.2.1, 3.2.4, 4."""
        if isinstance(found, str):
            assert is_iri(found)
        elif found.get("type") == "TextualBody":
            assert isinstance(found["value"], str)
            assert set(listed(found.get("purpose", []))) <= set(anno_context.MOTIVATIONS)
        elif found.get("type") == "SpecificResource":
            assert len(listed(found["source"])) == 1
            self.resource(found["source"])
            for selector in listed(found.get("selector", [])):
                self.selector(selector)
        else:
            assert is_iri(found["id"]), found
            assert "purpose" not in found  # only of textual bodies and specific resources

    def selector(self, found: dict[str, Any]) -> None:
        """4.2.4 and 4.2.5."""
        match found["type"]:
            case "TextQuoteSelector":
                assert set(found) <= {"type", "exact", "prefix", "suffix", "refinedBy"}
                assert all(isinstance(found[name], str) for name in ("exact", "prefix", "suffix"))
            case "TextPositionSelector":
                assert set(found) <= {"type", "start", "end", "refinedBy"}
                assert all(isinstance(found[name], int) for name in ("start", "end"))
                assert 0 <= found["start"] <= found["end"]
            case other:
                raise AssertionError(other)

    def lifecycle(self, found: dict[str, Any]) -> None:
        """3.3.1: times in UTC with "Z"; 3.3.2: agents by IRI or with a name."""
        for name in ("created", "modified", "generated"):
            if name in found:
                assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", found[name])
        for agent in [*listed(found.get("creator", [])), *listed(found.get("generator", []))]:
            assert is_iri(agent) or (
                agent["type"] in ("Person", "Organization", "Software") and (agent.get("name") or agent["nickname"])
            )


@making.some(12)
@given(records=making.exports())
def test_keeps_the_models_rules(records: list[Record]) -> None:
    Model().collection(written(records))


@making.some(12)
@given(records=making.exports())
def test_selectors_select_the_words(records: list[Record]) -> None:
    found = written(records)
    texts = {}
    for article in records:
        if article["record"] == "article":
            texts[article["text_sha256"]] = article["text"]
            texts |= {former["text_sha256"]: former["text"] for former in article["former_texts"]}
    for annotation in found.get("first", {}).get("items", []):
        for target in [*listed(annotation["target"]), *listed(annotation.get("body", []))]:
            if isinstance(target, dict) and "selector" in target:
                assert annotation["offsetUnit"] == OFFSETS
                text = texts[quotation_annotations.hash_in(target["source"])]
                quote, position = target["selector"]
                start, end = position["start"], position["end"]
                assert text[start:end] == quote["exact"]
                assert text[max(start - 32, 0) : start] == quote["prefix"]
                assert text[end : end + 32] == quote["suffix"]


@making.some(12)
@given(records=making.exports())
def test_quotations_are_as_their_permalinks_have_them(records: list[Record]) -> None:
    """But for what the text is called, which its article's annotation says, and what an export has besides."""
    document = written(records)
    items = {each["id"]: each for each in document.get("first", {}).get("items", [])}
    address = records[0]["address"] or document["id"]  # type: ignore[typeddict-item]
    speakers = {each["number"]: each for each in records if each["record"] == "speaker"}
    for article in records:
        for quotation in article["quotations"] if article["record"] == "article" else ():
            speaker = speakers.get(quotation["speaker"] or 0)
            alone = quotation_annotations.annotation(quotation, article, speaker, address=address)
            Model().annotation(alone)
            assert jsonld.expand(alone, OFFLINE)[0]["@type"] == [f"{OA}Annotation"] and not _unmapped(alone)
            source = alone["target"][0]["source"]
            alone["target"][0]["source"] = source["id"]
            del alone["@context"]
            found = items[alone["id"]]
            assert {name: value for name, value in found.items() if name not in ("record", "isListed")} == alone
            if quotation["former_text"] is None:
                described = items[f"{document['id']}#article-{article['number']}"]["target"]
                assert described["value"] == article["text"] and source.items() <= described.items()


@making.some(8)
@given(records=making.exports())
def test_is_understood_by_a_json_ld_processor(records: list[Record]) -> None:
    document = written(records)
    (expanded,) = jsonld.expand(document, OFFLINE)
    assert expanded["@type"] == ["http://www.w3.org/ns/activitystreams#OrderedCollection"]
    assert expanded[f"{TERMS}head"] == [{"@type": "@json", "@value": document["head"]}]
    again = jsonld.expand(jsonld.compact(expanded, document["@context"], OFFLINE), OFFLINE)
    assert _sorted(again) == _sorted([expanded])
    items = _items(expanded)
    assert len(items) == document["total"]
    for item, annotation in zip(items, document.get("first", {}).get("items", []), strict=True):
        assert item["@type"] == [f"{OA}Annotation"] and item["@id"] == annotation["id"]
        assert item[f"{TERMS}record"] == [{"@type": "@json", "@value": annotation["record"]}]
        assert len(item[f"{OA}hasTarget"]) == len(listed(annotation["target"]))
        assert len(item[f"{OA}hasBody"] if "body" in annotation else []) == len(listed(annotation.get("body", [])))
        for target in [*item[f"{OA}hasTarget"], *item.get(f"{OA}hasBody", [])]:
            selectors = target.get(f"{OA}hasSelector", [])
            assert [each["@type"] for each in selectors] in (
                [],
                [[f"{OA}TextQuoteSelector"], [f"{OA}TextPositionSelector"]],
            )
    assert not _unmapped(document)


def test_where_it_is_damaged_is_said() -> None:
    out = io.BytesIO()
    web_annotation.write(making.many(3), out)
    lines = out.getvalue().split(b"\n")
    for damaged in (
        [*lines[:1], *lines[2:]],  # without the first article
        [line.replace(b'"TextQuoteSelector"', b'"X"', 1).replace(b'"exact"', b'"exakt"') for line in lines],
        [*lines, b'{"a": {}}'],
        [*lines[:2], b"no JSON,", *lines[2:]],
    ):
        with pytest.raises(NotAnExport):
            list(web_annotation.read(io.BytesIO(b"\n".join(damaged))))


def test_a_file_with_fewer_annotations_than_it_says_has_broken_off() -> None:
    out = io.BytesIO()
    web_annotation.write(making.many(3), out)
    lines = out.getvalue().split(b"\n")
    with pytest.raises(ValueError, match="its end says 6 quotations, there are 5"):
        list(web_annotation.read(io.BytesIO(b"\n".join([*lines[:2], *lines[3:]]))))


@making.some(12)
@given(records=making.exports())
def test_our_import_reads_its_texts_and_quotations(
    records: list[Record], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path: Path = tmp_path_factory.mktemp("annotations") / "export.jsonld"
    with path.open("wb") as file:
        web_annotation.write(iter(records), file)
    exported = [each for each in records if each["record"] == "article"]
    found = list(read(path))
    if not exported:
        return
    assert [type(each) for each in found] == [ArticleRecord] * len(exported), found
    for article, record in zip(exported, found, strict=True):
        assert isinstance(record, ArticleRecord)
        if record.text != article["text"]:  # an import brings texts into normal form
            continue
        spans = {tuple(map(tuple, each["spans"])) for each in listed_of(article)}
        assert {each.spans for each in record.quotations} == spans
        kinds = {(tuple(map(tuple, each["spans"])), each["kind"]) for each in listed_of(article)}
        assert {(each.spans, each.kind) for each in record.quotations} == kinds
        cues = {tuple(each["cue"]) for each in listed_of(article) if each["cue"]}
        assert {each.cue for each in record.quotations if each.cue} == cues
        assert {each.speaker_name for each in record.quotations} == {
            each["speaker_name"] for each in listed_of(article)
        }


def test_our_import_reads_what_an_article_is_called_and_where_it_was_printed(tmp_path: Path) -> None:
    with (tmp_path / "export.jsonld").open("wb") as file:
        web_annotation.write(making.many(1), file)
    (record,) = read(tmp_path / "export.jsonld")
    assert isinstance(record, ArticleRecord)
    assert (record.title, record.outlet, record.published_on and record.published_on.isoformat()) == (
        *("Invented article 1", "The Harbour Gazette"),
        "2025-03-04",
    )
    assert (record.url, record.language) == ("https://gazette.example/1", "en")


def listed_of(article: Any) -> list[Any]:
    return [each for each in standing(article) if each["state"] != "rejected"]


def _offline(url: str, options: dict[str, Any]) -> dict[str, Any]:
    assert url == "http://www.w3.org/ns/anno.jsonld"
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": anno_context.CONTEXT,
    }


OFFLINE = {"documentLoader": _offline, "processingMode": "json-ld-1.1"}


def _items(expanded: dict[str, Any]) -> list[dict[str, Any]]:
    pages = expanded.get("http://www.w3.org/ns/activitystreams#first", [])
    return [each for page in pages for each in page["http://www.w3.org/ns/activitystreams#items"][0]["@list"]]


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _sorted(each) for name, each in sorted(value.items())}
    return sorted(map(_sorted, value), key=json.dumps) if isinstance(value, list) else value


def _unmapped(document: dict[str, Any]) -> set[str]:
    """Keys of the document that stand for nothing in its contexts, and would be dropped without a word."""
    known = {*anno_context.CONTEXT["@context"], *(name for each in document["@context"][1:] for name in each)}

    def keys(value: Any) -> set[str]:
        if isinstance(value, list):
            return set().union(*map(keys, value)) if value else set()
        if not isinstance(value, dict):
            return set()
        return set(value) | set().union(*(keys(each) for name, each in value.items() if name not in OWN))

    return keys(document) - known - {"@context"}
