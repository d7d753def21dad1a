"""What an export holds, whatever its format: a stream of records, each a dictionary that JSON can hold.

The order is: one Head, then speakers and articles (a speaker before the first article or act that names it, an outlet
inside its articles), then acts in the order in which they were done, then one End. Numbers ("number", "speaker",
"story", and those within `before` and `after`) name records within one export; in another database they are others.

All offsets are 0-based, end-exclusive, in Unicode code points of the text they belong to. Times are ISO 8601 with a
zone, days "2025-03-04". What is not known is "" or None, as it is stored. What a format cannot carry is absent from
the dictionaries that are read from it; `formats` says which formats carry all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NotRequired, TypedDict

VERSION = 1
"""Of this description; a reader refuses a later one."""
OFFSETS = "Unicode code points, 0-based, end-exclusive"
CONTENT_GAP = " … "
"""Stands between the words of two spans of one content, as where they are stored: `models.CONTENT_GAP`."""


class Head(TypedDict):
    """What the export is of. The numbers are those that will follow, known before the first is written."""

    record: Literal["head"]
    version: int
    made_at: str
    offsets: str
    address: str
    """Where this Newsroom is, as "https://newsroom.example", without a slash; "" where nobody said. A permalink is
    address + "/quotations/<uid>/"."""
    search: str
    """"articles?q=…" or "quotations?speaker=…", as the address of the list has it; "" for all there is."""
    articles: int
    quotations: int


class Speaker(TypedDict):
    record: Literal["speaker"]
    number: int
    name: str
    qualifier: str
    kind: str
    role: str
    wikidata_id: str
    is_hidden: bool
    merged_into: int | None
    aliases: list[str]
    version: int


class Outlet(TypedDict):
    number: int
    name: str
    homepage: str
    version: int


class Quotation(TypedDict):
    uid: str
    kind: str
    """direct, mixed or indirect."""
    spans: list[list[int]]
    content: str
    """The words at the spans, joined by CONTENT_GAP."""
    cue: list[int] | None
    cue_words: str
    mention: list[int] | None
    mention_words: str
    speaker: int | None
    """The number of the speaker's record; what the speaker is called, qualifier included, is in `speaker_name`."""
    speaker_name: str
    state: str
    """suggested, accepted or rejected."""
    origin: str
    """machine, person or imported."""
    confidence: float | None
    settled_by: str
    """A username; "" where nobody or nobody known."""
    settled_at: str | None
    note: str
    is_hidden: bool
    former_text: int | None
    """Which of the article's `former_texts`, from 0 on, its offsets count in; None: the article's text."""
    version: int


class FormerText(TypedDict):
    """All that is stored of it, but for its article and import; `anchors` name quotations by their uid."""

    text: str
    text_sha256: str
    title: str
    byline: str
    published_on: str | None
    source_name: str
    source_sha256: str
    encoding: str
    reader: str
    imported_at: str
    replaced_at: str
    act: str | None
    """The uid of the act that replaced it."""
    anchors: list[dict[str, Any]]


class Article(TypedDict):
    record: Literal["article"]
    number: int
    title: str
    text: str
    text_sha256: str
    outlet: Outlet | None
    byline: str
    published_on: str | None
    url: str
    place: str
    signoff: str
    licence: str
    language: str
    story: int | None
    is_hidden: bool
    source_name: str
    encoding: str
    reader: str
    source_sha256: str
    imported_at: str
    extracted_with: str
    extraction_tries: int
    extraction_failure: str
    reviewed_by: str
    reviewed_at: str | None
    needs_second_look: bool
    second_look_note: str
    version: int
    analysis: dict[str, Any] | None
    """What the pipeline saw besides: text_sha256, version, cues, as in `models.Analysis`."""
    former_texts: list[FormerText]
    quotations: list[Quotation]
    """In the order of the text; of an export of quotations only those that were sought."""


class Change(TypedDict):
    """Of one of the four, by number, or by uid of a quotation."""

    quotation: NotRequired[str]
    article: NotRequired[int]
    speaker: NotRequired[int]
    outlet: NotRequired[int]
    before: dict[str, Any] | None
    after: dict[str, Any]
    """Fields by name: "speaker_id", "merged_into_id", "outlet_id" are numbers of this export, "settled_by_id" and
    "reviewed_by_id" are usernames, "former_text_id" is an index in the article's former texts."""


class Act(TypedDict):
    record: Literal["act"]
    uid: str
    verb: str
    by: str
    at: str
    article: int | None
    note: str
    undoes: str | None
    changes: list[Change]
    left_out: int
    """Changes of records that are not in this export."""
    outlets: NotRequired[list[Outlet]]
    """Those that its changes name and that no article, and no act before it, has."""


class End(TypedDict):
    """The last record: without it, or with other numbers, what was read is only a part."""

    record: Literal["end"]
    articles: int
    quotations: int
    speakers: int
    acts: int


Record = Head | Speaker | Article | Act | End
Records = Iterator[Record]


class BrokenOff(ValueError):
    """The file ends before its end: a download or a copy that broke off. The message is one line for a person."""


class NotAnExport(ValueError):
    """The file is none that an export of this format made, or is damaged. The message is one line, with the place."""
