"""Versions on the pages: which there are, what an earlier one said, and quotations that are not in this one."""

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles import corrections, versions
from articles.models import Act, Article, FormerText, Quotation
from articles.views.versions import versions_of
from tests.factories import make_article, make_quotation

pytestmark = pytest.mark.django_db

EVIL = "<img src=x onerror=alert(1)>"
NETS = "“The nets were empty,” the harbour master said on Monday."
OLD = f"{NETS}\n\nShe added {EVIL} that the fleet would stay in port until Friday.\n"
NEW = f"Updated at noon.\n\n{NETS}\n\nNobody answered questions about it {EVIL} any more.\n"
STAY = f"{EVIL} that the fleet would stay in port"
HTMX = {"HX-Request": "true"}


def renew(article: Article, text: str = NEW) -> None:
    new = Article(text=text, text_sha256=Article.digest(text), title="Renewed", extracted_with="test")
    with transaction.atomic():
        versions.renew(article, new)


@pytest.fixture
def article(analyst: User) -> Article:
    """Two versions; the harbour master's words are in both, what she added only in the first."""
    article = make_article(OLD)
    make_quotation(article, "“The nets were empty,”", cue="said", mention="the harbour master", speaker="Ida Moss")
    corrections.accept(
        make_quotation(article, STAY, cue="added", mention="She", speaker="Ida Moss"), by=analyst, version=1
    )
    renew(article)
    return article


@pytest.fixture
def lost(article: Article) -> Quotation:
    return Quotation.objects.get(former_text__isnull=False)


def content_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_an_article_of_one_version_says_nothing_of_versions(viewer_client: Client):
    content = content_of(viewer_client, make_article().get_absolute_url())
    assert "earlier:" not in content and "Not in this version" not in content


def test_the_reading_page_leads_to_the_earlier_versions(viewer_client: Client, article: Article):
    FormerText.objects.update(imported_at="2026-05-03T10:00:00Z")
    renew(article, "A third text.")
    first, second = FormerText.objects.order_by("pk")
    content = content_of(viewer_client, article.get_absolute_url())
    assert "Version 3 of 3" in content
    assert (
        f'earlier: <a href="{first.get_absolute_url()}">3 May 2026</a>, <a href="{second.get_absolute_url()}">'
        in (content)
    )


def test_of_many_versions_the_last_and_the_first_are_named(viewer_client: Client, article: Article):
    for number in range(6):
        renew(article, f"The text number {number}.")
    content = content_of(viewer_client, article.get_absolute_url())
    urls = [former.get_absolute_url() for former in FormerText.objects.order_by("pk")]
    assert [url in content for url in urls] == [True, False, *[True] * 5]
    assert f'<a href="{urls[0]}">the first of them</a>' in content
    assert all(f'href="{url}"' in content_of(viewer_client, urls[3]) for url in urls if url != urls[3])


def test_versions_of_one_day_are_told_apart_by_the_time(article: Article):
    FormerText.objects.update(imported_at="2026-05-03T10:00:00Z")
    Article.objects.update(imported_at="2026-05-03T10:00:01Z")
    article.refresh_from_db()
    assert [(one.number, one.day) for one in versions_of(article)] == [
        (1, "3 May 2026, 10:00:00"),
        (2, "3 May 2026, 10:00:01"),
    ]


def test_quotations_not_in_this_version_come_last_with_the_way_to_theirs(
    analyst_client: Client, article: Article, lost: Quotation
):
    content = content_of(analyst_client, article.get_absolute_url())
    text, _, gone = content.partition("Not in this version")
    assert str(lost.uid) not in text
    assert f'href="/articles/{article.pk}/versions/{lost.former_text_id}/#quotation-{lost.uid}"' in gone
    assert "&lt;img src=x onerror=alert(1)&gt; that the fleet would stay in port</mark>" in gone
    assert 'aria-label="Quotation 2 of 2, direct, Ida Moss, accepted, 80%"' in gone
    assert f'aria-describedby="words-{lost.uid}-{lost.start}"' in gone and "/reject/" in gone
    assert "1 of 2 settled" in text
    assert "Ida Moss</bdi></a> 1</li>" in text  # what she is quoted with in this version
    assert EVIL not in content


