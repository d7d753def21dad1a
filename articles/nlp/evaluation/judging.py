"""Which annotated quotation each found one is, and whether its ends and its source are right.

Content and source are compared as sets of characters, without quotation marks, white space, and punctuation at the
edges of a span. A found quotation is an annotated one when the two share at least half of the characters that
either has; each is paired once, the best overlap first. The kind is read from the text, on both sides alike:
direct where all of these characters stand inside double quotation marks, mixed where some do, indirect where none
does. Offsets are 0-based, end-exclusive Unicode code points.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..found import FoundQuotation, Kind, Span
from .gold import GoldArticle, GoldQuotation

OPENING, CLOSING, UNTURNED = "“„«", "”»", '"‟'
MARKS = frozenset(OPENING + CLOSING + UNTURNED)
EDGE = MARKS | frozenset(" \t\r\n'‘’,.;:!?-–—…()[]`")
LEAST_OVERLAP = 0.5
LONGEST_MENTION = 60
"""Characters; of a longer mention, half must lie in the source."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """An annotated quotation and the one found for it; a missed one lacks `found`, a spurious one `gold`.

    gold_kind, found_kind   by the marks in the text, whatever the pipeline called it
    exact                   found with the same characters
    sourced                 annotated with a source
    right_source            found with a mention that overlaps the source, or with none where none is annotated
    """

    article: GoldArticle
    gold: GoldQuotation | None
    found: FoundQuotation | None
    gold_kind: Kind | None = None
    found_kind: Kind | None = None
    exact: bool = False
    sourced: bool = False
    right_source: bool = False

    @property
    def is_right(self) -> bool:
        """Found, and with the right source: what counts end to end."""
        return self.gold is not None and self.found is not None and self.right_source


class Characters(NamedTuple):
    """What is compared of a quotation: offsets of its content and of its source or mention."""

    content: frozenset[int]
    source: frozenset[int]
    kind: Kind


def judge(article: GoldArticle, found: Iterable[FoundQuotation]) -> list[Judgement]:
    """The annotated quotations in their order, missed or found; then what was found and is none of them.

    Content of nothing but marks, punctuation and white space counts on neither side.
    """
    quoted = inside_marks(article.text)

    def characters(content: Iterable[Span], source: Iterable[Span]) -> Characters:
        covered = trimmed(article.text, content)
        return Characters(covered, trimmed(article.text, source), kind_of(covered, quoted))

    gold = [(one, characters(one.content, one.source)) for one in article.quotations]
    gold = [(one, compared) for one, compared in gold if compared.content]
    other = [(one, characters(one.spans, [one.mention] if one.mention else [])) for one in found]
    other = [(one, compared) for one, compared in other if compared.content]
    partners = pair([c.content for _, c in gold], [c.content for _, c in other])
    judgements = []
    for index, (quotation, annotated) in enumerate(gold):
        if index in partners:
            judgements.append(_found(article, quotation, annotated, *other[partners[index]]))
        else:
            sourced = bool(annotated.source)
            judgements.append(Judgement(article, quotation, None, gold_kind=annotated.kind, sourced=sourced))
    taken = set(partners.values())
    for index, (prediction, compared) in enumerate(other):
        if index not in taken:
            judgements.append(Judgement(article, None, prediction, found_kind=compared.kind))
    return judgements


def _found(
    article: GoldArticle, gold: GoldQuotation, annotated: Characters, found: FoundQuotation, compared: Characters
) -> Judgement:
    return Judgement(
        article,
        gold,
        found,
        gold_kind=annotated.kind,
        found_kind=compared.kind,
        exact=annotated.content == compared.content,
        sourced=bool(annotated.source),
        right_source=is_source(annotated.source, mention=compared.source),
    )


def inside_marks(text: str) -> Sequence[bool]:
    """For each character but the marks themselves, whether it stands inside double quotation marks.

    A mark that does not show which way it faces opens and closes in turn; the end of a line closes all.
    """
    flags: list[bool] = []
    inside = False
    for sign in text:
        if sign in OPENING:
            inside = True
        elif sign in CLOSING or sign == "\n":
            inside = False
        elif sign in UNTURNED:
            inside = not inside
        flags.append(inside)
    return flags


def trimmed(text: str, spans: Iterable[Span]) -> frozenset[int]:
    """The offsets in the spans that are compared."""
    offsets: set[int] = set()
    for start, end in spans:
        while start < end and text[start] in EDGE:
            start += 1
        while start < end and text[end - 1] in EDGE:
            end -= 1
        offsets.update(at for at in range(start, end) if text[at] not in MARKS and not text[at].isspace())
    return frozenset(offsets)


def kind_of(content: frozenset[int], quoted: Sequence[bool]) -> Kind:
    inside = sum(quoted[at] for at in content)
    if inside == len(content):
        return "direct"
    return "mixed" if inside else "indirect"


def pair(gold: Sequence[frozenset[int]], found: Sequence[frozenset[int]]) -> dict[int, int]:
    """{index in gold: index in found}, the greatest overlap (intersection over union) first, then in order."""
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for index, content in enumerate(found):
        for at in content:
            holders[at].append(index)
    overlaps = []
    for index, content in enumerate(gold):
        for other, shared in Counter(holder for at in content for holder in holders.get(at, ())).items():
            overlap = shared / (len(content) + len(found[other]) - shared)
            if overlap >= LEAST_OVERLAP:
                overlaps.append((-overlap, index, other))
    partners: dict[int, int] = {}
    taken: set[int] = set()
    for _, index, other in sorted(overlaps):
        if index not in partners and other not in taken:
            partners[index] = other
            taken.add(other)
    return partners


def is_source(source: frozenset[int], *, mention: frozenset[int]) -> bool:
    """Whether the mention is the annotated source, or both are absent."""
    if not source:
        return not mention
    shared = len(source & mention)
    return shared > 0 and (len(mention) <= LONGEST_MENTION or 2 * shared >= len(mention))
