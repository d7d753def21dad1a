"""The story page: its articles, each quotation as every outlet has it, for whom, and that its queries do not grow."""

import datetime
import html
import re

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from articles.models import Article, Story
from articles.views.stories import MOST_COMPARED
from tests.factories import make_article, make_quotation

pytestmark = pytest.mark.django_db

NETS = "“The nets were empty on Monday, and will be tomorrow,”"
CUT = "“The nets were empty on Monday”"
BOATS = "“Every boat stays in the harbour until spring,”"
PORT = "“We stay in port.”"


@pytest.fixture
def story() -> Story:
    return Story.objects.create()


@pytest.fixture
def two(story: Story) -> list[Article]:
    later = make_article(f"{CUT} Moss said.", title="Later", story=story, published_on=datetime.date(2026, 3, 2))
    first = make_article(
        f"{NETS} she said. {PORT}",
        title="First",
        outlet="Quay News",
        story=story,
        published_on=datetime.date(2026, 3, 1),
    )
    make_quotation(later, CUT, speaker="Ida Moss")
    make_quotation(first, NETS, speaker="Ida Moss")
    make_quotation(first, PORT, mention="she")
    return [first, later]


def page(client: Client, story: Story) -> str:
    response = client.get(story.get_absolute_url())
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_articles_stand_earliest_first(viewer_client: Client, story: Story, two: list[Article]):
    undated = make_article("Undated.", title="Undated", story=story)
    response = viewer_client.get(story.get_absolute_url())
    assert response.context["articles"] == [*two, undated]
    for words in ("Quay News", "2 Mar 2026", undated.get_absolute_url(), "3 articles"):
        assert words in response.content.decode()


def test_differences_are_marked_in_words_too(viewer_client: Client, story: Story, two: list[Article]):
    content = page(viewer_client, story)
    assert (
        '“The nets were empty on Monday” <del><span class="unseen">[left out: </span>and will be tomorrow,”'
        in content
    )
    assert "4 words left out" in content
    assert f'<a href="{two[1].get_absolute_url()}">The Harbour Gazette</a> <span>cut</span>' in content


def test_rejected_quotations_are_not_compared(viewer_client: Client, story: Story, two: list[Article]):
    two[1].quotations.update(state="rejected", settled_at=timezone.now())
    content = page(viewer_client, story)
    assert "<del><span" not in content and content.count("<span>cut</span>") == 2


def test_another_speaker_is_said(viewer_client: Client, story: Story, two: list[Article]):
    third = make_article(f"{NETS} Holm said", story=story, outlet="Coast Radio")
    make_quotation(third, NETS, speaker="Esther Holm")
    assert "<span>says Esther Holm</span>" in page(viewer_client, story)


def test_everything_from_outside_is_escaped(viewer_client: Client, story: Story):
    evil = "<img src=x onerror=alert(1)>"
    for number, extra in enumerate(("", " <b>more</b> and more")):
        article = make_article(
            f"“{evil} of nets{extra}” {evil} {number}", title=evil, outlet=f"{evil}{number}", story=story
        )
        make_quotation(article, f"“{evil} of nets{extra}”", speaker=evil)
    content = page(viewer_client, story)
    assert "<img" not in content and "<b>" not in content
    assert "<ins>" in content


def test_one_article_alone_says_so(viewer_client: Client, story: Story, two: list[Article]):
    Article.objects.filter(pk=two[0].pk).update(is_hidden=True)
    content = page(viewer_client, story)
    assert "nothing to compare it with" in content and "1 article<" in content
    assert "Also in" not in viewer_client.get(two[1].get_absolute_url()).content.decode()


def test_a_story_without_quotations_says_so(viewer_client: Client, story: Story):
    make_article("One.", story=story)
    make_article("Two.", story=story)
    assert "No quotation was found in these articles" in page(viewer_client, story)


