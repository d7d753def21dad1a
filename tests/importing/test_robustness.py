"""Random and damaged bytes into every reader: a record or a problem, nothing else, and soon."""

import io
import time
from functools import cache

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.importing import ArticleRecord, UnreadableInput, read
from articles.importing.documents import Document
from articles.importing.reading import CONTAINERS, READERS
from articles.importing.sources import Source

from .reading_helpers import WORDS, pdf_of, zipped
from .test_agency_xml import HTML, ITEM, NITF
from .test_annotations import TEXT, brat, web_annotation
from .test_archives import PACKED
from .test_feeds import ATOM, RSS
from .test_mail import HEAD
from .test_web_pages import PAGE


@cache
def sound_inputs() -> dict[str, bytes]:
    word = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(WORDS)
    document.save(word)
    return {
        "text": f"Title: Bridge\n\n{WORDS}".encode(),
        "markdown": f"---\ntitle: a\n---\n# b\n\n{WORDS}".encode(),
        "html": PAGE.encode(),
        "newsml-g2": ITEM.format(kind="text", content=HTML).encode(),
        "nitf": NITF.encode(),
        "rss": RSS.encode(),
        "atom": ATOM.encode(),
        "xml": b"<?xml version='1.0'?><a/>",
        "email": f"{HEAD}\r\n{WORDS}".encode(),
        "docx": word.getvalue(),
        "pdf": pdf_of([WORDS[:60].replace("“", "").replace("”", "")] * 9),
        "json-lines": b'{"text": "One.", "quotes": [{"spans": [[0, 2]]}]}\n{"text": "Two."}',
        "json": b'[{"text": "One."}, {"text": "Two."}]',
        "csv": b'title,text\na,"One."\n',
        "doccano": b'{"text": "One.", "label": [[0, 2, "Cue"]]}',
        "web-annotation": web_annotation(),
        "brat": TEXT.encode(),
        "brat-annotations": brat().encode(),
        "zip": PACKED[0],
        "tar": PACKED[1],
        "gzip": PACKED[2],
        "xz": PACKED[3],
        "bzip2": PACKED[4],
    }


def drain(name: str, data: bytes, notes: bytes) -> None:
    document = Document("in", io.BytesIO(data), size=len(data), beside=lambda suffix: notes)
    try:
        for found in (READERS | CONTAINERS)[name](document):  # type: ignore[operator]
            assert isinstance(found, ArticleRecord | UnreadableInput | Document)
            if isinstance(found, ArticleRecord):
                assert found.text.strip()
                spans = [span for quotation in found.quotations for span in quotation.spans]
                assert all(0 <= start < end <= len(found.text) for start, end in spans)
            elif isinstance(found, UnreadableInput):
                assert "\n" not in str(found)
            else:
                found.read(100_000)
    except UnreadableInput as problem:
        assert "\n" not in str(problem)


@pytest.mark.parametrize("name", [*READERS, *CONTAINERS])
@settings(max_examples=40, deadline=5_000, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_damaged_bytes_in_every_reader(name: str, data: st.DataObject) -> None:
    sound = sound_inputs()[name]
    start = data.draw(st.integers(0, len(sound)))
    end = data.draw(st.integers(start, min(len(sound), start + 40)))
    damage = data.draw(st.binary(max_size=30))
    drain(name, sound[:start] + damage + sound[end:], brat().encode())
    drain(name, sound[:start], damage)
    drain(name, damage, damage)


@settings(max_examples=150, deadline=5_000)
@given(st.binary(max_size=400), st.sampled_from(sorted(sound_inputs())))
def test_any_bytes_through_the_front_door(data: bytes, name: str) -> None:
    for written in (data, sound_inputs()[name][:60] + data, zipped({"a": data})):
        for found in read(Source("in", stream=io.BytesIO(written))):
            assert isinstance(found, ArticleRecord | UnreadableInput)


@pytest.mark.parametrize(
    "data",
    [
        b" \n" * 2_000_000,
        b"<" * 1_000_000,
        b"<!--" * 500_000,
        b"<div>" * 500_000,
        b"[" * 2_000_000,
        b"{" * 2_000_000,
        b'{"a":' * 500_000,
        b"a,b\n" * 800_000,
        b"> " * 500_000 + b"# a",
        b"# a\n" + b"*a **b " * 100_000,
        b"---\n" + b"a: b\n" * 500_000,
        b"From: a\nTo: b\nSubject: " + b"=?" * 500_000,
        b"%PDF-1.7\n" + b"<<" * 500_000,
        b"T1\tCue 0 1\ta\n" * 200_000,
        b"\x1f\x8b" + b"\0" * 500_000,
    ],
    ids=lambda data: repr(data[:12]),
)
def test_megabytes_of_one_thing_take_no_minutes(data: bytes) -> None:
    started = time.process_time()
    found = list(read(Source("in", stream=io.BytesIO(data))))
    assert found
    assert time.process_time() - started < 20
