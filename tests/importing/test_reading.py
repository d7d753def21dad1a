"""The one way in: what is recognised, the normal form, where a record says it came from, and what a fault costs."""

import bz2
import codecs
import gzip
import hashlib
import io
import json
import lzma
from pathlib import Path

import pytest

from articles.importing import ArticleRecord, Source, UnreadableInput, read, recognise

from .reading_helpers import WORDS, everything_in, pdf_of, problem_in, record_in, zipped


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "text"),
        (WORDS.encode(), "text"),
        (b"Title: Bridge\nDate: 2025-03-04\n\nWords.", "text"),
        (b"From: the harbour\nTo: the town\n\nIt is a long way, he said.", "text"),
        (b"<3 is what she wrote", "text"),
        (b"[Music] The band, he said, was late.", "text"),
        (b"{Laughter} The band was late.", "text"),
        (b"Roses, violets\nand, so they say, more\n", "text"),
        (b"--- He left. ---\n\nShe stayed.", "text"),
        (b"#1 in the charts", "text"),
        (b"\x89PNG\r\n\x1a\n\0\0", "text"),
        (b"---\ntitle: Bridge\n---\nWords.", "markdown"),
        (b"# Bridge\n\nWords.", "markdown"),
        (b"<!DOCTYPE html>\n<html><body>", "html"),
        (b"\n<!-- saved --><HTML lang=en>", "html"),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x" "y"><html xmlns="z">', "html"),
        (b"<p>Words.</p>", "html"),
        (b'{"text": "a"}\n{"text": "b"}', "json-lines"),
        (b'{\n  "text": "a"\n}', "json"),
        (b'[{"text": "a"}]', "json"),
        (b'{"text": "a", "label": [[0, 1, "Cue"]]}', "doccano"),
        (b'{"text": "a", "entities": [{"id": 1, "label": "Cue", "start_offset": 0, "end_offset": 1}]}', "doccano"),
        (b'{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation"}', "web-annotation"),
        (b"title,text\nBridge,Words\n", "csv"),
        (b"title;text\nBridge;Words\n", "csv"),
        (b"id\tname\n1\tAda\n", "csv"),
        (b"<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'>", "newsml-g2"),
        (b"<?xml version='1.0'?><newsItem xmlns='x'>", "newsml-g2"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE nitf SYSTEM "nitf.dtd" [\n<!-- a -->\n]>\n<nitf>', "nitf"),
        (b"<rss version='2.0'>", "rss"),
        (b"<rdf:RDF xmlns:rdf='x'>", "rss"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "atom"),
        (b"<?xml version='1.0'?><svg/>", "xml"),
        (b"From: a@b.example\nSubject: x\nDate: y\n\nWords", "email"),
        (b"T1\tCue 0 4\tsaid\n", "brat-annotations"),
        (zipped({"a.txt": b"a"}), "zip"),
        (zipped({"[Content_Types].xml": b"a"}), "docx"),
        (pdf_of([]), "pdf"),
        (gzip.compress(b"a"), "gzip"),
        (bz2.compress(b"a"), "bzip2"),
        (lzma.compress(b"a"), "xz"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # bytes of archives hold the time
)
def test_formats_are_told_by_content(data: bytes, name: str) -> None:
    assert recognise(data) == name
    if recognise(codecs.BOM_UTF8 + data) != "text":  # a mark makes text of what is not
        assert recognise(codecs.BOM_UTF8 + data) == name


def test_a_mapped_column_makes_a_table() -> None:
    assert recognise(b"id,wording\n1,No\n2,Yes, said\n") == "text"
    assert recognise(b"id,wording\n1,No\n", mapping={"text": "wording"}) == "csv"


def test_a_field_that_no_article_has_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match='"sport" is not a field of an article'):
        read("gone.csv", mapping={"sport": "x"})


def test_every_record_says_where_it_came_from(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(WORDS.encode())
    (record,) = read(path)
    assert isinstance(record, ArticleRecord)
    assert (record.source_name, record.reader, record.encoding, record.language) == (str(path), "text", "utf-8", "en")
    assert record.sha256 == hashlib.sha256(WORDS.encode()).hexdigest()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Bürgermeister sagte am Montag, die Brücke bleibe bis auf weiteres geschlossen.", "de"),
        ("وزیر روز دوشنبه گفت که وضعیت پل بهبود یافته است و به زودی باز خواهد شد.", "fa"),
        ("ok", ""),
        ("12 345 678", ""),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert record_in(text.encode()).language == language


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Cafe\u0301 closed.", "Café closed."),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\u200b\ufeffWords\u200d\n\u200b", "Words\n"),
        ("👩\u200d🍳 cooks", "👩\u200d🍳 cooks"),
    ],
)
@pytest.mark.parametrize("in_json", [True, False])
def test_normal_form(written: str, text: str, in_json: bool) -> None:
    data = json.dumps({"text": written}) if in_json else written
    assert record_in(data.encode()).text == text


def test_nul_and_lone_surrogates_in_json() -> None:
    record = record_in(b'{"text": "a\\u0000b \\ud800 c", "title": "T\\u0000\\ud800"}')
    assert (record.text, record.title) == ("ab \ufffd c", "T\ufffd")


def test_what_cannot_be_opened_is_yielded() -> None:
    (problem,) = read("gone.txt")
    assert str(problem) == "gone.txt: no such file or folder"


def test_an_empty_input() -> None:
    assert problem_in(b"") == "in: empty file"


def test_a_large_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.write(b"words ")
        file.truncate(50_000_000)
    (problem,) = read(path)
    assert isinstance(problem, UnreadableInput)
    assert problem.reason == "too large (50 MB, the limit is 5 MB); give one article a file"


def test_standard_input_is_read_like_a_file() -> None:
    (record,) = read(Source("standard input", stream=io.BytesIO(json.dumps({"text": WORDS}).encode())))
    assert isinstance(record, ArticleRecord)
    assert (record.source_name, record.reader) == ("standard input:1", "json-lines")


def test_short_plain_text_is_an_article_and_a_short_page_is_none() -> None:
    assert record_in(b"He left.").text == "He left."
    assert "fewer than 30" in problem_in(b"<html><body><p>He left the harbour.</p></body></html>")


def test_records_come_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "One."}\n{"text": "Two."}\n')
    found = read(path)
    first = next(found)
    assert isinstance(first, ArticleRecord) and first.text == "One."


def test_a_fault_in_the_middle() -> None:
    records, problems = everything_in(b'{"text": "One."}\n{"text": 1}\n{"text": "Three."}\n')
    assert [record.text for record in records] == ["One.", "Three."]
    assert problems == ['in: line 2: no text in "text"']
