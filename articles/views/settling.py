"""Settling an article as a whole: many decisions at once, reviewed, or in need of a second look."""

from http import HTTPStatus
from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from .. import corrections, stories
from ..forms import BulkForm, FlagForm, TextForm
from ..models import Act, Article, Quotation
from .access import corrects, edits_articles
from .answering import answer, refuse_in_article, version_seen, versions_named
from .searched import back_to, search_behind

STALE = gettext_lazy("Not saved: somebody changed it in the meantime. It is shown as it is now.")
DONE = {
    "accepted": ngettext_lazy("Accepted %(number)s quotation.", "Accepted %(number)s quotations.", "number"),
    "rejected": ngettext_lazy("Rejected %(number)s quotation.", "Rejected %(number)s quotations.", "number"),
}

MOST_AT_ONCE = 500
"""Suggestions that are decided on together; where an article has more, the rest is offered after them."""


@require_http_methods(["GET", "HEAD", "POST"])
@corrects
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows which suggestions it would decide on, with their versions; POST decides on just those, as one act."""
    article = get_object_or_404(Article.objects.visible().with_outlet(), pk=pk)
    form = BulkForm(request.POST if request.method == "POST" else request.GET)
    if not form.is_valid():
        raise BadRequest("The form does not say what to decide.")
    state, least = form.cleaned_data["decision"], form.cleaned_data["least"]
    if request.method != "POST":
        suggested = list(Quotation.objects.suggestions_in(article, least=(least or 0) / 100)[: MOST_AT_ONCE + 1])
        context = {"article": article, "quotations": suggested[:MOST_AT_ONCE], "state": state, "least": least or 0}
        context["are_more"] = len(suggested) > MOST_AT_ONCE
        context["search"] = search_behind(request)
        return render(request, "articles/settle.html", context)
    seen = _seen(request, article)
    try:
        act = corrections.settle_all(seen, state=state, by=cast(User, request.user))
    except (corrections.StaleEdit, corrections.Gone):
        sentence = _("Nothing was decided: somebody changed one of them in the meantime. Look at them again.")
        return refuse_in_article(request, article, sentence, status=HTTPStatus.CONFLICT)
    done = DONE[state] % {"number": act.changes.count() if act else 0}
    return answer(request, article, [quotation for quotation, _ in seen], done, act=act)


def _seen(request: HttpRequest, article: Article) -> list[tuple[Quotation, int]]:
    """The quotations that the form names, as "uid version", each with the version that was shown."""
    versions = versions_named(request.POST.getlist("seen"))
    found = Quotation.objects.correctable().for_reading(article).named(versions).without_texts()
    return [(quotation, versions[str(quotation.uid)]) for quotation in found]


@require_POST
@corrects
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark as reviewed; where suggestions are left it asks first."""
    article, version = _article(request, pk)
    left = Quotation.objects.suggestions_in(article, least=0).count()
    if left and "anyway" not in request.POST:
        context = {"article": article, "left": left, "version": version, "search": search_behind(request)}
        return render(request, "articles/review.html", context)
    try:
        act = corrections.review(article, by=cast(User, request.user), version=version)
    except corrections.StaleEdit:
        return refuse_in_article(request, article, str(STALE), status=HTTPStatus.CONFLICT)
    return _done(request, article, _("Reviewed."), act)


@require_POST
@corrects
def flag(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a second look, with a note that says at what."""
    article, version = _article(request, pk)
    form = FlagForm(request.POST)
    if not form.is_valid():
        sentence = _("Not saved: the note has at most 500 characters.")
        return refuse_in_article(request, article, sentence, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        act = corrections.flag(article, note=form.cleaned_data["note"], by=cast(User, request.user), version=version)
    except corrections.StaleEdit:
        return refuse_in_article(request, article, str(STALE), status=HTTPStatus.CONFLICT)
    return _done(request, article, _("It waits for a second look."), act)


@require_POST
@corrects
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Neither reviewed nor in need of a second look any more."""
    article, version = _article(request, pk)
    try:
        act = corrections.reopen_article(article, by=cast(User, request.user), version=version)
    except corrections.StaleEdit:
        return refuse_in_article(request, article, str(STALE), status=HTTPStatus.CONFLICT)
    return _done(request, article, _("Reopened."), act)


@require_http_methods(["GET", "HEAD", "POST"])
@edits_articles
def correct_text(request: HttpRequest, pk: int) -> HttpResponse:
    """A form with the text; what is saved is a new version, and says which quotations are not in it any more."""
    article = get_object_or_404(Article.objects.visible(), pk=pk)
    if request.method != "POST":
        form = TextForm(initial={"text": _text_to_begin_with(request, article)})
        context = {"article": article, "form": form, "search": search_behind(request)}
        return render(request, "articles/correct_text.html", context)
    form, version = TextForm(request.POST), version_seen(request)
    if form.is_valid() and (done := _corrected(request, article, form, version=version)):
        messages.success(request, done)
        return back_to(request, article)
    context = {"article": article, "form": form, "search": search_behind(request)}
    return render(request, "articles/correct_text.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _text_to_begin_with(request: HttpRequest, article: Article) -> str:
    """That of the earlier version that the address names, to be put back; else the present one."""
    number = request.GET.get("version", "")
    former = article.former_texts.texts([int(number)]) if number.isdecimal() and len(number) < 19 else ()
    return next((one.text for one in former), article.text)


def _corrected(request: HttpRequest, article: Article, form: TextForm, *, version: int) -> str:
    """What to say of it; "" where it was refused, which the form tells then."""
    text, note = form.cleaned_data["text"], form.cleaned_data["note"]
    try:
        act = corrections.correct_text(article, text, by=cast(User, request.user), version=version, note=note)
    except corrections.StaleEdit:
        form.add_error(None, _("Not saved: the article was changed in the meantime. Save once more to keep yours."))
    except corrections.TextTaken as taken:
        form.add_error("text", _("Not saved: %(why)s.") % {"why": taken})
    except ValueError as error:
        form.add_error("text", _("Not saved: %(why)s.") % {"why": error})
    else:
        if act is None:
            return _("Nothing to change.")
        stories.join_corrected(article)
        gone = Quotation.objects.for_reading(article).left_by(act).count()
        done = _("The text is corrected.")
        return f"{done} {_left(gone)}" if gone else done
    return ""


def _left(gone: int) -> str:
    return ngettext(
        "%(number)s of its quotations is not in it any more: decide on it at the end.",
        "%(number)s of its quotations are not in it any more: decide on them at the end.",
        gone,
    ) % {"number": gone}


def _article(request: HttpRequest, pk: int) -> tuple[Article, int]:
    version = version_seen(request)
    return get_object_or_404(Article.objects.visible().with_outlet(), pk=pk), version


def _done(request: HttpRequest, article: Article, sentence: str, act: Act | None) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        return answer(request, article, [], sentence, act=act)
    messages.success(request, sentence, extra_tags=str(act.uid) if act else "")
    return back_to(request, article)
