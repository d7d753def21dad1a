"""Which words are a quotation, how they are attributed, and to whom: revising, adding, splitting, merging."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from ..models import ANCHORS, Act, Article, Change, Quotation, Speaker, anchored
from ..models.anchors import Span
from ..nlp.kinds import KindsByMarks
from .acts import decision, edit, record_act, vouching
from .naming import speaker_called
from .refusals import Gone, Moved, StaleEdit
from .writing import Edit, Values, write, write_new

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(frozen=True)
class Wanted:
    """A quotation as a person wants it; offsets are half-open, in code points of the article's text.

    `content` is sorted and disjoint. `kind` "" is what the quotation marks say; `speaker` is a name, "" for nobody.
    """

    content: tuple[Span, ...]
    cue: Span | None = None
    mention: Span | None = None
    kind: str = ""
    speaker: str = ""
    note: str = ""


def wanted_of(quotation: Quotation) -> Wanted:
    """`quotation` as it is; its kind is left to the marks where they say the same."""
    derived = kind_by_marks(quotation.article.text, quotation.content_spans)
    return Wanted(
        quotation.content_spans,
        cue=quotation.cue_span,
        mention=quotation.mention_span,
        kind="" if quotation.kind == derived else quotation.kind,
        speaker=str(quotation.speaker or ""),
        note=quotation.note,
    )


def kind_by_marks(text: str, content: Sequence[Span]) -> str:
    return KindsByMarks(text).kind_of(content)


@transaction.atomic
def revise(quotation: Quotation, wanted: Wanted, *, by: User, version: int) -> Act | None:
    """Make `quotation` as `wanted`; whoever corrects a suggestion vouches for it. None where it is so already.

    One whose words are not in the article's text any more comes back into it. Raises StaleEdit, Gone,
    AmbiguousSpeaker, and ValueError where a span does not lie in the text or the name cannot be one.
    """
    speaker, changes = _speaker(wanted.speaker, quotation.speaker)
    article = Article.objects.locked(quotation.article_id)
    values = _values(article, wanted, speaker) | {"former_text_id": None}
    values |= vouching(quotation, by=by)
    differing = {name for name, value in values.items() if value != getattr(quotation, name)}
    return edit([Edit(quotation, version, values)], by=by, verb=_verb(differing), first=changes)


def _verb(differing: set[str]) -> Act.Verb:
    """What an act is called that writes these fields; what only comes along with a correction names none."""
    corrected = differing & {"speaker_id", "kind", "note", "former_text_id", *ANCHORS}
    if not corrected:
        return Act.Verb.ACCEPT
    if corrected == {"speaker_id"}:
        return Act.Verb.SPEAKER
    return Act.Verb.EDIT


@transaction.atomic
def add(article: Article, wanted: Wanted, *, by: User, text_sha256: str) -> tuple[Quotation, Act]:
    """Add a quotation to the text with that SHA-256; it is accepted from birth. Raises as `revise`, and Moved."""
    speaker, changes = _speaker(wanted.speaker, None)
    held = Article.objects.locked(article.pk)
    quotation = _new(held, _values(held, wanted, speaker), by=by)
    if held.text_sha256 != text_sha256:
        raise Moved(quotation)
    act = record_act(Act.Verb.CREATE, [*changes, write_new(quotation, {})], by=by, article=held.pk)
    return quotation, act


@transaction.atomic
def duplicate(quotation: Quotation, *, by: User, version: int) -> tuple[Quotation, Act]:
    """The same words once more, for what two people said together. Raises StaleEdit, Gone and Moved."""
    held = _held(quotation, version)
    copy = _new(held.article, _values(held.article, wanted_of(held), held.speaker), by=by)
    return copy, record_act(Act.Verb.CREATE, [write_new(copy, {})], by=by, article=held.article_id)


@transaction.atomic
def split(quotation: Quotation, at: int, *, by: User, version: int) -> tuple[Quotation, Act]:
    """Part `quotation` in two at the offset `at`; the second one, new, has the same cue, mention and speaker.

    Raises StaleEdit, Gone, Moved, and ValueError where one of the two would have no words.
    """
    held = _held(quotation, version)
    text, wanted = held.article.text, wanted_of(held)
    before = _trimmed(text, [(start, min(end, at)) for start, end in wanted.content])
    after = _trimmed(text, [(max(start, at), end) for start, end in wanted.content])
    if not before or not after:
        raise ValueError(_("a quotation is split inside its words"))
    second = _new(held.article, _values(held.article, replace(wanted, content=after, note=""), held.speaker), by=by)
    values = _values(held.article, replace(wanted, content=before), held.speaker)
    values |= vouching(held, by=by)
    changes = [*write([Edit(quotation, version, values)]), write_new(second, {})]
    return second, record_act(Act.Verb.SPLIT, changes, by=by, article=held.article_id)


@transaction.atomic
def merge(first: Quotation, second: Quotation, *, by: User, versions: tuple[int, int]) -> Act:
    """Put the words of both into `first`, and take `second` out; what `first` lacks comes from `second`.

    Raises StaleEdit, Gone, Moved, and ValueError where they are not two of one article.
    """
    if first.pk == second.pk or first.article_id != second.article_id:
        raise ValueError("two quotations of one article are merged")
    article = Article.objects.locked(first.article_id)
    one, other = (_held(each, version) for each, version in zip((first, second), versions, strict=True))
    wanted = replace(
        wanted_of(one),
        content=_joined([*one.content_spans, *other.content_spans], article.text),
        cue=one.cue_span or other.cue_span,
        mention=one.mention_span or other.mention_span,
        note=" ".join(filter(None, [one.note, other.note])),
    )
    values = _values(article, wanted, one.speaker or other.speaker)
    values |= vouching(one, by=by)
    edits = [Edit(first, versions[0], values), Edit(second, versions[1], {"is_hidden": True})]
    return record_act(Act.Verb.MERGE, write(edits), by=by, article=article.pk)


def _held(quotation: Quotation, version: int) -> Quotation:
    """`quotation` as it is now, in its article, both held. Raises Gone, StaleEdit, and Moved out of the text."""
    article = Article.objects.locked(quotation.article_id)
    held = Quotation.objects.held(quotation.pk)
    if held is None:
        raise Gone(quotation)
    if held.version != version:
        raise StaleEdit(held, seen=version)
    if held.former_text_id is not None:
        raise Moved(held)
    held.article = article
    return held


def _speaker(name: str, known: Speaker | None) -> tuple[Speaker | None, list[Change]]:
    """Who is meant: nobody, the one there was, or whoever bears the name."""
    if not name:
        return None, []
    if known and str(known) == name:
        return known, []
    return speaker_called(name)


def _values(article: Article, wanted: Wanted, speaker: Speaker | None) -> Values:
    anchors = anchored(article.text, content=wanted.content, cue=wanted.cue, mention=wanted.mention)
    kind = wanted.kind or kind_by_marks(article.text, wanted.content)
    return anchors | {"kind": kind, "speaker_id": speaker.pk if speaker else None, "note": wanted.note}


def _new(article: Article, values: dict[str, Any], *, by: User) -> Quotation:
    decided = decision(Quotation.State.ACCEPTED, by=by)
    return Quotation(article=article, origin=Quotation.Origin.PERSON, **values, **decided)


def _trimmed(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Without white space at their ends, and without those of which nothing is left."""
    trimmed = []
    for start, end in spans:
        words = text[start:end] if start < end else ""
        first = start + len(words) - len(words.lstrip())
        if words.strip():
            trimmed.append((first, first + len(words.strip())))
    return tuple(trimmed)


def _joined(spans: Sequence[Span], text: str) -> tuple[Span, ...]:
    """Sorted, and one where only white space or nothing parts them."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)
