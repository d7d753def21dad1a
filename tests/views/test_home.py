"""Home: what came in, waits, changed, and is mine; an empty database and its samples; who sees what."""

import datetime
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from articles import corrections, import_line, uploads
from articles.corrections import Edit
from articles.home import ACTS, SUGGESTIONS
from articles.models import (
    Act,
    Article,
    ImportRun,
    PossibleDuplicate,
    Presence,
    Quotation,
    SavedSearch,
    Speaker,
    Webhook,
)
from tests.factories import make_article, make_quotation

pytestmark = pytest.mark.django_db

HOME = reverse("articles:home")
SAMPLES = reverse("articles:bring_samples")


@pytest.fixture(autouse=True)
def no_processes(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    settings.NEWSROOM_UPLOADS = tmp_path / "uploads"
    monkeypatch.setattr(import_line, "_start", lambda run: None)


def page(client: Client) -> str:
    response = client.get(HOME)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def titles(client: Client, of: str) -> list[str]:
    return [article.title for article in getattr(client.get(HOME).context["home"], of)]


def with_suggestion(title: str, **fields: object) -> Quotation:
    return make_quotation(make_article(f"“{title},” she said.", title=title, **fields), f"“{title},”")


class TestWhatItTells:
    def test_came_in_last_first_whatever_their_dates(self, viewer_client: Client):
        make_article("One.", title="One", published_on=datetime.date(2026, 3, 2))
        make_article("Two.", title="Two", published_on=datetime.date(2026, 3, 1))
        make_article("Hidden.", title="Hidden", is_hidden=True)
        assert titles(viewer_client, "new") == ["Two", "One"]

    def test_waits_for_decisions_newest_first(self, viewer_client: Client, editor: User):
        with_suggestion("Old", published_on=datetime.date(2026, 3, 1))
        with_suggestion("Young", published_on=datetime.date(2026, 3, 2))
        corrections.accept(with_suggestion("Settled"), by=editor, version=1)
        reviewed = with_suggestion("Reviewed", published_on=datetime.date(2026, 3, 3)).article
        corrections.review(reviewed, by=editor, version=1)
        with_suggestion("Hidden", is_hidden=True)
        assert titles(viewer_client, "waiting") == ["Young", "Old"]
        assert "3 suggestions to decide on" in page(viewer_client)

    def test_counts_as_far_as_it_is_quick(self, viewer_client: Client, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr("articles.home.SUGGESTIONS", 1)
        with_suggestion("One")
        assert "1 suggestion to decide on" in page(viewer_client)
        with_suggestion("Two")
        assert f"More than {SUGGESTIONS:,} suggestions to decide on" in page(viewer_client)

    def test_flagged_with_what_to_look_at(self, viewer_client: Client, editor: User):
        article = make_article(title="Doubtful")
        corrections.flag(article, note="Who is “she”?", by=editor, version=1)
        assert titles(viewer_client, "flagged") == ["Doubtful"]
        assert "Who is “she”?" in page(viewer_client)

    def test_ones_own_webhooks_that_are_not_heard(self, editor_client: Client, editor: User, analyst: User):
        make_article()
        values = {"url": "https://hooks.example/", "events": ["new"], "after_quotation": 0, "after_change": 0}
        for name, by, fields in (
            ("Ailing", editor, {"failing_since": timezone.now()}),
            ("Given up", editor, {"is_active": False, "off": "failing", "off_at": timezone.now()}),
            ("Resting", editor, {"is_active": False, "off": "person", "off_at": timezone.now()}),
            ("Well", editor, {}),
            ("Another's", analyst, {"failing_since": timezone.now()}),
        ):
            Webhook.objects.create(name=name, by=by, **values, **fields)
        shown = page(editor_client)
        assert "Ailing" in shown and "Given up" in shown and "nothing was delivered for three days" in shown
        assert "Resting" not in shown and "Well" not in shown and "Another" not in shown

    def test_nothing_waits(self, viewer_client: Client):
        make_article()
        assert "Nothing waits" in page(viewer_client)

    def test_what_colleagues_did_since_yesterday(self, analyst_client: Client, analyst: User, editor: User):
        one = with_suggestion("One")
        two = make_quotation(one.article, "she")
        corrections.reject(two, by=editor, version=1)
        corrections.accept(one, by=editor, version=1)
        corrections.accept(with_suggestion("Mine"), by=analyst, version=1)
        (changed,) = analyst_client.get(HOME).context["home"].changed
        assert (changed.act.by, changed.sentences, changed.others) == (editor, ["accepted it"], 1)
        content = page(analyst_client)
        assert one.get_absolute_url() in content and one.article.get_history_url() in content
        Act.objects.update(at=timezone.now() - datetime.timedelta(days=2))
        assert "No colleague has changed anything since yesterday" in page(analyst_client)

    def test_to_whom_it_was_done(self, viewer_client: Client, editor: User):
        make_article()
        ida, otto = Speaker.objects.create(name="Ida Moss"), Speaker.objects.create(name="Otto Brandt")
        edits = [(ida, {"role": "mayor"}), (ida, {"wikidata_id": "Q42"}), (otto, {"wikidata_id": "Q43"})]
        for speaker, values in edits:
            corrections.edit([Edit(speaker, speaker.version, values)], by=editor)
        changed = viewer_client.get(HOME).context["home"].changed
        assert [(one.speaker, one.others) for one in changed] == [(otto, 0), (ida, 1)]
        content = page(viewer_client)
        assert f'<a href="{ida.get_absolute_url()}" dir="auto">Ida Moss</a>' in content
        assert f'<a href="{ida.get_history_url()}">and 1 act before</a>' in content
        corrections.edit([Edit(otto, otto.version, {"is_hidden": True})], by=editor)
        assert "<bdi>Otto Brandt</bdi></span><span>and 1 act before</span>" in page(viewer_client)

    def test_many_at_once_are_one_line(self, viewer_client: Client, editor: User):
        article = make_article("“One,” “two,” “three,” “four,” she said.")
        quotations = [make_quotation(article, f"“{word},”") for word in ("One", "two", "three", "four")]
        corrections.settle_all([(one, 1) for one in quotations], state="accepted", by=editor)
        assert "accepted 4 quotations" in page(viewer_client)

    def test_changes_of_hidden_articles_are_not_told(self, viewer_client: Client, editor: User):
        one = with_suggestion("One")
        corrections.accept(one, by=editor, version=1)
        Article.objects.update(is_hidden=True)
        make_article("Another.")
        assert "One" not in page(viewer_client)

    def test_mine_are_those_i_acted_on_or_opened_last(self, analyst_client: Client, analyst: User, editor: User):
        corrections.accept(with_suggestion("Acted on"), by=analyst, version=1)
        opened = with_suggestion("Opened").article
        Presence.objects.create(article=opened, user=analyst, seen_at=timezone.now())
        corrections.accept(with_suggestion("Somebody’s"), by=editor, version=1)
        assert titles(analyst_client, "mine") == ["Opened", "Acted on"]

    def test_imports_are_told_to_those_who_import(self, analyst_client: Client, viewer_client: Client, analyst: User):
        make_article()
        stopped = ImportRun.objects.create(
            by=analyst, given=["a.zip"], state="stopped", ended_at=timezone.now(), failed=2
        )
        content = page(analyst_client)
        assert content.count(stopped.get_absolute_url()) == 2 and "2 failed" in content
        assert "a.zip" not in page(viewer_client)

    def test_saved_searches_are_mine_and_shared_ones(self, analyst_client: Client, analyst: User, editor: User):
        make_article()
        fields = {"of": "quotations", "query": "q=nets"}
        mine = SavedSearch.objects.create(name="Nets", by=analyst, **fields)
        shared = SavedSearch.objects.create(name="Empty", by=editor, is_shared=True, **fields)
        SavedSearch.objects.create(name="Secret", by=editor, **fields)
        assert analyst_client.get(HOME).context["home"].searches == [mine, shared]
        assert reverse("articles:new_results", args=[mine.uid]) in page(analyst_client)

    def test_pairs_of_speakers_wait_for_editors(
        self, analyst_client: Client, editor_client: Client, editor: User, monkeypatch: pytest.MonkeyPatch
    ):
        make_article()
        moss, mos = Speaker.objects.create(name="Ida Moss"), Speaker.objects.create(name="Ida Mos")
        pair = PossibleDuplicate.objects.create(first=moss, second=mos, score=0.9)
        assert "1 pair to decide on" in page(editor_client)
        assert "Nothing waits" in page(analyst_client) and "pair to decide" not in page(analyst_client)
        monkeypatch.setattr("articles.home.PAIRS", 0)
        assert "More than 100 pairs" in page(editor_client)
        pair.tell_apart(by=editor)
        assert "Nothing waits" in page(editor_client)

    def test_everything_from_outside_is_escaped(self, analyst_client: Client, editor: User, analyst: User):
        evil = "<img src=x onerror=alert(1)>"
        quotation = make_quotation(make_article(f"“{evil},” said", title=evil, outlet=evil), f"“{evil},”")
        corrections.flag(quotation.article, note=evil, by=editor, version=1)
        corrections.accept(quotation, by=editor, version=1)
        ImportRun.objects.create(by=analyst, given=[evil])
        assert "<img" not in page(analyst_client)


@pytest.mark.parametrize("number", [1, 12])
def test_the_number_of_queries_does_not_grow(
    analyst_client: Client,
    analyst: User,
    editor: User,
    django_assert_num_queries: DjangoAssertNumQueries,
    number: int,
):
    for at in range(number):
        quotation = with_suggestion(f"Number {at}", outlet=f"Outlet {at}")
        make_quotation(quotation.article, "she")
        corrections.change_speaker(quotation, name=f"Speaker {at}", by=editor, version=1)
        corrections.flag(quotation.article, note="", by=analyst, version=1)
        ImportRun.objects.create(by=analyst, given=["a.txt"])
    assert number <= ACTS
    with django_assert_num_queries(11):
        analyst_client.get(HOME)


class TestNothingYet:
    def test_offers_the_samples_to_those_who_import(self, analyst_client: Client, viewer_client: Client):
        assert "Bring in the samples" in page(analyst_client)
        content = page(viewer_client)
        assert "Bring in the samples" not in content and "Ask an analyst" in content

    def test_brings_them_in(self, analyst_client: Client, analyst: User):
        response = analyst_client.post(SAMPLES)
        run = ImportRun.objects.get()
        assert (response.status_code, response["Location"]) == (302, run.get_absolute_url())
        assert run.by == analyst and len(run.given) == run.inputs == 14
        sources = {source.name: source.path.read_bytes() for source in uploads.sources_of(run)}  # type: ignore[union-attr]
        folder = Path(__file__).parents[2] / "samples"
        assert sources == {path.name: path.read_bytes() for path in folder.glob("*.txt")}
        content = page(analyst_client)
        assert "An import is on its way" in content and "Bring in the samples" not in content

    def test_as_often_as_the_role_may(self, analyst_client: Client, analyst: User, settings: Settings):
        for _ in range(10):
            ImportRun.objects.create(by=analyst, state="finished", ended_at=timezone.now())
        response = analyst_client.post(SAMPLES, follow=True)
        assert "You have begun 10 imports" in response.content.decode()
        assert ImportRun.objects.count() == 10 and not list(Path(settings.NEWSROOM_UPLOADS).iterdir())

    def test_says_why_they_cannot_be_copied(self, analyst_client: Client, settings: Settings, tmp_path: Path):
        settings.NEWSROOM_UPLOADS = tmp_path / "file"
        settings.NEWSROOM_UPLOADS.write_text("no folder")
        response = analyst_client.post(SAMPLES, follow=True)
        assert "could not be copied (Not a directory)" in response.content.decode()
        assert not ImportRun.objects.exists()

    def test_only_posts_of_those_who_may(self, analyst_client: Client, viewer_client: Client, client: Client):
        assert analyst_client.get(SAMPLES).status_code == 405
        assert viewer_client.post(SAMPLES).status_code == 403
        assert client.post(SAMPLES).status_code == 302 and not ImportRun.objects.exists()


class TestAccess:
    def test_strangers_are_sent_to_sign_in_and_back(self, client: Client):
        response = client.get(HOME)
        assert (response.status_code, response["Location"]) == (302, f"/accounts/sign-in/?next={HOME}")

    def test_without_a_role_one_may_not(self, nobody_special_client: Client):
        assert nobody_special_client.get(HOME).status_code == 403

    def test_public_read_opens_it(self, client: Client, settings: Settings):
        settings.NEWSROOM_PUBLIC_READ = True
        assert "has not imported any" in page(client)
        make_article()
        content = page(client)
        assert "Nobody has changed anything" in content and "My recent articles" not in content

    def test_only_reads(self, viewer_client: Client):
        assert viewer_client.post(HOME).status_code == 405
