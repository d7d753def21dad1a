"""Webhooks: the list of them, one with what was sent last, adding, editing, switching, testing, sending again."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..models import Delivery, SavedSearch, Webhook
from ..webhook_forms import WebhookForm
from ..webhooks import delivering, events, signing
from .access import manages_webhooks
from .listing import chips_of, naming_of
from .site import site_of

MOST_SHOWN = 30
"""Deliveries on the page of a webhook."""


@require_safe
@manages_webhooks
def webhook_list(request: HttpRequest) -> HttpResponse:
    webhooks = Webhook.objects.kept().with_last()
    return render(request, "articles/webhooks.html", {"webhooks": webhooks, "removed": Webhook.objects.removed()})


@require_http_methods(["GET", "HEAD", "POST"])
@manages_webhooks
def add(request: HttpRequest) -> HttpResponse:
    form = WebhookForm(request.POST or None, searches=_searches(request))
    if not form.is_valid():
        return render(request, "articles/webhook_form.html", {"form": form}, status=422 if form.is_bound else 200)
    made = Webhook(by=cast(User, request.user), site=site_of(request))
    form.write(made)
    delivering.begin_here(made)
    made.save()
    messages.success(request, _("Added. It tells of what comes from now on."))
    return redirect(made)


@require_safe
@manages_webhooks
def webhook(request: HttpRequest, uid: UUID) -> HttpResponse:
    return render(request, "articles/webhook.html", _context(_kept(uid)))


@require_http_methods(["GET", "HEAD", "POST"])
@manages_webhooks
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    changed = _kept(uid)
    form = WebhookForm(request.POST or None, searches=_searches(request), webhook=changed)
    if not form.is_valid():
        context = {"form": form, "webhook": changed}
        return render(request, "articles/webhook_form.html", context, status=422 if form.is_bound else 200)
    form.write(changed)
    changed.site = site_of(request)
    changed.save(update_fields=["name", "url", "events", "query", "site"])
    messages.success(request, _("Saved."))
    return redirect(changed)


@require_POST
@manages_webhooks
def change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Switch on or off, remove, bring back, or give another secret, which makes it one's own."""
    changed = get_object_or_404(Webhook, uid=uid)
    act = request.POST.get("act", "")
    if act == "off":
        delivering.switch_off(changed, Webhook.Off.PERSON)
        said = _("Switched off. What comes meanwhile is kept for it.")
    elif act in ("on", "on_from_now"):
        delivering.switch_on(changed, from_now=act == "on_from_now")
        said = _("Switched on.")
    elif act in ("remove", "keep"):
        changed.is_removed = act == "remove"
        changed.save(update_fields=["is_removed"])
        said = _("Removed. Nothing is sent to it any more.") if changed.is_removed else _("Brought back.")
    elif act == "new_secret":
        changed.secret_number, changed.secret_changed_at = changed.secret_number + 1, timezone.now()
        changed.by = cast(User, request.user)
        changed.save(update_fields=["secret_number", "secret_changed_at", "by"])
        said = _("It has a new secret, and is yours; the old secret signs too for a day.")
    else:
        raise BadRequest("The form does not say what to change.")
    messages.success(request, said)
    return redirect("articles:webhooks" if changed.is_removed else changed)


@require_http_methods(["GET", "HEAD", "POST"])
@manages_webhooks
def send_test(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Send a message now that tells of nothing, and show what came of it; GET, as of a bookmark, leads back."""
    tested = _kept(uid)
    if request.method != "POST":
        return redirect(tested)
    return render(request, "articles/webhook.html", _context(tested) | {"tested": delivering.send_test(tested)})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@manages_webhooks
def secret(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Its page with the secret on it, for whose it is; GET leads back."""
    shown = _kept(uid)
    if request.method != "POST":
        return redirect(shown)
    if shown.by != request.user:
        raise PermissionDenied
    return render(request, "articles/webhook.html", _context(shown) | {"secret": signing.secret_of(shown)})


@require_safe
@manages_webhooks
def told(request: HttpRequest, uid: UUID, delivery: UUID) -> HttpResponse:
    """What a message tells of: put together anew, as it is whenever it is sent."""
    of = _kept(uid)
    shown = get_object_or_404(Delivery, webhook=of, uid=delivery)
    context = {"webhook": of, "delivery": shown, "events": events.told_in(of, shown)}
    return render(request, "articles/webhook_told.html", context)


@require_POST
@manages_webhooks
def send_again(request: HttpRequest, uid: UUID, delivery: UUID) -> HttpResponse:
    told = _kept(uid)
    again = get_object_or_404(Delivery, webhook=told, uid=delivery)
    if again.is_open and not told.is_active:
        messages.error(request, _("Nothing was sent: switch it on first."))
    elif not delivering.send_again(told, again):
        messages.error(request, _("It is being sent at this moment."))
    else:
        again.refresh_from_db()
        tell = messages.error if again.outcome in FAILED else messages.success
        tell(request, _("Sent again: %(outcome)s.") % {"outcome": again.get_outcome_display()})
    return redirect(told)


FAILED = (Delivery.Outcome.REFUSED, Delivery.Outcome.UNREACHED, Delivery.Outcome.FORBIDDEN)


def _kept(uid: UUID) -> Webhook:
    return get_object_or_404(Webhook.objects.kept().with_last(), uid=uid)


def _searches(request: HttpRequest) -> list[SavedSearch]:
    return list(SavedSearch.objects.open_to(request.user).of_quotations())


def _context(shown: Webhook) -> dict[str, Any]:
    deliveries = Delivery.objects.last_of(shown, MOST_SHOWN)
    chips = list(chips_of(shown.parameters, naming_of([shown.parameters]))) if shown.query else []
    return {"webhook": shown, "deliveries": deliveries, "chips": chips, "q": shown.parameters.get("q", "")}
