"""Pictures: a page of them all, and each on its own as a part of that page, as a page, and as CSV."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
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
    """A kind of picture: its name in addresses, its heading, what it shows, and what may be chosen in it.

    A choice stands in the address as one of the words of `show`: "by-speaker,settled-outlet".
    """

    name: str
    title: Words
    about: Words
    draw: Callable[..., Picture]
    choice: str = ""
    choices: tuple[tuple[str, Words], ...] = ()

    def chosen(self, shown: list[str]) -> str:
        """What of the choices is among the words of `show`, or else the first; empty where there are none."""
        values = [value for value, _label in self.choices]
        return next((value for value in values if f"{self.choice}-{value}" in shown), next(iter(values), ""))

    @property
    def words(self) -> list[str]:
        return [f"{self.choice}-{value}" for value, _label in self.choices]


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
    context = listing(request, question.asked, "pictures") | {
        "kinds": KINDS,
        "number": question.found.number,
        "parameters": _parameters(question, _shown(request)),
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
    """As a page of its own, which needs no script; for htmx the part of the page of them all."""
    kind, question, shown = _kind(name), Question(request.GET), _shown(request)
    is_part = bool(request.htmx)  # type: ignore[attr-defined]
    page = reverse("articles:pictures") if is_part else request.path
    context = {
        "kind": kind,
        "picture": _draw(kind, request, question),
        "choices": _choices_of(kind, shown, question, page=page, place=f"#{name}" if is_part else ""),
        "parameters": _parameters(question, shown),
        "is_part": is_part,
    }
    if is_part:
        response = render(request, "articles/_picture.html", context)
    else:
        response = render(request, "articles/picture.html", listing(request, question.asked, "pictures") | context)
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
    return kind.draw(question, kind.chosen(_shown(request))) if kind.choices else kind.draw(question)


def _shown(request: HttpRequest) -> list[str]:
    """What is chosen in the pictures, as far as the address says so."""
    known = {word for kind in KINDS for word in kind.words}
    return [word for word in request.GET.get("show", "").split(",") if word in known]


def _parameters(question: Question, shown: list[str]) -> str:
    """Of the address of each picture: what is asked for, and what is chosen in them."""
    parameters = question.parameters.copy()
    if shown:
        parameters["show"] = ",".join(shown)
    return parameters.urlencode(safe=",")


def _choices_of(kind: Kind, shown: list[str], question: Question, *, page: str, place: str) -> list[dict[str, Any]]:
    """The choices with their addresses, which keep what is chosen in other pictures."""
    others = [word for word in shown if word not in kind.words]
    made = []
    for word, (value, label) in zip(kind.words, kind.choices, strict=True):
        address = f"{page}?{_parameters(question, [*others, word])}{place}"
        made.append({"label": label, "address": address, "is_chosen": value == kind.chosen(shown)})
    return made
