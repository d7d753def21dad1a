"""Programs that ask: by a token, and no more often than they may.

The API and the permalinks, which programs ask too, have this alike. It is apart from both, so that a page that knows
tokens does not load the API.
"""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest

from .limits import limiter
from .models import ApiToken

REALM = 'Bearer realm="Newsroom"'
SAFE = ("GET", "HEAD", "OPTIONS")


class TokenRefused(Exception):
    """The token is of no use, or not for this: `header` is what WWW-Authenticate says of it."""

    def __init__(self, status: HTTPStatus, header: str) -> None:
        super().__init__(status, header)
        self.status, self.header = status, header


def token_of(request: HttpRequest) -> str | None:
    """The secret that `request` bears, None where it bears none."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else None


def act_by_token(request: HttpRequest, secret: str, scope: ApiToken.Scope) -> ApiToken:
    """The token with that secret, counted; `request` is its person's from here on.

    Raises TokenRefused where it is not usable or has not got `scope`, and TooOften. What the person's role permits is
    for whoever calls to ask.
    """
    found = ApiToken.objects.with_secret(secret)
    if found is None or not found.is_usable or not found.user.is_active:
        count(request, f"address {address_of(request)}", anonymous=True)
        raise TokenRefused(HTTPStatus.UNAUTHORIZED, f'{REALM}, error="invalid_token"')
    count(request, f"token {found.pk}")
    ApiToken.objects.note_use(found)
    request.user = found.user
    if scope not in found.scope_list:
        header = f'{REALM}, error="insufficient_scope", scope="{scope.value}"'
        raise TokenRefused(HTTPStatus.FORBIDDEN, header)
    return found


def count(request: HttpRequest, caller: str, *, anonymous: bool = False) -> None:
    """Count the request of `caller`. Raises TooOften where they have asked too often."""
    is_read = request.method in SAFE
    most = settings.NEWSROOM_API_READS if is_read else settings.NEWSROOM_API_WRITES
    if anonymous:
        most = settings.NEWSROOM_API_ANONYMOUS
    limiter.spend(f"{caller} {'reads' if is_read else 'writes'}", most=most)


def address_of(request: HttpRequest) -> str:
    """The address at the other end; behind a proxy, the one that the proxy names last, as others can be invented."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.NEWSROOM_BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip()[:45] or request.META.get("REMOTE_ADDR", "")
