"""Acts and their changes in sentences: what was done, to which field of which record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Model
from django.utils.formats import date_format

from ..corrections import FIELD_OF, Edit, plain, values_of
from ..models import Act, Change, Quotation
from .words import WORDS, quoted, what_became_of_words

WITH_THE_ACT = {"settled_by_id", "settled_at", "reviewed_at"}
"""What the act's author and time say already."""
NAMELESS = {"aliases", "former_text_id", "reviewed_by_id", *WITH_THE_ACT}
"""What is told without the name of a record."""
UNSAID_AT_FIRST = {"kind", "state", "name", "speaker_id"}
"""What a new record has of itself, or the sentence about its adding says."""

NOUN = {
    Act.Verb.ACCEPT: "acceptance",
    Act.Verb.REJECT: "rejection",
    Act.Verb.REOPEN: "reopening",
    Act.Verb.SPEAKER: "speaker change",
    Act.Verb.EDIT: "edit",
    Act.Verb.CREATE: "addition",
    Act.Verb.SPLIT: "splitting",
    Act.Verb.MERGE: "merging",
    Act.Verb.RESTORE: "restoring",
    Act.Verb.REVIEW: "reviewing",
    Act.Verb.FLAG: "second look",
    Act.Verb.TEXT: "text correction",
    Act.Verb.UNDO: "undoing",
    Act.Verb.REDO: "redoing",
}
"""What undoing takes back."""

SAID: Mapping[tuple[str, bool | str], str] = {
    ("state", "accepted"): "accepted it",
    ("state", "rejected"): "rejected it",
    ("state", "suggested"): "reopened it",
    ("former_text_id", True): "put it back into the former text",
    ("former_text_id", False): "brought it back into the text",
}
REVIEWING = {"needs_second_look", "second_look_note", "reviewed_by_id"}
LABELS = {
    "speaker_id": "speaker",
    "outlet_id": "outlet",
    "published_on": "date of publication",
}

Names = Mapping[tuple[type[Model], Any], str]
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Told:
    """What an act did to one record, in sentences that begin with who did it."""

    act: Act
    change: Change
    sentences: list[str]


def told(changes: Iterable[Change]) -> list[Told]:
    """Each of `changes`, in sentences; one query for each kind of record that is named."""
    changes = list(changes)
    names = names_in((_model(change), values) for change in changes for values in (change.before, change.after))
    return [Told(change.act, change, [*_told(change, names)]) for change in changes]


def would_be_told(edits: Iterable[Edit]) -> list[list[str]]:
    """For each edit what writing it would be told as, in sentences; none where nothing differs."""
    would = [(type(one.record), plain(values_of(one.record, one.values)), plain(one.values)) for one in edits]
    names = names_in((model, values) for model, before, after in would for values in (before, after))
    return [[*_sentences(model, before, after, names)] for model, before, after in would]


def of_many(act: Act, number: int) -> str:
    """What `act` did to that many quotations, in a sentence."""
    if act.verb == Act.Verb.SPLIT:
        return "split a quotation in two"
    return f"{Act.Verb(act.verb).label} {number:,} quotations"


def names_in(valued: Iterable[tuple[type[Model], Values | None]]) -> Names:
    """The names of all records whose ids are among the values."""
    wanted: dict[Any, set[Any]] = defaultdict(set)
    for model, values in valued:
        for name, value in (values or {}).items():
            if name not in NAMELESS and value is not None and model._meta.get_field(name).is_relation:
                wanted[model._meta.get_field(name).related_model].add(value)
    return {
        (related, pk): str(record)
        for related, ids in wanted.items()
        for pk, record in related._default_manager.in_bulk(ids).items()
    }


def _told(change: Change, names: Names) -> Iterator[str]:
    """The first sentence says what kind of act it was, where the others do not."""
    if change.before is None:
        sentences = _of_new(change, names)
    else:
        sentences = _sentences(_model(change), change.before, change.after, names)
    if change.act.verb == Act.Verb.MERGE and change.after.get("is_hidden"):
        yield "merged it into another quotation"
        return
    first = [part for part in (_opening(change.act), next(sentences, "")) if part]
    yield ": ".join(first) or "changed it"
    yield from sentences


