"""A zip of articles as plain text, with what is known of each beside it as JSON.

    mimetype                    what this is, the first member and not compressed
    articles/17-empty-nets.txt  the text, in UTF-8, as offsets count it
    articles/17-empty-nets.json the article's record, without its text
    speakers.jsonl, acts.jsonl  a record a line
    manifest.json               the head, the end, and the SHA-256 of each member

It is written in one go, and needs no file that can be gone back in.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import unicodedata
import zipfile
from collections.abc import Iterator
from typing import IO, Any, BinaryIO, cast

from .checking import checked_head, is_record
from .json_lines import one_line
from .records import NotAnExport, Record, Records
from .streamed_zip import member_called, spooled, streamed
from .whole import Ending
from .zipped import begins_with, member, opened_member, zip_in

MIMETYPE = "application/vnd.newsroom.bundle+zip"
MOST_IN_LINE = MOST_IN_ARTICLE = 100_000_000
"""Bytes of one record, or of a text."""
SLUG = 60
"""Characters of a title in the name of a file."""


def looks_like(head: bytes) -> bool:
    """The first member is not compressed, so what it holds stands behind its name."""
    return begins_with(head, f"mimetype{MIMETYPE}")


def write(records: Records, out: BinaryIO) -> None:
    with streamed(out) as archive, spooled() as speakers, spooled() as acts, spooled() as digests:
        bundle = _Bundle(archive, digests)
        archive.writestr(member_called("mimetype", zipfile.ZIP_STORED), MIMETYPE)
        ends: dict[str, Any] = {}
        for record in cast("Iterator[Any]", records):
            match record["record"]:
                case "article":
                    bundle.add_article(record)
                case "speaker":
                    speakers.write(one_line(record).encode() + b"\n")
                case "act":
                    acts.write(one_line(record).encode() + b"\n")
                case kind:
                    ends[kind] = record
        bundle.add_lines("speakers.jsonl", speakers)
        bundle.add_lines("acts.jsonl", acts)
        bundle.add_manifest(ends)


class _Bundle:
    """A zip in the making; the digest of each member goes to `digests`, as the manifest will have it."""

    def __init__(self, archive: zipfile.ZipFile, digests: IO[bytes]) -> None:
        self._archive, self._digests = archive, digests

    def add_article(self, record: dict[str, Any]) -> None:
        name = f"articles/{record['number']}-{slug(record['title'])}"
        self._add(f"{name}.txt", record["text"].encode())
        annotations = {name: value for name, value in record.items() if name != "text"}
        self._add(f"{name}.json", json.dumps(annotations, ensure_ascii=False, indent=1).encode())

    def _add(self, name: str, data: bytes) -> None:
        self._archive.writestr(member_called(name), data)
        self._note(name, hashlib.sha256(data).hexdigest())

    def _note(self, name: str, digest: str) -> None:
        self._digests.write(f'{"," if self._digests.tell() else ""}\n{one_line(name)}: "{digest}"'.encode())

    def add_lines(self, name: str, lines: IO[bytes]) -> None:
        lines.seek(0)
        digest = hashlib.sha256()
        with self._archive.open(member_called(name), "w", force_zip64=True) as member:
            while block := lines.read(1 << 16):
                digest.update(block)
                member.write(block)
        self._note(name, digest.hexdigest())

    def add_manifest(self, ends: dict[str, Any]) -> None:
        """As its last member, which is there only where all others are."""
        with self._archive.open(member_called("manifest.json"), "w", force_zip64=True) as member:
            member.write(f'{{"head": {one_line(ends.get("head"))},\n"end": {one_line(ends.get("end"))},\n'.encode())
            member.write(b'"members": {')
            self._digests.seek(0)
            shutil.copyfileobj(self._digests, member)
            member.write(b"\n}}\n")


def read(file: BinaryIO) -> Records:
    """Whoever meets NotAnExport because of one member may go on with the next."""
    return _Members(file)


class _Members:
    """An iterator that can be asked for the next record when one was damaged."""

    def __init__(self, file: BinaryIO) -> None:
        self._ending = Ending()
        self._steps = _steps(file)

    def __iter__(self) -> Records:
        return self

    def __next__(self) -> Record:
        step = next(self._steps)
        if isinstance(step, Exception):
            raise step
        return self._ending.passing(step)


def _steps(file: BinaryIO) -> Iterator[Any]:
    """Records, and in the place of those that are damaged what is to be raised."""
    with zip_in(file) as archive:
        yield from _Reading(archive).records()


class _Reading:
    """A zip that is read, its manifest first."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._manifest = _parsed(member(archive, "manifest.json"))
        if not isinstance(self._manifest, dict) or not isinstance(self._manifest.get("members"), dict):
            raise NotAnExport("manifest.json is none of an export")
        self._digests: dict[str, Any] = self._manifest["members"]

    def records(self) -> Iterator[Any]:
        yield checked_head(self._manifest.get("head"))
        yield from self._lines("speakers.jsonl")
        for name in self._digests:
            if name.startswith("articles/") and name.endswith(".json"):
                yield self._article(name)
        yield from self._lines("acts.jsonl")
        if is_record(end := self._manifest.get("end")):
            yield end

    def _article(self, name: str) -> Any:
        try:
            text, annotations = (self._data(one) for one in (f"{name.removesuffix('.json')}.txt", name))
            record = _parsed(annotations)
            if is_record(record) and record["record"] == "article":
                return record | {"text": text.decode()}
        except NotAnExport as problem:
            return problem
        except UnicodeDecodeError:
            pass
        return NotAnExport(f"{name}: no record of an article")

    def _lines(self, name: str) -> Iterator[Any]:
        """The records of a member, its digest compared first: it may be too long to be held."""
        try:
            self._compare(name)
            with opened_member(self._archive, name) as lines:
                for number, line in enumerate(iter(lambda: lines.readline(MOST_IN_LINE), b""), start=1):
                    if len(line) == MOST_IN_LINE:
                        raise NotAnExport(f"{name}, line {number}: longer than any of an export")
                    record = _parsed(line)
                    yield (
                        record if is_record(record) else NotAnExport(f"{name}, line {number}: no record of an export")
                    )
        except NotAnExport as problem:
            yield problem

    def _compare(self, name: str) -> None:
        digest = hashlib.sha256()
        with opened_member(self._archive, name) as file:
            while block := file.read(1 << 16):
                digest.update(block)
        self._check(name, digest.hexdigest())

    def _data(self, name: str) -> bytes:
        data = member(self._archive, name, most=MOST_IN_ARTICLE)
        self._check(name, hashlib.sha256(data).hexdigest())
        return data

    def _check(self, name: str, digest: str) -> None:
        if digest != self._digests.get(name):
            raise NotAnExport(f"{name}: changed since it was exported (its SHA-256 is another)")


def _parsed(data: bytes) -> Any:
    """None for what is no JSON."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def slug(title: str) -> str:
    """What of a title every file system takes.

    >>> slug("“Señor’s” nets: ../empty?")
    'senors-nets-empty'
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    return "-".join(words)[:SLUG].rstrip("-") or "article"