def test_hidden_and_unknown_stories_are_not_there(viewer_client: Client, story: Story):
    assert viewer_client.get(story.get_absolute_url()).status_code == 404
    make_article(is_hidden=True, story=story)
    assert viewer_client.get(story.get_absolute_url()).status_code == 404
    assert viewer_client.get("/stories/4040404/").status_code == 404


def test_a_merged_story_leads_on(viewer_client: Client, story: Story, two: list[Article]):
    merged = Story.objects.create(merged_into=story)
    response = viewer_client.get(merged.get_absolute_url())
    assert (response.status_code, response["Location"]) == (302, story.get_absolute_url())


def test_the_reading_page_names_the_others(viewer_client: Client, story: Story, two: list[Article]):
    content = viewer_client.get(two[0].get_absolute_url()).content.decode()
    assert f'Also in: <a href="{two[1].get_absolute_url()}">The Harbour Gazette</a>' in content
    assert f'href="{story.get_absolute_url()}"' in content
    assert "Also in" not in viewer_client.get(make_article("Alone.").get_absolute_url()).content.decode()


@pytest.mark.parametrize("number", [2, MOST_COMPARED + 3])
def test_the_number_of_queries_does_not_grow(
    viewer_client: Client, story: Story, django_assert_num_queries: DjangoAssertNumQueries, number: int
):
    for at in range(number):
        article = make_article(f"{NETS} {at}", outlet=f"Outlet {at}", story=story)
        make_quotation(article, NETS, speaker=f"Speaker {at}")
    with django_assert_num_queries(10):
        content = page(viewer_client, story)
    assert (f"first {MOST_COMPARED} articles" in content) == (number > MOST_COMPARED)
    with django_assert_num_queries(10):
        viewer_client.get(article.get_absolute_url())


def kept_and_cut(client: Client, story: Story, **query: object) -> list[tuple[int, ...]]:
    """(of how many, kept, reworded, paraphrased, cut, added), article by article."""
    summaries = client.get(story.get_absolute_url(), query).context["summaries"]
    return [(one.earlier, one.kept, one.reworded, one.paraphrased, one.cut, one.added) for one in summaries]


