"""Merging, splitting and taking back in the browser, and the queue of probable duplicates; for whom."""

import re
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from articles import corrections
from articles.corrections import Edit
from articles.models import Act, Change, PossibleDuplicate, Quotation, Speaker
from articles.views.joining import PAIRS
from tests.factories import make_article, make_quotation

pytestmark = pytest.mark.django_db

WORDS = ["“The nets were empty,”", "the fleet would stay in port"]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def ida(db: None) -> Speaker:
    return Speaker.objects.create(name="Ida Moss")


@pytest.fixture
def moss(ida: Speaker) -> Speaker:
    moss = Speaker.objects.create(name="I. Moss")
    article = make_article()
    make_quotation(article, WORDS[0], speaker=moss, mention="the harbour master")
    make_quotation(article, WORDS[1], speaker=moss, mention="She")
    return moss


def merge(client: Client, ida: Speaker, moss: Speaker, **more: object) -> str:
    fields = {"other": moss.pk, "version": 1, "other_version": 1}
    response = client.post(reverse("articles:merge_speakers", args=[ida.pk]), fields | more, follow=True)
    assert response.status_code == 200
    return response.content.decode()


class TestMerging:
    def test_by_name_then_both_then_one_act_and_back(self, editor_client: Client, ida: Speaker, moss: Speaker):
        address = reverse("articles:merge_speakers", args=[ida.pk])
        assert "Nobody else is called “Otto”" in editor_client.get(f"{address}?name=Otto").content.decode()
        both = editor_client.get(f"{address}?name=i. moss").content.decode()
        assert "Merge I. Moss into Ida Moss?" in both and "harbour master" in both and WORDS[0] in both
        content = merge(editor_client, ida, moss)
        assert "Merged I. Moss into Ida Moss." in content
        (back,) = set(re.findall(r'"(/speakers/acts/[^"]+)"', content))
        assert "2 quotations go back" in editor_client.get(back).content.decode()
        assert ida.quotations.count() == 2
        editor_client.post(back)
        assert moss.quotations.count() == 2 and not Speaker.objects.get(pk=moss.pk).is_hidden
        assert "That was undone already" in editor_client.get(back).content.decode()
        undoing = Act.objects.get(verb="undo")
        editor_client.post(reverse("articles:undo_speakers", args=[undoing.uid]))
        assert ida.quotations.count() == 2

    def test_twice_is_refused_in_a_sentence(self, editor_client: Client, ida: Speaker, moss: Speaker):
        merge(editor_client, ida, moss)
        for said in ("undone", "done again", "undone", "done again", "undone"):
            address = reverse("articles:undo_speakers", args=[Act.objects.latest("pk").uid])
            editor_client.post(address)
            again = editor_client.post(address, follow=True).content.decode()
            assert f"Nothing was changed: that was {said} already." in again
            assert f"That was {said} already." in editor_client.get(address).content.decode()
        assert Act.objects.count() == 6

    def test_no_other_act_is_undone_here(self, editor_client: Client, editor: User, ida: Speaker):
        act = corrections.edit([Edit(ida, 1, {"role": "skipper"})], by=editor)
        assert act and editor_client.post(reverse("articles:undo_speakers", args=[act.uid])).status_code == 404
        assert not act.is_undone

    def test_of_several_of_that_name_one_is_chosen(self, editor_client: Client, ida: Speaker, moss: Speaker):
        Speaker.objects.create(name="Irma Moss").aliases.create(name="I. Moss")
        address = reverse("articles:merge_speakers", args=[ida.pk])
        content = editor_client.get(f"{address}?name=I. Moss").content.decode()
        assert "Choose:" in content and f'"?other={moss.pk}"' in content

    def test_an_old_version_is_refused(self, editor_client: Client, ida: Speaker, moss: Speaker):
        assert "Nothing was changed: I. Moss has never had version 2" in merge(
            editor_client, ida, moss, other_version=2
        )
        assert moss.quotations.count() == 2

    @pytest.mark.parametrize("fields", [{"version": ""}, {"other": "x"}, {"other": "9" * 30}, {"other_version": "x"}])
    def test_what_was_not_asked_is_refused(
        self, editor_client: Client, ida: Speaker, moss: Speaker, fields: dict[str, str]
    ):
        sent = {"other": moss.pk, "version": 1, "other_version": 1} | fields
        assert editor_client.post(reverse("articles:merge_speakers", args=[ida.pk]), sent).status_code == 400
        assert not Act.objects.exists()

    def test_histories_tell_it(self, editor_client: Client, ida: Speaker, moss: Speaker):
        merge(editor_client, ida, moss)
        quotation = Quotation.objects.first()
        assert quotation
        told = {
            ida: ["merged two speakers: added the other name “I. Moss”", "/speakers/acts/"],
            moss: ["merged it into Ida Moss", "/speakers/acts/"],
            quotation: ["merged two speakers: changed the speaker from I. Moss to Ida Moss"],
            quotation.article: ["changed the speaker of 2 quotations by merging two speakers"],
        }
        for record, sentences in told.items():
            content = editor_client.get(record.get_history_url()).content.decode()  # type: ignore[attr-defined]
            assert all(sentence in content for sentence in sentences)
        assert "Restore this version" not in editor_client.get(moss.get_history_url()).content.decode()

    def test_also_where_the_survivor_had_all_names(self, editor_client: Client, ida: Speaker, moss: Speaker):
        ida.aliases.create(name="I. Moss")
        merge(editor_client, ida, moss)
        for one in (ida, moss):
            content = editor_client.get(one.get_history_url()).content.decode()
            assert "merged two speakers" in content or "merged it into Ida Moss" in content
            assert "Take it back" in content

    def test_the_reading_page_and_the_admin_cope(self, editor_client: Client, ida: Speaker, moss: Speaker):
        article = make_article(f"{WORDS[0]} again.")
        make_quotation(article, WORDS[0], speaker=moss)
        merge(editor_client, ida, moss)
        page = editor_client.get(article.get_absolute_url()).content.decode()
        assert "<b>Ida Moss</b>" in page and "I. Moss" not in page
        seen_before = {"version": 1, "name": "Otto Brandt"}
        address = reverse("articles:change_speaker", args=[article.quotations.get().uid])
        stale = editor_client.post(address, seen_before, headers=HTMX)
        assert stale.status_code == 409 and "Ida Moss" in stale.content.decode()
        act = Act.objects.get()
        undo = reverse("admin:articles_act_undo", args=[act.pk])
        assert "Took it out of Ida Moss again" in " ".join(editor_client.get(undo).content.decode().split())
        show = {"action": "show", "_selected_action": moss.pk}
        refused = editor_client.post(reverse("admin:articles_speaker_changelist"), show, follow=True).content.decode()
        assert "I. Moss was merged into Ida Moss: undo that instead." in refused
        editor_client.post(undo)
        assert moss.quotations.count() == 3


