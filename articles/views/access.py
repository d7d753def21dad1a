"""Who may see and who may correct. Each view says which by one decorator."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django_htmx.http import HttpResponseClientRedirect

View = Callable[..., HttpResponseBase]


def reads(view: View) -> View:
    """For viewers and up; for everybody where NEWSROOM_PUBLIC_READ is set."""
    return _guarded(view, lambda request: may_read(request.user))


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
