"""Content before its cue: `“A,” he said`, "The plan is dead, he said", "The plan, he said, is dead"."""

from __future__ import annotations

from .contents import ENDS_SPEECH, adjunct_end, last_character, past_listener, right_start
from .cores import Core
from .cues import CUES, TELLING
from .found import Span
from .grammar import CLAUSE_OPENERS, PERSONAL, PREPOSITIONS, SENTENCE_ADVERBS
from .noun_phrases import DASHES, begins_phrase, is_verb_like
from .reading import ENDS, Item, Sentence
from .titled import is_title
from .words import words

FEWEST_WORDS_ALONE = 4
SCENE_SETTERS = words("asked speaking when as after before while during in on at by with since given citing")
NARRATES_ON = words("who which as while when after before according though although because where")


def content_before(items: list[Item], *, core: Core, sentence: Sentence, earlier: list[Core]) -> Span | None:
    """What a core closes as a tag, as an item range; None where it is no tag."""
    if core.borrowed or core.low <= sentence.low or not ({"saying", "finding", "thinking"} & core.cue.groups):
        return None
    edge = core.low
    comma = items[edge - 1].text in (",", "?", "!", *DASHES)
    if comma:
        edge -= 1
    if edge <= sentence.low:
        return None
    if items[edge - 1].passage is not None:
        return _quoted_before(items, core=core, sentence=sentence, edge=edge, comma=comma, earlier=earlier)
    if not comma or (core.subject is None and not core.impersonal) or core.cue.lemma in TELLING - {"warn", "tell"}:
        return None
    if not ({"saying", "finding"} & core.cue.groups or core.cue.lemma in ("think", "believe")):
        return None
    return _plain_before(items, core=core, sentence=sentence, edge=edge)


def _quoted_before(
    items: list[Item], *, core: Core, sentence: Sentence, edge: int, comma: bool, earlier: list[Core]
) -> Span | None:
    passage = items[edge - 1]
    if is_title(items, index=edge - 1) and core.subject is not None:
        return _plain_before(items, core=core, sentence=sentence, edge=edge)
    if not comma and last_character(passage) not in ENDS_SPEECH and word_count(passage) < FEWEST_WORDS_ALONE:
        return None
    if _says_more(items, core=core, sentence=sentence, leading=edge - 1 == sentence.low):
        return None
    return _quoted_start(items, edge=edge, sentence=sentence, earlier=earlier), edge


def _says_more(items: list[Item], *, core: Core, sentence: Sentence, leading: bool) -> bool:
    """The core has content on its right: `On “Sunday Futures,” Roy said taxes would rise.`"""
    if core.high >= sentence.high:
        return False
    following = items[core.high]
    if following.lower == "that":
        return True
    return not leading and not core.inverted and core.cue.lemma not in TELLING and begins_phrase(following)


def word_count(item: Item) -> int:
    return item.text.count(" ") + 1


def _quoted_start(items: list[Item], *, edge: int, sentence: Sentence, earlier: list[Core]) -> int:
    """With the sentence, or with the passage where a comma, a colon or another cue parts it from the rest."""
    low = sentence.low
    if any("saying" in core.cue.groups for core in earlier) or (earlier and _opens_speech(items[edge - 1])):
        return edge - 1
    if edge - 2 > low and items[edge - 2].text in (",", ":"):
        first = items[low].lower
        sets_scene = first in PREPOSITIONS or first in SENTENCE_ADVERBS | SCENE_SETTERS
        if items[edge - 2].text == ":" or (sets_scene and _opens_speech(items[edge - 1])):
            return edge - 1
    while low < edge - 1 and items[low].passage is None and not items[low].text[0].isalnum():
        low += 1
    return low


def _opens_speech(item: Item) -> bool:
    return not item.text.lstrip("\"“”„‟«»″'‘’` ([")[:1].islower()


def _plain_before(items: list[Item], *, core: Core, sentence: Sentence, edge: int) -> Span | None:
    start = core.high
    if core.cue.lemma == "tell":
        start = past_listener(items, start=core.high, end=sentence.high)
        if start == core.high:
            return None
    after = adjunct_end(items, start=start, end=sentence.high)
    closes = after >= sentence.high or items[after].text in ENDS
    if closes and after > start:
        following = items[start].lower
        if following not in PREPOSITIONS or following in ("of", "about", "for", "with", "against", "as"):
            return None
        right = right_start(items, core=core, sentence=sentence)
        if right is not None and right.pattern in ("adjunct that", "quote", "colon", "adjunct"):
            return None
    within = after == start and after < sentence.high and items[after].text == ","
    if not closes and not within:
        return None
    low = sentence.low
    while low < edge - 1 and not items[low].text[0].isalnum() and items[low].passage is None:
        low += 1
    if _sets_scene(items, low=low, high=edge, closes=closes):
        return None
    if within and _starts_utterance(items, index=after + 1, sentence=sentence):
        return None
    return low, edge


def _sets_scene(items: list[Item], *, low: int, high: int, closes: bool) -> bool:
    """ "However", "On Tuesday", "Asked about it": no content of its own."""
    first = items[low].lower
    if high - low <= 2 and first in SENTENCE_ADVERBS | CLAUSE_OPENERS:
        return True
    if closes:
        return high - low <= 5 and first in PREPOSITIONS
    opener = first in PREPOSITIONS or first in SENTENCE_ADVERBS - {"if", "because"} or first.endswith("ing")
    return first in SCENE_SETTERS or (opener and high - low <= 12)


def _starts_utterance(items: list[Item], *, index: int, sentence: Sentence) -> bool:
    """`As he left, the crowd chanted, “Shame!”`: the passage is the content, what stands before it is not."""
    if index >= sentence.high or items[index].passage is None:
        return False
    return items[index].text.lstrip("\"“”„‟«»″'‘’` ")[:1].isupper()


def content_again(items: list[Item], *, start: int, sentence: Sentence, quoted: bool) -> Span | None:
    """The content that resumes behind a tag: `“A,” he said, “B.”`, "The plan, he said, is dead"."""
    resume = start
    while resume < sentence.high and items[resume].text in (",", ":", *DASHES):
        resume += 1
        place = items[resume : min(resume + 4, sentence.high)]
        comma = next((i for i, item in enumerate(place) if item.text == ","), None)
        after_place = resume + comma + 1 if comma else sentence.high
        if after_place < sentence.high and items[after_place].passage is not None:
            resume = after_place
    end = sentence.high
    while end > resume and items[end - 1].text in ENDS:
        end -= 1
    if not start < resume < end:
        return None
    item = items[resume]
    if item.passage is not None:
        return resume, (resume + 1 if quoted else end)
    if quoted and item.lower == "that" and not is_verb_like(items, resume + 1):
        return resume, end
    if quoted and item.lower in ("and", "but", "or") and _quotes_on(items, start=resume + 1, end=end):
        return resume, end
    narrates = item.lower in NARRATES_ON or item.lower in PREPOSITIONS or item.lower.endswith("ing")
    return None if quoted or narrates else (resume, end)


def _quotes_on(items: list[Item], *, start: int, end: int) -> bool:
    """`“I love her,” he said, but “she has a record.”`: no subject and verb of the narrator's stand between."""
    for index in range(start, min(start + 4, end)):
        if items[index].passage is not None:
            return True
        if items[index].lower in CUES or items[index].lower in PERSONAL or items[index].capital:
            return False
    return False
