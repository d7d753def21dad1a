"""spaCy DocBin: a zip of `.spacy` files, each of at most 200 articles in tokens of their language.

Carries everything. Quotations are in the span groups "quotations" (the spans of the content; label: the kind), "cues"
and "mentions" (`kb_id_`: the speaker's Wikidata id); `span.id_` is the uid of the quotation, all three groups alike.
Spans are of whole tokens, and only of the article's own text: exact offsets, former texts and all else are in
`json.loads(doc.user_data["newsroom"])`.

    import zipfile
    import spacy
    from spacy.tokens import DocBin

    with zipfile.ZipFile("export.docbin.zip") as archive:
        for name in archive.namelist():
            if name.endswith(".spacy"):
                _refuse_bomb(data, name)
    for doc in DocBin().from_bytes(archive.read(name)).get_docs(spacy.blank("en").vocab):
                    print([(span.id_, span.label_, span.text) for span in doc.spans["quotations"]])

Once unpacked, `DocBin().from_disk("articles-00001.spacy")` does the same.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from .checking import checked
from .json_lines import one_line
from .records import Article, NotAnExport, Record, Records
from .standing import check_text, note_wikidata_id
from .tokens import forget_words, tokens_of
from .zipped import MOST_IN_MEMBER, begins_with, member, write_zip, zip_in

if TYPE_CHECKING:
    from spacy.tokens import Doc, DocBin

FIRST, LAST = "newsroom-docbin.json", "end.json"
DATA = "newsroom"
"""The key in a document's `user_data`."""
MOST_ARTICLES = 200
_MOST_CHARACTERS = 10_000_000
"""Of the texts in one file."""
_MOST_LINES = 10_000
_GROUPS = ("quotations", "cues", "mentions")


def looks_like(head: bytes) -> bool:
    return begins_with(head, FIRST)


def write(records: Records, out: BinaryIO) -> None:
    write_zip(_members(records), out)


def read(file: BinaryIO) -> Records:
    return checked(_records(file))


# Written


def _members(records: Records) -> Iterator[tuple[str, bytes]]:
    """Speakers in a file before that of the articles which may name them."""
    yield FIRST, one_line(next(records)).encode()
    speakers, acts, texts = _Lines("speakers"), _Lines("acts"), _Articles()
    for record in records:
        match record["record"]:
            case "speaker":
                yield from speakers.take(record)
                note_wikidata_id(record, texts.wikidata_ids)
            case "article":
                texts.add(record)
                if texts.is_full:
                    yield from speakers.rest()
                    yield from texts.rest()
            case "act":
                yield from acts.take(record)
            case "end":
                yield from speakers.rest()
                yield from texts.rest()
                yield from acts.rest()
                yield LAST, one_line(record).encode()


class _Lines:
    """Records in files of a line each."""

    def __init__(self, name: str) -> None:
        self._name, self._number = name, 0
        self._lines: list[str] = []

    def take(self, record: Record) -> Iterator[tuple[str, bytes]]:
        self._lines.append(one_line(record))
        if len(self._lines) >= _MOST_LINES:
            yield from self.rest()

    def rest(self) -> Iterator[tuple[str, bytes]]:
        if self._lines:
            self._number += 1
            yield f"{self._name}-{self._number:05}.jsonl", "\n".join(self._lines).encode()
            self._lines = []


class _Articles:
    """Articles in files of some hundred, packed as they come."""

    def __init__(self) -> None:
        self.wikidata_ids: dict[int, str] = {}
        """Of the speakers that came by, where there is one."""
        self._number = 0
        self._packed: DocBin | None = None
        self._held = self._characters = 0

    @property
    def is_full(self) -> bool:
        return self._held >= MOST_ARTICLES or self._characters >= _MOST_CHARACTERS

    def add(self, article: Article) -> None:
        from spacy.tokens import DocBin

        _seek_no_encoders()
        self._packed = self._packed or DocBin(attrs=["ORTH"], store_user_data=True)
        with tokens_of(article["text"], article["language"]) as doc:
            rest = {field: value for field, value in article.items() if field != "text"}
            doc.user_data[DATA] = one_line(rest)
            self._mark(doc, article)
            self._packed.add(doc)
        self._held += 1
        self._characters += len(article["text"])

    def rest(self) -> Iterator[tuple[str, bytes]]:
        if self._packed is not None:
            self._number += 1
            yield f"articles-{self._number:05}.spacy", self._packed.to_bytes()
            self._packed, self._held, self._characters = None, 0, 0
            forget_words()

    def _mark(self, doc: Doc, article: Article) -> None:
        groups: dict[str, list[Any]] = {name: [] for name in _GROUPS}
        for quotation in article["quotations"]:
            if quotation["former_text"] is not None:
                continue
            wikidata_id = self.wikidata_ids.get(quotation["speaker"] or 0, "")
            for group, label, spans in (
                ("quotations", quotation["kind"], quotation["spans"]),
                ("cues", "cue", [quotation["cue"]]),
                ("mentions", "mention", [quotation["mention"]]),
            ):
                kb_id = wikidata_id if group == "mentions" else ""
                groups[group] += [
                    doc.char_span(start, end, label, kb_id, alignment_mode="expand", span_id=quotation["uid"])
                    for start, end in filter(None, spans)
                ]
        for name, found in groups.items():
            doc.spans[name] = found


def _seek_no_encoders() -> None:
    """Spare srsly a search of all installed packages each time that it packs something, where none offers encoders;
    it takes five times as long as all the rest."""
    from srsly.msgpack import msgpack_encoders

    if msgpack_encoders.entry_points and not msgpack_encoders.get_entry_points():
        msgpack_encoders.entry_points = False


# Read


def _records(file: BinaryIO) -> Iterator[Record]:
    with zip_in(file, first=FIRST) as archive:
        for name in archive.namelist():
            data = member(archive, name)
            if name.endswith(".spacy"):
                yield from _articles_in(data, name)
            elif name.endswith(".jsonl"):
                yield from map(json.loads, data.decode().split("\n"))
            else:
                yield json.loads(data)


def _refuse_bomb(data: bytes, name: str) -> None:
    """Raise NotAnExport for what would expand beyond all measure: spaCy packs once more, and expands anything."""
    expanding, total, rest = zlib.decompressobj(), 0, data
    while rest and not expanding.eof:
        total += len(expanding.decompress(rest, 1 << 20))
        rest = expanding.unconsumed_tail
        if total > MOST_IN_MEMBER:
            raise NotAnExport(f'"{name}" in it expands to more than any export holds')


def _articles_in(data: bytes, name: str) -> Iterator[Record]:
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    _refuse_bomb(data, name)
    for doc in DocBin().from_bytes(data).get_docs(Vocab()):
        article = {**json.loads(doc.user_data[DATA]), "text": doc.text}
        check_text(doc.text, article["text_sha256"], what=f'article {article["number"]} in "{name}"')
        yield cast("Article", article)
