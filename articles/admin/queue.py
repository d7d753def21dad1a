"""The queue for the workers, as `manage.py queue` shows it, and putting back on it what failed."""

from __future__ import annotations

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from .. import queue

# Procrastinate brings a page of its own, of jobs in its words, which this one takes the place of.
if queue.is_there():
    from procrastinate.contrib.django.models import ProcrastinateJob

    admin.site.unregister(ProcrastinateJob)


def queue_view(site: admin.AdminSite, request: HttpRequest) -> HttpResponse:
    """GET shows how it goes, or says why there is none; POST puts back what failed."""
    may_retry = request.user.has_perm("articles.change_article")
    if request.method == "POST":
        if not may_retry:
            raise PermissionDenied(_("Only who may change articles may put them on the queue."))
        return _retry(request)
    context = {**site.each_context(request), "title": _("Queue"), "may_retry": may_retry}
    try:
        context["glance"] = queue.glance()
    except queue.NoQueue as refusal:
        context["refusal"] = refusal
    request.current_app = site.name
    return TemplateResponse(request, "admin/queue.html", context)


def _retry(request: HttpRequest) -> HttpResponse:
    try:
        number = number_format(queue.retry(), force_grouping=True)
        messages.success(request, _("Put on the queue: %(number)s.") % {"number": number})
    except queue.NoQueue as refusal:
        messages.error(request, str(refusal))
    return redirect("admin:queue")
