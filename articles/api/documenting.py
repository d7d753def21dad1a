"""What operations have in common: who may, and how OpenAPI tells of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from .access import Scope, SessionAuth, reading, writing
from .problems import KINDS

READING = ("not-signed-in", "scope-missing", "too-often", "fault", "unavailable")
ONE = ("not-found",)
EVERYWHERE = ("token-refused", "not-allowed")
WRITING = (*READING, "forgery", "unreadable", "invalid", "not-found")
VERSIONED = (*WRITING, "stale", "version-missing")
ETAG = {
    "ETag": {
        "description": "Version and digest of the answer.",
        "schema": {"type": "string"},
        "example": '"3.9f86d081884c7d65"',
    }
}
_SEEN = r'(W/)?"[0-9]{1,9}(\.[0-9a-f]{1,64})?"'
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "description": "The version that you saw, as ETag or version gave it; of several, in a list, one has to fit.",
    "schema": {"type": "string", "pattern": f"^{_SEEN}(, {_SEEN})*$"},
    "example": '"3"',
}


def reads(
    summary: str, response: Any, *problems: str, scope: Scope = Scope.READ, parameters: Sequence[dict[str, Any]] = ()
) -> dict[str, Any]:
    """For an operation that reads."""
    extra = _extra(scope, 200, (*READING, *problems), parameters)
    extra["responses"][304] = {"description": "If-None-Match names the answer’s ETag."}
    auth = reading() if scope == Scope.READ else writing(scope)
    return {"summary": summary, "response": response, "auth": auth, "openapi_extra": extra}


def sends(summary: str, *problems: str, scope: Scope, types: Iterable[str]) -> dict[str, Any]:
    """For an operation that sends a file of one of these media types, or a range of it."""
    described = reads(summary, None, *problems, scope=scope)
    content = {one.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}} for one in types}
    answers = described["openapi_extra"]["responses"]
    answers[200] |= {"content": content}
    answers[206] = {"description": "The range that was asked for.", "content": content}
    return described


def corrects(
    summary: str, response: Any, *problems: str, status: int = 200, versioned: bool = True
) -> dict[str, Any]:
    """For an operation of the write path, by default one that names the version it saw."""
    common = VERSIONED if versioned else WRITING
    extra = _extra(Scope.CORRECT, status, (*common, *problems), [IF_MATCH] if versioned else [])
    auth = writing(Scope.CORRECT)
    return {
        "summary": summary,
        "response": {status: response},
        "auth": auth,
        "tags": ["Corrections"],
        "openapi_extra": extra,
    }


def begins(
    scope: Scope, summary: str, response: Any, *problems: str, session: type[SessionAuth] = SessionAuth, **extra: Any
) -> dict[str, Any]:
    """For an operation that begins or ends something which takes its time."""
    described = _extra(scope, 202, (*WRITING, *problems), []) | extra
    auth = writing(scope, session=session)
    return {"summary": summary, "response": {202: response}, "auth": auth, "openapi_extra": described}


def _extra(scope: Scope, status: int, problems: tuple[str, ...], parameters: Any) -> dict[str, Any]:
    statuses = {KINDS[problem].status for problem in problems}
    answers: dict[int, Any] = {one: {"$ref": f"#/components/responses/{one}"} for one in sorted(statuses)}
    answers[status] = {"headers": ETAG} if status == 200 else {}
    security = [{"token": [scope.value]}, {"session": []}]
    return {
        "responses": answers,
        "security": security,
        "parameters": [*parameters],
        "x-problems": [name for name in KINDS if name in (*problems, *EVERYWHERE)],
    }
