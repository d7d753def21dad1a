"""The versions of an article: which there are, and the page of an earlier one, which can only be read."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from ..differing import TooLong, passages
from ..models import Article, Change, FormerText, Quotation
from ..rendering import read
from .access import reads


@dataclass(frozen=True)
class Version:
    """One text that an article has or had, numbered from 1 in the order in which they came in."""

    number: int
    came_in: datetime.datetime
    day: str
    """When it came in: the date, with the time where another version has the same date."""
    url: str
    by: str = ""
    """Who made it by correcting the one before; "" where it was imported."""
    note: str = ""
    """What was wrong with the one before, if somebody said so."""


@require_safe
@reads
def read_version(request: HttpRequest, pk: int, former: int) -> HttpResponse:
    found = get_object_or_404(FormerText.objects.readable(), pk=former, article=pk)
    article = found.article
    versions = versions_of(article)
    number = next(version.number for version in versions if version.url == found.get_absolute_url())
    following = article.former_texts.after(found).first()
    try:
        changed = passages(found.text, following.text if following else article.text)
    except TooLong:
        changed = None
    quotations = list(_as_they_stood(found, list(Quotation.objects.for_reading(article))))
    context = {
        "article": article,
        "former": found,
        "version": versions[number - 1],
        "next_version": versions[number],
        "versions": versions,
        "passages": changed,
        "reading": read(found, quotations, renamings=Change.objects.of_who_spoke_in(article)),
    }
    return render(request, "articles/version.html", context)


def versions_of(article: Article) -> list[Version]:
    """All versions of `article`, the present one last."""
    former = list(article.former_texts.without_texts())
    acts = [None, *(one.act for one in former)]
    imported = [*(one.imported_at for one in former), article.imported_at]
    came_in = [act.at if act else when for act, when in zip(acts, imported, strict=True)]
    urls = [*(one.get_absolute_url() for one in former), article.get_absolute_url()]
    days = Counter(localtime(when).date() for when in came_in)
    return [
        Version(
            number,
            when,
            _day(when, with_time=days[localtime(when).date()] > 1),
            url,
            by=act.by.get_username() if act else "",
            note=act.note if act else "",
        )
        for number, (when, url, act) in enumerate(zip(came_in, urls, acts, strict=True), start=1)
    ]


def _day(when: datetime.datetime, *, with_time: bool) -> str:
    day, time = (date_format(localtime(when), form) for form in ("DATE_FORMAT", "H:i:s"))
    return f"{day}, {time}" if with_time else day


def _as_they_stood(former: FormerText, quotations: Sequence[Quotation]) -> Iterator[Quotation]:
    """Copies of those of `quotations` that had a place in `former`, at that place, in the order of its text."""
    by_number = {quotation.pk: quotation for quotation in quotations}
    for anchor in sorted(former.anchors, key=lambda anchor: (anchor["spans"], anchor["quotation"])):
        if anchor["quotation"] in by_number:
            stood = copy(by_number[anchor["quotation"]])
            stood.former_text = None
            stood.set_spans(former.text, content=anchor["spans"], cue=anchor["cue"], mention=anchor["mention"])
            yield stood
