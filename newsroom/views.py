"""What belongs to accounts, not to articles, and what is answered where all else failed."""

import sys
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.views import defaults

from articles.api.problems import failed
from articles.outages import outage_of


class ChangeOwnPassword(PasswordChangeView):
    """One's own password, for everybody who is signed in; the admin has its own page, for editors only."""

    template_name = "registration/own_password.html"
    success_url = reverse_lazy("articles:list")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        messages.success(self.request, _("Your password is changed."))
        return super().form_valid(form)


def server_error(request: HttpRequest) -> HttpResponse:
    """For an error that nothing handled, of a middleware too: 503 where the database fails for a while, else 500.

    Called within the handling of the error, which is logged already. Programs get a problem, htmx the sentence alone.
    """
    error = sys.exc_info()[1]
    if request.path.startswith(reverse("articles:api_v1", args=[""])):
        return failed(error).response()
    outage = outage_of(error)
    if outage is None:
        return defaults.server_error(request)
    status, headers = HTTPStatus.SERVICE_UNAVAILABLE, {"Retry-After": str(outage.wait)}
    if "HX-Request" in request.headers:
        return HttpResponse(str(outage.sentence), "text/plain; charset=utf-8", status, headers=headers)
    page = render_to_string("503.html", {"outage": outage})
    return HttpResponse(page, status=status, headers=headers)
