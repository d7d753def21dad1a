"""The names of one article: who is named, how, where, and what else the article says they are."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from .cues import CUES
from .given_names import FEMALE, MALE, gender_of
from .grammar import DETERMINERS, PREPOSITIONS, RELATIVE, TITLES
from .names import (
    FEMALE_TITLES,
    KEPT_TITLES,
    MALE_TITLES,
    Named,
    Occurrence,
    is_headline,
    kind_of_name,
    occurrences,
    plain,
)
from .reading import Reading
from .words import words

MALE_WORDS = words("he him his himself")
FEMALE_WORDS = words("she her hers herself")
MALE_KIN = words("husband father son brother uncle nephew grandfather grandson widower actor businessman man")
FEMALE_KIN = words("wife mother daughter sister aunt niece grandmother granddaughter widow actress woman")
WHEREABOUTS = words("in at near across around outside inside towards toward into through")
TRADE_ENDINGS = ("er", "or", "ist", "ian", "man", "woman", "ess")
WIDEST_GENDER_SEARCH = 30
MOST_NAMESAKES = 40


class Place(NamedTuple):
    """Where a known name stands: the item it starts at, sentence, and whether the sentence opens with it."""

    at: int
    sentence: int
    named: Named
    leads: bool


class Registry:
    """Names found in a first pass over the article, and each place where one stands, in order."""

    def __init__(self, reading: Reading) -> None:
        self.items = reading.items
        self.text = reading.text
        self.sentences = reading.sentences
        self.by_word: dict[str, list[Named]] = {}
        self.places: list[Place] = []
        self.openers = {s.low for s in reading.sentences}
        seen = self._seen()
        for _, occurrence in sorted(seen, key=lambda pair: -len(plain(pair[1].words))):
            self._register(occurrence)
        for number, occurrence in seen:
            named = self.lookup(occurrence, before=occurrence.low)
            if named is not None:
                named.count += 1
                self._learn(named, occurrence=occurrence)
                leads = occurrence.low - self.sentences[number].low <= 3
                self.places.append(Place(occurrence.low, number, named, leads))
        self._learn_genders()

    def _seen(self) -> list[tuple[int, Occurrence]]:
        """Every name with its sentence's number; a lone word that opens a sentence only where it recurs."""
        seen: list[tuple[int, Occurrence]] = []
        size = Counter(sentence.paragraph for sentence in self.sentences)
        for number, sentence in enumerate(self.sentences):
            if size[sentence.paragraph] > 1 or not is_headline(self.items, sentence=sentence):
                seen += ((number, o) for o in occurrences(self.items, low=sentence.low, high=sentence.high))
        openers = {s.low for s in self.sentences}
        inner = {word for _, o in seen if o.low not in openers for word in plain(o.words)}
        whole = Counter(plain(o.words) for _, o in seen)
        kept: list[tuple[int, Occurrence]] = []
        for number, occurrence in seen:
            lone = occurrence.low in openers and len(occurrence.words) == 1 and not occurrence.titles
            if lone and plain(occurrence.words)[0] not in inner:
                continue
            kept.append((number, _without_trade(occurrence, opens=occurrence.low in openers, whole=whole)))
        return kept

    def _register(self, occurrence: Occurrence) -> None:
        """Keep a name that is no part of a longer one."""
        spelled = plain(occurrence.words)
        known = self._candidates(spelled)
        for named in known:
            if named.words == spelled and occurrence.low < named.first:
                named.first = occurrence.low
        if known:
            return
        kind = kind_of_name(occurrence, after_the=self.after_the(occurrence.low))
        named = Named(self.written(occurrence), kind, spelled, occurrence.low)
        for word in set(spelled):
            self.by_word.setdefault(word, []).append(named)

    def written(self, occurrence: Occurrence) -> str:
        return self.text[self.items[occurrence.low].start : self.items[occurrence.high - 1].end]

    def after_the(self, index: int) -> bool:
        return index > 0 and self.items[index - 1].lower == "the"

    def _candidates(self, spelled: tuple[str, ...]) -> list[Named]:
        """The names that these words may be short for: their end, their beginning, or the middle."""
        namesakes = self.by_word.get(spelled[-1], [])[:MOST_NAMESAKES]
        return [named for named in namesakes if _part_of(spelled, named.words)]

    def lookup(self, occurrence: Occurrence, *, before: int) -> Named | None:
        """The name an occurrence is a form of; of several, the one already introduced and named most."""
        spelled = plain(occurrence.words)
        found = self._candidates(spelled)
        gender = gender_of_titles(occurrence.titles)
        fitting = [n for n in found if not gender or n.gender in ("", gender) or _family_first(spelled, n.words)]
        if not fitting:
            return None
        return max(
            fitting,
            key=lambda n: (
                n.words == spelled,
                n.words[-len(spelled) :] == spelled,
                n.first <= before,
                n.count,
                -n.first,
            ),
        )

    def _learn(self, named: Named, *, occurrence: Occurrence) -> None:
        """Gender and roles, from the words around one occurrence of a name."""
        named.gender = named.gender or gender_of_titles(occurrence.titles) or gender_of(named.words[0])
        named.roles.update(t for t in occurrence.titles if t in TITLES)
        if {w.lower() for w in occurrence.words} & KEPT_TITLES and len(occurrence.words) > len(named.words):
            named.name = max(named.name, self.written(occurrence), key=lambda n: len(n.split()))
        for index in range(occurrence.low - 1, max(occurrence.low - 4, -1), -1):
            word = self.items[index].lower
            if word not in TITLES:
                of_place = word == "of" and self.items[index - 1].text == ","
                named.whereabouts += word in WHEREABOUTS or of_place
                break
            named.roles.add(word)
        if occurrence.low > 1 and self.items[occurrence.low - 1].text == ",":
            self._learn_role_before(named, comma=occurrence.low - 1)
        if occurrence.high + 1 >= len(self.items):
            return
        following = self.items[occurrence.high]
        cue = CUES.get(following.lower)
        named.deeds += bool(occurrence.titles) or (cue is not None and cue.form in ("past", "s"))
        if following.text == ",":
            self._learn_apposition(named, low=occurrence.high + 1)

    def _learn_role_before(self, named: Named, *, comma: int) -> None:
        """ "The Leader of the Islamic Revolution, Ayatollah Ali Karami, said": a role that opens the sentence."""
        low = next((i for i in range(comma - 1, max(comma - 12, -1), -1) if i in self.openers), None)
        if low is None or self.items[low].lower not in DETERMINERS:
            return
        stop = next((i for i in range(low, comma) if self.items[i].lower in PREPOSITIONS), comma)
        if self.items[stop - 1].lower in TITLES or stop == comma:
            named.roles.add(self.items[stop - 1].lower)

    def _learn_apposition(self, named: Named, *, low: int) -> None:
        for index in range(low, min(low + 7, len(self.items))):
            item = self.items[index]
            if item.lower in PREPOSITIONS or item.lower in RELATIVE or not item.text[0].isalpha():
                break
            if index == low and item.lower not in DETERMINERS and item.lower not in TITLES:
                break
            if index > low and (not item.capital or item.lower in TITLES) and item.lower not in DETERMINERS:
                named.roles.add(item.lower)
                if item.lower in MALE_KIN | FEMALE_KIN:
                    named.gender = named.gender or ("male" if item.lower in MALE_KIN else "female")

    def _learn_genders(self) -> None:
        """By majority of the first pronoun behind each place of a name, where nothing surer tells.

        Not of one behind somebody else's role: "Moss lost. The minister said she was glad." tells nothing of Moss.
        """
        votes: dict[int, int] = {}
        people = [place for place in self.places if place.named.kind == "person"]
        roles = {role for place in people for role in place.named.roles}
        for number, place in enumerate(people):
            stop = people[number + 1].at if number + 1 < len(people) else len(self.items)
            others = roles - place.named.roles
            for index in range(place.at + 1, min(place.at + WIDEST_GENDER_SEARCH, stop)):
                word = self.items[index].lower
                if word in others and self.items[index - 1].lower == "the":
                    break
                if word in MALE_WORDS or word in FEMALE_WORDS:
                    weight = 2 if place.leads else 1
                    votes[id(place.named)] = votes.get(id(place.named), 0) + (
                        weight if word in MALE_WORDS else -weight
                    )
                    break
        for place in people:
            vote = votes.get(id(place.named), 0)
            if vote and not place.named.gender:
                place.named.gender = "male" if vote > 0 else "female"


