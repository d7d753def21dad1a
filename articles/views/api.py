"""For those who write programs: the reference of the API, and the tokens with which programs sign in."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ..api.reference import reference as described
from ..forms import TokenForm
from ..models import ApiToken
from .access import reads, saves

MOST_TOKENS = 20
"""Usable ones of one person: each has limits of its own."""
MADE, MADE_FOR = "made_token", 60
"""The cookie that carries a new secret over the redirect, and for how many seconds."""


@require_safe
@reads
def reference(request: HttpRequest) -> HttpResponse:
    """What the API's own description says, as a page."""
    return render(request, "articles/api.html", {"reference": described()})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@saves
def tokens(request: HttpRequest) -> HttpResponse:
    """One's tokens; POST makes one, and the page that it leads to is the only one that ever shows its secret."""
    user = cast(User, request.user)
    address = reverse("articles:tokens")
    form = TokenForm(request.POST if request.method == "POST" else None, user=user)
    context: dict[str, object] = {"form": form}
    is_refused = False
    secret = request.get_signed_cookie(MADE, default="", salt=_salt(user), max_age=MADE_FOR)
    if secret and request.method == "GET":
        context |= {"secret": secret, "made": ApiToken.objects.of_person(user).usable().with_secret(secret)}
    if request.method == "POST":
        if ApiToken.objects.of_person(user).usable().count() >= MOST_TOKENS:
            form.add_error(None, _("You have %(most)s tokens already. Revoke one first.") % {"most": MOST_TOKENS})
        is_refused = not form.is_valid()
        if not is_refused:
            return _shown_next(redirect(address), _made(user, form)[1], user)
    context["tokens"] = ApiToken.objects.of_person(user)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_refused else HTTPStatus.OK
    response = render(request, "articles/tokens.html", context, status=status)
    if MADE in request.COOKIES and request.method == "GET":
        response.delete_cookie(MADE, path=address, samesite="Strict")
    return response


def _shown_next(response: HttpResponse, secret: str, user: User) -> HttpResponse:
    """`response`, with `secret` for the page that it leads to."""
    # A redirect, so that reloading makes no second one; in a cookie, as the session would put it into the database.
    response.set_signed_cookie(
        MADE,
        secret,
        salt=_salt(user),
        max_age=MADE_FOR,
        path=reverse("articles:tokens"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def _salt(user: User) -> str:
    return f"{MADE} of {user.pk}"


def _made(user: User, form: TokenForm) -> tuple[ApiToken, str]:
    data = form.cleaned_data
    expires_at = timezone.now() + timedelta(days=data["days"])
    return ApiToken.make(user, name=data["name"], scopes=data["scopes"], expires_at=expires_at)


@require_http_methods(["GET", "HEAD", "POST"])
@saves
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """GET asks; POST revokes one of one's own."""
    token = get_object_or_404(ApiToken.objects.of_person(request.user), pk=pk)
    if request.method != "POST":
        return render(request, "articles/token_revoke.html", {"token": token})
    if ApiToken.objects.of_person(request.user).numbered([pk]).revoke():
        messages.success(request, _("Revoked. Whatever used it is refused from now on."))
    else:
        messages.error(request, _("It was revoked already."))
    return redirect("articles:tokens")
