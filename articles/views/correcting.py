"""Decisions and speakers: each is one POST. htmx gets the parts of the page it touched; else one goes back to it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import TypeVar, cast
from uuid import UUID

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_POST

from .. import corrections
from ..forms import SpeakerForm
from ..models import Act, Article, Quotation
from .access import corrects
from .answering import GONE, Refusal, answer, on_quotation, refuse, refuse_in_article, sent, version_seen
from .reading import page_context

DONE = {
    Act.Verb.ACCEPT: gettext_lazy("Accepted 1 quotation."),
    Act.Verb.REJECT: gettext_lazy("Rejected 1 quotation."),
    Act.Verb.REOPEN: gettext_lazy("Took the decision back."),
    Act.Verb.SPEAKER: gettext_lazy("The speaker is now %(speaker)s."),
    Act.Verb.EDIT: gettext_lazy("Saved."),
    Act.Verb.UNDO: gettext_lazy("Undone."),
    Act.Verb.REDO: gettext_lazy("Done again."),
}

DECISIONS = (Act.Verb.ACCEPT, Act.Verb.REJECT, Act.Verb.REOPEN)
"""They make no speaker."""

Written = TypeVar("Written")
Correction = Callable[..., Act | None]
"""One of `corrections` that takes the quotation, whose act it is (`by`) and the `version` that was seen."""


@require_POST
@corrects
@on_quotation
def accept(request: HttpRequest, quotation: Quotation) -> HttpResponse:
    return correct(request, quotation, corrections.accept, wanted=str(Quotation.State.ACCEPTED.label))


@require_POST
@corrects
@on_quotation
def reject(request: HttpRequest, quotation: Quotation) -> HttpResponse:
    return correct(request, quotation, corrections.reject, wanted=str(Quotation.State.REJECTED.label))


@require_POST
@corrects
@on_quotation
def reopen(request: HttpRequest, quotation: Quotation) -> HttpResponse:
    return correct(request, quotation, corrections.reopen, wanted=pgettext("what was wanted", "reopened"))


@require_http_methods(["GET", "HEAD", "POST"])
@corrects
@on_quotation
def change_speaker(request: HttpRequest, quotation: Quotation) -> HttpResponse:
    """Change it; when only asked for, the reading page with the form in the quotation's card, for want of script."""
    if request.method != "POST":
        context = page_context(request, quotation.article) | {"opened": quotation.uid}
        return render(request, "articles/read.html", context)
    form = SpeakerForm(request.POST)
    if not form.is_valid():
        why, typed = str(form.errors["name"][0]), request.POST.get("name", "").strip()
        return refuse(request, quotation, refused(request, why, typed=typed))
    name = form.cleaned_data["name"]
    correction = partial(corrections.change_speaker, name=name)
    return correct(request, quotation, correction, wanted=name, typed=name)