def test_they_can_still_be_decided_on_and_undone(analyst_client: Client, article: Article, lost: Quotation):
    url = f"/quotations/{lost.uid}"
    answers = [
        analyst_client.post(f"{url}/reject/", {"version": lost.version}, headers=HTMX),
        analyst_client.post(f"{url}/speaker/", {"version": lost.version + 1, "name": "Otto Brandt"}, headers=HTMX),
    ]
    lost.refresh_from_db()
    assert (lost.state, str(lost.speaker), lost.content) == ("rejected", "Otto Brandt", STAY)
    answers += [analyst_client.post(f"/acts/{act.uid}/undo/", headers=HTMX) for act in Act.objects.all()[:2]]
    lost.refresh_from_db()
    assert (lost.state, str(lost.speaker)) == ("accepted", "Ida Moss")
    for answer in answers:
        content = answer.content.decode()
        assert answer.status_code == 200
        assert 'id="gone" hx-swap-oob="true"' in content and 'id="row-' not in content


def test_a_page_of_the_text_that_was_replaced_is_shown_anew(analyst_client: Client, article: Article):
    kept = article.quotations.in_text().get()
    stale = {"version": 1, "text": Article.digest(OLD)}
    answer = analyst_client.post(f"/quotations/{kept.uid}/reject/", stale, headers=HTMX)
    assert answer.status_code == 409
    content = answer.content.decode()
    assert "Not saved: the article has a new version. It is shown as it is now." in content
    for part in ("head", "text"):
        assert f'id="{part}"' in content
    assert "Updated at noon." in content and "Version 2 of 2" in content
    plain = analyst_client.post(f"/quotations/{kept.uid}/reject/", {"version": 1}, follow=True)
    assert "Not saved: the article has a new version." in plain.content.decode()
    kept.refresh_from_db()
    assert kept.state == "suggested"
    corrections.accept(kept, by=User.objects.get(), version=kept.version)
    later = analyst_client.post(f"/quotations/{kept.uid}/reject/", {"version": 2}, headers=HTMX)
    assert "you, in another window, changed it in the meantime" in later.content.decode()
    # An undoing names no version of a quotation, but it too would swap rows of another text.
    undone = analyst_client.post(f"/acts/{Act.objects.all()[0].uid}/undo/", stale, headers=HTMX)
    assert undone.status_code == 200 and "Updated at noon." in undone.content.decode()


def test_a_decision_on_words_that_changed_says_so_until_it_is_taken_again(
    analyst_client: Client, analyst: User, article: Article
):
    kept = article.quotations.in_text().get()
    corrections.accept(kept, by=analyst, version=kept.version)
    said = "accepted by you · <strong>reworded since</strong>"
    renew(article, NEW.replace("were empty,", "were empty."))
    assert "reworded" not in content_of(analyst_client, article.get_absolute_url())
    renew(article, NEW.replace("were empty", "were all empty"))
    renew(article, f"Top. {NEW.replace('were empty', 'were all empty')}")
    assert said in content_of(analyst_client, article.get_absolute_url())
    kept.refresh_from_db()
    for act in (corrections.reopen, corrections.accept):
        act(kept, by=analyst, version=kept.version)
    content = content_of(analyst_client, article.get_absolute_url())
    assert "reworded" not in content and content.count("accepted by you") == 2


