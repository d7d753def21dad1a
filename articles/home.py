"""What the home page tells: what came in, what waits, what changed, and what its reader works on.

All of it is bounded: the newest few rows of an index each, whatever is stored, in a fixed number of queries.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, DateField, QuerySet, Value
from django.db.models.expressions import Combinable
from django.utils import timezone

from .models import (
    Act,
    Article,
    Change,
    ImportRun,
    Outlet,
    PossibleDuplicate,
    Presence,
    Quotation,
    SavedSearch,
    Speaker,
    Webhook,
)
from .querysets.unions import for_union
from .telling import Told, of_many, told

SHOWN = 5
"""Articles, or lines about changes, of each kind."""
RUNS = 4
"""Imports shown; those that wait or have stopped are looked for among three times as many."""
SUGGESTIONS = 1_000
"""Suggestions that are counted; of more it says so."""
PAIRS = 100
"""Pairs of speakers to decide on that are counted, for whoever may."""
ACTS = 300
"""The newest acts: of the reader, for the articles they work on; of all, for what changed since yesterday."""
TOLD = 3
"""Changes of an act that are looked at, to tell of one."""

Person = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True)
class Changed:
    """What a colleague did last in one article, or to one speaker, and how much else there since yesterday."""

    told: Told
    sentences: Sequence[str]
    others: int
    record: Speaker | Outlet | None
    """What was changed, if not in an article."""

    @property
    def act(self) -> Act:
        return self.told.act

    @property
    def speaker(self) -> Speaker | None:
        """Whom it was done to, if there is a page of them."""
        return self.record if isinstance(self.record, Speaker) and not self.record.is_hidden else None

    @property
    def history(self) -> str:
        """The address of the history that has the others; empty where there is none."""
        record = self.act.article or self.speaker
        return record.get_history_url() if record else ""


@dataclass(frozen=True)
class Home:
    new: list[Article]
    waiting: list[Article]
    flagged: list[Article]
    mine: list[Article]
    suggestions: int
    """That wait for a decision; counted as far as SUGGESTIONS, and one more where there are more."""
    pairs: int
    """Of speakers who may be one; counted as far as PAIRS, and one more where there are more."""
    changed: list[Changed]
    runs: list[ImportRun]
    searches: list[SavedSearch]
    webhooks: list[Webhook]
    """One's own that fail, or were switched off for it."""

    @property
    def waits(self) -> bool:
        """Whether anything does."""
        return bool(self.waiting or self.flagged or self.open_runs or self.pairs or self.webhooks)

    @property
    def has_more_pairs(self) -> bool:
        return self.pairs > PAIRS

    @property
    def has_more_suggestions(self) -> bool:
        return self.suggestions > SUGGESTIONS

    @property
    def last_runs(self) -> list[ImportRun]:
        return self.runs[:RUNS]

    @property
    def open_runs(self) -> list[ImportRun]:
        """Imports that go on, wait for their turn, or have stopped and can go on."""
        return [run for run in self.runs if not run.has_ended or run.state == ImportRun.State.STOPPED]


def at_home(user: Person) -> Home:
    found = _places(user)
    in_order = {
        "new": sorted(found["new"], reverse=True),
        "flagged": sorted(found["flagged"], reverse=True),
        # A few more than are shown: of those, some may be reviewed.
        "waiting": sorted(set(found["waiting"]), reverse=True)[: 2 * SHOWN],
        "mine": sorted(found["mine"], reverse=True),
    }
    numbers = {label: list(dict.fromkeys(number for _, number in places)) for label, places in in_order.items()}
    numbers["mine"] = numbers["mine"][: 2 * SHOWN]
    articles = Article.objects.in_lines(number for every in numbers.values() for number in every)
    shown = {label: [articles[pk] for pk in every if pk in articles] for label, every in numbers.items()}
    return Home(
        new=shown["new"],
        waiting=[article for article in shown["waiting"] if article.reviewed_at is None][:SHOWN],
        flagged=shown["flagged"],
        mine=shown["mine"][:SHOWN],
        suggestions=len(found["waiting"]),
        pairs=len(found["pairs"]),
        changed=list(_changed(user)),
        runs=_runs(user),
        searches=list(SavedSearch.objects.open_to(user)[:SHOWN]) if user.is_authenticated else [],
        webhooks=_webhooks(user),
    )


