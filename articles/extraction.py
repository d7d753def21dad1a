"""Rows + nlp -> quotations: the only bridge to articles.nlp.

articles.nlp, and with it spaCy, is imported when quotations are first sought, never when this module is.

Two steps, so that the slow one holds no lock: `find` reads a text and touches no database; `store` writes what
was found with a new article. `extract` does both for one that is stored. Locks are taken in the order in which
corrections take them: speakers, article, quotations.
"""

from __future__ import annotations

import functools
import json
import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.db import transaction

from .models import Article, Quotation, Speaker, is_name, name_key, tidy_name

if TYPE_CHECKING:
    from spacy.language import Language

    from .nlp import FoundQuotation

logger = logging.getLogger(__name__)

# What tells two suggestions with the same content apart; the confidence alone does not.
COMPARED = ("kind", "cue_start", "cue_end", "mention_start", "mention_end", "speaker_id")


class NoPipeline(Exception):
    """The pipeline that the settings name cannot be loaded; the message is one line and says what to do."""


class ExtractionFailed(Exception):
    """The pipeline could not read one text; the message is one line for a report."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A quotation that lacks article and speaker and is not saved, and the name to find the speaker by.

    `name` is empty where nobody is named; it is one that Speaker.name can hold.
    """

    quotation: Quotation
    name: str
    kind: str


class Annotation(Protocol):
    """A quotation as an input brings it, in half-open code points of the article's text; "" is not known."""

    @property
    def spans(self) -> tuple[tuple[int, int], ...]: ...
    @property
    def cue(self) -> tuple[int, int] | None: ...
    @property
    def mention(self) -> tuple[int, int] | None: ...
    @property
    def kind(self) -> str: ...
    @property
    def speaker_name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Findings:
    """What the pipeline of `version` found in one text, in the order of the text, each content once."""

    suggestions: Sequence[Suggestion]
    version: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Where the machine now differs from what a person decided on `quotation`, which stays as the person left it.

    `about` is "quotation" (whether it is one), "kind" or "speaker"; `person` and `machine` are what each says of it.
    """

    quotation: Quotation
    about: str
    person: str
    machine: str


def version() -> str:
    """The version of the pipeline that this program has."""
    from .nlp import PIPELINE_VERSION

    return PIPELINE_VERSION


def find(text: str, *, language: str = "") -> Findings:
    """Seek the quotations of `text` with the pipeline of its language.

    Raises ExtractionFailed where the pipeline raises or returns what cannot be, and NoPipeline where there is none.
    """
    from .nlp import PIPELINE_VERSION, find_quotations

    pipeline = _pipeline(settings.NEWSROOM_PIPELINES.get(language or "en", ""))
    try:
        suggestions = {found.spans: _suggestion(found, text) for found in reversed(find_quotations(pipeline(text)))}
    except Exception as error:  # a text may trip anything in the pipeline: it costs this text, not the run
        logger.warning(
            "The pipeline cannot read the text with SHA-256 %s: %s", Article.digest(text), _in_a_line(error)
        )
        logger.debug("It failed here", exc_info=True)
        raise ExtractionFailed(_in_a_line(error)) from error
    return Findings(list(reversed(suggestions.values())), PIPELINE_VERSION)


def extract(article: Article, *, findings: Findings | None = None) -> list[Disagreement]:
    """Seek the quotations of a stored article and put them in the place of its untouched suggestions.

    `findings` are those of its text, where they are at hand. Returns where they differ from what persons decided.
    One transaction. Raises ExtractionFailed and NoPipeline, with nothing written.
    """
    findings = findings or find(article.text, language=article.language)
    with transaction.atomic():
        found = _attributed(findings)
        locked = Article.objects.locked(article.pk)
        if locked.text_sha256 != article.text_sha256:
            raise ExtractionFailed("the text was corrected in the meantime")
        disagreements = list(_disagreements(locked, found))
        _save(locked, _reconciled(locked, found), version=findings.version)
    return disagreements


def store(article: Article, findings: Findings) -> None:
    """Make `findings` the suggestions of an article that the caller's transaction has just added."""
    _save(article, _attributed(findings), version=findings.version)


def store_annotations(article: Article, annotations: Iterable[Annotation]) -> None:
    """Make what others annotated the quotations of an article that the caller's transaction has just added.

    They count as accepted: a person marked them, before they came here. The machine seeks none beside them.
    Raises ValueError where a span does not lie in the text.
    """
    findings = Findings([_annotated(one, article.text) for one in annotations], Article.ANNOTATED)
    store(article, findings)


def extract_lines(lines: Iterable[str]) -> Iterator[str]:
    """JSON Lines in, JSON Lines out, as articles.nlp.jsonl describes them; touches no database.

    Raises ValueError, naming the line, at the first one that is none, and NoPipeline.
    """
    from .nlp import jsonl

    return map(json.dumps, jsonl.extract(lines, nlp=_pipeline()))


