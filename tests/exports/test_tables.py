"""CSV and Excel for people: safe to open, within a sheet's limits, and what had to be cut is said."""

import csv
import errno
import gc
import io
import os
import sys
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.exports import csv as csv_export
from articles.exports import table, xlsx
from articles.exports.records import BrokenOff, NotAnExport
from articles.formulas import as_written, harmless

from . import making

FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "\n =1",
    "＝1",
    "\u200b=1",
    "'=1",
    "\ufeff＋1",
    "\x01-1",
)


def with_words(words: str, **fields: Any) -> list[Any]:
    """An export of one quotation with those words all over it."""
    head, article, end = making.many(1, quoted=1)
    (quotation,) = article["quotations"]  # type: ignore[typeddict-item]
    said = dict.fromkeys(("content", "cue_words", "mention_words", "speaker_name", "note", "settled_by"), words)
    return [head, {**article, "title": words, "quotations": [{**quotation, **said, **fields}]}, end]


@pytest.mark.parametrize("words", FORMULAS)
def test_no_cell_of_the_csv_is_a_formula(words: str) -> None:
    out = io.BytesIO()
    csv_export.write(iter(with_words(words)), out)
    _, cells = csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline=""))
    for cell in cells:
        assert not cell.lstrip(" \n\r\t\x01\u200b\ufeff").startswith(("=", "+", "-", "@", "＝", "＋"))
        assert not cell.startswith(("\t", "\r"))
    (_, article, _) = csv_export.read(io.BytesIO(out.getvalue()))
    assert article["quotations"][0]["content"] == words  # type: ignore[typeddict-item]


@given(st.text(st.sampled_from("'=+-@＝ \t\r\n\u200ba")))
@example("''=")
def test_the_guard_comes_off_again(words: str) -> None:
    assert as_written(harmless(words)) == words


@pytest.mark.parametrize("words", FORMULAS)
def test_excel_has_strings_numbers_and_days_and_nothing_else(words: str) -> None:
    out = io.BytesIO()
    xlsx.write(iter(with_words(words)), out)
    (_, row) = openpyxl.load_workbook(io.BytesIO(out.getvalue()))["Quotations"].iter_rows()
    assert {cell.data_type for cell in row} <= {"inlineStr", "s", "n", "d"}
    assert all(cell.hyperlink is None for cell in row)
    (_, article, _) = xlsx.read(io.BytesIO(out.getvalue()))
    assert article["title"] == words  # type: ignore[typeddict-item]


@pytest.mark.parametrize("words", ["x" * 40_000, "😀" * 20_000])
def test_what_is_too_long_for_a_cell_is_cut_and_said(words: str) -> None:
    out = io.BytesIO()
    xlsx.write(iter(with_words(words, note="short", speaker_name="Ann", settled_by="", cue_words="")), out)
    book = openpyxl.load_workbook(io.BytesIO(out.getvalue()))
    headings, row = ([cell.value for cell in cells] for cells in book["Quotations"].iter_rows())
    found = dict(zip(headings, row, strict=True))
    assert len(found["words"].encode("utf-16-le")) in (2 * 32_767, 2 * 32_766)
    assert found["cut"] == "words mention article"
    assert ("Cells cut", "3") in [tuple(cell.value for cell in cells) for cells in book["About"].iter_rows()]
    (_, article, _) = xlsx.read(io.BytesIO(out.getvalue()))
    (quotation,) = article["quotations"]  # type: ignore[typeddict-item]
    assert "content" not in quotation and "title" not in article
    assert quotation["note"] == "short" and quotation["spans"]


class Full(io.BytesIO):
    """A disk with room for a few bytes."""

    def write(self, data: Any) -> int:
        if self.tell() + len(data) > 500:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().write(data)


def test_a_full_disk_is_said_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    ignored: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", ignored.append)
    with pytest.raises(Exception, match="No space left"), Full() as out:
        xlsx.write(iter(with_words("nets")), out)
    gc.collect()
    assert not ignored


def test_more_rows_than_a_sheet_holds_go_on_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 4)
    out = io.BytesIO()
    xlsx.write(making.many(4), out)
    book = openpyxl.load_workbook(io.BytesIO(out.getvalue()))
    sheets = {sheet.title: sheet.max_row for sheet in book.worksheets}
    assert sheets == {"Quotations": 4, "Quotations 2": 4, "Quotations 3": 3, "About": 10}
    assert [sheet.auto_filter.ref for sheet in book.worksheets] == ["A1:Y4", "A1:Y4", "A1:Y3", None]
    assert len(list(xlsx.read(io.BytesIO(out.getvalue())))) == 6


def test_excel_sorts_filters_and_knows_days_for_days() -> None:
    head, article, end = with_words("Ann")
    with_days = [
        {**article, "number": number, "published_on": day, "quotations": [{**quotation, "uid": f"{number:032x}"}]}
        for quotation in article["quotations"]
        for number, day in enumerate(("2025-03-04", "1899-12-31", "1900-02-28", None), start=1)
    ]
    search = "quotations?q=B%C3%BCro&kind=direct"
    out = io.BytesIO()
    counts = {"articles": 4, "quotations": 4}
    xlsx.write(iter([{**head, **counts, "search": search}, *with_days, {**end, **counts}]), out)
    book = openpyxl.load_workbook(io.BytesIO(out.getvalue()))
    sheet = book["Quotations"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:Y5")
    assert [cell.value for cell in sheet[1]][:2] == ["speaker", "words"]
    days = next(column for column in sheet.iter_cols() if column[0].value == "date")
    assert [cell.value for cell in days[1:]] == [datetime(2025, 3, 4), "1899-12-31", "1900-02-28", None]
    assert days[1].is_date and days[1].number_format == "yyyy-mm-dd"
    about = {a.value: b.value for a, b in book["About"].iter_rows()}
    assert (about["Search"], about["Its address"]) == ("quotations: q=Büro, kind=direct", search)
    assert about["Made at"] == head["made_at"] and about["Quotations"] == "4"
    read = [record for record in xlsx.read(io.BytesIO(out.getvalue())) if record["record"] == "article"]
    assert [one["published_on"] for one in read] == ["2025-03-04", "1899-12-31", "1900-02-28", None]


def test_spreadsheets_know_the_csv_for_utf_8() -> None:
    out = io.BytesIO()
    csv_export.write(making.many(1), out)
    assert out.getvalue().startswith(b'\xef\xbb\xbf"speaker","words","kind",')
    assert out.getvalue().splitlines()[0].endswith(b',"row","rows"')


def test_a_row_that_is_missing_is_noticed() -> None:
    out = io.BytesIO()
    csv_export.write(making.many(2), out)
    lines = out.getvalue().splitlines(keepends=True)
    with pytest.raises(NotAnExport, match="row 2 says that it is row 3 of 4"):
        list(csv_export.read(io.BytesIO(b"".join([*lines[:2], *lines[3:]]))))
    with pytest.raises(BrokenOff, match="it ends behind row 3 of 4"):
        list(csv_export.read(io.BytesIO(b"".join(lines[:4]))))


@given(st.lists(st.lists(st.integers(0, 10**6), min_size=2, max_size=2), max_size=3))
def test_spans_in_words_and_back(spans: list[list[int]]) -> None:
    assert table._spans(table._spans_in_words(spans)) == spans
