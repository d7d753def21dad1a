"""A quotation as a few lines that people and programs read, and back; knows no Django.

A field a line, as "Name: value". A line break within a value is followed by two spaces. Words, characters, prefix and
suffix come once for each span. What is not known has no line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from .quotation_annotations import alone, permalink, prefix_and_suffix, stand_of
from .records import CONTENT_GAP, OFFSETS, Article, BrokenOff, NotAnExport, Quotation, Records

FIRST = "Newsroom quotation"
BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?Newsroom quotation [0-9a-f-]{36}\s")
PLACED = re.compile(r"(.*) \((\d+)-(\d+)\)", re.DOTALL)
LAST = re.compile(r"\nVersion: \d+\s*\Z")
BREAK = "\n  "
LINE_BREAK = "↵"
"""Shown for one in prefix and suffix, which are there to be seen: the forms for programs have it as it is."""


def looks_like(head: bytes) -> bool:
    return BEGINNING.match(head) is not None


def read(file: BinaryIO) -> Records:
    """The quotation of a permalink that was kept in a file, within its article. The version is its last line."""
    try:
        written = file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotAnExport(f"not UTF-8 ({error})") from error
    if not LAST.search(written):
        raise BrokenOff("it ends before the version of the quotation")
    yield alone(*quotation_in(written))


def plain_text(quotation: Quotation, article: Article, *, address: str = "", proof: str = "") -> str:
    """`quotation`, which stands in `article`; `address` is that of the export's Head. Labels are English always.

    `proof` says whether the words were found to stand there; "" where nobody looked.
    """
    fields = _fields(quotation, article, address=address, proof=proof)
    lines = (f"{name}: {value}".replace("\n", BREAK) for name, value in fields if value)
    return "\n".join([f"{FIRST} {quotation['uid']}", *lines, ""])


def _fields(quotation: Quotation, article: Article, *, address: str, proof: str) -> Iterator[tuple[str, Any]]:
    stand = stand_of(article, quotation["former_text"])
    for start, end in quotation["spans"]:
        prefix, suffix = prefix_and_suffix(stand.text, start, end)
        yield "Words", stand.text[start:end]
        yield "Characters", f"{start}-{end}"
        yield "Prefix", prefix.replace("\n", LINE_BREAK)
        yield "Suffix", suffix.replace("\n", LINE_BREAK)
    yield "Counted in", OFFSETS
    yield "SHA-256 of the text", stand.sha256
    yield "Proof", proof
    yield "Speaker", quotation["speaker_name"]
    for name, span, words in (
        ("Cue", quotation["cue"], quotation["cue_words"]),
        ("Mention", quotation["mention"], quotation["mention_words"]),
    ):
        yield name, f"{words} ({span[0]}-{span[1]})" if span else ""
    yield "Kind", quotation["kind"]
    yield "State", quotation["state"]
    yield "Settled by", quotation["settled_by"]
    yield "Settled at", quotation["settled_at"]
    yield "Origin", quotation["origin"]
    yield "Confidence", "" if quotation["confidence"] is None else str(quotation["confidence"])
    yield "Note", quotation["note"]
    yield "Taken out", "yes" if quotation["is_hidden"] else ""
    yield "In an earlier version of the text", "yes" if quotation["former_text"] is not None else ""
    yield "Article", stand.title
    yield "By", stand.byline
    yield "Outlet", article["outlet"]["name"] if article["outlet"] else ""
    yield "Date", stand.published_on
    yield "Printed at", article["url"]
    yield "Permalink", permalink(quotation["uid"], address=address)
    yield "Version", str(quotation["version"])


def quotation_in(written: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The quotation and the article of a text of ours, with the fields that it carries: see `quotation_annotations`.

    Raises NotAnExport, which says what is missing.
    """
    first, _, rest = written.removeprefix("\ufeff").replace("\r\n", "\n").partition("\n")
    fields: dict[str, list[str]] = {}
    for line in re.split(r"\n(?!  )", rest.removesuffix("\n")):
        name, _, value = line.partition(": ")
        fields.setdefault(name, []).append(value.replace(BREAK, "\n"))
    try:
        return _read(first.removeprefix(f"{FIRST} "), fields)
    except (KeyError, ValueError, TypeError, IndexError) as error:
        raise NotAnExport(f"no quotation as Newsroom writes it: {error!r}") from error


def _read(uid: str, fields: dict[str, list[str]]) -> tuple[dict[str, Any], dict[str, Any]]:
    def one(name: str) -> str:
        return fields.get(name, [""])[0]

    cue, cue_words = _placed(one("Cue"))
    mention, mention_words = _placed(one("Mention"))
    quotation = {
        "uid": uid.strip(),
        "kind": fields["Kind"][0],
        "spans": [_span(span) for span in fields["Characters"]],
        "content": CONTENT_GAP.join(fields["Words"]),
        "cue": cue,
        "cue_words": cue_words,
        "mention": mention,
        "mention_words": mention_words,
        "speaker_name": one("Speaker"),
        "state": fields["State"][0],
        "origin": one("Origin"),
        "confidence": float(one("Confidence")) if "Confidence" in fields else None,
        "settled_by": one("Settled by"),
        "settled_at": one("Settled at") or None,
        "note": one("Note"),
        "is_hidden": "Taken out" in fields,
        "former_text": 0 if "In an earlier version of the text" in fields else None,
        "version": int(fields["Version"][0]),
    }
    return quotation, {"title": one("Article"), "text_sha256": fields["SHA-256 of the text"][0]}


def _span(written: str) -> list[int]:
    start, end = written.split("-")
    return [int(start), int(end)]


def _placed(written: str) -> tuple[list[int] | None, str]:
    found = PLACED.fullmatch(written)
    return ([int(found[2]), int(found[3])], found[1]) if found else (None, "")
