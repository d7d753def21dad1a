"""Errors of the API, all as RFC 9457 has them: application/problem+json with type, title, status and detail.

The type is the address of a paragraph of the reference page; what else a problem tells is in members of its own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse

from ..outages import outage_of

MEDIA_TYPE = "application/problem+json"
REFERENCE = "/api/"
"""The page that explains them."""


@dataclass(frozen=True)
class Kind:
    status: int
    title: str
    meaning: str


KINDS = {
    "unreadable": Kind(400, "Unreadable request", "The body is no JSON, or a header is not what it should be."),
    "not-signed-in": Kind(401, "Not signed in", "Send a token: Authorization: Bearer nr_…"),
    "token-refused": Kind(
        401, "Token refused", "It is unknown, has expired or was revoked, or its account is closed."
    ),
    "scope-missing": Kind(403, "Scope missing", "The token was not made for this; needed says which scope it takes."),
    "not-allowed": Kind(403, "Not allowed", "The role of whoever asks does not permit it."),
    "forgery": Kind(403, "No CSRF token", "Whoever writes by the session’s cookie sends X-CSRFToken too."),
    "not-found": Kind(404, "Not found", "There is no such record, or none that you may know of."),
    "wrong-method": Kind(405, "Wrong method", "Allow says which methods this address has."),
    "ambiguous-speaker": Kind(
        409, "Ambiguous speaker", "Several bear the name: choices are they. Send one as it is shown."
    ),
    "name-taken": Kind(409, "Name taken", "Another speaker or outlet bears the name."),
    "moved": Kind(409, "Moved", "The words do not stand there any more: the article has another text by now."),
    "text-taken": Kind(409, "Text taken", "Another article has that text."),
    "not-undoable": Kind(409, "Not undoable", "It is undone already, or what it wrote has been written again since."),
    "not-joinable": Kind(409, "Not joinable", "The speakers cannot be merged or split like that; detail says why."),
    "ended": Kind(409, "Ended", "The import or export has ended, so there is nothing to cancel."),
    "not-ready": Kind(409, "Not ready", "The file is not whole yet; the export says how far it is."),
    "gone": Kind(410, "Gone", "The quotation is no longer there: a later run over the text did not find it again."),
    "stale": Kind(
        412,
        "Stale",
        "The version you sent is not the current one: somebody changed it after you read it, or it never was one. "
        "Nothing was written: wanted is what you sent, current what is there.",
    ),
    "too-large": Kind(413, "Too large", "The body has more bytes than one request, or one import, may have."),
    "wrong-type": Kind(415, "Wrong type", "The body’s Content-Type is none that is read here."),
    "range": Kind(416, "No such range", "The file has not so many bytes; Content-Range says how many."),
    "invalid": Kind(422, "Invalid", "Some values are not allowed; see errors, each with its pointer or parameter."),
    "version-missing": Kind(
        428, "Version missing", 'Say which version you saw: If-Match: "3", as ETag or version gave it.'
    ),
    "too-often": Kind(429, "Too often", "Retry-After says in how many seconds to ask again."),
    "fault": Kind(500, "Fault", "Something failed here. It is in the server’s log; nothing was written."),
    "unavailable": Kind(
        503,
        "Unavailable",
        "The database is busy, slow, full, closed to changes or gone: detail says which, Retry-After when to ask.",
    ),
}


class Problem(Exception):
    """An answer that is no success. Raised anywhere below `serving`, which sends it."""

    def __init__(
        self, kind: str, detail: object = "", *, headers: Mapping[str, str] | None = None, **more: Any
    ) -> None:
        super().__init__(kind, str(detail))
        self.kind, self.detail, self.headers, self.more = kind, str(detail), headers or {}, more

    def response(self) -> HttpResponse:
        kind = KINDS[self.kind]
        body = {
            "type": f"{REFERENCE}#{self.kind}",
            "title": kind.title,
            "status": kind.status,
            "detail": self.detail or kind.meaning,
            **self.more,
        }
        content = json.dumps(body, cls=DjangoJSONEncoder, ensure_ascii=False)
        return HttpResponse(content, status=kind.status, content_type=MEDIA_TYPE, headers=dict(self.headers))


def invalid(*errors: Mapping[str, str]) -> Problem:
    """What was sent makes no sense; each error has `detail` and either `pointer` or `parameter`."""
    return Problem("invalid", errors=[dict(error) for error in errors])


def wrong(pointer: str, detail: object) -> Problem:
    """One member of the body makes no sense; `pointer` as "/spans/0"."""
    return invalid({"detail": str(detail), "pointer": f"#{pointer}"})


def wrong_parameter(name: str, detail: object) -> Problem:
    return invalid({"detail": str(detail), "parameter": name})


def failed(error: BaseException | None) -> Problem:
    """What whoever asked is told of an error that is not theirs."""
    if outage := outage_of(error):
        return Problem("unavailable", outage.sentence, headers={"Retry-After": str(outage.wait)})
    return Problem("fault")


def too_often(wait: int, detail: object = "") -> Problem:
    """Whoever asks may do so again in `wait` seconds."""
    return Problem("too-often", detail, headers={"Retry-After": str(wait)})
