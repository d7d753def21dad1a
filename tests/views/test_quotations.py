"""The list of quotations, the same in context, facets, and each quotation at an address of its own."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from articles import facets, found
from articles.citing import citation
from articles.found import Number
from articles.models import Article, Quotation, Speaker, Story
from tests.factories import make_article, make_quotation

pytestmark = pytest.mark.django_db

TEXT = (
    "“We mend the nets at night,” Ida Moss said. Otto Brandt replied that “the nets are rotten”. "
    "Nobody else spoke: the nets were, she thought, their own affair."
)


@pytest.fixture
def article() -> Article:
    article = make_article(TEXT, title="Nets", published_on="2025-03-01", story=Story.objects.create())
    make_quotation(article, "“We mend the nets at night,”", speaker="Ida Moss", state="accepted", cue="said")
    make_quotation(article, "that “the nets are rotten”", speaker="Otto Brandt", kind="mixed", mention="Otto Brandt")
    make_quotation(article, "their own affair", kind="indirect", state="rejected")
    return article


@pytest.fixture
def other() -> Article:
    article = make_article(
        "“Boats, not nets,” he said.", title="Boats", outlet="Quay News", published_on="2025-04-02"
    )
    make_quotation(article, "“Boats, not nets,”")
    return article


def said(client: Client, query: str) -> list[str]:
    response = client.get(f"/quotations/?{query}")
    assert response.status_code == 200
    return [line.quotation.content for line in response.context["listed"]]


BOATS, MEND, ROTTEN = "“Boats, not nets,”", "“We mend the nets at night,”", "that “the nets are rotten”"


@pytest.mark.usefixtures("article", "other")
class TestList:
    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("", [BOATS, ROTTEN, MEND]),
            ("q=nets", [BOATS, ROTTEN, MEND]),
            ("q=nets+-boats", [ROTTEN, MEND]),
            ("q=said:mend", [MEND]),
            ("q=speaker:moss", [MEND]),
            ("q=-speaker:moss", [BOATS, ROTTEN]),
            ("q=speaker:moss+speaker:brandt", [ROTTEN, MEND]),
            ("q=outlet:quay", [BOATS]),
            ("kind=mixed&kind=direct&q=nets", [BOATS, ROTTEN, MEND]),
            ("kind=mixed", [ROTTEN]),
            ("state=accepted", [MEND]),
            ("state=rejected", ["their own affair"]),
            ("speaker=0", [BOATS]),
            ("month=2025-04", [BOATS]),
            ("month=2025-04&month=2025-03&q=nets", [BOATS, ROTTEN, MEND]),
            ("after=2025-03-02", [BOATS]),
            ("before=2025-03", [ROTTEN, MEND]),
            ("q=nets+after:2025-03-02", [BOATS]),
            ("reviewed=yes", []),
            ("reviewed=no&q=nets", [BOATS, ROTTEN, MEND]),
            ("outlet=999", []),
            ("q=speaker:nobody", []),
        ],
    )
    def test_what_it_finds(self, viewer_client: Client, query: str, expected: list[str]):
        assert said(viewer_client, query) == expected

    def test_articles_with_such_a_quotation(self, viewer_client: Client):
        for query in ("kind=mixed", "q=said:mend", "q=nets+speaker:brandt", "state=accepted&q=said:nets"):
            response = viewer_client.get(f"/articles/?{query}")
            assert [line.article.title for line in response.context["listed"]] == ["Nets"], query

    def test_articles_without_such_a_quotation(self, viewer_client: Client):
        for query in ("q=-speaker:moss", "q=nets+-said:rotten", "q=nets+-kind:mixed", "q=-state:accepted"):
            response = viewer_client.get(f"/articles/?{query}")
            assert [line.article.title for line in response.context["listed"]] == ["Boats"], query

    def test_a_name_that_may_be_too_many_is_told(self, viewer_client: Client, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr("articles.asking.MOST_NAMED", 1)
        Speaker.objects.create(name="Ida Mossberg")
        content = viewer_client.get("/quotations/?q=speaker:ida").content.decode()
        assert "“ida” may be more than 1; only so many of them count." in content
        assert "Nobody is called “xy”." in viewer_client.get("/quotations/?q=-speaker:xy").content.decode()

    def test_a_story_and_hits_that_are_marked(self, viewer_client: Client, article: Article):
        assert said(viewer_client, f"story={article.story_id}") == [ROTTEN, MEND]
        assert 'the <mark class="hit">nets</mark> are' in viewer_client.get("/quotations/?q=nets").content.decode()

    def test_best_match_first(self, viewer_client: Client):
        article = make_article("“Nets, nets, nets,” he said.", title="Much", published_on="2020-01-01")
        make_quotation(article, "“Nets, nets, nets,”")
        assert said(viewer_client, "q=nets&sort=best")[0] == "“Nets, nets, nets,”"
        assert said(viewer_client, "q=nets")[-1] == "“Nets, nets, nets,”"

    def test_a_name_that_nobody_bears_is_told(self, viewer_client: Client):
        content = viewer_client.get("/quotations/?q=nets+speaker:nobody").content.decode()
        assert "Nobody is called “nobody”." in content and "No quotation matches" in content
        assert '<a href="/quotations/">Show all quotations</a>' in content

    def test_the_filters_chosen_can_be_taken_away_one_by_one(self, viewer_client: Client, article: Article):
        content = viewer_client.get(
            f"/quotations/?q=nets&outlet={article.outlet_id}&after=2025-03-01"
        ).content.decode()
        assert '<a href="?q=nets&amp;after=2025-03-01">' in content and "The Harbour Gazette" in content
        assert f'<a href="?q=nets&amp;outlet={article.outlet_id}">' in content

    def test_exclusions_and_company_can_be_taken_away_too(self, viewer_client: Client, article: Article):
        mend, rotten = article.quotations.exclude(speaker=None).order_by("start")
        filters = f"with={rotten.speaker_id}&not-outlet=0&not-speaker={rotten.speaker_id}&with=x"
        response = viewer_client.get(f"/quotations/?{filters}")
        assert [line.quotation for line in response.context["listed"]] == [mend]
        assert [(str(chip.label), str(chip.value)) for chip in response.context["chips"]] == [
            ("Not of outlet", "no outlet"),
            ("Not by speaker", "Otto Brandt"),
            ("Quoted in the same article", "Otto Brandt"),
            ("Quoted in the same article", "#x"),
        ]
        assert response.context["chips"][2].search == f"with=x&not-outlet=0&not-speaker={rotten.speaker_id}"
        assert "“x” is no value of “with” in this address" in response.content.decode()
        assert said(viewer_client, f"not-speaker={rotten.speaker_id}") == [BOATS, MEND]
        assert said(viewer_client, f"q=-speaker:moss&with={mend.speaker_id}") == [ROTTEN]
        assert said(viewer_client, "not-speaker=0") == [ROTTEN, MEND]


@pytest.mark.usefixtures("article", "other")
class TestContext:
    def lines(self, client: Client, query: str) -> list[tuple[str, str, str]]:
        response = client.get(f"/quotations/?show=context&{query}")
        return [(line.left, line.hit, line.right) for line in response.context["lines"]]

    def test_words_are_aligned_and_sorted_by_either_side(self, viewer_client: Client):
        newest = self.lines(viewer_client, "q=nets")
        assert newest[0] == ("“Boats, not ", "nets", ",”")
        assert newest[2] == ("“We mend the ", "nets", " at night,”")
        by_right = [right for *_, right in self.lines(viewer_client, "q=nets&sort=right")]
        assert by_right == [",”", " are rotten”", " at night,”"]
        assert [left for left, *_ in self.lines(viewer_client, "q=nets&sort=left")] == [
            "“Boats, not ",
            "“We mend the ",
            "that “the ",
        ]

    def test_pages(self, viewer_client: Client, settings: Settings):
        settings.NEWSROOM_PAGE_SIZE = 2
        assert len(self.lines(viewer_client, "q=nets&sort=right")) == 2
        assert len(self.lines(viewer_client, "q=nets&sort=right&page=2")) == 1

    def test_without_words_it_asks_for_some(self, viewer_client: Client):
        assert b"Which words?" in viewer_client.get("/quotations/?show=context").content


class TestFacets:
    def counted(self, client: Client, address: str) -> dict[str, dict[str, int]]:
        response = client.get(address, headers={"HX-Request": "true"})
        return {
            facet.name: {value.label: value.number.value for value in facet.values if value.number}
            for facet in response.context["facets"]
        }

    def test_quotations_and_articles_are_counted(self, viewer_client: Client, article: Article, other: Article):
        spread = self.counted(viewer_client, "/quotations/facets/")
        assert spread["outlet"] == {"The Harbour Gazette": 2, "Quay News": 1}
        assert spread["speaker"] == {"nobody known": 1, "Ida Moss": 1, "Otto Brandt": 1}
        assert spread["kind"] == {"direct": 2, "mixed": 1}
        assert spread["state"] == {"suggested": 2, "accepted": 1}
        assert spread["month"] == {"March 2025": 2, "April 2025": 1}
        spread = self.counted(viewer_client, "/articles/facets/?q=nets")
        assert spread["outlet"] == {"The Harbour Gazette": 1, "Quay News": 1}
        assert spread["kind"] == {"direct": 2, "mixed": 1}

    def test_what_is_counted_is_what_its_link_finds(self, viewer_client: Client, article: Article, other: Article):
        for search in ("kind=mixed", "q=said:nets", "speaker=0", "state=accepted&q=nets", "q=-said:mend"):
            response = viewer_client.get(f"/articles/facets/?{search}", headers={"HX-Request": "true"})
            for facet in response.context["facets"]:
                for value in (value for value in facet.values if not value.is_chosen):
                    found = viewer_client.get(f"/articles/?{value.search}").context["number"].value
                    assert found == value.number.value, (search, facet.name, value.label)

    def test_hidden_speakers_are_not_named(self, viewer_client: Client):
        hidden = Speaker.objects.create(name="Somebody Secret", is_hidden=True)
        assert b"Secret" not in viewer_client.get(f"/quotations/?speaker={hidden.pk}").content

    def test_each_value_adds_itself_to_the_search_or_takes_itself_away(self, viewer_client: Client, article: Article):
        content = viewer_client.get("/quotations/facets/?q=nets&kind=mixed&below=x").content.decode()
        assert 'href="/quotations/?q=nets"' in content and "aria-current" in content
        assert (
            "<html" in content
            and "<html"
            not in viewer_client.get("/quotations/facets/", headers={"HX-Request": "true"}).content.decode()
        )

    def test_where_there_are_many_a_sample_is_counted_and_says_so(
        self, viewer_client: Client, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(found, "EXACTLY", 20)
        monkeypatch.setattr(found, "SAMPLE", 255)
        monkeypatch.setattr(facets, "SAMPLE", 30)
        article = make_article(" ".join(f"“Nets {at}.”" for at in range(60)), title="Many")
        for at in range(60):  # with numbers that lie in many lots
            make_quotation(article, f"“Nets {at}.”", id=at * 8 + 1, kind="direct" if at % 3 else "indirect")
        content = viewer_client.get("/quotations/?q=nets").content.decode()
        counted = re.search(r"about (\d+) quotations with “nets”", content)
        assert counted and 45 <= int(counted[1]) <= 75
        spread = viewer_client.get("/quotations/facets/?q=nets", headers={"HX-Request": "true"})
        (kinds,) = [facet.values for facet in spread.context["facets"] if facet.name == "kind"]
        assert {value.key: round(value.number.value, -1) for value in kinds} == {"direct": 40, "indirect": 20}
        assert "≈ 40" in spread.content.decode() and "estimated from a sample" in spread.content.decode()

    def test_an_estimate_has_as_many_digits_as_it_knows(self):
        numbers = [Number.estimated(counted, 12.7) for counted in (3, 99, 100, 5432)]
        assert [number.rounded for number in numbers] == [40, 1000, 1300, 69000]
        assert Number.estimated(7, 1.0) == Number(7, digits=1)


class TestPermalink:
    def test_words_in_their_surroundings_and_a_citation(self, viewer_client: Client, article: Article):
        quotation = article.quotations.get(kind="mixed")
        content = viewer_client.get(f"/quotations/{quotation.uid}/?q=nets").content.decode()
        assert "<mark>that “the nets are rotten”</mark>" in content
        assert re.search(
            r'<span class="around">.*<span class="mention"[^>]*>Otto Brandt</span> replied </span>', content
        )
        assert (
            "Otto Brandt (partly in their own words): that “the nets are rotten”. In: “Nets”, The Harbour Gazette"
            in content
        )
        assert f"http://testserver/quotations/{quotation.uid}/" in content
        assert f'<a href="/quotations/?q=nets#said-{quotation.uid}">Back to the results</a>' in content
        assert "(found by machine, not checked)" in content

    @pytest.mark.parametrize(
        ("kind", "words", "expected"),
        [
            ("direct", "“We mend the nets at night,”", "Ida Moss: “We mend the nets at night”. In: “Nets”,"),
            ("direct", "We mend the nets", "Ida Moss: “We mend the nets”. In:"),
            ("direct", "“We mend the nets.”", "Ida Moss: “We mend the nets.” In:"),
            ("direct", "“Who mends the nets?”", "Ida Moss: “Who mends the nets?” In:"),
            ("direct", "“She said ‘No.’”", "Ida Moss: “She said ‘No.’” In:"),
            ("direct", "We mend the nets … at night.", "Ida Moss: “We mend the nets … at night.” In:"),
            ("direct", "“One ‘two’ “three””", "Ida Moss: “One ‘two’ ‘three’”. In:"),
            (
                "mixed",
                "that “the nets are rotten”.",
                "Ida Moss (partly in their own words): that “the nets are rotten”. In:",
            ),
            ("indirect", "that nobody knew,", "Ida Moss (paraphrased): that nobody knew. In:"),
        ],
    )
    @pytest.mark.usefixtures("article")
    def test_only_what_stood_in_marks_is_cited_in_marks(self, kind: str, words: str, expected: str):
        quotation = Quotation.objects.get(state="accepted")
        quotation.kind, quotation.content = kind, words
        cited = citation(quotation, "http://x/")
        assert cited.startswith(expected) and cited.endswith("1 March 2025. Proof: http://x/")

    def test_what_was_taken_out_is_not_cited(self, viewer_client: Client, article: Article):
        quotation = article.quotations.get(kind="mixed")
        article.quotations.filter(pk=quotation.pk).update(is_hidden=True)
        content = viewer_client.get(f"/quotations/{quotation.uid}/").content.decode()
        assert "Do not cite it" in content and "Cite it" not in content
        rejected = article.quotations.get(state="rejected")
        assert b"this is no quotation" in viewer_client.get(f"/quotations/{rejected.uid}/").content

    def test_hidden_articles_have_none(self, viewer_client: Client, article: Article):
        Article.objects.update(is_hidden=True)
        uid = Quotation.objects.first().uid  # type: ignore[union-attr]
        assert viewer_client.get(f"/quotations/{uid}/").status_code == 404


class TestAccess:
    @pytest.mark.parametrize("address", ["/quotations/", "/quotations/facets/", "/articles/facets/"])
    def test_for_readers_alone(
        self, client: Client, nobody_special_client: Client, viewer_client: Client, address: str
    ):
        assert client.get(address).status_code == 302
        assert nobody_special_client.get(address).status_code == 403
        assert viewer_client.get(address).status_code == 200
        assert viewer_client.post(address).status_code == 405
