"""A hundred searches have the same answers on SQLite and on PostgreSQL: those that reading the words gives."""

import datetime
from collections.abc import Iterator
from itertools import combinations

import pytest
from django.http import QueryDict

from articles import finding, found
from articles.asking import asked
from articles.found import Number
from articles.models import Article, Quotation
from articles.search.folding import words
from articles.search.language import Clause, Near, Term, understood
from tests.factories import make_article, make_quotation

pytestmark = pytest.mark.django_db

TEXTS = [
    (
        "Dam talks end",
        "“The dam is closed at any level,” Ida Moss said. The council’s ferry leaves the harbour at noon.",
    ),
    ("Ferry to the harbour", "A ferry, an old ferry; the harbour master said that “no ferry will sail” on Monday."),
    ("Harbourside", "Harbours and harbourmen: “harb harbor”, said Otto Brandt of the Harbour Gazette."),
    ("Oil prices", "Crude oil rose. “Crude, oil”, the trader said. Oil! OIL? o-i-l; oil/gas, oil_gas and oil.gas."),
    ("ПРИВЕТ, мир", "«Привет», сказал Ёжик. ПРИВЕТ всем; приветствие."),
    (
        "Señor Peñaflor",
        "“Señor,” said Zoë Müller-Lüdenscheidt of Ærø; naïve façade, coöperate. Straße STRASSE straẞe.",
    ),
    ("ΟΔΟΣ", "Η οδός και οι ΟΔΟΙ· “ὁδός”, είπε ο Πέτρος."),
    ("首相が会見", "首相は「大阪で会見する」と述べた。東京の首都。"),
    ("Numbers", "In 1,000 cases, 3.14 or 1e5; 2nd and 2½, x² and H₂O, 24/7, A380-800, COVID-19, 007."),
    ("Apostrophes", "Don’t, don't, dont; O’Neill and O'Neill’s “rock ’n’ roll”, she said. The dogs’ bowl."),
    ("Hyphens", "A well-known e-mail, e mail, email; state-of-the-art, re-entry – re—entry."),
    (
        "Odd marks",
        "Fish 🐟 and chips 🍟, ﬁsh ligature, ＦＵＬＬＷＩＤＴＨ letters, soft\u00adhyphen, zero\u200bwidth.",
    ),
    ("نص عربي", "قال الوزير: «لا مفاوضات على أي مستوى». القرآن، قرآن."),
    ("हिन्दी", "“हम बात नहीं करेंगे,” मंत्री ने कहा।"),
    ("Far apart", "Alpha one two three four five six seven eight nine ten beta eleven twelve thirteen gamma."),
    ("Near", "Alpha beta. Gamma and then alpha; beta gamma delta."),
    ("The the the", "The. The the? the the the the, said the the."),
    ("ended", "It. " * 30 + "Over."),
    ("It", "ended there at last."),
    ("Empty nets", "“The nets were empty,” said the skipper. “Nobody knows why,” he said. Nets, nets."),
]
QUERIES = """
dam; ferry; harbour; harb*; harbour*; harbor; oil; crude oil; "crude oil"; "oil crude"; oil -crude; -oil; -the;
-"crude oil"; dam OR oil; dam OR ferry harbour; ferry -dam; "the harbour"; "at any level"; "any level at";
привет; ПРИВЕТ мир; приветств*; ёжик; ежик; senor; señor; penaflor; muller; "müller lüdenscheidt";
lüdenscheidt; ærø; aero; naive; facade; cooperate; strasse; straße; STRASSE; οδος; ὁδός; οδ*; πετρος; 首相; 会見;
大阪; 東京; 都; 首都; 相首; 1,000; 1000; 3.14; 314; 1e5; 2nd; 2½; x2; h2o; 24/7; a380; covid-19; "covid 19"; 007; 7;
don't; dont; don’t; o'neill; oneill; "rock n roll"; dogs; dogs'; well-known; wellknown; e-mail; email;
"e mail"; state-of-the-art; re-entry; 🐟; fish; chips fish; fullwidth; soft; softhyphen; zerowidth; مفاوضات;
"على اي مستوى"; القران; قرآن; करेंगे; "बात नहीं"; near:"alpha beta"; near:"alpha beta"~0; near:"alpha gamma"~1;
near:"beta alpha"~10; near:"alpha beta gamma"; near:"alpha gamma"~20; "it ended"; "ended it"; it ended;
"the the the the"; "the the the the the"; the; th*; it*; nets nets; "nets nets"; said:nets;
said:"nobody knows"; said:ferry ferry; said:nets OR said:dam; -nets ferry; dam -said:x; "; -; *; OR; dam OR;
OR dam; nets "; said:; "" dam; a* b*; zeppelin; zeppelin OR dam; -zeppelin dam;
"the ferr"*; "crude o"*; -"crude o"* oil; a৴b; ৴
"""
LIST = [query.strip() for query in QUERIES.replace("\n", " ").split(";") if query.strip()]