class TestSideBySide:
    def test_each_outlet_is_summed_up(self, viewer_client: Client, story: Story, two: list[Article]):
        third = make_article(f"Moss said that {NETS[1:-2]}. {PORT} {CUT}", story=story, outlet="Coast Radio")
        make_quotation(third, f"that {NETS[1:-2]}", speaker="Ida Moss", kind="indirect")
        make_quotation(third, PORT)
        assert kept_and_cut(viewer_client, story) == [(0, 0, 0, 0, 0, 2), (2, 0, 1, 0, 1, 0), (2, 1, 0, 1, 0, 0)]
        content = page(viewer_client, story)
        assert "first with 2" in content and "kept 0 of 0" not in content
        assert "kept 1 of 2, paraphrased 1" in content and "kept 0 of 2, reworded 1, cut 1" in content
        assert "paraphrased: indirect here" in content

    def test_what_first_appears_later_was_not_cut_before(
        self, viewer_client: Client, story: Story, two: list[Article]
    ):
        third = make_article(f"{BOATS} {PORT}", story=story, outlet="Coast Radio")
        make_quotation(third, BOATS)
        make_quotation(third, PORT)
        assert kept_and_cut(viewer_client, story) == [(0, 0, 0, 0, 0, 2), (2, 0, 1, 0, 1, 0), (2, 1, 0, 0, 1, 1)]
        content = page(viewer_client, story)
        assert "kept 1 of 2, cut 1, added 1" in content
        assert content.count("<span>not yet there</span>") == 2 and content.count("<span>cut</span>") == 2

    def test_what_was_indirect_at_first_is_paraphrased_too(self, viewer_client: Client, story: Story):
        for number, kind in enumerate(("indirect", "direct")):
            article = make_article(f"{NETS} {number}", story=story)
            make_quotation(article, NETS, speaker="Ida Moss", kind=kind)
        assert kept_and_cut(viewer_client, story)[1] == (1, 0, 0, 1, 0, 0)
        assert "paraphrased: indirect at first" in page(viewer_client, story)

    def test_the_address_says_which_are_compared(self, viewer_client: Client, story: Story, two: list[Article]):
        third = make_article(f"{PORT} Holm said", story=story, outlet="Coast Radio")
        make_quotation(third, PORT)
        chosen = viewer_client.get(story.get_absolute_url(), {"with": [third.pk, two[1].pk]})
        assert chosen.context["choice"].articles == [two[1], third]
        assert [line.speaker for line in chosen.context["lines"]] == ["Ida Moss", "Unattributed"]
        assert len(re.findall(r'name="with"[^>]* checked>', chosen.content.decode())) == 2

    @pytest.mark.parametrize("named", [["x"], ["0", "9" * 30], [""]])
    def test_fewer_than_two_are_no_choice(
        self, viewer_client: Client, story: Story, two: list[Article], named: list[str]
    ):
        for query in (named, [*named, str(two[1].pk)]):
            response = viewer_client.get(story.get_absolute_url(), {"with": query})
            assert response.context["choice"].articles == two

    def test_leads_to_its_neighbours(self, viewer_client: Client, story: Story, two: list[Article]):
        newer, older = Story.objects.create(), Story.objects.create()
        for day, of in ((1, older), (9, newer)):
            make_article(f"{day}.", story=of, published_on=datetime.date(2026, 3, day))
        make_article("Hidden.", story=Story.objects.create(), published_on=datetime.date(2026, 3, 3), is_hidden=True)
        content = page(viewer_client, story)
        assert f'<a rel="prev" href="{newer.get_absolute_url()}">' in content
        assert f'<a rel="next" href="{older.get_absolute_url()}">' in content
        assert 'rel="prev"' not in page(viewer_client, newer) and 'rel="next"' not in page(viewer_client, older)

    def test_more_than_are_listed(
        self, viewer_client: Client, story: Story, two: list[Article], monkeypatch: pytest.MonkeyPatch
    ):
        """The list is cut, and the neighbours are still those of the newest article."""
        monkeypatch.setattr("articles.views.stories.MOST_LISTED", 1)
        between = Story.objects.create()
        make_article("Between.", title="Between", story=between, published_on=datetime.date(2026, 3, 1))
        content = page(viewer_client, story)
        assert viewer_client.get(story.get_absolute_url()).context["articles"] == two[:1]
        assert "more than 1 articles" in content and f'href="/articles/?story={story.pk}"' in content
        assert f'<a rel="next" href="{between.get_absolute_url()}">' in content and 'rel="prev"' not in content
        assert "The earliest" not in page(viewer_client, between)


def test_it_has_one_title_everywhere(viewer_client: Client, story: Story, two: list[Article]):
    """That of the earliest dated article: not of an undated one, nor of the newest."""
    make_quotation(make_article(f"Undated. {NETS}", title="Undated", story=story), NETS, speaker="Ida Moss")
    other = Story.objects.create()
    make_article("Other.", title="Other", story=other, published_on=datetime.date(2026, 2, 1))
    first = f'<a href="{story.get_absolute_url()}" dir="auto">First</a>'
    assert '<h1 dir="auto">First</h1>' in page(viewer_client, story)
    assert "<bdi>First</bdi>" in page(viewer_client, other)
    for address in ("/stories/", two[0].quotations.all()[0].speaker.get_absolute_url()):  # type: ignore[union-attr]
        assert first in viewer_client.get(address).content.decode()
    assert Story.objects.titles([story.pk, other.pk]) == {story.pk: "First", other.pk: "Other"}


