"""Bodies in JSON, before anything is made of them: in UTF-8, and each member of an object once."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest

from .problems import Problem

UTF_8 = ("utf-8", "utf8")


def refuse_other_types(request: HttpRequest, *, wanted: str) -> None:
    """Raises Problem, with what is `wanted`, where the body does not say that it is JSON, or says another charset."""
    charset = (request.content_params or {}).get("charset", UTF_8[0])
    if request.content_type != "application/json" or charset.lower() not in UTF_8:
        raise Problem("wrong-type", wanted)


def refuse_repeated(body: bytes) -> None:
    """Raises Problem where an object in it has a member twice: readers differ in which one counts.

    `body` is known to be JSON; how long its numbers are does not matter here.
    """
    json.loads(body.decode(), object_pairs_hook=_object, parse_int=str, parse_float=str)


def _object(members: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in members:
        if name in found:
            raise Problem("unreadable", f"“{name[:100]}” stands twice in one object.")
        found[name] = value
    return found
