"""Invented news: the same each time, as much of it as was asked for, and as the intake reads it."""

import hashlib
import json
import tracemalloc
from collections import Counter

from articles.importing import read
from articles.importing.near_copies import Compared
from articles.importing.sources import Source
from articles.invention import invented


def lines(count: int, **options: bool) -> list[str]:
    return [article.as_line(**options) for article in invented(count)]


def test_the_same_on_every_machine():
    digest = hashlib.sha256("\n".join(lines(50)).encode()).hexdigest()
    assert digest == "36a05b999607034c2f159bb775163b873708abe4e980364ea8a28f07e548cb50"
    assert lines(50) == lines(60)[:50]
    assert next(invented(1, seed=2)).as_line() != lines(1)[0]


def test_as_large_as_it_says():
    rows = [json.loads(line) for line in lines(400)]
    words = sum(len(row["text"].split()) for row in rows) / len(rows)
    assert 420 < words < 500
    assert 11 < sum(len(row["quotations"]) for row in rows) / len(rows) <= 12
    assert len({row["outlet"] for row in rows}) == 60
    assert len({row["text"] for row in rows}) == 400
    kinds = Counter(quotation["kind"] for row in rows for quotation in row["quotations"])
    assert min(kinds[kind] for kind in ("direct", "indirect", "mixed")) > 400


def test_the_intake_takes_every_word_of_it(tmp_path):
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(lines(40)), encoding="utf-8")
    records = list(read(Source.at(path)))
    rows = [json.loads(line) for line in lines(40)]
    for record, row in zip(records, rows, strict=True):
        assert (record.text, record.title, record.outlet) == (row["text"], row["title"], row["outlet"])
        assert [list(map(list, quotation.spans)) for quotation in record.quotations] == [
            quotation["spans"] for quotation in row["quotations"]
        ]
        assert record.language == "en"
        for quotation in record.quotations:
            assert record.text[slice(*quotation.cue)] == "said"
            assert quotation.speaker_name.endswith(record.text[slice(*quotation.mention)])


def test_says_that_it_is_invented():
    row = json.loads(lines(1)[0])
    assert "Invented" in row["byline"]
    assert row["licence"] == "Invented for measuring: no person, outlet or event in this article is real."
    assert row["url"].startswith("https://invented.example/")


def test_without_annotations():
    with_them, without = json.loads(lines(1)[0]), json.loads(lines(1, quotations=False)[0])
    assert with_them.pop("quotations")
    assert with_them == without


def test_one_in_four_is_a_near_copy():
    texts = [Compared("\n\n".join(p.text for p in article.paragraphs)) for article in invented(60)]
    copies = sum(any(text.is_near_copy(other) for other in texts[:at]) for at, text in enumerate(texts))
    assert 8 <= copies <= 24


def test_memory_does_not_grow():
    peaks = []
    for count in (200, 800):
        tracemalloc.start()
        for article in invented(count):
            article.as_line()
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.1 * peaks[0]
