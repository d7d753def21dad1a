"""The first article of the project, whole: every quotation, every speaker."""

from __future__ import annotations

from collections import Counter

from spacy.language import Language

from articles.importing import Source, read_text_file
from articles.nlp import find_quotations
from tests.conftest import SAMPLES, SEED

LEADER = "Ayatollah Ali Khamenei"


def test_every_quotation_and_speaker(nlp: Language) -> None:
    text = read_text_file(Source(SEED, SAMPLES / SEED)).text
    quotations = find_quotations(nlp(text))
    assert Counter(quotation.kind for quotation in quotations) == {"direct": 9, "mixed": 4, "indirect": 4}
    assert [quotation.speaker_name for quotation in quotations] == [LEADER] * 16 + [
        "Some media outlets and U.S. officials"
    ]
    mentions = [text[slice(*quotation.mention)] for quotation in quotations if quotation.mention]
    assert Counter(mentions) == {
        "Leader of the Islamic Revolution Ayatollah Ali Khamenei": 1,
        "the Leader": 1,
        "The Leader": 2,
        "He": 1,
        "he": 6,
        "Ayatollah Khamenei": 5,
        "Some media outlets and U.S. officials": 1,
    }
    directly = [text[start:end] for q in quotations if q.kind == "direct" for start, end in q.spans]
    assert "“the cure (to problems) is inside the country.”" in directly
    assert all(words.startswith("“") and words.endswith("”") for words in directly)
