"""Records as acts read and write them: which fields, under which locks, and what is kept of each change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.db.models import F

from .. import bulk
from ..models import ANCHORS, Alias, Article, Change, Outlet, Quotation, Speaker
from .anchoring import refuse_moved
from .refusals import Gone, NameTaken, StaleEdit

Editable = Quotation | Article | Speaker | Outlet
Values = dict[str, Any]

# Model -> the field of Change that names its records. Also the order in which an act locks its records, so that two
# acts on the same ones queue and never deadlock.
FIELD_OF: dict[type[Editable], str] = {
    Speaker: "speaker",
    Outlet: "outlet",
    Article: "article",
    Quotation: "quotation",
}
# What a person may write, by attname; `aliases` are a speaker's other names. No text. Offsets and the words at them
# hold together: they are written together, and compared with the text.
EDITABLE: dict[type[Editable], frozenset[str]] = {
    Speaker: frozenset(
        {"name", "qualifier", "kind", "role", "wikidata_id", "is_hidden", "merged_into_id", "aliases"}
    ),
    Outlet: frozenset({"name", "homepage"}),
    Article: frozenset(
        {
            *("title", "outlet_id", "byline", "published_on", "url", "place", "signoff", "licence", "is_hidden"),
            *("reviewed_by_id", "reviewed_at", "needs_second_look", "second_look_note"),
        }
    ),
    Quotation: frozenset(
        {
            "kind",
            "speaker_id",
            "state",
            "settled_by_id",
            "settled_at",
            "note",
            "is_hidden",
            "former_text_id",
            *ANCHORS,
        }
    ),
}
# What makes a name unique; saving it derives the key, which a bulk update would not.
NAMING = frozenset({"name", "qualifier"})

# What says where a quotation stands: its words have to be those at that place, whichever of these is written.
PLACED = ANCHORS | {"former_text_id"}

AT_ONCE = 500
"""Records asked for by number in one query: SQLite takes no expression of any length."""


@dataclass(frozen=True)
class Edit:
    """New `values` for `record` as somebody saw it at `version`. Raises ValueError for what nobody may write."""

    record: Editable
    version: int
    values: Mapping[str, Any]
    is_concerned: bool = False
    """Whether the act belongs to its history also where none of its values differs."""

    def __post_init__(self) -> None:
        refuse_fixed(type(self.record), self.values)


def refuse_fixed(model: type[Editable], names: Iterable[str]) -> None:
    """Raise ValueError, naming them, where `names` are not all among the fields that people write."""
    fixed = sorted(set(names) - EDITABLE.get(model, frozenset()))
    if fixed:
        raise ValueError(f"nobody edits {', '.join(fixed)} of {model._meta.label}")


def write(edits: Iterable[Edit]) -> list[Change]:
    """Write `edits`, in the caller's transaction; the unsaved changes, of records that differ now or are concerned.

    A fixed number of queries for each kind of record. Raises Gone, StaleEdit and NameTaken.
    """
    in_order = sorted(edits, key=lambda one: one.record.pk)
    changes: list[Change] = []
    for model in FIELD_OF:
        of_model = [one for one in in_order if type(one.record) is model]
        if of_model:
            changes += _write_all(model, of_model)
    return changes


def write_new(record: Speaker | Outlet | Quotation, values: Mapping[str, Any]) -> Change:
    """Save a new record with `values`; the unsaved change. Raises NameTaken."""
    refuse_fixed(type(record), values)
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError as error:
        if isinstance(record, Quotation):
            raise
        raise NameTaken(record) from error
    _assign(record, values)
    written = EDITABLE[type(record)] - {"aliases", "is_hidden", "former_text_id", "merged_into_id"}
    named = [field.attname for field in record._meta.concrete_fields if field.attname in written]
    return _change(record, before=None, after=plain(values_of(record, [*named, *values])))


def values_of(record: Editable, names: Iterable[str]) -> Values:
    """The values of the named fields; `aliases` is a speaker's list of other names."""
    return {name: _aliases(record) if name == "aliases" else getattr(record, name) for name in names}


def plain(values: Mapping[str, Any]) -> Values:
    """`values` as JSON holds them, so that what was stored can be compared with what is there."""
    as_json: Values = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
    return as_json


def python(record: Editable, values: Values) -> Values:
    """The reverse of `plain`: dates are dates again."""
    return {
        name: value if name == "aliases" else record._meta.get_field(name).to_python(value)  # type: ignore[union-attr]
        for name, value in values.items()
    }


