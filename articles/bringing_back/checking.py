"""Articles and their quotations as records -> what can be stored, or a ValueError that says in one line why not.

What a format does not carry gets the value that an import of annotated articles would give it.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils import timezone

from ..importing import MAX_BYTES
from ..importing.composing import web_address
from ..models import NAME_LENGTH, NOTE_LENGTH, Article, FormerText, Quotation, anchored, is_name
from ..nlp.kinds import KindsByMarks
from . import values
from .values import Record

USERNAME_LENGTH = 150
WORDS = ("url", "place", "signoff", "licence", "language", "byline", "source_name", "encoding", "reader")
MORE_WORDS = ("source_sha256", "extraction_failure", "second_look_note")
OF_FORMER = ("title", "byline", "source_name", "source_sha256", "encoding", "reader")


@dataclass(frozen=True, slots=True)
class CheckedQuotation:
    """`fields` are all but those that name other rows."""

    uid: UUID
    fields: dict[str, Any]
    speaker: int | None
    speaker_name: str
    settled_by: str
    former_text: int | None


@dataclass(frozen=True, slots=True)
class CheckedFormer:
    """`text` still lacks its article and its act."""

    text: FormerText
    act: UUID | None
    anchors: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class CheckedArticle:
    """`article` is unsaved, and lacks what names other rows."""

    place: str
    number: int | None
    article: Article
    outlet: Record | None
    story: int | None
    reviewed_by: str
    formers: list[CheckedFormer]
    quotations: list[CheckedQuotation]
    analysis: Record | None
    has_time: bool
    """Whether the record says when it came in: then the same article can be known again."""
    problems: list[str] = field(default_factory=list)
    """Of quotations that are left out, a line each."""
    notes: list[str] = field(default_factory=list)
    """Of what is left out of it, as an import would."""


def place_of(record: Record) -> str:
    """How a person finds the record of an article in a file."""
    title = record.get("title")
    named = f"“{title[:60]}”" if isinstance(title, str) and title else ""
    return " ".join(filter(None, ["article", str(record.get("number") or ""), named]))


def article(record: Record, *, source: str) -> CheckedArticle:
    """Raises ValueError; `source` is what it is read from, where the record does not say."""
    text = values.words(record, "text", most=MAX_BYTES)
    if not text.strip():
        raise ValueError("it has no text")
    if record.get("text_sha256") not in (None, "", Article.digest(text)):
        raise ValueError("its text is not the one whose SHA-256 it names: it was changed or damaged")
    details = _details(record, text=text, source=source)
    reviewed_by = values.words(record, "reviewed_by", most=USERNAME_LENGTH)
    if bool(reviewed_by) != bool(details.reviewed_at):
        raise ValueError("who reviewed it and when go together")
    checked = CheckedArticle(
        place=place_of(record),
        number=values.key(record, "number"),
        article=details,
        outlet=_outlet(record),
        story=values.key(record, "story"),
        reviewed_by=reviewed_by,
        formers=[_former(values.table(one, "former_texts")) for one in values.many(record, "former_texts")],
        quotations=[],
        analysis=_analysis(record),
        has_time=bool(record.get("imported_at")),
    )
    if details.url and not web_address(details.url):
        details.url = ""
        checked.notes.append("its URL is no address of the web, and was left out")
    _add_quotations(checked, values.many(record, "quotations"))
    return checked


def _details(record: Record, *, text: str, source: str) -> Article:
    details = Article(
        text=text,
        text_sha256=Article.digest(text),
        title=_title(record, text),
        published_on=values.day(record, "published_on"),
        imported_at=values.moment(record, "imported_at") or timezone.now(),
        is_hidden=values.flag(record, "is_hidden"),
        extracted_with=_extracted_with(record),
        extraction_tries=min(values.number(record, "extraction_tries", default=0), 2**15 - 1),
        reviewed_at=values.moment(record, "reviewed_at"),
        needs_second_look=values.flag(record, "needs_second_look"),
        version=values.version(record),
        **{name: values.words(record, name, most=_longest(Article, name)) for name in (*WORDS, *MORE_WORDS)},
    )
    if "source_name" not in record:
        details.source_name = source[-_longest(Article, "source_name") :]
    return details


def _add_quotations(checked: CheckedArticle, given: Sequence[Any]) -> None:
    texts = {None: checked.article.text} | {place: one.text.text for place, one in enumerate(checked.formers)}
    kinds: dict[int | None, KindsByMarks] = {}
    seen = set()
    for place, one in enumerate(given, start=1):
        try:
            found = quotation(values.table(one, "it"), texts=texts, kinds=kinds)
            if found.uid in seen:
                raise ValueError(f"{found.uid} comes twice")
        except ValueError as problem:
            name = one.get("uid") if isinstance(one, Mapping) else None
            checked.problems.append(f"quotation {name or place}: {problem}")
            continue
        seen.add(found.uid)
        checked.quotations.append(found)


def quotation(
    record: Record, *, texts: Mapping[int | None, str], kinds: dict[int | None, KindsByMarks]
) -> CheckedQuotation:
    """Raises ValueError where its words do not stand at its offsets, or a value is none that can be stored."""
    former = values.key(record, "former_text")
    if former not in texts:
        raise ValueError(f"there is no former text {former}")
    text = texts[former]
    spans = values.spans(record, "spans")
    fields = anchored(text, content=spans, cue=values.span(record, "cue"), mention=values.span(record, "mention"))
    for name, stored in (("content", "content"), ("cue_words", "cue"), ("mention_words", "mention")):
        if record.get(name) is not None and record[name] != fields[stored]:
            raise ValueError(f"its {name} are not what stands at its offsets")
    if record.get("kind"):
        fields["kind"] = values.one_of(record, "kind", Quotation.Kind.values, default="")
    else:
        if former not in kinds:
            kinds[former] = KindsByMarks(text)
        fields["kind"] = kinds[former].kind_of(tuple(spans))
    settled_by = values.words(record, "settled_by", most=USERNAME_LENGTH)
    fields |= _decision(record, settled_by)
    fields |= {
        "confidence": values.share(record, "confidence"),
        "note": values.words(record, "note", most=NOTE_LENGTH),
        "is_hidden": values.flag(record, "is_hidden"),
        "version": values.version(record),
    }
    return CheckedQuotation(
        values.uid(record) or uuid.uuid4(),
        fields,
        speaker=values.key(record, "speaker"),
        speaker_name=values.words(record, "speaker_name"),
        settled_by=settled_by,
        former_text=former,
    )


def _decision(record: Record, settled_by: str) -> dict[str, Any]:
    """State, origin and time; without an origin, or where the format knows no times, it came from elsewhere."""
    state = values.one_of(record, "state", Quotation.State.values, default=Quotation.State.ACCEPTED)
    origin = values.one_of(record, "origin", Quotation.Origin.values, default=Quotation.Origin.IMPORTED)
    settled_at = values.moment(record, "settled_at")
    if state == Quotation.State.SUGGESTED and (settled_at or settled_by):
        raise ValueError("it is suggested, and somebody has decided on it")
    if state != Quotation.State.SUGGESTED and not settled_at:
        if "settled_at" not in record:
            origin = Quotation.Origin.IMPORTED.value
        elif origin != Quotation.Origin.IMPORTED:
            raise ValueError(f"it is {state}, and it does not say when")
    return {"state": state, "origin": origin, "settled_at": settled_at}


def _former(record: Record) -> CheckedFormer:
    text = values.words(record, "text", most=MAX_BYTES)
    digest = Article.digest(text)
    if record.get("text_sha256") not in (None, "", digest):
        raise ValueError("a former text is not the one whose SHA-256 it names: it was changed or damaged")
    imported_at, replaced_at = values.moment(record, "imported_at"), values.moment(record, "replaced_at")
    if imported_at is None or replaced_at is None:
        raise ValueError("a former text does not say when it came in and was replaced")
    anchors = [_anchor(values.table(one, "anchors"), text) for one in values.many(record, "anchors")]
    former = FormerText(
        text=text,
        text_sha256=digest,
        published_on=values.day(record, "published_on"),
        imported_at=imported_at,
        replaced_at=replaced_at,
        **{name: values.words(record, name, most=_longest(FormerText, name)) for name in OF_FORMER},
    )
    return CheckedFormer(former, values.uid(record, "act"), anchors)


def _anchor(record: Record, text: str) -> dict[str, Any]:
    """Still with the quotation's uid. Raises ValueError where it does not lie in the text."""
    place = {
        "spans": [list(span) for span in values.spans(record, "spans")],
        "cue": values.span(record, "cue"),
        "mention": values.span(record, "mention"),
    }
    anchored(text, content=place["spans"], cue=place["cue"], mention=place["mention"])  # type: ignore[arg-type]
    return {"quotation": values.uid(record, "quotation"), **place, "reworded": values.flag(record, "reworded")}


