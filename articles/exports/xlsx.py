"""Excel, a row a quotation: see `table` for what it carries.

Words are written as strings, whatever they begin with: nothing in it is a formula or a link. Days are days, but for
those before March 1900, which Excel cannot tell: these are strings, as are times, whose zone no cell holds. A cell
holds 32,767 characters and a sheet 1,048,576 rows: what is longer is cut, which the column "cut" and the sheet
"About" say, and more rows go on to further sheets. U+FFFE and U+FFFF, which XML cannot hold, count as cut, too.
"""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, BinaryIO, cast
from urllib.parse import parse_qsl

from .checking import checked
from .records import Head, NotAnExport, Records
from .table import FORMERLY, HEADINGS, Row, records_in, rows_of
from .zipped import MOST_IN_MEMBER, begins_with, zip_in

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_CHARACTERS = 32_767
"""UTF-16 units."""
MOST_ROWS = 1_048_576
_FIRST = "[Content_Types].xml"
_SHEET = "Quotations"
_CUT = "cut"
_ABOUT = (
    ("This is", "an export of quotations from Newsroom"),
    ("Formulas", "none: all words are written as strings, also those that begin with =, +, - or @"),
    ("Offsets", "Unicode code points, 0-based, end-exclusive, of the text with that SHA-256"),
)
_FIRST_DAY = date(1900, 3, 1)
"""Before it Excel counts a day that there never was."""
_DATE = HEADINGS.index("date")
_DAY = "yyyy-mm-dd"
_NO_XML = re.compile("[\ufffe\uffff]")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class _Out:
    """A file for xlsxwriter, which leaves its zip file open where writing fails.

    That one is closed when memory is cleared, and wants to write then: once this is closed, it writes nowhere.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.seek, self.tell, self.write, self.flush = file.seek, file.tell, file.write, file.flush

    def close(self) -> None:
        """Leaves the file itself open."""
        nowhere = io.BytesIO()
        self.seek, self.tell, self.write, self.flush = nowhere.seek, nowhere.tell, nowhere.write, nowhere.flush


def looks_like(head: bytes) -> bool:
    """Of any Excel file: what is in it says only the end of it."""
    return begins_with(head, "") and _FIRST.encode() in head and b"xl/" in head


def write(records: Records, out: BinaryIO) -> None:
    """Rows go to temporary files, and to `out` all at the end: what stops before leaves nothing there."""
    import xlsxwriter

    head = cast("Head", next(records))
    with tempfile.TemporaryDirectory(prefix="newsroom-xlsx-") as folder, closing(_Out(out)) as until_closed:
        plain = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
        book = xlsxwriter.Workbook(until_closed, {"constant_memory": True, "tmpdir": folder, **plain})
        book.set_properties({"created": datetime.fromisoformat(head["made_at"])})
        book.use_zip64()
        cut = _write_rows(book, rows_of(records, head))
        about = book.add_worksheet("About")
        for at, (name, words) in enumerate((*_about(head), ("Cells cut", f"{cut:,}"))):
            about.write_string(at, 0, name)
            about.write_string(at, 1, _fitted(words))
        book.close()


def read(file: BinaryIO) -> Records:
    return checked(records_in(_rows(file)))


def _about(head: Head) -> Iterator[tuple[str, str]]:
    yield _ABOUT[0]
    of, _, query = head["search"].partition("?")
    in_words = ", ".join(f"{name}={value}" for name, value in parse_qsl(query))
    yield "Search", f"{of}: {in_words}" if query else "none: all there is"
    yield "Its address", head["search"]
    yield "Made at", head["made_at"]
    yield "Made by", head["address"]
    yield "Articles", f"{head['articles']:,}"
    yield "Quotations", f"{head['quotations']:,}"
    yield from _ABOUT[1:]


def _write_rows(book: Workbook, rows: Iterator[Row]) -> int:
    """How many cells had to be cut."""
    cut = at = 0
    day = book.add_format({"num_format": _DAY})
    sheet: Worksheet | None = None
    for number, row in enumerate(rows):
        at = number % (MOST_ROWS - 1) + 1
        if sheet is None or at == 1:
            sheet = _add_sheet(book, number // (MOST_ROWS - 1) + 1)
        cells = {name: _fitted(cell) if isinstance(cell, str) else cell for name, cell in row.items()}
        was_cut = [name for name in row if cells[name] != row[name]]
        cut += len(was_cut)
        for column, value in enumerate([*(cells[name] for name in HEADINGS), " ".join(was_cut)]):
            _write_cell(sheet, at, column, value, day=day)
    if sheet is not None:  # the last one, which need not be full
        sheet.autofilter(0, 0, at, len(HEADINGS))
    return cut


def _write_cell(sheet: Worksheet, at: int, column: int, value: str | int, *, day: Format) -> None:
    if isinstance(value, int):
        sheet.write_number(at, column, value)
    elif value and column == _DATE and date.fromisoformat(value) >= _FIRST_DAY:
        sheet.write_datetime(at, column, date.fromisoformat(value), day)
    elif value:
        sheet.write_string(at, column, value)


def _add_sheet(book: Workbook, number: int) -> Worksheet:
    sheet = book.add_worksheet(_SHEET if number == 1 else f"{_SHEET} {number}")
    for column, heading in enumerate((*HEADINGS, _CUT)):
        sheet.write_string(0, column, heading)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, MOST_ROWS - 1, len(HEADINGS))
    return sheet


def _fitted(words: str) -> str:
    words = _NO_XML.sub("\ufffd", words)
    if len(words) * 2 <= MOST_CHARACTERS:
        return words
    return words.encode("utf-16-le")[: MOST_CHARACTERS * 2].decode("utf-16-le", "ignore")


def _rows(file: BinaryIO) -> Iterator[Row]:
    from openpyxl import load_workbook

    with zip_in(file, first=_FIRST) as archive:
        if any(found.file_size > MOST_IN_MEMBER * 10 for found in archive.infolist()):
            raise NotAnExport("it expands to more than any export holds")
    book = load_workbook(file, read_only=True)
    try:
        for sheet in book.worksheets:
            if sheet.title.startswith(_SHEET):
                yield from _rows_of(sheet)
    finally:
        book.close()


def _rows_of(sheet: Any) -> Iterator[Row]:
    known = [(*headings, _CUT) for headings in (HEADINGS, FORMERLY)]
    rows = sheet.iter_rows(max_col=len(known[0]), values_only=True)
    first = next(rows, ())
    names = next((names for names in known if first[: len(names)] == names), None)
    if names is None:
        raise NotAnExport(f'the sheet "{sheet.title}" has not the headings of an export')
    for values in rows:
        row: Row = {name: _unescaped(value) for name, value in zip(names, values[: len(names)], strict=True)}
        yield row


def _unescaped(value: Any) -> str | int:
    """Excel writes what XML cannot hold as _x0001_, and days as numbers."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, int | float):
        return int(value)
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value or "")
