"""The article list: what it finds, who may see it, and that its queries do not grow."""

import datetime
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from articles.excerpts import excerpt
from articles.models import Outlet
from tests.factories import make_article, make_quotation

pytestmark = pytest.mark.django_db


def titles(client: Client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    return [line.article.title for line in response.context["listed"]]


@pytest.fixture
def three() -> None:
    make_article("The dam talks ended.", title="Dam", published_on=datetime.date(2025, 3, 1))
    make_article("Oil talks went on.", title="Oil", outlet="Quay News", published_on=datetime.date(2025, 3, 5))
    make_article("Nobody knows when.", title="Undated dam", outlet=None)


@pytest.mark.usefixtures("three")
class TestFinding:
    def test_newest_first_and_undated_last(self, viewer_client: Client):
        assert titles(viewer_client, "/articles/") == ["Oil", "Dam", "Undated dam"]

    def test_words_in_title_or_text_whatever_the_case(self, viewer_client: Client):
        assert titles(viewer_client, "/articles/?q=DAM") == ["Dam", "Undated dam"]
        assert titles(viewer_client, "/articles/?q=talks+dam") == ["Dam"]

    @pytest.mark.parametrize(
        "query", ["привет", "ПРИВЕТ", "senor", "SEÑOR", "strasse", "οδοσ", '"hard wrapped line"', "5 kilometres"]
    )
    def test_case_accents_and_line_breaks_do_not_count(self, viewer_client: Client, query: str):
        make_article("ПРИВЕТ, Señor. Straße, ΟΔΟΣ. A hard\nwrapped\r\n  line. 5\u00a0kilometres", title="Folded")
        make_article("A hard", title="wrapped line: another")
        assert titles(viewer_client, f"/articles/?q={quote(query)}") == ["Folded"]

    def test_a_phrase_does_not_run_from_the_title_into_the_text(self, viewer_client: Client):
        make_article("ended there.", title="It")
        assert titles(viewer_client, '/articles/?q="it+ended"') == []

    def test_phrases_and_words_to_leave_out(self, viewer_client: Client):
        assert titles(viewer_client, '/articles/?q="talks+ended"') == ["Dam"]
        assert titles(viewer_client, "/articles/?q=talks+-oil") == ["Dam"]

    def test_outlet_and_dates(self, viewer_client: Client):
        quay = Outlet.objects.get(name="Quay News")
        assert titles(viewer_client, f"/articles/?outlet={quay.pk}") == ["Oil"]
        assert titles(viewer_client, "/articles/?after=2025-03-01&before=2025-03-01") == ["Dam"]
        assert titles(viewer_client, "/articles/?after=2025-03-02") == ["Oil"]

    def test_what_is_not_understood_is_said_and_left_out(self, viewer_client: Client):
        response = viewer_client.get("/articles/?after=yesterday&outlet=x&q=oil+kind:odd")
        assert [line.article.title for line in response.context["listed"]] == ["Oil"]
        said = response.context["asked"].complaints
        assert [sentence.partition(" ")[0] for sentence in said] == ["kind:", "“x”", "“yesterday”"]
        assert response.content.decode().count('role="alert"') == 3

    def test_from_later_than_to_is_said(self, viewer_client: Client):
        content = viewer_client.get("/articles/?after=2025-03-09&before=2025-03-02").content.decode()
        assert "“From” is later than “To”, so there is nothing between them." in content

    def test_nothing_found_says_what_to_do(self, viewer_client: Client):
        content = viewer_client.get("/articles/?q=zeppelin").content
        assert b"No article matches" in content
        assert content.count(b"Show all") == 1

    def test_signs_of_sql_and_odd_quotes_do_no_harm(self, viewer_client: Client):
        for query in ("%25", "'", '"', "\\", "a;--", "%00", "🙂", "(" * 100):
            assert viewer_client.get(f"/articles/?q={query}").status_code == 200


def test_hidden_articles_are_not_listed(viewer_client: Client):
    make_article(is_hidden=True)
    response = viewer_client.get("/articles/")
    assert b"No articles yet" in response.content


def test_the_search_hit_stands_in_its_sentence(viewer_client: Client):
    make_article("A <b>harbour</b> & more.")
    content = viewer_client.get("/articles/?q=harbour").content.decode()
    assert 'A &lt;b&gt;<mark class="hit">harbour</mark>&lt;/b&gt; &amp; more.' in content


def test_known_speakers_come_first_and_rejected_ones_not_at_all(viewer_client: Client):
    article = make_article("“One,” she said. “Two,” Ana said. “Three,” Ben said.")
    make_quotation(article, "“One,”", mention="she")
    make_quotation(article, "“Two,”", speaker="Ana Reyes", state="accepted")
    make_quotation(article, "“Three,”", speaker="Ben Okoro", state="rejected")
    response = viewer_client.get("/articles/")
    (line,) = response.context["listed"]
    assert line.speakers == ["Ana Reyes", "She"]
    assert b"2 of 3 settled" in response.content


def test_pages(viewer_client: Client, settings: Settings):
    settings.NEWSROOM_PAGE_SIZE = 2
    for number in range(5):
        make_article(f"Text {number}", title=f"Title {number}")
    for search in ("", "q=text"):
        first = viewer_client.get(f"/articles/?{search}")
        assert [line.article.title for line in first.context["listed"]] == ["Title 4", "Title 3"]
        assert b"Newer" not in first.content
        older = first.context["page"].older
        second = viewer_client.get(f"/articles/?{search}&below={older}")
        assert [line.article.title for line in second.context["listed"]] == ["Title 2", "Title 1"]
        assert b"Newer" in second.content and b"Older" in second.content
        assert titles(viewer_client, f"/articles/?{search}&below={second.context['page'].older}") == ["Title 0"]
        assert titles(viewer_client, f"/articles/?{search}&above={second.context['page'].newer}") == [
            "Title 4",
            "Title 3",
        ]


def test_texts_stay_in_the_database_where_only_their_beginnings_are_shown(viewer_client: Client):
    text = "🐟 Nets " * 50
    article = make_article(text)
    response = viewer_client.get("/articles/")
    assert str(excerpt(text)) in response.content.decode()
    assert "text" in response.context["listed"][0].article.get_deferred_fields()
    assert titles(viewer_client, "/articles/?q=nets") == [article.title]


@pytest.mark.parametrize(
    "address",
    [
        f"/{page}/?{search}"
        for page in ("articles", "quotations", "articles/facets", "quotations/facets")
        for search in ("", "q=words", "q=said:words&kind=direct&outlet=1&story=1&speaker=1&reviewed=no")
    ],
)
def test_the_number_of_queries_does_not_grow(viewer_client: Client, address: str):
    numbers = []
    for new in (1, 30):
        for at in range(new):
            article = make_article(f"“Words {new} {at}” and “more {at}”", outlet=f"Outlet {new} {at}")
            make_quotation(article, f"“Words {new} {at}”", speaker=f"Speaker {new} {at}")
            make_quotation(article, f"“more {at}”", speaker="Everybody")
        with CaptureQueriesContext(connection) as queries:
            assert viewer_client.get(address).status_code == 200
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= 12


class TestAccess:
    def test_strangers_are_sent_to_sign_in_and_back(self, client: Client):
        response = client.get("/articles/?q=dam")
        assert response.status_code == 302
        assert response["Location"] == "/accounts/sign-in/?next=/articles/%3Fq%3Ddam"

    def test_without_a_role_one_is_told_what_to_do(self, nobody_special_client: Client):
        response = nobody_special_client.get("/articles/")
        assert response.status_code == 403
        assert b"Ask an editor" in response.content

    def test_public_read_opens_the_list_and_the_article(self, client: Client, settings: Settings):
        settings.NEWSROOM_PUBLIC_READ = True
        article = make_article()
        assert client.get("/articles/").status_code == 200
        assert client.get(article.get_absolute_url()).status_code == 200

    def test_only_reads(self, viewer_client: Client):
        assert viewer_client.post("/articles/").status_code == 405