def test_the_page_of_a_version_shows_its_text_and_quotations_as_they_stood(
    analyst_client: Client, article: Article, lost: Quotation
):
    former = FormerText.objects.get()
    content = content_of(analyst_client, former.get_absolute_url())
    assert "Version 1 of 2" in content and "Empty nets" in content
    kept = article.quotations.in_text().get()
    for quotation, start in ((kept, 0), (lost, OLD.index(EVIL))):
        assert f'id="words-{quotation.uid}-{start}" data-quotation="{quotation.uid}">' in content
        assert f'id="quotation-{quotation.uid}"' in content
    assert "accepted by you" in content
    for act in ("/accept/", "/reject/", "/speaker/", "/undo/"):
        assert act not in content
    assert EVIL not in content
    assert f'<a href="{article.get_absolute_url()}">version 2</a> changed' in content
    assert '<ins><span class="unseen">[added: </span>Updated at noon. ¶<span class="unseen">]</span></ins>' in content
    assert "[left out: </span>She added<span" in content and "&lt;img src=x onerror=alert(1)&gt; <del>" in content


def test_each_version_is_compared_with_the_next(viewer_client: Client, article: Article):
    renew(article, NEW.replace("noon", "midnight"))
    renew(article, NEW.replace("noon", "midnight").replace(" ", "  "))
    second, third = list(FormerText.objects.order_by("pk"))[1:]
    content = content_of(viewer_client, second.get_absolute_url())
    assert "[left out: </span>noon.<" in content and "[added: </span>midnight.<" in content
    assert f'<a href="{third.get_absolute_url()}">version 3</a> changed' in content
    assert "Only white space." in content_of(viewer_client, third.get_absolute_url())


def test_a_text_too_long_to_compare_says_so(viewer_client: Client, article: Article, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("articles.differing.MOST_WORDS", 3)
    assert "too long to be compared" in content_of(viewer_client, FormerText.objects.get().get_absolute_url())


def test_versions_of_hidden_and_other_articles_are_not_there(viewer_client: Client, client: Client, article: Article):
    former = FormerText.objects.get()
    assert client.get(former.get_absolute_url()).status_code == 302
    assert viewer_client.get(f"/articles/{make_article('Other.').pk}/versions/{former.pk}/").status_code == 404
    Article.objects.update(is_hidden=True)
    assert viewer_client.get(former.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("number", [1, 12])
def test_queries_do_not_grow(
    viewer_client: Client, analyst: User, django_assert_num_queries: DjangoAssertNumQueries, number: int
):
    text = "".join(f"“Words {at} that nobody else says,” she said.\n\n" for at in range(number))
    article = make_article(text)
    for at in range(number):
        quotation = make_quotation(article, f"“Words {at} that nobody else says,”", speaker=f"Name {at}")
        corrections.accept(quotation, by=analyst, version=1)
    for at in range(number):
        renew(article, f"Version {at} holds none of what was said before, and says so.")
    with django_assert_num_queries(10):
        viewer_client.get(article.get_absolute_url())
    first = FormerText.objects.order_by("pk")[0].get_absolute_url()
    with django_assert_num_queries(9):
        viewer_client.get(first)


def test_a_speaker_has_one_hue_in_all_versions(viewer_client: Client, analyst: User):
    """Who was named by a correction came last, whatever comes behind in the text."""
    article = make_article("“One,” she said. “Two,” he said. “Three,” she said.\n")
    for words, name in (("“One,”", "Ida Moss"), ("“Two,”", "Ida Moss"), ("“Three,”", "Una Vale")):
        make_quotation(article, words, speaker=name)
    second = article.quotations.get(content="“Two,”")
    corrections.change_speaker(second, name="Otto Brandt", by=analyst, version=1)
    renew(article, f"{article.text}\nMore of it.\n")
    for url in (article.get_absolute_url(), article.former_texts.get().get_absolute_url()):
        assert f'<article class="card hue-3 accepted" id="quotation-{second.uid}"' in content_of(viewer_client, url)


def test_the_list_and_the_story_speak_of_this_version(article: Article, lost: Quotation):
    Quotation.objects.filter(pk=lost.pk).update(speaker=None)
    labels = Quotation.objects.labels_by_article([article])
    assert labels == {article.pk: ["Ida Moss"]}
    assert lost not in Quotation.objects.for_comparing([article])
