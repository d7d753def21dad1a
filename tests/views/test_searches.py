"""Saved searches: whose they are, what is new in them, their feed."""

import xml.etree.ElementTree as ET
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from articles import corrections
from articles.models import Act, Article, SavedSearch
from tests.factories import make_article, make_quotation

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def article() -> Article:
    article = make_article("“The nets were empty,” she said.", title="Nets <b>")
    make_quotation(article, "“The nets were empty,”", speaker="Ida Moss")
    return article


def save(
    client: Client, *, name: str = "Nets", query: str = "q=nets", of: str = "articles", **form: str
) -> SavedSearch:
    client.post("/searches/save/", {"name": name, "query": query, "of": of} | form)
    return SavedSearch.objects.get(name=name)


def new_in(client: Client, search: SavedSearch) -> str:
    return client.get(f"/searches/{search.uid}/new/").content.decode()


def test_a_search_is_saved_from_the_list_and_leads_back_to_it(analyst_client: Client, article: Article):
    content = analyst_client.get("/articles/?q=nets&sort=best&below=x").content.decode()
    assert '<input type="hidden" name="query" value="q=nets">' in content
    search = save(analyst_client, query="q=nets&evil=1&month=2025-03")
    assert search.query == "q=nets&month=2025-03"
    assert "Nets" in analyst_client.get("/searches/").content.decode()
    answer = analyst_client.get(search.get_absolute_url())
    assert answer["Location"].startswith("/articles/?q=nets&month=2025-03")


UNSAVED = [{"name": ""}, {"name": "\u200b"}, {"name": "x" * 101}, {"of": "people"}]
UNSAVED += [{"query": query} for query in ("", "evil=1", "list=x")]


@pytest.mark.parametrize("form", UNSAVED)
def test_what_cannot_be_saved_is_told(analyst_client: Client, form: dict[str, str]):
    answer = analyst_client.post(
        "/searches/save/", {"name": "N", "query": "q=a", "of": "articles"} | form, follow=True
    )
    assert b"Not saved: a search needs a name" in answer.content and not SavedSearch.objects.exists()


@pytest.mark.parametrize("of", ["articles", "quotations"])
def test_what_came_since_it_was_opened_is_new(analyst_client: Client, article: Article, of: str):
    search = save(analyst_client, of=of)
    assert "nothing new" in new_in(analyst_client, search)
    late = make_article("“More nets,” he said. “Boats,” he said.", title="Late", published_on="1999-01-01")
    for words in ("“More nets,”", "“Boats,”"):
        make_quotation(late, words)
    assert "1 new" in new_in(analyst_client, search)
    address = analyst_client.get(search.get_absolute_url())["Location"]
    content = analyst_client.get(address).content.decode()
    assert content.count('<b class="new-results">new</b>') == 1
    assert "nothing new" in new_in(analyst_client, search)


def test_more_than_ninety_nine_are_not_counted(analyst_client: Client, monkeypatch: pytest.MonkeyPatch):
    search = save(analyst_client)
    monkeypatch.setattr("articles.views.searches.MOST_NEW", 2)
    for number in range(3):
        make_article(f"nets {number}")
    assert "99+ new" in new_in(analyst_client, search)


def test_others_see_what_is_shared_and_change_nothing(analyst_client: Client, editor_client: Client):
    private, shared = save(analyst_client, name="Mine"), save(analyst_client, name="Ours", is_shared="on")
    content = editor_client.get("/searches/").content.decode()
    assert "Ours" in content and "shared by analyst" in content and "Mine" not in content
    assert editor_client.get(private.get_absolute_url()).status_code == 404
    assert editor_client.get(shared.get_absolute_url()).status_code == 302
    assert "not opened yet" not in new_in(editor_client, shared)
    assert editor_client.post(f"/searches/{shared.uid}/change/", {"act": "remove"}).status_code == 404
    assert str(shared.feed_key) not in content
    assert str(shared.feed_key) in analyst_client.get("/searches/").content.decode()


