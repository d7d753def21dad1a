"""What belongs to accounts, not to articles."""

from django.contrib.auth.views import PasswordChangeView
from django.contrib.messages.views import SuccessMessageMixin
from django.urls import reverse_lazy


class ChangeOwnPassword(SuccessMessageMixin, PasswordChangeView):
    """One's own password, for everybody who is signed in; the admin has its own page, for editors only."""

    template_name = "registration/own_password.html"
    success_url = reverse_lazy("articles:list")
    success_message = "Your password is changed."
