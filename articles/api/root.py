"""The API put together: its resources, how bodies are read, and what becomes of errors."""

from __future__ import annotations

from typing import Any, NoReturn

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from ninja.renderers import JSONRenderer
from pydantic_core import from_json

from . import acts, articles, exports, imports, outlets, quotations, speakers, stories
from . import correcting as _correcting  # noqa: F401 - its operations stand in the router of quotations
from .bodies import refuse_other_types, refuse_repeated
from .document import openapi
from .errors import errors_of
from .problems import REFERENCE, Problem, invalid

RESOURCES = {
    "/articles": articles.router,
    "/quotations": quotations.router,
    "/speakers": speakers.router,
    "/outlets": outlets.router,
    "/stories": stories.router,
    "/imports": imports.router,
    "/exports": exports.router,
    "/acts": acts.router,
}


class StrictParser(Parser):
    """JSON without NaN and halves of characters, which no database stores;
    a body says that it is JSON, with each member once."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        refuse_other_types(request, wanted="Send application/json, in UTF-8.")
        found: dict[str, Any] = from_json(request.body, allow_inf_nan=False)
        refuse_repeated(request.body)
        return found


class ReadableRenderer(JSONRenderer):
    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title="Newsroom",
    version="1",
    description=openapi.__doc__ or "",
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
    parser=StrictParser(),
    renderer=ReadableRenderer(),
)
for prefix, router in RESOURCES.items():
    api.add_router(prefix, router)


@api.get("/", auth=None, include_in_schema=False)
def beginning(request: HttpRequest, response: HttpResponse) -> dict[str, Any] | HttpResponse:
    """Where to go from here: browsers to the reference, programs by links."""
    if request.get_preferred_type(["application/json", "text/html"]) == "text/html":
        return HttpResponseRedirect(REFERENCE, headers={"Vary": "Accept"})
    response["Vary"] = "Accept"
    root = request.build_absolute_uri("/api/v1")
    resources = {prefix.strip("/"): root + prefix for prefix in RESOURCES if prefix != "/acts"}
    links = {"reference": request.build_absolute_uri(REFERENCE), "openapi": f"{root}/openapi.json"}
    return links | resources


@api.get("/openapi.json", include_in_schema=False)
def openapi_json(request: HttpRequest) -> dict[str, Any]:
    return openapi(api)


@api.exception_handler(Problem)
def on_problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    return problem.response()


@api.exception_handler(ValidationError)
def on_validation_error(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return invalid(*errors_of([{**one, "loc": _in_body(one["loc"])} for one in error.errors])).response()


@api.exception_handler(Http404)
def on_404(request: HttpRequest, error: Http404) -> HttpResponse:
    return Problem("not-found").response()


@api.exception_handler(HttpError)
def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What ninja itself raises by now is about bodies that cannot be read, or a Problem from there."""
    cause = error.__cause__
    return (cause if isinstance(cause, Problem) else Problem("unreadable", error.message)).response()


@api.exception_handler(Exception)
def on_exception(request: HttpRequest, error: Exception) -> NoReturn:
    """To `serving`, which logs it and answers without a word of it."""
    raise error


def _in_body(where: tuple[Any, ...]) -> tuple[Any, ...]:
    """Without the name that our function has for the body."""
    return (where[0], *where[2:]) if where[0] == "body" else where
