"""JSON Lines of offsets: one article a line, as quote_bench.py takes predictions.

Carries, by the stem of the article's source name ("id"): spans, kind, cue, mention (called "speaker", as there), uid,
state and the speaker's name of each quotation that stands in the text, and the SHA-256 of that
text, not the text. Each line says which of how many it is, since no last line could be known by whoever reads only
lines; an export of nothing is one empty line.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, BinaryIO, cast

from .checking import checked
from .json_lines import one_line
from .records import VERSION, Article, BrokenOff, Head, NotAnExport, Quotation, Record, Records
from .standing import standing
from .whole import Ending

_BEGINNING = b'{"row":1,"rows":'


def looks_like(head: bytes) -> bool:
    return head.startswith(_BEGINNING)


def write(records: Records, out: BinaryIO) -> None:
    rows = cast("Head", next(records))["articles"]
    articles = (record for record in records if record["record"] == "article")
    for row, article in enumerate(articles, start=1):
        out.write(one_line(_line(article, row, rows)).encode() + b"\n")
    if not rows:
        out.write(b"\n")


def read(file: BinaryIO) -> Records:
    file.seek(0)
    return checked(_records(file))


def stem(source_name: str) -> str:
    """What a corpus calls the document: "a" of "news.zip!may/a.txt"."""
    return PurePath(source_name.rpartition("!")[2]).stem


def _line(article: Article, row: int, rows: int) -> dict[str, Any]:
    return {
        "row": row,
        "rows": rows,
        "id": stem(article["source_name"]),
        "quotes": [_quote(quotation) for quotation in standing(article)],
        "article": article["number"],
        "text_sha256": article["text_sha256"],
    }


def _quote(quotation: Quotation) -> dict[str, Any]:
    return {
        "spans": quotation["spans"],
        "kind": quotation["kind"],
        "speaker": quotation["mention"],
        "cue": quotation["cue"],
        "uid": quotation["uid"],
        "state": quotation["state"],
        "speaker_name": quotation["speaker_name"],
    }


def _records(file: BinaryIO) -> Iterator[Record]:
    ending = Ending()
    rows: int | None = None
    for line in file:
        if not line.strip() and rows is None:
            rows = 0
            yield _head(rows)
            continue
        found = _parsed(line)
        if rows is None:
            rows = found["rows"]
            yield _head(rows)
        if (found["row"], found["rows"]) != (ending.articles + 1, rows):
            raise NotAnExport(
                f"line {ending.articles + 1:,} says that it is line {found['row']:,} of {found['rows']:,}"
            )
        article = _article(found)
        yield ending.passing(article)
    if rows is None or ending.articles < rows:
        raise BrokenOff(f"it ends behind line {ending.articles:,} of {rows or 'many'}")
    yield ending.end()


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(line)
    except ValueError as error:
        if line.startswith(b"{") and not line.endswith(b"\n"):
            raise BrokenOff("its last line is only a part") from error
        raise NotAnExport(f"a line in it is no JSON ({error})") from error
    return found


def _head(rows: int) -> Head:
    return cast("Head", {"record": "head", "version": VERSION, "articles": rows})


def _article(found: dict[str, Any]) -> Article:
    quotations = [
        {**{name: value for name, value in quote.items() if name != "speaker"}, "mention": quote["speaker"]}
        for quote in found["quotes"]
    ]
    fields = {"number": found["article"], "text_sha256": found["text_sha256"]}
    return cast("Article", {"record": "article", **fields, "quotations": quotations})
