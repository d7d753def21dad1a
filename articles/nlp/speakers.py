"""Who a mention means inside one article: "he", "the Leader", "Khamenei" are the one named in full.

Names are gathered first; then the mentions are resolved in the order of the text, each seeing what stands
before it: a name by the name it is part of, a role by the last person introduced in it, a pronoun by the
person the text is at.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from .found import Span, SpeakerKind
from .grammar import DETERMINERS, PREPOSITIONS, TITLES
from .mention_shapes import head_of, holds_name, is_group
from .names import (
    BODY_WORDS,
    Named,
    Occurrence,
    kind_of_name,
    occurrences,
    plain,
)
from .reading import Item, Reading
from .registry import Place, Registry
from .words import words

SINGULAR = frozenset(("he", "she", "him", "her", "his"))
SENTENCES_BACK = 12
NONE: frozenset[str] = frozenset()
LABELS = words("q a question answer interviewer host moderator presenter anchor reporter")
ALSO_CALLED = {
    "pontiff": words("pope"),
    "cleric": words("ayatollah hojatoleslam imam mullah maulana sheikh shaikh sheik archbishop bishop"),
    "monarch": words("king queen"),
    "premier": words("minister"),
    "lawmaker": words("senator sen. rep. representative congressman congresswoman mp"),
    "attorney": words("lawyer"),
    "lawyer": words("attorney"),
}
"""What an article calls somebody whose title it has given."""


class Speaker(NamedTuple):
    name: str
    kind: SpeakerKind


class Article:
    """The mentions of one article, resolved in the order of the text."""

    def __init__(self, reading: Reading) -> None:
        self.items = reading.items
        self.text = reading.text
        self.starts = [s.low for s in reading.sentences]
        self.names = Registry(reading)
        self.place_indexes = [p.at for p in self.names.places]
        self.spoke: list[Place] = []
        self.last_plural: Speaker | None = None
        self.last_body: Speaker | None = None

    def resolve(self, mention: Span) -> Speaker:
        """The speaker behind a mention, an item range; to be called in the order of the text."""
        low, high = mention
        mentioned = [self.items[i] for i in range(low, high)]
        text = self.text[mentioned[0].start : mentioned[-1].end]
        speaker = self._resolve(low=low, high=high, text=text, words=mentioned)
        if speaker.kind == "group":
            self.last_plural = speaker
        if speaker.kind == "body" or mentioned[-1].lower in BODY_WORDS:
            self.last_body = speaker
        return speaker

    def glance(self, mention: Span) -> Speaker:
        """`resolve` for somebody who is not quoted there: later mentions are resolved as if nobody had asked."""
        spoke, plural, body = len(self.spoke), self.last_plural, self.last_body
        speaker = self.resolve(mention)
        del self.spoke[spoke:]
        self.last_plural, self.last_body = plural, body
        return speaker

    def _resolve(self, *, low: int, high: int, text: str, words: list[Item]) -> Speaker:
        first = words[0].lower
        if high - low == 1 and first in SINGULAR:
            return self._spoken_by(self._pronoun(low, gender="female" if first == "she" else "male"), text, low)
        if high - low == 1 and first == "who":
            return self._spoken_by(self._just_before(low), text, low)
        if high - low == 1 and first == "they" and self.last_plural is not None:
            return self.last_plural
        if high - low == 1 and first == "it" and self.last_body is not None:
            return self.last_body
        if high - low == 1 and first in LABELS:
            return Speaker(text, "unnamed")
        head = head_of(words)
        if is_group(head):
            return Speaker(text, "group")
        if first in ("the", "this") and not holds_name(head):
            by_role = self._by_role(low, head=head)
            if by_role is not None:
                return self._spoken_by(by_role, text, low)
        return self._by_name(low=low, high=high, text=text, head=head)

    def _by_name(self, *, low: int, high: int, text: str, head: list[Item]) -> Speaker:
        found = list(occurrences(self.items, low=low, high=low + len(head)))
        if not found:
            later = list(occurrences(self.items, low=low + len(head), high=min(high, low + len(head) + 8)))
            if head[0].lower in ("the", "his", "her", "its") and later and high - low > len(head):
                between = self.items[low + len(head) : later[0].low]
                found = later[:1] if all(i.text == "," or i.lower in TITLES for i in between) else []
        if not found:
            return Speaker(text, "unnamed")
        last = next((o for o in found if self._heads(o, low=low, high=low + len(head))), found[-1])
        if last.high < low + len(head) and self.items[last.high].text in ("'s", "’s"):
            return Speaker(text, "unnamed")
        trailing = [self.items[i].lower for i in range(last.high, low + len(head))]
        if trailing and trailing[-1] in BODY_WORDS and not PREPOSITIONS & set(trailing):
            return Speaker(self.text[self.items[last.low].start : self.items[low + len(head) - 1].end], "body")
        if trailing and trailing[0].isalpha() and trailing[0] not in PREPOSITIONS:
            return Speaker(text, "unnamed")
        if last.low < low + len(head) and self._is_only_of(last, low=low):
            return Speaker(text, "unnamed")
        named = self.names.lookup(last, before=low)
        if named is None:
            named = Named(
                self.names.written(last),
                kind_of_name(last, after_the=self.names.after_the(last.low)),
                plain(last.words),
                last.low,
            )
        return self._spoken_by(named, text, low)

    def _heads(self, name: Occurrence, *, low: int, high: int) -> bool:
        """Whether a name is what the mention is about: "Ada Rao of the Road Users’ Forum"."""
        followed = name.high < high and self.items[name.high].lower in PREPOSITIONS
        return followed and all(self.items[i].lower not in PREPOSITIONS for i in range(low, name.low))

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
        return [p for p in self.names.places[max(0, end - 60) : end] if here - p.sentence <= SENTENCES_BACK]

    def _just_before(self, index: int) -> Named | None:
        places = [p for p in self._before(index) if p.sentence == self._sentence(index)]
        people = [p for p in places if p.named.kind == "person"]
        return (people or places)[-1].named if places else None

    def _by_role(self, index: int, *, head: list[Item]) -> Named | None:
        role = {w.lower for w in head[1:] if w.lower not in DETERMINERS}
        noun = head[-1].lower
        end = bisect_right(self.place_indexes, index - 1)
        for place in reversed(self.names.places[max(0, end - 400) : end]):
            named = place.named
            if named.kind == "person" and role and (noun in named.roles or ALSO_CALLED.get(noun, NONE) & named.roles):
                return named
            if named.kind == "body" and noun == named.words[-1] and len(named.words) > 1:
                return named
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
            if named.whereabouts > named.deeds:
                continue
            score = weight + (0.9 if place.leads else 0.0) - 0.45 * (here - place.sentence)
            score += 0.8 if named.gender == gender else 0.0
            if best is None or score >= best[0]:
                best = (score, named)
        return best[1] if best is not None else None
