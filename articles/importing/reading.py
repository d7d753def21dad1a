"""The one way in: a source, whatever it holds -> its articles, one at a time."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from . import beside, brat
from .agency_xml import read_newsml, read_nitf
from .archives import Part, parts_of_compressed, parts_of_tar, parts_of_zip
from .documents import Document, nothing_beside
from .feeds import read_feed
from .field_names import checked
from .hardened_xml import read_other_xml
from .json_records import read_json, read_json_lines
from .language import language_of
from .mail import read_mail
from .markdown import read_markdown
from .normal_form import in_normal_form
from .pdf import read_pdf
from .plaintext import read_text
from .recognition import recognise
from .records import ArticleRecord, TooMuch, UnreadableInput
from .sources import Source
from .tables import read_table
from .web_annotation import read_web_annotations
from .web_pages import read_web_page
from .word_documents import read_word_document

logger = logging.getLogger(__name__)

Found = ArticleRecord | UnreadableInput
Reader = Callable[[Document], Iterator[Found]]


def read_plain_text(document: Document) -> Iterator[Found]:
    yield read_text(document.read_whole(), source_name=document.name)


READERS: dict[str, Reader] = {
    "text": read_plain_text,
    "markdown": read_markdown,
    "html": read_web_page,
    "newsml-g2": read_newsml,
    "nitf": read_nitf,
    "rss": read_feed,
    "atom": read_feed,
    "xml": read_other_xml,
    "email": read_mail,
    "docx": read_word_document,
    "pdf": read_pdf,
    "web-annotation": read_web_annotations,
    "json-lines": read_json_lines,
    "json": read_json,
    "csv": read_table,
    "doccano": read_json_lines,
    "brat": brat.read_brat,
    "brat-annotations": brat.refuse_annotations,
}
"""By the names that `recognise` gives; a reader may raise UnreadableInput, and yield some."""

CONTAINERS: dict[str, Callable[[Document], Iterator[Part]]] = {
    "zip": parts_of_zip,
    "tar": parts_of_tar,
    "gzip": partial(parts_of_compressed, kind="gzip"),
    "bzip2": partial(parts_of_compressed, kind="bzip2"),
    "xz": partial(parts_of_compressed, kind="xz"),
}


def read(
    source: Source | str | os.PathLike[str], *, mapping: Mapping[str, str] | None = None
) -> Iterator[ArticleRecord | UnreadableInput]:
    """Yield the articles of `source`, and an UnreadableInput (not raised) for each part of it that gives none.

    `mapping` names the columns of tables and keys of JSON for an article's fields: {"text": "body"}; ValueError is
    raised at once for a field that no article has. A fault costs the member, line or item that it is in; going
    over a limit on members, depth or expanded size ends the source with one line.
    """
    found = source if isinstance(source, Source) else Source.at(source)
    return _read_source(found, checked(mapping))


def _read_source(source: Source, mapping: Mapping[str, str]) -> Iterator[Found]:
    try:
        with source.open() as (stream, size):
            neighbour = source.beside if source.path else nothing_beside
            yield from _read_document(Document(source.name, stream, mapping, size, beside=neighbour))
    except UnreadableInput as problem:
        yield problem


def _read_document(document: Document) -> Iterator[Found]:
    """Raises TooMuch, which ends the source; other faults are yielded."""
    try:
        if not document.head:
            raise UnreadableInput(document.name, "empty file")
        name = _reader_for(document)
        if name in CONTAINERS:
            for part in CONTAINERS[name](document):
                if isinstance(part, UnreadableInput):
                    yield part
                else:
                    yield from _read_document(part)
            return
        for found in READERS[name](document):
            yield found if isinstance(found, UnreadableInput) else _finished(found, document, name)
    except TooMuch:
        raise
    except UnreadableInput as problem:
        yield problem
    except Exception as error:  # what no reader foresaw costs this file, and the rest is read
        logger.warning("%s: a reader failed", document.name, exc_info=True)
        yield UnreadableInput(document.name, f"a fault in its reader ({type(error).__name__}); not read further")


def _reader_for(document: Document) -> str:
    name = recognise(document.head, mapping=document.mapping)
    if name in {"text", "markdown", "csv"} and document.beside(beside.SUFFIX) is not None:
        return "brat"
    return name


def _finished(record: ArticleRecord, document: Document, reader: str) -> ArticleRecord:
    text, quotations = in_normal_form(record.text, record.quotations)
    return replace(
        record,
        text=text,
        quotations=quotations,
        sha256=record.sha256 or document.sha256,
        reader=record.reader or reader,
        language=language_of(text, declared=record.language),
    )
