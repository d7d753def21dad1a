"""Acts with their changes -> rows, in the order in which they were done, each once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import DataError, IntegrityError, transaction

from .. import bulk
from ..models import Act, Change, FormerText, name_key
from ..patience import patiently
from ..querysets import bringing
from .accounts import Accounts
from .articles import Articles, outlets_of
from .histories import OF, PEOPLE, SPEAKERS, CheckedAct, checked
from .report import Report
from .speakers import Problem, Speakers
from .values import Record

Rows = list[tuple[Any, ...]]
"""Of the changes of one act."""


@dataclass
class _Brought:
    """What becomes of some acts."""

    there: int = 0
    left_out: int = 0
    """Changes of records that are not here."""
    new: dict[UUID, tuple[CheckedAct, Rows]] = field(default_factory=dict)
    failed: list[Problem] = field(default_factory=list)
    """Whole acts."""
    problems: list[Problem] = field(default_factory=list)
    """Of single changes."""


class Acts:
    """Brings acts back, behind all that they changed."""

    def __init__(self, report: Report, *, articles: Articles, speakers: Speakers, accounts: Accounts) -> None:
        self._report, self._articles, self._speakers, self._accounts = report, articles, speakers, accounts
        self._outlets: dict[int, int] = {}
        self._other_outlets: set[int] = set()

    def knows(self, outlets: Sequence[Record]) -> None:
        """Outlets of the file, those of articles that are here by now and those that acts bring."""
        new = [one for one in outlets if one["number"] is not None and one["number"] not in self._outlets]
        if new:
            found = patiently(transaction.atomic(outlets_of), new)
            for record in new:
                outlet = found[name_key(record["name"])]
                self._outlets[record["number"]] = outlet.pk
                if any(getattr(outlet, name) != record[name] for name in ("name", "homepage", "version")):
                    self._other_outlets.add(record["number"])

    def bring(self, records: Sequence[Record]) -> list[Problem]:
        """Those of `records`; what was wrong with some. What the database fails at is had again, each by itself."""
        good, problems = [], []
        for record in records:
            try:
                good.append(checked(record))
            except ValueError as problem:
                self._report.acts.failed += 1
                problems.append((f"act {record.get('uid')}", str(problem)))
        self._accounts.find(name for one in good for name in one.usernames)
        self.knows([outlet for one in good for outlet in one.outlets])
        return problems + self._bring_all(good)

    def _bring_all(self, good: Sequence[CheckedAct]) -> list[Problem]:
        """One transaction, or one for each act where the database refuses one."""
        try:
            found = patiently(self._bring, good)
        except (DataError, IntegrityError) as problem:
            if len(good) > 1:
                return [found for one in good for found in self._bring_all([one])]
            self._report.acts.failed += 1
            line = " ".join(str(problem).split())
            return [(f"act {good[0].uid}", f"refused by the database ({line})")]
        self._report.acts.added += len(found.new)
        self._report.acts.there += found.there
        self._report.acts.failed += len(found.failed)
        self._report.left_out += found.left_out
        self._report.changes_failed += len(found.problems)
        return found.problems + found.failed

    @transaction.atomic
    def _bring(self, good: Sequence[CheckedAct]) -> _Brought:
        known = bringing.acts([*(one.uid for one in good), *(one.undoes for one in good if one.undoes)])
        wanted = [one for one in good if one.uid not in known]
        quotations = bringing.quotations(
            {change["number"] for one in wanted for change in one.changes if change["of"] == "quotation"}
        )
        places = _Places(self, quotations, bringing.articles_of(quotations.values()))
        undone = bringing.undone({one.undoes for one in wanted if one.undoes})
        found = _Brought(there=len(good) - len(wanted))
        for one in wanted:
            found.problems += [(f"act {one.uid}", problem) for problem in one.problems]
            rows = self._rows(one, places, found)
            why = _why_not(one, known, undone, found)
            if why:
                found.failed.append((f"act {one.uid}", why))
            elif rows or (not one.changes and self._is_ours(one.article)):
                found.new[one.uid] = one, rows
                undone |= {one.undoes} if one.undoes else set()
        self._insert(found.new, known)
        return found

    def _rows(self, one: CheckedAct, places: _Places, found: _Brought) -> Rows:
        rows = []
        for change in one.changes:
            try:
                row = places.row(change)
            except ValueError as problem:
                found.problems.append((f"act {one.uid}", f"change of a {change['of']}: {problem}"))
                continue
            if row:
                rows.append(row)
            else:
                found.left_out += 1
        return rows

    def _is_ours(self, article: int | None) -> bool:
        """Whether an act without changes, as correcting a text is, belongs to an article here."""
        return article is None or not self._articles.is_other(article)

    def _insert(self, new: Mapping[UUID, tuple[CheckedAct, Rows]], known: dict[UUID, int]) -> None:
        fields = ["uid", "verb", "by", "at", "article", "note"]
        rows = [
            (
                uid,
                one.fields["verb"],
                self._accounts.number(one.by),
                one.fields["at"],
                self._articles.number(one.article),
                one.fields["note"],
            )
            for uid, (one, _) in new.items()
        ]
        bulk.insert(Act, fields, rows)
        numbers = known | bringing.acts(new)
        undoing = [(numbers[one.undoes], numbers[uid]) for uid, (one, _) in new.items() if one.undoes]
        bulk.update(Act, ["undoes"], undoing)
        changes = ((numbers[uid], *row) for uid, (_, rows) in new.items() for row in rows)
        bulk.insert(Change, ["act", *OF, "before", "after"], changes)
        waiting = self._articles.waiting
        bulk.update(FormerText, ["act"], [(numbers[uid], waiting[uid]) for uid in new if uid in waiting])

    def outlet(self, number: int | None) -> int | None:
        return None if number is None else self._outlets.get(number)

    def is_other_outlet(self, number: int) -> bool:
        return number not in self._outlets or number in self._other_outlets

    def is_other(self, of: str, number: Any) -> bool:
        """Whether a change of that record of the file belongs to none here."""
        match of:
            case "article":
                return self._articles.is_other(number)
            case "speaker":
                return self._speakers.is_other(number)
        return self.is_other_outlet(number)

    def number(self, of: str, number: Any) -> int | None:
        match of:
            case "article":
                return self._articles.number(number)
            case "speaker":
                return self._speakers.number(number)
        return self.outlet(number)

    def account(self, username: str | None) -> int | None:
        return self._accounts.number(username or "")


def _why_not(one: CheckedAct, known: Mapping[UUID, int], undone: Set[UUID], found: _Brought) -> str:
    """Why an act that is not here cannot come in: no two are one, and each undoes one before it that stands."""
    if one.uid in found.new:
        return "it comes twice; this one is left out"
    if one.undoes and one.undoes not in known and one.undoes not in found.new:
        return f"it undoes act {one.undoes}, which is not here"
    if one.undoes in undone:
        return f"it undoes act {one.undoes}, which another act undid before it"
    return ""


class _Places:
    """The numbers here of what some acts name."""

    def __init__(self, acts: Acts, quotations: Mapping[UUID, int], articles: Mapping[int, int]) -> None:
        self._acts, self._quotations, self._articles = acts, quotations, articles
        self._formers = bringing.former_texts(set(articles.values()))

    def row(self, change: Record) -> tuple[Any, ...] | None:
        """Its quotation, article, speaker, outlet, before and after; None where that record is not here.

        Raises ValueError for what cannot be among the records here.
        """
        of, number = change["of"], change["number"]
        if of == "quotation":
            here = self._quotations.get(number)
        else:
            here = None if self._acts.is_other(of, number) else self._acts.number(of, number)
        if here is None:
            return None
        article = self._articles.get(here) if of == "quotation" else None
        held = [self._held(change[name], article) for name in ("before", "after")]
        if of == "speaker" and any(one and one.get("merged_into_id") == here for one in held):
            raise ValueError("nobody is merged into themself")
        return (*(here if name == of else None for name in OF), *held)

    def _held(self, given: dict[str, Any] | None, article: int | None) -> dict[str, Any] | None:
        if given is None:
            return None
        held = dict(given)
        for name in SPEAKERS:
            if name in held:
                held[name] = self._acts.number("speaker", held[name])
        if "outlet_id" in held:
            held["outlet_id"] = self._acts.outlet(held["outlet_id"])
        for name in PEOPLE:
            if name in held:
                held[name] = self._acts.account(held[name])
        if held.get("former_text_id") is not None:
            formers = self._formers.get(article or 0, [])
            place = held["former_text_id"]
            if place >= len(formers):
                raise ValueError(f"there is no former text {place}")
            held["former_text_id"] = formers[place][0]
        return held
