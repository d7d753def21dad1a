"""PDF with text in it -> the article, lines joined to paragraphs as well as a page lets us."""

from __future__ import annotations

import io
import re
import time
from collections import Counter
from collections.abc import Iterator

from .composing import Details, compose
from .documents import MAX_WHOLE, Document
from .not_articles import refuse_no_article
from .records import ArticleRecord, UnreadableInput
from .sheltering import hush, sheltered

_MAX_PAGES = 60
_MAX_SECONDS = 20.0
"""For all pages; looked at between them."""
_MAX_CHARACTERS = 1_000_000

_PAGE_NUMBER = re.compile(r"(?:page )?\d{1,4}(?: ?(?:/|of) ?\d{1,4})?", re.IGNORECASE)
_HYPHENATED = re.compile(r"[^\W\d_][-\u00ad\u2010]$")
_OPENS_LOW = re.compile(r"[^\W\d_A-Z]")
_CLOSED = re.compile(r"[.?!:…][\"'”’)\]]*$")
_SHORT = 0.8
"""Of a full line; a line that ends a sentence before that ends its paragraph."""


def read_pdf(document: Document) -> Iterator[ArticleRecord | UnreadableInput]:
    """Columns come in the order in which the file draws them. Raises UnreadableInput for pictures of pages, for an
    encrypted or damaged file, and for under 30 words."""
    data = document.read_whole(most=MAX_WHOLE)
    with sheltered(document.name, "a PDF document"):
        pages, details = _read(data, document.name)
    text = "\n\n".join(paragraphs_of(pages))
    if not text.strip():
        raise UnreadableInput(
            document.name, "a PDF without text (pictures of pages?); recognise its characters first"
        )
    refuse_no_article(text, source=document.name)
    yield compose(text, details, source_name=document.name)


def _read(data: bytes, name: str) -> tuple[list[str], Details]:
    from pypdf import PdfReader  # takes a quarter of a second to load

    hush("pypdf")
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableInput(name, "an encrypted PDF; save it without its password first")
    if len(reader.pages) > _MAX_PAGES:
        raise UnreadableInput(name, f"not an article (a PDF of {len(reader.pages):,} pages)")
    pages: list[str] = []
    deadline = time.monotonic() + _MAX_SECONDS
    for page in reader.pages:
        if time.monotonic() > deadline or sum(map(len, pages)) > _MAX_CHARACTERS:
            raise UnreadableInput(name, "a PDF that takes too long to read; save it as plain text")
        pages.append(page.extract_text() or "")
    found = reader.metadata
    title, author = (str(found.get(key) or "") for key in ("/Title", "/Author")) if found else ("", "")
    return pages, Details(title=title, byline=author)


def paragraphs_of(pages: list[str]) -> list[str]:
    """Without page numbers and what stands at the top or foot of every page; hyphens at line ends are taken out
    where the next line goes on in small letters."""
    lines_by_page = [[line.strip() for line in page.split("\n")] for page in pages]
    running = _running_lines(lines_by_page)
    lines: list[str] = []
    for page in lines_by_page:
        kept = [line for line in page if line not in running and not _PAGE_NUMBER.fullmatch(line)]
        while kept and not kept[-1]:
            kept.pop()
        lines += kept
    widths = sorted(len(line) for line in lines if line)
    full = widths[len(widths) * 9 // 10] if widths else 0
    paragraphs: list[str] = []
    current = ""
    for line in lines:
        if not line:
            paragraphs.append(current)
            current = ""
            continue
        current = _join(current, line)
        is_headline = not paragraphs and current == line and not _HYPHENATED.search(line)
        if len(line) < _SHORT * full and (_CLOSED.search(line) or is_headline):
            paragraphs.append(current)
            current = ""
    return [paragraph for paragraph in [*paragraphs, current] if paragraph]


def _join(before: str, line: str) -> str:
    if before and _HYPHENATED.search(before) and _OPENS_LOW.match(line):
        return before[:-1] + line
    return f"{before} {line}" if before else line


def _running_lines(pages: list[list[str]]) -> set[str]:
    """What opens or closes most pages, of three or more."""
    if len(pages) < 3:
        return set()
    ends = Counter(line for page in pages for line in {*filter(None, page[:1]), *filter(None, page[-1:])})
    return {line for line, count in ends.items() if count > len(pages) // 2}
