"""A changed text at a known address: the former one is kept, quotations go along or are flagged, and people win."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from articles import corrections, extraction, ingestion, versions
from articles.corrections import Edit, StaleEdit
from articles.importing import Source
from articles.models import Act, Article, Change, FormerText, ImportRun, Outlet, Quotation
from tests.factories import ingest, make_article, make_quotation
from tests.racing import at_once

NETS = "“The nets were empty,” the harbour master said on Monday."
PORT = "She added that the fleet would stay in port until Friday."
OLD = f"{NETS}\n\n{PORT}\n"
NEW = f"Updated at noon.\n\n{NETS}\n\nNobody was there to answer questions about the fleet, its port or Friday.\n"
EMPTY, STAY = "“The nets were empty,”", "that the fleet would stay in port until Friday"


def renew(stored: Article, text: str = NEW, **fields: Any) -> Article:
    """Renew with a record of `text`; the article that the caller's record has become."""
    values = {"title": "Full nets", "source_name": "new.json", "reader": "json", "language": "en"} | fields
    new = Article(text=text, text_sha256=Article.digest(text), url=stored.url, **values)
    with transaction.atomic():
        versions.renew(stored, new)
    return new


@pytest.fixture
def article(db: None) -> Article:
    return make_article(OLD, url="https://gazette.example/nets", byline="A. Bee", encoding="cp1252")


@pytest.fixture
def kept(article: Article) -> Quotation:
    return make_quotation(article, EMPTY, cue="said", mention="the harbour master", speaker="Ida Moss")


@pytest.fixture
def lost(article: Article) -> Quotation:
    return make_quotation(article, STAY, cue="added", mention="She", kind="indirect", speaker="Ida Moss")


def test_the_article_has_the_new_text_and_the_former_one_is_kept(article: Article, kept: Quotation) -> None:
    run = ImportRun.objects.create()
    before = Article.objects.get()
    new = renew(article, import_run=run, byline="C. Dee", published_on=datetime.date(2026, 5, 3))
    former = FormerText.objects.get()
    assert (former.article, former.text, former.text_sha256) == (article, OLD, Article.digest(OLD))
    assert (former.title, former.byline, former.encoding, former.source_name) == (
        *("Empty nets", "A. Bee", "cp1252", "test.txt"),
    )
    assert (former.imported_at, former.import_run) == (before.imported_at, None)
    assert former.replaced_at >= former.imported_at
    assert former.anchors == [
        {"quotation": kept.pk, "spans": [[0, 22]], "cue": [42, 46], "mention": [23, 41], "reworded": False},
    ]
    for one in (article, new, Article.objects.get()):
        assert (one.pk, one.text, one.text_sha256, one.title) == (before.pk, NEW, Article.digest(NEW), "Full nets")
        assert (one.byline, one.published_on, one.dated) == ("C. Dee", *[datetime.date(2026, 5, 3)] * 2)
        assert (one.source_name, one.reader, one.encoding, one.language) == ("new.json", "json", "", "en")
        assert (one.extracted_with, one.extraction_tries, one.import_run, one.version) == ("", 0, run, 2)
        assert one.imported_at > before.imported_at


def test_quotations_go_along_with_their_words(article: Article, kept: Quotation, analyst: User) -> None:
    corrections.accept(kept, by=analyst, version=1)
    renew(article)
    moved = Quotation.objects.get()
    at = NEW.index(EMPTY)
    assert (moved.pk, moved.uid, moved.spans, moved.content) == (kept.pk, kept.uid, [[at, at + len(EMPTY)]], EMPTY)
    assert (moved.cue, moved.mention, moved.cue_start) == ("said", "the harbour master", NEW.index("said"))
    assert (moved.state, moved.settled_by, moved.speaker, moved.former_text) == (
        *("accepted", analyst, kept.speaker, None),
    )


def test_what_no_longer_matches_stays_in_its_text_with_all_that_was_decided(
    article: Article, lost: Quotation, analyst: User
) -> None:
    corrections.reject(lost, by=analyst, version=1)
    renew(article)
    flagged = Quotation.objects.get()
    assert flagged.former_text == FormerText.objects.get()
    assert (flagged.spans, flagged.content, flagged.cue, flagged.mention) == (lost.spans, STAY, "added", "She")
    assert (flagged.state, flagged.settled_by, flagged.speaker) == ("rejected", analyst, lost.speaker)
    renew(article, "The third text says nothing of all that, and nothing else either.")
    again = Quotation.objects.get()
    assert (again.former_text, again.version) == (flagged.former_text, flagged.version)
    assert [former.anchors != [] for former in FormerText.objects.all()] == [True, False]


def test_untouched_suggestions_that_are_gone_go_and_imported_ones_stay(article: Article, lost: Quotation) -> None:
    imported = make_quotation(article, STAY, state="accepted", origin="imported")
    renew(article)
    assert Quotation.objects.get() == imported
    assert Quotation.objects.get().former_text


