"""One form of text for all readers: NFC, LF, no NUL, no zero-width characters at the ends."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from .records import RecordedQuotation, Span

_TO_MEND = re.compile("\r\n?|\0|[\ud800-\udfff]")
_MENDED = {"\r\n": "\n", "\r": "\n", "\0": ""}
_ZERO_WIDTH = re.compile("[\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufeff]")
_AT_THE_ENDS = "".join(char for char in map(chr, range(0x10000)) if char.isspace() or _ZERO_WIDTH.match(char))

_REACH = 40
"""Code points beside a place that are looked at to tell whether normalisation joins what it parts."""

_Shift = Callable[[int], int]


def normal_form(text: str) -> str:
    return _bare(_mend(text))[0]


def in_normal_form(text: str, quotations: Iterable[RecordedQuotation]) -> tuple[str, tuple[RecordedQuotation, ...]]:
    """The text in normal form, and the quotations where their words stand in it then.

    A span that begins or ends inside what becomes one character is widened to it; a quotation of whose content
    nothing is left is left out.
    """
    quotations = tuple(quotations)
    normal = normal_form(text)
    if not quotations or normal == text:
        return normal, quotations
    mended, at_start, at_end = _mend_at(text, quotations)
    bare, shift = _bare(mended)

    def move(span: Span) -> Span:
        return shift(at_start[span[0]]), shift(at_end[span[1]])

    return bare, move_quotations(quotations, move)


def move_quotations(
    quotations: Iterable[RecordedQuotation], move: Callable[[Span], Span]
) -> tuple[RecordedQuotation, ...]:
    """Each with its spans moved; without the spans, and the quotations, that `move` leaves empty."""
    moved = []
    for quotation in quotations:
        spans = joined(move(span) for span in quotation.spans)
        cue, mention = (_or_none(span and move(span)) for span in (quotation.cue, quotation.mention))
        if spans:
            kind, name = quotation.kind, quotation.speaker_name
            moved.append(RecordedQuotation(spans, cue=cue, mention=mention, kind=kind, speaker_name=name))
    return tuple(moved)


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sorted and disjoint, without the empty ones."""
    found: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return tuple(found)


def _or_none(span: Span | None) -> Span | None:
    return span if span and span[0] < span[1] else None


def _mend(text: str) -> str:
    if "\r" in text or "\0" in text or _has_surrogates(text):
        text = _TO_MEND.sub(lambda found: _MENDED.get(found[0], "\ufffd"), text)
    return unicodedata.normalize("NFC", text)


def _has_surrogates(text: str) -> bool:
    """To encode a text takes a tenth of the time that a search for them does."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _bare(text: str) -> tuple[str, _Shift]:
    """Without the zero-width characters before its first and after its last visible one, and where offsets go."""
    core = text.lstrip(_AT_THE_ENDS)
    before = text[: len(text) - len(core)]
    core = core.rstrip(_AT_THE_ENDS)
    after = text[len(before) + len(core) :]
    kept_before, kept_after = _ZERO_WIDTH.sub("", before), _ZERO_WIDTH.sub("", after)
    bare = kept_before + core + kept_after
    taken = len(before) - len(kept_before)

    def shift(offset: int) -> int:
        if offset < len(before):
            return min(offset, len(kept_before))
        return min(offset - taken, len(bare))

    return bare, shift


def _mend_at(text: str, quotations: Sequence[RecordedQuotation]) -> tuple[str, dict[int, int], dict[int, int]]:
    """The mended text, and where each start and each end of a span is in it; normalised piece by piece."""
    spans = [
        span for quotation in quotations for span in (*quotation.spans, quotation.cue, quotation.mention) if span
    ]
    starts = {start: _boundary(text, start, step=-1) for start, _ in spans}
    ends = {end: _boundary(text, end, step=1) for _, end in spans}
    pieces, place, last, length = [], {}, 0, 0
    for boundary in sorted({*starts.values(), *ends.values()}):
        pieces.append(_mend(text[last:boundary]))
        length += len(pieces[-1])
        place[boundary], last = length, boundary
    pieces.append(_mend(text[last:]))
    at_start = {start: place[boundary] for start, boundary in starts.items()}
    return "".join(pieces), at_start, {end: place[boundary] for end, boundary in ends.items()}


def _boundary(text: str, offset: int, *, step: int) -> int:
    """The nearest place, that way, where mending left and right of it is mending the whole."""
    while 0 < offset < len(text):
        left, right = text[max(0, offset - _REACH) : offset], text[offset : offset + _REACH]
        if left[-1].isascii() and right[0].isascii() and left[-1] not in "\r\0" and right[0] != "\0":
            break
        if _mend(left + right) == _mend(left) + _mend(right):
            break
        offset += step
    return offset
