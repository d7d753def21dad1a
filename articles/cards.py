"""The cards beside an article's text: one a quotation, with its number, and the hue of its speaker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from django.utils.translation import gettext

from .models import Quotation
from .models.anchors import Span
from .roles import name_of

# Hues in the style sheet; a ninth speaker shares the first one's.
HUES = 8

# A quotation's id, and the ids of its speaker before and after; None where nobody is known.
Renaming = tuple[int, int | None, int | None]


class Said:
    """What cards say beside the words of quotations, looked up once for all of an article's `total` cards."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.labels = {value: str(label) for value, label in Quotation.Kind.choices + Quotation.State.choices}
        self.numbered = gettext("Quotation %(number)s of %(total)s")
        self.percent = gettext("%(percent)s%%")
        self.reworded = gettext("reworded since")


@dataclass(frozen=True)
class Card:
    """A quotation with its number in the article, from 1 in the order of the text, and its speaker's hue."""

    quotation: Quotation
    number: int
    hue: int
    said: Said
    is_reworded: bool = False
    """Whether a new version of the article changed its words after somebody had settled it."""
    following: Quotation | None = None
    """The next one in the text, with which it can be merged."""

    @property
    def name(self) -> str:
        """For screen readers: “Quotation 4 of 14, direct, Ida Moss, suggested, 92%”."""
        numbered = self.said.numbered % {"number": self.number, "total": self.said.total}
        reworded = self.said.reworded if self.is_reworded else ""
        said = [numbered, self.kind, self.quotation.speaker_label, self.state, reworded, self.certainty]
        return ", ".join(filter(None, said))

    @property
    def kind(self) -> str:
        return self.said.labels[self.quotation.kind]

    @property
    def state(self) -> str:
        return self.said.labels[self.quotation.state]

    @property
    def certainty(self) -> str:
        """How sure the pipeline was; "" where it was not asked."""
        percent = self.quotation.percent
        return "" if percent is None else self.said.percent % {"percent": percent}

    @property
    def may_be_known(self) -> bool:
        """Whether nobody is said to speak, though a name stands there."""
        return self.quotation.speaker_id is None and bool(name_of(self.quotation))

    @property
    def words(self) -> list[str]:
        """The words of each part of the content."""
        text = (self.quotation.former_text or self.quotation.article).text
        return [" ".join(text[start:end].split()) for start, end in self.quotation.spans]

    @property
    def content_offsets(self) -> str:
        return _written(self.quotation.content_spans)

    @property
    def cue_offsets(self) -> str:
        return _written([self.quotation.cue_span])

    @property
    def mention_offsets(self) -> str:
        return _written([self.quotation.mention_span])

    @property
    def words_ids(self) -> str:
        """The ids of the marks around its words, for aria-describedby; one mark where they are not in the text."""
        spans = self.quotation.spans[:1] if self.quotation.former_text_id else self.quotation.spans
        return " ".join(words_id(self.quotation.uid, start) for start, _ in spans)


def arrivals_of(quotations: Sequence[Quotation], renamings: Sequence[Renaming]) -> dict[int | str, int]:
    """{a speaker's id, or the label of an unknown one: its place in the order in which they came into the article}.

    First those that the machine named, by the text, then those that people named, by time: a correction may bring
    the next hue and number in, but shifts none that is there.
    """
    first: dict[int, int | None] = {}
    for quotation, was, _ in renamings:
        first.setdefault(quotation, was)
    came: list[int | str] = [first.get(one.pk, one.speaker_id) or one.unknown_label for one in quotations]
    came += [now for _, _, now in renamings if now is not None]
    came += [speaker_key(one) for one in quotations]
    return {key: number for number, key in enumerate(dict.fromkeys(came))}


def speaker_key(quotation: Quotation) -> int | str:
    return quotation.speaker_id or quotation.unknown_label


def cards_of(
    quotations: Sequence[Quotation], arrivals: Mapping[int | str, int], rewordings: Mapping[int, datetime]
) -> list[Card]:
    """One card a quotation; those that are not in the text come last."""
    in_text = [one for one in quotations if not one.former_text_id]
    following = {one.uid: after for one, after in pairwise(in_text)}
    said = Said(len(quotations))
    return [
        Card(
            one,
            number,
            arrivals[speaker_key(one)] % HUES + 1,
            said,
            is_reworded=_is_reworded(one, rewordings.get(one.pk)),
            following=following.get(one.uid),
        )
        for number, one in enumerate(quotations, start=1)
    ]


def _is_reworded(quotation: Quotation, when: datetime | None) -> bool:
    if when is None or not quotation.is_settled or quotation.former_text_id:
        return False
    return quotation.settled_at is None or quotation.settled_at < when


def _written(spans: Iterable[Span | None]) -> str:
    """[(12, 40), (55, 70)] -> "12-40 55-70", as `forms.spans_in` reads it."""
    return " ".join(f"{span[0]}-{span[1]}" for span in spans if span)


def words_id(uid: UUID, start: int) -> str:
    """The id of the mark that begins at `start` in the text, of the quotation `uid`."""
    return f"words-{uid}-{start}"
