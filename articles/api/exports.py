"""Exports: what a search finds, written to a file meanwhile by the line of exports, to download."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from ninja import Router
from pydantic import AfterValidator, BaseModel, Field, StrictBool

from .. import export_files, export_line, finding
from ..asking import PARAMETERS, asked, search_of
from ..exports.formats import FORMATS
from ..models import ExportRun
from ..models.export_run import QUERY_LENGTH, SITE_LENGTH
from ..views.sending import sent as file_sent
from ..views.site import site_of
from . import records
from .access import Scope
from .documenting import ONE, begins, reads, sends
from .fields import Sent, Text
from .filters import complaints_of
from .paging import USUAL, Cursor, Limit, Listed, listed
from .problems import Problem, too_often, wrong
from .runs import cancelled, one_of, shown
from .writing import person

router = Router(tags=["Exports"])


def _known(name: str) -> str:
    if name not in FORMATS:
        raise ValueError(f"there is no such format; there are {', '.join(FORMATS)}")
    return name


class NewExport(Sent):
    of: Literal["articles", "quotations"] = Field(examples=["quotations"])
    format: Annotated[str, AfterValidator(_known)] = Field(
        json_schema_extra={"enum": [*FORMATS]}, description="The page that begins an export says what each is for."
    )
    search: Text = Field(
        default="",
        max_length=QUERY_LENGTH,
        description="Parameters as those of the list of articles or quotations; empty for all.",
        examples=["q=harbour&kind=direct"],
    )
    with_rejected: StrictBool = False


class Export(BaseModel):
    """How far an export is, and what came of it."""

    uid: UUID = Field(examples=[records.UID])
    address: str = Field(description="Where to look again.", examples=[f"/api/v1/exports/{records.UID}"])
    file: str | None = Field(
        description="Where the file is, once it is whole and as long as it is kept.",
        examples=[f"/api/v1/exports/{records.UID}/file"],
    )
    by: str = Field(examples=["analyst"])
    of: str = Field(examples=["quotations"])
    search: str = Field(examples=["q=harbour&kind=direct"])
    complaints: list[str] = Field(
        description="What of the search was not understood and left out; empty in a list.", examples=[[]]
    )
    format: str = Field(examples=["csv"])
    with_rejected: bool = Field(examples=[False])
    state: str = Field(description="waiting, running, finished, cancelled or stopped.", examples=["finished"])
    why: str = Field(description="Why it ended early.", examples=[""])
    began_at: datetime.datetime = Field(examples=[records.WHEN])
    ended_at: datetime.datetime | None = Field(examples=[records.WHEN])
    expires_at: datetime.datetime | None = Field(description="Until when the file is kept.", examples=[records.WHEN])
    articles: int | None = Field(description="That it is to hold; null until they are counted.", examples=[3])
    articles_written: int = Field(examples=[3])
    quotations: int | None = Field(examples=[9])
    quotations_written: int = Field(examples=[9])
    size: int | None = Field(description="Of the file, in bytes.", examples=[2048])
    sha256: str = Field(description="Of the file.", examples=["9f86d081884c7d65" * 4])

    @classmethod
    def of_run(cls, run: ExportRun, complaints: Iterable[str] = ()) -> Export:
        address = f"/api/v1/exports/{run.uid}"
        same = cls.model_fields.keys() - {"address", "file", "by", "search", "complaints", "why"}
        values: dict[str, Any] = {name: getattr(run, name) for name in same}
        return cls(
            address=address,
            file=f"{address}/file" if export_files.is_here(run) else None,
            by=run.by.get_username(),
            search=run.query,
            why=run.why_in_words,
            complaints=list(complaints),
            **values,
        )


@router.post("", **begins(Scope.EXPORT, "Export what a search finds", Export))
def begin(request: HttpRequest, response: HttpResponse, sent: NewExport) -> Export:
    """Its address says how far it is; the file is kept for some days."""
    given = QueryDict(sent.search)
    search = search_of(given)
    search.pop("list", None)
    query = search.urlencode()
    if len(query) > QUERY_LENGTH:
        raise wrong("/search", "It asks for too many things at once.")
    sought = asked(search)
    if not finding.found(sent.of, sought).number.value:
        raise wrong("/search", "Nothing is found by it.")
    run = ExportRun(
        by=person(request),
        of=sent.of,
        query=query,
        format=sent.format,
        with_rejected=sent.with_rejected,
        site=site_of(request)[:SITE_LENGTH],
    )
    if refusal := export_line.begin(run):
        raise too_often(refusal.wait, refusal)
    run.refresh_from_db()
    told = Export.of_run(run, sought.complaints)
    response["Location"] = told.address
    return told.model_copy(update={"complaints": [*told.complaints, *complaints_of(given, known=PARAMETERS)]})


@router.get("", **reads("List exports", Listed[Export], "invalid", scope=Scope.EXPORT))
def export_list(
    request: HttpRequest, response: HttpResponse, limit: Limit = USUAL, cursor: Cursor = ""
) -> Listed[Export]:
    """One’s own, for editors all; the last one first."""
    runs = shown(request, ExportRun.objects.all(), cursor=cursor)
    return listed(request, response, runs, limit=limit, told=Export.of_run)


@router.get("/{uuid:uid}", **reads("How far an export is", Export, *ONE, "invalid", scope=Scope.EXPORT))
def export_run(request: HttpRequest, uid: UUID) -> Export:
    """How much is written and, once it has finished, the size and the SHA-256 of the file."""
    export_line.look_after()
    run = _run(request, uid)
    return Export.of_run(run, asked(run.parameters).complaints)


@router.post("/{uuid:uid}/cancel", **begins(Scope.EXPORT, "Cancel an export", Export, "ended"))
def cancel(request: HttpRequest, uid: UUID) -> Export:
    """One that waits or is written is stopped, and leaves no file."""
    return Export.of_run(cancelled(_run(request, uid), export_line.LINE))


@router.get(
    "/{uuid:uid}/file",
    **sends(
        *("Download the file", *ONE, "invalid", "not-ready", "gone", "stale", "range"),
        scope=Scope.EXPORT,
        types=[one.content_type for one in FORMATS.values()],
    ),
)
def download(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """In the format’s own type; one range of it too, to go on where a download broke off. ETag is the SHA-256."""
    run = _run(request, uid)
    described = FORMATS.get(run.format)
    if not run.has_ended:
        raise Problem("not-ready")
    gone = Problem("gone", "The file was never whole, or is not there any more.")
    if described is None or not export_files.is_here(run):
        raise gone
    try:
        response = file_sent(
            request,
            export_files.file_of(run),
            name=export_files.name_of(run, described.suffix),
            content_type=described.content_type,
            etag=f'"{run.sha256}"',
        )
    except FileNotFoundError as error:  # removed meanwhile
        raise gone from error
    if response.status_code == 412:
        raise Problem("stale", "The file is another one than If-Match names: it was made anew.")
    if response.status_code == 416:
        raise Problem("range", headers={"Content-Range": response["Content-Range"]})
    return response


def _run(request: HttpRequest, uid: UUID) -> ExportRun:
    return one_of(request, ExportRun.objects.all(), uid)
