"""Taking an act back, field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from ..models import Act, Change, Speaker
from .acts import edit
from .refusals import NameTaken, NotUndoable, StaleEdit
from .writing import Edit, Editable, python

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def undo(act: Act, *, by: User) -> Act:
    """Put back what `act` changed, as a new act.

    Raises NotUndoable where that was done before or cannot be, and StaleEdit where a field that `act` wrote has been
    written again since: then nothing changes.
    """
    locked = Act.objects.select_for_update().get(pk=act.pk)
    # Held before asking who is quoted by them: else one may be given a quotation while being hidden.
    Speaker.objects.held(locked.changes.of_speakers())
    try:
        undoing = edit(undoing_of(locked), by=by, verb=Act.Verb.UNDO, undoes=locked)
    except NameTaken as taken:
        raise NotUndoable(f"the name is taken: {taken}") from taken
    if undoing is None:
        raise NotUndoable(f"{locked} leaves nothing to put back")
    return undoing


def undoing_of(act: Act) -> list[Edit]:
    """What undoing `act` would write, the last change first. Raises as `undo` does."""
    if not act.is_undoable:
        raise NotUndoable(f"{act} cannot be undone again")
    edits = []
    for change in act.changes.with_records().order_by("-id"):
        speaker = change.speaker
        if speaker and _came_along(act, change) and speaker.quotations.not_changed_by(act).exists():
            continue
        if change.before is not None:
            edits.append(_reversal(change.record, change))
        elif speaker:
            edits.append(Edit(speaker, speaker.version, {"is_hidden": True}))
    if not edits:
        raise NotUndoable(f"{act} leaves nothing to put back")
    return edits


def _came_along(act: Act, change: Change) -> bool:
    """Whether the speaker was made, or shown again, because the act needed one: it goes unless others use it."""
    return change.before is None or (act.verb == Act.Verb.SPEAKER and "is_hidden" in change.before)


def _reversal(record: Editable, change: Change) -> Edit:
    """The edit that takes `change` back. Raises StaleEdit where its fields were written again."""
    if not change.still_holds:
        raise StaleEdit(record)
    return Edit(record, record.version, python(record, change.before or {}))
