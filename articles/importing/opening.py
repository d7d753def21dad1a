"""How an article opens: headline, by-line, dateline; and a title for one that has no headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .datelines import Dateline, find_dateline
from .headers import is_name, tidy

MAX_HEADLINE = 150
MAX_MADE_TITLE = 120

_LINES_SEARCHED = 6
_LINE_SEEN = 1_000
"""Characters; a text may be one line of megabytes."""

_SENTENCE_CLOSED = re.compile(r"(?<!\.\.)[.,;:][\"'”’)\]]*$")
_ABBREVIATED = re.compile(r"\b[A-Z]\.(?:[A-Z]\.)+$")
_STOP_STAYS = re.compile(rf"{_ABBREVIATED.pattern}|\.\.$|^\.$")
_BYLINE = re.compile(r"(?i:by)[ \t]+([^\W\d_a-z]\S*[ \t].{2,80})")

_ENDED = re.compile(r"[.?!…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[^\Wa-z_])")
_ABBREVIATION = re.compile(
    r"mr|mrs|ms|messrs|dr|prof|gen|sen|rep|gov|lt|col|capt|sgt|maj|adm|rev|hon|pres|jr|sr|st|mt|ft|ave|blvd|vs|nos?"
    r"|inc|ltd|co|corp|dept|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec",
    re.IGNORECASE,
)


_VISIBLE = re.compile(r"[^\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2060\ufeff]")
_BLANK_AFTER = re.compile(r"\Z|\n[ \t]*(?:\n|\Z)")


class Opening(NamedTuple):
    title: str
    byline: str
    place: str


class _Line(NamedTuple):
    offset: int
    text: str
    has_blank_after: bool


def read_opening(text: str) -> Opening:
    """For a text with something to see in it; its title is never empty."""
    lines = list(_first_lines(text))
    datelines = [find_dateline(line.text) for line in lines]
    bylines = [_byline(line) for line in lines[:3]]
    place = next((found.place for found in datelines if found), "")
    byline = next(filter(None, bylines), "")
    title = _headline(lines, datelines, bylines) or _made_title(text, lines, datelines, bylines)
    return Opening(title, byline, place)


def _first_lines(text: str) -> Iterator[_Line]:
    """The first lines with something on them, cut at a length that is enough to judge them by."""
    end = 0
    for _ in range(_LINES_SEARCHED):
        visible = _VISIBLE.search(text, end)
        if not visible:
            return
        start = visible.start()
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield _Line(start, text[start : min(end, start + _LINE_SEEN)].rstrip(), bool(_BLANK_AFTER.match(text, end)))


def _headline(lines: list[_Line], datelines: list[Dateline | None], bylines: list[str]) -> str:
    """A short first line that is no sentence, set off by an empty line, a by-line or a dateline after it."""
    if len(lines) < 2 or datelines[0] or bylines[0]:
        return ""
    first = lines[0]
    is_set_off = first.has_blank_after or datelines[1] or bylines[1]
    if not is_set_off or len(first.text) > MAX_HEADLINE:
        return ""
    if _SENTENCE_CLOSED.search(first.text) and not _ABBREVIATED.search(first.text):
        return ""
    return tidy(first.text)


def _byline(line: _Line) -> str:
    found = _BYLINE.fullmatch(line.text)
    return tidy(found[1]) if found and is_name(found[1]) else ""


def _made_title(text: str, lines: list[_Line], datelines: list[Dateline | None], bylines: list[str]) -> str:
    index = 1 if bylines[0] and len(lines) > 1 else 0
    dateline = datelines[index]
    start = lines[index].offset + (dateline.end if dateline else 0)
    passage = re.split(r"\n[ \t]*\n", text[start : start + _LINE_SEEN], maxsplit=1)[0]
    sentence = first_sentence(tidy(passage))
    if len(sentence) > MAX_MADE_TITLE:
        return _cut(sentence)
    return sentence if _STOP_STAYS.search(sentence) else sentence.removesuffix(".")


def first_sentence(passage: str) -> str:
    """Up to the first full stop that no abbreviation or initial explains; the whole passage without one."""
    for found in _ENDED.finditer(passage):
        last_word = passage[: found.start()].rpartition(" ")[2].lstrip("\"'“‘([")
        is_abbreviation = _ABBREVIATION.fullmatch(last_word) or re.search(r"(?:^|\.)[^\W\d_]$", last_word)
        if found[0] != "." or not is_abbreviation:
            return passage[: found.end()]
    return passage


def _cut(sentence: str) -> str:
    """At a word, if there is one to cut at, so that the whole with its "…" keeps within the limit."""
    room = sentence[:MAX_MADE_TITLE]
    words = room.rpartition(" ")[0] or room[:-1]
    return words.rstrip(" ,;:.–—-") + "…"
