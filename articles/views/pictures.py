"""Pictures: a page of them all, and each on its own as a part of that page, as a page, and as CSV."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from .. import facets, pictures
from ..pictures import Picture, Question
from .access import reads
from .listing import listing, render_facets

Words = str | Promise


@dataclass(frozen=True)
class Kind:
    """A kind of picture: its name in addresses, its heading, what it shows, and what may be chosen in it."""

    name: str
    title: Words
    about: Words
    draw: Callable[..., Picture]
    parameter: str = ""
    choices: tuple[tuple[str, Words], ...] = ()

    def chosen(self, parameters: QueryDict) -> str:
        """The choice that the address names, or the first; empty where there is none."""
        values = [value for value, _label in self.choices]
        named = parameters.get(self.parameter, "")
        return named if named in values else next(iter(values), "")


KINDS = (
    Kind(
        "over-time",
        _("Quotations over time"),
        _("How many quotations each month has."),
        pictures.over_time,
        "by",
        (("kind", _("By kind")), ("speaker", _("By speaker")), ("outlet", _("By outlet"))),
    ),
    Kind(
        "voices",
        _("Share of voice"),
        _("How much of what each outlet quotes is said by whom."),
        pictures.voices,
    ),
    Kind(
        "company",
        _("Who is quoted with whom"),
        _("In how many articles two speakers are both quoted."),
        pictures.company,
    ),
    Kind(
        "lengths",
        _("Length of quotations"),
        _("How many quotations have how many words."),
        pictures.lengths,
    ),
    Kind(
        "settled",
        _("Settled and unsettled"),
        _("How many quotations are accepted, rejected, or still suggestions."),
        pictures.settled,
        "settled",
        (("month", _("Over time")), ("outlet", _("By outlet"))),
    ),
)


@require_safe
@reads
def all_pictures(request: HttpRequest) -> HttpResponse:
    question = Question(request.GET)
    context = listing(request, question.asked) | {
        "kinds": KINDS,
        "number": question.found.number,
        "parameters": _parameters(request, question),
    }
    return render(request, "articles/pictures.html", context)


@require_safe
@reads
def picture_facets(request: HttpRequest) -> HttpResponse:
    question = Question(request.GET)
    spread = facets.of_quotations(question.found, request.GET)
    return render_facets(request, spread, reverse("articles:pictures"), question.asked)


@require_safe
@reads
def picture(request: HttpRequest, name: str) -> HttpResponse:
    kind, question = _kind(name), Question(request.GET)
    is_part = bool(request.htmx)  # type: ignore[attr-defined]
    page = reverse("articles:pictures") if is_part else request.path
    context = listing(request, question.asked) | {
        "kind": kind,
        "picture": _draw(kind, request, question),
        "choices": _choices_of(kind, request, question, page=page, place=f"#{name}" if is_part else ""),
        "parameters": _parameters(request, question),
        "is_part": is_part,
    }
    response = render(request, "articles/_picture.html" if is_part else "articles/picture.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@reads
def picture_as_csv(request: HttpRequest, name: str) -> HttpResponse:
    """In UTF-8 with a mark in front, without which spreadsheets take it for something else."""
    kind, question = _kind(name), Question(request.GET)
    attached = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8", headers=attached)
    csv.writer(response).writerows(_draw(kind, request, question).lines())
    return response


def _kind(name: str) -> Kind:
    found = next((kind for kind in KINDS if kind.name == name), None)
    if found is None:
        raise Http404
    return found


def _draw(kind: Kind, request: HttpRequest, question: Question) -> Picture:
    return kind.draw(question, kind.chosen(request.GET)) if kind.choices else kind.draw(question)


def _choices(request: HttpRequest) -> dict[str, str]:
    """What is chosen in the pictures, as far as the address says so."""
    return {kind.parameter: kind.chosen(request.GET) for kind in KINDS if kind.parameter in request.GET}


def _parameters(request: HttpRequest, question: Question) -> str:
    """Of the address of each picture: what is asked for and what is chosen, without what was not understood."""
    parameters = question.parameters.copy()
    parameters.update(_choices(request))
    return parameters.urlencode()


def _choices_of(
    kind: Kind, request: HttpRequest, question: Question, *, page: str, place: str
) -> list[dict[str, Any]]:
    chosen = kind.chosen(request.GET)
    made = []
    for value, label in kind.choices:
        parameters = question.parameters.copy()
        parameters.update(_choices(request))
        parameters[kind.parameter] = value
        address = f"{page}?{parameters.urlencode()}{place}"
        made.append({"label": label, "address": address, "is_chosen": value == chosen})
    return made
