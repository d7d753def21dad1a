"""What there is to tell a webhook, read from the tables as they are at that moment.

Nothing is written where quotations come or change. A webhook is a place in the numbers of quotations and of changes,
and what it has not been told stands behind it; so an import of a million costs nothing, and no message can be lost
between a transaction and the telling of it.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse

from .. import finding
from ..asking import asked
from ..exports.records import OFFSETS
from ..found import FEW
from ..models import Change, Delivery, Quotation, Webhook
from ..querysets.webhooks import Position, next_numbers

MOST = 100
"""New quotations in one message, and as many changes."""
LOOKED_AT = FEW
"""Rows of either table that one message is chosen from."""
SETTLING = {"state", "settled_by_id", "settled_at"}
Event = Webhook.Event
# A field of Change -> what it is called in messages; of fields that hold together, one name.
FIELDS = {
    **{"state": "state", "speaker_id": "speaker", "kind": "kind", "note": "note", "is_hidden": "is_hidden"},
    **{"spans": "spans", "cue_start": "cue", "cue_end": "cue", "mention_start": "mention", "mention_end": "mention"},
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """What stands behind `after`, up to `upto`."""

    after: Position
    upto: Position

    @classmethod
    def of(cls, delivery: Delivery) -> Stretch:
        return cls(
            Position(delivery.after_quotation, delivery.after_change),
            Position(delivery.upto_quotation, delivery.upto_change),
        )

    @property
    def is_empty(self) -> bool:
        return self.after == self.upto


def next_stretch(webhook: Webhook, settled: Position) -> tuple[Stretch, int]:
    """What the next message is about, and how many events that are: of either kind no more than MOST."""
    after = Position(webhook.after_quotation, webhook.after_change)
    quotation, change, number = settled.quotation, settled.change, 0
    if Event.NEW in webhook.events:
        numbers = next_numbers(Quotation.objects.all(), after.quotation, settled.quotation, most=LOOKED_AT)
        quotation, told = _as_far_as(numbers, sorted(_matching(webhook, numbers)), settled.quotation)
        number += told
    if set(webhook.events) - {Event.NEW}:
        numbers = next_numbers(Change.objects.all(), after.change, settled.change, most=LOOKED_AT)
        matching = [one.pk for one, _event in _told(webhook, numbers)]
        change, told = _as_far_as(numbers, matching, settled.change)
        number += told
    upto = Position(max(after.quotation, quotation), max(after.change, change))
    return Stretch(after, upto), number


def _as_far_as(looked_at: list[int], matching: list[int], settled: int) -> tuple[int, int]:
    """Up to which number the next message goes, and how many of `matching` that are."""
    if len(matching) > MOST:
        return matching[MOST - 1], MOST
    return (looked_at[-1] if len(looked_at) == LOOKED_AT else settled), len(matching)


def events_in(webhook: Webhook, stretch: Stretch) -> list[dict[str, Any]]:
    """The events of `stretch`, as JSON holds them: new quotations as they came, then changes as they were made."""
    events = []
    if Event.NEW in webhook.events:
        after, upto = stretch.after.quotation, stretch.upto.quotation
        matching = _matching(webhook, next_numbers(Quotation.objects.all(), after, upto, most=LOOKED_AT))
        for quotation in Quotation.objects.numbered(matching).for_webhooks():
            at = quotation.article.imported_at
            events.append({"id": f"{quotation.uid}.new", **_event(Event.NEW, at, quotation, webhook)})
    after, upto = stretch.after.change, stretch.upto.change
    numbers = next_numbers(Change.objects.all(), after, upto, most=LOOKED_AT)
    told = list(_told(webhook, numbers))
    quotations = Quotation.objects.numbered({change.quotation_id or 0 for change, _ in told}).for_webhooks()
    by_number = {quotation.pk: quotation for quotation in quotations}
    for change, event in told:
        quotation = by_number[change.quotation_id or 0]
        events.append(
            {
                "id": f"{quotation.uid}.{change.act.uid}",
                **_event(event, change.act.at, quotation, webhook),
                "act": str(change.act.uid),
                "by": change.act.by.get_username(),
                "changed": _changed(change),
            }
        )
    return events


def told_in(webhook: Webhook, delivery: Delivery) -> list[dict[str, Any]]:
    """The events that `delivery` tells of now, each with its `label` for people; at most twice MOST."""
    labels = {f"quotation.{event.value}": event.label for event in Event}
    return [{**event, "label": labels[event["type"]]} for event in events_in(webhook, Stretch.of(delivery))]


def body_of(events: list[dict[str, Any]], *, now: datetime.datetime) -> str:
    """The body of a message that tells of `events`."""
    data = {"offsets": OFFSETS, "events": events}
    return _json({"type": "quotations", "timestamp": now, "data": data})


def test_body(webhook: Webhook, *, now: datetime.datetime) -> str:
    """The body of a message that tells of nothing."""
    data = {"webhook": webhook.name, "address": webhook.site, "events": []}
    return _json({"type": "test", "timestamp": now, "data": data})


def _json(message: dict[str, Any]) -> str:
    return json.dumps(message, cls=DjangoJSONEncoder, ensure_ascii=False)


def _matching(webhook: Webhook, numbers: list[int]) -> set[int]:
    """Those of the quotations with these numbers that lists show and that the webhook's search, if any, finds."""
    if not numbers:
        return set()
    if not webhook.query:
        return set(Quotation.objects.listed().numbered(numbers).numbers(most=len(numbers)))
    wanted = asked(webhook.parameters)
    if wanted.state.among is None:  # as it is about rejecting too
        wanted.state.among = set(Quotation.State.values)
    return set(finding.quotations(wanted, among=numbers).rows.numbers(most=len(numbers)))


