"""brat stand-off in a zip, in PolNeAR's scheme and order: text/NAME.txt and attributions/NAME_newsroom.ann.

Carries the texts, and of each quotation that stands in its text: spans (Content), cue (Cue) and
mention (Source), joined by an event "Attribution"; kind and state as attributes, the speaker's name and Wikidata id
as a normalisation, uid, state, speaker and note as JSON in a brat note. brat wants a trigger of each event: it is the
cue, or the content where there is none. NAME is the stem of the article's source name, fit for a file's name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from .bench import stem
from .checking import checked
from .json_lines import one_line
from .records import Article, BrokenOff, Head, Quotation, Record, Records
from .standing import check_text, content_of, note_wikidata_id, of_head, standing
from .whole import Ending
from .zipped import begins_with, member, write_zip, zip_in

FIRST = ".newsroom-brat.json"
"""Hidden, so that whoever reads a folder of texts passes it over."""
ANNOTATOR = "newsroom"
CONFIGURATION = """\
[entities]
Content
Cue
Source

[relations]

[events]
Attribution\tContent:Content, Cue?:Cue, Source?:Source
Attribution-no-source\tContent:Content, Cue?:Cue

[attributes]
Kind\tArg:<EVENT>, Value:direct|mixed|indirect
State\tArg:<EVENT>, Value:suggested|accepted|rejected
"""

_LONGEST_NAME = 120
_UNFIT = re.compile(r"[^\w.-]+")
_ROLES = {"Content": "spans", "Cue": "cue", "Source": "mention"}
_IN_NOTE = ("uid", "state", "kind", "speaker_name", "note")
_BREAKS = str.maketrans(dict.fromkeys("\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029", " "))


def looks_like(head: bytes) -> bool:
    return begins_with(head, FIRST)


def write(records: Records, out: BinaryIO) -> None:
    write_zip(_members(records), out)


def read(file: BinaryIO) -> Records:
    return checked(_records(file))


# Written


def _members(records: Records) -> Iterator[tuple[str, bytes]]:
    head = cast("Head", next(records))
    yield FIRST, one_line(of_head(head)).encode()
    yield "annotation.conf", CONFIGURATION.encode()
    names: set[str] = set()
    wikidata_ids: dict[int, str] = {}
    for record in records:
        match record["record"]:
            case "speaker":
                note_wikidata_id(record, wikidata_ids)
            case "article":
                name = _name(record, names)
                lines = _Lines(record, wikidata_ids)
                yield f"text/{name}.txt", record["text"].encode()
                yield f"attributions/{name}_{ANNOTATOR}.ann", "".join(f"{line}\n" for line in lines.all()).encode()


def _name(article: Article, names: set[str]) -> str:
    """One that no other article has, also where capitals do not count; it is added to `names`."""
    name = _UNFIT.sub("_", stem(article["source_name"]))[:_LONGEST_NAME].strip(".") or "article"
    if name.lower() in names:
        name = f"{name}-{article['number']}"
    while name.lower() in names:
        name += "x"
    names.add(name.lower())
    return name


class _Lines:
    """The annotations of one article, numbered as brat does: each letter for itself."""

    def __init__(self, article: Article, wikidata_ids: dict[int, str]) -> None:
        self._article, self._wikidata_ids = article, wikidata_ids
        self._numbers = dict.fromkeys("TEAN#", 0)

    def all(self) -> Iterator[str]:
        about = {"number": self._article["number"], "text_sha256": self._article["text_sha256"]}
        yield f"#0\tAnnotatorNotes T0\t{one_line(about)}"
        for quotation in standing(self._article):
            yield from self._of(quotation)

    def _of(self, quotation: Quotation) -> Iterator[str]:
        keys: dict[str, str] = {}
        for role, field in _ROLES.items():
            if found := quotation[field]:  # type: ignore[literal-required]
                keys[role] = self._next("T")
                yield self._text_bound(keys[role], role, found if field == "spans" else [found])
        kind = "Attribution" if "Source" in keys else "Attribution-no-source"
        trigger, event = self._next("T"), self._next("E")
        yield self._text_bound(trigger, kind, [quotation["cue"] or quotation["spans"][0]])
        yield f"{event}\t{' '.join(f'{role}:{key}' for role, key in {kind: trigger, **keys}.items())}"
        yield f"{self._next('A')}\tKind {event} {quotation['kind']}"
        yield f"{self._next('A')}\tState {event} {quotation['state']}"
        if name := _on_one_line(quotation["speaker_name"]).strip():
            number = quotation["speaker"] or 0
            wikidata_id = self._wikidata_ids.get(number)
            reference = f"Wikidata:{wikidata_id}" if wikidata_id else f"Newsroom:{number}"
            yield f"{self._next('N')}\tReference {keys.get('Source', keys['Content'])} {reference}\t{name}"
        about = {field: quotation[field] for field in _IN_NOTE}  # type: ignore[literal-required]
        yield f"{self._next('#')}\tAnnotatorNotes {event}\t{one_line(about)}"

    def _next(self, letter: str) -> str:
        self._numbers[letter] += 1
        return f"{letter}{self._numbers[letter]}"

    def _text_bound(self, key: str, label: str, spans: list[list[int]]) -> str:
        text = self._article["text"]
        places = ";".join(f"{start} {end}" for start, end in spans)
        return f"{key}\t{label} {places}\t{_on_one_line(' '.join(text[start:end] for start, end in spans))}"


def _on_one_line(words: str) -> str:
    return words.translate(_BREAKS)


# Read


def _records(file: BinaryIO) -> Iterator[Record]:
    with zip_in(file, first=FIRST) as archive:
        head = cast("Head", json.loads(member(archive, FIRST)))
        yield head
        ending = Ending()
        for name in archive.namelist():
            if name.startswith("text/"):
                notes = f"attributions/{name.removeprefix('text/').removesuffix('.txt')}_{ANNOTATOR}.ann"
                article = _article(member(archive, name).decode(), member(archive, notes).decode(), name)
                yield ending.passing(article)
        if ending.articles != head["articles"]:
            raise BrokenOff(f"it should hold {head['articles']:,} articles; it holds {ending.articles:,}")
        yield ending.end()


def _article(text: str, notes: str, name: str) -> Article:
    about: dict[str, Any] = {}
    placed: dict[str, list[list[int]]] = {}
    events: dict[str, list[str]] = {}
    quotations = []
    for line in notes.split("\n")[:-1]:
        key, words, *rest = line.split("\t", 2)
        if key.startswith("T"):
            _, _, places = words.partition(" ")
            placed[key] = [[int(offset) for offset in place.split(" ")] for place in places.split(";")]
        elif key.startswith("E"):
            events[key] = words.split(" ")
        elif key == "#0":
            about = json.loads(rest[0])
        elif key.startswith("#"):
            event = events[words.removeprefix("AnnotatorNotes ")]
            quotations.append(_quotation(event, placed, text) | json.loads(rest[0]))
    check_text(text, about["text_sha256"], what=f'"{name}"')
    return cast("Article", {"record": "article", **about, "text": text, "quotations": quotations})


def _quotation(event: list[str], placed: dict[str, list[list[int]]], text: str) -> dict[str, Any]:
    found: dict[str, Any] = {"cue": None, "mention": None}
    for part in event:
        role, _, key = part.partition(":")
        if role in _ROLES:
            found[_ROLES[role]] = placed[key] if role == "Content" else placed[key][0]
    return found | {"content": content_of(text, found["spans"])}
