"""Which version of a record whoever writes has seen."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse

from ..models import Versioned
from .problems import Problem

SEEN = re.compile(r'(?:W/)?"([0-9]{1,10})(?:\.[0-9a-f]+)?"')
"""A tag as `serving` gives it, or the version alone. Proxies that compress make tags weak ones."""


def seen(request: HttpRequest) -> int:
    """The version that If-Match names. Raises Problem where it does not say.

    "*" would be any version, so that nothing could be stale: it counts as none.
    """
    header = request.headers.get("If-Match", "").strip()
    if not header or header == "*":
        raise Problem("version-missing")
    found = SEEN.fullmatch(header)
    if not found:
        raise Problem("unreadable", 'If-Match is not one version, as "3".')
    return int(found[1])


def tag(response: HttpResponse, record: Versioned) -> None:
    """Say which version of `record` the answer has."""
    response["ETag"] = f'"{record.version}"'
