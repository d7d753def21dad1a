"""Where this Newsroom is."""

from __future__ import annotations

from django.http import HttpRequest


def site_of(request: HttpRequest) -> str:
    """The address that permalinks begin with, as the request has it: "https://newsroom.example"."""
    return request.build_absolute_uri("/").rstrip("/")
