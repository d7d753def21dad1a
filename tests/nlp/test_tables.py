"""Quotations as rows of a table, and marked in HTML; on a pipeline without a parser."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
from spacy.language import Language

from articles.exports.records import CONTENT_GAP
from articles.models import anchors
from articles.nlp import QUOTATION_COLUMNS, as_html, load, quotation_rows
from articles.nlp.tables import GAP, SPANS_KEY, mark_spans

SAID = "🐟 “The nets were empty,” the harbour master said on Monday."


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load("blank")


def test_spans_are_joined_as_where_they_are_stored_and_exported() -> None:
    assert GAP == anchors.CONTENT_GAP == CONTENT_GAP


def test_a_row_says_what_stands_where(nlp: Language) -> None:
    [row] = quotation_rows(["It rained.", "", SAID], nlp=nlp)
    assert row == {
        "text": 2,
        "kind": "direct",
        "content": "“The nets were empty,”",
        "cue": "said on Monday",
        "mention": "the harbour master",
        "speaker": "the harbour master",
        "speaker_kind": "unnamed",
        "confidence": pytest.approx(0.9, abs=0.1),
        "spans": ((2, 24),),
        "cue_span": (44, 58),
        "mention_span": (25, 43),
    }


def test_what_has_labels_keeps_them(nlp: Language) -> None:
    texts = {"one": SAID, "two": "“We stay,” said Ida Moss.", "three": SAID}
    for labelled in (texts, pd.Series(texts)):
        assert [row["text"] for row in quotation_rows(labelled, nlp=nlp)] == ["one", "two", "three"]
    frame = pd.DataFrame(quotation_rows(pd.Series(texts), nlp=nlp))
    assert list(frame["speaker"]) == ["the harbour master", "Ida Moss", "the harbour master"]
    assert frame["text"][1] == "two"


class Asked:
    """A pipeline, and the Doc it makes of its last text, which counts how often its text is asked for."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp
        self.times = 0

    def pipe(self, texts: Iterable[tuple[str, Any]], **options: Any) -> Iterator[tuple["Asked", Any]]:
        for doc, label in self.nlp.pipe(texts, **options):
            self.doc = doc
            yield self, label

    @property
    def user_data(self) -> dict[Any, Any]:
        return self.doc.user_data

    @property
    def text(self) -> str:
        self.times += 1
        return self.doc.text


def test_a_text_is_put_together_once_for_all_its_rows(nlp: Language) -> None:
    asked = Asked(nlp)
    rows = list(quotation_rows([SAID] * 2 + ["\n\n".join([SAID] * 20)], nlp=asked))  # type: ignore[arg-type]
    assert len(rows) == 22
    assert asked.times == 3
    assert {(row["content"], row["cue"]) for row in rows} == {("“The nets were empty,”", "said on Monday")}


def test_a_text_that_is_missing_is_named(nlp: Language) -> None:
    with pytest.raises(TypeError, match="text 'b' is no string but nan"):
        list(quotation_rows(pd.Series({"a": SAID, "b": float("nan")}), nlp=nlp))


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        *((SAID, r"a list of texts: for one text, quotation_rows\(\[text\]\)"), (b"No.", "a list of texts")),
        *((np.str_(SAID), "a list of texts"), (None, "a list of texts, and no NoneType"), (5, "and no int")),
        (pd.DataFrame({"text": [SAID]}), r'pass a column, e\.g\. frame\["text"\]'),
    ],
)
def test_what_is_no_list_of_texts_is_refused_at_once(nlp: Language, texts: Any, wanted: str) -> None:
    with pytest.raises(TypeError, match=wanted):
        quotation_rows(texts, nlp=nlp)


@pytest.mark.parametrize("texts", [[], (), {}, pd.Series([], dtype=str), ["It rained."], [SAID]])
def test_a_table_has_its_columns_without_rows_too(nlp: Language, texts: Any) -> None:
    frame = pd.DataFrame(quotation_rows(texts, nlp=nlp), columns=QUOTATION_COLUMNS)
    assert tuple(frame.columns) == QUOTATION_COLUMNS and len(frame) == (SAID in list(texts))
    assert all(tuple(row) == QUOTATION_COLUMNS for row in quotation_rows(texts, nlp=nlp))


def test_strings_of_numpy_are_strings(nlp: Language) -> None:
    assert [*quotation_rows(np.array([SAID]), nlp=nlp)] == [*quotation_rows([SAID], nlp=nlp)]


@pytest.mark.parametrize("texts", [["It rained.", "“No\ud800,” he said."], pd.Series({1: "“No\ud800,” he said."})])
def test_half_of_a_character_is_named(nlp: Language, texts: Any) -> None:
    with pytest.raises(ValueError, match=r"text 1 has half of a character in it, a lone surrogate: '\\ud800' at 3"):
        list(quotation_rows(texts, nlp=nlp))


@pytest.mark.parametrize("wrong", [SAID, None, "list"])
def test_html_is_of_one_doc(nlp: Language, wrong: Any) -> None:
    with pytest.raises(TypeError, match=r"one Doc, as in as_html\(nlp\(text\)\), and no (str|NoneType|list)"):
        as_html([nlp(SAID)] if wrong == "list" else wrong)  # type: ignore[arg-type]


def test_spans_are_marked_by_whole_tokens(nlp: Language) -> None:
    doc = mark_spans(nlp(SAID))
    marked = [(span.label_, span.text) for span in doc.spans[SPANS_KEY]]
    assert marked == [
        ("direct", "“The nets were empty,”"),
        ("cue", "said on Monday"),
        ("mention", "the harbour master"),
    ]
    assert len(mark_spans(doc).spans[SPANS_KEY]) == 3


def test_nothing_in_a_text_becomes_markup(nlp: Language) -> None:
    html = as_html(nlp(SAID.replace("nets", "<script>alert(1)</script>").replace("harbour", "<b>harbour</b>")))
    assert "<script" not in html and "<b>" not in html
    for label in ("direct", "cue", "mention"):
        assert f"        {label}\n" in html
    assert as_html(nlp(SAID), page=True).startswith("<!DOCTYPE html>")


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("text", ["", "It <i>rained</i>.\n\nAgain."])
def test_without_quotations_nothing_is_marked(nlp: Language, text: str) -> None:
    html = as_html(nlp(text))
    assert "background" not in html and "<i>" not in html
