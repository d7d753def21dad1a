"""The indexes follow whatever is written, by whatever means, on both engines."""

import datetime

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict

from articles import corrections, finding
from articles.asking import asked
from articles.corrections import Edit
from articles.models import Article, Outlet, Quotation
from articles.search import index
from tests.factories import make_article, make_quotation

pytestmark = pytest.mark.django_db


def found(query: str) -> tuple[list[int], list[int]]:
    """The numbers of the articles and of the quotations that a search finds."""
    parameters = QueryDict(f"q={query}")
    articles, quotations = finding.articles(asked(parameters)), finding.quotations(asked(parameters))
    return [row.pk for row in articles.page(size=50).rows], [row.pk for row in quotations.page(size=50).rows]


@pytest.fixture
def article() -> Article:
    return make_article("“The nets were empty,” she said.", title="Nets", published_on="2025-03-01")


@pytest.fixture
def quotation(article: Article) -> Quotation:
    return make_quotation(article, "“The nets were empty,”", speaker="Ida Moss")


def check_constraints() -> None:
    """PostgreSQL alters no table while a foreign key of the transaction waits to be checked."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def repeated(quotation: Quotation) -> tuple[datetime.date, int | None, bool]:
    return Quotation.objects.values_list("dated", "outlet", "is_listed").get(pk=quotation.pk)


def test_an_edit_of_the_article_goes_along(article: Article, quotation: Quotation, editor: User):
    assert repeated(quotation) == (datetime.date(2025, 3, 1), article.outlet_id, True)
    other = Outlet.objects.create(name="Quay News")
    values = {"title": "Boats", "published_on": datetime.date(1999, 1, 2), "outlet_id": other.pk}
    corrections.edit([Edit(article, 1, values)], by=editor)
    assert repeated(quotation) == (datetime.date(1999, 1, 2), other.pk, True)
    assert found("boats") == ([article.pk], []) and found("nets") == ([article.pk], [quotation.pk])


def test_what_is_hidden_leaves_and_comes_back(article: Article, quotation: Quotation, editor: User):
    corrections.edit([Edit(article, 1, {"is_hidden": True})], by=editor)
    assert found("nets") == ([], []) and not repeated(quotation)[2]
    corrections.edit([Edit(article, 2, {"is_hidden": False})], by=editor)
    assert found("nets") == ([article.pk], [quotation.pk])


def test_what_is_taken_out_leaves(article: Article, quotation: Quotation, analyst: User):
    act = corrections.change_speaker(quotation, name="Otto Brandt", by=analyst, version=1)
    assert act and found("nets")[1] == [quotation.pk]
    Quotation.objects.update(is_hidden=True)
    assert found("nets") == ([article.pk], [])
    Quotation.objects.update(is_hidden=False)
    assert found("nets")[1] == [quotation.pk]


def test_other_words_are_found_and_the_former_ones_not(article: Article, quotation: Quotation):
    Article.objects.update(text="“All boats were full,” she said.")
    Quotation.objects.update(content="“All boats were full,”")
    assert found("empty") == ([], []) and found("full") == ([article.pk], [quotation.pk])


def test_words_and_whether_they_are_shown_may_change_in_one_go(article: Article, quotation: Quotation):
    Quotation.objects.update(content="“All boats were full,”", is_hidden=True)
    assert found("nets")[1] == found("full")[1] == []
    Quotation.objects.update(content="“The nets were torn,”", is_hidden=False)
    assert found("torn")[1] == [quotation.pk] and found("full")[1] == found("empty")[1] == []
    Article.objects.update(published_on="2001-01-01", is_hidden=True)
    Article.objects.update(published_on="2002-02-02", is_hidden=False)
    assert found("torn") == ([], [quotation.pk])


def test_what_is_deleted_leaves(article: Article, quotation: Quotation):
    quotation.delete()
    assert found("nets") == ([article.pk], [])


def test_a_stale_object_that_is_saved_whole_does_no_harm(article: Article):
    quotation = make_quotation(article, "“The nets were empty,”")
    quotation.is_listed = False
    quotation.save()
    assert repeated(quotation)[2] and found("nets")[1] == [quotation.pk]


def test_filling_anew_changes_nothing(article: Article, quotation: Quotation):
    before = found("nets")
    check_constraints()
    index.install(connection)
    index.fill(connection)
    assert found("nets") == before == ([article.pk], [quotation.pk])
    assert call_command("audit") is None


def test_words_beyond_what_is_searched_do_no_harm(db: None):
    article = make_article("word " * 90_000 + "zeppelin", title="Long")
    assert found("zeppelin") == ([], []) and found("word") == ([article.pk], [])


def test_a_text_with_more_words_than_an_index_holds_is_stored(db: None):
    """In Korean each syllable falls apart into two or three letters of three bytes."""
    first = 0xAC00
    syllables = [
        chr(first + at % 11172) + chr(first + at * 7 % 11172) + chr(first + at // 11172) for at in range(90_000)
    ]
    article = make_article(" ".join(syllables), title="Book")
    quotation = make_quotation(article, " ".join(syllables[:60_000]))
    assert found("book") == ([article.pk], []) and found(syllables[5])[1] == [quotation.pk]


@pytest.mark.one_engine
def test_triggers_that_a_rebuilt_table_lost_are_made_again(article: Article):
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER quotation_repeats")
    index.keep(using="default")
    quotation = make_quotation(article, "“The nets were empty,”")
    assert found("nets")[1] == [quotation.pk]


def test_the_audit_finds_what_is_out_of_step_and_reindex_mends_it(
    article: Article, quotation: Quotation, capsys: pytest.CaptureFixture[str]
):
    check_constraints()
    index.remove(connection)
    index.install(connection)
    with pytest.raises(SystemExit, match=r"^1$"):
        call_command("audit", "--quiet")
    assert "Drifts found: 2" in capsys.readouterr().err
    call_command("reindex")
    assert found("nets") == ([article.pk], [quotation.pk])
    call_command("audit", "--quiet")
