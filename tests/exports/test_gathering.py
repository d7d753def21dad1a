"""What an export holds: which articles and quotations, whom it names, which acts, and all of one moment."""

from __future__ import annotations

import threading
import tracemalloc
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from articles import asking, corrections, finding
from articles.corrections import Edit
from articles.gathering import NotASearch, Selection, records
from articles.measuring import stock
from articles.models import Article, Outlet, Quotation, Speaker
from tests.exports.roundtrip import EVERYTHING
from tests.factories import TEXT, make_article, make_quotation
from tests.racing import PATIENCE

EMPTY, STAY = "“The nets were empty,”", "the fleet would stay in port"

pytestmark = pytest.mark.django_db


def gathered(selection: Selection | str = "", **options: bool) -> list[Any]:
    if isinstance(selection, str):
        selection = Selection.of_search(selection, **options)
    return list(records(selection, address="https://newsroom.example/"))


def of(found: list[Any], kind: str) -> list[Any]:
    return [one for one in found if one["record"] == kind]


def uids(found: list[Any]) -> list[str]:
    return [quotation["uid"] for article in of(found, "article") for quotation in article["quotations"]]


@pytest.fixture
def article(db: None) -> Article:
    return make_article()


@pytest.fixture
def other(db: None) -> Article:
    return make_article("Elsewhere. " + TEXT, title="Elsewhere", outlet="The Other")


@pytest.fixture
def nets(article: Article) -> Quotation:
    return make_quotation(article, EMPTY, cue="said", mention="the harbour master", speaker="Ida Moss")


@pytest.fixture
def port(article: Article) -> Quotation:
    return make_quotation(article, STAY, kind="indirect", speaker="Ida Moss")


