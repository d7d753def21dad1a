"""The zip of articles and annotations: what is in it, how it breaks, and what it takes."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from contextlib import suppress
from typing import Any

import pytest

from articles.exports import bundle, jsonl
from articles.exports.formats import NoFormat, told_by
from articles.exports.records import BrokenOff, NotAnExport
from articles.exports.streamed_zip import streamed

TEXT = "“The nets were empty,” she said. 🐟\n"
QUOTATION = {"uid": "x", "spans": [[0, 22]], "content": "“The nets were empty,”"}
RECORDS: list[Any] = [
    {"record": "head", "version": 1, "articles": 2, "quotations": 1},
    {"record": "speaker", "number": 3, "name": "Ida Moss"},
    {"record": "article", "number": 17, "title": "“Señor’s” ../nets", "text": TEXT, "quotations": [QUOTATION]},
    {"record": "speaker", "number": 4, "name": "Otto Weir"},
    {"record": "article", "number": 18, "title": "空", "text": "空\n", "quotations": []},
    {"record": "act", "uid": "y", "verb": "accept"},
    {"record": "end", "articles": 2, "quotations": 1, "speakers": 2, "acts": 1},
]


class Unseekable(io.RawIOBase):
    """As a response to a browser, or a pipe."""

    def __init__(self) -> None:
        self.written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.written += data
        return len(data)


def written(records: list[Any] = RECORDS) -> bytes:
    out = Unseekable()
    bundle.write(iter(records), out)  # type: ignore[arg-type]
    return bytes(out.written)


def changed(name: str, data: bytes | None) -> bytes:
    """The same zip with one member changed, or without it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written())) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.namelist():
            if one != name or data is not None:
                new.writestr(one, data if one == name else old.read(one))
    return out.getvalue()


def read(data: bytes) -> list[Any]:
    """Records, and in their order what was raised and passed over."""
    found: list[Any] = []
    records = bundle.read(io.BytesIO(data))
    while True:
        try:
            found.append(next(records))
        except StopIteration:
            return found
        except NotAnExport as problem:
            found.append(str(problem))


def test_what_is_in_it() -> None:
    with zipfile.ZipFile(io.BytesIO(written())) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert names == [
            "mimetype",
            "articles/17-senors-nets.txt",
            "articles/17-senors-nets.json",
            "articles/18-article.txt",
            "articles/18-article.json",
            *("speakers.jsonl", "acts.jsonl", "manifest.json"),
        ]
        assert archive.read(names[1]).decode() == TEXT
        manifest = json.loads(archive.read("manifest.json"))
        assert manifest["end"] == RECORDS[-1]
        digests = {name: hashlib.sha256(archive.read(name)).hexdigest() for name in names[1:-1]}
        assert manifest["members"] == digests


def test_it_is_read_as_it_was_written_and_known_by_its_beginning() -> None:
    data = written()
    order = [0, 1, 3, 2, 4, 5, 6]  # all speakers first
    assert read(data) == [RECORDS[place] for place in order]
    assert told_by(io.BytesIO(data)).name == "bundle"
    out = io.BytesIO()
    jsonl.write(iter(RECORDS), out)
    assert told_by(out).name == "jsonl" and not out.tell()
    with pytest.raises(NoFormat, match="it begins as no format does"):
        told_by(io.BytesIO())


def test_a_record_a_line_whatever_a_reader_takes_for_a_line_end() -> None:
    act = {"record": "act", "uid": "y", "note": "a\u2028b\u2029c\x85d"}
    records = [*RECORDS[:-2], act, RECORDS[-1]]
    out = io.BytesIO()
    jsonl.write(iter(records), out)
    with zipfile.ZipFile(io.BytesIO(written(records))) as archive:
        acts = archive.read("acts.jsonl").decode()
    assert len(out.getvalue().decode().splitlines()) == len(records)
    assert [json.loads(line) for line in acts.splitlines()] == [act]


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_part_of_it_is_no_zip(share: float) -> None:
    data = written()
    with pytest.raises(BrokenOff, match="ends before its end"):
        read(data[: int(len(data) * share)])


def test_what_ends_early_while_it_is_written_leaves_no_zip() -> None:
    def records() -> Any:
        yield from RECORDS[:3]
        raise KeyboardInterrupt

    out = io.BytesIO()
    with pytest.raises(KeyboardInterrupt):
        bundle.write(records(), out)
    with pytest.raises(BrokenOff):
        read(out.getvalue())


def test_what_is_no_zip_is_none() -> None:
    later = json.dumps({"head": {"record": "head", "version": 2}, "members": {}}).encode()
    for data, why in (
        (b"hello", "no zip"),
        (changed("manifest.json", None), "manifest.json"),
        (changed("manifest.json", b"{}"), "manifest.json"),
        (changed("manifest.json", b"[" * 100_000), "manifest.json"),
        (changed("manifest.json", later), "of version 2; this Newsroom reads up to 1"),
    ):
        with pytest.raises(NotAnExport, match=why):
            next(bundle.read(io.BytesIO(data)))


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("articles/17-senors-nets.txt", b"Another text.", "changed since"),
        ("articles/17-senors-nets.txt", None, "cannot be read"),
        ("articles/17-senors-nets.json", b"{}", "changed since"),
        ("speakers.jsonl", b"", "changed since"),
        ("acts.jsonl", None, "cannot be read"),
    ],
)
def test_a_damaged_member_costs_itself_and_is_missed_at_the_end(name: str, data: bytes | None, why: str) -> None:
    records = bundle.read(io.BytesIO(changed(name, data)))
    problems = []
    with pytest.raises(BrokenOff, match="parts of it are missing"):
        while True:
            try:
                next(records)
            except NotAnExport as problem:
                problems.append(str(problem))
    assert [name in one and why in one for one in problems] == [True]


ACTS = "acts.jsonl"


@pytest.mark.parametrize(("flags", "compression"), [(1, 8), (0, 97), (0, 14), (0, 12)])
def test_a_member_that_is_encrypted_or_packed_otherwise_costs_itself(flags: int, compression: int) -> None:
    data = bytearray(written())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        name_at = {6: 30, 8: 46}[at]
        place = next(
            found
            for found in range(len(data))
            if data.startswith(mark, found) and data.startswith(ACTS.encode(), found + name_at)
        )
        data[place + at] |= flags
        data[place + at + 2] = compression
    with pytest.raises(BrokenOff, match="parts of it are missing"):
        read(bytes(data))
    records = bundle.read(io.BytesIO(data))
    with pytest.raises(NotAnExport, match=f"{ACTS}: cannot be read"):
        list(records)


@pytest.mark.parametrize("bits", [0x01, 0xFF])
def test_whichever_byte_is_another_it_is_told_and_nothing_else_raised(bits: int) -> None:
    whole = written()
    for place in range(len(whole)):
        with suppress(BrokenOff, NotAnExport):
            read(whole[:place] + bytes([whole[place] ^ bits]) + whole[place + 1 :])


def test_a_zip_of_more_members_than_its_first_format_knew() -> None:
    out = Unseekable()
    with streamed(out) as archive:  # type: ignore[arg-type]
        for number in range(66_000):
            archive.writestr(f"{number}", b"")
    with zipfile.ZipFile(io.BytesIO(bytes(out.written))) as archive:
        assert len(archive.namelist()) == 66_000
