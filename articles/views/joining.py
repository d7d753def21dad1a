"""Merging speakers, splitting one, taking that back, and the queue of those that may be one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import corrections
from ..forms import without_controls
from ..models import Act, PossibleDuplicate, Quotation, Speaker
from ..profiles import Side, side_of
from ..telling import NOUN
from .access import edits_speakers
from .answering import version_seen, versions_named

PAIRS = 10
"""Pairs of speakers on a page of the queue."""
MOST_TICKED = 100
"""Quotations to choose from on a page."""
MOST_AT_ONCE = 20_000
"""Quotations that are split off at once, of all that match."""

REFUSALS = (
    corrections.StaleEdit,
    corrections.Gone,
    corrections.NotJoinable,
    corrections.NotUndoable,
    corrections.NameTaken,
)


@require_http_methods(["GET", "HEAD", "POST"])
@edits_speakers
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """GET asks whom, by name or number, then shows both side by side; POST merges `other` into this speaker."""
    survivor = get_object_or_404(Speaker.objects.visible(), pk=pk)
    asked = request.POST if request.method == "POST" else request.GET
    name = without_controls(asked.get("name", ""))
    others = _others(survivor, asked.get("other", ""), name)
    if request.method == "POST":
        if len(others) != 1:
            raise BadRequest("The form does not say which two.")
        versions = version_seen(request), _number(request.POST.get("other_version", ""))
        return _done(
            request,
            "articles:duplicates" if request.POST.get("back") == "duplicates" else survivor,
            lambda: corrections.join(survivor, others[0], by=cast(User, request.user), versions=versions),
            _("Merged %(other)s into %(speaker)s.") % {"other": others[0], "speaker": survivor},
        )
    context = {"speaker": survivor, "others": others, "name": name, "back": request.GET.get("back", "")}
    if len(others) == 1:
        context["sides"] = _sides(survivor, others[0])
    return render(request, "articles/speaker_merge.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@edits_speakers
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows quotations and other names to choose from; POST gives the chosen ones to somebody else."""
    speaker = get_object_or_404(Speaker.objects.visible().with_aliases(), pk=pk)
    mention = without_controls((request.POST or request.GET).get("mention", ""))[:200]
    matching = Quotation.objects.said_by(speaker).newest_first().mentioned_as(mention)
    if request.method == "POST":
        return _split(request, speaker, matching)
    shown = list(matching.with_where()[: MOST_TICKED + 1])
    context = {"speaker": speaker, "mention": mention, "quotations": shown[:MOST_TICKED], "most": MOST_AT_ONCE}
    context["is_cut"] = len(shown) > MOST_TICKED
    return render(request, "articles/speaker_split.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@edits_speakers
def undo(request: HttpRequest, uid: UUID) -> HttpResponse:
    """GET asks; POST takes a merging or a splitting back, or does again what was taken back."""
    act = get_object_or_404(Act.objects.with_authors(), uid=uid)
    if not act.is_of_two_speakers:
        raise Http404
    speakers = list(Speaker.objects.changed_by(act))
    if request.method == "POST":
        taking = corrections.redo if act.is_redoable else corrections.undo
        done = _("Done again.") if act.is_redoable else _("Undone.")
        return _done(request, speakers[0], lambda: taking(act, by=cast(User, request.user)), done)
    number = act.changes.of_quotations().count()
    noun = NOUN[Act.Verb(act.first_undone.verb)]
    context = {"act": act, "speakers": speakers, "noun": noun, "number": number}
    return render(request, "articles/speaker_undo.html", context)


@require_safe
@edits_speakers
def duplicates(request: HttpRequest) -> HttpResponse:
    """The pairs to decide on, the most certain first; with `state=different` those told apart, the last first.

    With `pair` that one alone, as far as it is among them.
    """
    told_apart = request.GET.get("state") == "different"
    pairs = PossibleDuplicate.objects.told_apart() if told_apart else PossibleDuplicate.objects.open()
    if pair := request.GET.get("pair"):
        pairs = pairs.numbered(_number(pair))
    if behind := request.GET.get("behind"):
        pairs = pairs.behind(get_object_or_404(PossibleDuplicate, pk=_number(behind)), told_apart=told_apart)
    shown = list(pairs[: PAIRS + 1])
    context = {"pairs": shown[:PAIRS], "told_apart": told_apart, "next": shown[PAIRS - 1].pk if shown[PAIRS:] else 0}
    return render(request, "articles/duplicates.html", context)


@require_safe
@edits_speakers
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """The evidence for one pair, side by side: into the queue for htmx, else to the page that merges them."""
    pair = get_object_or_404(PossibleDuplicate.objects.with_speakers(), pk=pk)
    if not request.htmx:  # type: ignore[attr-defined]
        address = reverse("articles:merge_speakers", args=[pair.first_id])
        return redirect(f"{address}?other={pair.second_id}&back=duplicates")
    return render(request, "articles/_sides.html", {"sides": _sides(pair.first, pair.second)})


@require_POST
@edits_speakers
def tell_apart(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the two of a pair are not the same, or with `again` that they are to be offered again."""
    pair = get_object_or_404(PossibleDuplicate.objects.with_speakers(), pk=pk)
    by, queue = cast(User, request.user), reverse("articles:duplicates")
    if request.POST.get("again"):
        if not pair.is_different:
            raise BadRequest("They are not told apart.")
        pair.offer_again(by=by)
        said = _("%(pair)s are offered again.") % {"pair": pair}
        there, address = f"{queue}?pair={pair.pk}", f"{queue}?state=different"
    else:
        pair.tell_apart(by=by)
        said = _("%(pair)s are not the same: they are not offered again.") % {"pair": pair}
        there, address = f"{queue}?state=different&pair={pair.pk}", queue
    messages.success(request, format_html('{} <a href="{}">{}</a>', said, there, _("Take it back…")))
    return redirect(address)


def _sides(*speakers: Speaker) -> list[Side]:
    with_names = Speaker.objects.with_aliases().in_bulk([one.pk for one in speakers])
    return [side_of(with_names[one.pk]) for one in speakers]


def _split(request: HttpRequest, speaker: Speaker, matching: Any) -> HttpResponse:
    version = version_seen(request)
    name = without_controls(request.POST.get("name", ""))
    if request.POST.get("all"):
        found = list(matching[: MOST_AT_ONCE + 1])
        chosen = [(one, one.version) for one in found[:MOST_AT_ONCE]]
    else:
        versions = versions_named(request.POST.getlist("quotation")[:MOST_TICKED])
        chosen = [(one, versions[str(one.uid)]) for one in Quotation.objects.named(versions)]

    def part() -> Act:
        _other, act = corrections.part(
            speaker,
            to=name,
            quotations=chosen,
            aliases=request.POST.getlist("alias"),
            by=cast(User, request.user),
            version=version,
        )
        return act

    return _done(request, speaker, part, lambda act: _split_off(act, speaker))


def _split_off(act: Act, speaker: Speaker) -> str:
    """What is said, with a link to the one who was split off `speaker`."""
    other = next(one for one in Speaker.objects.changed_by(act) if one != speaker)
    link = {"speaker": '<a href="{}">{}</a>'}
    return format_html(_("Split off %(speaker)s.") % link, other.get_absolute_url(), other)


def _done(
    request: HttpRequest, page: Speaker | str, write: Callable[[], Act], done: str | Callable[[Act], str]
) -> HttpResponse:
    """To the page, which says what was done, with a way to take it back, or why it was not."""
    try:
        act = write()
    except REFUSALS as refusal:
        messages.error(request, _("Nothing was changed: %(why)s.") % {"why": refusal})
    else:
        address, said = reverse("articles:undo_speakers", args=[act.uid]), done(act) if callable(done) else done
        messages.success(request, format_html('{} <a href="{}">{}</a>', said, address, _("Take it back…")))
    return redirect(page)


def _others(survivor: Speaker, number: str, name: str) -> list[Speaker]:
    """The speakers that are meant, but for the survivor: one by number, or those who bear the name."""
    if number:
        return list(Speaker.objects.visible().numbered([_number(number)]))
    return [one for one in Speaker.objects.visible().called(name) if one != survivor] if name else []


def _number(written: str) -> int:
    """Raises BadRequest for what is no number of a record."""
    if not written.isdecimal() or len(written) > 18:
        raise BadRequest("The form does not say which two.")
    return int(written)
