"""How what was found is spread over outlets, speakers, kinds, states, stories, months: each value leads to its part.

Counted in a fair sample where there is more than SAMPLE; the numbers are multiplied then, and say so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from . import finding
from .asking import Asked, is_number, search_of
from .found import Found, Number
from .models import Article, Quotation
from .months import UNDATED, month_in_words
from .querysets.names import names

SAMPLE = 500
"""Articles, or quotations, that are counted."""
EACH_SPOKEN = 3
"""Of so many articles in a sample the quotations of one are counted: there are a dozen in each."""
SPOKEN = ("speaker", "kind", "state")
MOST_VALUES = 8
"""Of one facet; of months as many years."""
MOST_MONTHS = 96

LABELS: dict[str, str | Promise] = {
    "outlet": _("Outlet"),
    "speaker": _("Speaker"),
    "kind": _("Kind"),
    "state": pgettext_lazy("of a quotation", "State"),
    "story": _("Story"),
    "reviewed": pgettext_lazy("of an article", "Reviewed"),
    "month": _("Month"),
}
NOBODY = pgettext_lazy("speaker of a quotation", "nobody known")
NO_OUTLET = _("no outlet")
ANSWERS = {"yes": pgettext_lazy("reviewed", "yes"), "no": pgettext_lazy("reviewed", "not yet")}

Counts = dict[str, Counter[Any]]
Naming = Mapping[str, Callable[[str], str | Promise]]


@dataclass(frozen=True)
class Value:
    """One value of a facet: how many have it, and the search with it added, or taken away where it was chosen."""

    key: str
    label: str
    number: Number | None
    is_chosen: bool
    search: str
    share: int = 0
    """Per cent of the most frequent one: the length of its bar."""

    @property
    def rest(self) -> int:
        return 100 - self.share


@dataclass(frozen=True)
class Facet:
    name: str
    label: str | Promise
    values: list[Value]


def of_articles(found: Found[Article], asked: Asked, parameters: QueryDict) -> list[Facet]:
    """How the articles found are spread; speakers, kinds and states by those of the quotations that are sought."""
    rows, each = found.sample(SAMPLE)
    counts: Counts = defaultdict(Counter)
    numbers = []
    for pk, outlet, story, reviewer, dated in rows.values_list("pk", "outlet", "story", "reviewed_by", "dated"):
        numbers.append(pk)
        _count(counts, outlet=outlet, story=story, reviewed=reviewer, dated=dated)
    spoken = EACH_SPOKEN if len(numbers) > SAMPLE // EACH_SPOKEN else 1
    said = finding.said_in(numbers[::spoken], asked)
    for name, values in said.spread().items():
        for value, _article in values:
            counts[name][value] += 1
    return _facets(counts, {name: each * (spoken if name in SPOKEN else 1) for name in LABELS}, parameters)


def of_quotations(found: Found[Quotation], parameters: QueryDict) -> list[Facet]:
    """How the quotations found are spread."""
    rows, each = found.sample(SAMPLE)
    counts: Counts = defaultdict(Counter)
    fields = ("outlet", "speaker", "kind", "state", "article__story", "article__reviewed_by", "dated")
    for outlet, speaker, kind, state, story, reviewer, dated in rows.values_list(*fields):
        _count(counts, outlet=outlet, story=story, reviewed=reviewer, dated=dated)
        counts["speaker"][speaker or 0] += 1
        counts["kind"][kind] += 1
        counts["state"][state] += 1
    return _facets(counts, dict.fromkeys(LABELS, each), parameters)


def _count(counts: Counts, *, outlet: int | None, story: int | None, reviewed: int | None, dated: Any) -> None:
    counts["outlet"][outlet or 0] += 1
    if story:
        counts["story"][story] += 1
    counts["reviewed"]["yes" if reviewed else "no"] += 1
    counts["month"]["undated" if dated == UNDATED else f"{dated:%Y-%m}"] += 1


def _facets(counts: Counts, each: Mapping[str, float], parameters: QueryDict) -> list[Facet]:
    chosen = {name: set(parameters.getlist(name)) for name in LABELS}
    top = {name: _shown(name, counts[name], chosen[name]) for name in LABELS}
    naming = names_of(
        outlets=[int(key) for key in top["outlet"] if is_number(key)],
        speakers=[int(key) for key in top["speaker"] if is_number(key)],
        stories=[int(key) for key in top["story"] if is_number(key)],
    )
    facets = []
    for name, label in LABELS.items():
        numbers = {str(key): Number.estimated(number, each[name]) for key, number in counts[name].items()}
        most = max((number.value for number in numbers.values()), default=1)
        values = [
            Value(
                key,
                str(naming[name](key)),
                numbers.get(key),
                key in chosen[name],
                _toggled(parameters, name, key),
                share=round(100 * numbers[key].value / most) if key in numbers else 0,
            )
            for key in top[name]
        ]
        facets.append(Facet(name, label, values))
    return [facet for facet in facets if len(facet.values) > 1 or any(value.is_chosen for value in facet.values)]


def _shown(name: str, counted: Counter[Any], chosen: Iterable[str]) -> list[str]:
    """The keys to show: those chosen and the most frequent ones; months in their order."""
    if name == "month":
        newest = sorted({*map(str, counted), *chosen} - {"undated"})[-MOST_MONTHS:]
        return [*newest, *({"undated"} & {*map(str, counted), *chosen})]
    frequent = [str(key) for key, _ in sorted(counted.items(), key=lambda one: (-one[1], str(one[0])))]
    return list(dict.fromkeys([*sorted(chosen), *frequent[:MOST_VALUES]]))


def names_of(*, outlets: Collection[int], speakers: Collection[int], stories: Collection[int]) -> Naming:
    """{facet: what makes of a key what is shown}, with the names fetched in one query."""
    known = names(outlets=outlets, speakers=speakers, stories=stories)
    fixed = {"kind": dict(Quotation.Kind.choices), "state": dict(Quotation.State.choices), "reviewed": ANSWERS}
    none = {"outlet": NO_OUTLET, "speaker": NOBODY}

    def named(name: str) -> Callable[[str], str | Promise]:
        if name in known:
            return lambda key: (
                none[name]
                if key == "0" and name in none
                else known[name].get(int(key) if is_number(key) else 0, f"#{key}")
            )
        return month_in_words if name == "month" else lambda key: fixed[name].get(key, key)

    return {name: named(name) for name in LABELS}


def _toggled(parameters: QueryDict, name: str, key: str) -> str:
    """The query of an address with that value added to the search, or taken away."""
    search = search_of(parameters)
    values = search.getlist(name)
    search.setlist(name, [value for value in values if value != key] if key in values else [*values, key])
    return search.urlencode()
