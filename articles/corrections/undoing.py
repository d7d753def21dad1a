"""Taking an act back, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ..models import Act, Change, Speaker
from .acts import edit
from .refusals import NameTaken, NotUndoable, StaleEdit
from .text import put_back, refuse_replaced
from .writing import Edit, Editable, Values, python

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


def may_take_back(user: User, act: Act) -> bool:
    """Whether `user` may undo it, or do it again: what they may change, and any correction of their own.

    A corrected quotation may have brought a speaker along, which needs no permission of its own. In a hidden article
    only those correct who may change quotations.
    """
    kinds = {"article"} if act.is_of_a_text else act.changes.kinds()
    is_shown = act.article is None or not act.article.is_hidden
    if is_shown and act.by_id == user.pk and ("quotation" in kinds or act.first_undone.verb in Act.ON_REVIEWING):
        return user.has_perm("articles.correct_quotation")
    return all(user.has_perm(f"articles.change_{kind}") for kind in kinds)


@transaction.atomic
def _take_back(act: Act, *, by: User, verb: Act.Verb) -> Act:
    locked = Act.objects.select_for_update().get(pk=act.pk)
    _refuse_taken_back(locked, verb)
    if former := locked.text_replaced:
        return put_back(former, by=by, verb=verb, undoes=locked)
    # Held before asking who is quoted: else one may be given a quotation while being hidden. All at once,
    # also those to whom quotations go back, so that no two undoings wait for each other.
    Speaker.objects.held_alone({*locked.changes.of_speakers(), *locked.changes.who_spoke()})
    try:
        taken_back = edit(_reversals(locked), by=by, verb=verb, undoes=locked)
    except NameTaken as taken:
        raise NotUndoable(_("the name is taken: %(why)s") % {"why": taken}) from taken
    if taken_back is None:
        raise _nothing_left()
    _refuse_rings(taken_back)
    return taken_back


def _refuse_rings(act: Act) -> None:
    """Raise NotUndoable where a speaker whom `act` gave to another would lead back to themself.

    No history that was made here comes to that; one that was brought back may say anything.
    """
    for change in act.changes.with_records():
        first = one = change.speaker
        seen = set()
        while first and one and change.after.get("merged_into_id") and one.pk not in seen:
            seen.add(one.pk)
            one = one.merged_into
            if one == first:
                raise NotUndoable(_("%(speaker)s would be merged in a ring") % {"speaker": first})


def undoing_of(act: Act) -> list[Edit]:
    """What undoing `act` would write, the last change first; nothing where it gives a text back. Raises as `undo`."""
    _refuse_taken_back(act, Act.Verb.UNDO)
    if former := act.text_replaced:
        refuse_replaced(former, former.article)
        return []
    return _reversals(act)


def _refuse_taken_back(act: Act, verb: Act.Verb) -> None:
    """Raises NotUndoable where `act` was undone, or done again, already, or is none for that `verb`."""
    is_undoing = act.verb == Act.Verb.UNDO
    if act.is_undone:
        raise NotUndoable(_("that was done again already") if is_undoing else _("that was undone already"))
    if is_undoing and verb == Act.Verb.UNDO:
        raise NotUndoable(_("an undoing is not undone: what it took back is done again"))
    if verb == Act.Verb.REDO and not is_undoing:
        raise NotUndoable(_("only what was undone is done again"))


def _nothing_left() -> NotUndoable:
    return NotUndoable(_("nothing of it is left to put back"))


def _reversals(act: Act) -> list[Edit]:
    edits: list[Edit] = []
    changes = list(act.changes.with_records().order_by("-id"))
    moved_on = _moved_on(act, changes)
    hides_on_purpose = _is_edit(act) and not any(change.quotation_id for change in changes)
    for change in changes:
        if change.pk in moved_on:
            continue
        if change.speaker and not hides_on_purpose and _would_hide_quoted(change.speaker, change):
            edits += _all_but_hiding(change.speaker, change)
        elif change.before is not None:
            edits.append(_reversal(change.record, change))
        elif change.speaker or change.quotation:
            edits.append(_taking_out(change))
    if not edits:
        raise _nothing_left()
    return edits


def _is_edit(act: Act) -> bool:
    """Whether somebody wrote just these fields: there whether a speaker is hidden was their choice."""
    return act.first_undone.verb in (Act.Verb.EDIT, Act.Verb.RESTORE)


def _would_hide_quoted(speaker: Speaker, change: Change) -> bool:
    """Whether taking `change` back would hide `speaker`, who has quotations that the act did not move."""
    would_hide = change.before is None or change.before.get("is_hidden")
    return bool(would_hide) and speaker.quotations.not_changed_by(change.act).exists()


def _all_but_hiding(speaker: Speaker, change: Change) -> list[Edit]:
    """What leaves `speaker` shown: only the names that were split off go back.

    Raises NotUndoable for who would be merged away, and so lead to somebody else.
    """
    if "merged_into_id" in change.after:
        raise NotUndoable(_("%(speaker)s is quoted anew since") % {"speaker": speaker})
    back = _names_back(change)
    return [Edit(speaker, speaker.version, back, is_concerned=True)] if back else []


def _names_back(change: Change) -> Values:
    """The other names without those that came by a splitting, which are the first one's again."""
    came = change.act.is_of_two_speakers and "aliases" in change.after
    return {"aliases": change.aliases_before} if came else {}


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
    """The edit that hides what an act added, without the names that it was given of another.

    Raises StaleEdit where an added quotation was changed since.
    """
    if not created.still_holds:
        raise StaleEdit(created.record)
    return Edit(created.record, created.record.version, {"is_hidden": True} | _names_back(created))


def _reversal(record: Editable, change: Change) -> Edit:
    """The edit that takes `change` back. Raises StaleEdit where its fields were written again."""
    if not change.still_holds:
        raise StaleEdit(record)
    before = dict(change.before or {})
    if "aliases" in before:
        before["aliases"] = change.aliases_before
    return Edit(record, record.version, python(record, before), is_concerned=not before)
