"""Findings -> rows. One transaction an article; what a person decided stays as the person left it.

Locks are taken in the order in which corrections take them: speakers, article, quotations.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from django.db import transaction
from django.db.models import F

from .. import bulk
from ..models import Analysis, Article, Quotation, Speaker
from .findings import Findings, Suggestion
from .speaking import speakers_of

# What tells two suggestions with the same content apart; the confidence alone does not.
COMPARED = ("kind", "cue_start", "cue_end", "mention_start", "mention_end", "speaker_id")

WRITTEN = (
    *("kind", "spans", "start", "end", "content", "cue_start", "cue_end", "cue"),
    *("mention_start", "mention_end", "mention", "state", "confidence", "origin"),
)
"""The fields of a suggestion; the others of a new quotation, but for NAMED, are empty for all of them."""
NAMED = ("article", "uid", "version", "speaker", "note")

Content = tuple[tuple[int, ...], ...]


class Outdated(Exception):
    """The article is not any more as it was when its text was read; nothing was written."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Where the machine now differs from what a person decided on `quotation`, which stays as the person left it.

    `about` is "quotation" (whether it is one), "kind" or "speaker"; `person` and `machine` are what each says of it.
    """

    quotation: Quotation
    about: str
    person: str
    machine: str


@transaction.atomic
def save(article: Article, findings: Findings) -> list[Disagreement]:
    """Put `findings` in the place of the untouched suggestions of `article`, as which it was read.

    Returns where they differ from what persons decided. Raises Outdated where the article has another text by now,
    or another process has extracted it in the meantime.
    """
    speakers = speakers_of(findings.suggestions)
    locked = Article.objects.locked(article.pk)
    if (locked.text_sha256, locked.extracted_with) != (article.text_sha256, article.extracted_with):
        raise Outdated
    new = {_content(one.fields["spans"]): one for one in findings.suggestions}
    disagreements = []
    if locked.quotations.exists():
        found = {content: _quotation(one, speakers) for content, one in new.items()}
        disagreements = list(_disagreements(locked, found))
        new = {content: new[content] for content in _reconciled(locked, found)}
    insert(((locked.pk, one) for one in new.values()), speakers=speakers)
    Analysis.objects.keep(locked, cues=findings.cues, version=findings.version)
    locked.extracted_with = findings.version
    locked.extraction_tries, locked.extraction_failure = 0, ""
    locked.save(update_fields=["extracted_with", "extraction_tries", "extraction_failure"])
    return disagreements


def save_failure(article: Article, reason: str) -> bool:
    """Write down that a try with this text failed; whether there should be another one."""
    limit = Article._meta.get_field("extraction_failure").max_length
    Article.objects.numbered([article.pk]).with_text(article.text_sha256).update(
        extraction_tries=F("extraction_tries") + 1, extraction_failure=reason[:limit]
    )
    article.extraction_tries += 1
    return article.extraction_tries < Article.MOST_TRIES


def insert(quotations: Iterable[tuple[int, Suggestion]], *, speakers: Mapping[str, Speaker]) -> None:
    """Insert each suggestion as a quotation of the article with that id, in the caller's transaction."""
    numbers = {name: speaker.pk for name, speaker in speakers.items()}
    rows = (
        (
            article,
            uuid.uuid4(),
            1,
            numbers.get(suggestion.name),
            _note(suggestion, numbers),
            *_written(suggestion.fields),
        )
        for article, suggestion in quotations
    )
    bulk.insert(Quotation, [*NAMED, *WRITTEN], rows)


_written = itemgetter(*WRITTEN)


def _note(suggestion: Suggestion, known: Mapping[str, int]) -> str:
    """The name that people gave, where it means nobody certainly: else it would be lost."""
    is_lost = suggestion.name and suggestion.name not in known and suggestion.fields["origin"] == "imported"
    return Quotation.note_of_name(suggestion.name) if is_lost else ""


def _quotation(suggestion: Suggestion, speakers: Mapping[str, Speaker]) -> Quotation:
    return Quotation(**suggestion.fields, speaker=speakers.get(suggestion.name))


def _reconciled(article: Article, found: Mapping[Content, Quotation]) -> Sequence[Content]:
    """The contents among `found` that are new; suggestions of earlier runs that were not found again are gone.

    What a person touched stays as it is; nothing is new that has its content, or the content it had before
    somebody edited it. A suggestion that is found again keeps its row, hence its permalink.
    """
    new = dict(found)
    untouched = list(article.quotations.untouched_suggestions().select_for_update())
    for spans in article.quotations.exclude(pk__in=[quotation.pk for quotation in untouched]).contents():
        new.pop(_content(spans), None)
    stale = []
    for old in untouched:
        again = new.get(_content(old.spans))
        if again and all(getattr(old, name) == getattr(again, name) for name in COMPARED):
            old.confidence = again.confidence
            del new[_content(old.spans)]
        else:
            stale.append(old.pk)
    article.quotations.numbered(stale).delete()
    Quotation.objects.bulk_update([old for old in untouched if old.pk not in stale], ["confidence"])
    return list(new)


def _disagreements(article: Article, machine: Mapping[Content, Quotation]) -> Iterator[Disagreement]:
    for decided in article.quotations.decided_by_people():
        again = machine.get(_content(decided.spans))
        accepted = decided.state == Quotation.State.ACCEPTED
        if accepted != bool(again):
            yield Disagreement(decided, "quotation", decided.state, "found" if again else "not found")
        elif again and decided.kind != again.kind:
            yield Disagreement(decided, "kind", decided.kind, again.kind)
        if accepted and again and decided.speaker_id != again.speaker_id:
            yield Disagreement(decided, "speaker", *(str(one.speaker or "nobody") for one in (decided, again)))


def _content(spans: list[list[int]]) -> Content:
    return tuple(tuple(span) for span in spans)
