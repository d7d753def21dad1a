"""The record of changes in sentences."""

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User

from articles import corrections
from articles.corrections import Edit, wanted_of
from articles.corrections.writing import EDITABLE
from articles.models import ANCHORS, Article, Change, Outlet, Quotation, Speaker
from articles.telling import told, would_be_told
from articles.telling.phrases import SAID, THE
from articles.telling.sentences import NAMELESS, REVIEWING
from articles.telling.words import what_became_of_words
from tests.factories import make_article, make_quotation

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

TEXT = "“The nets were empty … again,” the harbour master said on Monday, she said. “Nobody knows why it is so.”\n"
EMPTY = "“The nets were empty … again,”"
WHY = "“Nobody knows why it is so.”"


@pytest.fixture
def article() -> Article:
    return make_article(TEXT)


@pytest.fixture
def quotation(article: Article) -> Quotation:
    return make_quotation(article, EMPTY, cue="said", mention="the harbour master", speaker="Ida Moss")


def span(words: str, *, after: str = "") -> tuple[int, int]:
    start = TEXT.index(words, TEXT.index(after))
    return start, start + len(words)


def sentences(record: Quotation | Article | Speaker | Outlet) -> list[str]:
    """Of the last act on it."""
    changes = Change.objects.of_record(corrections.FIELD_OF[type(record)], record.pk)
    return told(changes.for_telling())[0].sentences


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"content": [span(EMPTY[:-2])]}, ["moved the end from ‘… were empty … again,”’ to “… were empty … again”"]),
        ({"content": [span(EMPTY[5:])]}, ["moved the start from ‘“The nets were empty …’ to “nets were empty … …”"]),
        ({"content": [span("nets were")]}, [f"changed the words from ‘{EMPTY}’ to “nets were”"]),
        ({"content": [span("Nobody")]}, [f"changed the words from ‘{EMPTY}’ to “Nobody”"]),
        ({"content": [span(EMPTY), span(WHY)]}, [f"took in ‘{WHY}’"]),
        (
            {"content": [span("The nets"), span(WHY)]},
            [f"changed the words from ‘{EMPTY}’ to “The nets”", f"took in ‘{WHY}’"],
        ),
        ({"content": [span("The nets"), span("again")]}, [f"changed the words from ‘{EMPTY}’ to “The nets … again”"]),
        ({"cue": span("said on Monday")}, ["changed the cue from “said” to “said on Monday”"]),
        ({"cue": span("said", after="she")}, ["moved the cue to another place with the same words"]),
        ({"cue": None}, ["took away the cue “said”"]),
        ({"mention": span("master")}, ["changed the mention from “the harbour master” to “master”"]),
        ({"speaker": "Otto Brandt"}, ["changed the speaker from Ida Moss to Otto Brandt"]),
        ({"speaker": ""}, ["took away the speaker Ida Moss"]),
        ({"kind": "indirect"}, ["changed the kind from direct to indirect"]),
        ({"note": "a joke"}, ["wrote the note “a joke”"]),
        (
            {"cue": None, "speaker": "Otto Brandt"},
            ["took away the cue “said”", "changed the speaker from Ida Moss to Otto Brandt"],
        ),
    ],
)
def test_each_part_of_a_quotation(quotation: Quotation, analyst: User, wanted: dict[str, Any], said: list[str]):
    corrections.accept(quotation, by=analyst, version=1)
    if "content" in wanted:
        wanted["content"] = tuple(wanted["content"])
    as_it_is = replace(wanted_of(quotation), kind=quotation.kind)
    corrections.revise(quotation, replace(as_it_is, **wanted), by=analyst, version=2)
    assert sentences(quotation) == said


def test_a_part_is_left_out_and_a_sign_of_omission_in_the_text_parts_nothing(article: Article, analyst: User):
    quotation = make_quotation(article, [EMPTY, WHY], state="accepted")
    corrections.revise(quotation, replace(wanted_of(quotation), content=(span(EMPTY),)), by=analyst, version=1)
    assert sentences(quotation) == [f"left out ‘{WHY}’"]


def test_a_long_value_is_cut_and_brought_on_one_line():
    before, after = ({"cue": "", "cue_start": None}, {"cue": "said\n " + 99 * "very ", "cue_start": 1})
    (sentence,) = what_became_of_words(before, after)
    assert sentence.startswith("marked “said very very") and sentence.endswith("…” as the cue")
    assert len(sentence) < 150 and "\n" not in sentence


def test_words_from_right_to_left_are_isolated_from_the_sentence():
    (sentence,) = what_became_of_words({"cue": ""}, {"cue": "قال"})
    assert sentence == "marked “\u2068قال\u2069” as the cue"


def test_words_of_two_texts_are_not_compared_by_their_places(quotation: Quotation):
    old = {"content": "The nets", "spans": [[1, 9]], "former_text_id": 1}
    new = {"content": "The nets were", "spans": [[1, 14]], "former_text_id": None}
    assert [*what_became_of_words(old, new)] == ["changed the words from “The nets” to “The nets were”"]


