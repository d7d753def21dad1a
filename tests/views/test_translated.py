"""No word of a page is out of a translation’s reach: all are opened in a language that brackets what it says."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.contrib.auth.models import Group, User
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import trans_real

from articles import corrections, export_files, export_limits, export_line, import_line, lines, versions
from articles.corrections import Edit, wanted_of
from articles.models import (
    Act,
    ApiToken,
    Article,
    Delivery,
    ExportRun,
    PossibleDuplicate,
    Quotation,
    SavedSearch,
    Speaker,
    Story,
    Webhook,
)
from articles.models.import_run import ImportProblem, ImportRun
from articles.pictures import sampling
from articles.webhooks.addresses import BAD_PORT, Forbidden
from tests.factories import make_article, make_quotation
from tests.pseudo import Pseudo, untranslated

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

NETS = "«Τα δίχτυα ήταν άδεια»"
PORT = "«Ο στόλος μένει»"
TEXT = f"{NETS}, είπε η λιμενάρχης τη Δευτέρα.\n\n{PORT}, πρόσθεσε. «Κανείς δεν ξέρει», είπε.\n"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def pseudo(monkeypatch: pytest.MonkeyPatch, settings: LazySettings, tmp_path: Path) -> None:
    settings.NEWSROOM_UPLOADS = tmp_path / "uploads"
    settings.NEWSROOM_EXPORTS = tmp_path / "exports"
    for line in (import_line, export_line):
        monkeypatch.setattr(line, "_start", lambda run: None)
    monkeypatch.setattr(trans_real, "translation", lambda language: Pseudo())


def user(name: str, role: str) -> User:
    made = User.objects.create_user(name)
    made.groups.add(Group.objects.get(name=role))
    return made


@pytest.fixture
def anna() -> User:
    return user("Άννα", "editor")


@pytest.fixture
def client(anna: User) -> Client:
    client = Client(headers={"Accept-Language": "de"})
    client.force_login(anna)
    return client


@pytest.fixture
def article(anna: User) -> Article:
    """With a quotation of each state, a colleague's acts, a former version, a near-copy elsewhere, an import."""
    run = ImportRun.objects.create(by=anna, given=["α"], state="finished", ended_at=timezone.now(), added=2)
    story = Story.objects.create()
    fields = {"story": story, "language": "ελ", "source_name": "", "published_on": datetime.date(2026, 3, 1)}
    elsewhere = {"outlet": "Άλλη", "import_run": run, "extracted_with": "1"}
    copy = make_article(f"{NETS} και «όλα καλά», είπε.", title="Αλλού", **fields, **elsewhere)
    make_quotation(copy, f"{NETS} και «όλα καλά»", speaker="Ίδα")
    article = make_article(
        f"{TEXT}\n«Αύριο», είπε.", title="Άδεια δίχτυα", outlet="Εφημερίδα", **fields, import_run=run, url="http://α"
    )
    marked = {"cue": "είπε", "mention": "η λιμενάρχης"}
    quotation = make_quotation(article, NETS, **marked, speaker="Ίδα", note="σημείωση")
    make_quotation(article, PORT, kind="mixed", confidence=0.95)
    lost = make_quotation(article, "«Αύριο»", kind="indirect", speaker="Όθων")
    corrections.accept(quotation, by=user("Βάσω", "analyst"), version=1)
    corrections.reject(lost, by=anna, version=1)
    new = Article(
        text=TEXT, text_sha256=Article.digest(TEXT), title="Άδεια δίχτυα", extracted_with="1", language="ελ"
    )
    versions.renew(article, new)
    return article


@pytest.fixture
def quotation(article: Article) -> Quotation:
    return article.quotations.get(start=0)


@pytest.fixture
def opens(client: Client) -> Callable[..., None]:
    """`opens(address)`: it does, and is all translated; with `post` that is sent."""

    def opens(address: str, post: dict[str, object] | None = None, *, status: int = 200, **headers: str) -> None:
        if post is None:
            response = client.get(address, headers=headers)
        else:
            response = client.post(address, post, headers=headers, follow=not headers)
        assert response.status_code == status
        assert untranslated(response.content.decode()) == []

    return opens


