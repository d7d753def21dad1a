"""The dateline that agency copy opens with: "TEHRAN –", "LONDON (Reuters) -", "NEW YORK, Sept 3 —"."""

from __future__ import annotations

import re
from typing import NamedTuple

_DASH = re.compile(r"\s*[–—―]\s*|\s+--?\s+|\s*--\s*")
_LONGEST = 100
_AGENCY = re.compile(r"[,\s]*\((?P<agency>[^()\d]{2,40})\)$")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = re.compile(
    r"[,\s]+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    rf"|{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH}|\d{{4}})$",
    re.IGNORECASE,
)
_TOWN = re.compile(r"[^\W\d_][^\W\d_.'’/&-]*(?:[ .'’/&-]+[^\W\d_]+)*\.?")
_REGION = re.compile(r"[A-Z][^\W\d_.'’ -]*(?:[ .'’-]+[^\W\d_]+)*\.?")
_OPENS_SENTENCE = re.compile(r"[\"'“‘«(\[]*[^\Wa-z_]")

_SMALL_WORD = re.compile(
    r"a[mnu]|and|aux|d[aeiou]|del|della|d[ae]n|d[ae]r|des|el|en|et|in|l[aeo]s?|of|on|sur|the|upon|van|y",
    re.IGNORECASE,
)

# Labels and bodies that stand before a dash in capitals as a town does.
_NOT_A_PLACE = re.compile(
    r"\b(?:ALERT|ANALYSIS|BREAKING|BRIEF|COMMENT|CORRECT(?:ED|ION)|EDITORIAL|EXCLUSIVE|EXPLAINER|FACTBOX|FEATURE"
    r"|FOCUS|INTERVIEW|LATEST|LIVE|NEWS|NOTE|OBITUARY|OPINION|PHOTOS|PICTURES|PROFILE|QUOTES|REPORT|REVIEW|STATEMENT"
    r"|TIMELINE|UPDATED?|URGENT|VIDEO|WATCH|FIFA|NASA|NATO|OPEC|UEFA|UNESCO|UNICEF|USA|WHO)\b"
)


class Dateline(NamedTuple):
    place: str
    end: int
    """Where the sentence after the dash begins, in code points from the line's start."""


def find_dateline(line: str) -> Dateline | None:
    """A town in capitals (capitalised, with an agency in brackets), perhaps region and day, then a dash."""
    dash = _DASH.search(line[:_LONGEST])
    if not dash or not _OPENS_SENTENCE.match(line, dash.end()):
        return None
    head = line[: dash.start()]
    agency = _AGENCY.search(head)
    if agency:
        head = head[: agency.start()]
    while day := _DAY.search(head):
        head = head[: day.start()]
    town, *regions = [part.strip() for part in head.rstrip(", ").split(",")]
    is_place = (
        _is_town(town, with_agency=bool(agency))
        and len(regions) <= 2
        and all(_REGION.fullmatch(region) and len(region) <= 25 for region in regions)
    )
    if not is_place:
        return None
    return Dateline(", ".join([_in_lower_case(town), *map(_region, regions)]), dash.end())


def _is_town(town: str, *, with_agency: bool) -> bool:
    if not _TOWN.fullmatch(town) or not 2 < len(town) <= 40 or _NOT_A_PLACE.search(town):
        return False
    words = [word for word in re.findall(r"[^\W\d_]+", town) if not _SMALL_WORD.fullmatch(word)]
    if with_agency:
        return bool(words) and all(word[0].isupper() for word in words)
    return bool(words) and len(town.split()) <= 5 and all(word.removeprefix("Mc").isupper() for word in words)


def _region(name: str) -> str:
    return name if len(name) <= 3 else _in_lower_case(name)


def _in_lower_case(name: str) -> str:
    """ "NEW YORK" -> "New York", "PORT-AU-PRINCE" -> "Port-au-Prince"; "D.C." and "Tehran" stay."""
    if not name.replace("Mc", "").isupper() or re.fullmatch(r"(?:\w\.)+", name):
        return name
    lowered = re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)*", lambda found: _capitalised(found[0]), name)
    return lowered[0].upper() + lowered[1:]


def _capitalised(word: str) -> str:
    if _SMALL_WORD.fullmatch(word):
        return word.lower()
    prefix, mark, rest = word[:1], word[1:2], word[2:]
    if mark in {"'", "’"}:
        return f"{prefix}{mark}{rest.capitalize()}"
    return f"Mc{word[2:].capitalize()}" if word.startswith("Mc") else word.capitalize()
