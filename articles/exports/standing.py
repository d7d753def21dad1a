"""What the formats share that mark a text: which quotations they can carry, which part of the head, and more."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from .records import CONTENT_GAP, Article, Head, NotAnExport, Quotation, Speaker

_OF_HEAD = ("record", "version", "made_at", "offsets", "address", "search", "articles")


def standing(article: Article) -> list[Quotation]:
    """Those that stand in its text and were not taken out, in their order."""
    return [
        quotation
        for quotation in article["quotations"]
        if quotation["former_text"] is None and not quotation["is_hidden"]
    ]


def of_head(head: Head) -> dict[str, Any]:
    """All but how many quotations there are: those that stand in no text are not carried."""
    return {field: head[field] for field in _OF_HEAD}  # type: ignore[literal-required]


def note_wikidata_id(speaker: Speaker, wikidata_ids: dict[int, str]) -> None:
    """Add the speaker's to {number: Wikidata id}, if there is one."""
    if speaker["wikidata_id"]:
        wikidata_ids[speaker["number"]] = speaker["wikidata_id"]


def content_of(text: str, spans: Sequence[Sequence[int]]) -> str:
    return CONTENT_GAP.join(text[start:end] for start, end in spans)


def check_text(text: str, text_sha256: str, *, what: str) -> None:
    """Raises NotAnExport where it is not the text with that SHA-256; `what` it is of, for people."""
    if hashlib.sha256(text.encode()).hexdigest() != text_sha256:
        raise NotAnExport(f"the text of {what} is not as it was written")