def test_the_list(opens: Callable[..., None], article: Article):
    opens("/articles/")
    opens("/articles/?q=δίχτυα&after=2026-01-01&outlet=999")
    opens("/articles/?q=τίποτα")
    opens("/articles/", **HTMX)


def test_the_list_without_articles(opens: Callable[..., None]):
    opens("/articles/")


def test_home(opens: Callable[..., None], article: Article, anna: User):
    for suggested in article.quotations.filter(state="suggested"):
        corrections.change_speaker(suggested, name="Όθων", by=user("Γιώργος", "analyst"), version=suggested.version)
    article.refresh_from_db()
    corrections.flag(article, note="κοίτα", by=anna, version=article.version)
    ImportRun.objects.create(by=anna, given=["β"], state="stopped", ended_at=timezone.now(), failed=1)
    SavedSearch.objects.create(by=anna, name="δίχτυα", of="articles", query="q=α")
    alike = [Speaker.objects.create(name=name) for name in ("Ίδα Μ", "Ίδα Ν")]
    PossibleDuplicate.objects.create(first=alike[0], second=alike[1], score=0.9)
    opens(reverse("articles:home"))
    Act.objects.all().update(at=timezone.now() - datetime.timedelta(days=3))
    ImportRun.objects.update(state="finished")
    Article.objects.update(needs_second_look=False)
    Quotation.objects.filter(state="suggested").delete()
    opens(reverse("articles:home"))


def test_home_with_a_webhook_that_is_not_heard(opens: Callable[..., None], article: Article, anna: User):
    values = {"url": "https://a.example/", "events": ["new"], "after_quotation": 0, "after_change": 0}
    Webhook.objects.create(name="Γραφείο", by=anna, failing_since=timezone.now(), **values)
    opens(reverse("articles:home"))


def test_home_without_articles(opens: Callable[..., None], anna: User):
    opens(reverse("articles:home"))
    opens(reverse("articles:bring_samples"), {})
    opens(reverse("articles:home"))


def test_tokens(opens: Callable[..., None], anna: User):
    opens(reverse("articles:tokens"))
    opens(reverse("articles:tokens"), {"name": "", "days": "30"}, status=422)
    tomorrow, scopes = timezone.now() + datetime.timedelta(days=1), ApiToken.Scope.values
    fresh, used, revoked = (
        ApiToken.make(anna, name=name, scopes=scopes, expires_at=tomorrow)[0] for name in ("α", "β", "γ")
    )
    ApiToken.objects.filter(pk=used.pk).update(last_used_at=timezone.now())
    ApiToken.objects.numbered([revoked.pk]).revoke()
    opens(reverse("articles:tokens"))
    for token in (fresh, used, revoked):
        opens(reverse("articles:revoke_token", args=[token.pk]))
    opens(reverse("articles:revoke_token", args=[fresh.pk]), {})


def test_stories(opens: Callable[..., None], article: Article, monkeypatch: pytest.MonkeyPatch):
    opens(reverse("articles:stories"))
    opens(reverse("articles:stories") + "?below=2000-01-01.1")
    third = make_article(f"Είπε πως {NETS}.", title="Τρίτο", story=article.story, outlet="Άλλη")
    make_quotation(third, NETS, kind="indirect", speaker="Ίδα")
    make_article("Τέταρτο.", title="Τέταρτο", story=Story.objects.create(), outlet="Άλλη")
    opens(article.story.get_absolute_url())  # type: ignore[union-attr]
    chosen = "&".join(f"with={one.pk}" for one in (article, third))
    opens(f"{article.story.get_absolute_url()}?{chosen}")  # type: ignore[union-attr]
    monkeypatch.setattr("articles.views.stories.MOST_LISTED", 2)
    opens(article.story.get_absolute_url())  # type: ignore[union-attr]


