"""The record of changes in sentences: what a person did to a quotation, an article, a speaker or an outlet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.text import Truncator

from .corrections import FIELD_OF
from .models import CONTENT_GAP, Act, Change, Quotation

LONGEST = 120
"""Characters of a value in a sentence; the record itself shows it whole."""
ENDS = 4
"""Words shown of an end that was moved."""
WITH_THE_ACT = {"settled_by_id", "settled_at", "reviewed_at", "start", "end", "former_text_id"}
"""What the act's author and time say already, or the words that stand at the offsets."""

Names = Mapping[tuple[type[Model], Any], str]
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Told:
    """An act in the history of a record: what was done to it, in sentences that begin with who did it."""

    act: Act
    sentences: list[str]
    change: Change


def told(changes: Iterable[Change]) -> list[Told]:
    """Each change with its act, in sentences; one query for each kind of record that is named."""
    changes = list(changes)
    names = _names((_model(change), values) for change in changes for values in (change.before, change.after))
    return [Told(change.act, [*_told(change, names)], change) for change in changes]


def difference(model: type[Model], before: Values, after: Values) -> list[str]:
    """What a change from `before` to `after` would do, in sentences."""
    names = _names([(model, before), (model, after)])
    return [*_sentences(model, before, after, names)]


def _told(change: Change, names: Names) -> Iterator[str]:
    opening = OPENINGS.get(Act.Verb(change.act.verb), "")
    if change.before is None:
        words = change.after.get("content") or change.after.get("name") or ""
        yield f"{opening}added it: “{_cut(words)}”"
        return
    for sentence in _sentences(_model(change), change.before, change.after, names):
        yield f"{opening}{sentence}"


OPENINGS = {
    Act.Verb.UNDO: "undid it: ",
    Act.Verb.REDO: "did it again: ",
    Act.Verb.RESTORE: "restored an earlier version: ",
    Act.Verb.MERGE: "merged two quotations: ",
    Act.Verb.SPLIT: "split it in two: ",
}


def _sentences(model: type[Model], before: Values, after: Values, names: Names) -> Iterator[str]:
    names_left = [name for name in after if name not in WITH_THE_ACT and before.get(name) != after[name]]
    if model is Quotation:
        yield from _of_words(before, after)
        names_left = [name for name in names_left if not name.startswith(("spans", "content", "cue", "mention"))]
    for name in names_left:
        yield _of_field(model, name, before.get(name), after[name], names)


def _of_words(before: Values, after: Values) -> Iterator[str]:
    """What became of content, cue and mention."""
    if before.get("content", "") != after.get("content", ""):
        yield from _of_content(before["content"].split(CONTENT_GAP), after["content"].split(CONTENT_GAP))
    elif before.get("spans") != after.get("spans"):
        yield "moved it to another place where the same words stand"
    for part in ("cue", "mention"):
        was, now = before.get(part, ""), after.get(part, "")
        if was and now:
            yield f"changed the {part} from “{_cut(was)}” to “{_cut(now)}”" if was != now else ""
        elif was or now:
            yield f"marked “{_cut(now)}” as the {part}" if now else f"took away the {part} “{_cut(was)}”"


def _of_content(was: Sequence[str], now: Sequence[str]) -> Iterator[str]:
    for words in now:
        if len(now) > len(was) and words not in was:
            yield f"took in “{_cut(words)}”"
    for words in was:
        if len(was) > len(now) and words not in now:
            yield f"left out “{_cut(words)}”"
    if len(was) == len(now):
        for old, new in zip(was, now, strict=True):
            if (new.startswith(old[: len(new)]) and old != new) or old.startswith(new):
                yield f"moved the end from “{_end(old)}” to “{_end(new)}”"
            elif old != new and (old.endswith(new) or new.endswith(old)):
                yield f"moved the start from “{_start(old)}” to “{_start(new)}”"
            elif old != new:
                yield f"changed the words from “{_cut(old)}” to “{_cut(new)}”"


def _of_field(model: type[Model], name: str, was: Any, now: Any, names: Names) -> str:
    said = SAID.get((name, now if isinstance(now, (bool, str)) else bool(now)))
    if said:
        return said
    label = {"speaker_id": "speaker", "aliases": "other names"}.get(name) or str(
        model._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    )
    old, new = _value(model, name, was, names), _value(model, name, now, names)
    if not new:
        return f"took away the {label} “{old}”"
    return f"changed the {label} from {old} to {new}" if old else f"gave the {label}: {new}"


SAID: Mapping[tuple[str, bool | str], str] = {
    ("state", "accepted"): "accepted it",
    ("state", "rejected"): "rejected it",
    ("state", "suggested"): "reopened it",
    ("is_hidden", True): "took it out",
    ("is_hidden", False): "brought it back",
    ("reviewed_by_id", True): "marked the article as reviewed",
    ("reviewed_by_id", False): "took back that the article was reviewed",
    ("needs_second_look", True): "asked for a second look",
    ("needs_second_look", False): "said that no second look is needed",
}


def _value(model: type[Model], name: str, value: Any, names: Names) -> str:
    if value in (None, "", []):
        return ""
    if isinstance(value, list):
        return _cut(", ".join(map(str, value)))
    field = model._meta.get_field(name)
    if field.is_relation:
        return names.get((field.related_model, value), f"no. {value}")  # type: ignore[arg-type]
    return _cut(str(dict(getattr(field, "flatchoices", [])).get(value, value)))


def _names(valued: Iterable[tuple[type[Model], Values | None]]) -> Names:
    """The names of all records whose ids are among the values."""
    wanted: dict[Any, set[Any]] = defaultdict(set)
    for model, values in valued:
        for name, value in (values or {}).items():
            if name == "aliases" or name in WITH_THE_ACT or value is None:
                continue
            field = model._meta.get_field(name)
            if field.is_relation:
                wanted[field.related_model].add(value)
    return {
        (related, pk): str(record)
        for related, ids in wanted.items()
        for pk, record in related._default_manager.in_bulk(ids).items()
    }


def _model(change: Change) -> type[Model]:
    return next(model for model, name in FIELD_OF.items() if getattr(change, f"{name}_id") is not None)


def _cut(words: str) -> str:
    return Truncator(" ".join(words.split())).chars(LONGEST)


def _end(words: str) -> str:
    shown = words.split()[-ENDS:]
    return ("… " if len(words.split()) > ENDS else "") + " ".join(shown)


def _start(words: str) -> str:
    shown = words.split()[:ENDS]
    return " ".join(shown) + (" …" if len(words.split()) > ENDS else "")
