"""The one view of the API: what holds for every answer, before and behind the resources."""

from __future__ import annotations

import hashlib
import logging
from contextvars import ContextVar
from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLResolver
from django.urls.resolvers import RegexPattern
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from ..views.negotiating import early
from ..views.site import site_of
from .problems import Problem, failed

here: ContextVar[str] = ContextVar("here", default="")
"""Where this Newsroom is, for the request that is answered: as "https://newsroom.example", for permalinks."""

logger = logging.getLogger(__name__)


# Nobody is sent to the sign-in page from here, and a token needs no protection from forgery: `access` sees to both.
@login_not_required
@csrf_exempt
def serve(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Answer for the address `rest` below the API's own. HEAD is GET without a body, which the server leaves out."""
    method = request.method
    request.method = "GET" if method == "HEAD" else method
    here.set(site_of(request))
    try:
        response = _answer(request, rest)
    except Problem as problem:
        response = problem.response()
    except (RequestDataTooBig, TooManyFilesSent):
        response = Problem("too-large").response()
    except TooManyFieldsSent:
        response = Problem("unreadable", "It has more parameters or fields than one request may have.").response()
    except Exception as error:
        logger.exception("%s %s failed", request.method, request.path)
        response = failed(error).response()
    patch_vary_headers(response, ["Authorization", "Cookie", "Accept-Language"])
    response.setdefault("Cache-Control", "private, no-cache")
    response = _conditional(request, response)
    request.method = method
    return response


def _answer(request: HttpRequest, rest: str) -> HttpResponseBase:
    try:
        match = _resolver().resolve(rest)
        response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    except Http404:
        raise Problem("not-found", f"There is nothing at {request.path}.") from None
    if response.status_code == 405:
        raise Problem("wrong-method", headers={"Allow": response["Allow"]})
    return response


@cache
def _resolver() -> URLResolver:
    from .root import api  # here, so that the process starts without it

    return URLResolver(RegexPattern(r"^"), api.urls[0])


def _conditional(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Give the answer a tag, and answer 304 where whoever asks has it already.

    The tag of a record with versions is "3.5f1c…": the version, by which a write says what it saw, and a digest,
    since other records are named in it that have versions of their own. If-Match is for writes, which compare the
    version alone: whoever reads gets what there is.
    """
    if request.method != "GET" or response.status_code != 200 or not isinstance(response, HttpResponse):
        return response
    digest = hashlib.sha256(response.content).hexdigest()[:16]
    version = response.get("ETag", "").strip('"')
    etag = f'"{version}.{digest}"' if version else f'"{digest}"'
    response["ETag"] = etag
    if "If-Match" in request.headers:
        return response
    return early(request, etag=etag, response=response) or response
