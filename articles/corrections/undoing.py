"""Taking an act back, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ..models import Act, Change, Speaker
from .acts import edit
from .refusals import NameTaken, NotUndoable, StaleEdit
from .writing import Edit, Editable, python

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def undo(act: Act, *, by: User) -> Act:
    """Put back what `act` changed, as a new act.

    Raises NotUndoable where that was done before or cannot be, and StaleEdit where a field that `act` wrote has been
    written again since: then nothing changes.
    """
    return _take_back(act, by=by, verb=Act.Verb.UNDO)


def redo(undoing: Act, *, by: User) -> Act:
    """Do again what `undoing` undid, as a new act, which can be undone in its turn. Raises as `undo` does."""
    return _take_back(undoing, by=by, verb=Act.Verb.REDO)


@transaction.atomic
def _take_back(act: Act, *, by: User, verb: Act.Verb) -> Act:
    locked = Act.objects.select_for_update().get(pk=act.pk)
    if verb == Act.Verb.REDO and not locked.is_redoable:
        raise NotUndoable(_("%(act)s cannot be done again") % {"act": act})
    if verb == Act.Verb.UNDO:
        _refuse_undone(locked)
    # Held before asking who is quoted by them: else one may be given a quotation while being hidden.
    Speaker.objects.held(locked.changes.of_speakers())
    try:
        taken_back = edit(_reversals(locked), by=by, verb=verb, undoes=locked)
    except NameTaken as taken:
        raise NotUndoable(_("the name is taken: %(why)s") % {"why": taken}) from taken
    if taken_back is None:
        raise _nothing_left_by(locked)
    return taken_back


def undoing_of(act: Act) -> list[Edit]:
    """What undoing `act` would write, the last change first. Raises as `undo` does."""
    _refuse_undone(act)
    return _reversals(act)


def _refuse_undone(act: Act) -> None:
    if not act.is_undoable:
        raise NotUndoable(_("%(act)s cannot be undone again") % {"act": act})


def _nothing_left_by(act: Act) -> NotUndoable:
    return NotUndoable(_("%(act)s leaves nothing to put back") % {"act": act})


def _reversals(act: Act) -> list[Edit]:
    edits = []
    changes = list(act.changes.with_records().order_by("-id"))
    about_quotations = any(change.quotation_id for change in changes)
    moved_on = _moved_on(act, changes)
    for change in changes:
        speaker, quotation = change.speaker, change.quotation
        if change.pk in moved_on:
            continue
        would_hide = change.before is None or bool(change.before.get("is_hidden"))
        would_merge = would_hide and "merged_into_id" in change.after
        came_along = change.before is None or (about_quotations and would_hide)
        if speaker and (came_along or would_merge) and speaker.quotations.not_changed_by(act).exists():
            if would_merge:
                raise NotUndoable(_("%(speaker)s is quoted anew since") % {"speaker": speaker})
            continue
        if change.before is not None:
            edits.append(_reversal(change.record, change))
        elif speaker or quotation:
            edits.append(_taking_out(change))
    if not edits:
        raise _nothing_left_by(act)
    return edits


def _moved_on(act: Act, changes: Sequence[Change]) -> set[int]:
    """The changes of quotations that merging or splitting speakers moved, and somebody has moved on since.

    They stay there; so one correction later does not keep ten thousand from going back. Raises StaleEdit where no
    single one is left.
    """
    if not act.is_of_two_speakers:
        return set()
    moved = [change for change in changes if change.quotation_id]
    elsewhere = {change.pk for change in moved if not change.still_holds}
    if moved and len(elsewhere) == len(moved):
        raise StaleEdit(moved[0].record)
    return elsewhere


def _taking_out(created: Change) -> Edit:
    """The edit that hides what an act added. Raises StaleEdit where an added quotation was changed since."""
    if not created.still_holds:
        raise StaleEdit(created.record)
    return Edit(created.record, created.record.version, {"is_hidden": True})


def _reversal(record: Editable, change: Change) -> Edit:
    """The edit that takes `change` back. Raises StaleEdit where its fields were written again."""
    if not change.still_holds:
        raise StaleEdit(record)
    before = dict(change.before or {})
    if "aliases" in before:
        before["aliases"] = change.aliases_before
    return Edit(record, record.version, python(record, before), is_concerned=not before)