def _told(webhook: Webhook, numbers: list[int]) -> Iterator[tuple[Change, Webhook.Event]]:
    """Those of the changes with these numbers that the webhook is told of, and as which event."""
    changes = [
        (change, event)
        for change in Change.objects.for_webhooks(numbers)
        if (event := next((event for event in _events_of(change) if event in webhook.events), None))
    ]
    if webhook.query:
        found = _matching(webhook, list({change.quotation_id or 0 for change, _event in changes}))
        changes = [(change, event) for change, event in changes if change.quotation_id in found]
    yield from changes


def _events_of(change: Change) -> Iterator[Webhook.Event]:
    """What a change of a quotation is, what matters most first."""
    state = change.after.get("state")
    if state == Quotation.State.ACCEPTED:
        yield Event.ACCEPTED
    elif state == Quotation.State.REJECTED:
        yield Event.REJECTED
    is_reopened = state == Quotation.State.SUGGESTED
    if change.before is not None and (is_reopened or set(change.after) - SETTLING):
        yield Event.CHANGED


def _changed(change: Change) -> list[str]:
    """What an act wrote, by name; of an addition nothing."""
    names = change.after if change.before is not None else ()
    return sorted({FIELDS[name] for name in names if name in FIELDS})


def _event(event: Webhook.Event, at: datetime.datetime, quotation: Quotation, webhook: Webhook) -> dict[str, Any]:
    return {"type": f"quotation.{event.value}", "at": at, "quotation": _quotation(quotation, webhook.site)}


def _quotation(one: Quotation, address: str) -> dict[str, Any]:
    """A quotation as exports name its parts, with what is needed of its article."""
    article = one.article
    return {
        "uid": str(one.uid),
        "permalink": address + reverse("articles:quotation", args=[one.uid]),
        "kind": one.kind,
        "state": one.state,
        "origin": one.origin,
        "spans": one.spans,
        "content": one.content,
        "cue": one.cue_span,
        "cue_words": one.cue,
        "mention": one.mention_span,
        "mention_words": one.mention,
        "speaker": one.speaker_id,
        "speaker_name": str(one.speaker or ""),
        "confidence": one.confidence,
        "settled_by": one.settled_by.get_username() if one.settled_by else "",
        "settled_at": one.settled_at,
        "note": one.note,
        "is_hidden": one.is_hidden,
        "is_in_former_text": one.former_text_id is not None,
        "version": one.version,
        "text_sha256": one.former_text.text_sha256 if one.former_text else article.text_sha256,
        "article": {
            "number": article.pk,
            "permalink": address + article.get_absolute_url(),
            "title": article.title,
            "outlet": article.outlet.name if article.outlet else "",
            "published_on": article.published_on,
            "url": article.url,
            "language": article.language,
        },
    }
