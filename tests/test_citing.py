"""A quotation in five styles, against what the manuals write. Names, titles and papers are invented."""

import datetime
import json
from typing import Any

import pytest

from articles.citing import STYLES, cited
from articles.citing.manuals import Reference
from articles.citing.names import authors
from articles.citing.works import closed
from articles.models import Article, FormerText, Outlet, Quotation, Speaker

UID = "6f1c2f0e-2f3b-4d6a-9d55-0d8f6f6f0001"
HERE = f"https://newsroom.example/quotations/{UID}/"
TODAY = datetime.date(2026, 11, 26)
URL = "https://quay.example/torn"


def a_quotation(
    *, outlet: str = "Quay News", speaker: str = "Otto Brandt", words: str = "", **fields: Any
) -> Quotation:
    """Unsaved: no style asks the database."""
    words = words or "“The nets\nwere torn,”"
    day = datetime.date(2026, 1, 2)
    known = {"title": "Torn nets", "byline": "Ida Moss", "published_on": day, "url": URL, "language": "en"} | fields
    article = Article(
        text=f"{words} he said.", text_sha256="ab", outlet=Outlet(name=outlet) if outlet else None, **known
    )
    quotation = Quotation(uid=UID, article=article, kind="direct", state="accepted")
    quotation.speaker = Speaker(name=speaker) if speaker else None
    quotation.set_spans(article.text, content=[(0, len(words))], cue=None, mention=None)
    return quotation


def in_style(name: str, **fields: Any) -> str:
    return str(cited(a_quotation(**fields), STYLES[name], address=HERE, today=TODAY))


def in_text(name: str, **fields: Any) -> str:
    made = cited(a_quotation(**fields), STYLES[name], address=HERE, today=TODAY)
    assert isinstance(made, Reference)
    return made.in_text


UNDATED = {"published_on": None}
NOBODY = {"byline": ""}
MANY = ", ".join(f"Ann Moss{chr(97 + number)}" for number in range(22))


class TestApa:
    """The forms of a newspaper article online, APA 10.1 no. 16 and sections 8.6, 8.14, 9.8, 9.12, 9.17."""

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({}, f"Moss, I. (2026, January 2). Torn nets. Quay News. {URL}"),
            (UNDATED, f"Moss, I. (n.d.). Torn nets. Quay News. {URL}"),
            (NOBODY, f"Torn nets. (2026, January 2). Quay News. {URL}"),
            (NOBODY | UNDATED, f"Torn nets. (n.d.). Quay News. {URL}"),
            ({"outlet": ""}, f"Moss, I. (2026, January 2). Torn nets. {URL}"),
            (NOBODY | UNDATED | {"outlet": "", "url": ""}, f"Torn nets. (n.d.). {HERE}"),
            ({"title": "Why torn?"}, f"Moss, I. (2026, January 2). Why torn? Quay News. {URL}"),
            (
                {"byline": "By Ida Moss and Jean-Paul de la Cruz"},
                f"Moss, I., & de la Cruz, J.-P. (2026, January 2). Torn nets. Quay News. {URL}",
            ),
            (
                {"byline": "Ida M. Moss, Otto Brandt, and Ana López Jr."},
                f"Moss, I. M., Brandt, O., & López, A., Jr. (2026, January 2). Torn nets. Quay News. {URL}",
            ),
            (
                {"byline": "Halyard Press Agency"},
                f"Halyard Press Agency. (2026, January 2). Torn nets. Quay News. {URL}",
            ),
            ({"byline": "QUAY NEWS"}, f"Torn nets. (2026, January 2). Quay News. {URL}"),
            ({"byline": "عائشة موسى"}, f"عائشة موسى. (2026, January 2). Torn nets. Quay News. {URL}"),
        ],
    )
    def test_the_entry(self, fields: dict[str, Any], expected: str):
        assert in_style("apa", **fields) == expected

    def test_of_more_than_twenty_authors_the_last_stands_behind_an_ellipsis(self):
        made = in_style("apa", byline=MANY)
        assert ", Mosss, A., . . . Mossv, A. (2026" in made and "Mosst" not in made

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({}, "(Otto Brandt, as cited in Moss, 2026)"),
            ({"speaker": ""} | UNDATED, "(as cited in Moss, n.d.)"),
            ({"byline": "Ida Moss, Otto Brandt"}, "(Otto Brandt, as cited in Moss & Brandt, 2026)"),
            ({"byline": MANY}, "(Otto Brandt, as cited in Mossa et al., 2026)"),
            (
                NOBODY | {"title": "Harbour talks fail again after storm"},
                "(Otto Brandt, as cited in “Harbour Talks Fail Again”, 2026)",
            ),
        ],
    )
    def test_in_the_text(self, fields: dict[str, Any], expected: str):
        assert in_text("apa", **fields) == expected


