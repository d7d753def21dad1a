"""The place that agency copy opens with ("PORT ELM, England (Reuters) —"): it is nobody's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .reading import Item

LONGEST = 16  # items
RULES = frozenset(("—", "–", "-", "--", "―"))
INSIDE = frozenset((",", ".", "(", ")", "/", "’", "'", "&"))


def dateline_end(items: list[Item], *, start: int) -> int | None:
    """The item behind the dash of a dateline that opens a paragraph at items[start]; None where there is none."""
    for index in range(start, min(start + LONGEST, len(items))):
        item = items[index]
        if item.text in RULES:
            spaced = index > start and items[index - 1].end < item.start
            return index + 1 if spaced and _is_place(items, low=start, high=index) else None
        if item.passage is not None or not (item.capital or item.text in INSIDE or item.text[0].isdigit()):
            return None
    return None


def _is_place(items: list[Item], *, low: int, high: int) -> bool:
    """A town in capitals, or any with an agency in brackets behind it."""
    if high <= low or not items[low].capital:
        return False
    return (items[low].text.isupper() and len(items[low].text) > 2) or items[high - 1].text == ")"
