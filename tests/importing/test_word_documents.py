import io

import docx

from .reading_helpers import MORE, WORDS, problem_in, record_in, zipped


def written(document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_title_paragraphs_and_tables() -> None:
    document = docx.Document()
    document.add_heading("Bridge shut", 0)
    document.add_paragraph(WORDS)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Ferry", "Twice a day"
    document.add_paragraph(MORE)
    document.core_properties.author = "Ida Moss"
    record = record_in(written(document))
    assert (record.title, record.byline, record.reader) == ("Bridge shut", "Ida Moss", "docx")
    assert record.text == f"{WORDS}\n\nFerry\tTwice a day\n\n{MORE}"


def test_without_text() -> None:
    assert problem_in(written(docx.Document())) == "in: no text in it"


def test_another_office_document_and_a_damaged_one() -> None:
    assert "no Word document" in problem_in(zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b""}))
    assert "cannot be read as a Word document" in problem_in(
        zipped({"[Content_Types].xml": b"", "word/document.xml": b""})
    )
