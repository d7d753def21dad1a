"""What belongs to accounts, not to articles."""

from django.contrib import messages
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _


class ChangeOwnPassword(PasswordChangeView):
    """One's own password, for everybody who is signed in; the admin has its own page, for editors only."""

    template_name = "registration/own_password.html"
    success_url = reverse_lazy("articles:list")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        messages.success(self.request, _("Your password is changed."))
        return super().form_valid(form)
