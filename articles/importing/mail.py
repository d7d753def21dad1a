"""A mail (.eml) -> the article that is its body."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from .composing import Details, compose
from .decoding import decode
from .documents import Document
from .markup_text import from_fragment
from .records import ArticleRecord, UnreadableInput
from .sheltering import sheltered

_SIGNATURE = re.compile(r"\n-- ?\n")
_SOFT_END = re.compile(r"(?<=\S) \n(?=\S)")
_LONGEST_FIELD = 2_000
_MAX_PARTS = 200


def read_mail(document: Document) -> Iterator[ArticleRecord | UnreadableInput]:
    """Subject, sender and date are title, by-line and date. The plain text is taken before the HTML; attachments are
    not read. Raises UnreadableInput where there is no text."""
    data = document.read_whole()
    if data.startswith(b"From "):
        data = data.partition(b"\n")[2]
    with sheltered(document.name, "a mail"):
        message = email.message_from_bytes(data)
        details = _details(message)
        text, encoding = _body(message, document.name)
    if not text.strip():
        raise UnreadableInput(document.name, "a mail without text; attachments are not read")
    yield compose(text, details, source_name=document.name, encoding=encoding)


def _details(message: Message) -> Details:
    name, _ = parseaddr(_field(message, "From"))
    return Details(
        title=re.sub(r"^(?:(?:re|fwd?|aw|wg)\s*:\s*)+", "", _field(message, "Subject"), flags=re.IGNORECASE),
        byline=name,
        date=_day(_field(message, "Date")),
        language=_field(message, "Content-Language"),
    )


def _field(message: Message, name: str) -> str:
    written = str(message.get(name) or "")[:_LONGEST_FIELD]
    pieces = []
    for words, charset in decode_header(written):
        pieces.append(words if isinstance(words, str) else _decoded(words, charset or "utf-8"))
    return " ".join("".join(pieces).split())


def _decoded(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset)
    except (LookupError, ValueError):
        return data.decode("utf-8", "replace")


def _day(written: str) -> str:
    try:
        return parsedate_to_datetime(written).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return written


def _body(message: Message, name: str) -> tuple[str, str]:
    pages: list[tuple[str, str]] = []
    for number, part in enumerate(message.walk()):
        if number > _MAX_PARTS:
            break
        kind = part.get_content_type()
        if part.get_content_disposition() == "attachment" or kind not in {"text/plain", "text/html"}:
            continue
        text, encoding = _part(part, name)
        if kind == "text/plain" and text.strip():
            return _plain(text, is_flowed=str(part.get_param("format", "")).lower() == "flowed"), encoding
        pages.append((from_fragment(text), encoding))
    return next((page for page in pages if page[0].strip()), ("", ""))


def _part(part: Message, name: str) -> tuple[str, str]:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return "", ""
    charset = str(part.get_content_charset() or "")
    try:
        return data.decode(charset), charset.lower()
    except (LookupError, ValueError):
        return decode(data, source=name)


def _plain(text: str, *, is_flowed: bool) -> str:
    """Without the sender's signature; lines that were broken only to travel are whole again."""
    text = text.replace("\r\n", "\n")
    text = _SIGNATURE.split(text, maxsplit=1)[0] if not _SIGNATURE.match(text) else text
    return _SOFT_END.sub(" ", text) if is_flowed else text
