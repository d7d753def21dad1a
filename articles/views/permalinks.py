"""The permalink of a quotation: its page, the same for programs, and files that cite it."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from ..citing import STYLES, Reference, cited
from ..exports.plain_text import plain_text
from ..exports.quotation_annotations import annotation
from ..models import Quotation
from ..permalinks import may_go, past_of, proof_of, records_of
from ..rendering import passage
from .access import reads_too_as_program
from .negotiating import FORMAT, Form, not_acceptable, tagged, varying, wanted
from .searched import search_behind
from .site import site_of

PROFILE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
"""As the Web Annotation Protocol has it."""
PAGE = Form("html", "text/html; charset=utf-8")
PLAIN = Form("txt", "text/plain; charset=utf-8")
FORMS = (PAGE, Form("jsonld", PROFILE), Form("json", "application/json"), PLAIN)


def _wants_page(request: HttpRequest) -> bool:
    """Whether a person asks, in a browser: also for a form that the address names, as a link to it does."""
    return wanted(request, FORMS) is PAGE or (
        FORMAT in request.GET and PAGE.media_type in request.headers.get("Accept", "")
    )


@require_safe
@reads_too_as_program(_wants_page)
def quotation(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One quotation, in the form that is preferred. Taken out or merged, it still answers, and says so."""
    found = get_object_or_404(Quotation.objects.for_permalink(), uid=uid)
    form = wanted(request, FORMS)
    if form is None:
        return not_acceptable(request, FORMS)
    if form is PAGE:
        return varying(request, render(request, "articles/quotation.html", _page(request, found)), FORMS)
    written = _written(request, found, form).encode()
    response = varying(request, HttpResponse(written, form.content_type), FORMS)
    digest = hashlib.sha256(form.name.encode() + written).hexdigest()[:16]
    # The version of the quotation, and all else that is told: a speaker may be renamed, an article corrected.
    return tagged(request, response, f"{found.version}-{digest}", is_public=settings.NEWSROOM_PUBLIC_READ)


@require_safe
@reads_too_as_program(_wants_page)
def citation_file(request: HttpRequest, uid: UUID, suffix: str) -> HttpResponse:
    """For reference managers."""
    style = next((style for style in STYLES.values() if style.suffix == suffix), None)
    if style is None:
        raise Http404(f"No style of citation has files that end in .{suffix}.")
    found = get_object_or_404(Quotation.objects.for_permalink().shown(), uid=uid)
    written = str(cited(found, style, address=_address(request, found), today=localdate()))
    name = f"quotation-{str(found.uid)[:8]}.{suffix}"
    return HttpResponse(
        written, style.content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _address(request: HttpRequest, quotation: Quotation) -> str:
    return request.build_absolute_uri(quotation.permalink)


def _written(request: HttpRequest, quotation: Quotation, form: Form) -> str:
    place = site_of(request)
    of_quotation, of_article, of_speaker = records_of(quotation)
    if form is PLAIN:
        return plain_text(of_quotation, of_article, address=place, proof=proof_of(quotation).said)
    made = annotation(of_quotation, of_article, of_speaker, address=place)
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _page(request: HttpRequest, quotation: Quotation) -> dict[str, Any]:
    proof, past = proof_of(quotation), past_of(quotation)
    style = STYLES.get(request.GET.get("cite", ""), STYLES["plain"])
    citation = cited(quotation, style, address=_address(request, quotation), today=localdate())
    return {
        "quotation": quotation,
        "passage": passage(quotation) if proof.has_words else None,
        "proof": proof,
        "past": past,
        "may_go": may_go(quotation, past),
        "styles": STYLES.values(),
        "style": style,
        "citation": citation,
        "reference": citation if isinstance(citation, Reference) else None,
        "forms": FORMS[1:],
        "search": search_behind(request),
    }
