"""The record of changes in words: field by field, before and after, names in place of ids."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from ..corrections import FIELD_OF, Edit, plain, values_of
from ..models import Change

# A longer value is cut: the record itself shows it whole.
LONGEST = 200
# Who settled a quotation and when is the act's own author and time.
ECHOES = {"settled_by_id", "settled_at"}

Names = Mapping[tuple[type[Model], Any], str]


@dataclass(frozen=True)
class Difference:
    label: str
    before: str
    after: str


def differences(model: type[Model], before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What differs between two sets of values of one record; keys are attnames, or `aliases`."""
    names = _names([(model, before), (model, after)])
    return _differences(model, before, after, names)


def in_words(changes: Iterable[Change]) -> dict[int, SafeString]:
    """{id of the change: what it did, as list items}, with one query for each kind of record that is named."""
    changes = list(changes)
    names = _names((_model(change), values) for change in changes for values in (change.before, change.after))
    return {change.pk: _as_list(change, names) for change in changes}


def edits_in_words(edits: Iterable[Edit]) -> list[SafeString]:
    """For each edit what it would change, as list items."""
    would = [(type(one.record), plain(values_of(one.record, one.values)), plain(one.values)) for one in edits]
    names = _names((model, values) for model, before, after in would for values in (before, after))
    return [_changed(_differences(model, before, after, names)) for model, before, after in would]


def _as_list(change: Change, names: Names) -> SafeString:
    model = _model(change)
    if change.before is None:
        added = [line for line in _differences(model, {}, change.after, names) if line.after != "nothing"]
        return format_html_join("", "<li>{}: {}</li>", ((line.label, line.after) for line in added))
    return _changed(_differences(model, change.before, change.after, names))


def _changed(lines: Iterable[Difference]) -> SafeString:
    return format_html_join("", "<li>{}: {} → {}</li>", ((line.label, line.before, line.after) for line in lines))


def _differences(
    model: type[Model], before: Mapping[str, Any], after: Mapping[str, Any], names: Names
) -> list[Difference]:
    return [
        Difference(
            _label(model, name), _value(model, name, before.get(name), names), _value(model, name, value, names)
        )
        for name, value in after.items()
        if name not in ECHOES and before.get(name) != value
    ]


def _model(change: Change) -> type[Model]:
    return next(model for model, name in FIELD_OF.items() if getattr(change, f"{name}_id") is not None)


def _label(model: type[Model], name: str) -> str:
    label = "other names" if name == "aliases" else str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]


def _value(model: type[Model], name: str, value: Any, names: Names) -> str:
    if value in (None, "", []):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join("–".join(map(str, part)) if isinstance(part, list) else str(part) for part in value)
    field = model._meta.get_field(name)
    if field.is_relation:
        return names.get((field.related_model, value), f"no. {value}")  # type: ignore[arg-type]
    choices = dict(getattr(field, "flatchoices", []))
    return Truncator(str(choices.get(value, value))).chars(LONGEST)


def _names(valued: Iterable[tuple[type[Model], Mapping[str, Any] | None]]) -> Names:
    """The names of all records whose ids are among the values."""
    wanted: dict[Any, set[Any]] = defaultdict(set)
    for model, values in valued:
        for name, value in (values or {}).items():
            if name == "aliases" or name in ECHOES or value is None:
                continue
            field = model._meta.get_field(name)
            if field.is_relation:
                wanted[field.related_model].add(value)
    return {
        (related, pk): str(record)
        for related, ids in wanted.items()
        for pk, record in related._default_manager.in_bulk(ids).items()
    }
