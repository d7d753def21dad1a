"""Accept, reject, reopen, change the speaker, undo: with htmx, without script, by the wrong people, too late."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from articles import corrections
from articles.models import Act, Article, Change, Quotation, Speaker
from tests.factories import make_article, make_quotation

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def article() -> Article:
    return make_article()


@pytest.fixture
def quotation(article: Article) -> Quotation:
    return make_quotation(article, cue="said", mention="the harbour master", speaker="Ida Moss")


def address(name: str, quotation: Quotation) -> str:
    return reverse(f"articles:{name}", args=[quotation.uid])


@pytest.mark.parametrize(("act", "state"), [("accept", "accepted"), ("reject", "rejected")])
def test_settles(analyst_client: Client, analyst: User, quotation: Quotation, act: str, state: str):
    response = analyst_client.post(address(act, quotation), {"version": 1}, headers=HTMX)
    assert response.status_code == 200
    quotation.refresh_from_db()
    assert (quotation.state, quotation.settled_by, quotation.version) == (state, analyst, 2)
    content = response.content.decode()
    assert 'id="row-1" hx-swap-oob="true"' in content
    assert 'id="progress" hx-swap-oob="true"' in content
    assert f"{state} by you" in content and "1 of 1 settled" in content
    assert reverse("articles:undo", args=[Act.objects.get().uid]) in content


@pytest.mark.parametrize("number", [0, 5])
def test_a_decision_takes_as_many_queries_whatever_was_done_before(
    analyst_client: Client,
    analyst: User,
    quotation: Quotation,
    django_assert_num_queries: DjangoAssertNumQueries,
    number: int,
):
    for _ in range(number):
        other = make_quotation(quotation.article, "in port")
        corrections.undo(corrections.accept(other, by=analyst, version=1), by=analyst)  # type: ignore[arg-type]
    with django_assert_num_queries(14):  # with the two of the savepoint that only tests have
        analyst_client.post(address("accept", quotation), {"version": 1}, headers=HTMX)


def test_reopens(analyst_client: Client, analyst: User, quotation: Quotation):
    corrections.accept(quotation, by=analyst, version=1)
    analyst_client.post(address("reopen", quotation), {"version": 2}, headers=HTMX)
    quotation.refresh_from_db()
    assert (quotation.state, quotation.settled_by, quotation.settled_at) == ("suggested", None, None)


def test_without_script_one_comes_back_to_the_quotation_with_a_way_to_undo(
    analyst_client: Client, quotation: Quotation
):
    response = analyst_client.post(address("accept", quotation), {"version": 1}, follow=True)
    assert response.redirect_chain == [(quotation.get_absolute_url(), 302)]
    content = response.content.decode()
    assert "Accepted 1 quotation." in content
    undo = reverse("articles:undo", args=[Act.objects.get().uid])
    assert f'action="{undo}"' in content
    response = analyst_client.post(undo, follow=True)
    assert "Undone." in response.content.decode()
    quotation.refresh_from_db()
    assert quotation.state == "suggested"


def test_changes_the_speaker_to_a_new_one(analyst_client: Client, quotation: Quotation):
    response = analyst_client.post(
        address("change_speaker", quotation), {"version": 1, "name": "  Otto   Brandt "}, headers=HTMX
    )
    quotation.refresh_from_db()
    assert quotation.speaker == Speaker.objects.get(name="Otto Brandt")
    assert quotation.state == "accepted"
    content = response.content.decode()
    assert "The speaker is now Otto Brandt." in content
    assert 'id="row-1" hx-swap-oob="true"' in content


def test_a_changed_speaker_swaps_only_its_rows_and_recolours_no_other(analyst_client: Client):
    text = "“One.”\n\n“Two.”\n\n“Three.”\n\n“Four.”"
    article = make_article(text)
    speakers = ["Ida Moss", "Otto Brandt", "Otto Brandt", "Ida Moss"]
    made = [
        make_quotation(article, words, speaker=speaker)
        for words, speaker in zip(["“One.”", "“Two.”", "“Three.”", "“Four.”"], speakers, strict=True)
    ]

    def rows(response: HttpResponse) -> list[str]:
        return re.findall(r'id="row-(\d)" hx-swap-oob', response.content.decode())

    send = {"version": 1, "name": "Otto Brandt"}
    assert rows(analyst_client.post(address("change_speaker", made[3]), send, headers=HTMX)) == ["4"]
    send["name"] = "Somebody New"
    assert rows(analyst_client.post(address("change_speaker", made[0]), send, headers=HTMX)) == ["1"]
    reading = analyst_client.get(article.get_absolute_url()).context["reading"]
    assert [card.hue for card in reading.cards] == [3, 2, 2, 2]
    act = Act.objects.first()
    assert act
    undo = reverse("articles:undo", args=[act.uid])
    assert rows(analyst_client.post(undo, headers=HTMX)) == ["1"]
    reading = analyst_client.get(article.get_absolute_url()).context["reading"]
    assert [card.hue for card in reading.cards] == [1, 2, 2, 2]


@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_a_name_that_cannot_be_is_refused_beside_the_card(analyst_client: Client, quotation: Quotation, name: str):
    response = analyst_client.post(address("change_speaker", quotation), {"version": 1, "name": name}, headers=HTMX)
    assert response.status_code == 422
    assert b'class="refusal" role="alert"' in response.content
    quotation.refresh_from_db()
    assert quotation.version == 1


def test_a_name_that_two_bear_asks_which(analyst_client: Client, quotation: Quotation):
    Speaker.objects.create(name="John Smith", qualifier="footballer")
    Speaker.objects.create(name="John Smith", qualifier="judge")
    send = {"version": 1, "name": "john smith"}
    response = analyst_client.post(address("change_speaker", quotation), send, headers=HTMX)
    assert response.status_code == 422
    assert b"Choose: John Smith (footballer), John Smith (judge)." in response.content
    send["name"] = "John Smith (judge)"
    assert analyst_client.post(address("change_speaker", quotation), send, headers=HTMX).status_code == 200
    quotation.refresh_from_db()
    assert quotation.speaker and quotation.speaker.qualifier == "judge"


def test_a_refused_name_comes_back_in_the_open_form(analyst_client: Client, editor: User, quotation: Quotation):
    corrections.change_speaker(quotation, name="Carl Quay", by=editor, version=1)
    send = {"version": 1, "name": " Otto <Brandt>"}
    response = analyst_client.post(address("change_speaker", quotation), send, headers=HTMX)
    assert response.status_code == 409
    content = response.content.decode()
    assert " autofocus " in content
    assert 'value="Otto &lt;Brandt&gt;"' in content and 'aria-invalid="true"' in content
    assert '<dd dir="auto">Otto &lt;Brandt&gt;</dd>' in content and '<dd dir="auto">Carl Quay</dd>' in content
    assert 'name="version" value="2"' in content
    assert not Speaker.objects.filter(name__startswith="Otto").exists()


def test_a_refused_name_comes_back_without_script_too(analyst_client: Client, quotation: Quotation):
    Speaker.objects.create(name="John Smith", qualifier="footballer")
    Speaker.objects.create(name="John Smith", qualifier="judge")
    response = analyst_client.post(address("change_speaker", quotation), {"version": 1, "name": "John Smith"})
    assert response.status_code == 422
    content = response.content.decode()
    assert "<h1" in content and " autofocus " in content and 'value="John Smith"' in content
    assert "Choose: John Smith (footballer), John Smith (judge)." in content


def test_without_script_the_form_opens_by_its_address(
    analyst_client: Client, viewer_client: Client, quotation: Quotation
):
    other = make_quotation(quotation.article, "the fleet", speaker="Otto Brandt")
    content = analyst_client.get(address("change_speaker", other)).content.decode()
    assert content.count(" autofocus ") == 1
    assert 'value="Otto Brandt"' in content.split(" autofocus ")[0].rsplit("<input", 1)[1]
    assert analyst_client.get(reverse("articles:change_speaker", args=[uuid4()])).status_code == 404
    assert viewer_client.get(address("change_speaker", other)).status_code == 403


def test_the_page_holds_one_form_however_many_quotations(analyst_client: Client, quotation: Quotation):
    make_quotation(quotation.article, "the fleet", speaker="Otto Brandt")
    content = analyst_client.get(quotation.article.get_absolute_url()).content.decode()
    assert content.count('name="speaker"') == 1 and content.count('data-key="s"') == 2


def test_without_script_only_a_refusal_is_marked_as_failed(
    analyst_client: Client, editor: User, quotation: Quotation
):
    content = analyst_client.post(address("accept", quotation), {"version": 1}, follow=True).content.decode()
    assert '<div class="toast">\n  <p>Accepted 1 quotation.' in content
    content = analyst_client.post(address("reject", quotation), {"version": 1}, follow=True).content.decode()
    assert "<p>Not saved: you, in another window, changed it" in content and "Keep mine" in content


def test_a_stale_correction_writes_nothing_and_shows_what_is_there(
    analyst_client: Client, editor: User, quotation: Quotation
):
    corrections.reject(quotation, by=editor, version=1)
    response = analyst_client.post(address("accept", quotation), {"version": 1}, headers=HTMX)
    assert response.status_code == 409
    content = response.content.decode()
    assert "Not saved: editor changed it in the meantime." in content
    assert "rejected by editor" in content
    assert '<dd dir="auto">accepted</dd>' in content and '<dd dir="auto">rejected</dd>' in content
    assert "<button>Keep mine</button>" in content and " autofocus " not in content
    quotation.refresh_from_db()
    assert (quotation.state, quotation.version) == ("rejected", 2)
    assert Act.objects.count() == 1


def test_the_same_decision_twice_is_one_act(analyst_client: Client, quotation: Quotation):
    analyst_client.post(address("accept", quotation), {"version": 1}, headers=HTMX)
    response = analyst_client.post(address("accept", quotation), {"version": 2}, headers=HTMX)
    assert b"Nothing to change." in response.content
    assert Act.objects.count() == 1


class TestGone:
    """Extraction deletes a suggestion that it does not find again; the page on screen still shows it."""

    SEND = {"version": 1, "name": "Otto Brandt"}

    @pytest.fixture(params=["accept", "reject", "change_speaker"])
    def act(self, request: pytest.FixtureRequest) -> str:
        return request.param

    @pytest.fixture
    def deleted_meanwhile(self, quotation: Quotation, act: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """Between the view's look at the quotation and the write."""
        correct = getattr(corrections, act)

        def delete_and_correct(*args: Any, **kwargs: Any) -> Act | None:
            Quotation.objects.filter(pk=quotation.pk).delete()
            return correct(*args, **kwargs)

        monkeypatch.setattr(corrections, act, delete_and_correct)

    def test_before_it_is_told(self, analyst_client: Client, quotation: Quotation, act: str):
        where = address(act, quotation)
        quotation.delete()
        response = analyst_client.post(where, self.SEND, headers=HTMX)
        assert response.status_code == 410
        content = response.content.decode()
        assert "the quotation is no longer there" in content and content.startswith('<div class="toast failed">')

    def test_before_it_without_script_is_a_page(self, analyst_client: Client, quotation: Quotation, act: str):
        where = address(act, quotation)
        quotation.delete()
        response = analyst_client.post(where, self.SEND)
        assert response.status_code == 404
        assert "did not find the quotation again" in response.content.decode()

    def test_meanwhile_shows_the_text_as_it_is_now(
        self, analyst_client: Client, quotation: Quotation, deleted_meanwhile: None, act: str
    ):
        other = make_quotation(quotation.article, "the fleet would stay in port")
        response = analyst_client.post(address(act, quotation), self.SEND, headers=HTMX)
        assert response.status_code == 409
        content = response.content.decode()
        assert "Not saved: the quotation is no longer there." in content
        assert 'id="text" hx-swap-oob="true"' in content
        assert f"quotation-{other.uid}" in content and f"quotation-{quotation.uid}" not in content
        assert not Act.objects.exists() and not Speaker.objects.filter(name="Otto Brandt").exists()

    def test_meanwhile_without_script_comes_back_and_says_so(
        self, analyst_client: Client, quotation: Quotation, deleted_meanwhile: None, act: str
    ):
        response = analyst_client.post(address(act, quotation), self.SEND, follow=True)
        assert response.status_code == 200
        assert "Not saved: the quotation is no longer there." in response.content.decode()

    def test_a_refused_name_for_it_is_no_fault(self, analyst_client: Client, quotation: Quotation):
        where = address("change_speaker", quotation)
        quotation.delete()
        assert analyst_client.post(where, {"version": 1, "name": ""}, headers=HTMX).status_code == 410


