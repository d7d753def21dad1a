"""What a person does: decide on a quotation, say who speaks, edit a record, add one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from ..models import Act, Article, Change, Outlet, Quotation, Speaker
from .naming import speaker_called
from .writing import Edit, Values, write, write_new

if TYPE_CHECKING:
    from django.contrib.auth.models import User


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
        speaker, changes = speaker_called(name)
        values: Values = {"speaker_id": speaker.pk}
        if not quotation.is_settled:
            values |= decision(Quotation.State.ACCEPTED, by=by)
        return edit([Edit(quotation, version, values)], by=by, verb=Act.Verb.SPEAKER, first=changes)


@transaction.atomic
def edit(
    edits: Sequence[Edit],
    *,
    by: User,
    verb: Act.Verb = Act.Verb.EDIT,
    note: str = "",
    undoes: Act | None = None,
    first: Sequence[Change] = (),
) -> Act | None:
    """Write `edits`, all or none, as one act; None, and nothing written, where no value differs.

    `first` are unsaved changes that belong to the same act, as of a speaker made for it. Raises StaleEdit, Gone
    where a record is not there any more, and NameTaken where another bears the new name.
    """
    changes = [*first, *write(edits)]
    if not changes:
        return None
    act = Act.objects.create(verb=verb, by=by, article_id=_article_id(edits), note=note, undoes=undoes)
    _record(act, changes)
    return act


@transaction.atomic
def create(record: Speaker | Outlet, *, by: User, values: Mapping[str, Any] | None = None) -> Act:
    """Save a new speaker or outlet, with `values` for what needs it saved first (aliases). Raises NameTaken."""
    change = write_new(record, values or {})
    act = Act.objects.create(verb=Act.Verb.CREATE, by=by)
    _record(act, [change])
    return act


def _settle(quotation: Quotation, *, state: Quotation.State, verb: Act.Verb, by: User, version: int) -> Act | None:
    if quotation.state == state and quotation.version == version:
        return None
    return edit([Edit(quotation, version, decision(state, by=by))], by=by, verb=verb)


def _record(act: Act, changes: Sequence[Change]) -> None:
    for change in changes:
        change.act = act
    Change.objects.bulk_create(changes)


def _article_id(edits: Sequence[Edit]) -> int | None:
    articles = {one.record.article_id for one in edits if isinstance(one.record, Quotation)}
    articles |= {one.record.pk for one in edits if isinstance(one.record, Article)}
    return articles.pop() if len(articles) == 1 else None