class TestMla:
    """The forms of an online newspaper article, MLA Handbook 5.6, 5.24, 5.84, 5.99, 5.111 and 6.77."""

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({}, f"Moss, Ida. “Torn Nets.” Quay News, 2 Jan. 2026, {URL}."),
            (UNDATED, f"Moss, Ida. “Torn Nets.” Quay News, {URL}. Accessed 26 Nov. 2026."),
            (NOBODY, f"“Torn Nets.” Quay News, 2 Jan. 2026, {URL}."),
            ({"outlet": ""}, f"Moss, Ida. “Torn Nets.” 2 Jan. 2026, {URL}."),
            (NOBODY | UNDATED | {"outlet": "", "url": ""}, f"“Torn Nets.” {HERE}. Accessed 26 Nov. 2026."),
            (
                {"title": "Harbour talks fail after “storm of the year” for NATO"},
                f"Moss, Ida. “Harbour Talks Fail after ‘Storm of the Year’ for NATO.” Quay News, 2 Jan. 2026, {URL}.",
            ),
            ({"title": "Why torn?"}, f"Moss, Ida. “Why Torn?” Quay News, 2 Jan. 2026, {URL}."),
            (
                {"title": "Leere Netze im Hafen", "language": "de"},
                f"Moss, Ida. “Leere Netze im Hafen.” Quay News, 2 Jan. 2026, {URL}.",
            ),
            (
                {"byline": "Ida Moss and Otto van der Brandt", "published_on": datetime.date(2025, 9, 30)},
                f"Moss, Ida, and Otto van der Brandt. “Torn Nets.” Quay News, 30 Sept. 2025, {URL}.",
            ),
            ({"byline": MANY}, f"Mossa, Ann, et al. “Torn Nets.” Quay News, 2 Jan. 2026, {URL}."),
            ({"byline": "Staff and agencies"}, f"Staff and agencies. “Torn Nets.” Quay News, 2 Jan. 2026, {URL}."),
        ],
    )
    def test_the_entry(self, fields: dict[str, Any], expected: str):
        assert in_style("mla", **fields) == expected

    def test_in_the_text(self):
        assert in_text("mla") == "(qtd. in Moss)"
        assert in_text("mla", byline="Ida Moss and Otto Brandt") == "(qtd. in Moss and Brandt)"
        assert in_text("mla", byline=MANY) == "(qtd. in Mossa et al.)"
        assert in_text("mla", byline="") == "(qtd. in “Torn Nets”)"


class TestBibtex:
    def test_the_entry(self):
        assert in_style(
            "bibtex", byline="Ida Moss Jr. and Halyard_News Agency", title="50% of nets_torn {#1} – 🐟"
        ) == (
            "@article{moss2026-6f1c2f0e,\n"
            "  author = {Moss, Jr., Ida and {Halyard\\_News Agency}},\n"
            "  title = {{50\\% of nets\\_torn \\{\\#1\\} {\\textendash} 🐟}},\n"
            "  journal = {Quay News},\n"
            "  date = {2026-01-02},\n"
            "  year = {2026},\n"
            "  month = jan,\n"
            f"  url = {{{URL}}},\n"
            "  urldate = {2026-11-26},\n"
            "  note = {Otto Brandt: {\\textquotedblleft}The nets were torn,{\\textquotedblright} "
            f"\\url{{{HERE}}}}}\n"
            "}\n"
        )

    def test_what_is_not_known_is_left_out(self):
        made = in_style("bibtex", byline="", published_on=None, outlet="", title="", url="http://x/{a}\\b c")
        assert made.startswith("@misc{quotation-6f1c2f0e,\n  title = {{}},\n  url = {http://x/%7Ba%7D%5Cb%20c},\n")
        assert "author" not in made and "year" not in made

    @pytest.mark.parametrize("title", ["}{", "\\end{document}", "a\\", "%", "مرحبا 👩‍👩‍👧 {", "$x^2$ ~ #"])
    def test_braces_stay_balanced_whatever_the_words(self, title: str):
        made = in_style("bibtex", title=title, speaker=title, byline=title, outlet=title, words=f"“{title}”")
        bare = made.replace("\\{", "").replace("\\}", "").replace("\\\\", "")
        depth = 0
        for char in bare:
            depth += (char == "{") - (char == "}")
            assert depth >= 0
        assert depth == 0 and made.endswith("\n}\n")