class TestUndo:
    def test_puts_back_what_was_there(self, analyst_client: Client, analyst: User, quotation: Quotation):
        act = corrections.change_speaker(quotation, name="Otto Brandt", by=analyst, version=1)
        assert act
        response = analyst_client.post(reverse("articles:undo", args=[act.uid]), headers=HTMX)
        assert response.status_code == 200
        quotation.refresh_from_db()
        assert quotation.speaker and quotation.speaker.name == "Ida Moss"
        assert quotation.state == "suggested"

    def test_a_second_time_is_refused(self, analyst_client: Client, analyst: User, quotation: Quotation):
        act = corrections.accept(quotation, by=analyst, version=1)
        assert act
        undo = reverse("articles:undo", args=[act.uid])
        analyst_client.post(undo, headers=HTMX)
        response = analyst_client.post(undo, headers=HTMX)
        assert response.status_code == 409
        assert b"undone already" in response.content

    def test_after_somebody_else_decided_is_refused(
        self, analyst_client: Client, analyst: User, editor: User, quotation: Quotation
    ):
        act = corrections.accept(quotation, by=analyst, version=1)
        assert act
        corrections.reject(quotation, by=editor, version=2)
        response = analyst_client.post(reverse("articles:undo", args=[act.uid]), headers=HTMX)
        assert response.status_code == 409
        assert b"changed again since" in response.content
        quotation.refresh_from_db()
        assert quotation.state == "rejected"

    def test_after_somebody_else_decided_the_act_before_is_offered(
        self, analyst_client: Client, analyst: User, editor: User, quotation: Quotation
    ):
        other = make_quotation(quotation.article, "the fleet would stay in port")
        first = corrections.accept(other, by=analyst, version=1)
        last = corrections.accept(quotation, by=analyst, version=1)
        assert first and last
        corrections.reject(quotation, by=editor, version=2)
        response = analyst_client.post(reverse("articles:undo", args=[last.uid]), headers=HTMX)
        assert response.status_code == 409
        for answer in (response, analyst_client.get(quotation.article.get_absolute_url())):
            content = answer.content.decode()
            assert "Your last act stands: it was changed again since." in content
            assert reverse("articles:undo", args=[first.uid]) in content
            assert reverse("articles:undo", args=[last.uid]) not in content
        assert analyst_client.post(reverse("articles:undo", args=[first.uid]), headers=HTMX).status_code == 200
        assert b"data-undo" not in analyst_client.get(quotation.article.get_absolute_url()).content

    def test_what_the_page_cannot_undo_is_not_offered(
        self, editor_client: Client, editor: User, quotation: Quotation
    ):
        article = quotation.article
        act = corrections.edit([corrections.Edit(article, 1, {"title": "Full nets"})], by=editor)
        assert act and act.article == article
        assert b"data-undo" not in editor_client.get(article.get_absolute_url()).content
        assert editor_client.post(reverse("articles:undo", args=[act.uid])).status_code == 404

    def test_an_undoing_is_not_undone(self, analyst_client: Client, analyst: User, quotation: Quotation):
        act = corrections.accept(quotation, by=analyst, version=1)
        assert act
        undoing = corrections.undo(act, by=analyst)
        analyst_client.post(reverse("articles:undo", args=[undoing.uid]))
        assert not Act.objects.filter(undoes=undoing).exists()

    def test_where_nothing_can_be_put_back_it_says_so(
        self, analyst_client: Client, analyst: User, quotation: Quotation
    ):
        act = Act.objects.create(verb="edit", by=analyst, article=quotation.article)
        same = {"state": "suggested"}
        Change.objects.create(act=act, quotation=quotation, before=same, after=same)
        response = analyst_client.post(reverse("articles:undo", args=[act.uid]), headers=HTMX)
        assert response.status_code == 409
        assert b"left nothing to put back" in response.content
        assert b"undone already" not in response.content

    def test_is_not_offered_to_who_may_no_longer_correct(
        self, viewer_client: Client, viewer: User, quotation: Quotation
    ):
        corrections.accept(quotation, by=viewer, version=1)
        assert b"data-undo" not in viewer_client.get(quotation.article.get_absolute_url()).content

    def test_of_several_quotations_at_once(self, analyst_client: Client, analyst: User, quotation: Quotation):
        other = make_quotation(quotation.article, "the fleet would stay in port")
        values = corrections.decision(Quotation.State.ACCEPTED, by=analyst)
        act = corrections.edit([corrections.Edit(one, 1, values) for one in (quotation, other)], by=analyst)
        assert act
        assert analyst_client.post(reverse("articles:undo", args=[act.uid]), headers=HTMX).status_code == 200
        assert set(Quotation.objects.values_list("state", flat=True)) == {"suggested"}

    def test_only_ones_own(self, analyst_client: Client, editor: User, quotation: Quotation):
        act = corrections.accept(quotation, by=editor, version=1)
        assert act
        assert analyst_client.post(reverse("articles:undo", args=[act.uid])).status_code == 404

    def test_is_offered_in_another_session_too(self, analyst: User, quotation: Quotation):
        act = corrections.accept(quotation, by=analyst, version=1)
        assert act
        later = Client()
        later.force_login(analyst)
        content = later.get(quotation.article.get_absolute_url()).content.decode()
        assert reverse("articles:undo", args=[act.uid]) in content


