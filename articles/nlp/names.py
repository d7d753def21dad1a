"""Names in an article: where they stand, which belong together, and the fullest form of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from .grammar import (
    ADVERBS,
    CLAUSE_OPENERS,
    DETERMINERS,
    PREPOSITIONS,
    SENTENCE_ADVERBS,
    SUBJECT_PRONOUNS,
    TITLES,
    WEEKDAYS_MONTHS,
)
from .noun_phrases import is_nickname
from .reading import Item, Sentence
from .words import words

KEPT_TITLES = words("""
    ayatollah hojatoleslam mullah maulana sayyid seyyed pope archbishop cardinal king queen prince
    princess emir sultan shah sheikh shaikh sheik sir dame lord lady baroness baron daw imam rabbi duke
    duchess st. saint u
""")
"""Titles that are part of how a person is called; jobs and "Mr." are not."""

MALE_TITLES = words(
    "mr mr. sir lord king prince pope father brother baron duke chairman congressman spokesman "
    "ayatollah sheikh imam rabbi emir sultan messrs. herr monsieur señor don"
)
FEMALE_TITLES = words(
    "mrs mrs. ms ms. miss dame lady queen princess sister baroness duchess chairwoman daw "
    "congresswoman spokeswoman frau madame señora doña"
)
PEOPLE_ONLY = words("mr mr. mrs mrs. ms ms. miss mx dr dr. sir dame herr frau señor señora monsieur madame")
"""Titles of nobody but people, whatever follows: "Mr Park"."""

NOT_NAMES = (
    DETERMINERS
    | PREPOSITIONS
    | CLAUSE_OPENERS
    | SENTENCE_ADVERBS
    | SUBJECT_PRONOUNS
    | ADVERBS
    | WEEKDAYS_MONTHS
    | words("""
    i i'm what how why who is are was were do does did can could will would should may let please here
    yes no not according asked speaking given both
""")
)
NATIONS_AND_PARTIES = words("""
    u.s. us uk u.k. eu u.n. un american british iranian russian chinese french german israeli mexican
    canadian european republican democratic democrat gop libertarian conservative labour green african
    asian indian saudi turkish syrian iraqi afghan japanese korean ukrainian polish italian spanish
    australian irish scottish welsh texas florida ohio california iowa michigan virginia arizona
    wisconsin georgia former then-president islamic revolution house senate white press foreign prime
    vice deputy interior finance defense defence attorney supreme leader
""")
BODY_WORDS = words("""
    department ministry committee council agency university college party inc inc. corp corp. co ltd llc
    plc times news post house court international association group union bank police institute center
    centre foundation bureau commission office states nations kingdom congress parliament senate
    assembly administration campaign journal tribune herald guardian telegraph press network team
    organization organisation federation board authority service services company journal magazine
    society alliance league coalition church army force forces fund trust network society school
    hospital club report survey poll registry program programme republic government reserve watch
    conference convention caucus project movement front exchange industries airlines motors media radio
    television tv broadcasting forum museum ferries holdings partners brothers group treasury row street
    road avenue lane quay square bay river airport station park inspectorate tribunal cathedral club
    united fc today globe chronicle gazette observer mail reuters bloomberg
""")
BODIES = words("""
    congress parliament reuters facebook twitter google politico breitbart kremlin pentagon nato
    bloomberg apple amazon microsoft hezbollah hamas taliban interpol unesco unicef wikileaks moscow
    tehran washington beijing london paris brussels berlin kyiv kiev ankara riyadh jerusalem iran iraq
    russia china israel turkey france germany britain mexico canada japan india pakistan syria ukraine
    saudi qatar democrats republicans quinnipiac gallup monmouth marist rasmussen
