"""Why something did not go well is kept once, and everybody reads it in their own language."""

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from articles.lines import Stopped, how_it_ended
from articles.models import Delivery, ExportRun, ImportRun, Webhook, Why
from articles.webhooks import sending
from articles.webhooks.addresses import BAD_PORT, Forbidden, check

pytestmark = pytest.mark.django_db
# Sentences that have been translated.
TOLD = Why(BAD_PORT, {"port": 25})
ENGLISH, GERMAN = "Nothing is sent to port 25: only to 80, 443", "An Port 25 wird nichts gesendet: nur an 80, 443"
OLD = "It is 100 % done, and %(what)s is no place."
"""As rows have it that were written before sentences were kept apart from what is put into them."""


@pytest.fixture
def stopped(editor: User) -> dict[str, object]:
    return {"by": editor, "state": "stopped", "ended_at": timezone.now()}


def pages(client: Client, address: str) -> list[str]:
    """In English, and in German."""
    return [client.get(address, headers={"Accept-Language": language}).content.decode() for language in ("en", "de")]


@pytest.mark.parametrize("kind", [ImportRun, ExportRun])
def test_a_run_says_why_in_the_language_of_whoever_reads(
    editor_client: Client, stopped: dict[str, object], kind: type[ImportRun | ExportRun]
):
    what = {"of": "articles"} if kind is ExportRun else {}
    run = kind.objects.create(**stopped, **what, **TOLD.columns)
    for address in (run.get_absolute_url(), f"/api/v1/{'imp' if kind is ImportRun else 'exp'}orts/{run.uid}"):
        english, german = pages(editor_client, address)
        assert ENGLISH in english and GERMAN in german and ENGLISH not in german
    kind.objects.update(why=OLD, why_values={})
    assert all(OLD in page for page in pages(editor_client, run.get_absolute_url()))


def test_a_webhook_says_why_in_the_language_of_whoever_reads(editor_client: Client, editor: User):
    places = {"after_quotation": 0, "after_change": 0}
    webhook = Webhook.objects.create(
        **places, name="Desk", url="http://8.8.8.8:25/", events=["new"], by=editor, failing_since=timezone.now()
    )
    upto = {"upto_quotation": 1, "upto_change": 0, "number": 1, "made_at": timezone.now(), "tries": 1}
    delivery = Delivery.objects.create(
        webhook=webhook, **places, **upto, ended_at=timezone.now(), outcome="forbidden", **TOLD.columns
    )
    shown = (webhook.get_absolute_url(), "/webhooks/")
    for address in shown:
        english, german = pages(editor_client, address)
        assert ENGLISH in english and GERMAN in german and ENGLISH not in german
    tested = editor_client.post(f"{webhook.get_absolute_url()}test/", headers={"Accept-Language": "de"})
    assert GERMAN in tested.content.decode()
    for said in (OLD, "Delete"):  # whatever the receiver says, it is not translated
        Delivery.objects.filter(pk=delivery.pk).update(said=said, why="", why_values={})
        assert all(f">{said}</code>" in page for address in shown for page in pages(editor_client, address))


def test_what_is_forbidden_is_kept_as_it_is_told():
    answer = sending.post("http://8.8.8.8:25/", b"{}", {})
    assert (answer.outcome, answer.why) == (Delivery.Outcome.FORBIDDEN, TOLD)
    with pytest.raises(Forbidden) as forbidden, override("de"):
        check("http://8.8.8.8:25/")
    with override("de"):
        assert GERMAN in str(forbidden.value) == str(answer.why)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OperationalError("gone\nat 100 %"), "The database failed (gone at 100 %)."),
        (ValueError("%(what)s"), "A fault in Newsroom: ValueError: %(what)s"),
        (KeyboardInterrupt(), "Stopped before the end."),
        (Stopped("Told to end (SIGTERM)."), "Told to end (SIGTERM)."),
    ],
)
def test_how_a_run_ended(stopped: dict[str, object], error: BaseException, said: str):
    run = ImportRun(**stopped)
    run.explain(how_it_ended(error)[1])
    assert run.why_in_words == said


def test_any_database_can_keep_it(stopped: dict[str, object]):
    why = Why("a \x00%(what)s", {"what": "\x00b\ud800\n\t" + "c" * 9_999})
    run = ImportRun.objects.create(**stopped, **why.columns)
    run.refresh_from_db()
    assert run.why_in_words == f"a b {'c' * 498}"


def test_it_is_sought_in_the_admin(editor_client: Client, stopped: dict[str, object]):
    for what in ("Платы", "other"):
        ImportRun.objects.create(**stopped, given=[f"{what}.txt"], **Why("full: %(what)s", {"what": what}).columns)
    address = reverse("admin:articles_importrun_changelist")
    for sought in ("Платы", "full Платы"):
        page = editor_client.get(address, {"q": sought}).content.decode()
        assert "Платы.txt" in page and "other.txt" not in page
    run = ImportRun.objects.get(why_values__what="other")
    shown = editor_client.get(reverse("admin:articles_importrun_change", args=[run.pk])).content.decode()
    assert "full: other" in shown and "%(what)s" not in shown
