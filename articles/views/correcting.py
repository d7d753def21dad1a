"""Corrections: each is one POST. htmx gets the parts of the page it touched; without script one goes back to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from .. import corrections
from ..forms import SpeakerForm, VersionForm
from ..models import Act, Article, Quotation
from .access import corrects
from .reading import last_undoable, page_context, reading_context

DONE = {
    Act.Verb.ACCEPT: "Accepted 1 quotation.",
    Act.Verb.REJECT: "Rejected 1 quotation.",
    Act.Verb.REOPEN: "Took the decision back.",
    Act.Verb.SPEAKER: "The speaker is now {speaker}.",
    Act.Verb.UNDO: "Undone.",
}

GONE = "Not saved: the quotation is no longer there. A later run over the text did not find it again."

Correction = Callable[[Quotation, User, int], Act | None]


@dataclass(frozen=True)
class Refusal:
    """What is told beside the card: why nothing was written, and what the person had wanted.

    `typed` is the speaker's name in the form, which is shown open with it; None where another form was sent.
    """

    sentence: str
    status: HTTPStatus
    wanted: str = ""
    typed: str | None = None


@require_POST
@corrects
def accept(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _correct(
        request,
        uid,
        lambda seen, user, version: corrections.accept(seen, by=user, version=version),
        wanted="accepted",
    )


@require_POST
@corrects
def reject(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _correct(
        request,
        uid,
        lambda seen, user, version: corrections.reject(seen, by=user, version=version),
        wanted="rejected",
    )


@require_POST
@corrects
def reopen(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _correct(
        request,
        uid,
        lambda seen, user, version: corrections.reopen(seen, by=user, version=version),
        wanted="reopened",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@corrects
def change_speaker(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change it; when only asked for, the reading page with the form in the quotation's card, for want of script."""
    if request.method != "POST":
        quotation = get_object_or_404(Quotation.objects.correctable(), uid=uid)
        context = page_context(request, quotation.article) | {"opened": uid}
        return render(request, "articles/read.html", context)
    form = SpeakerForm(request.POST)
    typed = request.POST.get("name", "").strip()
    if not form.is_valid():
        return _refused_name(request, uid, str(form.errors["name"][0]), typed=typed)
    name = form.cleaned_data["name"]
    try:
        return _correct(
            request,
            uid,
            lambda seen, user, version: corrections.change_speaker(seen, name=name, by=user, version=version),
            wanted=name,
            typed=name,
        )
    except corrections.AmbiguousSpeaker as error:
        names = ", ".join(str(speaker) for speaker in error.choices)
        return _refused_name(request, uid, f"More than one speaker is called {name}. Choose: {names}.", typed=name)


