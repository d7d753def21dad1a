"""The language of a search: what somebody typed, taken apart.

    dam "at any level"          both, anywhere
    dam OR ferry                one of them
    -oil  -"crude oil"          not that
    harb*                       all words that begin so
    near:"ferry harbour"        within ten words of each other; near:"ferry harbour"~3 within three
    said:"maximum pressure"     inside quotations
    speaker:moss  outlet:mehr  kind:direct  state:accepted  story:12  after:2019-09-01  before:2020

Several values of one field are alternatives. What is not understood is named, and the rest is sought.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .folding import words

NEAR = 10
"""Words that may stand between two that are near each other."""
FARTHEST = 20
"""The most that somebody may ask for; title and text stand farther apart in the index."""
SHORTEST_PREFIX = 2
"""Letters before a star: what begins with one letter is nearly everything."""
MOST_TERMS = 40
"""Of one search."""

VALUES = {"kind": ("direct", "mixed", "indirect"), "state": ("suggested", "accepted", "rejected")}
FIELDS = ("speaker", "outlet", "kind", "state", "story", "after", "before", "said", "near")
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
PART = re.compile(
    r"""(?P<minus>-?)(?:(?P<field>[^\W\d_]+):)?
        (?:"(?P<phrase>[^"]*)(?P<closed>"?)(?P<star>\*?)(?:~(?P<within>\d{1,4}))? | (?P<word>[^\s"]+))""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Term:
    """Words that stand together, as they are indexed; with `begins`, the last one may go on."""

    words: tuple[str, ...]
    begins: bool = False


@dataclass(frozen=True)
class Near:
    """Words that stand near each other, in any order: at most `within` words between any two."""

    words: tuple[str, ...]
    within: int = NEAR


@dataclass(frozen=True)
class Clause:
    """One of `terms`, or with `wanted` False none of them."""

    terms: tuple[Term | Near, ...]
    wanted: bool = True


@dataclass
class Sought:
    """What was typed: `anywhere` and `said` have to hold all of their clauses; `complaints` are sentences."""

    anywhere: list[Clause] = field(default_factory=list)
    said: list[Clause] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    unwanted: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    after: datetime.date | None = None
    before: datetime.date | None = None
    complaints: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Part:
    """One word, "phrase" or field:value as it was typed."""

    text: str
    wanted: bool
    field: str
    is_phrase: bool
    begins: bool
    within: int | None
    unknown: str = ""
    """What stands before a colon and is no field."""

    @property
    def is_or(self) -> bool:
        return not self.is_phrase and not self.field and self.text in ("OR", "|")


def understood(query: str) -> Sought:
    """What `query` asks for.

    >>> understood('dam -oil speaker:moss').values["speaker"]
    ['moss']
    """
    return _Reader().read(query)


