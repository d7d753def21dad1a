"""Text and quotations to HTML: the only place where an article's text becomes markup, and where it is escaped.

The text is cut into rows, one a paragraph, each with the quotations whose content begins in it. Rows depend on the
text alone, so a correction never moves one. Spans may nest and cross; each stays whole as far as HTML allows.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from .models import Article, Quotation, Speaker

# Hues in the style sheet; a ninth speaker shares the first one's.
HUES = 8
# Lines under overlapping contents are stacked so deep; deeper ones share the last place.
LANES = 3

# A paragraph longer than this many code points is broken for the eye at sentence ends, every ROW_LENGTH or so.
WALL_LENGTH = 900
ROW_LENGTH = 330
# Lines of a hard-wrapped text are about as long as each other: joined in one row.
WRAPPED_LINE = range(50, 101)

SENTENCE_END = re.compile(r"[.!?…][\"”’»)\]]*\s+(?=[\"“‘«(\[]*[A-Z0-9À-ÞА-ЯΑ-Ω])")
ABBREVIATION = re.compile(
    r"(?:\b[A-Za-z]|\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|St|Lt|Col|Sgt|Capt|Rev|Jr|Sr|No|vs))$"
)
OPENING_MARKS, CLOSING_MARKS = "“«", "”»"


@dataclass(frozen=True)
class Card:
    """A quotation with its number in the article, from 1 in the order of the text, and its speaker's hue."""

    quotation: Quotation
    number: int
    hue: int


@dataclass(frozen=True)
class Row:
    """One paragraph [start, end) of the text: its marked HTML, and the cards of the quotations that begin in it."""

    number: int
    start: int
    end: int
    is_headline: bool
    html: SafeString
    cards: list[Card]


@dataclass(frozen=True)
class Legend:
    """A speaker in this article: the label, the hue, the first quotation and the number not rejected."""

    label: str
    hue: int
    first: Quotation
    count: int


@dataclass(frozen=True)
class _Span:
    """Part of a quotation that is marked: its content, its cue or its mention."""

    start: int
    end: int
    part: str
    quotation: Quotation
    css: str

    def meets(self, start: int, end: int) -> bool:
        return self.start < end and self.end > start


@dataclass(frozen=True)
class Reading:
    """An article ready to be shown."""

    rows: list[Row]
    legend: list[Legend]
    quotation_count: int
    settled_count: int

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

    def rows_with(self, quotation: Quotation) -> list[Row]:
        """The rows that any span of `quotation` touches."""
        ranges = [tuple(span) for span in quotation.spans]
        ranges += [(quotation.cue_start, quotation.cue_end), (quotation.mention_start, quotation.mention_end)]
        return [
            row
            for row in self.rows
            if any(start is not None and start < row.end and end > row.start for start, end in ranges)
        ]


def read(article: Article, quotations: Sequence[Quotation]) -> Reading:
    """Rows, legend and progress of `article`, whose `quotations` come in the order of the text."""
    cards = _cards(quotations)
    spans = sorted(_spans(cards), key=lambda span: (span.start, -span.end, span.part != "content"))
    rows = [
        Row(
            number,
            start,
            end,
            is_headline=number == 1 and article.text[start:end] == article.title,
            html=_marked(article.text, [span for span in spans if span.meets(start, end)], start=start, end=end),
            cards=[card for card in cards if start <= card.quotation.start < end],
        )
        for number, (start, end) in enumerate(row_ranges(article.text), start=1)
    ]
    settled = sum(quotation.is_settled for quotation in quotations)
    return Reading(rows, _legend(cards), len(quotations), settled)


def row_ranges(text: str) -> Iterator[tuple[int, int]]:
    """Half-open ranges of the rows of `text`: paragraphs, or parts of one that came as a wall of text."""
    for start, end in _paragraphs(text):
        if end - start <= WALL_LENGTH:
            yield start, end
        else:
            yield from pairwise([start, *_breaks(text, start, end), end])


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Ranges between blank lines; there, each line is a paragraph unless they look hard-wrapped."""
    for block in re.finditer(r"\S(?:.*\S)?(?:[^\S\n]*\n[^\S\n]*\S(?:.*\S)?)*", text):
        lines = [match.span() for match in re.finditer(r"\S(?:.*\S)?", block[0])]
        if len(lines) > 1 and all(end - start in WRAPPED_LINE for start, end in lines[:-1]):
            yield block.span()
        else:
            yield from ((block.start() + start, block.start() + end) for start, end in lines)


def _breaks(text: str, start: int, end: int) -> Iterator[int]:
    """Sentence ends outside quotation marks, at least ROW_LENGTH from each other and the ends."""
    last, depth, seen = start, 0, start
    for match in SENTENCE_END.finditer(text, start, end):
        for character in text[seen : match.end()]:
            depth += (character in OPENING_MARKS) - (character in CLOSING_MARKS and depth > 0)
        seen = match.end()
        far_enough = match.end() - last >= ROW_LENGTH and end - match.end() >= ROW_LENGTH // 2
        if far_enough and not depth and not ABBREVIATION.search(text, max(last, match.start() - 6), match.start()):
            last = match.end()
            yield last


def _cards(quotations: Sequence[Quotation]) -> list[Card]:
    """One card a quotation; each speaker, or each unknown one's mention, has the next hue."""
    hues: dict[int | str, int] = {}
    cards = []
    for number, quotation in enumerate(quotations, start=1):
        hue = hues.setdefault(quotation.speaker_id or quotation.speaker_label, len(hues) % HUES + 1)
        cards.append(Card(quotation, number, hue))
    return cards


def _legend(cards: Sequence[Card]) -> list[Legend]:
    by_label: dict[str, list[Card]] = {}
    for card in cards:
        if card.quotation.state != Quotation.State.REJECTED:
            by_label.setdefault(card.quotation.speaker_label, []).append(card)
    return [Legend(label, same[0].hue, same[0].quotation, len(same)) for label, same in by_label.items()]


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
        if quotation.cue_start is not None and quotation.cue_end is not None:
            yield _Span(quotation.cue_start, quotation.cue_end, "cue", quotation, f"cue hue-{card.hue}")
        if quotation.mention_start is not None and quotation.mention_end is not None:
            yield _Span(quotation.mention_start, quotation.mention_end, "mention", quotation, "mention")


def _marked(text: str, spans: Sequence[_Span], *, start: int, end: int) -> SafeString:
    """text[start:end] escaped, inside nested tags; of crossing spans the later one is closed and opened again."""
    points = {start, end}
    for span in spans:
        points |= {point for point in (span.start, span.end) if start < point < end}
    html: list[str] = []
    opened: list[_Span] = []
    for left, right in pairwise(sorted(points)):
        wanted = [span for span in spans if span.start <= left and span.end >= right]
        common = sum(1 for _ in _common_prefix(opened, wanted))
        html += [_closing(span) for span in reversed(opened[common:])]
        html += [_opening(span) for span in wanted[common:]]
        html.append(format_html("{}", text[left:right]))
        opened = wanted
    html += [_closing(span) for span in reversed(opened)]
    return mark_safe("".join(html))  # noqa: S308 - each piece was escaped above


def _common_prefix(left: Sequence[_Span], right: Sequence[_Span]) -> Iterator[_Span]:
    for one, other in zip(left, right, strict=False):
        if one is not other:
            return
        yield one


def _opening(span: _Span) -> str:
    tag = "mark" if span.part == "content" else "span"
    return format_html('<{} class="{}" data-quotation="{}">', tag, span.css, span.quotation.uid)


def _closing(span: _Span) -> str:
    return "</mark>" if span.part == "content" else "</span>"