def test_pictures(opens: Callable[..., None], article: Article, monkeypatch: pytest.MonkeyPatch):
    article.quotations.filter(is_listed=True).update(speaker=Speaker.objects.create(name="Άγις"))
    undated = make_article(f"{PORT} ξανά.", outlet="Άλλη")
    make_quotation(undated, PORT, speaker="Ίδα")
    opens("/pictures/?show=by-outlet&kind=direct")
    for least in (sampling.MOST, 1):
        monkeypatch.setattr(sampling, "MOST", least)
        for name in ("over-time", "voices", "company", "lengths", "settled"):
            opens(f"/pictures/{name}/")
            opens(f"/pictures/{name}/?show=by-speaker,settled-outlet", **HTMX)
            opens(f"/pictures/{name}/?month=1999-01", **HTMX)


def test_no_pictures(opens: Callable[..., None]):
    opens("/pictures/")
    opens("/pictures/voices/")


def test_no_stories(opens: Callable[..., None]):
    opens(reverse("articles:stories"))


def test_reading(opens: Callable[..., None], article: Article, quotation: Quotation, anna: User):
    opens(article.get_absolute_url())
    opens(article.former_texts.get().get_absolute_url())
    opens(article.story.get_absolute_url())  # type: ignore[union-attr]
    opens(reverse("articles:settle", args=[article.pk]) + "?decision=rejected")
    opens(reverse("articles:settle", args=[article.pk]) + "?decision=accepted&least=99")
    opens(reverse("articles:correct_text", args=[article.pk]))
    for page in ("edit", "change_speaker"):
        opens(reverse(f"articles:{page}", args=[quotation.uid]))
    Article.objects.filter(pk=article.pk).update(extracted_with="")
    opens(article.get_absolute_url())


def test_speakers(opens: Callable[..., None], article: Article, quotation: Quotation, anna: User):
    def at(name: str, *args: object) -> str:
        return reverse(f"articles:{name}", args=args)

    ida, other = Speaker.objects.get(name="Ίδα"), Speaker.objects.create(name="Ί. Μωσς", role="λιμενάρχης")
    named = Speaker.objects.create(name="Ίδα Μωσς", wikidata_id="")
    other.aliases.create(name="Κυρία Μωσς")
    make_quotation(article, "«Κανείς δεν ξέρει»", speaker=other, mention="η λιμενάρχης")
    came_in = {"mention": "Ί. Μωσς", "note": Quotation.note_of_name("Ί. Μωσς")}
    unknown = make_quotation(make_article("«Ναι», είπε η Ί. Μωσς.", title="Ναι", outlet="Άλλη"), "«Ναι»", **came_in)
    opens(unknown.article.get_absolute_url())
    pair = PossibleDuplicate.objects.create(first=other, second=named, score=0.6, why=["initials"])
    opens(at("speakers"))
    opens(at("speakers") + "?q=τίποτα")
    for page in ("speaker", "edit_speaker", "merge_speakers", "split_speaker"):
        opens(at(page, other.pk))
    opens(at("speaker", named.pk))
    opens(at("speaker", ida.pk))
    opens(at("merge_speakers", ida.pk) + f"?other={other.pk}")
    opens(at("merge_speakers", ida.pk) + "?name=α")
    opens(at("split_speaker", other.pk) + "?mention=λιμενάρχης")
    opens(at("possible_speakers", unknown.uid), **HTMX)
    opens(at("duplicates"))
    opens(at("compare_speakers", pair.pk), **HTMX)
    opens(at("tell_apart", pair.pk), {})
    opens(at("duplicates") + "?state=different")
    opens(at("tell_apart", pair.pk), {"again": 1})
    opens(at("edit_speaker", other.pk), {"version": 9, "name": "Α", "kind": "person"}, status=409)
    opens(at("edit_speaker", other.pk), {"version": 1, "name": "", "kind": "person", "wikidata_id": "β"}, status=422)
    opens(at("merge_speakers", named.pk), {"other": other.pk, "version": 1, "other_version": 9})
    opens(at("merge_speakers", named.pk), {"other": other.pk, "version": 1, "other_version": 1})
    joined = Act.objects.get(verb="join")
    for _ in "123":
        opens(at("undo_speakers", joined.uid))
        opens(at("undo_speakers", joined.uid), {})
    opens(at("undo_speakers", Act.objects.get(undoes=joined).uid))
    other.refresh_from_db()
    for fields in (
        {"name": "Νέα"},
        {"name": "Νέα", "alias": "Κυρία Μωσς"},
        {"name": "Ί. Μωσς", "alias": "Κυρία Μωσς"},
    ):
        opens(at("split_speaker", other.pk), {"version": other.version} | fields)
    for record in (other, named, Speaker.objects.get(name="Νέα"), article):
        opens(record.get_history_url())


