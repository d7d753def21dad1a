"""Who a mention means inside one article: "he", "the Leader", "Khamenei" are the one named in full.

Names are gathered first; then the mentions are resolved in the order of the text, each seeing what stands
before it: a name by the name it is part of, a role by the last person introduced in it, a pronoun by the
person the text is at.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import NamedTuple

from .found import Span, SpeakerKind
from .given_names import gender_of
from .grammar import DETERMINERS, PREPOSITIONS, RELATIVE, TITLES
from .mention_shapes import head_of, holds_name, is_group
from .names import (
    BODY_WORDS,
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
from .reading import Item, Reading

SINGULAR = frozenset(("he", "she", "him", "her", "his"))
SENTENCES_BACK = 12


class Speaker(NamedTuple):
    name: str
    kind: SpeakerKind


class Place(NamedTuple):
    """Where a known name stands: the item it starts at, sentence, and whether the sentence opens with it."""

    at: int
    sentence: int
    named: Named
    leads: bool


class Article:
    """The names of one article and their places, by which mentions are resolved in order."""

    def __init__(self, reading: Reading) -> None:
        self.items = reading.items
        self.text = reading.text
        self.sentences = reading.sentences
        self.starts = [s.low for s in reading.sentences]
        self.by_word: dict[str, list[Named]] = {}
        self.places: list[Place] = []
        self.spoke: list[Place] = []
        self.last_plural: Speaker | None = None
        self._gather()
        self.place_indexes = [p.at for p in self.places]

    def _gather(self) -> None:
        seen: list[tuple[int, Occurrence]] = []
        for number, sentence in enumerate(self.sentences):
            if not is_headline(self.items, sentence=sentence):
                seen += ((number, o) for o in occurrences(self.items, low=sentence.low, high=sentence.high))
        forms = Counter(plain(o.words) for _, o in seen)
        for _, occurrence in sorted(seen, key=lambda pair: -len(plain(pair[1].words))):
            self._register(occurrence, forms=forms)
        for number, occurrence in seen:
            named = self._lookup(occurrence, before=occurrence.low)
            if named is not None:
                named.count += 1
                self._learn(named, occurrence=occurrence)
                leads = occurrence.low - self.sentences[number].low <= 3
                self.places.append(Place(occurrence.low, number, named, leads))

    def _register(self, occurrence: Occurrence, *, forms: Counter[tuple[str, ...]]) -> None:
        """Keep a name that is no part of a longer one."""
        words = plain(occurrence.words)
        if self._candidates(words):
            for named in self._candidates(words):
                if named.words == words and occurrence.low < named.first:
                    named.first = occurrence.low
            return
        kind = kind_of_name(occurrence, after_the=self._after_the(occurrence.low))
        named = Named(self._written(occurrence), kind, words, occurrence.low)
        for word in set(words):
            self.by_word.setdefault(word, []).append(named)

    def _written(self, occurrence: Occurrence) -> str:
        return self.text[self.items[occurrence.low].start : self.items[occurrence.high - 1].end]

    def _after_the(self, index: int) -> bool:
        return index > 0 and self.items[index - 1].lower == "the"

    def _candidates(self, words: tuple[str, ...]) -> list[Named]:
        """The names that words may be short for: their end, their beginning, or the middle."""
        return [n for n in self.by_word.get(words[-1], ()) if _part_of(words, n.words)]

    def _lookup(self, occurrence: Occurrence, *, before: int) -> Named | None:
        words = plain(occurrence.words)
        found = self._candidates(words)
        if len(found) < 2:
            return found[0] if found else None
        gender = _gender_of_titles(occurrence.titles)
        fitting = [n for n in found if not gender or n.gender in ("", gender)] or found
        return max(
            fitting,
            key=lambda n: (
                n.words == words,
                n.words[-len(words) :] == words,
                n.first <= before,
                n.count,
                -n.first,
            ),
        )

    def _learn(self, named: Named, *, occurrence: Occurrence) -> None:
        """Gender and roles, from the words around one occurrence of a name."""
        named.gender = named.gender or _gender_of_titles(occurrence.titles) or gender_of(named.words[0])
        named.roles.update(t for t in occurrence.titles if t in TITLES)
        low = occurrence.low
        if {w.lower() for w in occurrence.words} & KEPT_TITLES and len(occurrence.words) > len(named.words):
            named.name = max(named.name, self._written(occurrence), key=lambda n: len(n.split()))
        for index in range(low - 1, max(low - 4, -1), -1):
            word = self.items[index].lower
            if word not in TITLES:
                break
            named.roles.add(word)
        if occurrence.high + 1 < len(self.items) and self.items[occurrence.high].text == ",":
            self._learn_apposition(named, low=occurrence.high + 1)

    def _learn_apposition(self, named: Named, *, low: int) -> None:
        for index in range(low, min(low + 7, len(self.items))):
            item = self.items[index]
            if item.lower in PREPOSITIONS or item.lower in RELATIVE or not item.text[0].isalpha():
                break
            if index == low and item.lower not in DETERMINERS and item.lower not in TITLES:
                break
            if index > low and not item.capital and item.lower not in DETERMINERS:
                named.roles.add(item.lower)

    def resolve(self, mention: Span) -> Speaker:
        """The speaker behind a mention, an item range; to be called in the order of the text."""
        low, high = mention
        words = [self.items[i] for i in range(low, high)]
        text = self.text[words[0].start : words[-1].end]
        speaker = self._resolve(low=low, high=high, text=text, words=words)
        if speaker.kind == "group":
            self.last_plural = speaker
        return speaker

    def _resolve(self, *, low: int, high: int, text: str, words: list[Item]) -> Speaker:
        first = words[0].lower
        if high - low == 1 and first in SINGULAR:
            return self._spoken_by(
                self._pronoun(low, gender="female" if first == "she" else "male"), text, low
            )
        if high - low == 1 and first == "who":
            return self._spoken_by(self._just_before(low), text, low)
        if high - low == 1 and first == "they" and self.last_plural is not None:
            return self.last_plural
        head = head_of(words)
        if is_group(head):
            return Speaker(text, "group")
        if first in ("the", "this") and head[-1].lower not in BODY_WORDS and not holds_name(head):
            by_role = self._by_role(low, head=head)
            if by_role is not None:
                return self._spoken_by(by_role, text, low)
        return self._by_name(low=low, high=high, text=text, head=head)

    def _by_name(self, *, low: int, high: int, text: str, head: list[Item]) -> Speaker:
        found = list(occurrences(self.items, low=low, high=low + len(head)))
        if not found:
            later = list(occurrences(self.items, low=low + len(head), high=min(high, low + len(head) + 8)))
            if head[0].lower in ("the", "his", "her", "its") and later and high - low > len(head):
                found = [o for o in later[:1] if o.low - low - len(head) <= 1]
        if not found:
            return Speaker(text, "unnamed")
        last = found[-1]
        if last.high < low + len(head) and self.items[last.high].text in ("'s", "’s"):
            return Speaker(text, "unnamed")
        trailing = [self.items[i].lower for i in range(last.high, low + len(head))]
        if trailing and trailing[-1] in BODY_WORDS:
            return Speaker(
                self.text[self.items[last.low].start : self.items[low + len(head) - 1].end], "body"
            )
        if trailing and trailing[0].isalpha() and trailing[0] not in PREPOSITIONS:
            return Speaker(text, "unnamed")
        if self._is_only_of(last, low=low):
            return Speaker(text, "unnamed")
        named = self._lookup(last, before=low)
        if named is None:
            named = Named(
                self._written(last),
                kind_of_name(last, after_the=self._after_the(last.low)),
                plain(last.words),
                last.low,
            )
        return self._spoken_by(named, text, low)

    def _is_only_of(self, name: Occurrence, *, low: int) -> bool:
        """ "a spokesman for Acme", "officials in Ohio": the name is not the speaker's."""
        for index in range(name.low - 1, low, -1):
            if self.items[index].lower in PREPOSITIONS:
                return index == name.low - 1 or self.items[index - 1].lower not in TITLES
        return False

    def _spoken_by(self, named: Named | None, text: str, index: int) -> Speaker:
        if named is None:
            return Speaker(text, "unnamed")
        self.spoke.append(Place(index, self._sentence(index), named, True))
        return Speaker(named.name, named.kind)

    def _sentence(self, index: int) -> int:
        return max(0, bisect_right(self.starts, index) - 1)

    def _before(self, index: int) -> list[Place]:
        """Names up to index, the nearest last, no further back than a dozen sentences."""
        end = bisect_right(self.place_indexes, index - 1)
        here = self._sentence(index)
        return [p for p in self.places[max(0, end - 60) : end] if here - p.sentence <= SENTENCES_BACK]

    def _just_before(self, index: int) -> Named | None:
        places = [p for p in self._before(index) if p.sentence == self._sentence(index)]
        return places[-1].named if places else None

    def _by_role(self, index: int, *, head: list[Item]) -> Named | None:
        role = {w.lower for w in head[1:] if w.lower not in DETERMINERS}
        noun = head[-1].lower
        end = bisect_right(self.place_indexes, index - 1)
        for place in reversed(self.places[max(0, end - 400) : end]):
            if noun in place.named.roles and place.named.kind == "person" and role:
                return place.named
        return None

    def _pronoun(self, index: int, *, gender: str) -> Named | None:
        """The person the text is at: near, leading a sentence, or the last to speak."""
        here = self._sentence(index)
        best: tuple[float, Named] | None = None
        recent = [(p, 1.0) for p in self.spoke[-3:] if here - p.sentence <= SENTENCES_BACK]
        for place, weight in [*((p, 0.0) for p in self._before(index)), *recent]:
            named = place.named
            if named.kind != "person" or (named.gender and named.gender != gender):
                continue
            score = weight + (0.9 if place.leads else 0.0) - 0.45 * (here - place.sentence)
            score += 0.4 if named.gender == gender else 0.0
            if best is None or score >= best[0]:
                best = (score, named)
        return best[1] if best is not None else None


def _part_of(words: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    if words == whole:
        return True
    size = len(words)
    if size >= len(whole):
        return size > len(whole) > 1 and whole[0] == words[0] and whole[-1] == words[-1]
    if size >= 2 and whole[0] == words[0] and whole[-1] == words[-1]:
        return True
    return any(whole[i : i + size] == words for i in range(len(whole) - size + 1))


def _gender_of_titles(titles: tuple[str, ...]) -> str:
    if any(t in MALE_TITLES for t in titles):
        return "male"
    return "female" if any(t in FEMALE_TITLES for t in titles) else ""
