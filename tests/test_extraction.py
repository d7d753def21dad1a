"""What the machine finds becomes suggestions, and what persons decided stays as they left it."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from articles import corrections, extraction, nlp
from articles.models import Act, Alias, Article, Quotation, Speaker
from articles.nlp import batch
from articles.nlp import pipeline as pipeline_module
from articles.nlp.found import FoundQuotation
from articles.querysets import SpeakerQuerySet
from tests.factories import make_article, make_quotation

TEXT = "“The nets were empty,” Ada Brook said. “We stay,” she added. The mayor said that talks would go on.\n"
EMPTY, STAY, TALKS = "“The nets were empty,”", "“We stay,”", "that talks would go on"


def found(
    words: str, *, name: str | None = None, kind: str = "person", mention: str = "", **fields
) -> FoundQuotation:
    """What the pipeline hands over for `words` of TEXT; the mention is found in TEXT too."""
    start = TEXT.index(words)
    at = TEXT.index(mention) if mention else 0
    values = {"kind": "direct", "cue": None, "confidence": 0.5} | fields
    return FoundQuotation(
        spans=((start, start + len(words)),),
        mention=(at, at + len(mention)) if mention else None,
        speaker_name=name,
        speaker_kind=kind if name else "",
        **values,
    )


def extract(article: Article) -> list[extraction.Disagreement]:
    """Where the machine differs; fails where it failed."""
    [extracted] = extraction.extract_all([article])
    assert not extracted.failure
    return list(extracted.disagreements)


@pytest.fixture
def article(db) -> Article:
    return make_article(TEXT, extracted_with="")


def contents(article: Article) -> list[str]:
    return list(article.quotations.order_by("start", "id").values_list("content", flat=True))


def test_stores_what_is_found_with_words_offsets_speaker_and_version(article, pipeline):
    pipeline(found(EMPTY, name="Ada Brook", mention="Ada Brook", cue=(33, 37)), version="7")
    extract(article)
    quotation = article.quotations.get()
    assert (quotation.content, quotation.cue, quotation.mention) == (EMPTY, "said", "Ada Brook")
    assert (quotation.kind, quotation.confidence, quotation.state, quotation.origin) == (
        "direct",
        0.5,
        "suggested",
        "machine",
    )
    assert quotation.speaker == Speaker.objects.get(name="Ada Brook", kind="person", qualifier="")
    article.refresh_from_db()
    assert (article.extracted_with, article.version) == ("7", 1)


def test_finds_the_speakers_of_a_real_text(article):
    extract(article)
    assert [str(quotation.speaker) for quotation in article.quotations.all()[:2]] == ["Ada Brook", "Ada Brook"]
    article.refresh_from_db()
    assert article.extracted_with == nlp.PIPELINE_VERSION


def test_two_findings_of_the_same_content_make_one_quotation(article, pipeline):
    pipeline(found(STAY, confidence=0.9), found(STAY, kind="indirect", confidence=0.1))
    extract(article)
    assert article.quotations.get().confidence == 0.9


# Who is speaking


@pytest.mark.parametrize("name", ["Ada Brook", "ADA  BROOK", "Åda Brook", "Harbour Master Brook"])
def test_a_name_or_alias_means_the_speaker_who_bears_it(article, pipeline, name):
    ada = Speaker.objects.create(name="Ada Brook", qualifier="harbour master")
    Alias.objects.create(speaker=ada, name="Harbour Master Brook")
    pipeline(found(EMPTY, name=name))
    extract(article)
    assert article.quotations.get().speaker == ada
    assert Speaker.objects.count() == 1


def test_a_body_becomes_a_body(article, pipeline):
    pipeline(found(TALKS, name="Port Authority", kind="body"))
    extract(article)
    assert article.quotations.get().speaker.kind == "body"


@pytest.mark.parametrize("kind", ["group", "unnamed"])
def test_a_group_or_somebody_unnamed_is_no_speaker(article, pipeline, kind):
    pipeline(found(TALKS, name="The mayor", kind=kind, mention="The mayor"))
    extract(article)
    quotation = article.quotations.get()
    assert (quotation.speaker, quotation.speaker_label) == (None, "The mayor")
    assert not Speaker.objects.exists()


def test_a_name_that_several_bear_means_nobody(article, pipeline):
    Speaker.objects.create(name="Ada Brook", qualifier="mayor")
    Alias.objects.create(speaker=Speaker.objects.create(name="Adele Brook"), name="Ada Brook")
    pipeline(found(EMPTY, name="Ada Brook"))
    extract(article)
    assert article.quotations.get().speaker is None
    assert Speaker.objects.count() == 2


def test_of_several_the_only_visible_one_is_meant(article, pipeline):
    Speaker.objects.create(name="Ada Brook", qualifier="a mistake", is_hidden=True)
    ada = Speaker.objects.create(name="Ada Brook")
    pipeline(found(EMPTY, name="Ada Brook"))
    extract(article)
    assert article.quotations.get().speaker == ada


def test_a_hidden_speaker_is_neither_given_nor_made_anew(article, pipeline):
    Speaker.objects.create(name="Ada Brook", is_hidden=True)
    pipeline(found(EMPTY, name="Ada Brook"))
    extract(article)
    assert article.quotations.get().speaker is None
    assert Speaker.objects.count() == 1


@pytest.mark.parametrize("name", ["Ada " * 60, "\u0301"])
def test_what_no_name_column_holds_is_no_name(article, pipeline, name):
    pipeline(found(EMPTY, name=name))
    extract(article)
    assert article.quotations.get().speaker is None
    assert not Speaker.objects.exists()


def test_spellings_of_one_new_name_make_one_speaker(article, pipeline):
    pipeline(found(EMPTY, name="Ada Brook"), found(STAY, name="ADA BROOK"))
    extract(article)
    assert {quotation.speaker.name for quotation in article.quotations.all()} == {"Ada Brook"}


def test_a_speaker_made_by_another_process_in_the_same_moment_is_taken(article, pipeline, monkeypatch):
    called_any = SpeakerQuerySet.called_any
    lookups = []

    def called_any_then_made(queryset, names):
        called = called_any(queryset, names)
        if not lookups:
            Speaker.objects.create(name="Ada Brook", role="made elsewhere")
        lookups.append(called)
        return called

    monkeypatch.setattr(SpeakerQuerySet, "called_any", called_any_then_made)
    pipeline(found(EMPTY, name="Ada Brook"))
    extract(article)
    assert article.quotations.get().speaker.role == "made elsewhere"


def test_the_number_of_queries_does_not_grow_with_the_quotations(db, pipeline):
    def queries(number: int, text: str) -> int:
        spans = [((start, start + 2),) for start in range(number)]
        pipeline(
            *[FoundQuotation("direct", span, None, None, f"Name {number} {span}", "person", 0.5) for span in spans]
        )
        article = make_article(text, extracted_with="")
        with CaptureQueriesContext(connection) as captured:
            extract(article)
        return len(captured)

    assert queries(40, TEXT) == queries(1, f"{TEXT}again")


# Extracting again


@pytest.fixture
def extracted(article, pipeline) -> Article:
    """EMPTY and STAY are suggested, both of Ada Brook."""
    pipeline(found(EMPTY, name="Ada Brook"), found(STAY, name="Ada Brook"), version="1")
    extract(article)
    return article


def test_suggestions_that_are_not_found_again_go_and_new_ones_come(extracted, pipeline):
    pipeline(found(STAY, name="Ada Brook"), found(TALKS))
    extract(extracted)
    assert contents(extracted) == [STAY, TALKS]
    assert Article.objects.get().extracted_with == "2"


def test_a_suggestion_found_again_keeps_its_row_and_takes_the_new_confidence(extracted, pipeline):
    before = extracted.quotations.get(content=STAY)
    pipeline(found(STAY, name="Ada Brook", confidence=0.75))
    extract(extracted)
    after = extracted.quotations.get()
    assert (after.pk, after.uid, after.confidence, after.version) == (before.pk, before.uid, 0.75, 1)


def test_a_suggestion_found_again_with_another_speaker_is_another_one(extracted, pipeline):
    before = extracted.quotations.get(content=STAY)
    pipeline(found(STAY, name="Carmen Dahl"))
    extract(extracted)
    after = extracted.quotations.get()
    assert (after.speaker.name, after.uid != before.uid) == ("Carmen Dahl", True)


@pytest.mark.parametrize("decide", [corrections.accept, corrections.reject])
def test_a_decision_outlives_a_run_that_finds_it_again(extracted, pipeline, analyst, decide):
    quotation = extracted.quotations.get(content=STAY)
    decide(quotation, by=analyst, version=quotation.version)
    pipeline(found(STAY, name="Carmen Dahl", confidence=0.75), found(EMPTY, name="Ada Brook"))
    extract(extracted)
    assert contents(extracted) == [EMPTY, STAY]
    after = extracted.quotations.get(content=STAY)
    assert (after.uid, after.state, after.speaker.name) == (quotation.uid, quotation.state, "Ada Brook")


def test_a_decision_outlives_a_run_that_does_not_find_it(extracted, pipeline, analyst):
    quotation = extracted.quotations.get(content=STAY)
    corrections.accept(quotation, by=analyst, version=1)
    pipeline()
    extract(extracted)
    assert list(extracted.quotations.all()) == [quotation]


def test_a_decision_taken_back_is_still_a_persons(extracted, pipeline, analyst):
    quotation = extracted.quotations.get(content=STAY)
    corrections.undo(corrections.reject(quotation, by=analyst, version=1), by=analyst)
    pipeline(found(STAY, name="Carmen Dahl"))
    extract(extracted)
    assert extracted.quotations.get().speaker.name == "Ada Brook"


def test_a_persons_speaker_outlives_a_run(extracted, pipeline, analyst):
    quotation = extracted.quotations.get(content=STAY)
    corrections.change_speaker(quotation, name="Carmen Dahl", by=analyst, version=1)
    pipeline(found(STAY, name="Ada Brook"))
    extract(extracted)
    assert extracted.quotations.get().speaker.name == "Carmen Dahl"


def test_what_a_person_has_corrected_is_not_suggested_as_it_was(extracted, pipeline, analyst):
    quotation = extracted.quotations.get(content=STAY)
    start, end = quotation.start + 1, quotation.end - 1
    # No page edits spans yet; the record of changes already has room for it.
    before = {"spans": quotation.spans}
    quotation.set_spans(TEXT, content=[(start, end)], cue=None, mention=None)
    quotation.version = 2
    quotation.save()
    act = Act.objects.create(verb="edit", by=analyst, article=extracted)
    act.changes.create(quotation=quotation, before=before, after={"spans": quotation.spans})
    pipeline(found(STAY, name="Ada Brook"))
    extract(extracted)
    assert contents(extracted) == [STAY[1:-1]]


@pytest.mark.parametrize("origin", ["person", "imported"])
def test_what_no_machine_made_stays_and_is_not_doubled(article, pipeline, origin):
    made = make_quotation(article, STAY, origin=origin)
    pipeline(found(STAY), found(EMPTY))
    extract(article)
    assert contents(article) == [EMPTY, STAY]
    assert article.quotations.get(content=STAY).pk == made.pk


# Where the machine now differs from a person


def said(disagreements) -> list[tuple[str, str, str, str]]:
    return [(one.quotation.content, one.about, one.person, one.machine) for one in disagreements]


def test_what_the_machine_now_says_otherwise_is_told(extracted, pipeline, analyst):
    for quotation in extracted.quotations.all():
        corrections.accept(quotation, by=analyst, version=1)
    pipeline(found(STAY, name="Carmen Dahl", kind="body"), found(TALKS))
    disagreements = extract(extracted)
    assert said(disagreements) == [
        (EMPTY, "quotation", "accepted", "not found"),
        (STAY, "speaker", "Ada Brook", "Carmen Dahl"),
    ]
    assert set(extracted.quotations.values_list("content", "state", "speaker__name")) == {
        (EMPTY, "accepted", "Ada Brook"),
        (STAY, "accepted", "Ada Brook"),
        (TALKS, "suggested", None),
    }


def test_so_is_what_a_person_has_corrected_and_the_machine_says_as_before(extracted, pipeline, analyst):
    empty, stay = extracted.quotations.all()
    corrections.reject(empty, by=analyst, version=1)
    corrections.change_speaker(stay, name="Carmen Dahl", by=analyst, version=1)
    corrections.edit([corrections.Edit(stay, 2, {"kind": "mixed"})], by=analyst)
    pipeline(found(EMPTY), found(STAY))
    assert said(extract(extracted)) == [
        (EMPTY, "quotation", "rejected", "found"),
        (STAY, "kind", "mixed", "direct"),
        (STAY, "speaker", "Carmen Dahl", "nobody"),
    ]


def test_agreement_and_what_nobody_decided_are_not_told(extracted, pipeline, analyst):
    empty, stay = extracted.quotations.all()
    corrections.reject(empty, by=analyst, version=1)
    corrections.undo(corrections.accept(stay, by=analyst, version=1), by=analyst)
    pipeline()
    assert extract(extracted) == []


# When it fails


@pytest.fixture
def tripping(monkeypatch):
    """The pipeline raises at every text."""

    def trip(doc):
        raise IndexError("list index\nout of range")

    monkeypatch.setattr(pipeline_module, "find_quotations", trip)


def test_a_failure_is_logged_in_a_line_and_its_traceback_for_who_asks(article, tripping, caplog):
    with caplog.at_level("DEBUG", logger="articles"):
        [extracted] = extraction.extract_all([article])
    assert extracted.failure == "IndexError: list index out of range"
    trace, line = caplog.records[:2]
    assert trace.levelname == "DEBUG" and trace.exc_info
    assert (line.levelname, line.exc_info) == ("WARNING", None)
    assert line.getMessage() == f"The quotations of article {article.pk} could not be sought: {extracted.failure}"


def test_a_pipeline_that_raises_leaves_quotations_as_they_were(extracted, monkeypatch):
    monkeypatch.setattr(
        batch, "find_in_batch", lambda texts, model: ("2", ["IndexError: no such token"] * len(texts))
    )
    [failed] = extraction.extract_all([extracted])
    assert failed.failure == "IndexError: no such token"
    assert contents(extracted) == [EMPTY, STAY]
    assert Article.objects.get().extracted_with == "1"


def test_an_article_is_set_aside_after_two_tries_and_comes_back_with_the_next_success(article, monkeypatch):
    texts = []

    def fail(given, model):
        texts.extend(given)
        return "2", ["IndexError: no such token"] * len(given)

    with monkeypatch.context() as patch:
        patch.setattr(batch, "find_in_batch", fail)
        [failed] = extraction.extract_all(Article.objects.pending())
        assert list(extraction.extract_all(Article.objects.pending())) == []
    assert (failed.failure, texts) == ("IndexError: no such token", [TEXT, TEXT])
    assert list(Article.objects.set_aside()) == [article]
    assert Article.objects.get().extraction_failure == "IndexError: no such token"
    [again] = extraction.extract_all(Article.objects.set_aside())
    assert not again.failure and not Article.objects.set_aside().exists()
    assert (again.article.quotations.count() > 0, Article.objects.get().extraction_failure) == (True, "")


def test_offsets_outside_the_text_are_the_pipelines_failure(article, pipeline):
    pipeline(FoundQuotation("direct", ((0, len(TEXT) + 1),), None, None, None, "", 0.5))
    [failed] = extraction.extract_all([article])
    assert failed.failure.startswith("ValueError: content span 0–")


def test_a_text_corrected_while_the_pipeline_read_it_gets_no_offsets_of_the_old_one(article, pipeline):
    pipeline(found(EMPTY))
    seen = Article.objects.get()
    Article.objects.update(text=f"Amended. {TEXT}", text_sha256=Article.digest(f"Amended. {TEXT}"))
    extract(seen)
    assert not Quotation.objects.exists() and Article.objects.pending().exists()


def test_what_another_process_extracted_in_the_meantime_is_left_to_it(article, pipeline):
    pipeline(found(EMPTY))
    seen = Article.objects.get()
    extract(article)
    [quotation] = article.quotations.all()
    pipeline(found(STAY))
    extract(seen)
    assert list(article.quotations.all()) == [quotation]


def test_a_save_that_the_database_failed_is_done_again(article, pipeline, monkeypatch):
    pipeline(found(EMPTY))
    save = Article.save

    def fail_once(*args, **options):
        monkeypatch.setattr(Article, "save", save)
        raise OperationalError("database is locked")

    monkeypatch.setattr(Article, "save", fail_once)
    with pytest.raises(OperationalError):
        extract(article)
    assert not Quotation.objects.exists()
    extract(article)
    assert contents(article) == [EMPTY]


def test_importing_extraction_and_ingestion_loads_no_spacy():
    code = (
        "import sys, django; django.setup(); import articles.ingestion, articles.extraction; "
        "assert not {'spacy', 'thinc'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=settings.BASE_DIR, check=True)