def _places(user: Person) -> dict[str, list[tuple[Any, int]]]:
    """Under each label what to sort by and the number of an article, or of a pair, in one query for all labels."""
    arms = [
        _arm("new", Article.objects.last_in()[:SHOWN], "pk", day="dated", at="imported_at"),
        _arm("flagged", Article.objects.flagged()[:SHOWN], "pk", day="dated", at="imported_at"),
        # A suggestion is not settled: the column is there for the others' sake.
        _arm("waiting", Quotation.objects.waiting()[: SUGGESTIONS + 1], "article_id", day="dated", at="settled_at"),
    ]
    if user.is_authenticated:
        acts, seen = Act.objects.in_articles_by(user)[:ACTS], Presence.objects.of_user(user)[:ACTS]
        arms += [
            _arm("mine", acts, "article_id", day="article__dated", at="at"),
            _arm("mine", seen, "article_id", day="article__dated", at="seen_at"),
        ]
    if user.has_perm("articles.change_speaker"):  # type: ignore[union-attr]
        pairs = PossibleDuplicate.objects.open()[: PAIRS + 1]
        arms.append(_arm("pairs", pairs, "pk", day=Value(None, DateField()), at="decided_at"))
    found: dict[str, list[tuple[Any, int]]] = defaultdict(list)
    for label, number, day, at in arms[0].union(*arms[1:], all=True):
        found[label].append(({"new": number, "mine": at}.get(label, day), number))
    return found


def _arm(label: str, rows: QuerySet[Any], number: str, *, day: str | Combinable, at: str) -> QuerySet[Any, Any]:
    return for_union(rows).values_list(Value(label, CharField()), number, day, at)


def _changed(user: Person) -> Iterator[Changed]:
    """By person and article, or speaker where it was in none, the last first."""
    since = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) - datetime.timedelta(days=1)
    by_place: dict[tuple[int, int | None, int | None], list[int]] = defaultdict(list)
    for act, by, article, is_hidden, speaker, at in Act.objects.last_ones(ACTS):
        if by != user.pk and at >= since and not is_hidden:
            by_place[by, article, None if article else speaker].append(act)
    acts = {acts[0]: len(acts) for acts in list(by_place.values())[:SHOWN]}
    changes = Change.objects.for_home().first_of_each(acts, most=TOLD)
    by_act = {number: list(of_act) for number, of_act in groupby(changes, key=lambda one: one.act_id)}
    for one in told(map(_to_tell, by_act.values())):
        quotations = _quotations(by_act[one.act.pk])
        sentences = one.sentences if quotations < 2 else [of_many(one.act, quotations)]
        yield Changed(one, sentences, others=acts[one.act.pk] - 1, record=_record(by_act[one.act.pk]))


def _to_tell(of_act: Sequence[Change]) -> Change:
    """One of a quotation, where there is one."""
    return next((change for change in of_act if change.quotation_id), of_act[0])


def _record(of_act: Sequence[Change]) -> Speaker | Outlet | None:
    """The speaker that the act changed, before one that it hid, or the outlet; None where it was in an article."""
    if of_act[0].act.article_id:
        return None
    speakers = sorted(filter(None, (change.speaker for change in of_act)), key=lambda one: one.is_hidden)
    return speakers[0] if speakers else of_act[0].outlet


def _quotations(of_act: Sequence[Change]) -> int:
    """How many an act changed, of whose changes these are the first: one that changed more changed just such."""
    number: int = of_act[0].of_act  # type: ignore[attr-defined]
    return number if number > TOLD else sum(change.quotation_id is not None for change in of_act)


def _runs(user: Person) -> list[ImportRun]:
    if not user.has_perm("articles.import_articles"):  # type: ignore[union-attr]
        return []
    return list(ImportRun.objects.shown_to(user)[: 3 * RUNS])


def _webhooks(user: Person) -> list[Webhook]:
    if not user.has_perm("articles.manage_webhooks"):  # type: ignore[union-attr]
        return []
    return list(Webhook.objects.ailing(user)[:SHOWN])
