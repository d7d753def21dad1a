"""Annotations of a text that is stored without them come in while nobody has worked on it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from articles import corrections, storing, versions
from articles.corrections import Gone, Wanted
from articles.importing import ArticleRecord, RecordedQuotation
from articles.importing.preparing import prepared
from articles.models import Act, Article, ImportRun, Quotation, Speaker
from articles.storing import LEFT_OUT, Stored
from tests.factories import make_article, make_quotation

from .racing import at_once

TEXT = "“The nets were empty,” Ada Brook said on Monday.\n"
ANNOTATED = ArticleRecord(
    TEXT, title="Nets", quotations=(RecordedQuotation(((1, 21),), cue=(33, 37), speaker_name="Ada Brook"),)
)

pytestmark = pytest.mark.django_db


def store(*records: ArticleRecord) -> list[Stored]:
    return storing.store([prepared(record) for record in records], run=ImportRun.objects.create())


@pytest.fixture
def suggested() -> Quotation:
    return make_quotation(make_article(TEXT), TEXT[:22], speaker="Bruno Costa")


def test_they_take_the_place_of_what_a_machine_suggested(suggested: Quotation) -> None:
    [stored] = store(ANNOTATED)
    assert (stored.failure, stored.article, len(stored.annotations)) == ("", suggested.article, 1)
    quotation = Quotation.objects.get()
    assert (quotation.content, quotation.cue, str(quotation.speaker)) == (TEXT[1:21], "said", "Ada Brook")
    assert (quotation.origin, quotation.state) == ("imported", "accepted")
    assert Article.objects.get().extracted_with == Article.ANNOTATED
    [again] = store(ANNOTATED)
    assert (again.failure, again.annotations, Quotation.objects.get()) == ("", (), quotation)


def test_nothing_is_sought_any_more_in_a_text_that_was_pending() -> None:
    make_article(TEXT, extracted_with="", extraction_tries=2, extraction_failure="IndexError")
    handed_over: list[int] = []
    run = ImportRun.objects.create()
    [stored] = storing.store([prepared(ANNOTATED)], run=run, defer=handed_over.extend)
    article = Article.objects.get()
    assert (article.extraction_tries, article.extraction_failure, article.quotations.count()) == (0, "", 1)
    assert handed_over == [] and stored.article and not stored.article.is_pending


def test_the_text_may_stand_in_the_same_batch_and_the_annotations_twice() -> None:
    plain, first, second = store(replace(ANNOTATED, quotations=()), ANNOTATED, ANNOTATED)
    assert plain.article == first.article == second.article == Article.objects.get()
    assert [one.failure for one in (plain, first, second)] == [""] * 3
    assert Quotation.objects.get().origin == "imported"


def test_those_that_do_not_fit_their_text_fail(suggested: Quotation) -> None:
    [stored] = store(replace(ANNOTATED, quotations=(RecordedQuotation(((0, 999),)),)))
    assert stored.failure.startswith("content span 0–999 does not")
    assert Quotation.objects.get() == suggested


def accepted(quotation: Quotation, by: User) -> None:
    corrections.accept(quotation, by=by, version=1)


def rejected_and_undone(quotation: Quotation, by: User) -> None:
    act = corrections.reject(quotation, by=by, version=1)
    assert act
    corrections.undo(act, by=by)


def added_to(quotation: Quotation, by: User) -> None:
    article = quotation.article
    corrections.add(article, Wanted(((23, 32),)), by=by, text_sha256=article.text_sha256)


def reviewed(quotation: Quotation, by: User) -> None:
    Article.objects.update(reviewed_by=by, reviewed_at=timezone.now())


def renewed(quotation: Quotation, by: User) -> None:
    text = f"{TEXT}The fleet stayed in the harbour.\n"
    versions.renew(quotation.article, Article(title="Nets", text=text, text_sha256=Article.digest(text)))


@pytest.mark.parametrize("act", [accepted, rejected_and_undone, added_to, reviewed, renewed])
def test_what_somebody_has_worked_on_or_renewed_stays(
    suggested: Quotation, analyst: User, act: Callable[[Quotation, User], None]
) -> None:
    act(suggested, analyst)
    before = list(Quotation.objects.values())
    [stored] = store(ANNOTATED)
    assert (stored.failure, stored.annotations) == (LEFT_OUT, ())
    assert list(Quotation.objects.values()) == before


def test_of_annotations_that_are_left_out_no_speaker_stays(suggested: Quotation, analyst: User) -> None:
    accepted(suggested, analyst)
    store(ANNOTATED)
    assert [speaker.name for speaker in Speaker.objects.all()] == ["Bruno Costa"]


@pytest.mark.django_db(transaction=True)
def test_a_decision_at_the_same_time_is_kept_or_refused_never_lost(analyst: User) -> None:
    for number in range(6):
        text = f"{TEXT}{number}"
        suggested = make_quotation(make_article(text), TEXT[:22])
        brought, decided = at_once(
            lambda: store(replace(ANNOTATED, text=text)),  # noqa: B023
            lambda: corrections.accept(suggested, by=analyst, version=1),  # noqa: B023
        )
        assert isinstance(brought, list), brought
        assert isinstance(decided, Act | Gone), decided
        [left] = suggested.article.quotations.all()
        assert (left.origin, left.state) == ("machine" if isinstance(decided, Act) else "imported", "accepted")
        assert bool(brought[0].failure) == isinstance(decided, Act)