@require_POST
@corrects
def undo(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Undo one of one's own acts on an article."""
    return _take_back(request, uid, corrections.undo, str(DONE[Act.Verb.UNDO]))


@require_POST
@corrects
def redo(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Do again what one has undone."""
    return _take_back(request, uid, corrections.redo, str(DONE[Act.Verb.REDO]))


def _take_back(request: HttpRequest, uid: UUID, taking: Callable[..., Act], done: str) -> HttpResponse:
    act = get_object_or_404(Act.objects.on_quotations_by(request.user).with_article(), uid=uid)
    article = cast(Article, act.article)
    try:
        taken_back = taking(act, by=cast(User, request.user))
    except corrections.NotUndoable:
        why = _("Not undone: the act left nothing to put back.")
        if act.is_undone:
            why = _("That was undone already.")
    except corrections.StaleEdit:
        why = _("Not undone: the quotation has been changed again since. Nothing was written.")
    else:
        article.refresh_from_db()
        changed = list(Quotation.objects.with_all_shown().changed_by(act).without_texts())
        return answer(request, article, changed, done, act=taken_back)
    about = Quotation.objects.correctable().changed_by(act).first()
    refusal = Refusal(why, HTTPStatus.CONFLICT)
    return (
        refuse(request, about, refusal) if about else refuse_in_article(request, article, why, status=refusal.status)
    )


def correct(
    request: HttpRequest,
    quotation: Quotation,
    correction: Correction,
    *,
    wanted: str,
    now: Callable[[Quotation], str] = lambda quotation: "",
    typed: str | None = None,
) -> HttpResponse:
    """Apply `correction` to the version in the form, and say what was done."""
    version = version_seen(request)

    def corrected(act: Act | None) -> HttpResponse:
        if act is None:
            return answer(request, quotation.article, [quotation], _("Nothing to change."))
        named = {"speaker": quotation.speaker}
        done = [DONE[Act.Verb(act.verb)] % named]
        if act.verb not in DECISIONS and act.changes.of_new_speakers().exists():
            done.append(_("%(speaker)s is new here.") % named)
        return answer(request, quotation.article, [quotation], " ".join(done), act=act)

    writing = partial(correction, quotation, by=request.user, version=version)
    return attempt(request, quotation, writing, corrected, wanted=wanted, now=now, typed=typed)


def attempt(
    request: HttpRequest,
    quotation: Quotation,
    write: Callable[[], Written],
    answered: Callable[[Written], HttpResponse],
    *,
    wanted: str,
    now: Callable[[Quotation], str] = lambda quotation: "",
    typed: str | None = None,
) -> HttpResponse:
    """What is `answered` to what `write` wrote; where that was refused, nothing was, and the card says why.

    `wanted` says in words what was to be written, `now` what is there instead, by default the state or the speaker.
    `typed` is the name in the speaker's own form, where that was sent.
    """
    try:
        written = write()
    except corrections.StaleEdit as stale:
        changed = cast(Quotation, stale.current)
        changed.refresh_from_db()
        refusal = conflict(request, changed, wanted=wanted, now=now(changed), typed=typed)
        if changed.pk == quotation.pk:
            return refuse(request, quotation, refusal)
        sentence = _("Not merged: the next quotation was changed in the meantime. Both are shown as they are now.")
        again = refusal.again | {"following": f"{changed.uid} {changed.version}"}
        return refuse(request, quotation, replace(refusal, sentence=sentence, again=again), whole=True)
    except corrections.Gone:
        return refuse(request, quotation, Refusal(str(GONE), HTTPStatus.CONFLICT), whole=True)
    except corrections.AmbiguousSpeaker as ambiguous:
        said = _("More than one speaker is called %(name)s. Choose: %(choices)s.")
        why = said % {"name": ambiguous.name, "choices": ", ".join(map(str, ambiguous.choices))}
    except ValueError as error:
        why = _("Not saved: %(why)s.") % {"why": error}
    else:
        return answered(written)
    return refuse(request, quotation, refused(request, why, typed=typed))


def refused(request: HttpRequest, why: str, *, typed: str | None = None) -> Refusal:
    """What cannot be written as it was sent, and comes back to be mended: a name in its own form, or all of it."""
    again = sent(request) if typed is None else {}
    return Refusal(why, HTTPStatus.UNPROCESSABLE_ENTITY, wanted=typed or "", typed=typed, again=again)


def conflict(
    request: HttpRequest, quotation: Quotation, *, wanted: str, now: str = "", typed: str | None = None
) -> Refusal:
    """What is said where somebody else was first: both versions, and what was sent, to be sent again or not."""
    return Refusal(
        _what_happened(request, quotation),
        HTTPStatus.CONFLICT,
        wanted=wanted,
        now=now or (quotation.get_state_display() if typed is None else quotation.speaker_label),
        typed=typed,
        again=sent(request),
    )


def _what_happened(request: HttpRequest, quotation: Quotation) -> str:
    """Why the version of `quotation` that was seen is not stored any more."""
    last = Act.objects.last_on(quotation)
    article = quotation.article
    if (last is None or last.at < article.imported_at) and article.former_texts.exists():
        return _("Not saved: the article has a new version. It is shown as it is now.")
    if last is None:
        return _("Not saved: somebody changed it in the meantime. It is shown as it is now.")
    if last.by_id == request.user.pk:
        return _("Not saved: you, in another window, changed it in the meantime. It is shown as it is now.")
    said = _("Not saved: %(who)s changed it in the meantime. It is shown as it is now.")
    return said % {"who": last.by.get_username()}