def test_its_owner_renames_shares_removes_and_brings_back(analyst_client: Client):
    search = save(analyst_client)
    for form, said in [
        ({"act": "rename", "name": " Netze "}, "Renamed."),
        ({"act": "share"}, "Shared."),
        ({"act": "unshare"}, "Yours alone."),
        ({"act": "remove"}, "Removed."),
    ]:
        assert said in analyst_client.post(f"/searches/{search.uid}/change/", form, follow=True).content.decode()
    search.refresh_from_db()
    assert (search.name, search.is_shared, search.is_removed) == ("Netze", False, True)
    assert analyst_client.get(search.get_absolute_url()).status_code == 404
    assert "Netze" in analyst_client.get("/searches/").content.decode()
    analyst_client.post(f"/searches/{search.uid}/change/", {"act": "keep"})
    assert analyst_client.get(search.get_absolute_url()).status_code == 302
    assert analyst_client.post(f"/searches/{search.uid}/change/", {"act": "sing"}).status_code == 400
    blank = analyst_client.post(f"/searches/{search.uid}/change/", {"act": "rename", "name": " \x00"}, follow=True)
    assert b"Not renamed" in blank.content and SavedSearch.objects.get().name == "Netze"


@pytest.mark.parametrize("of", ["articles", "quotations"])
def test_the_feed_is_read_without_signing_in(analyst_client: Client, client: Client, article: Article, of: str):
    search = save(analyst_client, of=of)
    answer = client.get(search.get_feed_url())
    assert answer["Content-Type"].startswith("application/atom+xml")
    root = ET.fromstring(answer.content)  # noqa: S314 - our own
    (entry,) = root.findall(f"{ATOM}entry")
    title = entry.findtext(f"{ATOM}title")
    assert title == ("Nets <b>" if of == "articles" else "Ida Moss: “The nets were empty,”")
    link = entry.find(f"{ATOM}link")
    assert link is not None and link.get("href", "").startswith("http://testserver/")


FEED_HAS = {"id": 1, "title": 1, "updated": 1, "author": 1}
"""What RFC 4287 asks of a feed, each just once in ours."""


def check_atom(content: bytes) -> ET.Element:
    """The feed, as far as RFC 4287 has anything to say about it."""
    root = ET.fromstring(content)  # noqa: S314 - our own
    assert root.tag == f"{ATOM}feed"
    for name, number in FEED_HAS.items():
        assert len(root.findall(f"{ATOM}{name}")) == number, name
    assert {link.get("rel") for link in root.findall(f"{ATOM}link")} == {"self", "alternate"}
    ids = [root.findtext(f"{ATOM}id")]
    for entry in root.findall(f"{ATOM}entry"):
        for name in ("id", "title", "updated", "published", "summary"):
            assert len(entry.findall(f"{ATOM}{name}")) == 1, name
        assert len(entry.findall(f"{ATOM}author")) <= 1
        (link,) = entry.findall(f"{ATOM}link")
        assert link.get("rel") == "alternate" and link.get("href", "").startswith("http://testserver/")
        ids.append(entry.findtext(f"{ATOM}id"))
    for when in [*root.iter(f"{ATOM}updated"), *root.iter(f"{ATOM}published")]:
        assert datetime.fromisoformat(when.text or "").tzinfo
    assert len(set(ids)) == len(ids) and all((one or "").startswith("urn:uuid:") for one in ids)
    return root


@pytest.mark.parametrize("of", ["articles", "quotations"])
def test_the_feed_is_valid_without_outlets_and_without_entries(analyst_client: Client, client: Client, of: str):
    search = save(analyst_client, of=of)
    root = check_atom(client.get(search.get_feed_url()).content)
    updated = datetime.fromisoformat(root.findtext(f"{ATOM}updated") or "")
    assert updated == search.made_at
    make_quotation(make_article("“Nets & <b>nets</b>,” she said.", outlet=None), "“Nets & <b>nets</b>,”")
    root = check_atom(client.get(search.get_feed_url()).content)
    summary = root.findtext(f"{ATOM}entry/{ATOM}summary") or ""
    assert "&amp; &lt;b&gt;nets" in summary  # which is HTML


