"""Django admin under the product's name, open to whoever holds the editor's permission."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from articles import queue

# Of one's own acts, shown on the first page.
RECENT_ACTS = 10


class NewsroomAdminSite(admin.AdminSite):
    site_header = "Newsroom"
    site_title = _("Newsroom admin")
    index_title = _("Articles, quotations, speakers and users")

    def has_permission(self, request: HttpRequest) -> bool:
        """Editors by their permission, so that the role alone decides; superusers always."""
        return request.user.is_active and request.user.has_perm("articles.use_admin")

    @method_decorator(never_cache)
    @login_not_required
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send strangers to the product's sign-in page; refuse those who are signed in without the permission.

        Every page of the admin leads here whom it does not admit.
        """
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied(gettext("The admin is for editors."))
        return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index"))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        from articles.admin.queue import queue_view  # not above: it registers with the site that is defined here

        show = self.admin_view(partial(queue_view, self))
        return [path("queue/", show, name="queue"), *super().get_urls()]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        acts = request.user.acts.select_related("article")  # type: ignore[union-attr, misc]
        recent = acts.defer("article__text")[:RECENT_ACTS]
        return super().index(request, {**(extra_context or {}), "recent_acts": recent, "has_queue": queue.is_there()})
