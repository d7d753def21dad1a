"""What format bytes are in, told from the bytes: names lie."""

from __future__ import annotations

import codecs
import csv
import json
import re
from collections.abc import Mapping
from contextlib import suppress

from .field_names import field_of

_SIGNATURES = (
    (b"\x1f\x8b", "gzip"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"PK\x05\x06", "zip"),
)
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PROLOGUE = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_DOCTYPE = re.compile(r"<!doctype\s+(?P<root>[\w:.-]+)[^\[>]*+(?:\[.*?\])?\s*>", re.IGNORECASE | re.DOTALL)
_ROOT = re.compile(r"<(?:[\w.-]+:)?(?P<name>[A-Za-z][\w.-]*)(?=[\s/>])")
_ROOTS = {
    "newsmessage": "newsml-g2",
    "newsitem": "newsml-g2",
    "nitf": "nitf",
    "rss": "rss",
    "rdf": "rss",
    "feed": "atom",
}
_HTML = re.compile(
    r"html|head|body|main|article|section|div|p|h[1-6]|span|table|title|meta|link|script|style|header|nav|ul|ol|br",
    re.IGNORECASE,
)
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:[^\n]*\n){0,200}?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_FRONT_MATTER_FIELD = re.compile(r"^[A-Za-z_][\w -]{0,40}:(?: |$)", re.MULTILINE)
_MARKDOWN_HEADING = re.compile(r"#{1,6} \S[^\n]*\n|[^\n]{1,200}\n={3,}[ \t]*\n")
_MAIL_FIELD = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,60}:")
_MAIL_FIELDS = re.compile(
    r"^(from|to|subject|date|message-id|mime-version|received|return-path|content-type|delivered-to|reply-to):",
    re.IGNORECASE | re.MULTILINE,
)
_STAND_OFF = re.compile(r"(?:(?:[ER#AN*]\w*\t[^\n]*|[ \t]*)\n)*+T\d+\t[^\s\t]+ \d+ \d+(?:;\d+ \d+)*\t")
_WEB_ANNOTATION = re.compile(r"www\.w3\.org/ns/anno\.jsonld|\"type\"\s*:\s*\"Annotation(?:Page|Collection)?\"")
_COLUMN = re.compile(r"[^\W\d][\w .()/#-]{0,40}")
_ROWS_SEEN = 20
_SURELY_CUT = 10_000
"""Characters; what is shorter is the whole document, or the last row of many."""
_DELIMITERS = "\t,;|"


def recognise(data: bytes, *, mapping: Mapping[str, str] | None = None) -> str:
    """The name of the reader for a file that begins with `data`; "text" for whatever shows no other sign.

    64 KB are enough. The columns of a `mapping` make a table of what could be taken for text.
    """
    return _by_signature(data) or _by_text(opening_text(data), mapping or {})


def _by_signature(data: bytes) -> str:
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            return name
    if re.match(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)", data):
        return "bzip2"
    if data.startswith(b"PK\x03\x04"):
        return "docx" if b"[Content_Types].xml" in data or b"word/document.xml" in data else "zip"
    if data[257:262] == b"ustar":
        return "tar"
    if b"%PDF-" in data[:1024] and not data.lstrip()[:1].isalpha():
        return "pdf"
    return ""