@pytest.mark.parametrize("of", ["articles", "quotations"])
def test_entries_keep_their_ids_and_say_when_they_changed(
    analyst_client: Client, client: Client, article: Article, analyst: User, editor: User, of: str
):
    search = save(analyst_client, of=of)
    before = check_atom(client.get(search.get_feed_url()).content)
    corrections.edit([corrections.Edit(article, article.version, {"title": "Nets"})], by=editor)
    corrections.accept(article.quotations.get(), by=analyst, version=1)
    Act.objects.update(at=timezone.now() + timedelta(days=1))
    after = check_atom(
        client.get(search.get_feed_url(), headers={"Host": "127.0.0.1"}).content.replace(
            b"http://127.0.0.1/", b"http://testserver/"
        )
    )
    ids = [feed.findtext(f"{ATOM}entry/{ATOM}id") for feed in (before, after)]
    assert ids[0] == ids[1]
    for place in (f"{ATOM}updated", f"{ATOM}entry/{ATOM}updated"):
        assert (before.findtext(place) or "") < (after.findtext(place) or "")
    assert before.findtext(f"{ATOM}entry/{ATOM}published") == after.findtext(f"{ATOM}entry/{ATOM}published")


def test_an_unchanged_feed_is_not_sent_again(analyst_client: Client, client: Client, article: Article):
    search = save(analyst_client)
    first = client.get(search.get_feed_url())
    for asked in (
        {"If-None-Match": first["ETag"]},
        {"If-Modified-Since": first["Last-Modified"]},
        {"If-None-Match": f'"other", {first["ETag"]}', "If-Modified-Since": "Thu, 01 Jan 2015 00:00:00 GMT"},
    ):
        again = client.get(search.get_feed_url(), headers=asked)
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    make_article("More nets.")
    Article.objects.filter(text="More nets.").update(imported_at=timezone.now() + timedelta(seconds=5))
    for asked in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        assert client.get(search.get_feed_url(), headers=asked).status_code == 200


def test_a_control_character_does_not_end_the_feed(analyst_client: Client, client: Client):
    search = save(analyst_client)
    make_article("\x0cThe nets.", title="Nets\x01")
    assert client.get(search.get_feed_url()).status_code == 200


def test_looking_ahead_is_no_looking(analyst_client: Client, article: Article):
    search = save(analyst_client)
    make_article("More nets.")
    analyst_client.head(search.get_absolute_url())
    analyst_client.get(search.get_absolute_url(), headers={"Sec-Purpose": "prefetch"})
    assert "1 new" in new_in(analyst_client, search)


def test_what_asks_for_too_much_is_refused(analyst_client: Client):
    numbers = [f"{number:018}" for number in range(50, 100)]
    query = "&".join(f"{name}={number}" for name in ("story", "outlet", "speaker") for number in numbers)
    query += "&q=" + "ж" * 200
    answer = analyst_client.post("/searches/save/", {"name": "N", "query": query, "of": "articles"}, follow=True)
    assert b"too many things" in answer.content and not SavedSearch.objects.exists()


def test_a_late_arrival_with_an_early_date_is_in_the_feed(
    analyst_client: Client, client: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("articles.views.searches.MOST_IN_FEED", 2)
    search = save(analyst_client)
    for day in (3, 2, 1):
        make_article(f"nets {day}", title=f"Day {day}", published_on=f"2025-03-0{day}")
    content = client.get(search.get_feed_url()).content.decode()
    assert content.index("Day 1") < content.index("Day 2") and "Day 3" not in content


def test_the_feed_ends_with_its_key_its_owner_and_its_search(analyst_client: Client, client: Client, analyst: User):
    search = save(analyst_client)
    old = search.get_feed_url()
    analyst_client.post(f"/searches/{search.uid}/change/", {"act": "new_key"})
    search.refresh_from_db()
    assert client.get(old).status_code == 404 and client.get(search.get_feed_url()).status_code == 200
    analyst.is_active = False
    analyst.save()
    assert client.get(search.get_feed_url()).status_code == 404
    analyst.is_active = True
    analyst.save()
    SavedSearch.objects.update(is_removed=True)
    assert client.get(search.get_feed_url()).status_code == 404


def test_access(client: Client, nobody_special_client: Client, viewer_client: Client, settings: Settings):
    assert client.get("/searches/").status_code == 302
    assert nobody_special_client.get("/searches/").status_code == 403
    assert viewer_client.get("/searches/").status_code == 200
    assert viewer_client.get("/searches/save/").status_code == 405
    settings.NEWSROOM_PUBLIC_READ = True
    assert client.get("/searches/").status_code == 302


def test_the_number_of_queries_does_not_grow(
    analyst_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
):
    for number in range(4):
        save(analyst_client, name=f"S{number}", query="q=nets&outlet=1&speaker=2")
    with django_assert_max_num_queries(12):
        analyst_client.get("/searches/")
