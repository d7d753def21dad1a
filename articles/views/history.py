"""What was done to a quotation, an article or a speaker, in sentences, and bringing back an earlier version."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from .. import corrections
from ..corrections import Edit, values_after
from ..forms import without_controls
from ..models import Act, Article, Change, Quotation, Speaker
from ..telling import Told, of_many, told, would_be_told
from .access import corrects, reads
from .answering import version_seen
from .versions import Version, versions_of

SHOWN = 50
"""Entries on a page."""
SHOWN_OF_AN_ACT = 3
"""Quotations named of an act that changed more."""
MAY_RESTORE = {
    "quotation": "articles.correct_quotation",
    "article": "articles.change_article",
    "speaker": "articles.change_speaker",
}
"""{kind of record: the permission that restoring a version takes}."""


@dataclass(frozen=True)
class Entry:
    """What stands in the history of an article: an act with the quotations it changed, or a version that came in."""

    sentences: Sequence[str] = ()
    told: Sequence[Told] = ()
    others: int = 0
    """Quotations that the act changed as well, without their names."""
    version: Version | None = None

    @property
    def act(self) -> Act | None:
        return self.told[0].act if self.told else None

    @property
    def is_of_speakers(self) -> bool:
        """Whether it merged or split speakers, or undid that: taken back as one, not record by record."""
        return self.act is not None and self.act.is_of_two_speakers


@require_safe
@reads
def quotation_history(request: HttpRequest, uid: UUID) -> HttpResponse:
    quotation = get_object_or_404(Quotation.objects.in_visible_articles(), uid=uid)
    return _page_of_one(request, quotation, kind="quotation", article=quotation.article)


@require_safe
@reads
def speaker_history(request: HttpRequest, pk: int) -> HttpResponse:
    return _page_of_one(request, get_object_or_404(_to_be_seen(request, "speaker"), pk=pk), kind="speaker")


@require_safe
@reads
def article_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Of the article and of all its quotations, act by act, with the versions that came in; `by` is one person."""
    article = get_object_or_404(_to_be_seen(request, "article").with_outlet(), pk=pk)
    acts = Act.objects.that_changed_in(article)
    by = without_controls(request.GET.get("by", ""))
    versions = versions_of(article)
    in_turn = _in_turn(acts.of_author(by).moments(), [one for one in versions if by in ("", one.by)])
    shown = Paginator(in_turn, SHOWN).get_page(request.GET.get("page"))
    context = {
        "by": by,
        "people": sorted({*acts.authors(), *(one.by for one in versions if one.by)}),
        "entries": _entries(article, shown),
    }
    return _render(request, article, shown, kind="article", article=article, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@corrects
def restore(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """GET shows in sentences what it would change; POST makes the record as it was after the act that is named."""
    if kind not in MAY_RESTORE:
        raise Http404(f"There is no history of a {kind}.")
    if not request.user.has_perm(MAY_RESTORE[kind]):
        raise PermissionDenied
    record = get_object_or_404(_to_be_seen(request, kind), pk=pk)
    act = _act(request, record, kind)
    if request.method == "POST":
        return _restore(request, record, act)
    (would,) = would_be_told([Edit(record, record.version, values_after(record, act))])
    return render(request, "articles/restore.html", {"record": record, "kind": kind, "act": act, "would": would})


def _to_be_seen(request: HttpRequest, kind: str) -> Any:
    """Records whose history is to be had: what an editor has hidden, editors alone bring back."""
    if kind == "quotation":
        return Quotation.objects.in_visible_articles()
    records = Article.objects.all() if kind == "article" else Speaker.objects.all()
    return records if request.user.has_perm(MAY_RESTORE[kind]) else records.visible()


def _act(request: HttpRequest, record: Quotation | Article | Speaker, kind: str) -> Act | None:
    """The act after which the record was as it is to be again; None for before anybody changed it."""
    named = request.POST.get("act", request.GET.get("act", ""))
    if not named:
        return None
    if not named.isdecimal() or len(named) > 18:
        raise BadRequest("The form does not say which version.")
    return get_object_or_404(Act.objects.that_changed(kind, record.pk), pk=int(named))


def _restore(request: HttpRequest, record: Any, act: Act | None) -> HttpResponse:
    version = version_seen(request)
    try:
        restored = corrections.restore(record, act, by=cast(User, request.user), version=version)
    except corrections.Moved:
        why = _("Not restored: the words do not stand there any more, the article has another text.")
        messages.error(request, why)
    except corrections.StaleEdit:
        messages.error(request, _("Not restored: somebody changed it in the meantime. This is how it is now."))
    except (corrections.Gone, corrections.NameTaken) as refusal:
        messages.error(request, _("Not restored: %(why)s.") % {"why": refusal})
    else:
        messages.success(request, _("Restored.") if restored else _("It is like that already."))
    return redirect(record.get_history_url())


def _in_turn(
    acts: Iterable[tuple[datetime.datetime, int]], versions: Iterable[Version]
) -> list[tuple[datetime.datetime, int, Version | None]]:
    """Acts, by number, and versions, the last first."""
    came_in = [(version.came_in, 0, version) for version in versions]
    done = [(at, number, None) for at, number in acts]
    return sorted([*done, *came_in], key=lambda entry: entry[:2], reverse=True)


def _entries(article: Article, shown: Page[Any]) -> list[Entry]:
    """Those on `shown`, in its order, with a fixed number of queries."""
    acts = [number for _, number, version in shown.object_list if version is None]
    changes = Change.objects.in_article(article).for_telling().first_of_each(acts, most=SHOWN_OF_AN_ACT)
    by_act = {number: list(of_act) for number, of_act in groupby(told(changes), key=lambda one: one.act.pk)}
    return [
        Entry(version=version) if version else _entry(by_act[number])
        for _, number, version in shown.object_list
        if version or number in by_act
    ]


def _entry(of_act: Sequence[Told]) -> Entry:
    first, number = of_act[0], of_act[0].change.of_act  # type: ignore[attr-defined]
    sentences = first.sentences if number == 1 else [of_many(first.act, number)]
    return Entry(sentences, of_act, others=number - len(of_act))


def _page_of_one(request: HttpRequest, record: Quotation | Speaker, *, kind: str, **more: Any) -> HttpResponse:
    """The history of a record whose every entry is a change of itself."""
    changes = Change.objects.of_record(kind, record.pk).for_telling()
    shown = Paginator(changes, SHOWN).get_page(request.GET.get("page"))
    entries = [Entry(one.sentences, [one]) for one in told(shown.object_list)]
    was_made = bool(entries) and entries[-1].told[0].change.before is None
    return _render(request, record, shown, kind=kind, entries=entries, was_made=was_made, **more)


def _render(
    request: HttpRequest, record: Quotation | Article | Speaker, shown: Page[Any], *, kind: str, **more: Any
) -> HttpResponse:
    context = {
        "kind": kind,
        "record": record,
        "shown": shown,
        "can_restore": request.user.has_perm(MAY_RESTORE[kind]) and not getattr(record, "merged_into_id", None),
        "last_act": Change.objects.of_record(kind, record.pk).last_act(),
        **more,
    }
    return render(request, "articles/history.html", context)
