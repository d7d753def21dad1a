"""Exporting in the browser: what a search finds, in a format that is chosen, written meanwhile, to download."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import export_files, export_limits, export_line, finding
from ..asking import asked, search_of
from ..exports.choosing import GROUPS, PURPOSES, USUAL
from ..exports.formats import FORMATS, Format
from ..forms import ExportForm
from ..models import ExportRun
from ..models.export_run import QUERY_LENGTH, SITE_LENGTH
from ..run_limits import Refusal
from .access import saves
from .following import Progress, go_to
from .listing import Chip, chips_of, naming_of
from .sending import sent
from .site import site_of

TOO_MUCH = _("This search asks for too many things at once to be kept with an export. Choose fewer.")


@dataclass(frozen=True)
class Exported:
    """A run in the list: what was sought in words, the format, and whether there is a file to download.

    `is_lost` where there should be one, and is none, or another one.
    """

    run: ExportRun
    q: str
    chips: list[Chip]
    format: Format | None
    is_here: bool
    is_lost: bool


@require_http_methods(["GET", "HEAD", "POST"])
@saves
def new_export(request: HttpRequest) -> HttpResponse:
    """What is to be exported stands in the address, also of what is posted; the form says how."""
    of, search = request.GET.get("of", ExportRun.Of.QUOTATIONS), search_of(request.GET)
    if of not in ExportRun.Of.values:
        raise BadRequest("The address does not say what to export.")
    search.pop("list", None)
    run = ExportRun(of=of, query=search.urlencode())
    sought = asked(search)
    number = finding.found(of, sought).number
    posted = request.method == "POST"
    form = ExportForm(request.POST if posted else None, initial=_usual(request))
    refusal: object = TOO_MUCH if len(run.query) > QUERY_LENGTH else None
    if posted and number.value and not refusal and form.is_valid():
        refusal = _begin(request, run, form)
        if not refusal:
            return go_to(request, run.get_absolute_url())
    allowed = export_limits.allowance(request.user)
    refusal = refusal or allowed.refusal
    context = {"run": run, "what": of, "search": search, "asked": sought, "number": number, "form": form}
    context |= {"posted": posted, "rejected": finding.rejected(sought) if of == "quotations" else None}
    context |= {"refusal": refusal, "few_left": allowed.few_left}
    context |= {"chips": list(chips_of(search, naming_of([search]))), "groups": _groups()}
    is_part = posted and request.htmx  # type: ignore[attr-defined]
    template = "articles/_export_form.html" if is_part else "articles/export_new.html"
    return render(request, template, context, status=HTTPStatus.UNPROCESSABLE_ENTITY if posted else HTTPStatus.OK)


def _usual(request: HttpRequest) -> dict[str, object]:
    """What is chosen at first: the usual format, or what an export was made with that is to be made again."""
    return {"format": request.GET.get("format", USUAL), "rejected": "rejected" in request.GET}


def _begin(request: HttpRequest, run: ExportRun, form: ExportForm) -> Refusal | None:
    """Begin the run as the form says, or say why not."""
    run.by = cast(User, request.user)
    run.format, run.with_rejected = form.cleaned_data["format"], form.cleaned_data["rejected"]
    run.site = site_of(request)[:SITE_LENGTH]
    return export_line.begin(run)


@require_safe
@saves
def exports(request: HttpRequest) -> HttpResponse:
    export_line.look_after()
    shown = Paginator(ExportRun.objects.shown_to(request.user), settings.NEWSROOM_PAGE_SIZE)
    page = shown.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "listed": _in_words(page.object_list),
        "are_going": any(not run.has_ended for run in page.object_list),
        "sees_all": request.user.has_perm("articles.use_admin"),
    }
    return render(request, "articles/exports.html", context)


@require_safe
@saves
def export_run(request: HttpRequest, uid: UUID) -> HttpResponse:
    export_line.look_after()
    return _page_of(request, _run(request, uid))


@require_safe
@saves
def download(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    run = _run(request, uid)
    described = FORMATS.get(run.format)
    if not run.has_ended:
        return _page_of(request, run, status=HTTPStatus.CONFLICT)
    if described is not None and export_files.is_here(run):
        with suppress(FileNotFoundError):  # removed meanwhile
            return sent(
                request,
                export_files.file_of(run),
                name=export_files.name_of(run, described.suffix),
                content_type=described.content_type,
                etag=f'"{run.sha256}"',
            )
    return _page_of(request, run, status=HTTPStatus.GONE)


@require_POST
@saves
def cancel(request: HttpRequest, uid: UUID) -> HttpResponse:
    run = _run(request, uid)
    export_line.cancel(run)
    return go_to(request, run.get_absolute_url())


@require_POST
@saves
def go_on(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make a file once more that was stopped, from its beginning."""
    run = _run(request, uid)
    export_line.go_on(run)
    export_line.look_after()
    return go_to(request, run.get_absolute_url())


def _run(request: HttpRequest, uid: UUID) -> ExportRun:
    return get_object_or_404(ExportRun.objects.shown_to(request.user), uid=uid)


def _page_of(request: HttpRequest, run: ExportRun, *, status: int = HTTPStatus.OK) -> HttpResponse:
    (shown,) = _in_words([run])
    state = f"{run.state}-{run.is_cancelled:d}"
    context = {
        "run": run,
        "shown": shown,
        "progress": _progress_of(run),
        "state": state,
        "has_changed": request.GET.get("shown") != state,
        "kept_days": export_files.KEPT.days,
        "name": export_files.name_of(run, shown.format.suffix) if shown.is_here and shown.format else "",
    }
    alone = bool(request.htmx)  # type: ignore[attr-defined]
    template = "articles/_export_progress.html" if alone else "articles/export_run.html"
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _progress_of(run: ExportRun) -> Progress:
    is_of_articles = run.of == ExportRun.Of.ARTICLES
    done = run.articles_written if is_of_articles else run.quotations_written
    return Progress.of(
        run,
        done=done,
        total=(run.articles if is_of_articles else run.quotations) or 0,
        counted=done,
        before=ExportRun.objects.before(run) if run.state == ExportRun.State.WAITING else 0,
    )


def _in_words(runs: Iterable[ExportRun]) -> list[Exported]:
    """What each run is of; a format that there is no more has no name."""
    searches = [(run, run.parameters) for run in runs]
    naming = naming_of(search for _, search in searches)
    return [
        Exported(
            run,
            search.get("q", ""),
            list(chips_of(search, naming)),
            FORMATS.get(run.format),
            is_here=(is_here := export_files.is_here(run)),
            is_lost=export_files.is_kept(run) and not is_here,
        )
        for run, search in searches
    ]


def _groups() -> list[tuple[str | Promise, list[tuple[Format, str | Promise]]]]:
    """The formats, each with its purpose, in groups."""
    return [(heading, [(FORMATS[name], PURPOSES[name]) for name in names]) for heading, names in GROUPS]
