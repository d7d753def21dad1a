"""The permalink of a quotation: what it proves, its forms by the Accept header, its citations. Texts are invented."""

import hashlib
import json
import re

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles import corrections, versions
from articles.models import Article, Quotation, Speaker
from tests.factories import make_article, make_quotation

pytestmark = pytest.mark.django_db

TEXT = (
    "مرحبا 😀 The harbour master spoke on Monday.\n\n“The nets were empty,” she said to all who would listen. "
    "“Nobody knows why,” she added.\n\nאיש אמר: „הרשתות ריקות“ 👩‍👩‍👧.\n"
)
NETS, WHY, RTL = "“The nets were empty,”", "“Nobody knows why,”", "„הרשתות ריקות“ 👩‍👩‍👧"


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
            "Quotation of Ida Moss in “Empty nets”",
            f"Part 1 of 2 Offsets characters {first[0]} to {first[1]} counted as Unicode code points from 0, end not",
            f"Part 2 of 2 Offsets characters {second[0]} to {second[1]} Words",
            f"{NETS} she said to all who would listen. {WHY} she added.",
            f"Prefix {TEXT[first[0] - 32 : first[0] - 2]}↵↵ Suffix she said to all who would liste ",
            hashlib.sha256(TEXT.encode()).hexdigest(),
            "Settled analyst, ",
            "Suggested by the pipeline, 80% certain",
            "analyst accepted it",
            "Cue said Mention she",
        ):
            assert part in page, part
        assert page.count("Unicode code points") == 1 and "Nobody has checked" not in page

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
        assert "1 of 1" not in page
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
        text = viewer_client.get(f"{quotation.permalink}?format=txt").content.decode()
        assert "\nProof: Its words stood in an earlier version of the article\n" in text

    def test_the_text_form_says_it_too(self, viewer_client: Client, quotation: Quotation):
        text = viewer_client.get(f"{quotation.permalink}?format=txt").content.decode()
        assert "\nProof: Its words stand in the article\n" in text and "↵↵" in text
        Article.objects.update(text=TEXT.replace("empty", "torn"))
        text = viewer_client.get(f"{quotation.permalink}?format=txt").content.decode()
        assert "\nProof: Its words do not stand where they are said to\n" in text

    def test_what_is_broken_is_shown_as_it_was_cited(self, viewer_client: Client, quotation: Quotation):
        changed = TEXT.replace("empty", "tatty")
        Article.objects.update(text=changed, text_sha256=Article.digest(changed))
        content = viewer_client.get(quotation.permalink).content.decode()
        assert f"<mark>{quotation.content}</mark>" in content


@pytest.mark.one_engine
class TestSuggestions:
    GOES = "It may go with a new version of the article or another reading, and this address with it"

    def test_they_say_that_they_may_go(self, viewer_client: Client, analyst_client: Client, quotation: Quotation):
        page = page_of(viewer_client, quotation)
        assert "Nobody has checked this suggestion." in page and self.GOES in page and "in the article" in page
        assert "Accept or correct it" not in page
        link = f'<a href="{quotation.get_absolute_url()}">Accept or correct it in the article</a>'
        assert link in analyst_client.get(quotation.permalink).content.decode()

    def test_not_once_somebody_has_touched_them(
        self, viewer_client: Client, article: Article, quotation: Quotation, analyst: User
    ):
        corrections.undo(corrections.accept(quotation, by=analyst, version=1), by=analyst)
        page = page_of(viewer_client, quotation)
        assert "Nobody has checked this suggestion." in page and self.GOES not in page
        imported = make_quotation(article, RTL, origin="imported")
        assert self.GOES not in page_of(viewer_client, imported)
        quotation.refresh_from_db()
        corrections.accept(quotation, by=analyst, version=quotation.version)
        assert "Nobody has checked" not in page_of(viewer_client, quotation)

    def test_they_do_go(self, viewer_client: Client, article: Article, quotation: Quotation):
        new = Article(text="Nothing is left.", text_sha256=Article.digest("Nothing is left."), title=article.title)
        with transaction.atomic():
            versions.renew(article, new)
        assert viewer_client.get(quotation.permalink).status_code == 404


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
