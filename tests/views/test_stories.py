"""The story page: its articles, each quotation as every outlet has it, for whom, and that its queries do not grow."""

import datetime

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
    assert f'Not in: <a href="{two[1].get_absolute_url()}">The Harbour Gazette</a>.' in content


def test_rejected_quotations_are_not_compared(viewer_client: Client, story: Story, two: list[Article]):
    two[1].quotations.update(state="rejected", settled_at=timezone.now())
    content = page(viewer_client, story)
    assert "<del><span" not in content and content.count("Not in") == 2


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
    with django_assert_num_queries(7):
        content = page(viewer_client, story)
    assert (f"first {MOST_COMPARED} articles" in content) == (number > MOST_COMPARED)
    with django_assert_num_queries(10):
        viewer_client.get(article.get_absolute_url())


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