def test_no_speakers(opens: Callable[..., None]):
    opens(reverse("articles:speakers"))
    opens(reverse("articles:duplicates"))
    opens(reverse("articles:duplicates") + "?state=different")


def test_histories(opens: Callable[..., None], article: Article, quotation: Quotation, anna: User):
    quotation.refresh_from_db()
    longer = wanted_of(quotation)
    corrections.edit([Edit(quotation, quotation.version, {"kind": "mixed"})], by=anna, note="έτσι")
    duplicate, _ = corrections.duplicate(quotation, by=anna, version=quotation.version)
    corrections.merge(quotation, duplicate, by=anna, versions=(quotation.version, 1))
    corrections.revise(quotation, longer, by=anna, version=quotation.version)
    corrections.flag(article, note="κοίτα", by=anna, version=article.version)
    act = corrections.change_speaker(quotation, name="Νέα", by=anna, version=quotation.version)
    assert act
    corrections.undo(act, by=anna)
    records = (article, quotation, article.quotations.get(content=PORT), quotation.speaker)
    for record in records:
        opens(record.get_history_url())  # type: ignore[union-attr]
    opens(article.get_history_url() + "?by=Βάσω")
    first = Act.objects.filter(changes__quotation=quotation).earliest("pk")
    opens(reverse("articles:restore", args=["quotation", quotation.pk]) + f"?act={first.pk}")


def test_permalinks(opens: Callable[..., None], article: Article, quotation: Quotation, anna: User):
    for style in ("plain", "apa"):
        opens(f"{quotation.permalink}?cite={style}")
    for other in article.quotations.exclude(pk=quotation.pk):
        opens(other.permalink)
    quotation.refresh_from_db()
    copied, _ = corrections.duplicate(quotation, by=anna, version=quotation.version)
    corrections.merge(quotation, copied, by=anna, versions=(quotation.version, 1))
    joined = Speaker.objects.create(name="Ίδα Μωσς")
    corrections.join(joined, quotation.speaker, by=anna, versions=(1, quotation.speaker.version))  # type: ignore[union-attr,arg-type]
    opens(copied.permalink)
    opens(quotation.permalink)
    Article.objects.filter(pk=article.pk).update(text=TEXT + "α")
    opens(quotation.permalink)
    Article.objects.filter(pk=article.pk).update(text="α", text_sha256=Article.digest("α"))
    opens(quotation.permalink)


def test_answers(opens: Callable[..., None], article: Article, quotation: Quotation):
    def post(act: str, **values: object) -> None:
        quotation.refresh_from_db()
        opens(reverse(f"articles:{act}", args=[quotation.uid]), {"version": quotation.version} | values, **HTMX)

    for name in ("reject", "accept", "accept", "reopen", "duplicate"):
        post(name)
    copied = article.quotations.latest("pk")
    post("merge", following=f"{copied.uid} {copied.version}")
    post("change_speaker", name="Νέα")
    post("edit", content="0-5", speaker="Άλλος", note="σ")
    post("split", at="2-3")
    following = article.quotations.get(content=PORT)
    stale = {"version": 1, "name": "Άλλη", "content_words": "ήταν", "following": f"{following.uid} 1"}
    for name in ("reject", "change_speaker", "edit", "split", "merge"):
        opens(reverse(f"articles:{name}", args=[quotation.uid]), stale | {"at": "2-3"}, status=409, **HTMX)
    for wrong in ({"name": ""}, {"name": "\u200b"}, {"name": "α" * 400}):
        opens(reverse("articles:change_speaker", args=[quotation.uid]), {"version": 1} | wrong, status=422, **HTMX)
    for wrong in ({"content_words": "λείπει"}, {"content_words": ""}):
        opens(reverse("articles:edit", args=[quotation.uid]), {"version": 1} | wrong, status=422, **HTMX)