@require_POST
@corrects
def undo(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Undo one of one's own acts on an article."""
    act = get_object_or_404(Act.objects.on_quotations_by(request.user), uid=uid)
    quotations = list(Quotation.objects.correctable().changed_by(act))
    if not quotations:
        raise Http404("The act changed no quotation that is shown.")
    try:
        undoing = corrections.undo(act, by=cast(User, request.user))
    except corrections.NotUndoable:
        why = "That was undone already." if act.is_undone else "Not undone: the act left nothing to put back."
    except corrections.StaleEdit:
        why = "Not undone: the quotation has been changed again since. Nothing was written."
    else:
        return _answer(request, quotations, DONE[Act.Verb.UNDO], act=undoing)
    return _refuse(request, quotations[0], Refusal(why, HTTPStatus.CONFLICT))


def _correct(
    request: HttpRequest, uid: UUID, correction: Correction, *, wanted: str, typed: str | None = None
) -> HttpResponse:
    """Apply `correction` to the version in the form; a stale one writes nothing and shows what is there now."""
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise BadRequest("The form lacks the version it was made for.")
    try:
        quotation = Quotation.objects.correctable().get(uid=uid)
    except Quotation.DoesNotExist:
        return _gone(request)
    try:
        act = correction(quotation, cast(User, request.user), form.cleaned_data["version"])
    except corrections.StaleEdit:
        why = f"Not saved: {_what_happened(request, quotation)}. It is shown as it is now."
        return _refuse(request, quotation, Refusal(why, HTTPStatus.CONFLICT, wanted=wanted, typed=typed))
    except corrections.Gone:
        return _refuse(request, quotation, Refusal(GONE, HTTPStatus.CONFLICT), whole=True)
    if act is None:
        return _answer(request, [quotation], "Nothing to change.")
    return _answer(request, [quotation], DONE[Act.Verb(act.verb)].format(speaker=quotation.speaker), act=act)


def _is_renewed(request: HttpRequest, article: Article) -> bool:
    """Whether the page in the browser shows another text than the article has now."""
    return request.POST.get("text", article.text_sha256) != article.text_sha256


def _what_happened(request: HttpRequest, quotation: Quotation) -> str:
    """Why the version of `quotation` that was seen is not stored any more."""
    last = Act.objects.last_on(quotation)
    article = quotation.article
    if (last is None or last.at < article.imported_at) and article.former_texts.exists():
        return "the article has a new version"
    who = "somebody" if last is None else last.by.get_username()
    if last and last.by_id == request.user.pk:
        who = "you, in another window,"
    return f"{who} changed it in the meantime"


def _refused_name(request: HttpRequest, uid: UUID, why: str, *, typed: str) -> HttpResponse:
    try:
        quotation = Quotation.objects.correctable().get(uid=uid)
    except Quotation.DoesNotExist:
        return _gone(request)
    refusal = Refusal(why, HTTPStatus.UNPROCESSABLE_ENTITY, wanted=typed, typed=typed)
    return _refuse(request, quotation, refusal)


def _gone(request: HttpRequest) -> HttpResponse:
    """About a quotation that is not to be had any more; which article it was in, nothing tells."""
    if not request.htmx:  # type: ignore[attr-defined]
        raise Http404(GONE)
    sentence = "Not saved: the quotation is no longer there. Load the page again to see those that are."
    return render(request, "articles/_toast.html", {"sentence": sentence, "failed": True}, status=HTTPStatus.GONE)


def _refuse(request: HttpRequest, quotation: Quotation, refusal: Refusal, *, whole: bool = False) -> HttpResponse:
    """The card as it is now, with `refusal` in it; without script a typed name comes back in the whole page."""
    context = {"refusal": refusal, "refused": quotation.uid}
    if request.htmx:  # type: ignore[attr-defined]
        return _parts(request, [quotation], refusal.sentence, more=context, status=refusal.status, whole=whole)
    if refusal.typed is not None:
        context |= page_context(request, quotation.article)
        return render(request, "articles/read.html", context, status=refusal.status)
    messages.error(request, refusal.sentence)
    return redirect(quotation)


def _answer(
    request: HttpRequest, quotations: Sequence[Quotation], sentence: str, *, act: Act | None = None
) -> HttpResponse:
    """The toast with `sentence`, and an undo button for `act`, with the rows that it touched."""
    if request.htmx:  # type: ignore[attr-defined]
        return _parts(request, quotations, sentence, act=act)
    article = quotations[0].article
    undoable = act and act == last_undoable(request, article)[0]
    messages.success(request, sentence, extra_tags=str(act.uid) if act and undoable else "")
    return redirect(quotations[0])


def _parts(
    request: HttpRequest,
    quotations: Sequence[Quotation],
    sentence: str,
    *,
    act: Act | None = None,
    more: dict[str, object] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    whole: bool = False,
) -> HttpResponse:
    """For htmx: the toast, the progress, and the rows of `quotations`.

    `whole`: the whole text, where a quotation is gone and all others have new numbers. So it is where the page shows
    a text that has been replaced.
    """
    article = quotations[0].article
    whole = whole or _is_renewed(request, article)
    context = (page_context if whole else reading_context)(request, article) | (more or {})
    reading, saved = context["reading"], status == HTTPStatus.OK
    context |= {
        "whole": whole,
        "rows": reading.rows_touched(quotations),
        "gone": any(quotation.former_text_id for quotation in quotations),
        "sentence": sentence,
        "undoable": act if act and act == context["last_act"] else None,
        "failed": not saved,
    }
    response = render(request, "articles/_corrected.html", context, status=status)
    detail = {"quotation": str(quotations[0].uid), "saved": saved}
    return trigger_client_event(response, "corrected", detail, after="settle")