class TestCslJson:
    def test_the_item(self):
        assert json.loads(in_style("csl")) == [
            {
                "id": "moss2026-6f1c2f0e",
                "type": "article-newspaper",
                "title": "Torn nets",
                "author": [{"family": "Moss", "given": "Ida"}],
                "container-title": "Quay News",
                "issued": {"date-parts": [[2026, 1, 2]]},
                "accessed": {"date-parts": [[2026, 11, 26]]},
                "URL": URL,
                "language": "en",
                "locator": "0–21",
                "note": f"Otto Brandt: “The nets were torn,” ({HERE})",
                "custom": {
                    "speaker": "Otto Brandt",
                    "words": "“The nets\nwere torn,”",
                    "kind": "direct",
                    "state": "accepted",
                    "permalink": HERE,
                    "text-sha256": "ab",
                    "offset-unit": "Unicode code points, 0-based, end-exclusive",
                },
            }
        ]

    def test_what_is_not_known_is_left_out(self):
        (item,) = json.loads(in_style("csl", byline="", published_on=None, outlet="", language="", url=""))
        assert item.keys().isdisjoint({"author", "issued", "container-title", "language"})
        assert item["URL"] == HERE

    def test_bodies_are_literal(self):
        (item,) = json.loads(in_style("csl", byline="Halyard Press Agency, Ida Moss, 習 近平"))
        assert item["author"] == [
            {"literal": "Halyard Press Agency"},
            {"family": "Moss", "given": "Ida"},
            {"literal": "習 近平"},
        ]


def test_a_former_text_is_cited_as_it_was_printed():
    quotation = a_quotation()
    old = FormerText(title="Old title", byline="Ada Brook", published_on=datetime.date(2025, 5, 4), text_sha256="cd")
    quotation.former_text = old
    made = str(cited(quotation, STYLES["apa"], address=HERE, today=TODAY))
    said = "(the words stand in an earlier version of the article)"
    plain = str(cited(quotation, STYLES["plain"], address=HERE, today=TODAY))
    assert "In: “Old title”, Quay News, 4 May 2025." in plain
    assert made == f"Brook, A. (2025, May 4). Old title. Quay News. {URL} {said}"


class TestCaveats:
    """Nobody cites what is no quotation, or nobody's decision, or not in the article, without saying so."""

    @pytest.mark.parametrize("style", STYLES)
    def test_each_style_says_them(self, style: str):
        quotation = a_quotation()
        for state, said in (("suggested", "found by machine, not checked"), ("rejected", "rejected as no quotation")):
            quotation.state = state
            assert f"({said})" in str(cited(quotation, STYLES[style], address=HERE, today=TODAY))
        quotation.former_text = FormerText(title="Old title", text_sha256="cd")
        both = "(rejected as no quotation; the words stand in an earlier version of the article)"
        assert both in str(cited(quotation, STYLES[style], address=HERE, today=TODAY))
        quotation.state = "accepted"
        made = str(cited(quotation, STYLES[style], address=HERE, today=TODAY))
        assert "(the words stand in an earlier version of the article)" in made and "machine" not in made

    @pytest.mark.parametrize(
        ("style", "entry", "expected"),
        [
            ("apa", f"{URL} (rejected as no quotation)", "2026) (rejected as no quotation)"),
            ("mla", f"{URL}. (rejected as no quotation)", "(qtd. in Moss) (rejected as no quotation)"),
        ],
    )
    def test_behind_the_entry_and_in_the_text(self, style: str, entry: str, expected: str):
        quotation = a_quotation()
        quotation.state = "rejected"
        made = cited(quotation, STYLES[style], address=HERE, today=TODAY)
        assert isinstance(made, Reference)
        assert str(made).endswith(entry) and made.in_text.endswith(expected)

    def test_none_where_none_is_needed(self):
        assert all("(the words" not in in_style(name) and "rejected" not in in_style(name) for name in STYLES)


class TestPlain:
    def test_it_says_which_address_is_which(self):
        said = "Otto Brandt: “The nets were torn.” In: “Torn nets”, Quay News, 2 January 2026."
        assert in_style("plain", words="“The nets were torn.”") == f"{said} Article: {URL} – Proof: {HERE}"
        assert in_style("plain", url="").endswith(f"2 January 2026. Proof: {HERE}")

    def test_a_title_that_closes_itself_gets_no_full_stop(self):
        made = in_style("plain", title="Why torn?", outlet="", published_on=None)
        assert f"In: “Why torn?” Article: {URL}" in made

    def test_german_marks_too(self):
        assert closed("„Wir bleiben.“") == "„Wir bleiben.“" and closed("„Wir bleiben“") == "„Wir bleiben“."
        assert closed("»Wir bleiben!«") == "»Wir bleiben!«" and closed("") == ""


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("", []),
        ("Moss, Ida", [("Moss", "Ida", "")]),
        ("Dr. Ida van der Moss", [("van der Moss", "Ida", "")]),
        ("Ida Moss; Otto Brandt", [("Moss", "Ida", ""), ("Brandt", "Otto", "")]),
        ("Ida Moss in Port Elm", [("Moss", "Ida", "")]),
        ("NA/PA", [("", "", "")]),
        ("Staff and agencies", [("", "", "")]),
        ("Ida", [("", "", "")]),
        ("moss@quay.example", [("", "", "")]),
        ("Our 2 reporters", [("", "", "")]),
        (", and ,", []),
    ],
)
def test_names_in_by_lines(byline: str, expected: list[tuple[str, str, str]]):
    assert [(name.family, name.given, name.suffix) for name in authors(byline)] == expected
