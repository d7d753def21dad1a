"""Cue, content and mention where the sentence makes it hard; and what a hand-built Doc is read as."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from articles.nlp import find_quotations
from articles.nlp.cores import find_cores
from articles.nlp.quotation_marks import find_quoted_passages
from articles.nlp.reading import read


def found(nlp: Language, text: str) -> list[tuple[list[str], str, str]]:
    """(content spans, cue, mention) of each quotation, as words."""
    return [
        (
            [text[start:end] for start, end in quotation.spans],
            text[slice(*quotation.cue)] if quotation.cue else "",
            text[slice(*quotation.mention)] if quotation.mention else "",
        )
        for quotation in find_quotations(nlp(text))
    ]


@pytest.mark.parametrize(
    ("text", "spans", "cue", "mention"),
    [
        ("“We sail,” the captain told his crew.", ["“We sail,”"], "told his crew", "the captain"),
        ("“We sail,” she said on Monday.", ["“We sail,”"], "said on Monday", "she"),
        (
            "Ida Moss said on Monday that she would sail.",
            ["that she would sail"],
            "said on Monday",
            "Ida Moss",
        ),
        (
            "Ida Moss told reporters the port was shut.",
            ["the port was shut"],
            "told reporters",
            "Ida Moss",
        ),
        ("The port, she said, is shut.", ["The port", "is shut"], "said", "she"),
        ("However, Moss said, if it rains they will stay.", ["if it rains they will stay"], "said", "Moss"),
        ("Talks over, says Leader", ["Talks over"], "says", "Leader"),
        (
            "“It is shut,” said Ida Moss, a harbour pilot who lives in Hull.",
            ["“It is shut,”"],
            "said",
            "Ida Moss, a harbour pilot who lives in Hull",
        ),
        (
            "Ida Moss, a harbour pilot, said the port was shut.",
            ["the port was shut"],
            "said",
            "Ida Moss, a harbour pilot",
        ),
        (
            "The port is shut, according to Ida Moss.",
            ["The port is shut"],
            "according to",
            "Ida Moss",
        ),
        (
            "The port is a ruin, as Ida Moss put it.",
            ["The port is a ruin"],
            "put it",
            "Ida Moss",
        ),
        ("“Why?” Moss asked.", ["“Why?”"], "asked", "Moss"),
        ("“The port is shut.” Moss said.", ["“The port is shut.”"], "said", "Moss"),
        (
            "“The port is shut,” an angry pilot retaliated.",
            ["“The port is shut,”"],
            "retaliated",
            "an angry pilot",
        ),
        ("As he left, the crowd chanted, “Shame on you!”", ["“Shame on you!”"], "chanted", "the crowd"),
        (
            "Moss has also repeatedly said the port is shut.",
            ["the port is shut"],
            "has also repeatedly said",
            "Moss",
        ),
        ("Moss went on to say the port is shut.", ["the port is shut"], "say", "Moss"),
        (
            "The pilot noted that there should be no rush and praised the crew.",
            ["that there should be no rush"],
            "noted",
            "The pilot",
        ),
    ],
)
def test_finds_first(nlp: Language, text: str, spans: list[str], cue: str, mention: str) -> None:
    assert found(nlp, text)[0] == (spans, cue, mention)


@pytest.mark.parametrize(
    "text",
    [
        "She wrote a book called “Women at Sea” last year.",
        "The crack-hit bridge was shut.",
        "The United States is large.",
        "Its claims of success were many.",
        "He sought a room. He continued to sail.",
        "The film “The Long Way Home” opens on Friday.",
    ],
)
def test_no_quotation(nlp: Language, text: str) -> None:
    assert found(nlp, text) == []


def test_what_somebody_calls_a_thing_is_the_name_alone(nlp: Language) -> None:
    quotations = found(nlp, "He has left what he calls the “cartel” and gone home.")
    assert quotations == [(["the “cartel”"], "calls", "he")]


def test_a_participle_shares_the_subject(nlp: Language) -> None:
    quotations = found(nlp, "Moss praised the crew, saying “they never sleep.”")
    assert (["“they never sleep.”"], "saying", "Moss") in quotations


def test_two_cues_in_one_sentence_part_the_contents(nlp: Language) -> None:
    quotations = found(nlp, "Moss said the port was shut, but Roy said it was open.")
    assert quotations == [
        (["the port was shut"], "said", "Moss"),
        (["it was open"], "said", "Roy"),
    ]


def test_an_interview_is_read_turn_by_turn(nlp: Language) -> None:
    text = "IDA MOSS: We will sail.\n\nROY: When? Who pays?\n\nMOSS: You do."
    assert found(nlp, text) == [
        (["We will sail."], ":", "IDA MOSS"),
        (["When? Who pays?"], ":", "ROY"),
        (["You do."], ":", "MOSS"),
    ]
    assert [q.speaker_name for q in find_quotations(nlp(text))][2] == "IDA MOSS"


def test_a_label_that_stands_once_is_believed_in_a_row_with_a_sure_one(nlp: Language) -> None:
    sure = "MOSS: We will sail.\n\nRoy: When will that be?\n\nHale: Who will pay for it?\n\nDiaz: Nobody will."
    gap = "\n\nThe hall was full.\n\n"
    alone = "Ng: We stay.\n\nOkoro: We do too.\n\nReyes: So do we."
    for text in (sure + gap + alone, alone + gap + sure):
        assert [mention for _, _, mention in found(nlp, text)] == ["MOSS", "Roy", "Hale", "Diaz"]


def test_one_label_makes_no_interview(nlp: Language) -> None:
    assert found(nlp, "Poll: Nobody sails\n\nThe port was shut on Monday.") == []


def test_a_signature_names_the_source(nlp: Language) -> None:
    assert found(nlp, "“We lost the whole of the harbour.” — Ida Moss") == [
        (["“We lost the whole of the harbour.”"], "", "Ida Moss")
    ]


def test_a_colon_announces_the_next_paragraph(nlp: Language) -> None:
    quotations = found(nlp, "Ida Moss wrote on Monday:\n\n“The port is shut and we wait.”")
    assert quotations == [(["“The port is shut and we wait.”"], "wrote on Monday", "Ida Moss")]


def cores_of(words: list[str]) -> list[tuple[str, str, bool]]:
    doc = Doc(spacy.blank("en").vocab, words=words)
    reading = read(doc, passages=find_quoted_passages(doc.text))
    items = reading.items

    def text(span: tuple[int, int] | None) -> str:
        return " ".join(items[i].text for i in range(*span)) if span else ""

    return [
        (text(core.subject), text(core.verb), core.inverted)
        for sentence in reading.sentences
        for core in find_cores(items, sentence=sentence)
    ]


@pytest.mark.parametrize(
    ("words", "cores"),
    [
        ("Ida Moss has said it rains .", [("Ida Moss", "has said", False)]),
        ("The plan that was drawn up said nothing .", [("The plan that was drawn up", "said", False)]),
        ("A man who lives in Hull said it rains .", [("A man who lives in Hull", "said", False)]),
        ("The man who said it left .", [("who", "said", False)]),
        ("But on Tuesday Moss said it rains .", [("Moss", "said", False)]),
        ("Moss and Roy say it rains .", [("Moss and Roy", "say", False)]),
        ("The claims were many .", []),
        ("It is expected to rain .", []),
        ("He was told to go .", []),
    ],
)
def test_cores_on_hand_built_docs(words: str, cores: list[tuple[str, str, bool]]) -> None:
    assert cores_of(words.split()) == cores
