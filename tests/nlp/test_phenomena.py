"""Every phenomenon of English news quotation by name, in text without a tree."""

from __future__ import annotations

import pytest
from spacy.language import Language

from .marking import expected, found_in, unmark

PHENOMENA: dict[str, tuple[str, ...]] = {
    "cue after": ("⟦“We sail,”⟧ <she> {said}.",),
    "cue before": ("<Ida Moss> {said}: ⟦“We sail.”⟧",),
    "cue in the middle": ("⟦“The tide is in,”⟧ <she> {said}. ⟦“Nobody moves.”⟧",),
    "cue inside a sentence": ("⟦“The water knows more,”⟧ <she> {used to say}, ⟦“and it tells nobody.”⟧",),
    "content behind a tag goes on without marks": (
        "⟦“It is our bad luck,”⟧ <he> {said}, ⟦that both men came from Hull⟧.",
    ),
    "inverted cue": ("⟦“We sail,”⟧ {said} <the minister>.",),
    "according to, in front": ("{According to} <Ida Moss>, ⟦the pier is shut⟧.",),
    "according to, behind": ("⟦The pier is shut⟧, {according to} <Ida Moss>.",),
    "as X put it": ("⟦The pier is a ruin⟧, as <Ida Moss> {put it}.",),
    "as X put it, with the words behind": (
        "He walked along the cable, as <his wife> {put it}, ⟦“holding on to the sky”⟧.",
    ),
    "as X reported": ("As <the Gazette> {reported on Monday}, ⟦the pier has closed⟧.",),
    "as X noted, in the middle": ("⟦The pier⟧, as <Ida Moss> {noted}, ⟦is old⟧.",),
    "as X did something": ("As Ida Moss left, the crowd sang.",),
    "X tweeted": ("<Ida Moss> {tweeted}: ⟦“We sail.”⟧",),
    "quoted as saying": ("<Moss> {was quoted as saying} ⟦that the pier was shut⟧.",),
    "quoted saying": ("<Moss> {was quoted saying} ⟦the pier was shut⟧.",),
    "quoted as saying, in direct speech": ("⟦“It is shut,”⟧ <Moss> {was quoted as saying}.",),
    "adverb between auxiliary and cue": ("<Ida Moss> {has since said} ⟦she would sail⟧.",),
    "adverb between commas": ("<Officials>, however, {said} ⟦the pier was shut⟧.",),
    "title with a full stop": ("<The union> {said} ⟦Lt. Gov. Moss would sail⟧.",),
    "name that looks like an auxiliary": ("⟦“We sail,”⟧ <Will> {wrote}.",),
    "time between cue and content": ("<Ida Moss> {pledged Saturday} ⟦to close “the old pier”⟧.",),
    "object with a weekday": ("<Ida Moss> {called} ⟦Friday’s vote a “farce.”⟧",),
    "occasion behind a judgement": ("<Ida Moss> {blasted} ⟦him as a “disgrace”⟧ during a speech.",),
    "narrator behind quoted words": ("<Ida Moss> {said} ⟦it was a “joke” of hers⟧, which nobody believed.",),
    "apposition behind quoted words": (
        "<Ida Moss> {said} ⟦the vote had been “rigged” again⟧, a charge that they deny.",
    ),
    "front of a quoted sentence": ("⟦With boats of that age, “there is no way out,”⟧ <she> {said}.",),
    "front of a quotation": ("In Hull, ⟦“There is no way out,”⟧ <she> {said}.",),
    "quoted words behind a tag and a conjunction": (
        "⟦“I love Ida,”⟧ <he> {said}, ⟦but “when the tide turns, she lies.”⟧",
    ),
    "cue with a particle": ("⟦“We sail,”⟧ <Ida Moss> {shot back}.",),
    "verb of a deed with a particle of place": ("The crew fired in the “free” zone.",),
    "talking about": ("<Ida Moss> {talked} ⟦about the old pier⟧.",),
    "talking to": ("Ida Moss talked to the crew.",),
    "pushing for": ("<Ida Moss> {pushed} ⟦for a new pier⟧.",),
    "questioning how": ("<Ida Moss> {questioned} ⟦how the pier was built⟧.",),
    "citing": ("<Ida Moss> {cited} ⟦the age of the pier⟧.",),
    "thing shown": ("Ida Moss showed her “lucky” hat.",),
    "noun cue": ("Critics repeated <the minister>’s {claim} ⟦that the pier was old⟧.",),
    "noun cue with a pronoun": ("The ministry repeated <its> {warning} ⟦that the dam could fail⟧.",),
    "noun with a plan": ("The council’s decision to close the pier was late.",),
    "speaker in a passive": ("{It was announced by} <the ministry> ⟦that the pier would close⟧.",),
    "speaker in an inserted passive": ("⟦The pier⟧, {it was claimed by} <the union>, ⟦had never been inspected⟧.",),
    "no speaker": ("{It was reported} ⟦that the pier had closed⟧.",),
    "no speaker, behind": ("⟦The pier has closed⟧, {it was reported on Monday}.",),
    "no cue either": ("⟦“The whole of the harbour is shut.”⟧",),
    "passive that tells a deed": ("It was seen by the crew. It was found in the shed.",),
    "over paragraphs, cue in the first": (
        "⟦“We have waited since Monday,”⟧ <she> {said}. ⟦“Nobody told us.⟧\n\n⟦“We shall sail all the same.”⟧",
    ),
    "over paragraphs, cue behind the last": (
        "⟦“We have waited. Nobody told us.⟧\n\n⟦“We had fish.⟧\n\n⟦“We shall sail,”⟧ {said} <Ana Reyes>.",
    ),
    "speech inside speech": ("⟦“He told me, ‘You will never sail again,’ and left,”⟧ {said} <Ana Reyes>.",),
    "scare quotes": ("The “reward” for “safety” came when the so-called “expert” had left.",),
    "title of a show": ("She appeared on CNN’s “State of the Union” on Sunday.",),
    "title in an apposition": ("<Ida Moss, host of “The Nightly Show,”> {said} ⟦the pier was shut⟧.",),
    "title of a song": ("The band sang “We Shall Sail Tomorrow.”",),
    "title of a film": ("Moss praised “The Pier at Night,” a film by Tom Hale.",),
    "nickname": ("Tom “The Hook” Hale took the wheel.",),
    "quoted term": ("The term “hard border” was never defined.",),
    "British single marks": ("⟦‘It’s the boys’ boat,’⟧ {said} <Moss>. ⟦‘Don’t touch it.’⟧",),
    "apostrophes": ("The pilots' boat wasn't there, 'cause the boys' club's roof leaked.",),
    "guillemets": ("⟦« Nous partons »⟧, {said} <Ben Okoro>.",),
    "marks turned round": ("⟦”The nets were empty,”⟧ <she> {said}.",),
    "headline": ("⟦Talks over⟧, {says} <Leader>",),
    "headline in single marks": ("⟦‘Talks are over,’⟧ {says} <Leader>",),
    "indirect with that": ("<Ida Moss> {announced} ⟦that the pier would close⟧.",),
    "indirect without that": ("<Ida Moss> {said} ⟦the pier would close⟧.",),
    "indirect, told": ("<Ida Moss> {told reporters} ⟦that the pier would close⟧.",),
    "indirect in front of the cue": ("⟦The plan is dead⟧, <he> {said}.",),
    "indirect in front of told": ("⟦The harbour was calm⟧, <a pilot> {told the Gazette}.",),
    "belief": ("<Moss> {believes} ⟦the harbour is doomed⟧.",),
    "wish": ("<Moss> {hopes} ⟦to sail in May⟧.",),
    "finding": ("<The study> {found} ⟦that cod were returning⟧.",),
    "report": ("<A report by the ministry> {shows} ⟦that cod are returning⟧.",),
    "question": ("<He> {asked the sergeant} ⟦whether the pier was shut⟧.",),
    "coordinated contents": ("<Moss> {said} ⟦that the pier was shut and that the pilots had gone⟧.",),
    "coordinated contents behind a comma": ("<Moss> {said} ⟦that it was “our pier”, and that it was shut⟧.",),
    "negated cue": ("<Moss> {did not say} ⟦whether the pier would close⟧.",),
    "negated belief": ("<Moss> {does not believe} ⟦that the pier will fall⟧.",),
    "denial": ("<Moss> {denied} ⟦that the pier would close⟧.",),
    "dateline": ("PORT ELM – ⟦“The nets were empty,”⟧ <Ada Brook> {said}.",),
    "dateline with an agency": ("PORT ELM, England (Reuters) — ⟦The nets were empty⟧, <Ada Brook> {said}.",),
    "dash that is no dateline": ("⟦Moss — the pilot — was right⟧, <Ada Brook> {said}.",),
    "source that asks for silence": ("<Officials who asked not to be named> {said} ⟦the talks were over⟧.",),
    "relative clause with a cue of its own": ("<A man who answered the door> {said} ⟦she was “not in”⟧.",),
}