@functools.cache
def _pipeline(named: str = "") -> Language:
    from .nlp import MODEL_VARIABLE, load

    model = named or os.environ.get(MODEL_VARIABLE, "")
    try:
        return load(named or None)
    except Exception as error:  # a folder may hold anything, and a package run anything
        if not model:
            raise
        variable = "NEWSROOM_PIPELINES" if named else MODEL_VARIABLE
        raise NoPipeline(
            f"{variable} is {model!r}, which spaCy cannot load ({_in_a_line(error)}). Let it name an installed "
            "spaCy package or the folder of a saved pipeline, or unset it for the model that Newsroom ships."
        ) from error


def _in_a_line(error: Exception) -> str:
    reason = " ".join(f"{type(error).__name__}: {error}".split())
    return reason if len(reason) <= 200 else f"{reason[:199]}…"


def _suggestion(found: FoundQuotation, text: str) -> Suggestion:
    quotation = Quotation(kind=found.kind, confidence=found.confidence)
    quotation.set_spans(text, content=found.spans, cue=found.cue, mention=found.mention)
    name = tidy_name(found.speaker_name or "")
    is_known = found.speaker_kind in Speaker.Kind.values and is_name(name)
    return Suggestion(quotation, name if is_known else "", found.speaker_kind)


def _annotated(annotation: Annotation, text: str) -> Suggestion:
    kind = annotation.kind if annotation.kind in Quotation.Kind.values else _kind_by_marks(annotation.spans, text)
    quotation = Quotation(kind=kind, origin=Quotation.Origin.IMPORTED, state=Quotation.State.ACCEPTED)
    quotation.set_spans(text, content=annotation.spans, cue=annotation.cue, mention=annotation.mention)
    name = " ".join(annotation.speaker_name.split())
    return Suggestion(quotation, name if is_name(name) else "", Speaker.Kind.PERSON)


def _kind_by_marks(spans: Sequence[tuple[int, int]], text: str) -> str:
    from .nlp import kind_by_marks

    return kind_by_marks(text, list(spans))


def _attributed(findings: Findings) -> list[Quotation]:
    """The quotations found, with their speakers."""
    speakers = _speakers(findings.suggestions)
    for suggestion in findings.suggestions:
        suggestion.quotation.speaker = speakers.get(suggestion.name)
    return [suggestion.quotation for suggestion in findings.suggestions]


def _save(article: Article, quotations: Iterable[Quotation], *, version: str) -> None:
    quotations = list(quotations)
    for quotation in quotations:
        quotation.article = article
    Quotation.objects.bulk_create(quotations)
    article.extracted_with = version
    article.save(update_fields=["extracted_with"])


def _reconciled(article: Article, found: Iterable[Quotation]) -> Iterable[Quotation]:
    """What of `found` is new; suggestions of earlier runs that were not found again are gone.

    What a person touched stays as it is; nothing is new that has its content, or the content it had before
    somebody edited it. A suggestion that is found again keeps its row, hence its permalink.
    """
    new = {_content(quotation.spans): quotation for quotation in found}
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
    article.quotations.filter(pk__in=stale).delete()
    Quotation.objects.bulk_update([old for old in untouched if old.pk not in stale], ["confidence"])
    return new.values()


def _disagreements(article: Article, found: Iterable[Quotation]) -> Iterator[Disagreement]:
    machine = {_content(quotation.spans): quotation for quotation in found}
    for decided in article.quotations.decided_by_people():
        again = machine.get(_content(decided.spans))
        accepted = decided.state == Quotation.State.ACCEPTED
        if accepted != bool(again):
            yield Disagreement(decided, "quotation", decided.state, "found" if again else "not found")
        elif again and decided.kind != again.kind:
            yield Disagreement(decided, "kind", decided.kind, again.kind)
        if accepted and again and decided.speaker_id != again.speaker_id:
            yield Disagreement(decided, "speaker", *(str(one.speaker or "nobody") for one in (decided, again)))


def _content(spans: list[list[int]]) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(span) for span in spans)


def _speakers(suggestions: Iterable[Suggestion]) -> dict[str, Speaker]:
    """{name: the speaker it means}: the one who bears it, or a new one where nobody does.

    A name that several bear, or only a hidden speaker, means nobody: a person has to say. At most five queries.
    """
    kinds: dict[str, str] = {}
    for suggestion in suggestions:
        if suggestion.name:
            kinds.setdefault(suggestion.name, suggestion.kind)
    if not kinds:
        return {}
    called = Speaker.objects.called_any(kinds)
    unknown = {name_key(name): name for name in reversed(kinds) if not called[name]}
    if unknown:
        # Two processes may make the same name at once: the second waits for the first and takes its row. All go in
        # one order, so that no two wait for each other.
        new = [Speaker(name=name, key=key, kind=kinds[name]) for key, name in sorted(unknown.items())]
        Speaker.objects.bulk_create(new, ignore_conflicts=True)
        called |= Speaker.objects.called_any(name for name in kinds if not called[name])
    visible = {name: [one for one in bearers if not one.is_hidden] for name, bearers in called.items()}
    return {name: bearers[0] for name, bearers in visible.items() if len(bearers) == 1}
