"""What a correction is answered with: the parts of the page that it touched, or why nothing was written.

htmx gets parts; without script one goes back to the page, where a message says the same.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import wraps
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django_htmx.http import trigger_client_event

from ..forms import VersionForm
from ..models import Act, Article, Quotation
from ..rendering import ranges_of
from .access import View
from .reading import last_undoable, page_context, reading_context
from .searched import back_to

GONE = _("Not saved: the quotation is no longer there. A later run over the text did not find it again.")


@dataclass(frozen=True)
class Refusal:
    """What is told beside the card: why nothing was written, and what the person had wanted.

    `wanted` and `now` are the two versions in words. `typed` is the speaker's name in the form, which is shown open
    with it; None where another form was sent. `again` is what was sent, so that the person may insist on it.
    """

    sentence: str
    status: HTTPStatus
    wanted: str = ""
    now: str = ""
    typed: str | None = None
    again: dict[str, str] = field(default_factory=dict)

    @property
    def is_conflict(self) -> bool:
        """Whether somebody else was first: the person chooses between the two versions."""
        return self.status == HTTPStatus.CONFLICT and bool(self.wanted)

    @property
    def can_insist(self) -> bool:
        """Whether what was sent is kept beside the card; a name stands in its own form."""
        return self.typed is None and (self.is_conflict or bool(self.again))


NOT_SENT_AGAIN = {"csrfmiddlewaretoken", "version", "text"}


def version_seen(request: HttpRequest) -> int:
    """The version of the record that the form was made for. Raises BadRequest where it does not say."""
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise BadRequest("The form lacks the version it was made for.")
    return int(form.cleaned_data["version"])


def versions_named(forms: Iterable[str]) -> dict[str, int]:
    """The versions by the quotations' uids of "uid version" each. Raises BadRequest for what is written otherwise."""
    versions = {}
    for one in forms:
        named = re.fullmatch(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) ([0-9]{1,9})", one)
        if named is None:
            raise BadRequest("The form does not say which quotations.")
        versions[named[1]] = int(named[2])
    return versions


def following_seen(request: HttpRequest) -> tuple[str, int]:
    """The uid and version of the quotation that the person saw next. Raises BadRequest where the form has none."""
    [(uid, version)] = versions_named([request.POST.get("following", "")]).items()
    return uid, version


def sent(request: HttpRequest) -> dict[str, str]:
    """What the person wants, to be sent again with another version."""
    return {name: str(value) for name, value in request.POST.items() if name not in NOT_SENT_AGAIN}


def answer(
    request: HttpRequest,
    article: Article,
    quotations: Sequence[Quotation],
    sentence: str,
    *,
    act: Act | None = None,
    in_hand: Quotation | None = None,
) -> HttpResponse:
    """The toast with `sentence`, and an undo button for `act`, with the rows of the `quotations` that it changed.

    `in_hand` is the quotation to go on with: by default the first of them that is shown.
    """
    shown = in_hand or next((one for one in quotations if not one.is_hidden), None)
    if request.htmx:  # type: ignore[attr-defined]
        return parts(request, article, quotations, sentence, act=act, in_hand=shown)
    undoable = act and act == last_undoable(request, article)[0]
    messages.success(request, sentence, extra_tags=str(act.uid) if act and undoable else "")
    return back_to(request, shown or article)


def refuse(request: HttpRequest, quotation: Quotation, refusal: Refusal, *, whole: bool = False) -> HttpResponse:
    """The card as it is now, with `refusal` in it; without script what was sent comes back in the whole page."""
    context = {"refusal": refusal, "refused": quotation.uid}
    article = quotation.article
    if request.htmx:  # type: ignore[attr-defined]
        return parts(
            request,
            article,
            [quotation],
            refusal.sentence,
            more=context,
            status=refusal.status,
            whole=whole,
            in_hand=quotation,
        )
    if refusal.typed is not None or refusal.can_insist:
        context |= page_context(request, article)
        return render(request, "articles/read.html", context, status=refusal.status)
    messages.error(request, refusal.sentence)
    return back_to(request, quotation)


def refuse_in_article(request: HttpRequest, article: Article, sentence: str, *, status: HTTPStatus) -> HttpResponse:
    """About what concerns no quotation that is shown: only a toast, or a message on the page."""
    if request.htmx:  # type: ignore[attr-defined]
        return parts(request, article, [], sentence, status=status)
    messages.error(request, sentence)
    return back_to(request, article)


def on_quotation(view: Callable[[HttpRequest, Quotation], HttpResponse]) -> View:
    """For a view of the quotation that its address names; which article one that is gone was in, nothing tells."""

    @wraps(view)
    def found(request: HttpRequest, uid: UUID) -> HttpResponse:
        quotation = Quotation.objects.correctable().at(uid)
        if quotation is not None:
            return view(request, quotation)
        if not request.htmx:  # type: ignore[attr-defined]
            raise Http404(GONE)
        sentence = _("Not saved: the quotation is no longer there. Load the page again to see those that are.")
        context = {"sentence": sentence, "failed": True}
        return render(request, "articles/_toast.html", context, status=HTTPStatus.GONE)

    return found


def parts(
    request: HttpRequest,
    article: Article,
    quotations: Sequence[Quotation],
    sentence: str,
    *,
    act: Act | None = None,
    more: dict[str, object] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    whole: bool = False,
    in_hand: Quotation | None = None,
) -> HttpResponse:
    """For htmx: the toast, the progress, and the rows of `quotations`, as they are now and as they were before `act`.

    `whole`: the whole text, where a quotation is gone and all others have new numbers. So it is where the page shows
    a text that has been replaced.
    """
    whole = whole or _is_renewed(request, article)
    context = (page_context if whole else reading_context)(request, article, made=act) | (more or {})
    saved = status == HTTPStatus.OK
    now_and_before = [*_now_and_before(quotations, act)]
    context |= {
        "whole": whole,
        "rows": context["reading"].rows_touched([*_ranges_in_text(now_and_before)]),
        "gone": any(quotation.former_text_id for quotation in now_and_before),
        "sentence": sentence,
        "undoable": act if act and act == context["last_act"] else None,
        "failed": not saved,
    }
    response = render(request, "articles/_corrected.html", context, status=status)
    detail = {"quotation": str(in_hand.uid) if in_hand else "", "saved": saved}
    return trigger_client_event(response, "corrected", detail, after="settle")


def ranges_touched(quotations: Sequence[Quotation], act: Act | None) -> Iterator[tuple[int, int]]:
    """Where `quotations` are marked in the text, now and before `act`."""
    return _ranges_in_text(_now_and_before(quotations, act))


def _ranges_in_text(quotations: Iterable[Quotation]) -> Iterator[tuple[int, int]]:
    for quotation in quotations:
        if not quotation.former_text_id:
            yield from ranges_of(quotation)


def _now_and_before(quotations: Sequence[Quotation], act: Act | None) -> Iterator[Quotation]:
    yield from quotations
    if act is None:
        return
    changed = {change.quotation_id: change.before or {} for change in act.changes.all() if change.quotation_id}
    for quotation in quotations:
        if quotation.pk in changed:
            before = copy(quotation)
            for name, value in changed[quotation.pk].items():
                setattr(before, name, value)
            yield before


def _is_renewed(request: HttpRequest, article: Article) -> bool:
    """Whether the page in the browser shows another text than the article has now."""
    return request.POST.get("text", article.text_sha256) != article.text_sha256