@pytest.mark.parametrize("marked", PHENOMENA.values(), ids=PHENOMENA.keys())
def test_phenomenon(nlp: Language, marked: tuple[str, ...]) -> None:
    text, _ = unmark(marked[0])
    assert found_in(nlp(text)) == expected(marked)


def test_speech_about_speech_is_two(nlp: Language) -> None:
    marked = (
        "<Ana Reyes> {said} ⟦Ben Okoro had called it “a farce”⟧.",
        "Ana Reyes said <Ben Okoro> {had called} ⟦it “a farce”⟧.",
    )
    assert found_in(nlp(unmark(marked[0])[0])) == expected(marked)


@pytest.mark.parametrize("between", [" ", "\n\n"], ids=["the next sentence", "the next paragraph"])
def test_words_without_a_cue_carry_on_the_same_speaker(nlp: Language, between: str) -> None:
    text = f"Ana Reyes said the pier was shut.{between}“Nobody told us anything about it.”"
    speakers = [q.speaker_name for q in nlp(text)._.quotations]
    assert speakers == ["Ana Reyes", "Ana Reyes"]


@pytest.mark.parametrize(
    ("first", "second"), [("Q", "A"), ("Ida Moss", "Tom Hale"), ("Interviewer", "Dr. Okoro"), ("MOSS", "HALE")]
)
def test_turns_of_an_interview(nlp: Language, first: str, second: str) -> None:
    text = f"{first}: Did you sail?\n\n{second}: I did.\n\n{first}: And came back?"
    assert found_in(nlp(text)) == expected(
        (
            f"<{first}>{{:}} ⟦Did you sail?⟧\n\n{second}: I did.\n\n{first}: And came back?",
            f"{first}: Did you sail?\n\n<{second}>{{:}} ⟦I did.⟧\n\n{first}: And came back?",
            f"{first}: Did you sail?\n\n{second}: I did.\n\n<{first}>{{:}} ⟦And came back?⟧",
        )
    )


@pytest.mark.parametrize("text", ["Photo: Ida Moss\n\nThe pier is shut.", "Hours: Nine to five\n\nTel: 12"])
def test_lines_with_a_colon_are_no_interview(nlp: Language, text: str) -> None:
    assert found_in(nlp(text)) == []
