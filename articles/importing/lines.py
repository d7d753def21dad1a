"""A document of many articles, line by line, never held whole."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import NamedTuple

from .decoding import decode
from .documents import Document
from .records import UnreadableInput
from .sources import MAX_BYTES, explain, megabytes

_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Line(NamedTuple):
    number: int
    text: str
    """With its line end, as it came."""
    data: bytes
    encoding: str


def lines_of(document: Document) -> Iterator[Line | UnreadableInput]:
    """Each line decoded, UTF-8 first; one too long or no text is an UnreadableInput in its place.

    A document in UTF-16 is read whole.
    """
    if document.head.startswith(_WIDE_MARKS):
        text, encoding = decode(document.read_whole(), source=document.name)
        for number, line in enumerate(io.StringIO(text), start=1):
            yield Line(number, line, line.encode(), encoding)
        return
    document.rewind()
    number = 0
    while data := _read_line(document):
        number += 1
        if len(data) > MAX_BYTES:
            while data and not data.endswith(b"\n"):
                data = _read_line(document)
            yield UnreadableInput(document.name, f"line {number:,}: too long (over {megabytes(MAX_BYTES)})")
            continue
        if number == 1:
            data = data.removeprefix(codecs.BOM_UTF8)
        try:
            yield Line(number, data.decode("utf-8"), data, "utf-8")
        except UnicodeDecodeError:
            yield _guessed(number, data, document.name)


def _read_line(document: Document) -> bytes:
    try:
        return document.stream.readline(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableInput(document.name, explain(error)) from error


def _guessed(number: int, data: bytes, name: str) -> Line | UnreadableInput:
    try:
        text, encoding = decode(data, source=name)
    except UnreadableInput as problem:
        return UnreadableInput(name, f"line {number:,}: {problem.reason}")
    return Line(number, text, data, encoding)
