"""Something in every table, of every kind of value: for tests that compare whole databases. All of it is invented."""

import datetime
import uuid

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils import timezone

from articles import corrections, versions
from articles.models import (
    Alias,
    Analysis,
    ApiToken,
    Article,
    Delivery,
    ExportRun,
    ImportProblem,
    ImportRun,
    KeyOfCopy,
    PossibleDuplicate,
    Presence,
    SavedSearch,
    SeenResults,
    SignatureOfText,
    Speaker,
    Story,
    WatchedFile,
    Webhook,
)
from tests.factories import make_article, make_quotation

TEXT = "😀 “The nets\twere empty,” مريم Brook said. “We \\N stay.”\r\n\x0b\ufeffÅ “No;,'\"” she added.\u2028"
NOON = datetime.datetime(2024, 2, 29, 12, 0, 0, 123456, tzinfo=datetime.UTC)
WHY = {"why": "ä %(what)s", "why_values": {"what": "\\N\t%é"}}


def fill() -> None:
    user = User.objects.create_user(
        "ida", "ida@gazette.example", "nets-harbour-gazette", is_staff=True, last_login=NOON
    )
    user.groups.add(Group.objects.get(name="editor"))
    user.user_permissions.add(Permission.objects.get(codename="add_logentry"))
    SessionStore().create()
    type_ = ContentType.objects.get_for_model(Article)
    LogEntry.objects.create(user=user, content_type=type_, object_id="1", object_repr=TEXT[:200], action_flag=2)
    _fill_articles(user)
    _fill_speakers(user)
    _fill_around(user)
    _fill_programs(user)


def _fill_articles(user: User) -> None:
    run = ImportRun.objects.create(by=user, given=["ä.zip", "\\"], mapping={"text": "corps"}, inputs=2**31 - 1)
    ImportProblem.objects.create(run=run, source="ä.zip/\t1", reason="not text")
    story = Story.objects.create()
    Story.objects.create(merged_into=story)
    dated = {"published_on": datetime.date(2024, 2, 29), "story": story, "import_run": run}
    article = make_article(TEXT, url="https://gazette.example/1", byline="A\\tB", **dated)
    make_article("", title="", outlet=None, extracted_with="", is_hidden=True, published_on=datetime.date(1, 1, 1))
    first = make_quotation(article, ["“The nets\twere empty,”", "“We \\N stay.”"], cue="said", speaker="Mia Brook")
    second = make_quotation(article, "“No;,'\"”", mention="she", confidence=1e-05, origin="imported", note="\\.")
    corrections.accept(first, by=user, version=1)
    act = corrections.reject(second, by=user, version=1)
    assert act
    corrections.undo(act, by=user)
    corrections.review(article, by=user, version=1)
    article.refresh_from_db()
    text = TEXT.replace("We", "We still") + "Updated.\n"
    with transaction.atomic():
        versions.renew(article, Article(text=text, text_sha256=Article.digest(text), title="Later", url=article.url))
    SignatureOfText.objects.create(article=article, version=1, shingles=3, minima=bytes(range(256)))
    KeyOfCopy.objects.create(article=article, value=-(2**63))
    KeyOfCopy.objects.create(article=article, value=2**63 - 1)
    Analysis.objects.create(article=article, text_sha256=article.text_sha256, version="2", cues=[[0, 1, None, ""]])
    Presence.objects.create(article=article, user=user, seen_at=NOON)


def _fill_speakers(user: User) -> None:
    one = Speaker.objects.get(name="Mia Brook")
    two, three = (Speaker.objects.create(name=f"Mia Brook{end}", wikidata_id="Q42") for end in ("e", "es"))
    Alias.objects.create(speaker=one, name="Dr Brook")
    corrections.join(one, two, by=user, versions=(one.version, two.version))
    PossibleDuplicate.objects.create(first=one, second=three, score=0.1 + 0.2, why=["é", None, 1.0, {"a": [True]}])


def _fill_around(user: User) -> None:
    search = SavedSearch.objects.create(name="Nets", of="articles", query="q=%22a%22", by=user, uid=uuid.UUID(int=1))
    SeenResults.objects.create(search=search, user=user, newest=2**62)
    WatchedFile.objects.create(key="0" * 64, path="a.txt", size=2**40, mtime_ns=2**62)
    SavedSearch.objects.filter(pk=search.pk).update(made_at=timezone.now())


def _fill_programs(user: User) -> None:
    ExportRun.objects.create(by=user, of="quotations", query="q=%22a%22", format="csv", with_rejected=True, **WHY)
    ends = timezone.now() + datetime.timedelta(days=30)
    ApiToken.make(user, name="nightly", scopes=["read", "correct"], expires_at=ends)
    places = {"after_quotation": 2**62, "after_change": 0}
    webhook = Webhook.objects.create(name="Büro", url="https://hooks.example/a", events=["new"], by=user, **places)
    upto = {"upto_quotation": 2**62 + 1, "upto_change": 0, "number": 1, "made_at": NOON}
    Delivery.objects.create(webhook=webhook, **places, **upto, next_try_at=NOON, said="\\N\t", status=500, **WHY)
