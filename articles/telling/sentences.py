"""Acts and their changes in sentences: what was done, to which field of which record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Model
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from ..corrections import FIELD_OF, Edit, plain, values_of
from ..models import Act, Change, Quotation
from .phrases import HIDDEN, MANY, NOUN, OPENING, SAID, TAKEN_OUT
from .words import WORDS, changed, quoted, what_became_of_words

WITH_THE_ACT = {"settled_by_id", "settled_at", "reviewed_at"}
"""What the act's author and time say already."""
NAMELESS = {"aliases", "former_text_id", "reviewed_by_id", *WITH_THE_ACT}
"""What is told without the name of a record."""
UNSAID_AT_FIRST = {"kind", "state", "name", "speaker_id"}
"""What a new record has of itself, or the sentence about its adding says."""

REVIEWING = {"needs_second_look", "second_look_note", "reviewed_by_id"}

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
        return _("split a quotation in two")
    return MANY[Act.Verb(act.verb)] % {"number": number, "shown": number_format(number, force_grouping=True)}


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
        yield _("merged it into another quotation")
        return
    if change.act.verb == Act.Verb.JOIN and "merged_into_id" in change.after:
        yield from sentences
        return
    opening, first = _opening(change.act), next(sentences, "")
    if opening and first:
        # Translators: as in “undid their own acceptance: reopened it”.
        yield _("%(opening)s: %(first)s") % {"opening": opening, "first": first}
    else:
        yield opening or first or _("changed it")
    yield from sentences


def _opening(act: Act) -> str:
    verb, undone = Act.Verb(act.verb), act.undoes
    if verb == Act.Verb.UNDO and undone:
        said = _("undid their own %(act)s") if undone.by_id == act.by_id else _("undid %(who)s’s %(act)s")
        return said % {"who": undone.by.get_username(), "act": NOUN[Act.Verb(undone.verb)]}
    return str(OPENING.get(verb, ""))


def _of_new(change: Change, names: Names) -> Iterator[str]:
    model, after = _model(change), change.after
    words = quoted(after.get("content") or after.get("name") or "")
    speaker = names.get((Quotation._meta.get_field("speaker").related_model, after.get("speaker_id")))
    if change.act.verb == Act.Verb.SPLIT:
        # Translators: stands behind “split it in two: ”.
        said = _("the second is %(words)s, said by %(speaker)s") if speaker else _("the second is %(words)s")
    else:
        said = _("added %(words)s, said by %(speaker)s") if speaker else _("added %(words)s")
    yield said % {"words": words, "speaker": speaker}
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
        if name not in REVIEWING and not (name == "is_hidden" and "merged_into_id" in differing):
            yield from _of_field(model, name, before.get(name), after[name], names)


def _of_reviewing(after: Values, differing: Sequence[str]) -> Iterator[str]:
    """Whoever reviews has taken the second look; whoever asks for one says at what."""
    reviewed = bool(after.get("reviewed_by_id"))
    if "reviewed_by_id" in differing:
        yield _("reviewed the article") if reviewed else _("took back that the article was reviewed")
    if "needs_second_look" in differing and not after["needs_second_look"]:
        if not reviewed:
            yield _("took back that it needs a second look")
    elif {"needs_second_look", "second_look_note"} & set(differing):
        note = after.get("second_look_note")
        said = _("asked for a second look: %(note)s") if note else _("asked for a second look")
        yield said % {"note": note}


def _of_field(model: type[Model], name: str, was: Any, now: Any, names: Names) -> Iterator[str]:
    if name == "aliases":
        added, dropped = _("added the other name %(name)s"), _("dropped the other name %(name)s")
        yield from (added % {"name": quoted(one)} for one in now if one not in (was or ()))
        yield from (dropped % {"name": quoted(one)} for one in was or () if one not in now)
    elif name == "merged_into_id":
        merged = _("merged it into %(speaker)s") if now else _("took it out of %(speaker)s again")
        yield merged % {"speaker": _value(model, name, now or was, names)}
    elif name == "is_hidden":
        yield str((TAKEN_OUT if model is Quotation else HIDDEN)[bool(now)])
    elif said := SAID.get((name, now if isinstance(now, str) else bool(now))):
        yield str(said)
    else:
        yield changed(name, _value(model, name, was, names), _value(model, name, now, names))


def _value(model: type[Model], name: str, value: Any, names: Names) -> str:
    """Names, dates, addresses and choices as they are; words in quotation marks; "" for nothing."""
    if value in (None, ""):
        return ""
    field = model._meta.get_field(name)
    if field.is_relation:
        return names.get((field.related_model, value), _("no. %(number)s") % {"number": value})  # type: ignore[arg-type]
    if isinstance(field, models.DateField):
        return date_format(field.to_python(value), "DATE_FORMAT")
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