""")
LINKS = words(
    "wa binti bint ould abu af ap of de da do dos du del della der den di van von bin ibn al el la le y zu ter"
)
SUFFIXES = words("jr jr. sr sr. ii iii iv")
OF_WHAT = words(
    "museum houses house state states chamber bank museums institute isle city town duke king court ministry"
)
LONGEST_SYLLABLE = 5
HYPHENATED = words("led run era born only like wide made free based style held type long elect aged area size")
"""What may follow a name and a hyphen without being part of it, as the last syllable of "Kim Jong-un" is."""
HYPHENS = frozenset("-‐‑")
MARKS = "\"“”„‟«»″'‘’` "

SPEAKING = frozenset(("said", "told", "added", "asked", "wrote"))

NameKind = Literal["person", "body"]


class Occurrence(NamedTuple):
    """A run of capitalised items that may be a name. words have lost job titles and nationalities."""

    low: int
    high: int
    words: tuple[str, ...]
    titles: tuple[str, ...]


@dataclass(slots=True)
class Named:
    """One person or body of an article, and what the article calls it."""

    name: str
    kind: NameKind
    words: tuple[str, ...]
    first: int
    gender: str = ""
    roles: set[str] = field(default_factory=set)
    count: int = 0
    whereabouts: int = 0  # times it follows "in" or "at"
    deeds: int = 0  # times it has a title or a speaking verb


def occurrences(items: list[Item], *, low: int, high: int) -> Iterator[Occurrence]:
    """The capitalised runs of items[low:high], cut at commas and possessives."""
    index = low
    while index < high:
        if not _may_start(items, index, sentence_low=low):
            index += 1
            continue
        end = index + 1
        while end < high and _goes_on(items, end, high=high):
            end += 1
        found = _occurrence(items, low=index, high=end)
        if found is not None:
            yield found
        index = end


def _may_start(items: list[Item], index: int, *, sentence_low: int) -> bool:
    item = items[index]
    return item.capital and item.passage is None and item.lower not in NOT_NAMES and item.text[:1].isalpha()


def _goes_on(items: list[Item], index: int, *, high: int) -> bool:
    item = items[index]
    if item.capital and item.passage is None:
        return item.lower not in WEEKDAYS_MONTHS and item.lower not in SUBJECT_PRONOUNS
    if index + 1 >= high:
        return False
    after = items[index + 1]
    if item.text in HYPHENS and item.start == items[index - 1].end and item.end == after.start:
        return True
    if item.lower == "of" and items[index - 1].lower not in BODY_WORDS | TITLES | OF_WHAT:
        return False
    if item.lower in LINKS and after.text in HYPHENS and index + 2 < high:
        return items[index + 2].capital
    attached = items[index - 1].text in HYPHENS and items[index - 1].end == item.start
    if attached and item.text.isalpha() and len(item.text) <= LONGEST_SYLLABLE and item.lower not in HYPHENATED:
        return True
    if item.text in HYPHENS and items[index - 1].lower in LINKS:
        return after.capital
    if item.lower in LINKS or (item.lower == "the" and items[index - 1].lower == "of"):
        return after.capital or (after.lower in LINKS | {"the"} and index + 2 < high and items[index + 2].capital)
    return item.passage is not None and is_nickname(items, index)


def _occurrence(items: list[Item], *, low: int, high: int) -> Occurrence | None:
    """A run without its leading jobs: "Prime Minister Asha Rao" is "Asha Rao" with two titles."""
    words = [items[i].lower for i in range(low, high)]
    titles = tuple(w for w in words if w in TITLES or w in NATIONS_AND_PARTIES)
    start = 0 if words[-1] in BODY_WORDS and words[0] not in PEOPLE_ONLY else _name_start(words)
    if start >= len(words) or all(w in TITLES or w in NATIONS_AND_PARTIES for w in words[start:]):
        return None
    kept = tuple(items[i].text for i in range(low + start, high))
    return Occurrence(low + start, high, kept, titles)


def _name_start(words: list[str]) -> int:
    """How many of a run's first words say what somebody is, not who."""
    start = 0
    for index, word in enumerate(words):
        if word in KEPT_TITLES:
            return index
        led = 0 < index < len(words) - 1 and words[index - 1] in HYPHENS
        if (word in TITLES and word not in KEPT_TITLES) or (word in NATIONS_AND_PARTIES and (start == index or led)):
            start = index + 1
        elif word == "of" and start == index:
            later = next((i for i in range(index, len(words)) if words[i] in KEPT_TITLES), None)
            return later if later is not None else min(index + 2, len(words))
        elif word in HYPHENS and start == index:
            start = index + 1
    return start


def plain(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name's words for comparison: lower-case, without titles, hyphens and "Jr."."""
    bare = (w.lower().strip(MARKS) for w in words)
    kept = tuple(w for w in bare if w not in TITLES | SUFFIXES and w not in HYPHENS)
    return kept or tuple(w.lower() for w in words)


def is_headline(items: list[Item], *, sentence: Sentence) -> bool:
    """Whether a paragraph of one sentence is in title case, where a capital tells nothing."""
    words = [
        items[i] for i in range(sentence.low, sentence.high) if len(items[i].text) > 3 and items[i].passage is None
    ]
    if any(w.lower in SPEAKING for w in words):
        return False
    return len(words) >= 4 and sum(w.capital for w in words) >= 0.75 * len(words)


def kind_of_name(occurrence: Occurrence, *, after_the: bool) -> NameKind:
    words = plain(occurrence.words)
    if PEOPLE_ONLY & set(occurrence.titles):
        return "person"
    if words[-1] in BODY_WORDS or (words[0] in BODIES and len(words) == 1) or "of" in words:
        return "body"
    acronym = len(occurrence.words) == 1 and occurrence.words[0].isupper() and len(occurrence.words[0]) > 1
    if acronym and not occurrence.titles:
        return "body"
    if after_the and not set(occurrence.titles) - NATIONS_AND_PARTIES:
        return "body"
    return "person"
