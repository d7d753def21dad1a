"""CSV for spreadsheets, a row a quotation: see `table` for what it carries.

UTF-8 with a byte order mark, without which spreadsheets take it for something else; commas, all cells in quotes, so
that a file that broke off ends in an open cell or short of its rows. It is safe to open: what a spreadsheet would run
as a formula has an apostrophe in front, which `read` takes off again.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import BinaryIO, cast

from ..formulas import as_written, harmless
from .checking import checked
from .endings import ends_with, is_cut_in_a_character
from .records import BrokenOff, Head, NotAnExport, Records
from .table import FORMERLY, HEADINGS, NUMBERS, Row, records_in, rows_of

_LONGEST_CELL = 50_000_000
_BEGINNINGS = {
    headings: codecs.BOM_UTF8 + ",".join(f'"{heading}"' for heading in headings).encode() + b"\r\n"
    for headings in (HEADINGS, FORMERLY)
}


def looks_like(head: bytes) -> bool:
    return head.startswith(tuple(_BEGINNINGS.values()))


def write(records: Records, out: BinaryIO) -> None:
    head = cast("Head", next(records))
    out.write(_BEGINNINGS[HEADINGS])
    line = io.StringIO()
    writer = csv.writer(line, quoting=csv.QUOTE_ALL)
    for row in rows_of(records, head):
        writer.writerow(harmless(cell) if isinstance(cell := row[heading], str) else cell for heading in HEADINGS)
        out.write(line.getvalue().encode())
        line.seek(0)
        line.truncate()


def read(file: BinaryIO) -> Records:
    return checked(records_in(_rows(file)))


def _rows(file: BinaryIO) -> Iterator[Row]:
    headings = _headings(file)
    if not ends_with(file, b'"'):
        raise BrokenOff("its last row is only a part")
    file.seek(len(_BEGINNINGS[headings]))
    if csv.field_size_limit() < _LONGEST_CELL:
        csv.field_size_limit(_LONGEST_CELL)  # the module's own limit is shorter than some quotations
    try:
        for cells in csv.reader(_lines(file), strict=True):
            if len(cells) < len(headings):
                raise BrokenOff("its last row is only a part")
            row: Row = {name: as_written(cell) for name, cell in zip(headings, cells, strict=True)}
            yield row | {name: int(row[name]) for name in NUMBERS}
    except csv.Error as error:
        is_cut = "unexpected end of data" in str(error)
        raise (BrokenOff("its last row is only a part") if is_cut else NotAnExport(f"no CSV ({error})")) from error
    except UnicodeDecodeError as error:
        is_cut = is_cut_in_a_character(file)
        raise (BrokenOff("its last row is only a part") if is_cut else NotAnExport("not in UTF-8")) from error


def _headings(file: BinaryIO) -> tuple[str, ...]:
    """Those that the file begins with, as far as it goes. Raises NotAnExport."""
    for headings, beginning in _BEGINNINGS.items():
        file.seek(0)
        if beginning.startswith(file.read(len(beginning))):
            return headings
    raise NotAnExport("no CSV with the headings of an export")


def _lines(file: BinaryIO) -> Iterator[str]:
    """Each to its LF, which bytes know best: what else ends a line in Unicode stands inside a cell."""
    for line in file:
        yield line.decode()
