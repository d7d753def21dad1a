"""Quotations as rows of a table, for CSV and Excel: one row each, under the same headings.

Carries what people read of a quotation and where it stands; neither texts nor former texts, outlets' and speakers'
records, or the history. Offsets count in the text whose SHA-256 is in the row: the article's or, where
"in_earlier_version" says "yes", a former one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

from .records import VERSION, Article, BrokenOff, Head, NotAnExport, Quotation, Record, Records
from .whole import Ending

HEADINGS = (
    *("speaker", "words", "kind", "state", "cue", "mention", "article", "outlet", "date", "url", "permalink"),
    *("settled_by", "settled_at", "note", "taken_out", "in_earlier_version"),
    *("uid", "article_number", "text_sha256"),
    *("spans", "cue_span", "mention_span", "row", "rows"),
)
FORMERLY = tuple(heading for heading in HEADINGS if heading != "in_earlier_version")
"""The headings of tables that older versions wrote: no row says whether its words stood in the article's text."""
NUMBERS = ("row", "rows", "article_number")
"""Cells that are numbers; in all others words stand."""

Row = dict[str, str | int]

_FIELDS = {
    **{name: name for name in HEADINGS},
    **{"words": "content", "cue": "cue_words", "mention": "mention_words", "speaker": "speaker_name"},
    **{"article": "title", "in_earlier_version": "former_text"},
}
"""Heading -> the field of a quotation or an article that is not known where the cell was cut."""


def rows_of(records: Records, head: Head) -> Iterator[Row]:
    """A row a quotation; each says which of how many it is. Of an export of nothing one row of 0."""
    number = 0
    for record in records:
        if record["record"] == "article":
            for quotation in record["quotations"]:
                number += 1
                yield {"row": number, "rows": head["quotations"], **_row(quotation, record, head=head)}
    if not head["quotations"]:
        yield {**dict.fromkeys(HEADINGS, ""), "row": 0, "rows": 0, "article_number": 0}


def records_in(rows: Iterable[Row]) -> Iterator[Record]:
    """The articles with their quotations, between a head and an end. Raises BrokenOff and NotAnExport."""
    ending, number, total = Ending(), 0, None
    article: Article | None = None
    for row in rows:
        if total is None:
            total = int(row["rows"])
            yield cast("Head", {"record": "head", "version": VERSION, "quotations": total})
        if total == 0:
            continue
        number += 1
        if (row["row"], row["rows"]) != (number, total):
            raise NotAnExport(f"row {number:,} says that it is row {row['row']} of {row['rows']}")
        if article is None or article["number"] != row["article_number"]:
            if article:
                yield ending.passing(article)
            article = _article(row)
        article["quotations"].append(_quotation(row))
        for name in str(row.get("cut", "")).split():
            quotation: dict[str, Any] = cast("dict[str, Any]", article["quotations"][-1])
            (quotation if _FIELDS[name] in quotation else cast("dict[str, Any]", article)).pop(_FIELDS[name], None)
    if total is None or number < total:
        raise BrokenOff(f"it ends behind row {number:,} of {'many' if total is None else f'{total:,}'}")
    if article:
        yield ending.passing(article)
    yield ending.end()


def _row(quotation: Quotation, article: Article, *, head: Head) -> Row:
    former = quotation["former_text"]
    text = article if former is None else article["former_texts"][former]
    return {
        "speaker": quotation["speaker_name"],
        "words": quotation["content"],
        "kind": quotation["kind"],
        "state": quotation["state"],
        "cue": quotation["cue_words"],
        "mention": quotation["mention_words"],
        "article": article["title"],
        "outlet": article["outlet"]["name"] if article["outlet"] else "",
        "date": article["published_on"] or "",
        "url": article["url"],
        "permalink": f"{head['address']}/quotations/{quotation['uid']}/" if head["address"] else "",
        "settled_by": quotation["settled_by"],
        "settled_at": quotation["settled_at"] or "",
        "note": quotation["note"],
        "taken_out": "yes" if quotation["is_hidden"] else "",
        "in_earlier_version": "" if former is None else "yes",
        "uid": quotation["uid"],
        "article_number": article["number"],
        "text_sha256": text["text_sha256"],
        "spans": _spans_in_words(quotation["spans"]),
        "cue_span": _spans_in_words([quotation["cue"]] if quotation["cue"] else []),
        "mention_span": _spans_in_words([quotation["mention"]] if quotation["mention"] else []),
    }


def _spans_in_words(spans: list[list[int]]) -> str:
    """As "[115, 290) [300, 310)", half-open; what a spreadsheet takes for no date."""
    return " ".join(f"[{start}, {end})" for start, end in spans)


def _article(row: Row) -> Article:
    outlet = {"name": row["outlet"]} if row["outlet"] else None
    about = {"number": row["article_number"], "title": row["article"], "outlet": outlet}
    return cast(
        "Article",
        {"record": "article", **about, "published_on": row["date"] or None, "url": row["url"], "quotations": []},
    )


def _quotation(row: Row) -> Quotation:
    cue, mention = (_spans(row[field]) for field in ("cue_span", "mention_span"))
    same = ("uid", "kind", "state", "settled_by", "note", "text_sha256")
    found: dict[str, Any] = {
        **{field: row[field] for field in same},
        "spans": _spans(row["spans"]),
        "content": row["words"],
        "cue": cue[0] if cue else None,
        "cue_words": row["cue"],
        "mention": mention[0] if mention else None,
        "mention_words": row["mention"],
        "speaker_name": row["speaker"],
        "settled_at": row["settled_at"] or None,
        "is_hidden": row["taken_out"] == "yes",
    }
    if "in_earlier_version" in row:
        found["former_text"] = 0 if row["in_earlier_version"] == "yes" else None
    return cast("Quotation", found)


def _spans(written: Any) -> list[list[int]]:
    places = (place.split(", ") for place in written.removeprefix("[").removesuffix(")").split(") [") if place)
    return [[int(start), int(end)] for start, end in places]
