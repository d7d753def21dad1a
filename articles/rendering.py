"""Text and quotations to HTML: the only place where an article's text becomes markup, and where it is escaped.

The text is cut into rows, one a paragraph, each with the quotations whose content begins in it. Rows depend on the
text alone, so a correction never moves one. Spans may nest and cross; each stays whole as far as HTML allows.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import pairwise

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from .cards import Card, Renaming, arrivals_of, cards_of, speaker_key, words_id
from .models import Article, FormerText, Quotation, Speaker
from .models.anchors import Span
from .rows import row_ranges

# Lines under overlapping contents are stacked so deep; deeper ones share the last place.
LANES = 3
AROUND = 400
"""Code points of the text shown on either side of a quotation that stands alone."""
SURE = 90
"""Per cent, from which on suggestions are offered to be accepted together."""


@dataclass(frozen=True)
class _Span:
    """Part of a quotation that is marked: its content, its cue or its mention; content without `css` has no id."""

    start: int
    end: int
    part: str
    quotation: Quotation
    css: str


@dataclass(frozen=True)
class Row:
    """One paragraph [start, end) of the text: the cards of the quotations that begin in it, and what is marked."""

    number: int
    start: int
    end: int
    is_headline: bool
    text: str = field(repr=False, compare=False)  # the whole article's
    cards: list[Card] = field(default_factory=list)
    spans: list[_Span] = field(default_factory=list)

    @cached_property
    def html(self) -> SafeString:
        """Its marked HTML, made only where it is shown: an answer to a correction shows a few rows of thousands."""
        return _marked(self.text, self.spans, start=self.start, end=self.end)


@dataclass(frozen=True)
class Legend:
    """A speaker in this article: the label, the hue, the first quotation and the number not rejected."""

    label: str
    hue: int
    first: Quotation
    count: int


@dataclass(frozen=True)
class Reading:
    """An article ready to be shown."""

    rows: list[Row]
    cards: list[Card]
    arrivals: Mapping[int | str, int]
    """{a speaker's id, or the label of an unknown one: when it came into the article}, counted from 0."""
    SURE = SURE

    @property
    def quotation_count(self) -> int:
        return len(self.cards)

    @property
    def settled_count(self) -> int:
        return sum(card.quotation.is_settled for card in self.cards)

    @property
    def sure_count(self) -> int:
        """Suggestions of SURE per cent and more."""
        suggested = (card.quotation for card in self.cards if not card.quotation.is_settled)
        return sum(quotation.percent is not None and quotation.percent >= SURE for quotation in suggested)

    @cached_property
    def legend(self) -> list[Legend]:
        """Each speaker of a quotation in the text that is not rejected, in the order in which they came in."""
        by_label: dict[str, list[Card]] = {}
        for card in self.cards:
            if card.quotation.state != Quotation.State.REJECTED and not card.quotation.former_text_id:
                by_label.setdefault(card.quotation.speaker_label, []).append(card)
        legend = [Legend(label, same[0].hue, same[0].quotation, len(same)) for label, same in by_label.items()]
        return sorted(legend, key=lambda entry: self.arrivals[speaker_key(entry.first)])

    @property
    def gone(self) -> list[Card]:
        """The cards of quotations whose words are not in this version of the text."""
        return [card for card in self.cards if card.quotation.former_text_id]

    @property
    def headline(self) -> Row | None:
        """The first row, where the text opens with the article's title."""
        return self.rows[0] if self.rows and self.rows[0].is_headline else None

    @property
    def body(self) -> list[Row]:
        """All rows but the headline."""
        return self.rows[1:] if self.headline else self.rows

    @property
    def speakers(self) -> list[Speaker]:
        """The known speakers in this article."""
        return [entry.first.speaker for entry in self.legend if entry.first.speaker]

    def rows_touched(self, ranges: Iterable[Span]) -> list[Row]:
        """Rows that show something of `ranges`, or of a quotation that overlaps them: it may be on another line."""
        reach = sorted(ranges)
        for card in self.cards:
            quotation = card.quotation
            if not quotation.former_text_id and any(
                start < quotation.end and end > quotation.start for start, end in reach
            ):
                reach += ranges_of(quotation)
        return [row for row in self.rows if any(start < row.end and end > row.start for start, end in reach)]


def ranges_of(quotation: Quotation) -> list[Span]:
    """Where anything of `quotation` is marked, half-open code points of the text that it stands in."""
    return [*quotation.content_spans, *filter(None, [quotation.cue_span, quotation.mention_span])]


def read(
    article: Article | FormerText,
    quotations: Sequence[Quotation],
    *,
    renamings: Sequence[Renaming] = (),
    rewordings: Mapping[int, datetime] | None = None,
) -> Reading:
    """The rows and cards of `article`, its `quotations` in the order of the text, `renamings` by time.

    `rewordings` says when a new version changed the words of a quotation, by its id. Quotations that stand in a
    former text, at the end of them, have cards but neither row nor mark.
    """
    text = article.text
    rows = [
        Row(number, start, end, is_headline=number == 1 and text[start:end] == article.title, text=text)
        for number, (start, end) in enumerate(row_ranges(text), start=1)
    ]
    starts, ends = [row.start for row in rows], [row.end for row in rows]
    arrivals = arrivals_of(quotations, renamings)
    cards = cards_of(quotations, arrivals, rewordings or {})
    in_text = [card for card in cards if not card.quotation.former_text_id]
    for card in in_text:
        for row in rows[bisect_right(ends, card.quotation.start) :][:1]:
            row.cards.append(card)
    for span in sorted(_spans(in_text), key=_in_nesting_order):
        for row in rows[bisect_right(ends, span.start) : bisect_left(starts, span.end)]:
            row.spans.append(span)
    return Reading(rows, cards, arrivals)


def _spans(cards: Iterable[Card]) -> Iterator[_Span]:
    """What is marked: contents, each on the first free line under the words, and cues and mentions of the valid."""
    lane_ends = [0] * LANES
    for card in cards:
        quotation = card.quotation
        free = (lane for lane, lane_end in enumerate(lane_ends) if lane_end <= quotation.start)
        lane = next(free, LANES - 1)
        lane_ends[lane] = max(lane_ends[lane], quotation.end)
        for start, end in quotation.spans:
            css = f"content hue-{card.hue} {quotation.state} lane-{lane}"
            yield _Span(start, end, "content", quotation, css)
        if quotation.state == Quotation.State.REJECTED:
            continue
        if quotation.cue_span:
            yield _Span(*quotation.cue_span, "cue", quotation, f"cue hue-{card.hue}")
        if quotation.mention_span:
            yield _Span(*quotation.mention_span, "mention", quotation, "mention")


@dataclass(frozen=True)
class Passage:
    """A quotation that stands alone, with its cue and mention: `words` from its first span to the end of its last."""

    before: SafeString
    words: SafeString
    after: SafeString


def passage(quotation: Quotation) -> Passage:
    """`quotation` in its surroundings, cut at words: in the article's text, or the former one that has its words.

    Its offsets have to lie within that text. What stands between its spans is not marked.
    """
    text = (quotation.former_text or quotation.article).text
    start, end = quotation.start, quotation.end
    first, last = max(start - AROUND, 0), min(end + AROUND, len(text))
    if first:
        first = text.find(" ", first, start) + 1 or start
    if last < len(text):
        last = max(text.rfind(" ", end, last), end)
    spans = [_Span(*span, "content", quotation, "") for span in quotation.content_spans]
    spans += [_Span(*span, "cue", quotation, "cue") for span in [quotation.cue_span] if span]
    spans += [_Span(*span, "mention", quotation, "mention") for span in [quotation.mention_span] if span]
    spans.sort(key=_in_nesting_order)

    def part(left: int, right: int) -> SafeString:
        return _marked(
            text, [span for span in spans if span.start < right and span.end > left], start=left, end=right
        )

    before, after = part(first, start), part(end, last)
    if first:
        before = format_html("… {}", before)
    if last < len(text):
        after = format_html("{} …", after)
    return Passage(before, part(start, end), after)


def _in_nesting_order(span: _Span) -> tuple[int, int, bool]:
    return span.start, -span.end, span.part != "content"


def _marked(text: str, spans: Sequence[_Span], *, start: int, end: int) -> SafeString:
    """text[start:end] escaped, inside nested tags; of crossing spans the later one is closed and opened again."""
    points = {start, end}
    for span in spans:
        points |= {point for point in (span.start, span.end) if start < point < end}
    html: list[str] = []
    opened: list[_Span] = []
    seen = 0
    for left, right in pairwise(sorted(points)):
        begun = bisect_right(spans, left, key=lambda span: span.start)
        wanted = [span for span in opened if span.end > left] + list(spans[seen:begun])
        seen = begun
        common = sum(1 for _ in _common_prefix(opened, wanted))
        html += [_closing(span) for span in reversed(opened[common:])]
        html += [_opening(span, at=left) for span in wanted[common:]]
        html.append(format_html("{}", text[left:right]))
        opened = wanted
    html += [_closing(span) for span in reversed(opened)]
    return mark_safe("".join(html))  # noqa: S308 - each piece was escaped above


def _common_prefix(left: Sequence[_Span], right: Sequence[_Span]) -> Iterator[_Span]:
    for one, other in zip(left, right, strict=False):
        if one is not other:
            return
        yield one


def _opening(span: _Span, *, at: int) -> str:
    """The tag that opens `span` or, further on, opens it again; only the first can have the id."""
    if span.part != "content":
        return format_html('<span class="{}" data-quotation="{}">', span.css, span.quotation.uid)
    if not span.css:
        return "<mark>"
    uid = span.quotation.uid
    if at != span.start:
        return format_html('<mark class="{}" data-quotation="{}">', span.css, uid)
    return format_html('<mark class="{}" id="{}" data-quotation="{}">', span.css, words_id(uid, at), uid)


def _closing(span: _Span) -> str:
    return "</mark>" if span.part == "content" else "</span>"
