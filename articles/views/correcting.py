"""Corrections: each is one POST. htmx gets the parts of the page it touched; without script one goes back to it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from .. import corrections
from ..forms import SpeakerForm, VersionForm
from ..models import Act, Quotation
from .access import corrects
from .reading import reading_context

DONE = {
    Act.Verb.ACCEPT: "Accepted 1 quotation.",
    Act.Verb.REJECT: "Rejected 1 quotation.",
    Act.Verb.REOPEN: "Took the decision back.",
    Act.Verb.SPEAKER: "The speaker is now {speaker}.",
    Act.Verb.UNDO: "Undone.",
}

GONE = "Not saved: the quotation is no longer there. A later run over the text did not find it again."

Correction = Callable[[Quotation, User, int], Act | None]


@require_POST
@corrects
def accept(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _correct(request, uid, lambda seen, user, version: corrections.accept(seen, by=user, version=version))


@require_POST
@corrects
def reject(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _correct(request, uid, lambda seen, user, version: corrections.reject(seen, by=user, version=version))


@require_POST
@corrects
def reopen(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _correct(request, uid, lambda seen, user, version: corrections.reopen(seen, by=user, version=version))


@require_POST
@corrects
def change_speaker(request: HttpRequest, uid: UUID) -> HttpResponse:
    form = SpeakerForm(request.POST)
    if not form.is_valid():
        return _refused(request, uid, str(form.errors["name"][0]))
    name = form.cleaned_data["name"]
    try:
        return _correct(
            request,
            uid,
            lambda seen, user, version: corrections.change_speaker(seen, name=name, by=user, version=version),
        )
    except corrections.AmbiguousSpeaker as error:
        names = ", ".join(str(speaker) for speaker in error.choices)
        return _refused(request, uid, f"More than one speaker is called {name}. Choose: {names}.")


@require_POST
@corrects
def undo(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Undo one of one's own acts on an article."""
    act = get_object_or_404(Act.objects.by_person_on_an_article(request.user), uid=uid)
    quotation = Quotation.objects.correctable().changed_by(act).first()
    if quotation is None:
        raise Http404("The act changed no quotation that is shown.")
    try:
        undoing = corrections.undo(act, by=cast(User, request.user))
    except corrections.NotUndoable:
        return _answer(request, quotation, "That was undone already.", status=HTTPStatus.CONFLICT)
    except corrections.StaleEdit:
        return _answer(
            request,
            quotation,
            "Not undone: the quotation has been changed again since. Nothing was written.",
            status=HTTPStatus.CONFLICT,
        )
    return _answer(request, quotation, DONE[Act.Verb.UNDO], act=undoing, whole=True)


def _correct(request: HttpRequest, uid: UUID, correction: Correction) -> HttpResponse:
    """Apply `correction` to the version in the form; a stale one writes nothing and shows what is there now."""
    form = VersionForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest("The form lacks the version it was made for. Reload the page and try again.")
    try:
        quotation = Quotation.objects.correctable().get(uid=uid)
    except Quotation.DoesNotExist:
        return _gone(request)
    try:
        act = correction(quotation, cast(User, request.user), form.cleaned_data["version"])
    except corrections.StaleEdit:
        return _answer(
            request,
            quotation,
            "Not saved: somebody changed this quotation in the meantime. It is shown as it is now.",
            status=HTTPStatus.CONFLICT,
        )
    except corrections.Gone:
        return _answer(request, quotation, GONE, status=HTTPStatus.CONFLICT, whole=True)
    if act is None:
        return _answer(request, quotation, "Nothing to change.")
    sentence = DONE[Act.Verb(act.verb)].format(speaker=quotation.speaker)
    return _answer(request, quotation, sentence, act=act, whole=act.verb == Act.Verb.SPEAKER)


def _refused(request: HttpRequest, uid: UUID, why: str) -> HttpResponse:
    try:
        quotation = Quotation.objects.correctable().get(uid=uid)
    except Quotation.DoesNotExist:
        return _gone(request)
    return _answer(request, quotation, why, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _gone(request: HttpRequest) -> HttpResponse:
    """About a quotation that is not to be had any more; which article it was in, nothing tells."""
    if not request.htmx:  # type: ignore[attr-defined]
        raise Http404(GONE)
    sentence = "Not saved: the quotation is no longer there. Load the page again to see those that are."
    return render(request, "articles/_toast.html", {"sentence": sentence, "failed": True}, status=HTTPStatus.GONE)


def _answer(
    request: HttpRequest,
    quotation: Quotation,
    sentence: str,
    *,
    act: Act | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    whole: bool = False,
) -> HttpResponse:
    """The toast with `sentence`, and an undo button for `act`, with the rows that `quotation` touches.

    `whole`: all rows, as a changed speaker may shift the colours of the others.
    """
    failed = status != HTTPStatus.OK
    undoable = act if act and act.verb != Act.Verb.UNDO else None
    if not request.htmx:  # type: ignore[attr-defined]
        add = messages.error if failed else messages.success
        add(request, sentence, extra_tags=str(undoable.uid) if undoable else "")
        return redirect(quotation)
    context = reading_context(request, quotation.article)
    context |= {
        "rows": [] if whole else context["reading"].rows_with(quotation),
        "whole": whole,
        "sentence": sentence,
        "undoable": undoable,
        "failed": failed,
        "refused": quotation.uid if failed else None,
    }
    response = render(request, "articles/_corrected.html", context, status=status)
    return trigger_client_event(response, "corrected", {"quotation": str(quotation.uid)}, after="settle")
