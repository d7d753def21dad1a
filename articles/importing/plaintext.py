"""Plain text, with or without a header block -> an article's record."""

from __future__ import annotations

import os

from .composing import is_blank
from .decoding import decode
from .ending import outlet_in, read_ending
from .headers import split_header
from .opening import read_opening
from .records import ArticleRecord, UnreadableInput
from .sources import MAX_BYTES, Source


def read_text_file(source: Source | str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> ArticleRecord:
    """Raises UnreadableInput, and nothing else, for whatever cannot be read."""
    if not isinstance(source, Source):
        source = Source.at(source)
    return read_text(source.read_bytes(max_bytes=max_bytes), source_name=source.name)


def read_text(data: bytes, *, source_name: str) -> ArticleRecord:
    """What the header says stands; what it leaves out is looked for in the text, save date and address."""
    if not data:
        raise UnreadableInput(source_name, "empty file")
    decoded, encoding = decode(data, source=source_name)
    if is_blank(decoded):
        raise UnreadableInput(source_name, "empty file (nothing but white space)")
    header, text = split_header(decoded, source=source_name)
    text = text.lstrip("\ufeff")
    if is_blank(text):
        raise UnreadableInput(source_name, "no text after the header block")
    opening = read_opening(text)
    signoff, found_licence = read_ending(text)
    licence = header.licence or found_licence
    return ArticleRecord(
        text,
        title=header.title or opening.title,
        outlet=header.outlet or outlet_in(found_licence) or outlet_in(licence),
        byline=header.byline or opening.byline,
        published_on=header.published_on,
        url=header.url,
        place=header.place or opening.place,
        signoff=signoff,
        licence=licence,
        source_name=source_name,
        encoding=encoding,
    )