def test_answers_about_the_article(opens: Callable[..., None], article: Article, quotation: Quotation):
    for name, values in (
        ("flag", {"note": "κοίτα"}),
        ("reopen_article", {}),
        ("review", {}),
        ("review", {"anyway": 1}),
    ):
        article.refresh_from_db()
        opens(reverse(f"articles:{name}", args=[article.pk]), {"version": article.version} | values)
    opens(reverse("articles:flag", args=[article.pk]), {"version": 1})
    suggested = article.quotations.get(content=PORT)
    for _ in "12":
        seen = {"decision": "accepted", "seen": [f"{suggested.uid} {suggested.version}"]}
        opens(reverse("articles:settle", args=[article.pk]), seen)
    act = Act.objects.latest("pk")
    for way in ("undo", "undo", "redo"):
        opens(reverse(f"articles:{way}", args=[act.uid]), {})
    article.refresh_from_db()
    correct_text = reverse("articles:correct_text", args=[article.pk])
    opens(correct_text, {"version": article.version, "text": ""}, status=422)
    opens(correct_text, {"version": 1, "text": "α"}, status=422)
    opens(correct_text, {"version": article.version, "text": "Τίποτα πια."})
    opens(article.get_absolute_url())


def test_imports(opens: Callable[..., None], article: Article, anna: User):
    opens("/import/", {}, status=422)
    opens("/import/", {"mapping": "α"}, status=422)
    run = ImportRun.objects.get()
    problem = ImportProblem.objects.create(run=run, source="α", reason="β")
    _, why = lines.how_it_ended(OperationalError("γ"))
    for state in ImportRun.State.values:
        ended = timezone.now() if state in ImportRun.ENDED else None
        ImportRun.objects.update(state=state, ended_at=ended, to_extract=10, extracted=2, completed=1, updated=1)
        ImportRun.objects.update(**why.columns)
        opens(run.get_absolute_url())
    opens(reverse("articles:import_articles", args=[run.uid]))
    problem.delete()
    ImportRun.objects.update(by=None)
    opens("/import/")


def test_exports(opens: Callable[..., None], article: Article, anna: User, monkeypatch: pytest.MonkeyPatch):
    opens("/exports/")
    for address in (
        "of=articles",
        "of=quotations&q=δίχτυα&kind=direct",
        "of=articles&q=τίποτα",
        "of=quotations&q=τίποτα",
    ):
        opens(f"/exports/new/?{address}")
    opens("/exports/new/?of=articles", {}, status=422)
    opens("/exports/new/?of=articles", {"format": "α"}, status=422, **HTMX)
    for query in ("", "q=δίχτυα&kind=direct"):
        for of in ("articles", "quotations"):
            ExportRun.objects.create(by=anna, of=of, query=query, format="csv", with_rejected=True)
    opens("/exports/new/?of=articles")
    first, run = ExportRun.objects.order_by("id")[:2]
    export_files.folder_of(run.uid).mkdir(parents=True)
    export_files.file_of(run).write_bytes(b"")
    whole = {"size": 1, "sha256": "α", "articles": 9, "articles_written": 3, "quotations": 9, "quotations_written": 3}
    ExportRun.objects.update(**lines.how_it_ended(OperationalError("γ"))[1].columns)
    for state in ExportRun.State.values:
        ended = timezone.now() if state in ExportRun.ENDED else None
        expires = timezone.now() + datetime.timedelta(days=1)
        ExportRun.objects.update(state=state, ended_at=ended, expires_at=expires, **whole)
        opens(run.get_absolute_url())
        opens(first.get_absolute_url() + "?shown=", **HTMX)
        opens("/exports/")
    monkeypatch.setattr(export_limits, "AT_ONCE", 99)
    monkeypatch.setattr(export_limits, "AN_HOUR", 1)
    opens("/exports/new/?of=articles")


