"""CSV and TSV with a row of column names -> one record a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from .composing import compose
from .dates import WANTED_FORMS, parse_date
from .documents import Document, sha256
from .field_names import columns_for, details_of
from .lines import lines_of
from .markup_text import from_fragment
from .recognition import delimiter_of, opening_text
from .records import ArticleRecord, UnreadableInput
from .sources import MAX_BYTES


def read_table(document: Document) -> Iterator[ArticleRecord | UnreadableInput]:
    """A row without text, or with more cells than there are columns, costs that row."""
    # The module's own limit, 131,072 characters, is shorter than some articles; reading exports leaves a longer one.
    csv.field_size_limit(MAX_BYTES)
    read = _Rows(document)
    rows = csv.reader(read, delimiter=delimiter_of(opening_text(document.head), document.mapping) or ",")
    names: list[str] = []
    columns: dict[str, str] = {}
    while True:
        start = read.last_line + 1
        try:
            cells = next(rows, None)
        except csv.Error as error:
            yield from read.faults()
            yield UnreadableInput(document.name, f"line {start:,}: no row of a table ({error}); not read further")
            return
        yield from read.faults()
        if cells is None:
            return
        data = read.taken()
        if not any(map(str.strip, cells)):
            continue
        if not names:
            names, columns = cells, _columns(cells, document)
            continue
        try:
            yield _record(cells, names, columns, data, document=document, line=start, encoding=read.encoding)
        except UnreadableInput as problem:
            yield UnreadableInput(document.name, f"line {start:,}: {problem.reason}")


class _Rows:
    """The lines for the csv module; keeps the bytes of the row it is in, and the lines that were no text."""

    def __init__(self, document: Document) -> None:
        self._lines = lines_of(document)
        self._first = next(self._lines, None)
        self._taken: list[bytes] = []
        self._faults: list[UnreadableInput] = []
        self.last_line = 0
        self.encoding = "utf-8"

    def __iter__(self) -> Iterator[str]:
        line = self._first
        while line is not None:
            if isinstance(line, UnreadableInput):
                self._faults.append(line)
                self.last_line += 1
            else:
                self.last_line, self.encoding = line.number, line.encoding
                self._taken.append(line.data)
                yield from io.StringIO(line.text.replace("\0", ""), newline=None)
            line = next(self._lines, None)

    def taken(self) -> bytes:
        data = b"".join(self._taken)
        self._taken.clear()
        return data

    def faults(self) -> list[UnreadableInput]:
        faults = self._faults[:]
        self._faults.clear()
        return faults


def _columns(names: list[str], document: Document) -> dict[str, str]:
    try:
        return columns_for(names, document.mapping)
    except ValueError as error:
        raise UnreadableInput(document.name, str(error)) from error


def _record(
    cells: list[str],
    names: list[str],
    columns: dict[str, str],
    data: bytes,
    *,
    document: Document,
    line: int,
    encoding: str,
) -> ArticleRecord:
    if len(cells) > len(names):
        raise UnreadableInput(document.name, f"{len(cells)} cells under {len(names)} columns")
    row = dict(zip(names, cells, strict=False))
    details = details_of(row, columns)
    text = row.get(columns["text"], "")
    if not text.strip():
        raise UnreadableInput(document.name, f'no text in the column "{columns["text"]}"')
    check_date(details.date, columns=columns, document=document)
    name = f"{document.name}:{line}"
    return compose(from_fragment(text), details, source_name=name, encoding=encoding, sha256=sha256(data))


def check_date(written: str, *, columns: dict[str, str], document: Document) -> None:
    """Raises UnreadableInput where a column was said to be the date and is none; a guess may be wrong."""
    if written.strip() and "date" in document.mapping:
        try:
            parse_date(written)
        except ValueError as error:
            words = f'the date "{written[:60]}" in the column "{columns["date"]}" is not understood; {WANTED_FORMS}'
            raise UnreadableInput(document.name, words) from error
