"""Which form of one thing a request wants: by its Accept header, or by `format` in the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.request import MediaType
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

FORMAT = "format"


@dataclass(frozen=True)
class Form:
    """One that a thing has; `name` is that in addresses, and `content_type` stands in Accept headers and answers."""

    name: str
    content_type: str

    @property
    def media_type(self) -> str:
        return self.content_type.partition(";")[0]


def wanted(request: HttpRequest, forms: Sequence[Form]) -> Form | None:
    """The one that `format` names, else the preferred one: the first where all are welcome, None where none is."""
    if FORMAT in request.GET:
        return next((form for form in forms if form.name == request.GET[FORMAT]), None)
    if not request.headers.get("Accept", "*/*").strip():
        return forms[0]
    by_type = {form.content_type: form for form in forms if not _is_refused(request, form)}
    preferred = request.get_preferred_type(list(by_type))
    if preferred:
        return by_type[preferred]
    return next((form for form in forms if _is_hardly_welcome(request, form)), None)


def _is_refused(request: HttpRequest, form: Form) -> bool:
    """Whether a range with q=0 says no to it, and none as narrow says yes; Django passes over what says no."""
    offered, accepted = MediaType(form.content_type), request.accepted_type(form.content_type)
    ranges = [one for one in request.headers.get("Accept", "").split(",") if offered.match(one)]
    refused = [MediaType(one).specificity for one in ranges if MediaType(one).quality == 0]
    return max(refused, default=-1) > (accepted.specificity if accepted else -1)


def _is_hardly_welcome(request: HttpRequest, form: Form) -> bool:
    """Whether a range takes it with a q that Django rounds to 0."""
    offered = MediaType(form.content_type)
    ranges = [MediaType(one) for one in request.headers.get("Accept", "").split(",") if offered.match(one)]
    return any(one.quality == 0 and float(one.params["q"]) > 0 for one in ranges)


def not_acceptable(request: HttpRequest, forms: Sequence[Form]) -> HttpResponse:
    """406, with a list of what there is, for people and programs alike."""
    address = request.build_absolute_uri(request.path)
    lines = [f"{form.media_type}: {address}?{FORMAT}={form.name}" for form in forms]
    body = "\n".join(["There is none of the forms that were asked for. There are:", *lines, ""])
    response = HttpResponse(body, "text/plain; charset=utf-8", HTTPStatus.NOT_ACCEPTABLE)
    return varying(request, response, forms)


def varying(request: HttpRequest, response: HttpResponse, forms: Sequence[Form]) -> HttpResponse:
    """The response, saying that others would get another one, and where the other forms are."""
    patch_vary_headers(response, ["Accept"])
    address = request.build_absolute_uri(request.path)
    links = (f'<{address}?{FORMAT}={form.name}>; rel="alternate"; type="{form.media_type}"' for form in forms)
    response["Link"] = ", ".join(links)
    return response


def tagged(request: HttpRequest, response: HttpResponse, etag: str, *, is_public: bool) -> HttpResponse:
    """The response with that strong ETag, without quotation marks; 304 where the client has it already."""
    response["ETag"] = f'"{etag}"'
    patch_cache_control(response, no_cache=True, **({} if is_public else {"private": True}))
    return early(request, etag=response["ETag"], response=response) or response


def early(request: HttpRequest, *, etag: str, response: HttpResponse | None = None) -> HttpResponse | None:
    """304 or 412 where the conditions of a request to read say so, of what has a tag and no date (RFC 9110, 13).

    If-Match is compared strongly, so no weak tag fits, and "*" fits always; If-None-Match is compared weakly.
    """
    # "MUST ignore … if the resource does not have a modification date available" (13.1.4); Django answers 412.
    request.META.pop("HTTP_IF_UNMODIFIED_SINCE", None)
    found = get_conditional_response(request, etag=etag, response=response)
    return None if found is response else found
