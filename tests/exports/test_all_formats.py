"""What holds of the file of every format: it comes back, from a pipe too, and no part is taken for the whole."""

import gc
import io
import json
import weakref
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given

from articles.exports.formats import FORMATS, Module
from articles.exports.records import BrokenOff, NotAnExport, Record

from . import carried, making

HERE = ("jsonl", "bundle", "web-annotation", "docbin", "bench", "brat", "csv", "xlsx", "conllu", "tei")
formats = pytest.mark.parametrize("name", HERE)


class Pipe(io.RawIOBase):
    """Takes bytes, and can do nothing else."""

    def __init__(self) -> None:
        self.taken = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.taken += data
        return len(data)


def module(name: str) -> Module:
    return FORMATS[name].module


def written(name: str, records: Any) -> bytes:
    pipe = Pipe()
    module(name).write(iter(records), pipe)  # type: ignore[arg-type]
    return bytes(pipe.taken)


def read(name: str, data: bytes) -> list[Record]:
    return list(module(name).read(io.BytesIO(data)))


def plain(records: Any) -> Any:
    return json.loads(json.dumps(records))


@formats
@making.some(12)
@given(records=making.exports())
def test_comes_back_as_far_as_it_is_carried(name: str, records: list[Record]) -> None:
    data = written(name, records)
    assert plain(read(name, data)) == plain(carried.by(name, records))
    assert data == written(name, records)


@formats
def test_nothing_at_all_is_an_export_too(name: str) -> None:
    records = making.assembled([], [], [])
    assert plain(read(name, written(name, records))) == plain(carried.by(name, records))


@formats
@making.some(3)
@given(records=making.exports())
def test_a_part_is_never_taken_for_the_whole(name: str, records: list[Record]) -> None:
    data = written(name, records)
    last = len(data.rstrip(b"\r\n"))
    for cut in {*range(0, last, max(last // 150, 1)), *range(max(last - 60, 0), last), *range(min(60, last))}:
        with pytest.raises(BrokenOff):
            read(name, data[:cut])


@formats
def test_what_stops_in_the_middle_is_no_whole_file(name: str) -> None:
    def stopping() -> Iterator[Record]:
        for each in making.many(5):
            if each.get("number") == 4:
                raise KeyboardInterrupt
            yield each

    pipe = Pipe()
    with pytest.raises(KeyboardInterrupt):
        module(name).write(stopping(), pipe)  # type: ignore[arg-type]
    gc.collect()
    with pytest.raises(BrokenOff):
        read(name, bytes(pipe.taken))


@formats
def test_other_files_are_refused(name: str) -> None:
    others = [written(other, making.many(2)) for other in HERE if other != name]
    for data in (
        *others,
        b"Nothing of the kind, said the harbour master.\n",
        b"\x00\xff\xfe" * 50,
        b'{"a": 1}\n',
        b"<a/>",
    ):
        with pytest.raises(NotAnExport):
            read(name, data)


@formats
def test_is_known_by_its_beginning(name: str) -> None:
    data = written(name, making.many(2))[:4096]
    assert [other for other in HERE if module(other).looks_like(data)] == [name]
    assert not module(name).looks_like(b"")
    assert not module(name).looks_like(b"The nets were empty.\n" * 200)


@formats
def test_few_are_held_at_a_time(name: str) -> None:
    live: weakref.WeakSet[making.Live] = weakref.WeakSet()
    most = 0

    class Counted(making.Live):
        __hash__ = object.__hash__

    def counted() -> Iterator[Record]:
        nonlocal most
        for each in making.many(450, quoted=1):
            if each["record"] == "article":
                each = Counted(each)  # type: ignore[assignment]
                live.add(each)  # type: ignore[arg-type]
                most = max(most, len(live))
            yield each

    module(name).write(counted(), Pipe())  # type: ignore[arg-type]
    assert most <= 3
