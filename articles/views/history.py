"""What was done to a quotation, an article or a speaker, in sentences, and bringing back an earlier version."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from .. import corrections
from ..corrections import values_after
from ..forms import VersionForm
from ..models import Act, Article, Change, Quotation, Speaker
from ..telling import difference, told
from .access import corrects, reads
from .versions import versions_of

SHOWN = 50
"""Acts on a page."""

KINDS: dict[str, tuple[type[Quotation | Article | Speaker], str]] = {
    "quotation": (Quotation, "articles.correct_quotation"),
    "article": (Article, "articles.change_article"),
    "speaker": (Speaker, "articles.change_speaker"),
}
"""{kind: the model, and the permission that restoring a version takes}."""


@require_safe
@reads
def quotation_history(request: HttpRequest, uid: UUID) -> HttpResponse:
    quotation = get_object_or_404(Quotation.objects.in_visible_articles(), uid=uid)
    changes = Change.objects.of_record("quotation", quotation.pk)
    return _page(request, changes, kind="quotation", record=quotation, article=quotation.article)


@require_safe
@reads
def article_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Of the article, and of all its quotations; its earlier texts with them."""
    article = get_object_or_404(Article.objects.visible().with_outlet(), pk=pk)
    changes = Change.objects.in_article(article)
    return _page(request, changes, kind="article", record=article, article=article, versions=versions_of(article))


@require_safe
@reads
def speaker_history(request: HttpRequest, pk: int) -> HttpResponse:
    speaker = get_object_or_404(Speaker.objects.visible(), pk=pk)
    return _page(request, Change.objects.of_record("speaker", speaker.pk), kind="speaker", record=speaker)


@require_http_methods(["GET", "HEAD", "POST"])
@corrects
def restore(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """GET shows in sentences what it would change; POST makes the record as it was after the act that is named."""
    if kind not in KINDS:
        raise Http404(f"There is no history of a {kind}.")
    model, permission = KINDS[kind]
    if not request.user.has_perm(permission):
        raise PermissionDenied
    record: Any = get_object_or_404(model._default_manager.all(), pk=pk)
    act = _act(request, record, kind)
    if request.method == "POST":
        return _restore(request, record, act)
    values = values_after(record, act)
    before = corrections.plain(corrections.values_of(record, values))
    would = difference(model, before, corrections.plain(values))
    context = {"record": record, "kind": kind, "act": act, "would": would, "back": _back(record)}
    return render(request, "articles/restore.html", context)


def _act(request: HttpRequest, record: Quotation | Article | Speaker, kind: str) -> Act | None:
    """The act after which the record was as it is to be again; None for before anybody changed it."""
    named = request.POST.get("act", request.GET.get("act", ""))
    if not named:
        return None
    if not named.isdecimal() or len(named) > 18:
        raise BadRequest("The form does not say which version.")
    return get_object_or_404(Act.objects.that_changed(kind, record.pk), pk=int(named))


def _restore(request: HttpRequest, record: Any, act: Act | None) -> HttpResponse:
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise BadRequest("The form lacks the version it was made for.")
    try:
        restored = corrections.restore(record, act, by=cast(User, request.user), version=form.cleaned_data["version"])
    except corrections.Moved:
        messages.error(request, "Not restored: the words do not stand there any more, the article has another text.")
    except corrections.StaleEdit:
        messages.error(request, "Not restored: somebody changed it in the meantime. This is how it is now.")
    except (corrections.Gone, corrections.NameTaken) as refusal:
        messages.error(request, f"Not restored: {refusal}.")
    else:
        messages.success(request, "Restored." if restored else "It is like that already.")
    return redirect(_back(record))


def _back(record: Quotation | Article | Speaker) -> str:
    return record.get_history_url()


def _page(request: HttpRequest, changes: Any, *, kind: str, record: Any, **more: Any) -> HttpResponse:
    shown = Paginator(changes.for_telling(), SHOWN).get_page(request.GET.get("page"))
    context = {
        "kind": kind,
        "record": record,
        "shown": shown,
        "told": told(shown.object_list),
        "can_restore": request.user.has_perm(KINDS[kind][1]),
        **more,
    }
    return render(request, "articles/history.html", context)
