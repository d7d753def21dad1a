"""What pictures can be narrowed to, and what they are narrowed to, each with the address without it."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..models import Outlet, Quotation, Speaker
from ..pictures import Question

SHOWN_AS_FIELD = ("outlet", "kind", "state", "after", "before")


@dataclass(frozen=True)
class Select:
    """A field to choose one value from; several are only in an address, and stand there as `Chosen`."""

    name: str
    label: str
    any: str
    options: list[tuple[str, str, bool]]


@dataclass(frozen=True)
class Chosen:
    """A value that is asked for and that no field shows; `address` is that of the page without it."""

    name: str
    value: str
    label: str
    address: str


def narrowings(question: Question, *, page: str, kept: dict[str, str]) -> dict[str, Any]:
    """For the template: fields, what else is asked for, and what is sent along unseen (`kept`)."""
    parameters = question.parameters
    outlets = [(str(outlet.pk), outlet.name) for outlet in Outlet.objects.in_use()]
    labels = {("outlet", value): label for value, label in outlets}
    labels |= {("kind", str(value)): str(label) for value, label in Quotation.Kind.choices}
    labels |= {("state", str(value)): str(label) for value, label in Quotation.State.choices}
    labels |= {("speaker", value): label for value, label in _speakers(parameters.getlist("speaker"))}
    labels |= {("month", value): _month(value) for value in parameters.getlist("month")}
    selects = [
        _select(parameters, "outlet", _("Outlet"), _("All outlets"), outlets),
        _select(parameters, "kind", _("Kind"), _("All kinds"), Quotation.Kind.choices),
        _select(parameters, "state", _("State"), _("All but rejected"), Quotation.State.choices),
    ]
    chosen = [
        Chosen(name, value, labels.get((name, value), value), _without(parameters, name, value, page=page, kept=kept))
        for name, values in parameters.lists()
        for value in values
        if name not in SHOWN_AS_FIELD or len(values) > 1
    ]
    return {"selects": selects, "chosen": chosen, "kept": kept, "asked": parameters, "page_address": page}


def _select(parameters: QueryDict, name: str, label: str, anything: str, options: Any) -> Select:
    given = parameters.getlist(name)
    one = given[0] if len(given) == 1 else ""
    return Select(name, label, anything, [(value, str(words), value == one) for value, words in options])


def _without(parameters: QueryDict, name: str, value: str, *, page: str, kept: dict[str, str]) -> str:
    left = parameters.copy()
    left.setlist(name, [one for one in parameters.getlist(name) if one != value])
    left.update(kept)
    return f"{page}?{left.urlencode()}"


def _speakers(numbers: list[str]) -> list[tuple[str, str]]:
    found = Speaker.objects.in_bulk([int(number) for number in numbers]) if numbers else {}
    return [(str(number), str(speaker)) for number, speaker in found.items()]


def _month(value: str) -> str:
    first = parse_date(f"{value}-01") if value != "undated" else None
    return date_format(first, "F Y") if first else _("without a date")
