"""What a webhook is told of, and in which words."""

import pytest
from django.contrib.auth.models import User

from articles import corrections
from articles.corrections import Wanted, undo
from articles.models import Article, Delivery, Quotation
from articles.webhooks.signing import secret_of
from tests.factories import make_article, make_quotation
from tests.receiver import Receiver

from .conftest import Deliver, MakeWebhook

pytestmark = pytest.mark.django_db
ALL = ("new", "accepted", "rejected", "changed")


@pytest.fixture
def article() -> Article:
    article = make_article(published_on="2025-03-04", url="https://gazette.example/nets", language="en")
    make_quotation(article, mention="the harbour master", cue="said", speaker="Ida Moss")
    return article


def quotation_of(article: Article) -> Quotation:
    return article.quotations.get()


def told(receiver: Receiver) -> list[tuple[str, list[str] | None]]:
    return [(event["type"].removeprefix("quotation."), event.get("changed")) for event in receiver.events]


def test_a_new_one(make_webhook: MakeWebhook, receiver: Receiver, deliver: Deliver):
    webhook = make_webhook("new")
    assert deliver() == []
    article = make_article(published_on="2025-03-04", url="https://gazette.example/nets", language="en")
    one = make_quotation(article, mention="the harbour master", cue="said", speaker="Ida Moss")
    (delivery,) = deliver()
    assert (delivery.outcome, delivery.number, delivery.status) == ("delivered", 1, 204)
    (message,) = receiver.messages
    assert message["type"] == "quotations" and message["timestamp"].endswith("Z")
    assert message["data"]["offsets"] == "Unicode code points, 0-based, end-exclusive"
    (event,) = receiver.events
    assert (event["id"], event["type"]) == (f"{one.uid}.new", "quotation.new") and event["at"] and "act" not in event
    assert event["quotation"] == {
        "uid": str(one.uid),
        "permalink": f"https://newsroom.example/quotations/{one.uid}/",
        "kind": "direct",
        "state": "suggested",
        "origin": "machine",
        "spans": [[0, 22]],
        "content": "“The nets were empty,”",
        "cue": [42, 46],
        "cue_words": "said",
        "mention": [23, 41],
        "mention_words": "the harbour master",
        "speaker": one.speaker_id,
        "speaker_name": "Ida Moss",
        "confidence": 0.8,
        "settled_by": "",
        "settled_at": None,
        "note": "",
        "is_hidden": False,
        "is_in_former_text": False,
        "version": 1,
        "text_sha256": article.text_sha256,
        "article": {
            "number": article.pk,
            "permalink": f"https://newsroom.example/articles/{article.pk}/",
            "title": "Empty nets",
            "outlet": "The Harbour Gazette",
            "published_on": "2025-03-04",
            "url": "https://gazette.example/nets",
            "language": "en",
        },
    }
    assert receiver.ids == [str(delivery.uid)]
    receiver.verify_all(secret_of(webhook))
    assert deliver() == []


def test_what_a_person_decides(
    make_webhook: MakeWebhook, receiver: Receiver, deliver: Deliver, article: Article, analyst: User
):
    make_webhook(*ALL)
    act = corrections.accept(quotation_of(article), by=analyst, version=1)
    assert act
    corrections.reject(quotation_of(article), by=analyst, version=2)
    corrections.reopen(quotation_of(article), by=analyst, version=3)
    deliver()
    assert told(receiver) == [("accepted", ["state"]), ("rejected", ["state"]), ("changed", ["state"])]
    first = receiver.events[0]
    uid = quotation_of(article).uid
    assert (first["id"], first["act"], first["by"]) == (f"{uid}.{act.uid}", str(act.uid), "analyst")
    assert [event["quotation"]["version"] for event in receiver.events] == [4, 4, 4]  # as it is now


def test_a_changed_speaker_accepts_and_changes(
    make_webhook: MakeWebhook, receiver: Receiver, deliver: Deliver, article: Article, analyst: User
):
    for events in (ALL, ("changed",), ("new", "rejected")):
        make_webhook(*events)
    corrections.change_speaker(quotation_of(article), name="Otto Brandt", by=analyst, version=1)
    deliver()
    assert told(receiver) == [("accepted", ["speaker", "state"]), ("changed", ["speaker", "state"])]
    assert receiver.events[0]["quotation"]["speaker_name"] == "Otto Brandt"