class TestSelection:
    def test_of_quotations_gives_those_alone_in_their_articles(
        self, nets: Quotation, port: Quotation, other: Article
    ) -> None:
        make_quotation(other, STAY, state="rejected")
        found = gathered("quotations?q=empty")
        assert uids(found) == [str(nets.uid)]
        head, end = found[0], found[-1]
        assert (head["search"], head["articles"], head["quotations"]) == ("quotations?q=empty", 1, 1)
        assert (head["address"], head["version"]) == ("https://newsroom.example", 1)
        assert end == {"record": "end", "articles": 1, "quotations": 1, "speakers": 1, "acts": 0}

    def test_quotations_are_sought_once(
        self, nets: Quotation, port: Quotation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # What a cursor of the server fetches is not captured.
        monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
        asked = asking.asked(QueryDict("q=empty"))
        with CaptureQueriesContext(connection) as once:
            assert list(finding.quotations(asked).rows.values_list("pk", flat=True)) == [nets.pk]
        with CaptureQueriesContext(connection) as queries:
            found = Selection.of_search("quotations?q=empty").found()
        assert (found.number_of_articles, found.number_of_quotations) == (1, 1)
        assert len(queries) == len(once)

    def test_of_articles_gives_all_their_shown_quotations(
        self, nets: Quotation, port: Quotation, other: Article
    ) -> None:
        make_quotation(other, EMPTY)
        make_quotation(nets.article, "stay in port", is_hidden=True)
        found = gathered(f"articles?outlet={nets.article.outlet_id}")
        assert uids(found) == [str(nets.uid), str(port.uid)]
        assert found[0]["quotations"] == 2

    def test_what_was_rejected_comes_where_it_is_asked_for(self, nets: Quotation, port: Quotation) -> None:
        Quotation.objects.named([str(port.uid)]).update(state="rejected", settled_at=port.article.imported_at)
        assert (
            uids(gathered("articles?q=nets"))
            == [str(nets.uid)]
            == uids(gathered("quotations?kind=indirect&kind=direct"))
        )
        both = [str(nets.uid), str(port.uid)]
        assert uids(gathered("articles?q=nets", with_rejected=True)) == both
        assert uids(gathered("quotations?kind=indirect&kind=direct", with_rejected=True)) == both
        assert uids(gathered("quotations?state=rejected")) == [str(port.uid)]
        assert uids(gathered()) == [str(nets.uid)]

    def test_what_is_hidden_comes_with_the_whole_alone(self, nets: Quotation, other: Article) -> None:
        Article.objects.numbered([other.pk]).update(is_hidden=True)
        out = make_quotation(nets.article, STAY, is_hidden=True)
        hidden = Speaker.objects.create(name="Nobody Here", is_hidden=True)
        shown = gathered()
        assert [one["number"] for one in of(shown, "article")] == [nets.article_id]
        assert str(out.uid) not in uids(shown)
        assert hidden.pk not in [one["number"] for one in of(shown, "speaker")]
        whole = gathered(EVERYTHING)
        assert [one["number"] for one in of(whole, "article")] == [nets.article_id, other.pk]
        assert str(out.uid) in uids(whole)
        assert hidden.pk in [one["number"] for one in of(whole, "speaker")]
        assert (whole[0]["articles"], whole[0]["quotations"]) == (2, 2)

    def test_nothing_found_is_a_whole_export_of_nothing(self, nets: Quotation) -> None:
        head, end = gathered("quotations?q=unheard")
        assert (head["articles"], head["quotations"]) == (0, 0)
        assert (end["articles"], end["speakers"]) == (0, 0)

    @pytest.mark.parametrize(
        ("search", "why"),
        [
            ("quotations", "begins with"),
            ("people?q=x", "begins with"),
            ("quotations?", "begins with"),
            ("quotations?q=", "nothing is sought"),
            ("quotations?speeker=1", "nothing is sought by speeker"),
            (
                "quotations?state=foo",
                r"foo is refused, as not all of it is understood: “foo” is no value of “state” in this address\.$",
            ),
            ("quotations?q=after:x", r"a year, not “x”\.$"),
            ("quotations?speaker=x", "is no value of"),
            ("quotations?q=speaker:nobody", "Nobody is called"),
            ("articles?month=2025-13", "is no value of"),
        ],
    )
    def test_what_is_not_understood_is_refused(self, db: None, search: str, why: str) -> None:
        with pytest.raises(NotASearch, match=why):
            Selection.of_search(search)


class TestRecords:
    def test_speakers_come_once_and_before_who_names_them_with_whom_they_were_merged_into(
        self, nets: Quotation, other: Article, editor: User
    ) -> None:
        moss, survivor = nets.speaker, Speaker.objects.create(name="Ida Moss-Weir")
        merged = make_quotation(other, EMPTY, speaker="I. Moss")
        corrections.join(survivor, merged.speaker, by=editor, versions=(1, 1))
        found = gathered(f"articles?outlet={other.outlet_id}")
        kinds = [one["record"] for one in found]
        assert kinds == ["head", "speaker", "article", "speaker", "act", "end"]
        assert found[1]["name"] == "Ida Moss-Weir"
        assert found[1]["aliases"] == ["I. Moss"]
        assert (found[3]["name"], found[3]["merged_into"], found[3]["is_hidden"]) == ("I. Moss", survivor.pk, True)
        assert moss.pk not in [one["number"] for one in of(found, "speaker")]

    def test_numbers_in_changes_name_records_people_and_former_texts(
        self, nets: Quotation, port: Quotation, analyst: User
    ) -> None:
        corrections.accept(nets, by=analyst, version=nets.version)
        corrected = TEXT.replace("stay in port", "go out")
        nets.article.refresh_from_db()
        corrections.correct_text(nets.article, corrected, by=analyst, version=nets.article.version)
        port.refresh_from_db()
        wanted = corrections.Wanted(((0, 9),), speaker="Ida Moss")
        corrections.revise(port, wanted, by=analyst, version=port.version)
        accept, text, revise = of(gathered(), "act")
        assert accept["changes"][0]["quotation"] == str(nets.uid)
        assert accept["changes"][0]["after"]["settled_by_id"] == "analyst"
        assert (text["verb"], text["changes"], text["article"]) == ("text", [], nets.article_id)
        assert revise["changes"][0]["before"]["former_text_id"] == 0
        former = of(gathered(), "article")[0]["former_texts"][0]
        assert (former["text"], former["act"]) == (TEXT, text["uid"])
        assert {anchor["quotation"] for anchor in former["anchors"]} == {str(nets.uid), str(port.uid)}

    def test_acts_come_with_what_they_touch_and_the_rest_is_counted(
        self, nets: Quotation, other: Article, editor: User
    ) -> None:
        elsewhere = make_quotation(other, EMPTY, speaker="I. Moss")
        here = make_quotation(nets.article, STAY, speaker=elsewhere.speaker)
        join = corrections.join(nets.speaker, elsewhere.speaker, by=editor, versions=(1, 1))
        undo = corrections.undo(join, by=editor)
        elsewhere.refresh_from_db()
        corrections.accept(elsewhere, by=editor, version=elsewhere.version)  # touches nothing here
        found = of(gathered(f"articles?outlet={nets.article.outlet_id}"), "act")
        assert [one["uid"] for one in found] == [str(join.uid), str(undo.uid)]
        assert [one["left_out"] for one in found] == [1, 1]
        assert found[1]["undoes"] == str(join.uid)
        assert str(here.uid) in [change.get("quotation") for change in found[0]["changes"]]

    def test_an_outlet_that_no_article_has_comes_with_the_act_that_names_it(
        self, article: Article, editor: User
    ) -> None:
        gone, new = article.outlet, Outlet.objects.create(name="The Other")
        corrections.edit([Edit(article, article.version, {"outlet_id": new.pk})], by=editor)
        (act,) = of(gathered(), "act")
        assert act["changes"][0]["before"] == {"outlet_id": gone.pk}
        assert [one["name"] for one in act["outlets"]] == ["The Harbour Gazette"]


class TestSize:
    def test_queries_do_not_grow_with_articles(self, db: None, analyst: User) -> None:
        def queries() -> int:
            with CaptureQueriesContext(
                connection,
            ) as captured:
                gathered("articles?q=nets")
            return len(captured)

        def add(number: int) -> None:
            one = make_quotation(make_article(f"{number}. {TEXT}"), EMPTY, speaker=f"Ida Moss {number}")
            corrections.accept(one, by=analyst, version=1)

        add(0)
        add(1)
        few = queries()
        for number in range(2, 12):
            add(number)
        assert queries() == few

    @pytest.mark.one_engine
    def test_memory_does_not_grow_with_quotations(self, db: None) -> None:
        stock.fill(12_000)

        def peak(most: int) -> int:
            """Of the first so many articles; the rest is not taken."""
            tracemalloc.start()
            try:
                for one in records(EVERYTHING):
                    if one["record"] == "article" and (most := most - 1) == 0:
                        break
                return tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()

        peak(1)  # what is loaded once
        assert peak(1_000) < 1.2 * peak(250)


@pytest.mark.django_db(transaction=True)
def test_it_is_of_one_moment_and_nobody_waits_for_it() -> None:
    for number in range(3):
        make_quotation(make_article(f"{number}. {TEXT}"), EMPTY)
    found = records(Selection())
    head = next(found)

    def write() -> None:
        Article.objects.update(title="Written meanwhile")
        make_quotation(make_article("4. " + TEXT), EMPTY)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    writer.join(PATIENCE)
    assert not writer.is_alive()
    rest = list(found)
    assert {one["title"] for one in of(rest, "article")} == {"Empty nets"}
    assert head["articles"] == rest[-1]["articles"] == 3
    assert Article.objects.count() == 4
    Article.objects.update(title="Written after")  # the transaction is over


@pytest.mark.django_db(transaction=True)
def test_closed_early_it_leaves_no_transaction() -> None:
    make_article()
    found = records(Selection())
    next(found)
    found.close()  # type: ignore[attr-defined]
    assert not connection.in_atomic_block
    Article.objects.update(title="Written after")
