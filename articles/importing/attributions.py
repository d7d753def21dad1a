"""Spans with labels, and which belong together -> quotations. What brat, doccano and Web Annotations share."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Mapping
from functools import lru_cache, partial
from typing import NamedTuple

from .normal_form import joined
from .records import RecordedQuotation, Span

_ROLES = {
    "content": re.compile(
        r"content|speech|(?:indirect|direct|mixed)|(?:(?:indirect|direct|mixed)[ _-]?)?(?:quot(?:e|ation)s?|speech)"
    ),
    "cue": re.compile(r"cues?|(?:speech|reporting)?[ _-]?verb|attribution[ _-]?cue"),
    "mention": re.compile(r"source|speaker|mention|person|speaker[ _-]?mention"),
}
_KINDS = re.compile(r"indirect|direct|mixed")
_PARAGRAPH = re.compile(r"\n[ \t]*\n|\n")


class Labelled(NamedTuple):
    """One annotated stretch; offsets in code points of the text."""

    label: str
    spans: tuple[Span, ...]
    kind: str = ""
    speaker_name: str = ""


@lru_cache(maxsize=1000)
def role_of(label: str) -> str:
    """ "content", "cue", "mention", or "" for a label that is no part of a quotation."""
    plain = label.strip().lower().rstrip("0123456789")
    return next((role for role, words in _ROLES.items() if words.fullmatch(plain)), "")


def kind_of(label: str) -> str:
    found = _KINDS.search(label.lower())
    return found[0] if found else ""


def gather(
    labelled: Mapping[str, Labelled], groups: Iterable[Iterable[str]], *, text: str
) -> tuple[RecordedQuotation, ...]:
    """A quotation for each group with content; where nothing is grouped, content takes the cue and the mention
    nearest to it in its paragraph. Content in no group is a quotation with neither."""
    members = [[labelled[key] for key in group if key in labelled] for group in groups]
    if not any(members):
        return _sorted(_nearest(list(labelled.values()), text))
    grouped = {id(each) for group in members for each in group}
    members += [[each] for each in labelled.values() if id(each) not in grouped]
    found = (_quotation(group) for group in members)
    return _sorted([quotation for quotation in found if quotation])


def _quotation(group: list[Labelled]) -> RecordedQuotation | None:
    content = [each for each in group if role_of(each.label) == "content"]
    cue = next((each for each in group if role_of(each.label) == "cue"), None)
    mention = next((each for each in group if role_of(each.label) == "mention"), None)
    spans = joined(span for each in content for span in each.spans)
    if not spans:
        return None
    return RecordedQuotation(
        spans,
        cue=_main(cue),
        mention=_main(mention),
        kind=next((kind for each in content if (kind := each.kind or kind_of(each.label))), ""),
        speaker_name=next((each.speaker_name for each in (*content, mention) if each and each.speaker_name), ""),
    )


def _main(part: Labelled | None) -> Span | None:
    """Cue and mention are one stretch with us: of a parted one the longest."""
    return max(part.spans, key=lambda span: span[1] - span[0]) if part and part.spans else None


def _nearest(labelled: list[Labelled], text: str) -> list[RecordedQuotation]:
    breaks = [found.start() for found in _PARAGRAPH.finditer(text)]
    parts: dict[int, list[Labelled]] = {}
    for each in labelled:
        if each.spans:
            parts.setdefault(_paragraph(breaks, each.spans[0][0]), []).append(each)
    found = []
    for paragraph in parts.values():
        in_role = {role: [each for each in paragraph if role_of(each.label) == role] for role in _ROLES}
        for content in in_role["content"]:
            others = (in_role["cue"], in_role["mention"])
            nearest = [min(some, key=partial(_distance, content)) for some in others if some]
            found.append(_quotation([content, *nearest]))
    return [quotation for quotation in found if quotation]


def _paragraph(breaks: list[int], offset: int) -> int:
    return bisect(breaks, offset)


def _distance(one: Labelled, other: Labelled) -> int:
    """Characters between them; 0 where they touch or overlap."""
    return max(one.spans[0][0] - other.spans[-1][1], other.spans[0][0] - one.spans[-1][1], 0)


def _sorted(quotations: list[RecordedQuotation]) -> tuple[RecordedQuotation, ...]:
    return tuple(sorted(dict.fromkeys(quotations), key=lambda quotation: (quotation.spans, quotation.cue or (0, 0))))
