"""The permalink of a quotation: what it proves, its forms by the Accept header, its citations. Texts are invented."""

import hashlib
import json
import re
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles import corrections
from articles.exports import plain_text, quotation_annotations
from articles.models import Article, Quotation, Speaker
from tests.factories import make_article, make_quotation

pytestmark = pytest.mark.django_db

TEXT = (
    "مرحبا 😀 The harbour master spoke on Monday.\n\n“The nets were empty,” she said to all who would listen. "
    "“Nobody knows why,” she added.\n\nאיש אמר: „הרשתות ריקות“ 👩‍👩‍👧.\n"
)
NETS, WHY, RTL = "“The nets were empty,”", "“Nobody knows why,”", "„הרשתות ריקות“ 👩‍👩‍👧"
PROFILE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
HTML, JSON, TEXT_PLAIN = "text/html; charset=utf-8", "application/json", "text/plain; charset=utf-8"


@pytest.fixture
def article(db: None) -> Article:
    return make_article(TEXT, title="Empty nets", byline="Ada Brook", published_on="2026-01-02", language="en")


@pytest.fixture
def quotation(article: Article) -> Quotation:
    return make_quotation(article, [NETS, WHY], cue="said", mention="she", speaker="Ida Moss")


def page_of(client: Client, quotation: Quotation, query: str = "") -> str:
    response = client.get(f"/quotations/{quotation.uid}/{query}")
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


class TestProof:
    def test_what_the_page_says(self, viewer_client: Client, quotation: Quotation, analyst: User):
        corrections.accept(quotation, by=analyst, version=1)
        page = page_of(viewer_client, quotation)
        first, second = quotation.content_spans
        for part in (
            "Its words stand in the article",
            "Checked just now: the text was hashed",
            f"characters {first[0]} to {first[1]} ",
            f"characters {second[0]} to {second[1]} counted as Unicode code points from 0, end not included",
            f"Prefix {TEXT[first[0] - 32 : first[0] - 2]}↵↵ Suffix she said to all who would liste ",
            hashlib.sha256(TEXT.encode()).hexdigest(),
            "Settled analyst, ",
            "Suggested by the pipeline, 80% certain",
            "analyst accepted it",
            "Cue said Mention she",
        ):
            assert part in page, part

    def test_right_to_left_and_emoji(self, viewer_client: Client, article: Article):
        quotation = make_quotation(article, RTL)
        response = viewer_client.get(f"/quotations/{quotation.uid}/")
        (place,) = response.context["proof"].places
        assert (place.words, place.suffix) == (RTL, ".\n") and place.prefix.endswith("\n\nאיש אמר: ")
        assert (len(place.prefix), TEXT[place.start : place.end]) == (32, RTL)
        assert "Unattributed" in response.content.decode()

    def test_at_the_ends_of_the_text(self, viewer_client: Client):
        quotation = make_quotation(make_article("“All of it.”"), "“All of it.”")
        page = page_of(viewer_client, quotation)
        assert "none: the text begins here" in page and "none: the text ends here" in page

    def test_it_is_computed_not_assumed(self, viewer_client: Client, quotation: Quotation):
        Article.objects.update(text=TEXT.replace("empty", "torn"))
        assert "The text is not the one whose hash is stored" in page_of(viewer_client, quotation)
        changed = TEXT.replace("empty", "tatty")
        Article.objects.update(text=changed, text_sha256=Article.digest(changed))
        assert "At these offsets, the text has other words." in page_of(viewer_client, quotation)
        Article.objects.update(text="Short.", text_sha256=Article.digest("Short."))
        page = page_of(viewer_client, quotation)
        assert "Its words do not stand where they are said to" in page
        assert f"Offsets {quotation.start}–" in page

    def test_in_a_former_text(self, viewer_client: Client, quotation: Quotation, editor: User):
        article = quotation.article
        corrections.correct_text(article, "Nothing is left of it.", by=editor, version=1)
        response = viewer_client.get(f"/quotations/{quotation.uid}/")
        content = response.content.decode()
        former = article.former_texts.get()
        assert f'<a href="{former.get_absolute_url()}">the version</a> that had them was replaced' in content
        assert "Its words stood in an earlier version" in content and Article.digest(TEXT) in content
        assert response.context["proof"].holds