class TestSplitting:
    @pytest.fixture
    def address(self, moss: Speaker) -> str:
        moss.aliases.create(name="Captain Moss")
        return reverse("articles:split_speaker", args=[moss.pk])

    def test_ticked_ones_go_to_somebody_new(self, editor_client: Client, moss: Speaker, address: str):
        assert "Captain Moss" in editor_client.get(address).content.decode()
        first = moss.quotations.order_by("pk")[0]
        fields = {"version": 1, "name": "Ina Moss", "quotation": f"{first.uid} 1", "alias": "Captain Moss"}
        content = editor_client.post(address, fields, follow=True).content.decode()
        ina = Speaker.objects.get(name="Ina Moss")
        assert f'Split off <a href="{ina.get_absolute_url()}">Ina Moss</a>.' in content
        assert ina.quotations.get() == first and ina.aliases.get().name == "Captain Moss"

    def test_it_is_taken_back_from_either_history_and_once(self, editor_client: Client, moss: Speaker, address: str):
        chosen = f"{moss.quotations.first().uid} 1"
        editor_client.post(address, {"name": "Ina Moss", "quotation": chosen, "version": 1})
        act, ina = Act.objects.get(), Speaker.objects.get(name="Ina Moss")
        back = reverse("articles:undo_speakers", args=[act.uid])
        histories = [one.get_history_url() for one in (moss, ina)]
        for history in histories:
            content = editor_client.get(history).content.decode()
            assert f'<a href="{back}">Take it back</a>' in content and "split a speaker" in content
        editor_client.post(back)
        again = reverse("articles:undo_speakers", args=[act.undone_by.uid])
        for history in histories:
            content = editor_client.get(history).content.decode()
            assert back not in content and "undone by editor" in content
            assert f'<a href="{again}">Do it again</a>' in content
        editor_client.post(again)
        assert ina.quotations.count() == 1
        assert "Take it back" in editor_client.get(histories[0]).content.decode()

    def test_taking_back_what_was_given_to_somebody_known_names_both(
        self, editor_client: Client, ida: Speaker, moss: Speaker, address: str
    ):
        chosen = f"{moss.quotations.first().uid} 1"
        editor_client.post(address, {"name": "Ida Moss", "quotation": chosen, "version": 1})
        act = Act.objects.get()
        back = reverse("articles:undo_speakers", args=[act.uid])
        Change.objects.filter(act=act, quotation=None).delete()  # as acts were kept before they had their speakers
        content = editor_client.get(back).content.decode()
        for one in (ida, moss):
            assert f'<a href="{one.get_absolute_url()}">{one}</a>' in content
        undone = editor_client.post(back, follow=True)
        assert undone.status_code == 200 and "Undone." in undone.content.decode()
        assert moss.quotations.count() == 2

    def test_all_that_are_mentioned_so(self, editor_client: Client, moss: Speaker, address: str):
        content = editor_client.get(f"{address}?mention=harbour").content.decode()
        assert WORDS[0] in content and WORDS[1] not in content
        editor_client.post(address, {"version": 1, "name": "Ina Moss", "all": "1", "mention": "harbour"})
        assert Quotation.objects.get(speaker__name="Ina Moss").content == WORDS[0]

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"name": "Ina"}, "choose quotations or other names"),
            ({"name": "I. Moss", "alias": "Captain Moss"}, "cannot be split off from itself"),
            ({"name": "", "alias": "Captain Moss"}, "1 to 200 characters"),
            ({"name": "Ina", "alias": "Captain Moss", "version": 7}, "has never had version 7"),
        ],
    )
    def test_what_cannot_be_is_told(self, editor_client: Client, address: str, fields: dict[str, object], said: str):
        content = editor_client.post(address, {"version": 1} | fields, follow=True).content.decode()
        assert said in content and not Act.objects.exists() and not Speaker.objects.filter(name="Ina").exists()