def _without_trade(occurrence: Occurrence, *, opens: bool, whole: Counter[tuple[str, ...]]) -> Occurrence:
    """ "Hairdresser Ida Moss" at the start of a sentence is Ida Moss."""
    first = occurrence.words[0].lower()
    rest = occurrence.words[1:]
    named = first in MALE or first in FEMALE or first in TITLES
    if not opens or not rest or named or rest[0] in ("-", "of"):
        return occurrence
    trade = len(rest) > 1 and first.endswith(TRADE_ENDINGS)
    if not trade and not (whole[plain(rest)] and len(rest) > 1):
        return occurrence
    return Occurrence(occurrence.low + 1, occurrence.high, rest, (*occurrence.titles, first))


def _family_first(spelled: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """ "Mr Kim" for Kim Jong-un: what stands first there is no given name, so it tells no gender."""
    return len(spelled) == 1 < len(whole) and spelled[0] == whole[0]


def _part_of(spelled: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    if spelled == whole:
        return True
    size = len(spelled)
    if size >= len(whole):
        return size > len(whole) > 1 and whole[0] == spelled[0] and whole[-1] == spelled[-1]
    if size >= 2 and whole[0] == spelled[0] and whole[-1] == spelled[-1]:
        return True
    return any(whole[i : i + size] == spelled for i in range(len(whole) - size + 1))


def gender_of_titles(titles: tuple[str, ...]) -> str:
    if any(t in MALE_TITLES for t in titles):
        return "male"
    return "female" if any(t in FEMALE_TITLES for t in titles) else ""