def _write_all(model: type[Editable], edits: Sequence[Edit]) -> list[Change]:
    articles = _articles_held(edits)
    stored = _locked(model, [one.record.pk for one in edits])
    changes, written, names = [], [], set()
    for one in edits:
        record = stored.get(one.record.pk)
        if record is None:
            raise Gone(one.record)
        if record.version != one.version:
            raise StaleEdit(record, seen=one.version)
        before = plain(values_of(record, one.values))
        _assign(record, one.values)
        if isinstance(record, Quotation) and not PLACED.isdisjoint(one.values):
            record.article = articles[record.article_id]
            refuse_moved(record)
        after = plain(values_of(record, one.values))
        differing = [name for name in after if before[name] != after[name]]
        if not differing:
            changes += [_change(record, before={}, after={})] if one.is_concerned else []
            continue
        record.version += 1
        names.update(differing)
        written.append((one.record, record))
        changes.append(
            _change(
                record,
                before={name: before[name] for name in differing},
                after={name: after[name] for name in differing},
            )
        )
    if written:
        _save(model, [record for _, record in written], names=names - {"aliases"})
    for in_hand, record in written:
        _bring_up_to_date(in_hand, record)
    return changes


def _articles_held(edits: Sequence[Edit]) -> dict[int, Article]:
    """The articles, by id, of quotations that get another place, held: no new version comes in meanwhile."""
    moved = {
        one.record.article_id
        for one in edits
        if isinstance(one.record, Quotation) and not PLACED.isdisjoint(one.values)
    }
    held = Article.objects.select_for_update(no_key=True).numbered(moved).order_by("pk") if moved else ()
    return {article.pk: article for article in held}


def _locked(model: type[Editable], pks: Sequence[int]) -> dict[int, Any]:
    """The records by id, held until the transaction ends; others may still hang quotations and acts on them."""
    # An article's text may have megabytes, and nobody writes it.
    records = Article.objects.defer("text") if model is Article else model._default_manager.all()
    held = records.select_for_update(no_key=True).order_by("pk")
    return {one.pk: one for part in _parts(pks) for one in held.filter(pk__in=part)}


def _parts(pks: Sequence[int]) -> Iterator[Sequence[int]]:
    return (pks[start : start + AT_ONCE] for start in range(0, len(pks), AT_ONCE))


def _save(model: type[Editable], records: Sequence[Any], *, names: set[str]) -> None:
    fields = [*sorted(names), "version"]
    if not names & NAMING:
        _save_all(model, records, fields)
        return
    for record in records:
        try:
            with transaction.atomic():
                record.save(update_fields=fields)
        except IntegrityError as error:
            raise NameTaken(record) from error


def _save_all(model: type[Editable], records: Sequence[Any], fields: Sequence[str]) -> None:
    """Write `fields`, of which the last one is the version; where all get the same values, in one go."""
    *names, _ = fields
    same = {name: getattr(records[0], name) for name in names}
    if any(getattr(one, name) != value for one in records for name, value in same.items()):
        bulk.update(model, fields, ([*(getattr(one, name) for name in fields), one.pk] for one in records))
        return
    for part in _parts([one.pk for one in records]):
        model._default_manager.filter(pk__in=part).update(**same, version=F("version") + 1)


def _bring_up_to_date(in_hand: Editable, record: Editable) -> None:
    """Give the object that the caller holds the values that are stored now."""
    for field in record._meta.concrete_fields:
        if field.generated:
            in_hand.__dict__.pop(field.attname, None)
        elif field.attname in record.__dict__:
            setattr(in_hand, field.attname, getattr(record, field.attname))
    getattr(in_hand, "_prefetched_objects_cache", {}).clear()


def _change(record: Editable, *, before: Values | None, after: Values) -> Change:
    return Change(**{FIELD_OF[type(record)]: record}, before=before, after=after)


def _aliases(record: Editable) -> list[str]:
    return sorted(Alias.objects.filter(speaker_id=record.pk).values_list("name", flat=True))


def _assign(record: Editable, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name != "aliases":
            setattr(record, name, value)
        elif isinstance(record, Speaker):
            record.aliases.exclude(name__in=value).delete()
            for alias in set(value) - set(_aliases(record)):
                Alias.objects.create(speaker=record, name=alias)
