"""zip, tar and compressed files: members, limits, and what is left alone."""

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import time
import tracemalloc
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from articles.importing import ArticleRecord, archives, documents, read

from .reading_helpers import WORDS, everything_in, problem_in, record_in, zipped


def tarred(members: Mapping[str, bytes], *, mode: str = "w") -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return packed.getvalue()


MEMBERS = {"a.txt": b"One.", "may/b.jsonl": b'{"text": "Two."}\n{bad\n', "__MACOSX/._a.txt": b"x", ".DS_Store": b"y"}
PACKED = [
    zipped(MEMBERS),
    *(tarred(MEMBERS, mode=mode) for mode in ("w", "w:gz", "w:xz", "w:bz2")),
]


@pytest.mark.parametrize("data", PACKED, ids=["zip", "tar", "gzip", "xz", "bzip2"])  # their bytes hold the time
def test_members_are_read_by_what_they_are(data: bytes) -> None:
    records, problems = everything_in(data, name="n")
    assert [(record.text, record.source_name) for record in records] == [
        ("One.", "n!a.txt"),
        ("Two.", "n!may/b.jsonl:1"),
    ]
    assert [problem[:35] for problem in problems] == ["n!may/b.jsonl: line 2: no JSON (Exp"]


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress])
def test_one_compressed_document(compress) -> None:
    record = record_in(compress(WORDS.encode()), name="a.txt.gz")
    assert (record.text, record.source_name, record.reader) == (WORDS, "a.txt.gz", "text")
    assert record_in(compress(b"One. ") + compress(b"Two.")).text == "One. Two."


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress])
def test_compressed_data_that_is_cut_off_or_damaged(compress) -> None:
    data = compress(WORDS.encode() * 20)
    assert "damaged" in problem_in(data[:-20])
    assert "damaged" in problem_in(data[:30] + b"\xff\xff\xff\xff" + data[34:])


def test_archives_in_archives_two_deep_and_no_deeper() -> None:
    inner = zipped({"a.txt": b"One."})
    middle = tarred({"inner.zip": inner, "b.txt": b"Two."}, mode="w:gz")
    outer = zipped({"middle.tgz": middle, "c.txt": b"Three."})
    records, problems = everything_in(middle, name="m")
    assert [record.source_name for record in records] == ["m!inner.zip!a.txt", "m!b.txt"]
    records, problems = everything_in(outer, name="o")
    assert [record.source_name for record in records] == ["o!middle.tgz!b.txt", "o!c.txt"]
    assert problems == ["o!middle.tgz!inner.zip: an archive more than 2 deep; not opened"]
    assert "compressed more than 2 times" in problem_in(gzip.compress(gzip.compress(gzip.compress(b"One."))))


def test_paths_that_lead_out_and_links(tmp_path: Path) -> None:
    bad = {"../a.txt": b"One.", "/etc/b.txt": b"Two.", "x/../../c.txt": b"Three."}
    for data in (zipped(bad), tarred(bad)):
        records, problems = everything_in(data)
        assert records == []
        assert [problem.rpartition(": ")[2] for problem in problems] == [
            "its path leads out of the archive; left out"
        ] * 3
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        link = tarfile.TarInfo("a.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert problem_in(packed.getvalue()) == "in!a.txt: a link; not followed"


def test_an_encrypted_member_costs_itself() -> None:
    data = bytearray(zipped({"a.txt": b"One.", "b.txt": b"Two."}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    records, problems = everything_in(bytes(data))
    assert [record.text for record in records] == ["Two."]
    assert problems == ["in!a.txt: cannot be unpacked (encrypted; unpack it with its password first)"]


def test_a_damaged_member_costs_itself() -> None:
    data = bytearray(zipped({"a.txt": WORDS.encode(), "b.txt": b"Two."}))
    place = data.index(b"a.txt") + 25
    data[place : place + 4] = b"\xff\xff\xff\xff"
    records, problems = everything_in(bytes(data))
    assert [record.text for record in records] == ["Two."]
    assert len(problems) == 1 and problems[0].startswith("in!a.txt: damaged")


def test_a_zip_that_is_cut_off() -> None:
    assert "cut off?" in problem_in(zipped(MEMBERS)[:-40])


def bomb_in_zip() -> bytes:
    return zipped({"good.txt": b"One.", "zeros.txt": b"0" * 60_000_000})


def bomb_with_a_false_size() -> bytes:
    data = bytearray(zipped({"zeros.txt": b"0" * 60_000_000}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.index(signature) + offset
        data[place : place + 4] = struct.pack("<I", 1000)
    return bytes(data)


def bomb_in_layers() -> bytes:
    return gzip.compress(gzip.compress(b"\0" * 60_000_000))


def bomb_of_lines() -> bytes:
    return gzip.compress(b'{"text": "a"}\n' + b" \n" * 40_000_000)


def bomb_in_tar() -> bytes:
    return tarred({"a.txt": b"0" * 60_000_000}, mode="w:xz")


def bomb_in_word() -> bytes:
    return zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b" " * 60_000_000})


@pytest.mark.parametrize(
    "make", [bomb_in_zip, bomb_with_a_false_size, bomb_in_layers, bomb_of_lines, bomb_in_tar, bomb_in_word]
)
def test_a_bomb_gets_one_line_and_costs_nothing(make) -> None:
    data = make()
    tracemalloc.start()
    started = time.process_time()
    records, problems = everything_in(data)
    taken = time.process_time() - started
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(problems) == 1, problems
    assert len(records) <= 1
    assert peak < 40_000_000
    assert taken < 10


def test_limits_on_members_and_expanded_bytes_end_the_source(monkeypatch: pytest.MonkeyPatch) -> None:
    members = {f"{index}.txt": b"Words. " * 100 for index in range(5)}
    monkeypatch.setattr(archives, "MAX_MEMBERS", 4)
    assert problem_in(zipped(members)) == "in: more than 4 members; not read"
    assert problem_in(tarred(members)) == "in: more than 4 members; nothing of it was read"
    monkeypatch.undo()
    monkeypatch.setattr(documents.Budget.__init__, "__defaults__", (200_000, 2_000))
    assert "expands to more than" in problem_in(zipped(members))
    assert "expands to more than" in problem_in(tarred(members, mode="w:gz"))


def test_open_document_and_unknown_packing() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    assert "OpenDocument" in problem_in(packed.getvalue())
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.txt", "One.")
    assert "not understood" in problem_in(packed.getvalue())


def test_a_picture_among_the_articles_gets_its_line() -> None:
    records, problems = everything_in(zipped({"a.jpg": b"\xff\xd8\xff\xe0", "b.txt": b"One."}))
    assert [record.text for record in records] == ["One."]
    assert problems == ["in!a.jpg: not text (it is a JPEG picture); save it as plain text first"]


def test_brat_in_a_tar_whatever_comes_first() -> None:
    text, notes = b"\xe2\x80\x9cNo,\xe2\x80\x9d he said.", b"T1\tContent 0 5\t\xe2\x80\x9cNo,\xe2\x80\x9d\n"
    for members in ({"a.ann": notes, "a.txt": text}, {"a.txt": text, "a.ann": notes}):
        record = record_in(tarred(members, mode="w:xz"))
        assert record.quotations[0].spans == ((0, 5),)


def test_a_large_archive_of_lines_is_read_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    with gzip.open(path, "wt", compresslevel=1) as file:
        for number in range(3_000):
            file.write(f'{{"text": "{number} {WORDS * 10}"}}\n')
    next(read(path))
    tracemalloc.start()
    count = sum(isinstance(found, ArticleRecord) for found in read(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 3_000
    assert peak < 3_000_000
