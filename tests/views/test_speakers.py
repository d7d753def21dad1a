"""Speakers in the browser: finding one, the page of each, editing, who a name may mean; for whom, and the queries."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from articles import corrections
from articles.corrections import Edit
from articles.models import Act, Outlet, Quotation, Speaker
from articles.views.speakers import LISTED, QUOTED
from tests.factories import make_article, make_quotation

pytestmark = pytest.mark.django_db

NETS = "“The nets were empty,”"
HTMX = {"HX-Request": "true"}


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.fixture
def ida(db: None) -> Speaker:
    """Quoted by two outlets in two months, as harbour master and later as minister, beside Otto Brandt."""
    ida = Speaker.objects.create(name="Ida Moss", wikidata_id="Q42")
    ida.aliases.create(name="Mrs Moss")
    for day, outlet, role in (
        ("2026-01-05", "The Harbour Gazette", "harbour master"),
        ("2026-03-01", "Quay News", "Minister"),
    ):
        article = make_article(
            f"{NETS} {role} Ida Moss said on {day}. “So be it.”",
            title=f"Of {day}",
            outlet=outlet,
            published_on=datetime.date.fromisoformat(day),
        )
        make_quotation(article, NETS, mention=f"{role} Ida Moss", speaker=ida)
        make_quotation(article, "“So be it.”", speaker="Otto Brandt")
    return ida


class TestTheList:
    def test_by_name_with_what_is_quoted(self, viewer_client: Client, ida: Speaker):
        content = text(viewer_client, "/speakers/")
        assert content.index("Ida Moss") < content.index("Otto Brandt")
        assert f'href="/quotations/?speaker={ida.pk}">2</a>' in content

    @pytest.mark.parametrize("typed", ["mrs", "IDA", "óss"])
    def test_any_name_finds(self, viewer_client: Client, ida: Speaker, typed: str):
        content = text(viewer_client, f"/speakers/?q={typed}")
        assert "Ida Moss" in content and "Otto Brandt" not in content

    def test_nobody_is_found_and_nobody_is_there(self, viewer_client: Client):
        assert "Nobody is called “x”" in text(viewer_client, "/speakers/?q=x")
        assert "Nobody is quoted yet" in text(viewer_client, "/speakers/")

    def test_page_by_page_each_once(
        self, viewer_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ):
        Speaker.objects.bulk_create(
            Speaker(name=f"N {number // 2}", key=f"n {number // 2}", qualifier=str(number % 2))
            for number in range(LISTED * 2 + 5)
        )
        seen: list[int] = []
        address = "/speakers/"
        while address:
            with django_assert_max_num_queries(8):
                response = viewer_client.get(address)
            seen += [one.pk for one in response.context["speakers"]]
            address = f"/speakers/?behind={response.context['next']}" if response.context["next"] else ""
        assert len(seen) == len(set(seen)) == LISTED * 2 + 5

    def test_a_name_with_a_bar_ends_a_page_as_any_other(self, viewer_client: Client):
        Speaker.objects.bulk_create(
            Speaker(name=f"N|{number}", key=f"n|{number:03}", qualifier="a|b") for number in range(LISTED + 5)
        )
        first = viewer_client.get("/speakers/").context
        second = viewer_client.get(f"/speakers/?behind={first['next']}").context
        keys = [one.key for context in (first, second) for one in context["speakers"]]
        assert keys == [f"n|{number:03}" for number in range(LISTED + 5)] and not second["next"]

    @pytest.mark.parametrize("behind", ["x", "n|1", "0", "9" * 30])
    def test_a_place_that_is_none_is_passed_over(self, viewer_client: Client, ida: Speaker, behind: str):
        assert "Ida Moss" in text(viewer_client, f"/speakers/?behind={behind}")

    def test_hidden_ones_are_left_out(self, viewer_client: Client, ida: Speaker):
        Speaker.objects.filter(pk=ida.pk).update(is_hidden=True)
        assert "Ida Moss" not in text(viewer_client, "/speakers/")

    def test_not_for_everybody(self, client: Client, nobody_special: object, settings: Settings):
        assert client.get("/speakers/").status_code == 302
        client.force_login(nobody_special)  # type: ignore[arg-type]
        assert client.get("/speakers/").status_code == 403
        settings.NEWSROOM_PUBLIC_READ = True
        assert client.get("/speakers/").status_code == 200


class TestThePage:
    def test_what_it_says(self, viewer_client: Client, ida: Speaker):
        content = text(viewer_client, ida.get_absolute_url())
        quay = Outlet.objects.get(name="Quay News")
        for words in (
            "Mrs Moss",
            "https://www.wikidata.org/wiki/Q42",
            "2 quotations",
            f"/quotations/?speaker={ida.pk}&amp;outlet={quay.pk}",
            f"/quotations/?speaker={ida.pk}&amp;month=2026-03",
            '<b dir="auto">harbour master</b>',
            "5 January 2026",
            "Otto Brandt",
        ):
            assert words in content
        assert content.index("Minister</b>") < content.index("harbour master</b>")
        assert "Edit" not in content

    def test_rejected_hidden_and_taken_out_do_not_count(self, viewer_client: Client, ida: Speaker):
        first, second = ida.quotations.order_by("pk")
        Quotation.objects.filter(pk=first.pk).update(is_hidden=True)
        assert viewer_client.get(ida.get_absolute_url()).context["profile"].number == 1
        Quotation.objects.filter(pk=second.pk).update(
            state="rejected", settled_at=datetime.datetime.now(datetime.UTC)
        )
        assert "No quotation of theirs is shown" in text(viewer_client, ida.get_absolute_url())

    def test_older_ones_page_by_page(self, viewer_client: Client, ida: Speaker):
        words = " ".join(f"“w{number}”" for number in range(QUOTED + 5))
        article = make_article(f"{words} said.", title="Many", published_on=datetime.date(2025, 1, 1))
        for number in range(QUOTED + 5):
            make_quotation(article, f"“w{number}”", speaker=ida)
        first = viewer_client.get(ida.get_absolute_url())
        place = first.context["page"].older
        assert f'rel="next" href="?below={place}#newest"' in first.content.decode()
        second = viewer_client.get(f"{ida.get_absolute_url()}?below={place}")
        pages = [one.pk for response in (first, second) for one in response.context["page"].rows]
        assert len(pages) == len(set(pages)) == QUOTED + 7 and not second.context["page"].older
        back = viewer_client.get(f"{ida.get_absolute_url()}?above={second.context['page'].newer}")
        assert back.context["page"].rows == first.context["page"].rows

    @pytest.mark.parametrize("place", ["x", "2026-13-01.5", "2026-01-01.x", "2026-01-01", "2026-01-01_5"])
    def test_a_place_that_is_none_is_passed_over(self, viewer_client: Client, ida: Speaker, place: str):
        assert len(viewer_client.get(f"{ida.get_absolute_url()}?below={place}").context["page"].rows) == 2

    def test_queries_are_twelve_however_much_is_quoted(
        self, analyst_client: Client, ida: Speaker, django_assert_max_num_queries: DjangoAssertNumQueries
    ):
        with django_assert_max_num_queries(12):
            analyst_client.get(ida.get_absolute_url())

    def test_a_merged_one_leads_on(self, viewer_client: Client, ida: Speaker, editor: object):
        other = Speaker.objects.create(name="I. Moss")
        corrections.join(ida, other, by=editor, versions=(1, 1))  # type: ignore[arg-type]
        assert viewer_client.get(other.get_absolute_url()).headers["Location"] == ida.get_absolute_url()

    def test_a_hidden_one_is_for_editors(self, viewer_client: Client, editor_client: Client, ida: Speaker):
        Speaker.objects.filter(pk=ida.pk).update(is_hidden=True)
        assert viewer_client.get(ida.get_absolute_url()).status_code == 404
        assert editor_client.get(ida.get_absolute_url()).status_code == 200


class TestEditing:
    def save(self, client: Client, speaker: Speaker, **values: object) -> object:
        fields = {"version": 1, "name": "Ida Moss", "kind": "person", "aliases": "Mrs Moss"}
        return client.post(reverse("articles:edit_speaker", args=[speaker.pk]), fields | values)

    def test_it_is_one_act(self, editor_client: Client, ida: Speaker):
        values = {
            "role": "captain",
            "wikidata_id": "https://www.wikidata.org/wiki/q7",
            "aliases": "Capt. Moss\nMrs Moss",
        }
        assert self.save(editor_client, ida, **values).status_code == 302  # type: ignore[attr-defined]
        ida.refresh_from_db()
        assert (ida.role, ida.wikidata_id, ida.aliases.count(), ida.version) == ("captain", "Q7", 2, 2)
        assert Act.objects.get().verb == Act.Verb.EDIT

    @pytest.mark.parametrize(
        "values",
        [{"name": "\u200b"}, {"name": "Otto Brandt"}, {"wikidata_id": "Q0"}, {"wikidata_id": "42"}, {"kind": "x"}],
    )
    def test_what_cannot_be_is_told(self, editor_client: Client, ida: Speaker, values: dict[str, str]):
        assert self.save(editor_client, ida, **values).status_code == 422  # type: ignore[attr-defined]
        assert not Act.objects.exists()

    def test_who_was_first_is_told_and_nothing_is_saved(self, editor_client: Client, ida: Speaker, editor: object):
        corrections.edit([Edit(ida, 1, {"role": "skipper"})], by=editor)  # type: ignore[arg-type]
        response = self.save(editor_client, ida, role="captain")
        assert response.status_code == 409  # type: ignore[attr-defined]
        content = response.content.decode()  # type: ignore[attr-defined]
        assert "Role: now “skipper”, yours “captain”." in content and 'name="version" value="2"' in content
        assert Act.objects.count() == 1
        assert self.save(editor_client, ida, role="captain", version=2).status_code == 302  # type: ignore[attr-defined]

    def test_only_for_editors(self, client: Client, analyst_client: Client, ida: Speaker):
        for guest, status in ((client, 302), (analyst_client, 403)):
            assert self.save(guest, ida, role="x").status_code == status  # type: ignore[attr-defined]
        assert not Act.objects.exists()


class TestWhoItMayBe:
    @pytest.fixture
    def quotation(self, db: None) -> Quotation:
        article = make_article(f"{NETS} Mr J. Smith said.")
        return make_quotation(article, NETS, mention="Mr J. Smith")

    def test_each_is_offered_with_the_certainty(self, analyst_client: Client, quotation: Quotation):
        jane, john = (Speaker.objects.create(name=name) for name in ("Jane Smith", "John Smith"))
        Speaker.objects.create(name="Ada Smith")
        make_quotation(make_article(f"{NETS} again."), NETS, speaker=jane)
        address = reverse("articles:possible_speakers", args=[quotation.uid])
        response = analyst_client.get(address, headers=HTMX)
        content = " ".join(response.content.decode().split())
        assert [one.speaker for one in response.context["candidates"]] == [jane, john]
        first, second = (one.percent for one in response.context["candidates"])
        assert first > second > 30 and first + second < 100
        assert "initials that fit, quoted in this outlet" in content and "J. Smith</em> may be:" in content
        analyst_client.post(
            reverse("articles:change_speaker", args=[quotation.uid]), {"name": str(jane), "version": 1}, headers=HTMX
        )
        quotation.refresh_from_db()
        assert quotation.speaker == jane

    def test_the_card_asks_and_without_script_the_page_does(self, analyst_client: Client, quotation: Quotation):
        Speaker.objects.create(name="Jane Smith")
        address = reverse("articles:possible_speakers", args=[quotation.uid])
        assert address in text(analyst_client, quotation.article.get_absolute_url())
        assert "Jane Smith</bdi> 80%" in text(analyst_client, address)

    def test_nobody_is_known_and_nobody_is_named(self, analyst_client: Client, quotation: Quotation):
        address = reverse("articles:possible_speakers", args=[quotation.uid])
        assert "Nobody is known" in analyst_client.get(address, headers=HTMX).content.decode()
        she = make_quotation(make_article(f"{NETS} she said."), NETS, mention="she")
        page = text(analyst_client, she.article.get_absolute_url())
        assert "Who may it be?" not in page

    def test_queries_are_as_many_for_two_as_for_twenty(
        self, analyst_client: Client, quotation: Quotation, django_assert_max_num_queries: DjangoAssertNumQueries
    ):
        for number in range(20):
            Speaker.objects.create(name=f"J{'a' * number}n Smith")
        with django_assert_max_num_queries(9):
            analyst_client.get(reverse("articles:possible_speakers", args=[quotation.uid]), headers=HTMX)
