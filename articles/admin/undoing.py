"""Undoing an act: first what would be put back, then, once confirmed, the undoing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .. import corrections, stories
from ..corrections import Edit, Gone, NotUndoable, StaleEdit
from ..models import Act
from .words import edits_in_words

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

# Records shown before confirming; all are put back.
SHOWN = 100


def undo_view(model_admin: ModelAdmin[Act], request: HttpRequest, pk: int) -> HttpResponse:
    """GET asks, with what will be put back, or says why nothing can be; POST does it."""
    act = model_admin.get_object(request, str(pk))
    if act is None:
        raise Http404(_("There is no act with the number %(number)s.") % {"number": pk})
    if not corrections.may_take_back(cast(User, request.user), act):
        raise PermissionDenied(_("Only who may change these records may undo that."))
    if request.method == "POST":
        return _undo(request, act)
    edits, refusal = _asked(act)
    context: dict[str, Any] = {
        **model_admin.admin_site.each_context(request),
        "title": _("Undo this?"),
        "opts": model_admin.opts,
        "act": act,
        "former": act.text_replaced,
        "rows": _rows(edits[:SHOWN]),
        "more": max(len(edits) - SHOWN, 0),
        "refusal": refusal,
    }
    request.current_app = model_admin.admin_site.name
    return TemplateResponse(request, "admin/articles/undo.html", context)


def _asked(act: Act) -> tuple[list[Edit], str]:
    """What undoing would write, or why it would be refused."""
    try:
        return corrections.undoing_of(act), ""
    except (NotUndoable, StaleEdit) as refusal:
        return [], str(refusal)


def _undo(request: HttpRequest, act: Act) -> HttpResponse:
    try:
        undoing = corrections.undo(act, by=cast(User, request.user))
    except (NotUndoable, StaleEdit, Gone) as refusal:
        messages.error(request, _("Nothing was undone: %(why)s.") % {"why": refusal})
        return redirect("admin:articles_act_change", act.pk)
    if undoing.is_of_a_text and (article := undoing.article):
        stories.join_corrected(article)
    messages.success(request, _("Undone. This is the record of it."))
    return redirect("admin:articles_act_change", undoing.pk)


def _rows(edits: list[Edit]) -> list[tuple[Edit, SafeString]]:
    return list(zip(edits, edits_in_words(edits), strict=True))
