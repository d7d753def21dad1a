"""Acts: what somebody did, and taking it back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from .. import corrections, stories
from ..models import Act, Quotation
from . import records
from .documenting import ONE, corrects, reads
from .problems import Problem
from .writing import Corrected, person, quotations_now

router = Router(tags=["Acts"])
MOST_TOLD = 200
"""Quotations that are told of an act which changed more."""


@router.get("/{uuid:uid}", **reads("One act", records.Act, *ONE, "invalid"))
def act(request: HttpRequest, uid: UUID) -> records.Act:
    """One’s own; for editors anybody’s."""
    return records.Act.of(_act(request, uid))


@router.post("/{uuid:uid}/undo", **corrects("Undo an act", Corrected, "not-undoable", "not-allowed", versioned=False))
def undo(request: HttpRequest, uid: UUID) -> Corrected:
    """What it wrote has still to be there, whatever else was written since: so no version is asked for."""
    return _take_back(request, uid, corrections.undo)


@router.post(
    "/{uuid:uid}/redo",
    **corrects("Do again what was undone", Corrected, "not-undoable", "not-allowed", versioned=False),
)
def redo(request: HttpRequest, uid: UUID) -> Corrected:
    """The act in the address is the undoing; what was undone by it is done again."""
    return _take_back(request, uid, corrections.redo)


def _take_back(request: HttpRequest, uid: UUID, taking: Callable[..., Act]) -> Corrected:
    act, user = _act(request, uid), person(request)
    if not corrections.may_take_back(user, act):
        raise Problem("not-allowed")
    try:
        taken_back = taking(act, by=user)
    except (corrections.NotUndoable, corrections.StaleEdit, corrections.Gone) as refusal:
        raise Problem("not-undoable", refusal) from refusal
    changed = Quotation.objects.changed_by(taken_back)
    if taken_back.is_of_a_text and (article := taken_back.article):
        stories.join_corrected(article)
        changed = article.quotations.shown()
    return Corrected(act=records.Act.of(taken_back), quotations=quotations_now(list(changed[:MOST_TOLD])))


def _act(request: HttpRequest, uid: UUID) -> Act:
    """Raises Problem where there is no such act, or one that is somebody else’s and none of an editor’s business."""
    found = Act.objects.with_authors().at(uid)
    if found is None or (found.by_id != request.user.pk and not request.user.has_perm("articles.use_admin")):
        raise Problem("not-found")
    return found