def test_a_part_that_is_gone_takes_the_quotation_with_it(article: Article, analyst: User) -> None:
    parts = make_quotation(article, [EMPTY, STAY])
    corrections.accept(parts, by=analyst, version=1)
    renew(article)
    parts.refresh_from_db()
    assert parts.former_text and parts.content == f"{EMPTY} … {STAY}"


@pytest.mark.parametrize(
    ("now", "cue"),
    [
        ("warned", "warned"),
        ("told reporters on Monday", "told"),
        ("was seen there on Monday", ""),
        ("said and added on Monday", "said"),
        ("warned and added on Monday", ""),
    ],
)
def test_of_a_cue_that_was_rewritten_the_new_verb_is_the_cue(
    article: Article, kept: Quotation, now: str, cue: str
) -> None:
    renew(article, f"{NETS.replace('said on Monday', now)}\n\n{PORT}\n")
    kept.refresh_from_db()
    assert (kept.content, kept.cue, kept.mention) == (EMPTY, cue, "the harbour master")
    assert (kept.cue_span is None) == (not cue)


def test_no_cue_is_taken_from_another_quotation(article: Article, kept: Quotation, lost: Quotation) -> None:
    renew(article, f"{EMPTY} she added that the fleet would stay in port until Friday.\n")
    kept.refresh_from_db(), lost.refresh_from_db()
    assert (kept.content, kept.cue, lost.content, lost.cue) == (EMPTY, "", STAY, "added")


def test_a_carried_suggestion_is_still_untouched_and_a_page_of_the_old_text_conflicts(
    article: Article, kept: Quotation, lost: Quotation, analyst: User
) -> None:
    corrections.accept(lost, by=analyst, version=1)
    renew(article)
    assert list(article.quotations.untouched_suggestions()) == [kept]
    for seen in (kept, lost):
        with pytest.raises(StaleEdit):
            corrections.reject(seen, by=analyst, version=seen.version)
    with pytest.raises(StaleEdit):
        corrections.edit([Edit(article, 1, {"title": "Mine"})], by=analyst)


def test_what_was_decided_before_can_be_undone_after(article: Article, lost: Quotation, analyst: User) -> None:
    act = corrections.accept(lost, by=analyst, version=1)
    renew(article)
    assert act
    corrections.undo(act, by=analyst)
    lost.refresh_from_db()
    assert (lost.state, lost.settled_by) == ("suggested", None) and lost.former_text


# Details


def test_what_a_person_corrected_stays(article: Article, editor: User) -> None:
    quay, mine = Outlet.objects.create(name="Quay News"), Outlet.objects.create(name="Mine")
    corrections.edit([Edit(article, 1, {"title": "Corrected", "outlet_id": mine.pk})], by=editor)
    byline = corrections.edit([Edit(article, 2, {"byline": "Undone"})], by=editor)
    assert byline
    corrections.undo(byline, by=editor)
    renew(article, title="New", outlet=quay, byline="New", place="Ellery")
    assert (article.title, article.outlet, article.byline, article.place) == ("Corrected", mine, "New", "Ellery")


def test_what_the_new_record_does_not_know_is_no_news(article: Article) -> None:
    outlet = article.outlet
    Article.objects.update(place="Ellery", published_on=datetime.date(2026, 5, 1))
    renew(article, byline="", outlet=None, published_on=None, place="")
    assert (article.byline, article.outlet, article.published_on) == ("A. Bee", outlet, datetime.date(2026, 5, 1))
    assert article.place == ""  # which is read off the text


def test_a_new_version_that_brings_its_quotations_is_not_pending(article: Article) -> None:
    assert renew(article, extracted_with=Article.ANNOTATED).extracted_with == Article.ANNOTATED


# Through an import, with the pipeline


def test_an_import_of_a_changed_article_keeps_decisions_and_seeks_again(
    db: None, tmp_path: Path, analyst: User
) -> None:
    def bring(text: str, name: str) -> list[ingestion.Result]:
        (tmp_path / name).write_text(f"Title: Nets\nURL: https://gazette.example/nets\n\n{text}", encoding="utf-8")
        return [outcome.result for outcome in ingest([Source(name, tmp_path / name)])]

    gone = "“We shall sail tomorrow whatever comes,” Otto Brandt said."
    stays = "“The nets were empty on Monday,” Ida Moss said."
    suggested = "“Nobody knows why the fish are gone,” Carmen Dahl said."
    bring(f"{gone}\n\n{stays}\n\n{suggested}", "first.txt")
    first, second, third = Quotation.objects.all()
    corrections.accept(first, by=analyst, version=1)
    corrections.change_speaker(second, name="Ada Brook", by=analyst, version=1)
    new = "“It was I, not they,” Pia Lund said."
    assert bring(f"{stays}\n\n{suggested}\n\n{new}", "second.txt") == [
        *(ingestion.Result.UPDATED, ingestion.Result.EXTRACTED),
    ]
    article = Article.objects.get()
    assert article.extracted_with
    assert [(one.content, str(one.speaker), one.state, one.pk) for one in article.quotations.in_text()][:2] == [
        ("“The nets were empty on Monday,”", "Ada Brook", "accepted", second.pk),
        ("“Nobody knows why the fish are gone,”", "Carmen Dahl", "suggested", third.pk),
    ]
    assert [one.content for one in article.quotations.in_text()][2:] == ["“It was I, not they,”"]
    # A machine run has nothing to say of what is not in this version, though its offsets are taken here as well.
    former = article.quotations.get(former_text__isnull=False)
    [extracted] = extraction.extract_all([article])
    assert (former.pk, former.state, former.settled_by) == (first.pk, "accepted", analyst)
    assert [disagreement.quotation.pk for disagreement in extracted.disagreements] == [second.pk]
    assert bring(f"{gone}\n\n{stays}\n\n{suggested}", "first.txt") == [ingestion.Result.UNCHANGED]
    assert article.quotations.count() == 4


