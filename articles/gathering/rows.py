"""Rows of the database as the records of an export have them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from ..exports import records
from ..models import name_as_shown
from ..querysets import exporting

AS_IT_IS = (
    *("title", "text", "text_sha256", "byline", "url", "place", "signoff", "licence", "language"),
    *("is_hidden", "source_name", "encoding", "reader", "source_sha256", "extracted_with", "extraction_tries"),
    *("extraction_failure", "needs_second_look", "second_look_note", "version"),
)
ARTICLE = ("pk", "outlet_id", "published_on", "story_id", "imported_at", "reviewed_by_id", "reviewed_at", *AS_IT_IS)
QUOTATION = (
    *("article_id", "pk", "uid", "kind", "spans", "content", "cue_start", "cue_end", "cue", "mention_start"),
    *("mention_end", "mention", "speaker_id", "speaker__name", "speaker__qualifier", "state", "origin", "confidence"),
    *("settled_by_id", "settled_at", "note", "is_hidden", "former_text_id", "version"),
)
USERS = frozenset({"settled_by_id", "reviewed_by_id"})
"""Fields of changes that hold the number of an account."""


def article(row: tuple[Any, ...], *, outlets: Mapping[int, records.Outlet], users: Mapping[int, str]) -> Any:
    """The record of an article, still without quotations, former texts and analysis, from a row of ARTICLE."""
    number, outlet, published_on, story, imported_at, reviewed_by, reviewed_at, *values = row
    return {
        "record": "article",
        "number": number,
        **dict(zip(AS_IT_IS, values, strict=True)),
        "outlet": outlets[outlet] if outlet else None,
        "published_on": written(published_on),
        "story": story,
        "imported_at": imported_at.isoformat(),
        "reviewed_by": users.get(reviewed_by, ""),
        "reviewed_at": written(reviewed_at),
        "analysis": None,
        "former_texts": [],
        "quotations": [],
    }


def quotation(row: tuple[Any, ...], *, users: Mapping[int, str], places: Mapping[int, int]) -> records.Quotation:
    """From a row of QUOTATION; `places` has the index of each former text by its number."""
    _, _, uid, kind, spans, content, cue_start, cue_end, cue, mention_start, mention_end, mention = row[:12]
    speaker, name, qualifier, state, origin, confidence, settled_by, settled_at, note, is_hidden = row[12:22]
    former, version = row[22:]
    return {
        "uid": str(uid),
        "kind": kind,
        "spans": spans,
        "content": content,
        "cue": None if cue_start is None else [cue_start, cue_end],
        "cue_words": cue,
        "mention": None if mention_start is None else [mention_start, mention_end],
        "mention_words": mention,
        "speaker": speaker,
        "speaker_name": name_as_shown(name, qualifier) if speaker else "",
        "state": state,
        "origin": origin,
        "confidence": confidence,
        "settled_by": users.get(settled_by, ""),
        "settled_at": written(settled_at),
        "note": note,
        "is_hidden": is_hidden,
        "former_text": None if former is None else places[former],
        "version": version,
    }


def speaker(row: tuple[Any, ...], aliases: list[str]) -> records.Speaker:
    """From a row of exporting.SPEAKER."""
    number, name, qualifier, kind, role, wikidata_id, is_hidden, merged_into, version = row
    return {
        "record": "speaker",
        "number": number,
        "name": name,
        "qualifier": qualifier,
        "kind": kind,
        "role": role,
        "wikidata_id": wikidata_id,
        "is_hidden": is_hidden,
        "merged_into": merged_into,
        "aliases": aliases,
        "version": version,
    }


def former_text(row: tuple[Any, ...], *, uids: Mapping[int, str]) -> Any:
    """From a row of exporting.former_texts; of the anchors those of the quotations in `uids`, by number."""
    _, act, anchors, *values, _ = row
    named = dict(zip(exporting.FORMER, values, strict=True))
    return {
        **named,
        "published_on": written(named["published_on"]),
        "imported_at": written(named["imported_at"]),
        "replaced_at": written(named["replaced_at"]),
        "act": str(act) if act else None,
        "anchors": [one | {"quotation": uids[one["quotation"]]} for one in anchors if one["quotation"] in uids],
    }


def change(row: tuple[Any, ...], *, users: Mapping[int, str], places: Mapping[int, int]) -> records.Change:
    """From a row of exporting.CHANGE."""
    _, _, uid, article, speaker, outlet, before, after = row
    of = {"quotation": str(uid) if uid else None, "article": article, "speaker": speaker, "outlet": outlet}
    told: Any = {name: one for name, one in of.items() if one}
    for name, stored in (("before", before), ("after", after)):
        told[name] = values(stored, users=users, places=places)
    return told  # type: ignore[no-any-return]


def values(
    stored: dict[str, Any] | None, *, users: Mapping[int, str], places: Mapping[int, int]
) -> dict[str, Any] | None:
    """What a change holds, with usernames and indexes of former texts in the place of numbers."""
    if stored is None:
        return None
    told = dict(stored)
    for name in USERS & told.keys():
        told[name] = users.get(told[name]) if told[name] is not None else None
    if told.get("former_text_id") is not None:
        told["former_text_id"] = places.get(told["former_text_id"])
    return told


def written(moment: datetime.date | None) -> str | None:
    return moment.isoformat() if moment else None
