"""The TEI export against the DTD of TEI P5, and what the markup of odd spans is."""

import io
from pathlib import Path
from typing import Any

import pytest
import trafilatura
from hypothesis import given
from lxml import etree

from articles.exports import tei
from articles.exports.records import NotAnExport, Record
from articles.exports.tei_markup import TEI

from . import making

DTD = Path(trafilatura.__file__).parent / "data" / "tei_corpus.dtd"
"""Of TEI P5 4.8.0, as trafilatura ships it."""
NAMES = {"t": TEI}


def written(records: Any) -> bytes:
    out = io.BytesIO()
    tei.write(iter(records), out)
    return out.getvalue()


def one_quotation(text: str, spans: list[list[int]], **fields: Any) -> list[Any]:
    head, article, end = making.many(1, quoted=1)
    (quotation,) = article["quotations"]  # type: ignore[typeddict-item]
    quotation |= {"spans": spans, "cue": None, "mention": None, **fields}
    return [head, {**article, "text": text, "text_sha256": making.digest(text), "quotations": [quotation]}, end]


@making.some(10)
@given(records=making.exports())
def test_is_valid(records: list[Record]) -> None:
    if not any(each["record"] == "article" for each in records):
        return  # TEI knows no corpus of nothing
    dtd = etree.DTD(str(DTD))
    root = etree.fromstring(written(records))
    for element in root.iter():
        element.attrib.pop("ana", None)  # global in TEI, of the module "analysis", which this DTD leaves out
    assert dtd.validate(root), dtd.error_log.filter_from_errors()[:5]


@making.some(10)
@given(records=making.exports())
def test_pointers_lead_somewhere(records: list[Record]) -> None:
    root = etree.fromstring(written(records))
    names = [str(name) for name in root.xpath("//@xml:id")]  # type: ignore[union-attr]
    assert len(set(names)) == len(names)
    for attribute in ("who", "ana", "corresp", "prev", "next"):
        for value in root.xpath(f"//@{attribute}"):  # type: ignore[union-attr]
            assert {each.removeprefix("#") for each in str(value).split()} <= set(names)


@making.some(10)
@given(records=making.exports())
def test_the_body_is_the_text(records: list[Record]) -> None:
    root = etree.fromstring(written(records))
    articles = [each for each in records if each["record"] == "article"]
    for article, body in zip(articles, root.iterfind(".//t:body", NAMES), strict=True):
        plain = "".join(char for char in article["text"] if not tei_cannot(char))
        assert "".join(map(str, body.itertext())) == plain


def tei_cannot(char: str) -> bool:
    return char in "\ufffe\uffff" or (char < " " and char not in "\t\n")


def test_pieces_over_paragraphs_are_linked() -> None:
    text = "“One.\n\nTwo,” she said."
    root = etree.fromstring(written(one_quotation(text, [[0, 12]], speaker=3, speaker_name="Ann Low")))
    first, second = root.iterfind(".//t:said", NAMES)
    assert (first.text, second.text) == ("“One.\n\n", "Two,”")
    assert first.get("next") == f"#{second.get('{http://www.w3.org/XML/1998/namespace}id')}"
    assert (first.get("who"), first.get("direct"), first.get("n"), second.get("n")) == ("#a1-s3", "true", "1", "1")
    assert root.findtext(".//t:person/t:persName", namespaces=NAMES) == "Ann Low"


def test_overlapping_spans_come_back() -> None:
    text = "abcdefghij"
    records = one_quotation(text, [[0, 2], [2, 5]], cue=[1, 4], mention=[3, 9])
    (_, article, _) = tei.read(io.BytesIO(written(records)))
    (quotation,) = article["quotations"]  # type: ignore[typeddict-item]
    assert (quotation["spans"], quotation["cue"], quotation["mention"]) == ([[0, 2], [2, 5]], [1, 4], [3, 9])


def test_another_text_in_it_and_what_is_no_xml_are_said() -> None:
    data = written(making.many(2))
    for damaged in (data.replace(b"boat", b"bout"), data.replace(b"<p>", b"<q>", 1), data.replace(b"boat", b"&x;")):
        with pytest.raises(NotAnExport):
            list(tei.read(io.BytesIO(damaged)))


def test_a_document_type_is_refused() -> None:
    data = written(making.many(1)).replace(b"<teiCorpus", b'<!DOCTYPE x [<!ENTITY y "z">]><teiCorpus', 1)
    with pytest.raises(NotAnExport):
        list(tei.read(io.BytesIO(data)))