class TestWhatBecameOfIt:
    def test_taken_out(self, viewer_client: Client, quotation: Quotation, analyst: User):
        other, act = corrections.duplicate(quotation, by=analyst, version=1)
        corrections.undo(act, by=analyst)
        page = page_of(viewer_client, other)
        assert "This quotation was taken out" in page and "Copy the citation" not in page

    def test_merged_into_another(self, viewer_client: Client, quotation: Quotation, analyst: User):
        other, _ = corrections.duplicate(quotation, by=analyst, version=1)
        merge = corrections.merge(quotation, other, by=analyst, versions=(1, 1))
        for _ in "12":
            content = viewer_client.get(f"/quotations/{other.uid}/").content.decode()
            assert "was merged into another. Do not cite it." in content
            assert f'<a href="/quotations/{quotation.uid}/">The one that has its words now</a>' in content
            undone = corrections.undo(merge, by=analyst)
            assert "Do not cite it" not in page_of(viewer_client, other)
            merge = corrections.redo(undone, by=analyst)
        assert viewer_client.get(f"/quotations/{other.uid}/?format=json").json()["isTakenOut"] is True

    def test_whose_speaker_was_merged(self, viewer_client: Client, quotation: Quotation, editor: User):
        said = "It stood here as said by Ida Moss, who was merged into Ida M. Moss."
        survivor = Speaker.objects.create(name="Ida M. Moss")
        act = corrections.join(survivor, quotation.speaker, by=editor, versions=(1, 1))  # type: ignore[arg-type]
        assert said in page_of(viewer_client, quotation)
        assert f'href="{survivor.get_absolute_url()}"' in viewer_client.get(quotation.permalink).content.decode()
        corrections.undo(act, by=editor)
        assert said not in page_of(viewer_client, quotation)

    def test_only_the_last_acts_are_told(self, viewer_client: Client, quotation: Quotation, analyst: User):
        for version, name in enumerate("ABCDEF", start=1):
            corrections.change_speaker(quotation, name=f"Ida {name}", by=analyst, version=version)
        response = viewer_client.get(quotation.permalink)
        assert len(response.context["past"].told) == 5
        assert f'<a href="{quotation.get_history_url()}">The whole history</a>' in response.content.decode()

    def test_hidden_articles_have_none(self, viewer_client: Client, quotation: Quotation):
        Article.objects.update(is_hidden=True)
        for query in ("", "?format=json", "?format=txt", "cite.bib"):
            assert viewer_client.get(f"/quotations/{quotation.uid}/{query}").status_code == 404


