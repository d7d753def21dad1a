"""Which version of a record whoever writes has seen."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse

from ..models import Versioned
from .problems import Problem

TAG = r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"'
TAGS = re.compile(rf"[\s,]*{TAG}(?:\s*,[\s,]*{TAG})*[\s,]*")
"""A list of tags (RFC 9110, 13.1.1), one or more; an empty member of it counts for nothing."""
SEEN = re.compile(r'(?:W/)?"([0-9]{1,10})(?:\.[0-9a-f]+)?"')
"""A tag as `serving` gives it, or the version alone. Proxies that compress make tags weak ones."""


def seen(request: HttpRequest, record: Versioned) -> int:
    """The version that If-Match names: of several the one that `record` has, if that is among them.

    Raises Problem where it does not say. "*" would be any version, so that nothing could be stale: it counts as none.
    """
    header = request.headers.get("If-Match", "").strip()
    if not header or header == "*":
        raise Problem("version-missing")
    tags = re.findall(TAG, header) if TAGS.fullmatch(header) else []
    versions = [int(found[1]) for tag in tags if (found := SEEN.fullmatch(tag))]
    if not versions:
        raise Problem("unreadable", 'If-Match names no version, as "3".')
    return record.version if record.version in versions else max(versions)


def tag(response: HttpResponse, record: Versioned) -> None:
    """Say which version of `record` the answer has."""
    response["ETag"] = f'"{record.version}"'