class TestTheList:
    @pytest.fixture
    def listed(self, settings: Settings) -> list[Story]:
        """Five, the newest first, on pages of two; the third has an older article with a higher number."""
        settings.NEWSROOM_PAGE_SIZE = 2
        stories = [Story.objects.create() for _ in range(5)]
        for place, one in enumerate(stories):
            day = datetime.date(2026, 3, 20 - place)
            make_article(f"{place}.", story=one, title=f"Late {place}", published_on=day)
        make_article("Old.", story=stories[2], title="First", published_on=datetime.date(2025, 1, 1))
        make_article("Alone.", published_on=datetime.date(2026, 4, 1))
        make_article("Hidden.", story=Story.objects.create(), is_hidden=True)
        return stories

    def on(self, client: Client, address: str) -> tuple[list[Story], str]:
        response = client.get(address)
        return [one for one, _ in response.context["lines"]], response.content.decode()

    def test_pages_go_on_behind_each_other_and_back(self, viewer_client: Client, listed: list[Story]):
        address, pages = "", [listed[:2], listed[2:4], listed[4:]]
        for way, stories in zip(["next", "next", "prev", "prev", "prev"], [*pages, *pages[1::-1]], strict=True):
            shown, content = self.on(viewer_client, f"/stories/{address}")
            assert shown == stories
            found = re.search(rf'rel="{way}" href="([^"]+)"', content)
            address = html.unescape(found[1]) if found else ""
        assert address == ""

    def test_says_how_large_each_is(self, viewer_client: Client, story: Story, two: list[Article]):
        two[0].quotations.update(state="rejected", settled_at=timezone.now())
        make_quotation(two[0], "she")
        ((line, newest),) = viewer_client.get("/stories/").context["lines"]
        assert (line.article_count, line.outlet_count, line.quotation_count) == (2, 2, 2)
        assert (line.title, newest) == ("First", two[1])

    @pytest.mark.parametrize("place", ["x", "2026-02-31.1", "2026-03-01", "2026-03-01." + "9" * 30])
    def test_a_place_that_is_none_is_passed_over(self, viewer_client: Client, listed: list[Story], place: str):
        assert self.on(viewer_client, f"/stories/?below={place}")[0] == listed[:2]
        assert self.on(viewer_client, f"/stories/?above={place}")[0] == listed[:2]

    def test_none_yet_and_none_there(self, viewer_client: Client):
        assert "No stories yet" in viewer_client.get("/stories/").content.decode()
        assert "Show the newest stories" in viewer_client.get("/stories/?below=2020-01-01.1").content.decode()

    @pytest.mark.parametrize("number", [1, 25])
    def test_the_number_of_queries_does_not_grow(
        self, viewer_client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
    ):
        for at in range(number):
            make_quotation(make_article(f"“{at}” she", story=Story.objects.create()), f"“{at}”")
        with django_assert_num_queries(7):
            viewer_client.get("/stories/")

    def test_access(self, client: Client, nobody_special_client: Client, viewer_client: Client):
        assert client.get("/stories/")["Location"] == "/accounts/sign-in/?next=/stories/"
        assert nobody_special_client.get("/stories/").status_code == 403
        assert viewer_client.post("/stories/").status_code == 405


class TestAccess:
    def test_strangers_are_sent_to_sign_in_and_back(self, client: Client, story: Story):
        response = client.get(story.get_absolute_url())
        assert (response.status_code, response["Location"]) == (
            302,
            f"/accounts/sign-in/?next={story.get_absolute_url()}",
        )

    def test_without_a_role_one_may_not(self, nobody_special_client: Client, story: Story):
        assert nobody_special_client.get(story.get_absolute_url()).status_code == 403

    def test_public_read_opens_it(self, client: Client, settings: Settings, story: Story, two: list[Article]):
        settings.NEWSROOM_PUBLIC_READ = True
        assert client.get(story.get_absolute_url()).status_code == 200

    def test_only_reads(self, viewer_client: Client, story: Story):
        assert viewer_client.post(story.get_absolute_url()).status_code == 405
