"""What the permalink of a quotation says: whether its words stand where they are said to, and it as records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, NamedTuple

from django.db.models import Model
from django.utils.translation import gettext_noop

from .exports import records
from .exports.plain_text import LINE_BREAK
from .exports.quotation_annotations import prefix_and_suffix
from .gathering import rows
from .models import Act, Article, Change, FormerText, Outlet, Quotation, Speaker
from .models.anchors import Span, anchored
from .querysets import exporting
from .telling import Told, told

SHOWN = 5
"""Acts told on the page; the history has them all."""
STANDS = gettext_noop("Its words stand in the article")
STOOD = gettext_noop("Its words stood in an earlier version of the article")
STANDS_NOT = gettext_noop("Its words do not stand where they are said to")


class Placed(NamedTuple):
    """Words at their offsets, half-open code points of the text, and what stands around them."""

    start: int
    end: int
    prefix: str
    words: str
    suffix: str

    @property
    def shown_prefix(self) -> str:
        return self.prefix.replace("\n", LINE_BREAK)

    @property
    def shown_words(self) -> str:
        return self.words.replace("\n", LINE_BREAK)

    @property
    def shown_suffix(self) -> str:
        return self.suffix.replace("\n", LINE_BREAK)


@dataclass(frozen=True)
class Proof:
    """What was computed from the text as it is stored, not read from what is stored about it."""

    sha256: str
    """Of the text; the one that is stored of it may be another."""
    is_hashed: bool
    has_words: bool
    places: Sequence[Placed]
    """Empty where the offsets lead out of the text."""
    former: FormerText | None
    """The text that has the words, where the article's has them no more."""

    @property
    def holds(self) -> bool:
        """Whether the words stand at these offsets, in the text with this hash."""
        return self.is_hashed and self.has_words

    @property
    def said(self) -> str:
        """A msgid, which is English."""
        if not self.holds:
            return STANDS_NOT
        return STOOD if self.former else STANDS


def proof_of(quotation: Quotation) -> Proof:
    printed = quotation.former_text or quotation.article
    sha256 = Article.digest(printed.text)
    spans = quotation.content_spans
    return Proof(
        sha256=sha256,
        is_hashed=sha256 == printed.text_sha256,
        has_words=stands_in(quotation, printed.text),
        places=[_placed(printed.text, *span) for span in spans] if _is_within(spans, printed.text) else (),
        former=quotation.former_text,
    )


def stands_in(quotation: Quotation, text: str) -> bool:
    """Whether the words of the quotation, its cue and its mention are those at their offsets in `text`."""
    try:
        true = anchored(text, content=quotation.content_spans, cue=quotation.cue_span, mention=quotation.mention_span)
    except (TypeError, ValueError):
        return False
    return all(getattr(quotation, name) == true[name] for name in ("content", "cue", "mention"))


def _is_within(spans: Sequence[Span], text: str) -> bool:
    return all(0 <= start < end <= len(text) for start, end in spans)


def _placed(text: str, start: int, end: int) -> Placed:
    prefix, suffix = prefix_and_suffix(text, start, end)
    return Placed(start, end, prefix, text[start:end], suffix)


@dataclass(frozen=True)
class Past:
    """What was done to a quotation: the last few acts, told, and what became of it."""

    told: Sequence[Told]
    merged_into: Quotation | None
    """The one that has its words now, where it was merged into that."""
    once_said_by: Speaker | None
    """Who was merged into the speaker that it has now."""


def past_of(quotation: Quotation) -> Past:
    changes = Change.objects.of_record("quotation", quotation.pk).for_telling()
    last = list(changes[:SHOWN])
    return Past(
        told=told(last),
        merged_into=_merged_into(quotation) if quotation.is_hidden else None,
        once_said_by=_once_said_by(quotation) if last else None,
    )


def may_go(quotation: Quotation, past: Past) -> bool:
    """Whether a new version of the article, or another reading, takes it away: a suggestion that nobody touched."""
    is_suggestion = not quotation.is_settled and quotation.origin == Quotation.Origin.MACHINE
    return is_suggestion and not quotation.former_text_id and not past.told


def _merged_into(quotation: Quotation) -> Quotation | None:
    hid = Change.objects.that_hid(quotation)
    if hid is None or hid.act.first_undone.verb != Act.Verb.MERGE:
        return None
    return next((one for one in Quotation.objects.changed_by(hid.act) if one != quotation), None)


def _once_said_by(quotation: Quotation) -> Speaker | None:
    joined = Change.objects.that_joined_speaker_of(quotation)
    number = (joined.before or {})["speaker_id"] if joined else None
    return Speaker.objects.numbered([number]).first() if number else None


def records_of(quotation: Quotation) -> tuple[records.Quotation, records.Article, records.Speaker | None]:
    """The quotation, its article and its speaker as records of an export, as far as a single one tells of them."""
    article, former, by = quotation.article, quotation.former_text, quotation.settled_by
    outlets = {outlet.pk: _outlet(outlet) for outlet in filter(None, [article.outlet])}
    of_article = rows.article(_row(article, rows.ARTICLE), outlets=outlets, users={})
    of_article |= {"former_texts": [_printed(former)] if former else []}
    places = {former.pk: 0} if former else {}
    users = {by.pk: by.get_username()} if by else {}
    of_quotation = rows.quotation(_row(quotation, rows.QUOTATION), users=users, places=places)
    speaker = quotation.speaker
    return of_quotation, of_article, rows.speaker(_row(speaker, exporting.SPEAKER), []) if speaker else None


def _row(record: Model, names: Iterable[str]) -> tuple[Any, ...]:
    """What a query for the values of `names` would give of `record`; None behind a relation that leads nowhere."""
    return tuple(reduce(lambda one, name: one and getattr(one, name), name.split("__"), record) for name in names)


def _printed(former: FormerText) -> dict[str, Any]:
    told = {name: getattr(former, name) for name in ("title", "byline", "text", "text_sha256")}
    return told | {"published_on": rows.written(former.published_on)}


def _outlet(outlet: Outlet) -> records.Outlet:
    return {"number": outlet.pk, "name": outlet.name, "homepage": outlet.homepage, "version": outlet.version}
