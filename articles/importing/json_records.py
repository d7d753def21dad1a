"""JSON Lines, JSON arrays and single objects -> records; annotations of doccano and our own come with them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from .composing import compose
from .decoding import decode
from .doccano import quotations_in
from .documents import MAX_WHOLE, Document, sha256
from .field_names import columns_for, details_of, in_words
from .lines import lines_of
from .markup_text import from_fragment
from .records import ArticleRecord, UnreadableInput
from .tables import check_date

_LISTS = ("articles", "items", "documents", "docs", "results", "data", "records", "entries")


class _Row(NamedTuple):
    value: Any
    data: bytes
    """What it was read from."""
    place: str
    """For people: "line 12", "item 3"."""
    mark: str
    """For the record's source name: ":12", "#3"."""
    encoding: str


def read_json_lines(document: Document) -> Iterator[ArticleRecord | UnreadableInput]:
    """One object a line; a line that is none, or has no text, costs that line. Empty lines are passed over."""
    for line in lines_of(document):
        if isinstance(line, UnreadableInput):
            yield line
            continue
        if not line.text.strip():
            continue
        try:
            value = _parse(line.text)
        except ValueError as error:
            yield UnreadableInput(document.name, f"line {line.number:,}: no JSON ({error})")
            continue
        data = line.data.rstrip(b"\r\n")
        yield from _article(_Row(value, data, f"line {line.number:,}", f":{line.number}", line.encoding), document)


def read_json(document: Document) -> Iterator[ArticleRecord | UnreadableInput]:
    """An array of objects, an object with such an array under "articles" or the like, or one article."""
    text, encoding = decode(document.read_whole(most=MAX_WHOLE), source=document.name)
    start = len(text) - len(text.lstrip())
    if not text.startswith("[", start):
        try:
            value = _parse(text)
        except ValueError as error:
            raise UnreadableInput(document.name, f"no JSON ({error})") from error
        items = next((value[name] for name in _LISTS if _is_list_of_objects(value, name)), None)
        if items is None:
            yield from _article(_Row(value, text.encode("utf-8", "replace"), "", "", encoding), document)
            return
        parsed: Iterator[tuple[Any, str]] = ((item, json.dumps(item, sort_keys=True)) for item in items)
    else:
        parsed = _items(text, start + 1, document.name)
    for number, (item, words) in enumerate(parsed, start=1):
        data = words.encode("utf-8", "replace")
        yield from _article(_Row(item, data, f"item {number:,}", f"#{number}", encoding), document)


def _items(text: str, start: int, name: str) -> Iterator[tuple[Any, str]]:
    """The items of the array one at a time, each with its words, so that never all are held as objects."""
    decoder = json.JSONDecoder()
    place, number = _skip_space(text, start), 0
    while not text.startswith("]", place):
        number += 1
        try:
            item, end = decoder.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            words = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply or a number too long"
            raise UnreadableInput(name, f"item {number:,}: no JSON ({words}); not read further") from error
        yield item, text[place:end]
        place = _skip_space(text, end)
        if text.startswith(",", place):
            place = _skip_space(text, place + 1)
        elif not text.startswith("]", place):
            raise UnreadableInput(name, f"item {number:,}: neither a comma nor the array's end after it; cut off?")


def _skip_space(text: str, place: int) -> int:
    while place < len(text) and text[place] in " \t\n\r":
        place += 1
    return place


def _parse(text: str) -> Any:
    """Raises ValueError, in words, for whatever is no JSON."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"{error.msg} at character {error.pos:,}") from error
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    except ValueError as error:  # Python reads no whole number of more than 4,300 digits
        raise ValueError("a number too long") from error


def _is_list_of_objects(value: Any, name: str) -> bool:
    items = value.get(name) if isinstance(value, dict) else None
    return isinstance(items, list) and bool(items) and all(isinstance(item, dict) for item in items)


def _article(row: _Row, document: Document) -> Iterator[ArticleRecord | UnreadableInput]:
    prefix = f"{row.place}: " if row.place else ""
    try:
        record, faults = _record(row, document)
    except UnreadableInput as problem:
        yield UnreadableInput(document.name, prefix + problem.reason)
        return
    except RecursionError:
        yield UnreadableInput(document.name, f"{prefix}nested too deeply")
        return
    yield record
    for fault in faults:
        yield UnreadableInput(document.name, prefix + fault)


def _record(row: _Row, document: Document) -> tuple[ArticleRecord, list[str]]:
    if not isinstance(row.value, dict):
        raise UnreadableInput(document.name, "not an object with names and values")
    values = {**_details_beneath(row.value), **row.value, **_by_path(row.value, document.mapping)}
    names = list(values)
    try:
        columns = columns_for(names, document.mapping)
    except ValueError as error:
        raise UnreadableInput(document.name, _shortened(str(error))) from error
    text = _text(values[columns["text"]])
    if not text.strip():
        raise UnreadableInput(document.name, f'no text in "{columns["text"]}"')
    details = details_of(values, columns)
    check_date(details.date, columns=columns, document=document)
    quotations, faults = quotations_in(row.value, text)
    name = document.name + row.mark
    plain = text if quotations else from_fragment(text)
    record = compose(
        plain, details, source_name=name, encoding=row.encoding, sha256=sha256(row.data), quotations=quotations
    )
    return record, faults


def _text(value: Any) -> str:
    """A string, or paragraphs."""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return "\n\n".join(value)
    return value if isinstance(value, str) else ""


def _details_beneath(value: Mapping[str, Any]) -> dict[str, Any]:
    """What stands under "meta" or "metadata", where doccano and others keep an article's details."""
    kept_apart = (value[name] for name in ("meta", "metadata") if isinstance(value.get(name), dict))
    beneath: dict[str, Any] = next(kept_apart, {})
    return {name: found for name, found in beneath.items() if in_words(found)}


def _by_path(value: Mapping[str, Any], mapping: Mapping[str, str]) -> dict[str, Any]:
    """What a mapping such as text=article.body names."""
    found: dict[str, Any] = {}
    for path in mapping.values():
        beneath: Any = value
        for name in path.split("."):
            beneath = beneath.get(name) if isinstance(beneath, dict) else None
        if beneath is not None and path not in value:
            found[path] = beneath
    return found


def _shortened(words: str) -> str:
    return words if len(words) <= 300 else f"{words[:299]}…"