@pytest.mark.one_engine
class TestNegotiation:
    @pytest.mark.parametrize(
        ("accept", "expected"),
        [
            (None, HTML),
            ("*/*", HTML),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", HTML),
            ("application/ld+json", PROFILE),
            (PROFILE, PROFILE),
            ("application/json", JSON),
            ("application/*", PROFILE),
            ("text/plain", TEXT_PLAIN),
            ("text/plain;charset=utf-8", TEXT_PLAIN),
            ("text/*", HTML),
            ("text/html;q=0.5, application/ld+json", PROFILE),
            ("text/html;q=0.5, text/plain;q=0.6, */*;q=0.1", TEXT_PLAIN),
            ("text/html;q=0, */*", PROFILE),
            ("text/*;q=0, application/*;q=0, text/html, */*", HTML),
            ("application/json;q=0.9, text/plain;q=0.91", TEXT_PLAIN),
            ("text/turtle, application/json;q=0.2", JSON),
            ("", HTML),
            (" ", HTML),
            ("text/html;q=0.0001", HTML),
            ("text/plain;q=0.0001, */*;q=0", TEXT_PLAIN),
            ("text/html;q=0.0001, application/json;q=0.2", JSON),
        ],
    )
    def test_what_is_answered(self, viewer_client: Client, quotation: Quotation, accept: str | None, expected: str):
        headers = {} if accept is None else {"Accept": accept}
        response = viewer_client.get(quotation.permalink, headers=headers)
        assert (response.status_code, response["Content-Type"]) == (200, expected)
        assert "Accept" in response["Vary"].split(", ")
        address = f"http://testserver{quotation.permalink}"
        assert f'<{address}?format=jsonld>; rel="alternate"; type="application/ld+json"' in response["Link"]
        head = viewer_client.head(quotation.permalink, headers=headers)
        assert (head["Content-Type"], head.content) == (expected, b"")

    @pytest.mark.parametrize("accept", ["image/png", "text/html;q=0", "text/turtle, application/rdf+xml"])
    def test_406_with_a_list(self, viewer_client: Client, quotation: Quotation, accept: str):
        response = viewer_client.get(quotation.permalink, headers={"Accept": accept})
        assert response.status_code == 406 and "Accept" in response["Vary"]
        assert f"text/plain: http://testserver{quotation.permalink}?format=txt\n" in response.content.decode()
        assert viewer_client.get(f"{quotation.permalink}?format=docx").status_code == 406

    def test_an_address_may_name_the_form(self, viewer_client: Client, quotation: Quotation):
        for name, expected in (("html", HTML), ("jsonld", PROFILE), ("json", JSON), ("txt", TEXT_PLAIN)):
            response = viewer_client.get(f"{quotation.permalink}?format={name}", headers={"Accept": "image/png"})
            assert (response.status_code, response["Content-Type"]) == (200, expected)
        content = viewer_client.get(quotation.permalink).content.decode()
        assert f'<link rel="alternate" type="text/plain" href="{quotation.permalink}?format=txt">' in content

    def test_unchanged_is_304_until_anything_that_is_told_changes(
        self, viewer_client: Client, quotation: Quotation, analyst: User
    ):
        def ask(etag: str = "") -> Any:
            headers = {"Accept": "application/ld+json"} | ({"If-None-Match": etag} if etag else {})
            return viewer_client.get(quotation.permalink, headers=headers)

        first = ask()["ETag"]
        assert re.fullmatch(r'"1-[0-9a-f]{16}"', first)
        again = ask(f'"x", W/{first}')
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first)
        assert {"Accept", "Cookie"} <= set(again["Vary"].split(", ")) and again[
            "Cache-Control"
        ] == "no-cache, private"
        text = viewer_client.get(quotation.permalink, headers={"Accept": "text/plain", "If-None-Match": first})
        assert text.status_code == 200
        Speaker.objects.update(name="Ida M. Moss")
        second = ask(first)
        assert second.status_code == 200 and second["ETag"] != first
        corrections.accept(quotation, by=analyst, version=1)
        assert ask(second["ETag"])["ETag"].startswith('"2-')

    def test_who_may(
        self, client: Client, nobody_special_client: Client, quotation: Quotation, settings: LazySettings
    ):
        for query in ("", "?format=json", "cite.bib"):
            address = f"{quotation.permalink}{query}"
            assert client.get(address).status_code == 302
            assert nobody_special_client.get(address).status_code == 403
            assert client.post(address).status_code in (302, 405)
        settings.NEWSROOM_PUBLIC_READ = True
        response = client.get(quotation.permalink, headers={"Accept": "application/ld+json"})
        assert (response.status_code, response["Cache-Control"]) == (200, "no-cache")
        assert client.get(quotation.permalink).status_code == 200


