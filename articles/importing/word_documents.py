"""DOCX -> the article in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .composing import Details, compose
from .documents import MAX_WHOLE, Document
from .expanding import MAX_RATIO, RATIO_FROM
from .records import ArticleRecord, UnreadableInput
from .sheltering import sheltered

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_MAIN_PART = "word/document.xml"
_MAX_PARTS = 5_000
_TITLE_STYLES = ("Title", "Heading 1")


def read_word_document(document: Document) -> Iterator[ArticleRecord | UnreadableInput]:
    """Paragraphs and tables in their order; the title is the paragraph styled so, or the file's property.

    Headers, footers, footnotes and deleted text are left out. Raises UnreadableInput, for a bomb before it expands.
    """
    data = document.read_whole(most=MAX_WHOLE)
    _check(data, document.name)
    from docx import Document as open_word_document  # takes a tenth of a second to load

    with sheltered(document.name, "a Word document"):
        found = open_word_document(io.BytesIO(data))
        title, paragraphs = _paragraphs(found)
        properties = found.core_properties
        details = Details(
            title=title or properties.title or "", byline=properties.author or "", language=properties.language or ""
        )
    if details.byline in {"python-docx", "Microsoft Office User"}:
        details.byline = ""
    yield compose("\n\n".join(paragraphs), details, source_name=document.name, encoding="utf-8")


def _check(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise UnreadableInput(name, "a damaged office document") from error
    if _MAIN_PART not in {part.filename for part in parts}:
        raise UnreadableInput(name, "an office document that is no Word document; save it as DOCX or plain text")
    expanded = sum(part.file_size for part in parts)
    is_bomb = any(part.file_size > max(RATIO_FROM, MAX_RATIO * part.compress_size) for part in parts)
    if is_bomb or expanded > 2 * MAX_WHOLE or len(parts) > _MAX_PARTS:
        raise UnreadableInput(name, "a Word document that expands far beyond an article; not opened")


def _paragraphs(found: WordDocument) -> tuple[str, list[str]]:
    from docx.table import Table

    title = ""
    paragraphs: list[str] = []
    for block in found.iter_inner_content():
        if isinstance(block, Table):
            rows = (" \t".join(cell.text.strip() for cell in row.cells) for row in block.rows)
            paragraphs.append("\n".join(rows).replace(" \t", "\t").strip())
            continue
        text = block.text.strip()
        style = block.style.name if block.style else ""
        if text and not title and not paragraphs and style in _TITLE_STYLES:
            title = text
        else:
            paragraphs.append(text)
    return title, [paragraph for paragraph in paragraphs if paragraph]