class TestTheQueue:
    @pytest.fixture
    def pair(self, ida: Speaker, moss: Speaker) -> PossibleDuplicate:
        call_command("duplicates", quiet=True)
        return PossibleDuplicate.objects.get()

    def test_it_offers_with_evidence_until_merged(
        self, editor_client: Client, pair: PossibleDuplicate, ida: Speaker, moss: Speaker
    ):
        queue = editor_client.get("/speakers/duplicates/").content.decode()
        compare = reverse("articles:compare_speakers", args=[pair.pk])
        assert "60% certain, by initials that fit" in queue and compare in queue
        evidence = editor_client.get(compare, headers=HTMX).content.decode()
        assert "The Harbour Gazette (2)" in evidence and WORDS[0] in evidence and "<html" not in evidence
        assert "Merge I. Moss into Ida Moss?" in editor_client.get(compare, follow=True).content.decode()
        assert "No pair waits" in merge(editor_client, ida, moss, back="duplicates")

    def test_not_the_same_is_kept_and_taken_back(self, editor_client: Client, editor: User, pair: PossibleDuplicate):
        address = reverse("articles:tell_apart", args=[pair.pk])
        assert editor_client.post(address, {"again": "1"}).status_code == 400
        told = editor_client.post(address, follow=True).content.decode()
        assert "No pair waits" in told and f"?state=different&amp;pair={pair.pk}" in told
        call_command("duplicates", quiet=True)
        pair.refresh_from_db()
        assert pair.is_different and pair.decided_by == editor
        told_apart = editor_client.get("/speakers/duplicates/?state=different").content.decode()
        assert "Not the same, said editor" in told_apart
        again = editor_client.post(address, {"again": "1"}, follow=True).content.decode()
        assert "are offered again" in again and f'"/speakers/duplicates/?pair={pair.pk}"' in again

    def test_who_decided_stays_known_and_offering_again_is_taken_back(
        self, editor_client: Client, editor: User, analyst: User, pair: PossibleDuplicate, moss: Speaker
    ):
        pair.tell_apart(by=analyst)
        decided_at = pair.decided_at
        editor_client.post(reverse("articles:tell_apart", args=[pair.pk]), {"again": "1"})
        Speaker.objects.filter(pk=moss.pk).update(name="Otto Brandt", key="otto brandt", sound="")
        call_command("duplicates", quiet=True)
        pair.refresh_from_db()
        assert (pair.is_different, pair.decided_by, pair.decided_at) == (False, analyst, decided_at)
        assert pair.offered_by == editor and pair.offered_at
        alone = editor_client.get(f"/speakers/duplicates/?pair={pair.pk}").content.decode()
        assert "Not the same, said analyst" in alone and "editor took that back" in alone
        assert "No pair waits" in editor_client.get("/speakers/duplicates/?pair=999").content.decode()
        editor_client.post(reverse("articles:tell_apart", args=[pair.pk]))
        pair.refresh_from_db()
        assert pair.is_different and pair.decided_by == editor

    def test_page_by_page_each_once(
        self, editor_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ):
        speakers = Speaker.objects.bulk_create(Speaker(name=f"N{n}", key=f"n{n}") for n in range(60))
        PossibleDuplicate.objects.bulk_create(
            PossibleDuplicate(first=one, second=other, score=number % 3 / 3)
            for number, (one, other) in enumerate(zip(speakers[::2], speakers[1::2], strict=True))
        )
        scores, number = [], 0
        for _ in range(60 // 2 // PAIRS):
            with django_assert_max_num_queries(8):
                response = editor_client.get(
                    f"/speakers/duplicates/?behind={number}" if number else "/speakers/duplicates/"
                )
            scores += [(pair.score, pair.pk) for pair in response.context["pairs"]]
            number = response.context["next"]
        assert number == 0 and len(set(scores)) == 30
        assert scores == sorted(scores, key=lambda one: (-one[0], one[1]))


def test_only_for_editors(client: Client, analyst_client: Client, ida: Speaker, moss: Speaker):
    pair = PossibleDuplicate.objects.create(first=ida, second=moss, score=0.5)
    addresses = [
        "/speakers/duplicates/",
        *(reverse(f"articles:{name}", args=[ida.pk]) for name in ("merge_speakers", "split_speaker", "edit_speaker")),
        *(reverse(f"articles:{name}", args=[pair.pk]) for name in ("compare_speakers", "tell_apart")),
        reverse("articles:undo_speakers", args=[uuid4()]),
    ]
    for address in addresses:
        for method in ("get", "post"):
            if getattr(analyst_client, method)(address).status_code != 405:
                assert getattr(client, method)(address).status_code == 302
                assert getattr(analyst_client, method)(address).status_code == 403
    assert analyst_client.get(addresses[-2]).status_code == 405