ACTS = ["accept", "reject", "reopen", "change_speaker"]


@pytest.mark.parametrize("act", ACTS)
class TestRefusals:
    def test_viewers(self, viewer_client: Client, quotation: Quotation, act: str):
        assert viewer_client.post(address(act, quotation), {"version": 1, "name": "X"}).status_code == 403
        quotation.refresh_from_db()
        assert quotation.version == 1

    def test_strangers(self, client: Client, quotation: Quotation, act: str):
        response = client.post(address(act, quotation), {"version": 1, "name": "X"})
        assert response["Location"] == "/accounts/sign-in/?next=/"
        quotation.refresh_from_db()
        assert quotation.version == 1

    def test_a_session_that_ended_leads_to_sign_in_and_back(self, client: Client, quotation: Quotation, act: str):
        page = f"http://testserver{quotation.article.get_absolute_url()}"
        headers = {**HTMX, "HX-Current-URL": page}
        response = client.post(address(act, quotation), {"version": 1, "name": "X"}, headers=headers)
        assert response["HX-Redirect"] == f"/accounts/sign-in/?next={quotation.article.get_absolute_url()}"

    def test_reading_requests(self, analyst_client: Client, quotation: Quotation, act: str):
        form_is_a_page = act == "change_speaker"
        assert analyst_client.get(address(act, quotation)).status_code == (200 if form_is_a_page else 405)
        quotation.refresh_from_db()
        assert quotation.version == 1

    def test_no_version(self, analyst_client: Client, quotation: Quotation, act: str):
        response = analyst_client.post(address(act, quotation), {"name": "X"})
        assert response.status_code == 400
        assert b"<h1>That request was not understood</h1>" in response.content

    def test_no_such_quotation(self, analyst_client: Client, quotation: Quotation, act: str):
        wrong = reverse(f"articles:{act}", args=[uuid4()])
        assert analyst_client.post(wrong, {"version": 1, "name": "X"}).status_code == 404

    def test_a_hidden_article(self, analyst_client: Client, quotation: Quotation, act: str):
        Article.objects.update(is_hidden=True)
        assert analyst_client.post(address(act, quotation), {"version": 1, "name": "X"}).status_code == 404

    def test_a_forged_form(self, analyst: User, quotation: Quotation, act: str):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(analyst)
        assert strict.post(address(act, quotation), {"version": 1, "name": "X"}).status_code == 403
