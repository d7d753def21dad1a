"""The one write path: every change by a person, from browser, admin or command, goes through here.

Each act is one transaction. It names the version of the record that the person saw, writes the record and the
record of the change together, and can be undone later, in another session too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.utils import timezone

from .models import NAME_LENGTH, Act, Alias, Article, Change, Outlet, Quotation, Speaker

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# Also the order in which an act locks its records, so that two acts on the same ones queue and never deadlock.
type_of = {Speaker: "speaker", Outlet: "outlet", Article: "article", Quotation: "quotation"}
Editable = Quotation | Article | Speaker | Outlet
Values = dict[str, Any]


class StaleEdit(Exception):
    """Somebody changed the record after it was seen; nothing was written. `current` is the record as it is now."""

    def __init__(self, current: Editable) -> None:
        super().__init__(f"{current} was changed by somebody else in the meantime")
        self.current = current


class Gone(Exception):
    """The record is not there any more, as when extraction did not find a suggestion again; nothing was written."""

    def __init__(self, record: Editable) -> None:
        super().__init__(f"{record} is no longer there")


class NotUndoable(Exception):
    """The act is undone already, or is an undoing itself."""


class AmbiguousSpeaker(Exception):
    """Several speakers bear the name; `choices` are they."""

    def __init__(self, name: str, choices: Sequence[Speaker]) -> None:
        super().__init__(f"{len(choices)} speakers are called {name}")
        self.choices = choices


@dataclass(frozen=True)
class Edit:
    """New `values` for `record` as somebody saw it at `version`."""

    record: Editable
    version: int
    values: Mapping[str, Any]


def decision(state: str, *, by: User) -> Values:
    """The values that `by`'s decision on a quotation writes; a suggestion is nobody's decision."""
    if state == Quotation.State.SUGGESTED:
        return {"state": state, "settled_by_id": None, "settled_at": None}
    now = timezone.now()
    # The record of changes keeps milliseconds; nothing finer is stored, so that undoing brings back just this moment.
    return {
        "state": state,
        "settled_by_id": by.pk,
        "settled_at": now.replace(microsecond=now.microsecond // 1000 * 1000),
    }


def accept(quotation: Quotation, *, by: User, version: int) -> Act | None:
    """Settle as right. None where it was accepted already. Raises StaleEdit and Gone."""
    return _settle(quotation, state=Quotation.State.ACCEPTED, verb=Act.Verb.ACCEPT, by=by, version=version)


def reject(quotation: Quotation, *, by: User, version: int) -> Act | None:
    """Settle as no quotation. None where it was rejected already. Raises StaleEdit and Gone."""
    return _settle(quotation, state=Quotation.State.REJECTED, verb=Act.Verb.REJECT, by=by, version=version)


def reopen(quotation: Quotation, *, by: User, version: int) -> Act | None:
    """Take a decision back: suggested again. None where it was not settled. Raises StaleEdit and Gone."""
    values = decision(Quotation.State.SUGGESTED, by=by)
    return edit([Edit(quotation, version, values)], by=by, verb=Act.Verb.REOPEN)


def change_speaker(quotation: Quotation, *, name: str, by: User, version: int) -> Act | None:
    """Say who is speaking, by name or alias; a name that nobody bears becomes a new speaker.

    Whoever corrects a suggestion vouches for it, so it is accepted in the same act. Raises StaleEdit and Gone,
    AmbiguousSpeaker where the name alone does not say who is meant, and ValueError where it cannot be a name.
    """
    with transaction.atomic():
        speaker, change = _speaker_called(name)
        values: Values = {"speaker_id": speaker.pk}
        if not quotation.is_settled:
            values |= decision(Quotation.State.ACCEPTED, by=by)
        return edit([Edit(quotation, version, values)], by=by, verb=Act.Verb.SPEAKER, first=change)


@transaction.atomic
def edit(
    edits: Sequence[Edit],
    *,
    by: User,
    verb: Act.Verb = Act.Verb.EDIT,
    note: str = "",
    undoes: Act | None = None,
    first: Change | None = None,
) -> Act | None:
    """Write `edits`, all or none, as one act; None, and nothing written, where no value differs.

    `first` is an unsaved change that belongs to the same act, as of a speaker made for it. Raises StaleEdit, and
    Gone where a record is not there any more.
    """
    in_order = sorted(edits, key=lambda edit: (list(type_of).index(type(edit.record)), edit.record.pk))
    changes = [change for change in (first, *map(_write, in_order)) if change]
    if not changes:
        return None
    act = Act.objects.create(verb=verb, by=by, article_id=_article_id(edits), note=note, undoes=undoes)
    for change in changes:
        change.act = act
        change.save()
    return act


@transaction.atomic
def create(record: Speaker | Outlet, *, by: User, values: Mapping[str, Any] | None = None) -> Act:
    """Save a new speaker or outlet, with `values` for what needs it saved first (aliases)."""
    change = _created(record, values or {})
    act = Act.objects.create(verb=Act.Verb.CREATE, by=by)
    change.act = act
    change.save()
    return act


@transaction.atomic
def undo(act: Act, *, by: User) -> Act:
    """Put back what `act` changed, as a new act.

    Raises NotUndoable where that was done before or nothing can be put back, and StaleEdit where a field that
    `act` wrote has been written again since: then nothing changes.
    """
    locked = Act.objects.select_for_update().get(pk=act.pk)
    if locked.undoes_id or Act.objects.filter(undoes=locked).exists():
        raise NotUndoable(f"{locked} cannot be undone again")
    edits = []
    for change in reversed(locked.changes.select_related("quotation", "article", "speaker", "outlet")):
        record = change.record
        if change.before is not None:
            edits.append(_reversal(record, change))
        elif isinstance(record, Speaker) and not record.quotations.exclude(changes__act=locked).exists():
            edits.append(Edit(record, record.version, {"is_hidden": True}))
    undoing = edit(edits, by=by, verb=Act.Verb.UNDO, undoes=locked)
    if undoing is None:
        raise NotUndoable(f"{locked} leaves nothing to put back")
    return undoing


def _settle(quotation: Quotation, *, state: Quotation.State, verb: Act.Verb, by: User, version: int) -> Act | None:
    if quotation.state == state and quotation.version == version:
        return None
    return edit([Edit(quotation, version, decision(state, by=by))], by=by, verb=verb)


def _speaker_called(name: str) -> tuple[Speaker, Change | None]:
    """The speaker of that name, and the unsaved change where the name was new or hidden."""
    name = " ".join(name.split())
    called = list(Speaker.objects.called(name))
    found = [speaker for speaker in called if not speaker.is_hidden] or called
    if len(found) > 1:
        raise AmbiguousSpeaker(name, found)
    if not found:
        return _new_speaker(name)
    if found[0].is_hidden:
        return found[0], _write(Edit(found[0], found[0].version, {"is_hidden": False}))
    return found[0], None


def _new_speaker(name: str) -> tuple[Speaker, Change | None]:
    if not 0 < len(name) <= NAME_LENGTH:
        raise ValueError(f"a speaker's name has 1 to {NAME_LENGTH} characters, this one {len(name)}")
    speaker = Speaker(name=name)
    try:
        with transaction.atomic():
            return speaker, _created(speaker, {})
    except IntegrityError:
        # Somebody gave the same new name in the same moment: theirs is the speaker.
        return _speaker_called(name)


def _article_id(edits: Sequence[Edit]) -> int | None:
    articles = {edit.record.article_id for edit in edits if isinstance(edit.record, Quotation)}
    articles |= {edit.record.pk for edit in edits if isinstance(edit.record, Article)}
    return articles.pop() if len(articles) == 1 else None


def _reversal(record: Editable, change: Change) -> Edit:
    """The edit that takes `change` back. Raises StaleEdit where its fields were written again."""
    if _plain(_values(record, change.after)) != change.after:
        raise StaleEdit(record)
    return Edit(record, record.version, _python(record, change.before or {}))


def _created(record: Speaker | Outlet, values: Mapping[str, Any]) -> Change:
    record.save()
    _assign(record, values)
    named = [field.attname for field in record._meta.concrete_fields if field.editable and not field.primary_key]
    return Change(**{type_of[type(record)]: record}, before=None, after=_plain(_values(record, [*named, *values])))


def _write(edit: Edit) -> Change | None:
    """Write one record if its version is the one seen; the unsaved Change, or None where nothing differs."""
    model = type(edit.record)
    try:
        record = model._default_manager.select_for_update().get(pk=edit.record.pk)
    except model.DoesNotExist as error:
        raise Gone(edit.record) from error
    if record.version != edit.version:
        raise StaleEdit(record)
    before = _plain(_values(record, edit.values))
    _assign(record, edit.values)
    after = _plain(_values(record, edit.values))
    differing = [name for name in after if before[name] != after[name]]
    if not differing:
        return None
    record.version += 1
    record.save()
    edit.record.refresh_from_db()
    return Change(
        **{type_of[model]: record},
        before={name: before[name] for name in differing},
        after={name: after[name] for name in differing},
    )


def _values(record: Editable, names: Mapping[str, Any] | Sequence[str]) -> Values:
    """The values of the named fields; `aliases` is a speaker's list of other names."""
    return {name: _aliases(record) if name == "aliases" else getattr(record, name) for name in names}


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


def _plain(values: Values) -> Values:
    """`values` as JSON holds them, so that what was stored can be compared with what is there."""
    plain: Values = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
    return plain


def _python(record: Editable, plain: Values) -> Values:
    """The reverse of `_plain`: dates are dates again."""
    return {
        name: value if name == "aliases" else record._meta.get_field(name).to_python(value)  # type: ignore[union-attr]
        for name, value in plain.items()
    }