def opening_text(data: bytes) -> str:
    """As far as it can be read, with LF newlines; "" for what holds a NUL."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "ignore")
            break
    else:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
    return "" if "\0" in text else text.replace("\r\n", "\n").replace("\r", "\n")


def _by_text(opening: str, mapping: Mapping[str, str]) -> str:
    text = opening.lstrip()
    if text.startswith("<"):
        return _markup(text)
    if text.startswith(("{", "[")) and (name := _json(text)):
        return name
    if _is_front_matter(opening):
        return "markdown"
    if _is_mail(opening):
        return "email"
    if _STAND_OFF.match(opening):
        return "brat-annotations"
    if is_table(opening, mapping):
        return "csv"
    return "markdown" if _MARKDOWN_HEADING.match(text) else "text"


def _markup(text: str) -> str:
    start = _end_of_prologue(text, 0)
    if doctype := _DOCTYPE.match(text, start):
        if doctype["root"].lower() == "html":
            return "html"
        start = _end_of_prologue(text, doctype.end())
    root = _ROOT.match(text, start)
    if root and (name := _ROOTS.get(root["name"].lower())):
        return name
    if root and _HTML.fullmatch(root["name"]):
        return "html"
    is_xml = text.startswith("<?xml") or (root and "xmlns" in text[start : text.find(">", start)])
    return "xml" if is_xml else "text"


def _end_of_prologue(text: str, start: int) -> int:
    found = _PROLOGUE.match(text, start)
    return found.end() if found else start


def _json(text: str) -> str:
    """Whatever looks like an object with names, or an array of objects; the rest is text in brackets."""
    if not re.match(r'\{\s*(?:"|\})|\[\s*(?:\{\s*"|\])', text):
        return ""
    first, _, rest = text.partition("\n")
    is_lines = text.startswith("{") and rest.lstrip().startswith("{")
    is_open = is_lines and first.rstrip().endswith("[")  # a collection, one annotation a line
    if (not is_lines or is_open) and _WEB_ANNOTATION.search(text[:20_000]):
        return "web-annotation"
    if not text.startswith("{"):
        return "json"
    with suppress(ValueError, RecursionError):
        json.loads(first)
        return "doccano" if is_doccano(first) else "json-lines"
    return "json-lines" if is_lines else "json"


def is_doccano(line: str) -> bool:
    return bool(re.search(r'"(?:text|data)"\s*:', line)) and bool(
        re.search(r'"labels?"\s*:\s*\[\s*(?:\]|\[\s*\d+\s*,\s*\d+\s*,\s*")|"start_offset"\s*:', line)
    )


def _is_front_matter(text: str) -> bool:
    found = _FRONT_MATTER.match(text)
    return bool(found and _FRONT_MATTER_FIELD.search(found[0]))


def _is_mail(text: str) -> bool:
    block = text.removeprefix("\n").partition("\n\n")[0][:20_000]
    if block.startswith("From "):  # an mbox's line before the first field
        block = block.partition("\n")[2]
    if not _MAIL_FIELD.match(block):
        return False
    names = {name.lower() for name in _MAIL_FIELDS.findall(block)}
    return len(names) >= 3 and bool(names & {"from", "received", "return-path", "message-id", "mime-version"})


def is_table(opening: str, mapping: Mapping[str, str] | None = None) -> bool:
    return bool(delimiter_of(opening, mapping))


def delimiter_of(opening: str, mapping: Mapping[str, str] | None = None) -> str:
    """What parts the columns of a table with a row of names; "" for what is no table."""
    return next((each for each in _DELIMITERS if _is_table_with(opening, each, mapping or {})), "")


def _is_table_with(opening: str, delimiter: str, mapping: Mapping[str, str]) -> bool:
    first = opening.lstrip("\n").partition("\n")[0]
    names = next(csv.reader([first], delimiter=delimiter), []) if delimiter in first else []
    if len(names) < 2 or len(set(names)) < len(names) or not all(map(_COLUMN.fullmatch, names)):
        return False
    known = sum(bool(field_of(name)) or name in mapping.values() for name in names)
    rows = []
    with suppress(csv.Error):
        for row in csv.reader(opening.splitlines(keepends=True), delimiter=delimiter):
            rows.append(row)
            if len(rows) > _ROWS_SEEN:
                break
    is_cut = len(opening) > _SURELY_CUT and len(rows) <= _ROWS_SEEN
    whole = [row for row in (rows[1:-1] if is_cut else rows[1:]) if row]
    is_even = all(len(row) == len(names) for row in whole)
    if known >= 2 or (known and (delimiter == "\t" or is_even)):
        return True
    return is_even and len(whole) >= (1 if delimiter == "\t" else 2) and not any(" " in name for name in names)
