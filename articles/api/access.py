"""Who asks, and what they may: by a token, by the session's cookie, or without either where reading is public.

What a role may do in the browser, it may do here; a token may do less, as its scopes say. Whoever is known is counted
(`articles.limits`) before anything is looked up for them.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, NoReturn

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from .. import callers
from ..callers import REALM, SAFE, TokenRefused, act_by_token, address_of
from ..limits import TooOften
from ..models import ApiToken
from ..views.access import may_read
from .problems import Problem, too_often

Scope = ApiToken.Scope
PERMISSIONS = {Scope.IMPORT: "articles.import_articles", Scope.CORRECT: "articles.correct_quotation"}
"""What a scope takes of whoever uses it; the others take that one may read."""


class TokenAuth(HttpBearer):
    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self._scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken:
        try:
            found = act_by_token(request, token.strip(), self._scope)
        except TokenRefused as refused:
            headers = {"WWW-Authenticate": refused.header}
            if refused.status == HTTPStatus.UNAUTHORIZED:
                raise Problem("token-refused", headers=headers) from refused
            raise Problem("scope-missing", needed=self._scope.value, headers=headers) from refused
        except TooOften as refused:
            raise too_often(refused.wait) from refused
        refuse_unpermitted(found.user, self._scope)
        return found


class SessionAuth(APIKeyCookie):
    """The cookie of a browser that is signed in; who writes has to prove that the request is no forgery."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self, scope: Scope) -> None:
        super().__init__(csrf=False)
        self._scope = scope

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        if not request.user.is_authenticated:
            return None
        count(request, f"user {request.user.pk}")
        refuse_unpermitted(request.user, self._scope)
        self.before_csrf(request)
        if request.method not in SAFE and check_csrf(request) is not None:
            raise Problem("forgery")
        return request.user

    def before_csrf(self, request: HttpRequest) -> None:
        """For what has to be done before the body is read, in which the token is sought too."""


def public(request: HttpRequest) -> Any:
    """Nobody in particular reads where NEWSROOM_PUBLIC_READ is set. Raises Problem elsewhere."""
    if settings.NEWSROOM_PUBLIC_READ:
        count(request, f"address {address_of(request)}", anonymous=True)
        return request.user
    return nobody(request)


def nobody(request: HttpRequest) -> NoReturn:
    """The end of the line. Raises Problem."""
    count(request, f"address {address_of(request)}", anonymous=True)
    raise Problem("not-signed-in", headers={"WWW-Authenticate": REALM})


def reading() -> list[Callable[[HttpRequest], Any]]:
    return [TokenAuth(Scope.READ), SessionAuth(Scope.READ), public]


def writing(scope: Scope, *, session: type[SessionAuth] = SessionAuth) -> list[Callable[[HttpRequest], Any]]:
    return [TokenAuth(scope), session(scope), nobody]


def refuse_unpermitted(user: AbstractBaseUser | AnonymousUser, scope: Scope) -> None:
    """Raises Problem where the role of `user` does not permit what `scope` is for."""
    permission = PERMISSIONS.get(scope)
    permitted = user.has_perm(permission) if permission else may_read(user)  # type: ignore[union-attr]
    if not permitted:
        raise Problem("not-allowed")


def refuse_without(request: HttpRequest, permission: str) -> None:
    """Raises Problem where whoever asks has not got `permission`, as editors have."""
    if not request.user.has_perm(permission):
        raise Problem("not-allowed")


def count(request: HttpRequest, caller: str, *, anonymous: bool = False) -> None:
    """Count the request of `caller`. Raises Problem where they have asked too often."""
    try:
        callers.count(request, caller, anonymous=anonymous)
    except TooOften as refused:
        raise too_often(refused.wait) from refused