class _Reader:
    def __init__(self) -> None:
        self._sought = Sought()
        self._either = False
        self._last: list[Clause] | None = None

    def read(self, query: str) -> Sought:
        parts = list(_parts(query.translate(QUOTES)))
        if len(parts) > MOST_TERMS:
            self._complain(_("Only the first %(most)s words and fields are sought.") % {"most": MOST_TERMS})
        if query.translate(QUOTES).count('"') % 2:
            self._complain(_("A quotation mark is not closed; the phrase was taken to run to the end."))
        for part in parts[:MOST_TERMS]:
            if part.unknown:
                self._complain(_("“%(name)s:” is no field; the words were sought.") % {"name": part.unknown})
            if part.is_or:
                self._or()
            elif part.field and not part.text:
                self._complain(_("%(field)s: needs something behind it; left out.") % {"field": part.field})
            elif part.field and part.field not in ("said", "near"):
                self._field(part)
            else:
                self._words(part)
        if self._either:
            self._complain(_("OR needs a word on either side."))
        return self._sought

    def _complain(self, sentence: str) -> None:
        if sentence not in self._sought.complaints:
            self._sought.complaints.append(sentence)

    def _or(self) -> None:
        if self._last is None or self._either:
            self._complain(_("OR needs a word on either side."))
        else:
            self._either = True

    def _words(self, part: _Part) -> None:
        term = self._term(part)
        if term is None:
            return
        among = self._sought.said if part.field == "said" else self._sought.anywhere
        if self._either and part.wanted and self._last is among:
            among[-1] = Clause((*among[-1].terms, term))
        else:
            if self._either:
                self._complain(_("OR joins words, or phrases, of one kind; here both sides are asked for."))
            among.append(Clause((term,), wanted=part.wanted))
        self._either = False
        self._last = among if part.wanted else None

    def _term(self, part: _Part) -> Term | Near | None:
        found = tuple(words(part.text))
        if not found:
            if part.text.strip("-*"):
                self._complain(_("“%(typed)s” has no letter or digit to look for.") % {"typed": part.text})
            return None
        if part.field == "near":
            return self._near(part, tuple(dict.fromkeys(found)))
        if part.begins and len(found[-1]) < SHORTEST_PREFIX:
            self._complain(
                _("“%(typed)s*” is too short: a star needs %(least)s letters before it.")
                % {"typed": part.text, "least": SHORTEST_PREFIX}
            )
            return Term(found)
        return Term(found, begins=part.begins)

    def _near(self, part: _Part, found: tuple[str, ...]) -> Term | Near:
        if not 2 <= len(found) <= 5:
            self._complain(_('near: needs two to five words, as in near:"ferry harbour".'))
            return Term(found)
        if part.within is not None and part.within > FARTHEST:
            self._complain(_("near: reaches at most %(most)s words.") % {"most": FARTHEST})
        return Near(found, min(NEAR if part.within is None else part.within, FARTHEST))

    def _field(self, part: _Part) -> None:
        if self._either:
            self._complain(_("OR joins words; of a field, several values are alternatives anyway."))
        self._either, self._last = False, None
        if part.field in ("after", "before"):
            self._date(part)
        elif part.field in VALUES and part.text not in VALUES[part.field]:
            values = ", ".join(VALUES[part.field])
            self._complain(
                _("%(field)s: is one of %(values)s, not “%(typed)s”; left out.")
                % {"field": part.field, "values": values, "typed": part.text}
            )
        elif part.field == "story" and not part.text.isdecimal():
            self._complain(_("story: needs the number of a story, not “%(typed)s”; left out.") % {"typed": part.text})
        elif not words(part.text):
            self._complain(_("%(field)s: needs something behind it; left out.") % {"field": part.field})
        else:
            (self._sought.values if part.wanted else self._sought.unwanted)[part.field].append(part.text)

    def _date(self, part: _Part) -> None:
        day = day_of(part.text, last=part.field == "before")
        if day is None or not part.wanted:
            self._complain(
                _("%(field)s: needs a day as 2019-09-01, a month or a year, not “%(typed)s”; left out.")
                % {"field": part.field, "typed": part.text}
            )
        elif part.field == "after":
            self._sought.after = max(day, self._sought.after or day)
        else:
            self._sought.before = min(day, self._sought.before or day)


def day_of(typed: str, *, last: bool) -> datetime.date | None:
    """The day, or the first or `last` day of the month or year, that "2019-09-01", "2019-09" or "2019" names.

    >>> day_of("2020-02", last=True)
    datetime.date(2020, 2, 29)
    """
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", typed):
        return None
    year, month, day = [*map(int, typed.split("-")), None, None][:3]
    try:
        month = month or (12 if last else 1)
        return datetime.date(year or 0, month, day or (calendar.monthrange(year or 0, month)[1] if last else 1))
    except (ValueError, calendar.IllegalMonthError):
        return None


def _parts(query: str) -> Iterator[_Part]:
    for found in PART.finditer(query):
        name, is_phrase = (found["field"] or "").lower(), found["phrase"] is not None
        text = found["phrase"] if is_phrase else found["word"]
        unknown = ""
        if not name and not is_phrase and text.endswith(":") and text[:-1].lower() in FIELDS:
            name, text = text[:-1].lower(), ""
        if name and name not in FIELDS:
            unknown, text, name = found["field"], f"{found['field']}:{text}", ""
        begins = bool(found["star"]) if is_phrase else text.endswith("*")
        within = int(found["within"]) if found["within"] else None
        yield _Part(text.strip().rstrip("*"), not found["minus"], name, is_phrase, begins, within, unknown)