def _opening(act: Act) -> str:
    verb, undone = Act.Verb(act.verb), act.undoes
    if verb == Act.Verb.UNDO and undone:
        whose = "their own" if undone.by_id == act.by_id else f"{undone.by.get_username()}’s"
        return f"undid {whose} {NOUN[Act.Verb(undone.verb)]}"
    return {
        Act.Verb.REDO: "did it again",
        Act.Verb.RESTORE: "restored an earlier version",
        Act.Verb.MERGE: "merged another quotation into it",
        Act.Verb.SPLIT: "split it in two",
    }.get(verb, "")


def _of_new(change: Change, names: Names) -> Iterator[str]:
    model, after = _model(change), change.after
    words = quoted(after.get("content") or after.get("name") or "")
    speaker = names.get((Quotation._meta.get_field("speaker").related_model, after.get("speaker_id")))
    made = "the second is" if change.act.verb == Act.Verb.SPLIT else "added"
    yield f"{made} {words}, said by {speaker}" if speaker else f"{made} {words}"
    for name in _in_order(model, after):
        if after[name] and name not in UNSAID_AT_FIRST | WORDS:
            yield from _of_field(model, name, None, after[name], names)


def _sentences(model: type[Model], before: Values, after: Values, names: Names) -> Iterator[str]:
    differing = [name for name in _in_order(model, after) if before.get(name) != after[name]]
    if model is Quotation:
        yield from what_became_of_words(before, after)
        differing = [name for name in differing if name not in WORDS]
    yield from _of_reviewing(after, differing)
    for name in differing:
        if name not in REVIEWING:
            yield from _of_field(model, name, before.get(name), after[name], names)


def _of_reviewing(after: Values, differing: Sequence[str]) -> Iterator[str]:
    """Whoever reviews has taken the second look; whoever asks for one says at what."""
    reviewed = bool(after.get("reviewed_by_id"))
    if "reviewed_by_id" in differing:
        yield "reviewed the article" if reviewed else "took back that the article was reviewed"
    if "needs_second_look" in differing and not after["needs_second_look"]:
        if not reviewed:
            yield "took back that it needs a second look"
    elif {"needs_second_look", "second_look_note"} & set(differing):
        note = after.get("second_look_note")
        yield f"asked for a second look: {note}" if note else "asked for a second look"


def _of_field(model: type[Model], name: str, was: Any, now: Any, names: Names) -> Iterator[str]:
    if name == "aliases":
        yield from (f"added the other name {quoted(one)}" for one in now if one not in (was or ()))
        yield from (f"dropped the other name {quoted(one)}" for one in was or () if one not in now)
        return
    if name == "is_hidden":
        hiding = ("took it out", "brought it back") if model is Quotation else ("hid it", "showed it again")
        yield hiding[0] if now else hiding[1]
        return
    said = SAID.get((name, now if isinstance(now, str) else bool(now)))
    if said:
        yield said
        return
    label = LABELS.get(name) or str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    old, new = _value(model, name, was, names), _value(model, name, now, names)
    if not new:
        yield f"took away the {label} {old}"
    else:
        gave = "wrote" if name.endswith("note") else "gave"
        yield f"changed the {label} from {old} to {new}" if old else f"{gave} the {label} {new}"


def _value(model: type[Model], name: str, value: Any, names: Names) -> str:
    """Names, dates, addresses and choices as they are; words in quotation marks; "" for nothing."""
    if value in (None, ""):
        return ""
    field = model._meta.get_field(name)
    if field.is_relation:
        return names.get((field.related_model, value), f"no. {value}")  # type: ignore[arg-type]
    if isinstance(field, models.DateField):
        return date_format(field.to_python(value), "j F Y")
    choices = dict(getattr(field, "flatchoices", []))
    if choices or name == "name" or isinstance(field, models.URLField):
        return str(choices.get(value, value))
    return quoted(str(value))


def _in_order(model: type[Model], values: Values) -> list[str]:
    """The fields that are told of, in the model's order: PostgreSQL keeps the values in one of its own."""
    fields = [*(field.attname for field in model._meta.concrete_fields), "aliases"]
    return [name for name in fields if name in values and name not in WITH_THE_ACT]


def _model(change: Change) -> type[Model]:
    return next(model for model, name in FIELD_OF.items() if getattr(change, f"{name}_id") is not None)