def test_what_a_person_adds_is_new_and_accepted(
    make_webhook: MakeWebhook, receiver: Receiver, deliver: Deliver, article: Article, analyst: User
):
    make_webhook(*ALL)
    start = article.text.index("the fleet")
    wanted = Wanted(((start, start + 9),), cue=None, mention=None, kind="indirect", speaker="", note="")
    _, act = corrections.add(article, wanted, by=analyst, text_sha256=article.text_sha256)
    deliver()
    assert told(receiver) == [("new", None), ("accepted", [])]
    assert {event["quotation"]["origin"] for event in receiver.events} == {"person"}
    receiver.got.clear()
    undo(act, by=analyst)
    deliver()
    assert told(receiver) == [("changed", ["is_hidden"])]
    assert receiver.events[0]["quotation"]["is_hidden"] is True


def test_of_other_records_nothing_is_told(
    make_webhook: MakeWebhook, receiver: Receiver, deliver: Deliver, article: Article, editor: User
):
    make_webhook(*ALL)
    speaker = quotation_of(article).speaker
    assert speaker
    corrections.edit([corrections.Edit(speaker, speaker.version, {"name": "Ida M."})], by=editor)
    corrections.review(article, by=editor, version=article.version)
    assert deliver() == [] and receiver.got == []


def test_of_hidden_articles_nothing_is_told(
    make_webhook: MakeWebhook, receiver: Receiver, deliver: Deliver, article: Article, analyst: User, editor: User
):
    """Also where it was hidden while the receiver was out of reach."""
    make_webhook(*ALL)
    corrections.accept(quotation_of(article), by=analyst, version=1)
    make_quotation(article, "the fleet would stay in port")
    receiver.answers = [(500, {}, b"")]
    deliver()
    assert len(receiver.got) == 1
    corrections.edit([corrections.Edit(article, article.version, {"is_hidden": True})], by=editor)
    Delivery.objects.update(next_try_at="2025-01-01T00:00Z")
    (delivery,) = deliver()
    assert (delivery.outcome, delivery.number, len(receiver.got)) == ("nothing", 0, 1)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["nets", "port", "sail"]),
        ("q=nets", ["nets"]),
        ("q=speaker%3Amoss", ["nets", "sail"]),
        ("q=-nets", ["port", "sail"]),
        ("kind=indirect", ["port"]),
        ("q=nobody", []),
    ],
)
def test_a_search_narrows_it(
    make_webhook: MakeWebhook, receiver: Receiver, deliver: Deliver, analyst: User, query: str, found: list[str]
):
    make_webhook(*ALL, query=query)
    article = make_article("“The nets,” she said. He said the port. “We sail,” she said.")
    made = {
        "nets": make_quotation(article, "“The nets,”", speaker="Ida Moss"),
        "port": make_quotation(article, "the port", kind="indirect", speaker="Otto Brandt"),
        "sail": make_quotation(article, "“We sail,”", speaker="Ida Moss"),
    }
    deliver()
    names = {str(one.uid): name for name, one in made.items()}
    assert [names[event["quotation"]["uid"]] for event in receiver.events] == found
    receiver.got.clear()
    for one in made.values():
        corrections.reject(one, by=analyst, version=1)
    deliver()
    assert [names[event["quotation"]["uid"]] for event in receiver.events] == found


def test_a_search_for_a_state_is_about_the_state_now(
    make_webhook: MakeWebhook, receiver: Receiver, deliver: Deliver, article: Article, analyst: User
):
    make_webhook(*ALL, query="state=accepted")
    corrections.reject(quotation_of(article), by=analyst, version=1)
    deliver()
    corrections.accept(quotation_of(article), by=analyst, version=2)
    deliver()
    assert told(receiver) == [("accepted", ["state"])]


def test_many_come_in_messages_of_some(
    make_webhook: MakeWebhook, receiver: Receiver, deliver: Deliver, monkeypatch: pytest.MonkeyPatch, analyst: User
):
    """Each once and in order, whatever is passed over; what is looked at together is less than there is."""
    monkeypatch.setattr("articles.webhooks.events.MOST", 3)
    monkeypatch.setattr("articles.webhooks.events.LOOKED_AT", 5)
    make_webhook("new", "accepted", query="q=nets")
    text = " ".join(f"“{'nets' if number % 4 else 'boats'} {number}”" for number in range(30))
    article = make_article(text)
    made = [make_quotation(article, words) for words in text.replace("” “", "”|“").split("|")]
    deliver()
    wanted = [str(one.uid) for one in made if "nets" in one.content]
    assert [event["quotation"]["uid"] for event in receiver.events] == wanted
    assert {len(message["data"]["events"]) for message in receiver.messages} <= {1, 2, 3}
    receiver.got.clear()
    for one in made:
        corrections.accept(one, by=analyst, version=1)
    deliver()
    assert [event["quotation"]["uid"] for event in receiver.events] == wanted
