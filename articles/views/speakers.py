"""The authority file: who is quoted, and one page for each."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from .. import corrections
from ..asking import is_number
from ..candidates import candidates
from ..corrections import Edit
from ..forms import without_controls
from ..found import Found
from ..models import Quotation, Speaker
from ..profiles import profile_of
from ..querysets import QuotationQuerySet
from ..record_forms import SpeakerRecordForm
from ..roles import name_of
from .access import corrects, edits_speakers, reads
from .answering import on_quotation, version_seen
from .reading import page_context

LISTED = 50
"""Speakers on a page."""
QUOTED = 20
"""Quotations on a page."""
MOST_COUNTED = 1000
"""Quotations counted of each speaker in the list; of more it says so."""


@require_safe
@reads
def speaker_list(request: HttpRequest) -> HttpResponse:
    """Found by any name, in the order of the names; `behind` is the number of the last one seen."""
    typed = without_controls(request.GET.get("q", ""))[:200]
    speakers = Speaker.objects.visible().named_like(typed).by_name()
    behind = request.GET.get("behind", "")
    if is_number(behind):
        speakers = speakers.behind(int(behind))
    shown = list(speakers.with_counted(MOST_COUNTED).with_aliases()[: LISTED + 1])
    context = {
        "typed": typed,
        "speakers": shown[:LISTED],
        "next": shown[LISTED - 1].pk if len(shown) > LISTED else 0,
        "most_counted": MOST_COUNTED,
    }
    return render(request, "articles/speakers.html", context)


@require_safe
@reads
def speaker(request: HttpRequest, pk: int) -> HttpResponse:
    found = speaker_or_404(request, pk)
    if found.merged_into:
        return redirect(found.merged_into)
    said = Quotation.objects.said_by(found)
    page = Found(said, [], narrowed=True).page(
        size=QUOTED,
        below=request.GET.get("below", ""),
        above=request.GET.get("above", ""),
        fetch=QuotationQuerySet.with_where,
    )
    context = {
        "speaker": found,
        "profile": profile_of(found),
        "page": page,
        "said": f"{reverse('articles:quotations')}?speaker={found.pk}",
    }
    return render(request, "articles/speaker.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@edits_speakers
def edit_speaker(request: HttpRequest, pk: int) -> HttpResponse:
    found = speaker_or_404(request, pk)
    if request.method != "POST":
        return render(
            request, "articles/speaker_edit.html", {"speaker": found, "form": SpeakerRecordForm(instance=found)}
        )
    version = version_seen(request)
    stored = Speaker.objects.get(pk=pk)
    form = SpeakerRecordForm(request.POST, instance=found, version=version)
    if form.is_valid():
        try:
            edit = Edit(stored, version, form.values())
            act = corrections.edit([edit], by=cast(User, request.user))
        except corrections.StaleEdit:
            form.tell_apart(Speaker.objects.get(pk=pk))
        except corrections.NameTaken as taken:
            form.add_error("name", str(taken))
        else:
            messages.success(request, _("Saved.") if act else _("Nothing to change."))
            return redirect(stored)
    stored.refresh_from_db()
    return render(request, "articles/speaker_edit.html", {"speaker": stored, "form": form}, status=form.status)


@require_safe
@corrects
@on_quotation
def possible_speakers(request: HttpRequest, quotation: Quotation) -> HttpResponse:
    """Whom the name at a quotation without a speaker may mean, to choose from; without script in the whole page."""
    context = {
        "quotation": quotation,
        "article": quotation.article,
        "candidates": candidates(quotation),
        "name_at": name_of(quotation),
    }
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "articles/_candidates.html", context)
    context |= page_context(request, quotation.article) | {"opened": quotation.uid}
    return render(request, "articles/read.html", context)


def speaker_or_404(request: HttpRequest, pk: int) -> Speaker:
    """The speaker with that number; one that is hidden without having been merged, for editors alone."""
    found = get_object_or_404(Speaker.objects.for_page(), pk=pk)
    if found.is_hidden and not found.merged_into and not request.user.has_perm("articles.change_speaker"):
        return get_object_or_404(Speaker.objects.visible(), pk=pk)
    return found
