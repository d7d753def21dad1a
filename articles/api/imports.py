"""Imports: articles as JSON or as files, read by the line of imports like those that come from the browser."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Annotated, Any, Literal, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import Router
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from .. import import_line, upload_limits, uploads
from ..forms import ImportForm
from ..models import ImportRun
from ..receiving import Receiving
from . import records
from .access import Scope, SessionAuth
from .bodies import refuse_other_types, refuse_repeated
from .documenting import ONE, begins, reads
from .errors import errors_of
from .fields import Sent, Span, Spans, Text
from .paging import USUAL, Cursor, Limit, Listed, listed
from .problems import Problem, invalid, too_often, wrong
from .runs import cancelled, one_of, shown
from .writing import person, refuse_invalid

router = Router(tags=["Imports"])
MOST_PROBLEMS = 200
FILE = "articles.json"
"""What the JSON of a request is called in the report of its run."""


class AnnotatedQuotation(Sent):
    """Counts as accepted; nothing is sought beside it."""

    spans: Spans
    cue: Span | None = None
    mention: Span | None = None
    kind: Literal["direct", "mixed", "indirect", ""] = ""
    speaker_name: Text = ""


class NewArticle(Sent):
    """Read like an item of a JSON file; unknown fields are left out."""

    text: Text = Field(min_length=1, examples=["“The nets were empty,” the harbour master said on Monday.\n"])
    title: Text = Field(default="", examples=["Empty nets"])
    outlet: Text = Field(default="", examples=["The Harbour Gazette"])
    byline: Text = Field(default="", examples=["Jon Par"])
    date: Text = Field(default="", description="In any usual form.", examples=["2025-03-04"])
    url: Text = Field(default="", examples=["https://gazette.example/nets"])
    place: Text = ""
    licence: Text = ""
    language: Text = Field(default="", examples=["en"])
    quotations: list[AnnotatedQuotation] = Field(default=[], max_length=10_000)


class Trouble(BaseModel):
    source: str = Field(examples=["articles.json"])
    reason: str = Field(examples=["item 2: no text"])


class Import(BaseModel):
    """How far an import is, and how it ended."""

    uid: UUID = Field(examples=[records.UID])
    address: str = Field(description="Where to look again.", examples=[f"/api/v1/imports/{records.UID}"])
    by: str = Field(examples=["analyst"])
    given: list[str] = Field(description="Names of files.", examples=[["nets.zip"]])
    state: str = Field(description="waiting, running, finished, cancelled or stopped.", examples=["waiting"])
    why: str = Field(description="Why it ended early.", examples=[""])
    began_at: datetime.datetime = Field(examples=[records.WHEN])
    ended_at: datetime.datetime | None = Field(examples=[None])
    inputs: int | None = Field(examples=[1])
    inputs_read: int = Field(examples=[0])
    added: int = Field(examples=[0])
    updated: int = Field(description="New versions of articles known by their address.", examples=[0])
    unchanged: int = Field(examples=[0])
    failed: int = Field(examples=[0])
    to_extract: int = Field(description="Articles whose quotations it has to seek.", examples=[0])
    extracted: int = Field(examples=[0])

    @classmethod
    def values(cls, run: ImportRun) -> dict[str, Any]:
        same = cls.model_fields.keys() - {"address", "by", "problems", "why"}
        by = run.by.get_username() if run.by else ""
        return {name: getattr(run, name) for name in same} | {
            "address": f"/api/v1/imports/{run.uid}",
            "by": by,
            "why": run.why_in_words,
        }


class ImportReport(Import):
    problems: list[Trouble] = Field(description=f"What gave no article, line by line; the first {MOST_PROBLEMS}.")


class ReceivingSession(SessionAuth):
    """The token against forgery may stand in the form, so that has to go where it belongs when it is read."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        try:
            return super().authenticate(request, key)
        except Exception:
            if is_form(request):
                receive(request).discard()
            raise

    def before_csrf(self, request: HttpRequest) -> None:
        if is_form(request):
            receive(request)


BODIES = {
    "required": True,
    "content": {
        "application/json": {
            "schema": {
                "anyOf": [
                    {"$ref": "#/components/schemas/NewArticle"},
                    {
                        "type": "array",
                        "items": {"$ref": "#/components/schemas/NewArticle"},
                        "minItems": 1,
                        "maxItems": 1000,
                    },
                ]
            }
        },
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {
                    "files": {"type": "array", "items": {"type": "string", "format": "binary"}, "minItems": 1},
                    "mapping": {
                        "type": "string",
                        "maxLength": 2000,
                        "description": "Columns or keys of unusual names, one FIELD=NAME a line, as text=body.",
                    },
                },
                "required": ["files"],
            },
            "example": {"files": ["nets.zip"], "mapping": "text=body"},
        },
    },
}
ITEMS: TypeAdapter[NewArticle | list[NewArticle]] = TypeAdapter(
    NewArticle | Annotated[list[NewArticle], Field(min_length=1, max_length=1000)]
)


