"""A quotation as a W3C Web Annotation: the model's own rules, and what is read back. The sentences are invented."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from articles.exports.quotation_annotations import (
    AROUND,
    annotation,
    hash_in,
    in_utc,
    named_by_hash,
    prefix_and_suffix,
    quotation_in,
)
from articles.exports.records import Article, NotAnExport, Quotation, Speaker
from articles.models import Article as Stored
from tests.importing.reading_helpers import record_in

TEXT = "😀 أخبار\n\n“The bridge,” Ada Brook said, “stays shut.” Others left.\n"
UID = "6f1c2f0e-2f3b-4d6a-9d55-0d8f6f6f0001"
EXPORT = "urn:uuid:6f1c2f0e-2f3b-5d6a-9d55-0d8f6f6f0002"


def at(words: str) -> list[int]:
    return [TEXT.index(words), TEXT.index(words) + len(words)]


def an_article(**fields: Any) -> Article:
    article: dict[str, Any] = {
        **{"record": "article", "number": 3, "title": "Bridge", "text": TEXT, "text_sha256": Stored.digest(TEXT)},
        **{"outlet": {"number": 1, "name": "Quay News", "homepage": "", "version": 1}, "byline": "Ida Moss"},
        **{"published_on": "2025-03-01", "url": "https://quay.example/bridge", "language": "en"},
        **{"extracted_with": "7", "former_texts": []},
    }
    return article | fields  # type: ignore[return-value]


def a_quotation(**fields: Any) -> Quotation:
    quotation: dict[str, Any] = {
        **{"uid": UID, "kind": "direct", "spans": [at("“The bridge,”"), at("“stays shut.”")]},
        **{"content": "“The bridge,” … “stays shut.”", "cue": at("said"), "cue_words": "said"},
        **{"mention": at("Ada Brook"), "mention_words": "Ada Brook", "speaker": 5, "speaker_name": "Ada Brook (MP)"},
        **{"state": "accepted", "origin": "machine", "confidence": 0.8, "settled_by": "anna"},
        **{"settled_at": "2025-03-02T10:00:00+02:00", "note": "", "is_hidden": False, "former_text": None},
        "version": 2,
    }
    return quotation | fields  # type: ignore[return-value]


ADA: Speaker = {  # type: ignore[typeddict-item]
    **{"record": "speaker", "number": 5, "name": "Ada Brook", "qualifier": "MP", "kind": "person", "role": ""},
    **{"wikidata_id": "Q42", "is_hidden": False, "merged_into": None, "aliases": [], "version": 1},
}
BARE = {"cue": None, "mention": None, "speaker": None, "speaker_name": "", "confidence": None, "settled_by": ""}
BARE |= {"settled_at": None, "state": "suggested", "cue_words": "", "mention_words": ""}


@pytest.fixture
def made() -> dict[str, Any]:
    return annotation(a_quotation(), an_article(), ADA, address="https://newsroom.example")


def assert_model(made: dict[str, Any]) -> None:
    """What the model says an annotation MUST be, of the parts that ours have."""
    assert made["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert isinstance(made["id"], str) and made["id"].partition(":")[1]
    assert made["type"] == "Annotation" and made["target"]
    assert made.get("created", "Z").endswith("Z")
    specific = [one for one in (*made["target"], *made["body"]) if one["type"] == "SpecificResource"]
    for body in made["body"]:
        if body["type"] == "TextualBody":
            assert isinstance(body["value"], str)
        elif body["type"] != "SpecificResource":
            assert body["id"].partition(":")[1]
    for one in specific:
        source = one["source"]
        assert (source if isinstance(source, str) else source["id"]).startswith("ni:///sha-256;")
        quote, position = one["selector"]
        assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
        assert 0 <= position["start"] < position["end"]
        assert quote["exact"] == TEXT[position["start"] : position["end"]]
        assert TEXT[: position["start"]].endswith(quote["prefix"]) and len(quote["prefix"]) <= AROUND
        assert TEXT[position["end"] :].startswith(quote["suffix"]) and len(quote["suffix"]) <= AROUND


def test_the_rules_of_the_model(made: dict[str, Any]) -> None:
    assert_model(made)
    assert_model(
        annotation(a_quotation(**BARE), an_article(language="", published_on=None, outlet=None), None, address=EXPORT)
    )
    assert json.loads(json.dumps(made)) == made


def test_who_said_it_and_who_answers_for_it(made: dict[str, Any]) -> None:
    assert made["id"] == f"https://newsroom.example/quotations/{UID}/"
    assert made["body"][1] == {
        "id": "https://newsroom.example/speakers/5/",
        "type": "Person",
        "name": "Ada Brook (MP)",
        "sameAs": "http://www.wikidata.org/entity/Q42",
    }
    assert made["creator"] == {"type": "Person", "nickname": "anna"}
    assert made["created"] == "2025-03-02T08:00:00Z"
    assert made["target"][0]["source"]["via"] == [
        "https://newsroom.example/articles/3/",
        "https://quay.example/bridge",
    ]


def test_without_an_address_names_are_urns() -> None:
    made = annotation(a_quotation(), an_article(url=""), ADA, address=EXPORT)
    assert made["id"] == f"urn:uuid:{UID}" and made["body"][1]["id"] == f"{EXPORT}#speakers-5"
    assert "via" not in made["target"][0]["source"]


@pytest.mark.parametrize("address", [EXPORT, "https://newsroom.example"])
def test_what_is_written_is_read_again(address: str) -> None:
    for quotation, speaker in ((a_quotation(), ADA), (a_quotation(**BARE), None)):
        read, article = quotation_in(
            json.loads(json.dumps(annotation(quotation, an_article(), speaker, address=address)))
        )
        expected = {name: value for name, value in quotation.items() if name != "speaker"}
        assert read | {"settled_at": expected["settled_at"]} == expected
        assert read["settled_at"] == ("2025-03-02T08:00:00+00:00" if quotation["settled_at"] else None)
        assert article["text_sha256"] == Stored.digest(TEXT)


def test_words_of_a_former_text_are_placed_in_that_one() -> None:
    former = {"text": TEXT, "text_sha256": Stored.digest(TEXT), "title": "Old", "byline": "", "published_on": None}
    article = an_article(text="Nothing.", text_sha256=Stored.digest("Nothing."), former_texts=[former])
    made = annotation(a_quotation(former_text=0), article, ADA, address=EXPORT)
    assert_model(made)
    assert made["isInFormerText"] and made["target"][0]["source"]["headline"] == "Old"
    assert quotation_in(made)[0]["former_text"] == 0


def test_names_by_hash_and_times() -> None:
    # The example of RFC 6920, 8.2.
    digest = "532690057e12fe2b74ba07c892560ba2d7877eb62ff44d5a19002530ed97ffe4"
    assert named_by_hash(Stored.digest("Hello World!")) == "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"
    assert hash_in(named_by_hash(digest)) == digest
    for other in ("https://quay.example/bridge", f"{named_by_hash(digest)}A", f"{named_by_hash(digest)[:-2]}"):
        with pytest.raises(ValueError, match=r"by its hash|base64|padding"):
            hash_in(other)
    assert in_utc("2025-03-02T10:00:00.250000+02:00") == "2025-03-02T08:00:00.250000Z"


@pytest.mark.parametrize("wrong", [{}, {"target": [], "body": []}, {"target": "x", "body": "y"}, {"id": 5}])
def test_another_annotation_is_none_of_ours(made: dict[str, Any], wrong: dict[str, Any]) -> None:
    with pytest.raises(NotAnExport, match="no annotation of a quotation"):
        quotation_in({**made, **wrong} if wrong else {})


def test_the_importer_reads_it_with_its_text(made: dict[str, Any]) -> None:
    made["target"][0]["source"]["value"] = TEXT
    record = record_in(json.dumps(made).encode())
    (quotation,) = record.quotations
    assert [list(span) for span in quotation.spans] == a_quotation()["spans"]
    assert (list(quotation.cue or ()), list(quotation.mention or ())) == (at("said"), at("Ada Brook"))
    assert (quotation.kind, quotation.speaker_name) == ("direct", "Ada Brook (MP)")


def test_words_are_found_again_as_the_documentation_shows() -> None:
    written = (Path(settings.BASE_DIR) / "docs" / "citing.md").read_text("utf-8")
    shown: dict[str, Any] = {}
    exec(written.partition("```python\n")[2].partition("```")[0], shown)  # noqa: S102
    words, start = "“stays shut.”", at("“stays shut.”")[0]
    prefix, suffix = prefix_and_suffix(TEXT, *at(words))
    found = shown["find_again"](f"{words} New. {TEXT}", words, prefix, suffix, start)
    assert found == [start + len(f"{words} New. ")]
    assert shown["find_again"](f"{words} and {words}", words, prefix, suffix, start) == [len(f"{words} and ")]
    assert shown["find_again"]("Nothing.", words, prefix, suffix, start) == []
