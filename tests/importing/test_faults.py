"""What no reader foresaw costs the line or the file that it is in, and nothing hangs."""

import json
from pathlib import Path

import pytest

from articles.importing import ArticleRecord, read

from .reading_helpers import everything_in, problem_in

WORDS = "“The nets were empty,” the harbour master said on Monday, and nobody asked how many there had been."


def test_a_line_nested_deeply_costs_itself() -> None:
    deep: object = "x"
    for _ in range(900):
        deep = [deep]
    lines = [
        json.dumps({"text": WORDS}),
        json.dumps({"text": f"{WORDS} 2", "title": deep}),
        json.dumps({"text": f"{WORDS} 3"}),
    ]
    records, problems = everything_in("\n".join(lines).encode())
    assert [record.text for record in records] in ([WORDS, f"{WORDS} 3"], [WORDS, f"{WORDS} 2", f"{WORDS} 3"])
    assert len(records) + len(problems) == 3


@pytest.mark.parametrize(
    "front",
    ["title: &-a [*-a]", "foo: !!bool maybe", "foo: !!int ''", "foo: !!timestamp foo"],
)
def test_odd_front_matter_is_refused_in_a_line(front: str) -> None:
    assert "front matter" in problem_in(f"---\n{front}\n---\n\n{WORDS}\n".encode())


def test_a_number_without_end_costs_its_file() -> None:
    assert "ValueError" in problem_in(f"---\ntitle: 0x{'f' * 15000}\n---\n\n{WORDS}\n".encode())


def test_a_fault_in_a_reader_costs_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def trip(document: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(__import__("articles.importing.reading", fromlist=["READERS"]).READERS, "text", trip)
    (tmp_path / "a.txt").write_text(WORDS)
    (found,) = read(tmp_path / "a.txt")
    assert str(found).endswith("a.txt: a fault in its reader (ZeroDivisionError); not read further")


def test_true_is_no_offset() -> None:
    row = {"text": WORDS, "quotations": [{"spans": [[False, True]]}], "label": []}
    records, problems = everything_in(json.dumps(row).encode())
    assert records[0].quotations == () and len(problems) == 1
    records, problems = everything_in(json.dumps({"text": WORDS, "label": [[False, True, "Content"]]}).encode())
    assert isinstance(records[0], ArticleRecord) and problems == ['in: line 1: "Content" has no offsets; left out']


def test_a_hundred_thousand_annotations_are_walked_through_once() -> None:
    from articles.importing.web_annotation import _annotations

    every = [{"target": number} for number in range(100_000)]
    assert [one["target"] for one in _annotations({"items": every})] == list(range(100_000))
