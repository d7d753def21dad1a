"""Importing in the browser: files in, progress while they are read, the report, and what came of it."""

from http import HTTPStatus
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import import_line, upload_limits, uploads
from ..forms import ImportForm
from ..models import Article, ImportRun
from ..receiving import Receiving
from .access import imports
from .following import Progress, go_to

PROBLEMS_ON_PAGE = 50
NOTHING_CHOSEN = _("There is no file to import yet. Choose at least one that can be read.")


# The view itself takes the request in, so that its files go where they belong; `_begin` has the token checked.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@imports
def import_page(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        import_line.look_after()
        return render(request, "articles/import.html", _page_context(request, ImportForm()))
    limits = upload_limits.limits_of(request.user)
    receiving = Receiving(request, size=limits.size, refusal=str(upload_limits.too_often(request.user) or ""))
    request.upload_handlers = [receiving]
    begun = False
    try:
        response = _begin(request, receiving)
        begun = response.status_code < HTTPStatus.BAD_REQUEST
    finally:
        if not begun:
            receiving.discard()
    return response


@csrf_protect
def _begin(request: HttpRequest, receiving: Receiving) -> HttpResponse:
    """Begin the run with the files that came in, or say why not."""
    form = ImportForm(request.POST)
    refusal: object = receiving.refusal or ("" if receiving.given else NOTHING_CHOSEN)
    run = ImportRun(uid=receiving.uid, by=cast(User, request.user), given=receiving.given)
    if not refusal and form.is_valid():
        run.mapping, run.inputs = form.cleaned_data["mapping"], uploads.number_of_inputs(receiving.given)
        refusal = import_line.begin(run)
    if refusal or not form.is_valid():
        context = _page_context(request, form) | {"refusal": refusal}
        template = "articles/_import_form.html" if request.htmx else "articles/import.html"  # type: ignore[attr-defined]
        return render(request, template, context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return go_to(request, run.get_absolute_url())


@require_safe
@imports
def import_run(request: HttpRequest, uid: UUID) -> HttpResponse:
    import_line.look_after()
    run = _run(request, uid)
    problems = Paginator(run.problems.all(), PROBLEMS_ON_PAGE).get_page(request.GET.get("page"))
    state = f"{run.state}-{run.is_cancelled:d}-{run.failed}"
    context = {
        "run": run,
        "progress": _progress_of(run),
        "problems": problems,
        "state": state,
        "has_changed": request.GET.get("shown") != state,
        "can_go_on": import_line.can_go_on(run),
        "has_articles": Article.objects.of_import(run).exists(),
    }
    alone = bool(request.htmx)  # type: ignore[attr-defined]
    response = render(request, "articles/_import_progress.html" if alone else "articles/import_run.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@imports
def import_articles(request: HttpRequest, uid: UUID) -> HttpResponse:
    run = _run(request, uid)
    articles = Paginator(Article.objects.of_import(run), settings.NEWSROOM_PAGE_SIZE)
    context = {"run": run, "listed": articles.get_page(request.GET.get("page"))}
    return render(request, "articles/import_articles.html", context)


@require_POST
@imports
def cancel(request: HttpRequest, uid: UUID) -> HttpResponse:
    run = _run(request, uid)
    import_line.cancel(run)
    return go_to(request, run.get_absolute_url())


@require_POST
@imports
def go_on(request: HttpRequest, uid: UUID) -> HttpResponse:
    run = _run(request, uid)
    if import_line.can_go_on(run):
        import_line.go_on(run)
        import_line.look_after()
    else:
        messages.error(request, _("It cannot go on: its files are not here any more. Choose them again."))
    return go_to(request, run.get_absolute_url())


def _run(request: HttpRequest, uid: UUID) -> ImportRun:
    return get_object_or_404(ImportRun.objects.shown_to(request.user), uid=uid)


def _page_context(request: HttpRequest, form: ImportForm) -> dict[str, Any]:
    limits = upload_limits.limits_of(request.user)
    every = Paginator(ImportRun.objects.shown_to(request.user), settings.NEWSROOM_PAGE_SIZE)
    runs = every.get_page(request.GET.get("page"))
    return {
        "form": form,
        "limits": limits,
        "most": upload_limits.in_words(limits.size),
        "most_files": upload_limits.MOST_FILES,
        "too_many": upload_limits.too_many(),
        "too_large": upload_limits.too_large(limits.size),
        "wanted": uploads.WANTED,
        "nothing_chosen": NOTHING_CHOSEN,
        "runs": runs,
        "are_going": any(not run.has_ended for run in runs),
        "sees_all": request.user.has_perm("articles.use_admin"),
    }


def _progress_of(run: ImportRun) -> Progress:
    seeking = run.to_extract > 0
    return Progress.of(
        run,
        done=run.extracted if seeking else run.inputs_read,
        total=run.to_extract if seeking else run.inputs or 0,
        counted=run.extracted if seeking else run.added + run.updated + run.unchanged,
        before=ImportRun.objects.before(run) if run.state == ImportRun.State.WAITING else 0,
    )
