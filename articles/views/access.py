"""Who may see and who may correct. Each view says which by one decorator."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect

from ..callers import REALM, TokenRefused, act_by_token, token_of
from ..limits import TooOften
from ..models import ApiToken

View = Callable[..., HttpResponseBase]


def reads(view: View) -> View:
    """For viewers and up; for everybody where NEWSROOM_PUBLIC_READ is set."""
    return _guarded(view, lambda request: may_read(request.user))


def reads_too_as_program(wants_page: Callable[[HttpRequest], bool]) -> Callable[[View], View]:
    """As `reads`, also by a token of the API with the scope “read”.

    Whoever wants no page is told in a line of text what is missing, and not led to the sign-in page or shown another.
    """

    def guard(view: View) -> View:
        by_session = reads(view)

        @login_not_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            secret = token_of(request)
            if secret is not None:
                refusal = _refused_token(request, secret)
                if refusal is not None:
                    return refusal
            elif not (may_read(request.user) or request.user.is_authenticated or wants_page(request)):
                header = {"WWW-Authenticate": REALM}
                return _line(HTTPStatus.UNAUTHORIZED, "Send a token: Authorization: Bearer nr_…", header)
            try:
                return by_session(request, *args, **kwargs)
            except Http404:
                if wants_page(request):
                    raise
                said = "There is nothing at this address, or nothing that you may know of."
                return _line(HTTPStatus.NOT_FOUND, said, {})

        return guarded

    return guard


def _refused_token(request: HttpRequest, secret: str) -> HttpResponse | None:
    """What is answered to a token that may not read; None where it may, and `request` is its person's."""
    try:
        token = act_by_token(request, secret, ApiToken.Scope.READ)
    except TokenRefused as refused:
        said = "The token is unknown, has expired or was revoked."
        if refused.status == HTTPStatus.FORBIDDEN:
            said = "The token was made without the scope “read”."
        return _line(refused.status, said, {"WWW-Authenticate": refused.header})
    except TooOften as too_often:
        return _line(HTTPStatus.TOO_MANY_REQUESTS, "Too many requests.", {"Retry-After": str(too_often.wait)})
    if not may_read(token.user):
        return _line(HTTPStatus.FORBIDDEN, "The role of the token’s person does not permit reading.", {})
    return None


def _line(status: HTTPStatus, said: str, headers: dict[str, str]) -> HttpResponse:
    """An answer to a program, in English as all of them."""
    response = HttpResponse(f"{said}\n", "text/plain; charset=utf-8", status, headers=headers)
    patch_vary_headers(response, ["Accept", "Authorization"])
    return response


def may_read(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether `user` reads articles: viewers and up, and everybody where NEWSROOM_PUBLIC_READ is set."""
    return settings.NEWSROOM_PUBLIC_READ or user.has_perm("articles.view_article")  # type: ignore[union-attr]


def saves(view: View) -> View:
    """For whoever reads and is signed in."""
    return _guarded(view, lambda request: request.user.is_authenticated and may_read(request.user))


def corrects(view: View) -> View:
    """For analysts and up, always signed in."""
    return _guarded(view, lambda request: request.user.has_perm("articles.correct_quotation"))


def edits_articles(view: View) -> View:
    """For editors, always signed in."""
    return _guarded(view, lambda request: request.user.has_perm("articles.change_article"))


def edits_speakers(view: View) -> View:
    """For editors, always signed in."""
    return _guarded(view, lambda request: request.user.has_perm("articles.change_speaker"))


def imports(view: View) -> View:
    """For analysts and up, always signed in."""
    return _guarded(view, lambda request: request.user.has_perm("articles.import_articles"))


def manages_webhooks(view: View) -> View:
    """For editors, always signed in."""
    return _guarded(view, lambda request: request.user.has_perm("articles.manage_webhooks"))


def _guarded(view: View, allowed: Callable[[HttpRequest], bool]) -> View:
    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if allowed(request):
            return view(request, *args, **kwargs)
        if request.user.is_authenticated:
            raise PermissionDenied
        return _to_sign_in(request)

    return guarded


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page, and back to the page in the browser after it; htmx is told to leave the page for it."""
    if request.htmx:  # type: ignore[attr-defined]
        back = _page_of(request) or resolve_url(settings.LOGIN_REDIRECT_URL)
        return HttpResponseClientRedirect(redirect_to_login(back).url)
    back = request.get_full_path() if request.method == "GET" else resolve_url(settings.LOGIN_REDIRECT_URL)
    return redirect_to_login(back)


def _page_of(request: HttpRequest) -> str | None:
    """Path and query of the page in the browser, as htmx names it; None where the header is no address here."""
    try:
        return request.htmx.current_url_abs_path  # type: ignore[attr-defined, no-any-return]
    except ValueError:
        return None
