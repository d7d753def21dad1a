"""Two people who send acts of every kind in the same moment: one wins or both do, nothing is lost, nothing breaks.

`RACING_ROUNDS=1000` runs it longer.
"""

import os
import random

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from articles.models import Act, Article, Quotation
from tests.factories import make_article, make_quotation
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = int(os.environ.get("RACING_ROUNDS", "30"))
HTMX = {"HX-Request": "true"}
KINDS = (
    "accept",
    "reject",
    "reopen",
    "edit",
    "change_speaker",
    "split",
    "merge",
    "duplicate",
    "undo",
    "redo",
    "settle",
)


def request_of(kind: str, article: Article, user: User, chance: random.Random) -> tuple[str, dict[str, object]]:
    """The address and the form of an act of that kind on what is there now."""
    shown = list(Quotation.objects.for_reading(article))
    quotation = chance.choice(shown)
    form: dict[str, object] = {"version": quotation.version, "text": article.text_sha256}
    match kind:
        case "undo" | "redo":
            acts = Act.objects.filter(by=user, article=article).order_by("-id")
            act = acts.first()
            return (reverse(f"articles:{kind}", args=[act.uid]), form) if act else ("", form)
        case "settle":
            seen = [f"{one.uid} {one.version}" for one in shown]
            return reverse("articles:settle", args=[article.pk]), form | {"decision": "accepted", "seen": seen}
        case "merge":
            following = shown[(shown.index(quotation) + 1) % len(shown)]
            form["following"] = f"{following.uid} {following.version}"
        case "edit":
            start, end = quotation.spans[0]
            form |= {"content": f"{start}-{max(start + 1, end - 1)}", "note": str(chance.random())}
        case "change_speaker":
            form["name"] = f"Speaker {chance.randrange(3)}"
        case "split":
            form["at"] = f"{quotation.start + 1}-{quotation.start + 2}"
    return reverse(f"articles:{kind}", args=[quotation.uid]), form


def test_nothing_is_lost_and_nothing_breaks(analyst: User, editor: User):
    text = "“The nets were empty,” she said. “Nobody knows why,” he said.\n"
    chance = random.Random(5)  # noqa: S311 - any order will do
    people = []
    for user in (analyst, editor):
        client = Client(raise_request_exception=False)
        client.force_login(user)
        people.append((user, client))
    article = make_article(text)
    make_quotation(article, "“The nets were empty,”")
    make_quotation(article, "“Nobody knows why,”")
    statuses = []
    for number in range(ROUNDS):
        # So that the article does not grow with each split and duplicate.
        if Quotation.objects.for_reading(article).count() > 8:
            article = make_article(f"{text}{number}\n")
            make_quotation(article, "“The nets were empty,”")
            make_quotation(article, "“Nobody knows why,”")
        asked = [(client, *request_of(chance.choice(KINDS), article, user, chance)) for user, client in people]
        outcomes = at_once(
            *(
                lambda client=client, url=url, form=form: client.post(url, form, headers=HTMX)  # type: ignore[misc]
                for client, url, form in asked
                if url
            )
        )
        for outcome in outcomes:
            assert isinstance(outcome, HttpResponse), outcome
            statuses.append(outcome.status_code)
    assert set(statuses) <= {200, 409, 410, 422} and statuses.count(200) >= ROUNDS
    for quotation in Quotation.objects.all():
        changes = list(quotation.changes.all())
        edits = [change for change in changes if change.before is not None]
        assert quotation.version == 1 + len(edits)  # no write without its record, none over another
        text_now = quotation.article.text
        assert quotation.content == " … ".join(text_now[start:end] for start, end in quotation.spans)
