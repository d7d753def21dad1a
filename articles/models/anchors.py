"""Where a quotation stands in a text: spans, and the words at them. Offsets are code points, half-open."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Q

# Stands between the words of two content spans where they are shown or stored as one string.
CONTENT_GAP = " … "

Span = tuple[int, int]


def as_span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else (start, end)


def span_valid(start: str, end: str) -> Q:
    """Both ends empty, or 0 <= start < end; a comparison with one empty end is NULL, which a check lets pass."""
    neither = Q(**{f"{start}__isnull": True, f"{end}__isnull": True})
    both = Q(**{f"{start}__isnull": False, f"{end}__isnull": False})
    return neither | both & Q(**{f"{start}__gte": 0, f"{end}__gt": F(start)})


ANCHORS = frozenset(
    (
        *("spans", "start", "end", "content", "cue_start", "cue_end", "cue"),
        *("mention_start", "mention_end", "mention"),
    )
)
"""The fields that `anchored` gives: they hold together, and are written together."""


def anchored(text: str, *, content: Sequence[Span], cue: Span | None, mention: Span | None) -> dict[str, Any]:
    """The fields of a quotation that say where it stands in `text`, and with which words.

    Raises ValueError, naming the span, where one is empty, out of the text or out of order.
    """
    previous_end = 0
    for start, end in content:
        if not previous_end <= start < end <= len(text):
            raise ValueError(f"content span {start}–{end} does not follow {previous_end} within {len(text)}")
        previous_end = end
    for name, span in (("cue", cue), ("mention", mention)):
        if span and not 0 <= span[0] < span[1] <= len(text):
            raise ValueError(f"{name} span {span[0]}–{span[1]} is empty or outside 0–{len(text)}")
    if not content:
        raise ValueError("a quotation needs at least one content span")
    cue_start, cue_end = cue or (None, None)
    mention_start, mention_end = mention or (None, None)
    return {
        "spans": [list(span) for span in content],
        "start": content[0][0],
        "end": content[-1][1],
        "content": CONTENT_GAP.join(text[start:end] for start, end in content),
        "cue_start": cue_start,
        "cue_end": cue_end,
        "cue": text[cue_start:cue_end] if cue else "",
        "mention_start": mention_start,
        "mention_end": mention_end,
        "mention": text[mention_start:mention_end] if mention else "",
    }