# The same again


def test_a_text_that_it_has_or_had_changes_nothing(article: Article, kept: Quotation) -> None:
    renew(article)
    for text in (OLD, NEW):
        again = renew(article, text, title="Again")
        assert (again.pk, again.text, again.title) == (article.pk, NEW, "Full nets")
    assert Article.objects.get().version == 2
    assert FormerText.objects.count() == 1
    assert Quotation.objects.get().version == 2


def test_the_text_of_another_article_is_refused_and_nothing_is_written(article: Article) -> None:
    make_article(NEW)
    with pytest.raises(IntegrityError):
        renew(article)
    assert not FormerText.objects.exists()
    assert Article.objects.get(pk=article.pk).text == OLD


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_lose_no_version(analyst: User) -> None:
    article = make_article(OLD)
    kept = make_quotation(article, EMPTY, cue="said")
    corrections.accept(kept, by=analyst, version=1)
    rounds = 8

    def bring(number: int, side: str) -> None:
        renew(Article.objects.get(), f"Version {number} of {side}.\n\n{NETS}\n")

    def decide() -> None:
        seen = Quotation.objects.get()
        act = corrections.reject if seen.state == "accepted" else corrections.accept
        act(seen, by=analyst, version=seen.version)

    for number in range(rounds):
        outcomes = at_once(
            lambda: bring(number, "one"),  # noqa: B023
            lambda: bring(number, "two"),  # noqa: B023
            lambda: bring(number, "two"),  # noqa: B023
            decide,
        )
        assert all(outcome is None for outcome in outcomes[:3]), outcomes
        assert outcomes[3] is None or isinstance(outcomes[3], StaleEdit), outcomes
    article.refresh_from_db()
    kept.refresh_from_db()
    texts = {*FormerText.objects.values_list("text", flat=True), article.text}
    brought = {f"Version {number} of {side}.\n\n{NETS}\n" for number in range(rounds) for side in ("one", "two")}
    assert texts == {OLD} | brought
    assert (FormerText.objects.count(), article.version) == (2 * rounds, 2 * rounds + 1)
    assert article.text[slice(*kept.spans[0])] == kept.content == EMPTY
    assert kept.version == 1 + 2 * rounds + Act.objects.count()


# The address


@pytest.mark.parametrize(
    "url",
    [
        "https://gazette.example/nets",
        "HTTPS://Gazette.Example/nets",
        "https://gazette.example/nets#comments",
    ],
)
def test_an_article_is_known_by_its_address(article: Article, url: str) -> None:
    assert Article.objects.at_urls([url]).get(url) == article


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://gazette.example/NETS",
        "https://gazette.example/nets/",
        "https://gazette.example/nets?page=2",
        "http://gazette.example/nets",
        "https://gazette.example/nets#!/other",
        "nets",
        "http://[a",
    ],
)
def test_other_addresses_are_other_articles(article: Article, url: str) -> None:
    assert Article.objects.at_urls([url]).get(url) is None


@pytest.mark.parametrize(
    "url", ["", "https://gazette.example", "https://gazette.example/", "https://gazette.example/#top"]
)
def test_a_home_page_is_no_articles_address(db: None, url: str) -> None:
    make_article(url=url)
    assert Article.objects.at_urls([url]).get(url) is None


def test_of_several_at_one_address_it_is_the_newest(article: Article) -> None:
    newest = make_article("Another text.", url="https://gazette.example/nets")
    other = make_article("A third text.", url="https://gazette.example/?p=3")
    assert Article.objects.at_urls([article.url]).get(article.url) == newest
    assert Article.objects.at_urls([article.url, "https://GAZETTE.example/?p=3", "https://gazette.example/4"]) == {
        article.url: newest,
        "https://GAZETTE.example/?p=3": other,
    }


def test_spans_that_a_person_replaced_in_the_former_text_say_nothing_of_this_one(
    article: Article, kept: Quotation, analyst: User
) -> None:
    act = corrections.accept(kept, by=analyst, version=1)
    Change.objects.filter(act=act).update(before={"spans": [[0, 5]]}, after={"spans": kept.spans})
    assert [[0, 5]] in article.quotations.contents()
    renew(article)
    at = NEW.index(EMPTY)
    assert article.quotations.contents() == [[[at, at + len(EMPTY)]]]