@pytest.fixture
def corpus() -> list[Article]:
    made = []
    for number, (title, text) in enumerate(TEXTS):
        day = datetime.date(2025, 1, 1) + datetime.timedelta(days=number * 7 % 20)
        article = make_article(text, title=title, byline="A Byline of Its Own", published_on=day)
        for words_said in _quoted(text):
            make_quotation(article, words_said)
        made.append(article)
    return made


def _quoted(text: str) -> Iterator[str]:
    for opening, closing in ("“”", "«»", "「」"):
        start = text.find(opening)
        if start >= 0:
            yield text[start : text.index(closing, start) + 1]


def stands(sought: tuple[str, ...], run: list[str], *, begins: bool = False) -> bool:
    """Whether the words `sought` stand together in `run`."""
    for at in range(len(run) - len(sought) + 1):
        *first, last = run[at : at + len(sought)]
        if tuple(first) == sought[:-1] and (last.startswith(sought[-1]) if begins else last == sought[-1]):
            return True
    return False


def holds(runs: list[list[str]], clauses: list[Clause]) -> bool:
    """What an index should say, read off the words themselves."""
    return all(any(_term(runs, term) for term in clause.terms) == clause.wanted for clause in clauses)


def _term(runs: list[list[str]], term: Term | Near) -> bool:
    if isinstance(term, Term):
        return any(stands(term.words, run, begins=term.begins) for run in runs)
    return all(any(_near(run, one, other, term.within) for run in runs) for one, other in combinations(term.words, 2))


def _near(run: list[str], one: str, other: str, within: int) -> bool:
    places = [[at for at, word in enumerate(run) if word == sought] for sought in (one, other)]
    return any(0 < abs(here - there) <= within + 1 for here in places[0] for there in places[1])


def says(article: Article, clauses: list[Clause]) -> bool:
    """Whether one quotation holds what is wanted, and none what is not."""
    said = [[words(one.content)] for one in article.quotations.all()]
    wanted = [clause for clause in clauses if clause.wanted]
    unwanted = [Clause(clause.terms) for clause in clauses if not clause.wanted]
    has_one = not wanted or any(holds(runs, wanted) for runs in said)
    return has_one and not any(holds(runs, [clause]) for runs in said for clause in unwanted)


@pytest.fixture(params=[0, 2, found.FEW], ids=lambda few: f"few={few}")
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """With so few rows counted as few, each way of seeking is gone."""
    for module in (found, finding):
        monkeypatch.setattr(module, "FEW", request.param)
    return int(request.param)


def test_there_are_a_hundred() -> None:
    assert len(set(LIST)) >= 100


@pytest.mark.usefixtures("few")
def test_articles(corpus: list[Article]) -> None:
    in_order = sorted(corpus, key=lambda article: (article.published_on, article.pk), reverse=True)
    wrong = {}
    for query in LIST:
        sought = understood(query)
        expected = [
            article.pk
            for article in in_order
            if holds([words(one) for one in (article.title, article.byline, article.text)], sought.anywhere)
            and says(article, sought.said)
        ]
        found = finding.articles(asked(_parameters(query)))
        got = [article.pk for article in found.page(size=100).rows]
        if got != expected or found.number.value != len(expected):
            wrong[query] = (expected, got, found.number)
    assert wrong == {}


@pytest.mark.usefixtures("few")
def test_quotations(corpus: list[Article]) -> None:
    quotations = list(Quotation.objects.order_by("-article__published_on", "-pk"))
    wrong = {}
    for query in LIST:
        sought = understood(query)
        clauses = [*sought.anywhere, *sought.said]
        expected = [one.pk for one in quotations if holds([words(one.content)], clauses)]
        got = [one.pk for one in finding.quotations(asked(_parameters(query))).page(size=100).rows]
        if got != expected:
            wrong[query] = (expected, got)
    assert wrong == {}


def _parameters(query: str) -> QueryDict:
    parameters = QueryDict(mutable=True)
    parameters["q"] = query
    return parameters


FILTERS = ["", "kind=direct", "outlet=1", "speaker=0", "month=2025-01", "state=suggested&after=2025-01-03"]


@pytest.mark.usefixtures("few", "corpus")
@pytest.mark.parametrize("filters", FILTERS)
def test_with_filters_the_best_match_and_the_newest_are_the_same_rows(filters: str) -> None:
    for query in ("the", '"the harbour"', "harb* OR nets", "the -oil", "said:the", "-speaker:x the"):
        parameters = QueryDict(filters, mutable=True)
        parameters["q"] = query
        for find in (finding.articles, finding.quotations):
            found = find(asked(parameters))
            newest = {row.pk for row in found.page(size=100).rows}
            plain = find(asked(QueryDict(filters))).page(size=100).rows
            without = find(asked(_parameters(query))).page(size=100).rows
            assert newest == {row.pk for row in plain} & {row.pk for row in without}, (query, find)
            assert found.number == Number(len(newest))
            if found.has_words:
                assert {row.pk for row in found.best(size=100, number=1)[0]} == newest
