"""The DocBin export as spaCy's users take it, and what is damaged in it."""

import io
import json
import subprocess
import sys
import zipfile
from typing import Any

import pytest
import spacy
from hypothesis import given
from spacy.tokens import Doc, DocBin

from articles.exports import docbin
from articles.exports.records import NotAnExport, Record

from . import making


def written(records: Any) -> bytes:
    out = io.BytesIO()
    docbin.write(iter(records), out)
    return out.getvalue()


def documents(data: bytes) -> list[Doc]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [
            doc
            for name in archive.namelist()
            if name.endswith(".spacy")
            for doc in DocBin().from_bytes(archive.read(name)).get_docs(spacy.blank("en").vocab)
        ]


@making.some(10)
@given(records=making.exports())
def test_spans_hold_the_words_and_the_keys(records: list[Record]) -> None:
    wikidata = {each["number"]: each["wikidata_id"] for each in records if each["record"] == "speaker"}
    articles = [each for each in records if each["record"] == "article"]
    for article, doc in zip(articles, documents(written(records)), strict=True):
        assert doc.text == article["text"]
        in_text = [each for each in article["quotations"] if each["former_text"] is None]
        expected = [(each["uid"], each["kind"], span) for each in in_text for span in each["spans"]]
        for (uid, kind, (start, end)), span in zip(expected, doc.spans["quotations"], strict=True):
            assert (span.id_, span.label_) == (uid, kind)
            # The one space behind a token is not of it.
            assert article["text"][start:end].strip(" ") in span.text
        mentions = [each for each in in_text if each["mention"]]
        for each, span in zip(mentions, doc.spans["mentions"], strict=True):
            assert (span.id_, span.kb_id_) == (each["uid"], wikidata.get(each["speaker"] or 0, ""))
        assert [span.id_ for span in doc.spans["cues"]] == [each["uid"] for each in in_text if each["cue"]]


def test_words_of_a_plain_quotation() -> None:
    (doc,) = documents(written(making.many(1, quoted=1)))
    groups = {name: [span.text for span in doc.spans[name]] for name in doc.spans}
    assert groups == {"quotations": ["“The nets of boat 1-0 were empty,”"], "cues": ["said"], "mentions": ["Ann Low"]}
    assert json.loads(doc.user_data["newsroom"])["title"] == "Invented article 1"


def test_at_most_two_hundred_articles_a_file() -> None:
    data = written(making.many(401, quoted=0))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
    assert names == ["newsroom-docbin.json", *(f"articles-0000{each}.spacy" for each in (1, 2, 3)), "end.json"]
    assert len(documents(data)) == 401


def test_speakers_stand_before_the_articles_that_name_them() -> None:
    """Also where they come one by one between articles."""
    head, *articles, end = making.many(2, quoted=0)
    persons = [{"record": "speaker", "number": each, "name": f"Ann {each}", "wikidata_id": ""} for each in (1, 2)]
    records = [head, persons[0], articles[0], persons[1], articles[1], {**end, "speakers": 2}]
    found = list(docbin.read(io.BytesIO(written(records))))
    assert found == [head, *persons, *articles, records[-1]]


def test_a_long_text_is_no_matter() -> None:
    head, article, end = making.many(1, quoted=1)
    text = f"{article['text']}{'word ' * 250_000}"  # type: ignore[typeddict-item]
    article = {**article, "text": text, "text_sha256": making.digest(text)}  # type: ignore[typeddict-unknown-key,assignment]
    (doc,) = documents(written([head, article, end]))
    assert len(doc.text) > 1_000_000


def test_damage_is_said() -> None:
    data = bytearray(written(making.many(3)))
    at = data.index(b"articles-00001.spacy") + 200
    data[at] ^= 0xFF
    with pytest.raises(NotAnExport, match="cannot be read"):
        list(docbin.read(io.BytesIO(data)))


def test_another_text_in_it_is_said() -> None:
    records = [{**each, "text_sha256": "0" * 64} if each["record"] == "article" else each for each in making.many(1)]
    with pytest.raises(NotAnExport, match="the text of article 1"):
        list(docbin.read(io.BytesIO(written(records))))


def test_spacy_is_loaded_only_where_it_is_needed() -> None:
    program = "import articles.exports.docbin, articles.exports.conllu, sys; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
