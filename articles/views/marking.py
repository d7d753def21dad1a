"""Which words are a quotation: revising one, adding, splitting, merging and duplicating; each is one POST."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import cast

from django.contrib.auth.models import User
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_POST

from .. import corrections
from ..forms import MarkingForm, spans_in
from ..models import CONTENT_GAP, Act, Analysis, Article, Quotation
from ..models.anchors import Span
from ..proposing import Known, propose
from .access import corrects
from .answering import Refusal, answer, following_seen, on_quotation, refuse, refuse_in_article, version_seen
from .correcting import attempt, correct, refused
from .reading import page_context

DONE = {
    Act.Verb.CREATE: gettext_lazy("Added 1 quotation."),
    Act.Verb.SPLIT: gettext_lazy("Split in two."),
    Act.Verb.MERGE: gettext_lazy("Merged."),
}
MOVED = gettext_lazy("Not saved: the article has another text by now. Load the page again.")


@require_http_methods(["GET", "HEAD", "POST"])
@corrects
@on_quotation
def edit(request: HttpRequest, quotation: Quotation) -> HttpResponse:
    """Revise any part of it; when only asked for, the reading page with the form in the card, for want of script."""
    article = quotation.article
    if request.method != "POST":
        context = page_context(request, article) | {"edited": quotation.uid}
        return render(request, "articles/read.html", context)
    form = MarkingForm(request.POST, text=article.text, near=quotation.start)
    if not form.is_valid():
        return refuse(request, quotation, refused(request, _sentences(form)))
    wanted = form.wanted()
    return correct(
        request,
        quotation,
        partial(corrections.revise, wanted=wanted),
        wanted=_in_words(article, wanted, corrections.wanted_of(quotation)),
        now=lambda there: _in_words(there.article, corrections.wanted_of(there), wanted),
    )


@require_POST
@corrects
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new quotation of the words in the form; the rest is proposed."""
    article = get_object_or_404(Article.objects.visible().with_outlet(), pk=pk)
    if request.POST.get("text") != article.text_sha256:
        return refuse_in_article(request, article, str(MOVED), status=HTTPStatus.CONFLICT)
    form = MarkingForm(request.POST, text=article.text)
    if not form.is_valid():
        return refuse_in_article(request, article, _sentences(form), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        added, act = _add(request, article, _proposed(article, form.wanted().content))
    except corrections.Moved:
        return refuse_in_article(request, article, str(MOVED), status=HTTPStatus.CONFLICT)
    except ValueError as error:
        sentence = _("Not added: %(why)s.") % {"why": error}
        return refuse_in_article(request, article, sentence, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return answer(request, article, [added], str(DONE[Act.Verb.CREATE]), act=act)


def _add(request: HttpRequest, article: Article, wanted: corrections.Wanted) -> tuple[Quotation, Act]:
    """Where the proposed name means several, nobody is named: the person says who it is."""
    sha256 = request.POST.get("text", "")
    try:
        return corrections.add(article, wanted, by=cast(User, request.user), text_sha256=sha256)
    except corrections.AmbiguousSpeaker:
        return corrections.add(article, replace(wanted, speaker=""), by=cast(User, request.user), text_sha256=sha256)


def _proposed(article: Article, content: Sequence[Span]) -> corrections.Wanted:
    """The words that were selected, tidied, with what they seem to be attributed with."""
    there = Quotation.objects.for_reading(article).in_text()
    known = [Known(one.start, one.mention, str(one.speaker or "")) for one in there]
    found = propose(article.text, content, known, Analysis.objects.cues_of(article))
    return corrections.Wanted(found.content, cue=found.cue, mention=found.mention, speaker=found.speaker)


@require_POST
@corrects
@on_quotation
def split(request: HttpRequest, quotation: Quotation) -> HttpResponse:
    """Two of one, before the words that the form names, by their offset or as words."""
    try:
        places = spans_in(request.POST.get("at", ""))
    except ValueError as error:
        raise BadRequest(str(error)) from error
    if not places:
        raise BadRequest("The form does not say where.")
    parting = partial(corrections.split, at=places[0][0])
    return _part(request, quotation, parting, Act.Verb.SPLIT, wanted=pgettext("what was wanted", "split"))


@require_POST
@corrects
@on_quotation
def duplicate(request: HttpRequest, quotation: Quotation) -> HttpResponse:
    """The same words once more, for another speaker."""
    wanted = pgettext("what was wanted", "added")
    return _part(request, quotation, corrections.duplicate, Act.Verb.CREATE, wanted=wanted)


def _part(
    request: HttpRequest,
    quotation: Quotation,
    parting: Callable[..., tuple[Quotation, Act]],
    verb: Act.Verb,
    *,
    wanted: str,
) -> HttpResponse:
    """Make another quotation of the one in the form, and go on with that."""
    version = version_seen(request)

    def parted(written: tuple[Quotation, Act]) -> HttpResponse:
        made, act = written
        return answer(request, quotation.article, [quotation, made], str(DONE[verb]), act=act, in_hand=made)

    return attempt(
        request, quotation, partial(parting, quotation, by=request.user, version=version), parted, wanted=wanted
    )


@require_POST
@corrects
@on_quotation
def merge(request: HttpRequest, quotation: Quotation) -> HttpResponse:
    """Put the next quotation's words into this one; the form says which one that was, and its version."""
    second = Quotation.objects.correctable().next_to(quotation)
    if second is None:
        sentence = _("Not merged: there is no quotation after this one.")
        return refuse(request, quotation, Refusal(sentence, HTTPStatus.UNPROCESSABLE_ENTITY))
    following, version = following_seen(request)
    if following != str(second.uid):
        sentence = _("Not merged: another quotation follows by now. All is shown as it is now.")
        return refuse(request, quotation, Refusal(sentence, HTTPStatus.CONFLICT), whole=True)
    user, versions = cast(User, request.user), (version_seen(request), version)
    return attempt(
        request,
        quotation,
        partial(corrections.merge, quotation, second, by=user, versions=versions),
        lambda act: answer(request, quotation.article, [quotation, second], str(DONE[Act.Verb.MERGE]), act=act),
        wanted=pgettext("what was wanted", "merged with the next"),
    )


def _sentences(form: MarkingForm) -> str:
    return " ".join(str(error) for errors in form.errors.values() for error in errors)


def _in_words(article: Article, version: corrections.Wanted, other: corrections.Wanted) -> str:
    """A version in a line: who speaks, and the words where the `other` one has not the same."""
    words = CONTENT_GAP.join(article.text[start:end] for start, end in version.content)
    who = version.speaker or _("nobody")
    return who if version.content == other.content else f"{who}: {words}"
