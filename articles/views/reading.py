"""The reading page: one article with its quotations marked and a card beside each."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import finding
from ..asking import asked
from ..forms import without_controls
from ..models import Act, Article, Change, Quotation, Speaker
from ..rendering import read
from ..telling import NOUN
from .access import corrects, reads
from .searched import back_to, search_behind
from .versions import versions_of

UNDONE_NEXT = frozenset(
    (
        *(Act.Verb.ACCEPT, Act.Verb.REJECT, Act.Verb.SPEAKER),
        *(Act.Verb.EDIT, Act.Verb.CREATE, Act.Verb.SPLIT, Act.Verb.MERGE),
    )
)
"""Such an act is undone by the next undoing, and leaves nothing to do again: neither has to be looked for."""


@require_safe
@reads
def read_article(request: HttpRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article.objects.visible().with_outlet().with_origin(), pk=pk)
    return render(request, "articles/read.html", page_context(request, article))


@require_safe
@corrects
def next_article(request: HttpRequest, pk: int) -> HttpResponse:
    """On to the next article of the same search, newest first, with something to settle; around to the first."""
    article = get_object_or_404(Article.objects.visible(), pk=pk)
    found = finding.articles(asked(request.GET)).rows.unsettled()
    following = found.older_than(article.dated, article.pk).first() or found.but(article).first()
    if following:
        return back_to(request, following)
    messages.info(request, _("Nothing is left to settle here."))
    return back_to(request, "articles:list")


@require_safe
@reads
def speaker_names(request: HttpRequest) -> HttpResponse:
    """Options for the speaker field: names in the authority file that hold what was typed."""
    typed = without_controls(request.GET.get("speaker") or request.GET.get("name", ""))
    speakers = Speaker.objects.suggestions(typed) if typed else Speaker.objects.none()
    return render(request, "articles/_speaker_names.html", {"speakers": speakers})


def page_context(request: HttpRequest, article: Article, *, made: Act | None = None) -> dict[str, Any]:
    """What the whole reading page needs, and a part that shows the article anew."""
    return reading_context(request, article, made=made) | {
        "also_in": article.also_in(),
        "last_seen": Act.objects.last_in(article),
        "versions": versions_of(article),
        "sees_import": article.import_run is not None and article.import_run.is_shown_to(request.user),
    }


def reading_context(request: HttpRequest, article: Article, *, made: Act | None = None) -> dict[str, Any]:
    """What every part of the reading page that htmx swaps needs; `made` is what its reader did just now."""
    can_correct = request.user.has_perm("articles.correct_quotation")
    is_last = made is not None and made.verb in UNDONE_NEXT
    last_act, overtaken = (made, False) if is_last else last_undoable(request, article)
    return {
        "article": article,
        "reading": read(
            article,
            list(Quotation.objects.for_reading(article)),
            renamings=Change.objects.of_who_spoke_in(article),
            # Each new version raises the article's; most have none.
            rewordings=article.former_texts.rewordings() if article.version > 1 else None,
        ),
        "can_correct": can_correct,
        "card_forms": {},
        "last_act": last_act,
        "last_act_noun": NOUN[Act.Verb(last_act.verb)] if last_act else "",
        "overtaken": overtaken,
        "redoable": Act.objects.redoable_on(article, request.user) if can_correct and not is_last else None,
        "search": search_behind(request),
    }


def last_undoable(request: HttpRequest, article: Article) -> tuple[Act | None, bool]:
    """The act on `article` to offer for undoing, and whether a later one cannot be, as it was overwritten since."""
    if not request.user.has_perm("articles.correct_quotation"):
        return None, False
    return Act.objects.undoable_on(article, request.user).last_that_reverses()