def test_webhooks(opens: Callable[..., None], article: Article, anna: User):
    opens("/webhooks/")
    opens("/webhooks/add/")
    opens("/webhooks/add/", {"url": "http://[::1]/", "events": ["new"], "narrowed": "all"}, status=422)
    values = {"name": "Γραφείο", "url": "http://127.0.0.1:9/", "events": ["new", "changed"], "query": "kind=direct"}
    numbers = {"after_quotation": 0, "after_change": 0}
    made = Webhook.objects.create(**values, **numbers, by=anna, failing_since=timezone.now())
    other = Webhook.objects.create(**values | {"name": "Άλλο"}, **numbers, by=user("Γιώργος", "editor"))
    upto = {"upto_quotation": 9, "upto_change": 0, "number": 2, "made_at": timezone.now()}
    waiting = {"next_try_at": timezone.now(), "tries": 2, "status": 500, "said": "no", "milliseconds": 5}
    delivery = Delivery.objects.create(webhook=made, **numbers, **upto, **waiting, outcome="refused")
    for outcome in Delivery.Outcome.values:
        ended = {"ended_at": timezone.now(), "outcome": outcome}
        Delivery.objects.create(webhook=made, **numbers, **upto, **ended, **Forbidden(BAD_PORT, port=9).why.columns)
    for name in ("test", "secret"):
        opens(f"{made.get_absolute_url()}{name}/", {})
    opens(f"{made.get_absolute_url()}deliveries/{delivery.uid}/again/", {})
    opens(f"{made.get_absolute_url()}edit/")
    opens(other.get_absolute_url())
    Delivery.objects.update(said="", tries=1)
    Webhook.objects.filter(pk=made.pk).update(failing_since=timezone.now())
    opens("/webhooks/")
    Webhook.objects.filter(pk=other.pk).update(is_removed=True)
    opens("/webhooks/")
    for act in ("off", "on", "off", "on_from_now", "new_secret", "remove", "keep"):
        opens(f"{made.get_absolute_url()}change/", {"act": act})
    for off in Webhook.Off.values:
        Webhook.objects.filter(pk=made.pk).update(is_active=False, off=off, off_at=timezone.now())
        opens("/webhooks/")


def test_accounts_and_errors(opens: Callable[..., None], client: Client):
    opens("/accounts/password/")
    opens("/accounts/password/", {"old_password": "α", "new_password1": "α", "new_password2": "β"})
    opens("/nothing/", status=404)
    opens("/articles/999/review/", {}, status=400)
    client.logout()
    opens("/accounts/sign-in/?next=/import/")
    opens("/accounts/sign-in/", {"username": "α", "password": "β"})


MODELS = ["article", "outlet", "speaker", "quotation", "change", "act", "formertext", "importrun"]


@pytest.mark.parametrize("model", MODELS)
def test_the_admin(opens: Callable[..., None], article: Article, model: str):
    opens(reverse(f"admin:articles_{model}_changelist"))
    record = apps.get_model("articles", model).objects.first()
    opens(reverse(f"admin:articles_{model}_change", args=[record.pk]))
    if model in ("article", "outlet", "speaker", "quotation"):
        opens(reverse(f"admin:articles_{model}_history", args=[record.pk]))


def test_the_admin_beside_the_records(opens: Callable[..., None], article: Article, anna: User):
    opens("/admin/")
    opens(reverse("admin:auth_user_changelist"))
    opens(reverse("admin:auth_user_add"))
    opens(reverse("admin:auth_user_change", args=[anna.pk]))
    for act in Act.objects.all():
        opens(reverse("admin:articles_act_undo", args=[act.pk]))
    opens("/admin/queue/")


def test_the_admin_tells_of_an_edit_by_two(opens: Callable[..., None], article: Article, quotation: Quotation):
    page = reverse("admin:articles_quotation_change", args=[quotation.pk])
    opens(page, {"version": 1, "kind": "mixed", "state": "accepted", "speaker": "", "note": "σ"})