def test_decisions_and_taking_them_back(quotation: Quotation, analyst: User, editor: User):
    act = corrections.accept(quotation, by=analyst, version=1)
    assert act and sentences(quotation) == ["accepted it"]
    undoing = corrections.undo(act, by=analyst)
    assert sentences(quotation) == ["undid their own acceptance: reopened it"]
    again = corrections.redo(undoing, by=analyst)
    assert sentences(quotation) == ["did it again: accepted it"]
    corrections.undo(again, by=editor)
    assert sentences(quotation) == ["undid analyst’s redoing: reopened it"]
    corrections.reject(quotation, by=editor, version=5)
    assert sentences(quotation) == ["rejected it"]
    corrections.restore(quotation, act, by=editor, version=6)
    assert sentences(quotation) == ["restored an earlier version: accepted it"]


def test_splitting_merging_and_adding(quotation: Quotation, article: Article, analyst: User):
    corrections.accept(quotation, by=analyst, version=1)
    second, _ = corrections.split(quotation, TEXT.index("again"), by=analyst, version=2)
    assert sentences(second) == ["split it in two: the second is ‘again,”’, said by Ida Moss"]
    (said,) = sentences(quotation)
    assert said == "split it in two: moved the end from ‘… were empty … again,”’ to “… nets were empty …”"
    merging = corrections.merge(quotation, second, by=analyst, versions=(3, 1))
    assert sentences(second) == ["merged it into another quotation"]
    assert sentences(quotation)[0].startswith("merged another quotation into it: ")
    corrections.undo(merging, by=analyst)
    assert sentences(second) == ["undid their own merging: brought it back"]
    added, act = corrections.add(
        article, corrections.Wanted((span(WHY),), speaker="Una Vale"), by=analyst, text_sha256=article.text_sha256
    )
    assert sentences(added) == [f"added ‘{WHY}’, said by Una Vale"]
    corrections.undo(act, by=analyst)
    assert sentences(added) == ["undid their own addition: took it out"]
    assert sentences(Speaker.objects.get(name="Una Vale")) == ["undid their own addition: hid it"]


def test_reviewing(article: Article, analyst: User):
    corrections.flag(article, note="all of it", by=analyst, version=1)
    assert sentences(article) == ["asked for a second look: all of it"]
    corrections.flag(article, note="the cues", by=analyst, version=2)
    assert sentences(article) == ["asked for a second look: the cues"]
    reviewing = corrections.review(article, by=analyst, version=3)
    assert reviewing and sentences(article) == ["reviewed the article"]
    corrections.undo(reviewing, by=analyst)
    assert sentences(article) == [
        "undid their own reviewing: took back that the article was reviewed",
        "asked for a second look: the cues",
    ]
    corrections.reopen_article(article, by=analyst, version=5)
    assert sentences(article) == ["took back that it needs a second look"]


def test_fields_of_an_article_a_speaker_and_an_outlet(article: Article, editor: User):
    other = Outlet.objects.create(name="Quay News")
    values = {"title": "No fish", "published_on": "2025-03-04", "outlet_id": other.pk, "is_hidden": True}
    corrections.edit([Edit(article, 1, values)], by=editor)
    assert sentences(article) == [
        "changed the title from “Empty nets” to “No fish”",
        "changed the outlet from The Harbour Gazette to Quay News",
        "gave the date of publication 4 March 2025",
        "hid it",
    ]
    speaker = Speaker(name="Ida Moss", role="harbour master")
    corrections.create(speaker, by=editor, values={"aliases": ["Moss"]})
    assert sentences(speaker) == ["added “Ida Moss”", "gave the role “harbour master”", "added the other name “Moss”"]
    corrections.edit([Edit(speaker, 1, {"kind": "body", "aliases": ["Mrs Moss"], "is_hidden": True})], by=editor)
    assert sentences(speaker) == [
        "changed the kind from person to body",
        "hid it",
        "added the other name “Mrs Moss”",
        "dropped the other name “Moss”",
    ]
    corrections.edit([Edit(other, 1, {"homepage": "https://quay.example"})], by=editor)
    assert sentences(other) == ["gave the homepage https://quay.example"]


def test_what_would_be_written_is_told_beforehand(quotation: Quotation, article: Article):
    edits = [Edit(quotation, 1, {"kind": "mixed", "cue": "said"}), Edit(article, 1, {"title": article.title})]
    assert would_be_told(edits) == [["changed the kind from direct to mixed"], []]


def test_every_field_that_people_write_is_called_something():
    told_otherwise = ANCHORS | NAMELESS | REVIEWING | {"is_hidden", "merged_into_id"} | {name for name, _ in SAID}
    assert set().union(*EDITABLE.values()) - told_otherwise <= THE.keys()