@router.post("", **begins(Scope.IMPORT, "Import articles", Import, session=ReceivingSession, requestBody=BODIES))
def begin(request: HttpRequest, response: HttpResponse) -> Import:
    """One article or up to 1,000 as JSON, 2.5 MB in all; or files of any format that is read, up to the role’s limit.

    What was imported before is unchanged by it. The run’s address says how far it is.
    """
    if refusal := upload_limits.too_often(request.user):
        raise too_often(refusal.wait, refusal)
    receiving = receive(request) if is_form(request) else _receive_json(request)
    try:
        run = _begin(request, receiving)
    except BaseException:
        receiving.discard()
        raise
    run.refresh_from_db()
    response["Location"] = f"/api/v1/imports/{run.uid}"
    return Import(**Import.values(run))


@router.get("", **reads("List imports", Listed[Import], "invalid", scope=Scope.IMPORT))
def import_list(
    request: HttpRequest,
    response: HttpResponse,
    limit: Limit = USUAL,
    cursor: Cursor = "",
) -> Listed[Import]:
    """One’s own, for editors all; the last one first."""
    runs = shown(request, ImportRun.objects.all(), cursor=cursor)
    return listed(request, response, runs, limit=limit, told=lambda run: Import(**Import.values(run)))


@router.get("/{uuid:uid}", **reads("How far an import is", ImportReport, *ONE, "invalid", scope=Scope.IMPORT))
def import_run(request: HttpRequest, uid: UUID) -> ImportReport:
    """How many files are done, what was stored and, once it has ended, what failed."""
    import_line.look_after()
    run = _run(request, uid)
    problems = [Trouble(source=one.source, reason=one.reason) for one in run.problems.all()[:MOST_PROBLEMS]]
    return ImportReport(**Import.values(run), problems=problems)


@router.post("/{uuid:uid}/cancel", **begins(Scope.IMPORT, "Cancel an import", Import, "ended"))
def cancel(request: HttpRequest, uid: UUID) -> Import:
    """What is stored by then stays."""
    return Import(**Import.values(cancelled(_run(request, uid), import_line.LINE)))


def is_form(request: HttpRequest) -> bool:
    return request.content_type == "multipart/form-data"


def receive(request: HttpRequest) -> Receiving:
    """What keeps the files of the form as they arrive; called again, the same."""
    for handler in request.upload_handlers:
        if isinstance(handler, Receiving):
            return handler
    receiving = Receiving(request, size=upload_limits.limits_of(request.user).size)
    request.upload_handlers = cast(Any, [receiving])
    return receiving


def _begin(request: HttpRequest, receiving: Receiving) -> ImportRun:
    """The run, with what came in. Raises Problem."""
    try:
        form = ImportForm(request.POST)
    except MultiPartParserError as error:
        raise Problem("unreadable", error) from error
    limit = upload_limits.limits_of(request.user).size
    if receiving.refusal in (upload_limits.too_large(limit), upload_limits.too_many()):
        raise Problem("too-large", receiving.refusal)
    if receiving.refusal or not receiving.given:
        raise wrong("/files", receiving.refusal or "There is no file in the form.")
    refuse_invalid(form)
    run = ImportRun(
        uid=receiving.uid,
        by=person(request),
        given=receiving.given,
        mapping=form.cleaned_data["mapping"],
        inputs=uploads.number_of_inputs(receiving.given),
    )
    if refusal := import_line.begin(run):
        raise too_often(refusal.wait, refusal)
    return run


def _receive_json(request: HttpRequest) -> Receiving:
    """The body kept as a file, once it is known to be what it should. Raises Problem."""
    refuse_other_types(request, wanted="Send application/json, in UTF-8, or files as multipart/form-data.")
    try:
        ITEMS.validate_json(request.body)
    except ValidationError as error:
        raise _refused(error) from error
    refuse_repeated(request.body)
    receiving = Receiving(request, size=upload_limits.limits_of(request.user).size)
    receiving.new_file("files", FILE, "application/json", len(request.body), None, None)
    receiving.receive_data_chunk(request.body, 0)
    receiving.file_complete(len(request.body))
    return receiving


def _refused(error: ValidationError) -> Problem:
    """Of one article or several: only what is wrong in the form that was sent."""
    found = error.errors(include_url=False, include_input=False)
    if any(one["type"] == "json_invalid" for one in found):
        return Problem("unreadable", "The body is no JSON.")
    several = [one for one in found if one["loc"][:1] != ("NewArticle",)]
    single = [one for one in found if one["loc"][:1] == ("NewArticle",)]
    is_list = not any(one["loc"] == ("list[NewArticle]",) or one["type"] == "list_type" for one in several)
    chosen: Iterable[Any] = several if is_list else single
    return invalid(*errors_of([{**one, "loc": ("body", *one["loc"][1:])} for one in chosen]))


def _run(request: HttpRequest, uid: UUID) -> ImportRun:
    return one_of(request, ImportRun.objects.all(), uid)