class TestForms:
    def test_both_say_where_the_words_stand(self, viewer_client: Client, quotation: Quotation):
        made = viewer_client.get(f"{quotation.permalink}?format=jsonld").json()
        said, of = quotation_annotations.quotation_in(made)
        text = viewer_client.get(f"{quotation.permalink}?format=txt").content.decode()
        also, of_text = plain_text.quotation_in(text)
        assert said == also and of == of_text
        assert said["uid"] == str(quotation.uid) and said["spans"] == quotation.spans
        assert "\n\u2026" not in text and of["text_sha256"] == Article.digest(TEXT)
        assert made["id"] == f"http://testserver{quotation.permalink}"
        assert made["body"][1]["id"] == f"http://testserver/speakers/{quotation.speaker_id}/"

    def test_without_a_speaker_an_outlet_or_a_date(self, viewer_client: Client):
        quotation = make_quotation(make_article(RTL, title="", outlet=None), RTL)
        made = viewer_client.get(f"{quotation.permalink}?format=json").json()
        assert made["motivation"] == "classifying" and len(made["body"]) == 1
        assert made["target"][0]["selector"][0]["exact"] == RTL
        assert "Speaker" not in viewer_client.get(f"{quotation.permalink}?format=txt").content.decode()
        for style in ("plain", "apa", "mla", "bibtex", "csl"):
            assert viewer_client.get(f"{quotation.permalink}?cite={style}").status_code == 200


@pytest.mark.one_engine
class TestCitations:
    @pytest.mark.parametrize(
        ("style", "expected"),
        [
            ("", "Ida Moss: “The nets were empty … Nobody knows why”. In: “Empty nets”"),
            ("nonsense", "In: “Empty nets”"),
            ("apa", "Brook, A. (2026, January 2). Empty nets. <i>The Harbour Gazette</i>. http://testserver/quo"),
            ("mla", "Brook, Ada. “Empty Nets.” <i>The Harbour Gazette</i>, 2 Jan. 2026, http://testserver/quo"),
            ("bibtex", "@article{brook2026-"),
            ("csl", "&quot;type&quot;: &quot;article-newspaper&quot;"),
        ],
    )
    def test_one_style_is_shown(self, viewer_client: Client, quotation: Quotation, style: str, expected: str):
        content = viewer_client.get(f"{quotation.permalink}?q=nets&cite={style}").content.decode()
        assert expected in content
        assert 'href="?q=nets&amp;cite=mla#cite"' in content
        chosen = style if style in ("apa", "mla", "bibtex", "csl") else "plain"
        assert re.search(rf'id="style-{chosen}"[^>]* aria-current="true"', content)

    def test_files_for_reference_managers(self, viewer_client: Client, quotation: Quotation):
        response = viewer_client.get(f"{quotation.permalink}cite.bib")
        assert response["Content-Type"] == "application/x-bibtex; charset=utf-8"
        assert response["Content-Disposition"] == f'attachment; filename="quotation-{str(quotation.uid)[:8]}.bib"'
        assert response.content.startswith(b"@article{brook2026-")
        response = viewer_client.get(f"{quotation.permalink}cite.json")
        assert response["Content-Type"] == "application/vnd.citationstyles.csl+json"
        (item,) = json.loads(response.content)
        assert item["locator"] == ", ".join(f"{start}–{end}" for start, end in quotation.content_spans)
        assert viewer_client.get(f"{quotation.permalink}cite.ris").status_code == 404

    def test_what_was_taken_out_has_none(self, viewer_client: Client, quotation: Quotation):
        Quotation.objects.update(is_hidden=True)
        assert viewer_client.get(f"{quotation.permalink}cite.bib").status_code == 404


def test_queries(
    viewer_client: Client, quotation: Quotation, editor: User, django_assert_max_num_queries: DjangoAssertNumQueries
):
    survivor = Speaker.objects.create(name="Ida M. Moss")
    corrections.join(survivor, quotation.speaker, by=editor, versions=(1, 1))  # type: ignore[arg-type]
    corrections.correct_text(quotation.article, "Nothing is left of it.", by=editor, version=1)
    with django_assert_max_num_queries(10):
        viewer_client.get(quotation.permalink)
    with django_assert_max_num_queries(5):
        viewer_client.get(f"{quotation.permalink}?format=json")