def _title(record: Record, text: str) -> str:
    most = _longest(Article, "title")
    title = values.words(record, "title", most=most)
    return title or next(line.strip() for line in text.splitlines() if line.strip())[:most]


def _extracted_with(record: Record) -> str:
    """Without a word of a pipeline: quotations that came with it are not sought again."""
    default = Article.ANNOTATED if record.get("quotations") else ""
    given = values.words(record, "extracted_with", most=_longest(Article, "extracted_with"))
    return given if "extracted_with" in record else default


def _outlet(record: Record) -> Record | None:
    given = record.get("outlet")
    return None if given is None else outlet(values.table(given, "outlet"))


def outlet(record: Record) -> Record:
    """Raises ValueError."""
    name = values.words(record, "name", most=NAME_LENGTH)
    if not is_name(name):
        raise ValueError(f"its outlet cannot be called {name!r}")
    homepage = values.words(record, "homepage", most=200)
    return {
        "number": values.key(record, "number"),
        "name": name,
        "homepage": homepage if web_address(homepage) else "",
        "version": values.version(record),
    }


def _analysis(record: Record) -> Record | None:
    given = record.get("analysis")
    if given is None:
        return None
    analysis = values.table(given, "analysis")
    return {
        "text_sha256": values.words(analysis, "text_sha256", most=64),
        "version": values.words(analysis, "version", most=100),
        "cues": values.storable(values.many(analysis, "cues"), "analysis"),
    }


def _longest(model: type[Article] | type[FormerText], name: str) -> int:
    return getattr(model._meta.get_field(name), "max_length", None) or 0
