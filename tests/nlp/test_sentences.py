"""Each phenomenon in a sentence or two: what is quoted, by which cue, from whom, and what is no quotation."""

from __future__ import annotations

import pytest
from spacy.language import Language

from articles.nlp import FoundQuotation, find_quotations


def found(nlp: Language, text: str) -> list[tuple[str, list[str], str, str]]:
    """(kind, content spans, cue, mention) of each quotation, as words."""
    return [
        (
            quotation.kind,
            [text[start:end] for start, end in quotation.spans],
            text[slice(*quotation.cue)] if quotation.cue else "",
            text[slice(*quotation.mention)] if quotation.mention else "",
        )
        for quotation in find_quotations(nlp(text))
    ]


@pytest.mark.parametrize(
    ("text", "kind", "spans", "cue", "mention"),
    [
        ("“We will pay,” she said.", "direct", ["“We will pay,”"], "said", "she"),
        ("“We will pay,” said the minister.", "direct", ["“We will pay,”"], "said", "the minister"),
        ("Ana Reyes said, “We will pay.”", "direct", ["“We will pay.”"], "said", "Ana Reyes"),
        (
            "“A storm is coming,” she said. “Nobody is ready.”",
            "direct",
            ["“A storm is coming,”", "“Nobody is ready.”"],
            "said",
            "she",
        ),
        ("He called the plan “a farce”.", "mixed", ["the plan “a farce”"], "called", "He"),
        ("Ana Reyes said the plan was dead.", "indirect", ["the plan was dead"], "said", "Ana Reyes"),
        (
            "Ana Reyes said that the plan was dead.",
            "indirect",
            ["that the plan was dead"],
            "said",
            "Ana Reyes",
        ),
        ("The plan is dead, he said.", "indirect", ["The plan is dead"], "said", "he"),
        (
            "According to Ana Reyes, the plan is dead.",
            "indirect",
            ["the plan is dead"],
            "According to",
            "Ana Reyes",
        ),
        ("As Ana Reyes put it, “the plan is dead”.", "direct", ["“the plan is dead”"], "put it", "Ana Reyes"),
        ("Ana Reyes tweeted: “We sail.”", "direct", ["“We sail.”"], "tweeted", "Ana Reyes"),
        ("Some officials said the dam was safe.", "indirect", ["the dam was safe"], "said", "Some officials"),
        ("”The nets were empty,” she said.", "direct", ["”The nets were empty,”"], "said", "she"),
        ("‘We don’t know,’ said Ben Okoro.", "direct", ["‘We don’t know,’"], "said", "Ben Okoro"),
        ("«Nous partons», said Ben Okoro.", "direct", ["«Nous partons»"], "said", "Ben Okoro"),
        ('"We will sail," said Ana Reyes.', "direct", ['"We will sail,"'], "said", "Ana Reyes"),
    ],
)
def test_finds(nlp: Language, text: str, kind: str, spans: list[str], cue: str, mention: str) -> None:
    assert found(nlp, text) == [(kind, spans, cue, mention)]


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “expert” left the room.",
        "Luiz Inácio “Lula” da Silva won.",
        "The harbour was closed on Monday.",
        "The clock’s hands weren’t moving at the ministers’ office.",
        "",
    ],
)
def test_finds_nothing_in(nlp: Language, text: str) -> None:
    assert found(nlp, text) == []


def test_a_mark_without_its_partner_costs_only_its_own_quotation(nlp: Language) -> None:
    quotations = found(nlp, "An unclosed “mark here.\n\n“We go,” Ana Reyes said.")
    assert ("direct", ["“We go,”"], "said", "Ana Reyes") in quotations


def test_no_space_after_a_closing_mark(nlp: Language) -> None:
    quotations = found(nlp, '"We will sail," said Ana Reyes."Not today," said Ben Okoro.')
    assert [(spans, mention) for _, spans, _, mention in quotations] == [
        (['"We will sail,"'], "Ana Reyes"),
        (['"Not today,"'], "Ben Okoro"),
    ]


def test_a_quotation_over_paragraphs_with_opening_marks_only(nlp: Language) -> None:
    text = (
        "“The harbour has been closed since Monday,” Ana Reyes said. “Nobody told us.\n\n"
        "“We shall sail tomorrow all the same.”"
    )
    (quotation,) = find_quotations(nlp(text))
    assert [text[start:end] for start, end in quotation.spans] == [
        "“The harbour has been closed since Monday,”",
        "“Nobody told us.",
        "“We shall sail tomorrow all the same.”",
    ]


def test_nested_quotations_are_two(nlp: Language) -> None:
    quotations = found(nlp, "Ana Reyes said Ben Okoro had called the plan “a farce”.")
    assert [(spans, mention) for _, spans, _, mention in quotations] == [
        (["Ben Okoro had called the plan “a farce”"], "Ana Reyes"),
        (["the plan “a farce”"], "Ben Okoro"),
    ]


def speakers(nlp: Language, text: str) -> list[tuple[str | None, str]]:
    quotations: list[FoundQuotation] = find_quotations(nlp(text))
    return [(quotation.speaker_name, quotation.speaker_kind) for quotation in quotations]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Ayatollah Ali Karami spoke. “We wait,” the ayatollah said. “Now,” said Karami.",
            "Ayatollah Ali Karami",
        ),
        ("Ana Reyes, the harbour master, was tired. “We wait,” the harbour master said.", "Ana Reyes"),
        ("Ana Reyes was tired. “We cannot sail today,” she said.", "Ana Reyes"),
        ("Ana Reyes was tired. “We cannot sail today,” Reyes said.", "Ana Reyes"),
    ],
)
def test_a_mention_is_resolved_to_the_fullest_name(nlp: Language, text: str, speaker: str) -> None:
    named = speakers(nlp, text)
    assert named and set(named) == {(speaker, "person")}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“We wait,” she said.", "unnamed"),
        ("Some officials said the dam was safe.", "group"),
        ("“We wait,” the minister said.", "unnamed"),
    ],
)
def test_who_is_not_named_stays_unnamed(nlp: Language, text: str, kind: str) -> None:
    assert [speaker_kind for _, speaker_kind in speakers(nlp, text)] == [kind]


def test_a_following_quotation_without_a_cue_has_the_same_speaker(nlp: Language) -> None:
    text = "“Nobody told us anything about it,” Ana Reyes said.\n\n“We shall sail tomorrow all the same.”"
    assert speakers(nlp, text) == [("Ana Reyes", "person")] * 2


def test_confidence_tells_clear_patterns_from_weak_ones(nlp: Language) -> None:
    (clear,) = find_quotations(nlp("“We will pay them all tomorrow,” she said."))
    (weak,) = find_quotations(nlp("Ana Reyes wants to pay them all tomorrow."))
    assert 0 < weak.confidence < 0.6 < 0.9 < clear.confidence < 1
