"""How an article ends: the desk's initials and the licence line."""

from __future__ import annotations

import re
from typing import NamedTuple

_SEEN = 1_000
"""Characters from the end in which these lines are looked for."""

_OPENER = (
    r"(?:all (?:content|text|material)s?|content|text"
    r"|this (?:article|story|report|work|text|item|piece|content|interview)"
    r"|copyright (?:©|\(c\)|\d{4})|©|\(c\) ?\d{4}"
    r"|licen[sc]ed under|(?:re)?published under|creative commons|cc[ -]by|licen[sc]e:)(?!\w)"
)
_TERMS = re.compile(
    r"licen[sc]ed|licen[sc]e:|under an? .{0,60}licen[sc]e|creative commons|\bcc[ -](?:by|0)|public domain"
    r"|©|\(c\)|copyright",
    re.IGNORECASE,
)
_LONGEST = 500
_WHOLE_LINE = re.compile(_OPENER, re.IGNORECASE)
_IN_LINE = re.compile(rf"(?:(?<=[.?!…”\"’)])|(?<=/[A-Z]{{2}})|(?<=/[A-Z]{{3}}))[ \t]+(?=[A-Z©(])(?i:{_OPENER})")
_NEW_SENTENCE = re.compile(r"(?<!\d)[.?!][ \t]+(?!All rights reserved)[A-Z]")
_GRANTED_BY = re.compile(r"\bby (?P<outlet>[^.;]{2,80}?) (?:is|are) licen[sc]ed\b", re.IGNORECASE)

_INITIALS = r"[A-Z]{2,3}(?:/[A-Z]{2,3}){1,3}"
_SIGNOFF_IN_LINE = re.compile(rf"[.?!…”\"’)\]][ \t]+(?P<signoff>{_INITIALS}|\({_INITIALS}\))$")
_SIGNOFF_LINE = re.compile(
    rf"{_INITIALS}|\({_INITIALS}\)|[A-Z]{{2,3}}|[a-z]{{2,4}}(?:-[a-z]{{2,4}})?(?:/[a-z]{{2,4}})+"
)
_NOT_INITIALS = frozenset({"END", "EOM", "FIN"})


class Ending(NamedTuple):
    signoff: str
    licence: str


def read_ending(text: str) -> Ending:
    tail = text[-_SEEN:].rstrip()
    licence = _licence(tail)
    return Ending(_signoff(tail.removesuffix(licence).rstrip()), licence)


def outlet_in(licence: str) -> str:
    """Who grants it: "All Content by Mehr News Agency is licensed …" names the outlet."""
    found = _GRANTED_BY.search(licence)
    return " ".join(found["outlet"].split()) if found else ""


def _licence(tail: str) -> str:
    """The last line, or its last sentence, if it opens and reads like terms of use and is nobody's words."""
    line = tail.rpartition("\n")[2].strip()
    starts = [found.end() - len(found[0].lstrip()) for found in _IN_LINE.finditer(line)]
    if _WHOLE_LINE.match(line):
        starts.insert(0, 0)
    for start in starts:
        candidate = line[start:]
        is_quoted = candidate.endswith(("”", '"'))
        if is_quoted or len(candidate) > _LONGEST or _NEW_SENTENCE.search(candidate):
            continue
        if _TERMS.search(candidate):
            return candidate
    return ""


def _signoff(tail: str) -> str:
    line = tail.rpartition("\n")[2].strip()
    if _SIGNOFF_LINE.fullmatch(line):
        return "" if line in _NOT_INITIALS else line.strip("()")
    found = _SIGNOFF_IN_LINE.search(line)
    return found["signoff"].strip("()") if found else ""
