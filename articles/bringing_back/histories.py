"""Acts and their changes as records -> what can be stored, or a ValueError that says in one line why not.

A change may name what corrections write, with values that they could have written: it is shown later, and undone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models

from ..corrections.writing import EDITABLE, FIELD_OF
from ..models import ANCHORS, Act, Quotation, is_name
from . import checking, values
from .checking import USERNAME_LENGTH
from .values import Record

MODEL_OF = {name: model for model, name in FIELD_OF.items()}
OF = ("quotation", "article", "speaker", "outlet")
SPEAKERS = ("speaker_id", "merged_into_id")
PEOPLE = ("settled_by_id", "reviewed_by_id")
NAMES = frozenset({"name", "aliases"})


@dataclass(frozen=True, slots=True)
class CheckedAct:
    uid: UUID
    fields: dict[str, Any]
    by: str
    article: int | None
    undoes: UUID | None
    outlets: list[Record]
    changes: list[Record] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    """Of changes that are left out, a line each."""

    @property
    def usernames(self) -> Iterator[str]:
        yield self.by
        for change in self.changes:
            for held in (change["before"], change["after"]):
                yield from (held[name] for name in PEOPLE if held and held.get(name))


def checked(record: Record) -> CheckedAct:
    """Raises ValueError, also where it has changes and none of them can be stored."""
    uid, at, by = values.uid(record), values.moment(record, "at"), values.words(record, "by", most=USERNAME_LENGTH)
    if uid is None or at is None or not by:
        raise ValueError("an act has a uid, a time and somebody who did it")
    verb = values.one_of(record, "verb", Act.Verb.values, default="")
    act = CheckedAct(
        uid,
        {"verb": verb, "at": at, "note": values.words(record, "note", most=500)},
        by,
        article=values.key(record, "article"),
        undoes=values.uid(record, "undoes"),
        outlets=[checking.outlet(values.table(one, "outlets")) for one in values.many(record, "outlets")],
    )
    given = values.many(record, "changes")
    for place, one in enumerate(given, start=1):
        try:
            act.changes.append(_change(values.table(one, "changes")))
        except ValueError as problem:
            act.problems.append(f"change {place}: {problem}")
    if given and not act.changes:
        raise ValueError(f"none of its changes can be: {act.problems[0]}")
    return act


def _change(record: Record) -> Record:
    named = [name for name in OF if record.get(name) is not None]
    if len(named) != 1:
        raise ValueError("a change is of one record")
    of = named[0]
    number = values.uid(record, of) if of == "quotation" else values.key(record, of)
    change = {"of": of, "number": number, "before": record.get("before"), "after": record.get("after")}
    for name in ("before", "after"):
        if change[name] is not None or name == "after":
            held = values.table(change[name], name)
            for one in held:
                _check(of, one, held)
            _check_together(held, number)
    _refuse_without_words(change)
    return change


def _check(of: str, name: str, held: Record) -> None:
    """Raise ValueError where `held`, values of a record of that kind, has none under `name` that can be."""
    model = MODEL_OF[of]
    if name not in EDITABLE[model]:
        raise ValueError(f"nobody writes {name!r} of a record of that kind")
    value = held[name]
    if name in NAMES:
        _check_names(value)
    elif name in PEOPLE:
        values.words(held, name, most=USERNAME_LENGTH)
    elif name == "former_text_id":
        if value is not None:
            values.number(held, name, default=0)
    elif name.endswith("_id") and name != "wikidata_id":
        values.key(held, name)
    elif name == "spans":
        values.spans(held, name)
    else:
        _check_field(model._meta.get_field(name), name, held)


def _check_names(value: Any) -> None:
    for name in value if isinstance(value, list) else [value]:
        if not isinstance(name, str) or not is_name(values.words({"name": name}, "name", most=200)):
            raise ValueError("it has a name that nobody can be called by")


def _check_field(kind: Any, name: str, held: Record) -> None:
    value = held[name]
    if value is None and not kind.null:
        raise ValueError(f"{name} is empty")
    match kind:
        case models.BooleanField():
            values.flag(held, name)
        case models.IntegerField():
            values.number(held, name, default=0)
        case models.DateTimeField():
            values.moment(held, name)
        case models.DateField():
            values.day(held, name)
        case _:
            written = values.words(held, name, most=kind.max_length)
            if isinstance(kind, models.URLField):
                values.address(written, name)
                return
            try:
                kind.clean(written, None)
            except ValidationError as error:
                raise ValueError(f"{name}: {' '.join(error.messages)}") from error


def _check_together(held: Record, number: Any) -> None:
    """What no record can be at once."""
    if number is not None and held.get("merged_into_id") == number:
        raise ValueError("nobody is merged into themself")
    if held.get("merged_into_id") is not None and held.get("is_hidden") is False:
        raise ValueError("who was merged is hidden")
    is_suggested = held.get("state") == Quotation.State.SUGGESTED
    if is_suggested and (held.get("settled_at") or held.get("settled_by_id")):
        raise ValueError("it is suggested, and somebody has decided on it")
    reviewed = [held[name] for name in ("reviewed_by_id", "reviewed_at") if name in held]
    if not all(reviewed) and (any(reviewed) or len(reviewed) == 1):
        raise ValueError("who reviewed it and when go together")
    if isinstance(held.get("aliases", []), str) or isinstance(held.get("name", ""), list):
        raise ValueError("a name is a text, and other names are a list")


def _refuse_without_words(change: Record) -> None:
    """Raise ValueError where a quotation goes from one text to another, and no words of it are named in either."""
    for held in (change["before"], change["after"]):
        if held and "former_text_id" in held and ANCHORS.isdisjoint(held):
            raise ValueError("it goes to another text, and it does not say where it stands there")
