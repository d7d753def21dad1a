"""Bytes -> text, in whatever encoding they are; what is not text is refused with the place of the fault."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from .records import UnreadableInput

# UTF-32's little-endian mark begins with UTF-16's, so it is looked for first.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Formats that people take for text, some of which hold no NUL byte to give them away.
_SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "a Rich Text document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"\x7fELF", "a program"),
)

_UTF8_CHARACTERS = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH_BYTES = re.compile(rb"[\x80-\xff]")
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MAX_CONTROLS = 0.01

# What charset-normalizer is asked about: left to itself, it now and then reads English with a few curly
# quotation marks as Big5 or EBCDIC, and it cannot tell Windows-1252 from 1250.
_LEGACY = [
    *("cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258"),
    *("iso8859_2", "iso8859_5", "iso8859_7", "iso8859_8", "iso8859_9", "koi8_r", "koi8_u"),
    *("mac_cyrillic", "big5", "gb18030", "cp932", "euc_jp", "cp949", "tis_620"),
]

# What no Western text has: capitals and signs in the middle of a word, and the like. English, French, German
# and Spanish read rightly show next to none; a wrong reading shows them at every other byte.
_OUT_OF_PLACE = re.compile(
    r"(?<=[a-z])(?:[À-ÖØ-ÞŠŽŒŸƒˆ˜¤¦¨¬¯´¶¸¹¿þð]|[¡-©«-¿×÷†‡‰‹›„“](?=[a-zß-ÿ]))|[ÒÓÔÕ](?![a-z])"
    r"|[≠∞≤≥∂∑∏π∫Ω√≈∆◊ı˘˙˚˝˛ˇ]"
)
_MAX_OUT_OF_PLACE = 0.1
_MAX_ACCENTED = 0.3
"""Of the letters. English with foreign names has one in a hundred, French five, Czech fourteen, Greek all."""


def decode(data: bytes, *, source: str) -> tuple[str, str]:
    """The text, without byte order mark and with LF newlines, and the encoding's name.

    Tried in this order: a byte order mark, UTF-8, Windows-1252 and Mac Roman where the text then looks
    Western, charset-normalizer. Czech and Hungarian in Windows-1250 look Western too; better send them as UTF-8.
    """
    text, encoding = decode_exactly(data, source=source)
    return text.replace("\r\n", "\n").replace("\r", "\n"), encoding


def decode_exactly(data: bytes, *, source: str) -> tuple[str, str]:
    """As `decode`, with the newlines as they came: offsets of annotations may count them."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableInput(source, f"not text (it is {kind}); save it as plain text first")
    text, encoding = _decode(data, source)
    nul = text.find("\0")
    if nul >= 0:
        raise UnreadableInput(source, f"not text (found a NUL character at character {nul:,})")
    control = _CONTROLS.search(text)
    if control and len(_CONTROLS.findall(text)) > _MAX_CONTROLS * len(text):
        place = f"found control characters, the first at character {control.start():,}"
        raise UnreadableInput(source, f"not text ({place})")
    return text.lstrip("\ufeff"), encoding


def _decode(data: bytes, source: str) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data, len(mark), encoding, source), encoding
    nul = data.find(b"\0")
    if nul >= 0:
        raise UnreadableInput(source, f"not text (found a NUL byte at {nul:,})")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        guessed = None if _is_damaged_utf8(data) else _guess(data)
        if guessed is None:
            raise UnreadableInput(source, _misfit(data, error.start, "UTF-8")) from error
        return guessed


def _decode_marked(data: bytes, start: int, encoding: str, source: str) -> str:
    try:
        return data[start:].decode(encoding)
    except UnicodeDecodeError as error:
        name = encoding.removesuffix("-le").removesuffix("-be").upper()
        fault = _misfit(data, start + error.start, f"{name}, as its byte order mark promises")
        raise UnreadableInput(source, fault) from error


def _misfit(data: bytes, offset: int, name: str) -> str:
    return f"not readable as text (byte 0x{data[offset]:02X} at {offset:,} is not {name}); save it as UTF-8"


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether UTF-8 is what it mostly is: another reading would only turn the sound characters to "â€™"."""
    sound = sum(len(match) for match in _UTF8_CHARACTERS.findall(data))
    return sound * 2 > len(_HIGH_BYTES.findall(data))


def _guess(data: bytes) -> tuple[str, str] | None:
    for encoding in ("cp1252", "mac_roman"):
        text = _decode_as(data, encoding)
        if text is not None and _looks_western(text):
            return text, _public_name(encoding)
    matches = list(from_bytes(data, cp_isolation=_LEGACY, preemptive_behaviour=False, enable_fallback=False))
    if not matches:
        return None
    best = next((match for match in matches if _is_in_place(str(match))), matches[0])
    return str(best), _public_name(best.encoding)


def _public_name(encoding: str) -> str:
    return re.sub(r"^cp(125\d)$", r"windows-\1", encoding).replace("_", "-")


def _decode_as(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _looks_western(text: str) -> bool:
    """Whether somebody wrote it in that encoding: Latin letters, few of them accented, and little out of place."""
    letters = sum(char.isalpha() for char in text)
    accented = sum(char.isalpha() and not char.isascii() for char in text)
    return accented <= max(1, _MAX_ACCENTED * letters) and _is_in_place(text)


def _is_in_place(text: str) -> bool:
    foreign = sum(not char.isascii() for char in text)
    return len(_OUT_OF_PLACE.findall(text)) <= _MAX_OUT_OF_PLACE * foreign
