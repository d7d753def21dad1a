"""Who is meant, inside one article."""

from __future__ import annotations

import pytest
from spacy.language import Language

from articles.nlp import find_quotations


def last_speaker(nlp: Language, text: str) -> tuple[str | None, str]:
    quotation = find_quotations(nlp(text))[-1]
    return quotation.speaker_name, quotation.speaker_kind


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        # titles and order of names
        ("Prime Minister Asha Rao left. “I am tired of it,” Rao said.", "Asha Rao", "person"),
        ("Mr. Tom Hale left. “I am tired of it,” Mr. Hale said.", "Tom Hale", "person"),
        ("Daw Aung San Mya left. “I am tired of it,” Mya said.", "Daw Aung San Mya", "person"),
        (
            "Sheikh Hamad bin Rashid Al Noor left. “We are tired of it,” Sheikh Hamad said.",
            "Sheikh Hamad bin Rashid Al Noor",
            "person",
        ),
        (
            "Luiz Inácio “Lula” da Costa left. “I am tired of it,” da Costa said.",
            "Luiz Inácio “Lula” da Costa",
            "person",
        ),
        ("Ayatollah Ali Karami left. “We are tired of it,” said Karami.", "Ayatollah Ali Karami", "person"),
        ("Daw Aung San Mya left. “I am tired of it,” Daw Mya said.", "Daw Aung San Mya", "person"),
        (
            "Sheikh Hamad bin Rashid Al Noor left. “We are tired of it,” said Al Noor.",
            "Sheikh Hamad bin Rashid Al Noor",
            "person",
        ),
        ("Luiz Inácio “Lula” da Costa left. “I am tired,” said Lula.", "Luiz Inácio “Lula” da Costa", "person"),
        ("“I am tired of it,” said the head of the agency, John Par.", "John Par", "person"),
        ("Park Min-un left. “I am tired of it,” Mr Park said.", "Park Min-un", "person"),
        ("Kim Jin-ho left. “I am tired of it,” Mr Kim said.", "Kim Jin-ho", "person"),
        ("Abu Bakr al-Masri left. “I am tired of it,” al-Masri said.", "Abu Bakr al-Masri", "person"),
        ("Ngugi wa Kamau left. “I write at night,” Ngugi said.", "Ngugi wa Kamau", "person"),
        ("U Thein Lin left. “I am tired of it,” U Thein Lin said.", "U Thein Lin", "person"),
        ("María José Pérez de la Cruz left. “I am tired,” Pérez said.", "María José Pérez de la Cruz", "person"),
        ("Heike von der Linde left. “I am tired,” von der Linde said.", "Heike von der Linde", "person"),
        ("Sir Alan Poe left. “I am tired of it,” Sir Alan said.", "Sir Alan Poe", "person"),
        ("Martin O’Hara Jr. left. “I am tired of it,” O’Hara said.", "Martin O’Hara Jr.", "person"),
        # roles
        (
            "The Leader of the Sallow Isles, Ayatollah Ali Karami, left. “We wait for them,” the Leader said.",
            "Ayatollah Ali Karami",
            "person",
        ),
        ("Pope Anselm left. “We are tired of it,” the pontiff said.", "Pope Anselm", "person"),
        ("Imam Ali Karami left. “We are tired of it,” the cleric said.", "Imam Ali Karami", "person"),
        ("Asha Rao, the transport minister, left. “I am tired,” the minister said.", "Asha Rao", "person"),
        ("Union leader Asha Rao left. “I am tired,” the leader said.", "Asha Rao", "person"),
        ("The Harbour Inspectorate met. The inspectorate said it would act.", "Harbour Inspectorate", "body"),
        # pronouns: the article's own pronouns tell the gender
        (
            "Ottla Varg said she would resign. Corun Ash waited. “I am tired of it,” she said.",
            "Ottla Varg",
            "person",
        ),
        (
            "Ms Ottla Varg, the minister, left. Corun Ash sat. The minister denied that she knew. “Oh,” he said.",
            "Corun Ash",
            "person",
        ),
        ("Susan Poe met Tom Hale. “I am tired of it,” he said.", "Tom Hale", "person"),
        ("Tom Hale lives in Norwood. “I am tired of it,” he said.", "Tom Hale", "person"),
        ("Ida Moss, who said the port was shut, left.", "Ida Moss", "person"),
        # groups, bodies, nobody in particular
        ("Some residents said the port was shut.", "Some residents", "group"),
        ("Ida Moss and Tom Hale said the port was shut.", "Ida Moss and Tom Hale", "group"),
        ("Some residents said it rained. They said the port was shut.", "Some residents", "group"),
        ("The ministry said it would pay. It said the money was there.", "The ministry", "unnamed"),
        ("The Harbour Board said it would pay. It said the money was there.", "Harbour Board", "body"),
        ("Officials and fishermen said it rained. They said the port was shut.", "Officials and fishermen", "group"),
        ("“They told me I would never sail,” Ida Moss said.", "Ida Moss", "person"),
        ("Ida Moss was tired. “He said, ‘I will never pay,’ and left,” she said.", "Ida Moss", "person"),
        ("Q: Who are you?\n\nA: I sail.\n\nQ: Why?", "Q", "unnamed"),
        ("Amnesty International said the port was shut.", "Amnesty International", "body"),
        ("The Justice Department said the port was shut.", "Justice Department", "body"),
        ("A spokesman for Acme said the port was shut.", "A spokesman for Acme", "unnamed"),
        (
            "A person familiar with the matter said so on Monday that it rained.",
            "A person familiar with the matter",
            "unnamed",
        ),
        ("Her niece said the port was shut.", "Her niece", "unnamed"),
    ],
)
def test_last_speaker(nlp: Language, text: str, name: str, kind: str) -> None:
    assert last_speaker(nlp, text) == (name, kind)


def test_a_namesake_of_the_other_gender_is_somebody_else(nlp: Language) -> None:
    text = "José Ibarra said he would sail. “I am tired of it,” Ms Ibarra said."
    assert last_speaker(nlp, text)[0] != "José Ibarra"


def test_a_quotation_without_a_source_has_no_speaker(nlp: Language) -> None:
    (quotation,) = find_quotations(nlp("“The whole of the harbour is shut.”"))
    assert (quotation.mention, quotation.speaker_name, quotation.speaker_kind) == (None, None, "")
