"""Entries of a list of works cited after two manuals: APA, 7th edition, and MLA, 9th. Both are English.

Of all that the manuals know, a newspaper article is needed. citeproc-py 0.11 was tried for it, and gives MLA's names
and punctuation otherwise than the manual, and an article without author its title twice.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import NamedTuple

from .names import Name
from .works import INNER, Work, closed

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
SHORT_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
MOST_IN_APA = 20
"""Authors; of more, the first 19 and the last are named."""
SMALL = re.compile(
    r"about|above|across|after|against|along|among|around|before|behind|below|beneath|beside|between|beyond|despite"
    r"|down|during|from|inside|into|like|near|off|onto|out|outside|over|past|since|than|through|throughout|toward|under"
    r"|until|up|upon|with|within|without|yet|so|nor|a|an|and|as|at|but|by|for|in|of|on|or|the|to",
    re.IGNORECASE,
)
"""Articles, prepositions and conjunctions that MLA writes small; by itself, titlecase knows the short ones."""
SHORT_TITLE = 4
"""Words of a title that stands for an author in the running text."""


class Reference(NamedTuple):
    """An entry; what holds the article, here the newspaper, is in italics. `in_text` refers to it after the words."""

    before: str
    container: str
    after: str
    in_text: str

    def __str__(self) -> str:
        return self.before + self.container + self.after


def apa(work: Work) -> Reference:
    """Brandt, O. (2026, January 2). Torn nets. *Quay News*. https://…"""
    day = work.published_on
    date = f"({day.year}, {MONTHS[day.month - 1]} {day.day})." if day else "(n.d.)."
    title = closed(work.title)
    who = closed(_listed([_inverted_initials(name) for name in work.authors]))
    before = _before(who, date, title) if who else _before(title, date)
    short = " & ".join(name.short for name in work.authors) or f"“{_shortened(work)}”"
    if len(work.authors) > 2:
        short = f"{work.authors[0].short} et al."
    said = f"{work.quotation.speaker}, " if work.quotation.speaker else ""
    in_text = f"({said}as cited in {short}, {work.year}){work.caveats}"
    after = work.url + work.caveats
    return Reference(before, work.outlet, f". {after}" if work.outlet else after, in_text)


def mla(work: Work) -> Reference:
    """Brandt, Otto. “Torn Nets.” *Quay News*, 2 Jan. 2026, https://…"""
    names = work.authors
    who = names[0].literal if names and not names[0].family else _inverted(names[0]) if names else ""
    if len(names) == 2:
        who += f", and {names[1].literal}"
    elif len(names) > 2:
        who += ", et al."
    title = f"“{closed(_capitalized(work).translate(INNER))}”" if work.title else ""
    before = _before(closed(who), title)
    last = [_mla_day(work.published_on) if work.published_on else "", work.url]
    after = ", ".join(filter(None, last)) + "."
    if not work.published_on:
        after += f" Accessed {_mla_day(work.accessed)}."
    after += work.caveats
    short = " and ".join(name.short for name in names) or f"“{_shortened(work)}”"
    if len(names) > 2:
        short = f"{names[0].short} et al."
    return Reference(before, work.outlet, f", {after}" if work.outlet else after, f"(qtd. in {short}){work.caveats}")


def _before(*parts: str) -> str:
    return "".join(f"{part} " for part in parts if part)


def _listed(names: Sequence[str]) -> str:
    if len(names) > MOST_IN_APA:
        return f"{', '.join(names[: MOST_IN_APA - 1])}, . . . {names[-1]}"
    return ", & ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _inverted_initials(name: Name) -> str:
    if not name.family:
        return name.literal
    initials = " ".join("-".join(f"{part[0]}." for part in word.split("-") if part) for word in name.given.split())
    return ", ".join(filter(None, [name.family, initials, name.suffix]))


def _inverted(name: Name) -> str:
    return ", ".join(filter(None, [name.family, name.given, name.suffix]))


def _mla_day(day: datetime.date) -> str:
    return f"{day.day} {SHORT_MONTHS[day.month - 1]} {day.year}"


def _capitalized(work: Work) -> str:
    """An English title as MLA writes it, and one whose language could not be told; in others as it was printed."""
    from titlecase import titlecase  # loaded here: no page but this needs it

    words = work.title.split()
    if work.language not in ("en", "") or not words:
        return work.title

    def small(word: str, *, all_caps: bool) -> str | None:
        is_inside = word not in (words[0], words[-1])
        return word.lower() if is_inside and SMALL.fullmatch(word) else None

    return str(titlecase(work.title, callback=small))


def _shortened(work: Work) -> str:
    words = _capitalized(work).translate(INNER).split()
    return " ".join(words[:SHORT_TITLE]).rstrip(",;:–—-. ")
