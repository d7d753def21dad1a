"""What is proposed for selected words: content tidied, cue, mention, speaker."""

import pytest

from articles import extraction
from articles.models import Analysis, Article
from articles.proposing import Known, Proposal, propose
from tests.factories import make_article

TEXT = (
    "Ida Moss, the harbour master, said on Monday that the nets were empty. “Nobody knows why,” she added. "
    "“We waited all night,” said Otto Brandt.\n\n"
    "According to nobody, the fleet stayed. The minister told reporters that it would sail.\n"
)


def words_of(proposal: Proposal) -> tuple[list[str], str, str, str]:
    cue, mention = (TEXT[slice(*span)] if span else "" for span in (proposal.cue, proposal.mention))
    return [TEXT[start:end] for start, end in proposal.content], cue, mention, proposal.speaker


def proposed(selected: str, *known: tuple[str, str, str]) -> tuple[list[str], str, str, str]:
    """For the words `selected`; `known` are (content, mention, speaker) of quotations that are there."""
    start = TEXT.index(selected)
    there = [Known(TEXT.index(content), mention, speaker) for content, mention, speaker in known]
    return words_of(propose(TEXT, [(start, start + len(selected))], there))


def test_content_gets_its_marks_and_whole_words():
    for selected in ("Nobody knows why,", "“Nobody knows why,”", " “Nobody knows why,” ", "obody knows why,"):
        assert proposed(selected)[0] == ["“Nobody knows why,”"]
    assert proposed("ets were empt")[0] == ["nets were empty"]


@pytest.mark.parametrize(
    ("selected", "cue", "mention", "speaker"),
    [
        ("that the nets were empty", "said", "Ida Moss", "Ida Moss"),
        ("“Nobody knows why,”", "added", "she", "Ida Moss"),
        ("“We waited all night,”", "said", "Otto Brandt", "Otto Brandt"),
        ("that it would sail", "told", "The minister", ""),
    ],
)
def test_the_nearest_cue_with_who_stands_beside_it(selected: str, cue: str, mention: str, speaker: str):
    first = ("that the nets", "Ida Moss", "Ida Moss")
    there = [] if selected.startswith("that the nets") else [first]
    assert proposed(selected, *there)[1:] == (cue, mention, speaker)


def test_a_mention_means_whom_it_means_elsewhere():
    known = ("that the nets", "The minister", "Ottoline Varga")
    assert proposed("that it would sail", known)[3] == "Ottoline Varga"
    assert proposed("“We waited all night,”", ("that the nets", "he", "Dr Otto Brandt"))[3] == "Dr Otto Brandt"


def test_nothing_near_is_nothing_proposed():
    text = "The fleet stayed in port.\n\nOtto Brandt said so.\n"
    assert propose(text, [(0, 9)], []) == Proposal(((0, 9),))


def test_what_the_pipeline_saw_goes_before_the_look_of_words():
    start = TEXT.index("that it would sail")
    told, minister = TEXT.index("told"), TEXT.index("The minister")
    cues = [((told, told + 14), (minister, minister + 12), "Ottoline Varga"), ((0, 3), None, "")]
    proposal = propose(TEXT, [(start, start + 18)], [], cues)
    assert words_of(proposal) == (["that it would sail"], "told reporters", "The minister", "Ottoline Varga")


@pytest.mark.django_db
def test_extraction_keeps_what_the_pipeline_saw_of_the_text_that_it_read():
    article = make_article(f"{TEXT}Una Vale denied that it had sailed at all.\n", extracted_with="")
    assert Analysis.objects.cues_of(article) == []
    list(extraction.extract_all([article]))
    text = article.text
    seen = [
        (text[slice(*cue)], text[slice(*subject)] if subject else "", name)
        for cue, subject, name in Analysis.objects.cues_of(article)
    ]
    assert [name for cue, _, name in seen if cue.startswith("said")] == ["Ida Moss", "Otto Brandt"]
    assert [name for cue, _, name in seen if cue.startswith("denied")] == ["Una Vale"]
    list(extraction.extract_all([article]))
    assert Analysis.objects.count() == 1
    Article.objects.update(text_sha256="of another text")
    article.refresh_from_db()
    assert Analysis.objects.cues_of(article) == []
