"""What the tests of readers share. All articles here are invented."""

import io
import zipfile
from collections.abc import Mapping

from articles.importing import ArticleRecord, Source, UnreadableInput, read

WORDS = (
    "“The bridge stays shut,” Ada Brook, the harbour master of Port Elm, said on Monday. She added that nobody knew "
    "when it would open again, and that the ferry would sail twice a day until the engineers had found the fault."
)
MORE = "The mayor did not come to the meeting. His office said he was ill and would answer all letters next week."


def everything_in(
    data: bytes, *, name: str = "in", mapping: Mapping[str, str] | None = None
) -> tuple[list[ArticleRecord], list[str]]:
    """The records, and the problems as they print."""
    found = list(read(Source(name, stream=io.BytesIO(data)), mapping=mapping))
    records = [each for each in found if isinstance(each, ArticleRecord)]
    return records, [str(each) for each in found if isinstance(each, UnreadableInput)]


def record_in(data: bytes, *, name: str = "in", mapping: Mapping[str, str] | None = None) -> ArticleRecord:
    """The one record; there is no problem."""
    records, problems = everything_in(data, name=name, mapping=mapping)
    assert problems == []
    (record,) = records
    return record


def problem_in(data: bytes, *, name: str = "in", mapping: Mapping[str, str] | None = None) -> str:
    """The one problem; there is no record."""
    records, problems = everything_in(data, name=name, mapping=mapping)
    assert records == []
    (problem,) = problems
    return problem


def marked(record: ArticleRecord) -> list[tuple[str, str, str]]:
    """Content, cue and mention of each quotation, as words."""
    return [
        (
            " … ".join(record.text[start:end] for start, end in quotation.spans),
            record.text[slice(*quotation.cue)] if quotation.cue else "",
            record.text[slice(*quotation.mention)] if quotation.mention else "",
        )
        for quotation in record.quotations
    ]


def zipped(members: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


def pdf_of(*pages: list[str]) -> bytes:
    """A PDF with a line of text for each string."""
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for index, lines in enumerate(pages):
        shown = "".join(f"({line}) Tj 0 -14 Td\n" for line in lines)
        stream = f"BT /F1 11 Tf 50 780 Td\n{shown}ET"
        resources = "/Resources << /Font << /F1 3 0 R >> >>"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * index} 0 R {resources} >>",
            f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream",
        ]
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    trailer = f"<< /Size {size} /Root 1 0 R >>"
    start = len(out)
    return out + f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n{trailer}\nstartxref\n{start}\n%%EOF".encode()
