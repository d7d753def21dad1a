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
import zlib
from collections.abc import Iterator
from typing import IO, Any, BinaryIO, cast

from .records import BrokenOff, NotAnExport, Record, Records
from .streamed_zip import member_called, spooled, streamed
from .whole import Ending

MIMETYPE = "application/vnd.newsroom.bundle+zip"
ZIP = b"PK\x03\x04"
MEMBER = 30
"""Bytes before the first member's name."""
SLUG = 60
"""Characters of a title in the name of a file."""
MOST = 512 * 1024 * 1024
"""Bytes of one article's member: more is none that was exported."""

_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def looks_like(head: bytes) -> bool:
    begins = b"mimetype" + MIMETYPE.encode()
    return head.startswith(ZIP) and head[MEMBER : MEMBER + len(begins)] == begins


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
                    speakers.write(_encoded(record).encode() + b"\n")
                case "act":
                    acts.write(_encoded(record).encode() + b"\n")
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
        self._digests.write(f'{"," if self._digests.tell() else ""}\n{_encoded(name)}: "{digest}"'.encode())

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
            member.write(f'{{"head": {_encoded(ends.get("head"))},\n"end": {_encoded(ends.get("end"))},\n'.encode())
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
        self._archive = _opened(file)
        manifest = self._manifest()
        self._digests: dict[str, str] = manifest["members"]
        self._ending = Ending()
        self._steps = self._records(manifest)

    def __iter__(self) -> Records:
        return self

    def __next__(self) -> Record:
        step = next(self._steps)
        if isinstance(step, Exception):
            raise step
        return self._ending.passing(step)

    def _manifest(self) -> dict[str, Any]:
        try:
            manifest = json.loads(self._archive.read("manifest.json"))
            if isinstance(manifest["members"], dict) and manifest["head"]["record"] == "head":
                return cast("dict[str, Any]", manifest)
        except (KeyError, TypeError, ValueError, zipfile.BadZipFile, zlib.error):
            pass
        raise NotAnExport("manifest.json is missing, or none of an export")

    def _records(self, manifest: dict[str, Any]) -> Iterator[Any]:
        """Records, and in the place of those that are damaged what is to be raised."""
        yield manifest["head"]
        yield from self._lines("speakers.jsonl")
        for name in self._digests:
            if name.startswith("articles/") and name.endswith(".json"):
                yield self._article(name)
        yield from self._lines("acts.jsonl")
        if manifest.get("end"):
            yield manifest["end"]

    def _article(self, name: str) -> Any:
        text, annotations = (self._data(member) for member in (f"{name.removesuffix('.json')}.txt", name))
        for one in (text, annotations):
            if isinstance(one, NotAnExport):
                return one
        try:
            record = json.loads(annotations)
            if record["record"] == "article":
                return record | {"text": text.decode()}
        except (KeyError, TypeError, ValueError):
            pass
        return NotAnExport(f"{name}: no record of an article")

    def _lines(self, name: str) -> Iterator[Any]:
        """The records of a member, its digest compared first: it may be too long to be held."""
        problem = self._compared(name)
        if problem:
            yield problem
            return
        with self._archive.open(name) as member:
            for number, line in enumerate(member, start=1):
                try:
                    record = json.loads(line)
                except ValueError as error:
                    yield NotAnExport(f"{name}, line {number}: not JSON ({error})")
                    continue
                is_record = isinstance(record, dict) and "record" in record
                yield record if is_record else NotAnExport(f"{name}, line {number}: no record of an export")

    def _compared(self, name: str) -> NotAnExport | None:
        digest = hashlib.sha256()
        try:
            with self._archive.open(name) as member:
                while block := member.read(1 << 16):
                    digest.update(block)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError) as error:
            return NotAnExport(f"{name}: cannot be read ({_said(error)})")
        return None if digest.hexdigest() == self._digests.get(name) else _changed(name)

    def _data(self, name: str) -> Any:
        try:
            with self._archive.open(name) as member:
                data = member.read(MOST)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError) as error:
            return NotAnExport(f"{name}: cannot be read ({_said(error)})")
        return data if hashlib.sha256(data).hexdigest() == self._digests.get(name) else _changed(name)


def _changed(name: str) -> NotAnExport:
    return NotAnExport(f"{name}: changed since it was exported (its SHA-256 is another)")


def _said(error: Exception) -> str:
    return " ".join(str(error).split())


def _opened(file: BinaryIO) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, EOFError) as error:
        file.seek(0)
        if ZIP.startswith(file.read(len(ZIP))):
            raise BrokenOff("the zip breaks off: its directory, at the end, is missing") from error
        raise NotAnExport("it is no zip") from error


def slug(title: str) -> str:
    """What of a title every file system takes.

    >>> slug("“Señor’s” nets: ../empty?")
    'senors-nets-empty'
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    return "-".join(words)[:SLUG].rstrip("-") or "article"
