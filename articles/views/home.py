"""Home: what came in, what waits, what changed; and the samples, for whoever begins with nothing."""

from __future__ import annotations

import uuid
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from .. import import_line, uploads
from ..asking import search_of
from ..home import PAIRS, SUGGESTIONS, at_home
from ..models import ImportRun
from .access import imports, reads

LONGEST_ADDRESS = 2_000
SAMPLES = settings.BASE_DIR / "samples"


@require_safe
@reads
def home(request: HttpRequest) -> HttpResponse:
    """Or on to the list, with the search of an address from before it moved."""
    if search := search_of(request.GET):
        return redirect(f"{reverse('articles:list')}?{search.urlencode()}"[:LONGEST_ADDRESS])
    context = {"home": at_home(request.user), "most_suggestions": SUGGESTIONS, "most_pairs": PAIRS}
    return render(request, "articles/home.html", context)


@require_POST
@imports
def bring_samples(request: HttpRequest) -> HttpResponse:
    """Put the samples into the line of imports, as if they had been chosen on the import page."""
    paths, uid = sorted(SAMPLES.glob("*.txt")), uuid.uuid4()
    try:
        uploads.take_copies(uid, paths)
    except OSError as error:
        why = _("The samples could not be copied (%(why)s). Tell whoever looks after the server.")
        messages.error(request, why % {"why": error.strerror})
        return redirect("articles:home")
    given = [path.name for path in paths]
    run = ImportRun(uid=uid, by=cast(User, request.user), given=given, inputs=uploads.number_of_inputs(given))
    if refusal := import_line.begin(run):
        uploads.remove(uid)
        messages.error(request, refusal.said)
        return redirect("articles:home")
    return redirect(run)
